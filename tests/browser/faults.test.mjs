// What must not cost anybody a saved customer: a full disk, a refused or deleted database, a killed browser, two tabs,
// an older app that meets newer data, a worker that dies.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { assert, browser, folder, host, journey, mounted, open } from "./harness.mjs";
import { facts, importFile, number, settled, visit } from "./person.mjs";
import { readCounts, seededOrders } from "./seeded.mjs";
import { pattern, texts } from "./texts.mjs";

const t = texts("en");
const added = pattern(t.shell.done_added);

/** Adds a customer by hand and waits until Kith says so. */
async function add(page, name) {
  await visit(page, "customers/new");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t.customers.name, { exact: true }).fill(name);
  await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
  await page.getByText(t.shell.done_added.replace("{what}", name), { exact: true }).first().waitFor();
}

/** How many customers and lines the book says it holds. */
async function holdings(page) {
  await visit(page, "data");
  const book = await facts(page);
  const count = (name) => Number((book[name] ?? "0").replace(/\D/g, ""));
  return { customers: count(t.common.customers), lines: count(t.data.fact_lines) };
}

/** The wizard up to the button that imports, which is left to the test. */
async function prepare(page, file) {
  await visit(page, "data/import");
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("button", { name: t.data.parse }).click();
  await page.getByRole("button", { name: t.data.go_on, exact: true }).click();
  return page.getByRole("button", { name: t.data.commit, exact: true });
}

const openFailed = (page) => page.getByText(t.errors.open_failed).filter({ visible: true }).first().waitFor();

journey("a full disk: the import is refused whole, what was saved stays, and it works once there is space", async (t_) => {
  const server = await host(t_);
  const file = join(folder(t_), "orders.csv");
  await seededOrders(file, { customers: 20_000, lines: 120_000 });
  const want = readCounts(file);
  const context = await browser(t_, server, { serviceWorkers: "block", allow: [/service worker/i] });
  const blank = await context.newPage();
  const cdp = await context.newCDPSession(blank);
  // Before the first request: afterwards the browser rests on what it measured last.
  await cdp.send("Storage.overrideQuotaForOrigin", { origin: server.origin, quotaSize: 500_000 });
  const page = await open(context, server);
  await add(page, "Ann");
  const button = await prepare(page, file);
  await button.click();
  await page.getByText(t.errors.store_quota.split(".")[0]).first().waitFor();
  assert.deepEqual(await holdings(page), { customers: 1, lines: 0 });
  await add(page, "Ben");
  await page.reload();
  assert.deepEqual(await holdings(page), { customers: 2, lines: 0 });

  await cdp.send("Storage.overrideQuotaForOrigin", { origin: server.origin });
  await importFile(page, "en", file);
  assert.deepEqual(await holdings(page), { customers: 2 + want.customers, lines: want.lines });
});

journey("storage refused: the page says so and stays alive", async (t_) => {
  const server = await host(t_);
  const profile = folder(t_);
  mkdirSync(join(profile, "Default"), { recursive: true });
  const refused = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(join(profile, "Default", "Preferences"), JSON.stringify(refused));
  const context = await browser(t_, server, { profile, allow: [/service ?worker/i, /denied/i] });
  const page = await open(context, server);
  await openFailed(page);
  await page.getByText(t.errors.store_refused).first().waitFor();
  await page.getByRole("button", { name: t.shell.language_switch_label }).click();
  await page.getByText(texts("zh").errors.store_refused).first().waitFor();
});

for (const how of ["by the browser", "by another tab"]) {
  journey(`the database deleted underneath ${how}: said at once, and no empty book put in its place`, async (t_) => {
    const server = await host(t_);
    const context = await browser(t_, server);
    const page = await open(context, server);
    await add(page, "Ann");
    if (how === "by the browser") {
      const cdp = await context.newCDPSession(page);
      await cdp.send("Storage.clearDataForOrigin", { origin: server.origin, storageTypes: "indexeddb" });
    } else {
      const other = await context.newPage();
      await other.goto(server.url);
      await mounted(other);
      await visit(other, "customers");
      await other.evaluate(
        () => new Promise((done, fail) => Object.assign(indexedDB.deleteDatabase("kith:/"), { onsuccess: done, onerror: fail, onblocked: fail })),
      );
    }
    const gone = page.getByText(t.errors.store_gone).first();
    await gone.waitFor();
    await page.getByRole("button", { name: t.common.retry }).click();
    await gone.waitFor();
    await page.reload();
    await gone.waitFor();
    await page.getByText(pattern(t.backup.knew)).waitFor();
    assert.deepEqual(await page.evaluate(() => indexedDB.databases()), [], "nothing was made in its place");
    // Only the person begins anew.
    await page.getByRole("button", { name: t.backup.begin_anew }).click();
    await page.getByRole("heading", { name: t.today.welcome }).waitFor();
    await add(page, "Ben");
    await page.reload();
    assert.equal((await holdings(page)).customers, 1);
  });
}

/** Ends a browser like a power cut: all its processes at once and without a word. */
async function kill(context) {
  const running = () =>
    execFileSync("ps", ["-axo", "pid=,args="], { encoding: "utf8", maxBuffer: 1 << 26 })
      .split("\n")
      .filter((line) => line.includes(context.profile))
      .map((line) => Number(line.trim().split(" ")[0]));
  for (const pid of running()) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It went with its parent.
    }
  }
  while (running().length > 0) await wait(20);
}

journey("killed in the middle of an import: all of it is there or nothing", async (t_) => {
  const server = await host(t_);
  const file = join(folder(t_), "orders.csv");
  await seededOrders(file, { customers: 20_000, lines: 200_000 });
  const want = readCounts(file);
  const seen = [];
  for (const after_ms of [0, 60, 120, 200]) {
    const profile = folder(t_);
    const first = await browser(t_, server, { profile });
    const page = await open(first, server);
    await add(page, "Ann");
    const button = await prepare(page, file);
    await button.click({ noWaitAfter: true });
    await wait(after_ms);
    await kill(first);

    const second = await browser(t_, server, { profile });
    const again = await open(second, server);
    const found = await holdings(again);
    seen.push(found.lines);
    const whole = { customers: 1 + want.customers, lines: want.lines };
    assert.deepEqual(found, found.lines === 0 ? { customers: 1, lines: 0 } : whole, `killed after ${after_ms} ms`);
    // What the first try left behind is in nobody's way.
    assert.match(await importFile(again, "en", file), found.lines === 0 ? pattern(t.data.finished_answer) : /nothing/);
    assert.deepEqual(await holdings(again), whole);
    await second.stop();
  }
  t_.diagnostic(`lines found after each kill: ${seen.join(", ")}`);
});

journey("killed in the middle of saving: whatever was said to be saved is there", async (t_) => {
  const server = await host(t_);
  for (const after_ms of [1_500, 2_100]) {
    const profile = folder(t_);
    const first = await browser(t_, server, { profile });
    const page = await open(first, server);
    const acknowledged = [];
    let begun = 0;
    const typing = (async () => {
      for (; ; begun += 1) {
        await add(page, `Guest ${begun}`);
        acknowledged.push(`Guest ${begun}`);
      }
    })().catch(() => "the browser is gone");
    await wait(after_ms);
    await kill(first);
    await typing;

    const second = await browser(t_, server, { profile });
    const again = await open(second, server);
    const { customers } = await holdings(again);
    assert.ok(acknowledged.length > 0, "something was saved before the end");
    assert.ok(customers >= acknowledged.length && customers <= begun + 1, `${acknowledged.length} said, ${customers} there`);
    await visit(again, "customers");
    for (const name of acknowledged.slice(-5)) await again.getByText(name, { exact: true }).first().waitFor();
    await second.stop();
  }
});

journey("two tabs writing at once: every edit is there, in both", async (t_) => {
  const server = await host(t_);
  const context = await browser(t_, server);
  const tabs = [await open(context, server), await context.newPage()];
  await tabs[1].goto(server.url);
  await mounted(tabs[1]);
  const each = 6;
  await Promise.all(
    tabs.map(async (page, n) => {
      for (let i = 0; i < each; i += 1) await add(page, `Tab ${n} guest ${i}`);
    }),
  );
  const third = await context.newPage();
  await third.goto(server.url);
  await mounted(third);
  for (const page of [...tabs, third]) {
    assert.equal((await holdings(page)).customers, 2 * each);
  }

  // Different fields of one customer, saved by two tabs that both saw the old state.
  const [phone, city] = ["+44 20 7946 0958", "Leeds"];
  await add(tabs[0], "Zoe");
  await tabs[0].getByRole("heading", { name: "Zoe" }).waitFor();
  const address = await tabs[0].evaluate(() => location.hash.slice(2));
  for (const page of tabs) {
    await visit(page, address);
    await page.getByRole("button", { name: t.common.edit, exact: true }).first().click();
  }
  const type = (page, label, value) => page.getByRole("dialog").getByLabel(label, { exact: true }).fill(value);
  await type(tabs[0], t.customers.phone, phone);
  await type(tabs[1], t.customers.city, city);
  await Promise.all(tabs.map((page) => page.getByRole("dialog").getByRole("button", { name: t.common.save, exact: true }).click()));
  await Promise.all(tabs.map((page) => page.getByRole("dialog").waitFor({ state: "hidden" })));
  for (const page of tabs) {
    await page.getByText(phone).first().waitFor();
    await page.getByText(city).first().waitFor();
  }
});

journey("an older app meets newer data: refused, untouched, in an open tab and in a new one", async (t_) => {
  const server = await host(t_);
  const context = await browser(t_, server);
  const page = await open(context, server);
  await add(page, "Ann");
  const stored = (head) =>
    page.evaluate(
      (head) =>
        new Promise((done, fail) => {
          const opening = indexedDB.open("kith:/");
          opening.onerror = () => fail(opening.error);
          opening.onsuccess = () => {
            const work = opening.result.transaction(["meta", "journal"], "readwrite");
            if (head) work.objectStore("meta").put(head, "head");
            const now = work.objectStore("meta").get("head");
            const entries = work.objectStore("journal").count();
            work.oncomplete = () => {
              opening.result.close();
              done({ head: now.result, entries: entries.result });
            };
          };
        }),
      head,
    );
  const newer = '{"format":99,"shape":"of a later Kith"}';
  const before = await stored(newer);
  await visit(page, "customers/new");
  await page.getByRole("dialog").getByLabel(t.customers.name, { exact: true }).fill("Ben");
  await page.getByRole("dialog").getByRole("button", { name: t.common.save, exact: true }).click();
  const said = pattern(t.errors.store_newer);
  await page.getByText(said).first().waitFor();
  await page.reload();
  await openFailed(page);
  await page.getByText(said).first().waitFor();
  assert.deepEqual(await stored(null), before);
  assert.equal(before.entries, 1);
});

journey("a worker that dies is started again, from the disk", async (t_) => {
  const server = await host(t_);
  const context = await browser(t_, server, { allow: [/made by the test/] });
  const page = await open(context, server);
  await add(page, "Ann");
  const [worker] = page.workers();
  await worker.evaluate(() => void setTimeout(() => { throw new Error("made by the test"); }, 0));
  await page.getByText(t.shell.restarted).waitFor();
  await add(page, "Ben");
  assert.equal((await holdings(page)).customers, 2);
});

/** Changes records of the book's database as it lies there. `change` runs in the page: store, key, bytes to garble. */
const garble = (page, what) =>
  page.evaluate(
    (what) =>
      new Promise((done, fail) => {
        const opening = indexedDB.open("kith:/");
        opening.onerror = () => fail(opening.error);
        opening.onsuccess = () => {
          const work = opening.result.transaction(["meta", "journal", "blocks"], "readwrite");
          const [meta, journal, blocks] = ["meta", "journal", "blocks"].map((name) => work.objectStore(name));
          if (what === "manifest") meta.put("{garbled", "manifest");
          if (what === "head") meta.put("\u0000", "head");
          if (what === "everything") [meta, journal, blocks].forEach((store) => store.clear());
          if (what === "entry") journal.put(new Uint8Array([1, 2, 3]), 2);
          if (what === "block") {
            const cursor = blocks.openCursor();
            cursor.onsuccess = () => {
              const bytes = cursor.result.value;
              bytes[bytes.length >> 1] ^= 0x55;
              cursor.result.update(bytes);
            };
          }
          work.onerror = () => fail(work.error);
          work.oncomplete = () => {
            opening.result.close();
            done();
          };
        };
      }),
    what,
  );

/** Clicks and gives the file that comes of it, saved under `path`. */
async function downloaded(page, button, path) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  await download.saveAs(path);
  return path;
}

for (const { what, rescued } of [
  { what: "manifest", rescued: true },
  { what: "head", rescued: true },
  { what: "entry", rescued: true },
  { what: "block", rescued: true },
  { what: "everything", rescued: false },
]) {
  journey(`a garbled book (${what}): said so, untouched, the backup opens beside it, and what reads is rescued`, async (t_) => {
    const server = await host(t_);
    const file = join(folder(t_), "orders.csv");
    await seededOrders(file, { customers: 50, lines: 400 });
    // A page without Kith, from which the database can be changed, asks for its icon.
    const context = await browser(t_, server, { allow: [/favicon/] });
    const page = await open(context, server);
    await add(page, "Ann");
    await importFile(page, "en", file);
    const want = await holdings(page);
    const backup = join(folder(t_), "backup.json");
    await downloaded(page, page.getByRole("button", { name: t.backup.back_up, exact: true }), backup);
    await page.getByText(pattern(t.backup.done)).first().waitFor();
    await add(page, "After the backup");
    await page.goto("about:blank");
    await page.goto(`${server.url}manifest.webmanifest`);
    await garble(page, what);

    await page.goto(server.url);
    await mounted(page);
    await page.getByRole("button", { name: t.common.retry }).waitFor();
    await page.getByText(pattern(t.backup.knew_backup)).waitFor();
    let saved = null;
    if (rescued) {
      saved = await downloaded(page, page.getByRole("button", { name: t.backup.rescue }), join(folder(t_), "rescue.json"));
      const { kith } = JSON.parse(readFileSync(saved, "utf8"));
      assert.equal(kith.format, "kith");
      assert.ok(kith.counts.customer >= 1, JSON.stringify(kith.counts));
    }
    const picker = page.locator("input[type=file]");
    const other = join(folder(t_), "other.json");
    writeFileSync(other, "{}");
    await picker.setInputFiles(other);
    await page.getByText(pattern(t.backup.not_opened)).first().waitFor();
    await page.getByRole("button", { name: t.common.retry }).waitFor();
    await picker.setInputFiles(backup);
    await page.getByText(pattern(t.backup.restored)).first().waitFor();
    assert.deepEqual(await holdings(page), want, "the backup is there");
    await page.reload();
    assert.deepEqual(await holdings(page), want, "and stays");
    const names = (await page.evaluate(() => indexedDB.databases())).map(({ name }) => name);
    assert.ok(names.includes("kith:/"), "the broken one is kept aside");
  });
}
