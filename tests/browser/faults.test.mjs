// What must not cost anybody a saved customer: a full disk, a refused, garbled or deleted database, two tabs,
// an older app that meets newer data, a worker that dies.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DESKTOP, PHONE, assert, browser, folder, host, journey, mounted, open, screenshot, violations } from "./harness.mjs";
import { add, backUp, downloaded, holdings, kill, namesIn, prepare } from "./faultlab.mjs";
import { LANGUAGES, importFile, overflow, visit } from "./person.mjs";
import { readCounts, seededOrders } from "./seeded.mjs";
import { filled, pattern, texts } from "./texts.mjs";

const t = texts("en");

/** A sentence with these of its parts filled in. */
const fill = (sentence, parts) => Object.entries(parts).reduce((all, [name, value]) => all.replace(`{${name}}`, value), sentence);

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
    const books = (await page.evaluate(() => indexedDB.databases())).filter(({ name }) => name.startsWith("kith:"));
    assert.deepEqual(books, [], "nothing was made in its place");
    // Only the person begins anew.
    await page.getByRole("button", { name: t.backup.begin_anew }).click();
    await page.getByRole("heading", { name: t.today.welcome }).waitFor();
    await add(page, "Ben");
    await page.reload();
    assert.equal((await holdings(page)).customers, 1);
  });
}

/** On a page without Kith: this database is no more. */
const deleteDatabase = (page, name) =>
  page.evaluate(
    (name) => new Promise((done, fail) => Object.assign(indexedDB.deleteDatabase(name), { onsuccess: done, onerror: fail, onblocked: fail })),
    name,
  );

for (const { when, lose } of [
  { when: "power cut seconds after the first customer", lose: () => {} },
  { when: "local storage lost too", lose: (page) => page.evaluate(() => localStorage.clear()) },
  { when: "the second note lost too", lose: (page) => deleteDatabase(page, "kith-known:/") },
]) {
  journey(`a book that vanishes is missed (${when})`, async (t_) => {
    const [server, profile] = [await host(t_), folder(t_)];
    const cut = when.startsWith("power");
    const allow = [/favicon/];
    const context = await browser(t_, server, { profile, allow: cut ? [/./] : allow });
    let page = await open(context, server);
    await add(page, "Ann");
    if (cut) {
      await kill(context);
      page = await (await browser(t_, server, { profile, allow })).newPage();
    } else {
      // What the page counts is noted a moment later.
      await holdings(page);
      await page.waitForTimeout(300);
    }
    await page.goto(`${server.url}manifest.webmanifest`);
    await deleteDatabase(page, "kith:/");
    await lose(page);
    for (let visits = 0; visits < 2; visits += 1) {
      await page.goto(server.url);
      await mounted(page);
      await page.getByText(t.errors.store_gone).first().waitFor();
      if (!cut) await page.getByText(pattern(fill(t.backup.knew, { customers: "1 customer" }))).waitFor();
      await page.goto(`${server.url}manifest.webmanifest`);
    }
  });
}

journey("both notes of a book lost, the book itself not: it opens, and is missed again when it vanishes", async (t_) => {
  const server = await host(t_);
  const context = await browser(t_, server, { allow: [/favicon/] });
  const page = await open(context, server);
  await add(page, "Ann");
  await page.goto(`${server.url}manifest.webmanifest`);
  await deleteDatabase(page, "kith-known:/");
  await page.evaluate(() => localStorage.clear());
  await page.goto(server.url);
  await mounted(page);
  assert.equal((await holdings(page)).customers, 1);
  await page.waitForTimeout(300);
  await page.goto(`${server.url}manifest.webmanifest`);
  await deleteDatabase(page, "kith:/");
  await page.evaluate(() => localStorage.clear());
  await page.goto(server.url);
  await mounted(page);
  await page.getByText(t.errors.store_gone).first().waitFor();
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
  const type = async (page, label, value) => {
    const field = page.getByRole("dialog").getByLabel(label, { exact: true });
    // A part of the form with nothing in it begins closed.
    await field.waitFor({ state: "attached" });
    await field.evaluate((input) => {
      const part = input.closest("details");
      if (part) part.open = true;
    });
    await field.fill(value);
  };
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
  await visit(page, "customers/new");
  const dialog = page.getByRole("dialog");
  const name = dialog.getByLabel(t.customers.name, { exact: true });
  await name.fill("Ben");
  const typed = await name.elementHandle();
  const [worker] = page.workers();
  await worker.evaluate(() => void setTimeout(() => { throw new Error("made by the test"); }, 0));
  await page.getByText(t.shell.restarted).waitFor();
  // What was being typed stays where it is.
  assert.ok(await typed.evaluate((field) => field.isConnected && field.value === "Ben"));
  await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
  await page.getByText(filled(t.shell.done_added, { what: "Ben" }), { exact: true }).first().waitFor();
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
    await backUp(page, backup);
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

for (const { language, locale } of LANGUAGES) {
  journey(`${language}: a book kept aside is seen, saved as a file and deleted`, async (t_) => {
    const words = texts(language);
    const [server, files] = [await host(t_), folder(t_)];
    const context = await browser(t_, server, { locale, allow: [/favicon/] });
    const page = await open(context, server);
    const addTo = async (name) => {
      await visit(page, "customers/new");
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel(words.customers.name, { exact: true }).fill(name);
      await dialog.getByRole("button", { name: words.common.save, exact: true }).click();
      await page.getByText(filled(words.shell.done_added, { what: name }), { exact: true }).first().waitFor();
    };
    await addTo("Ann");
    await page.goto(`${server.url}manifest.webmanifest`);
    await garble(page, "head");
    await page.goto(server.url);
    await mounted(page);
    await page.getByRole("button", { name: words.backup.begin_anew }).click();
    await page.getByRole("heading", { name: words.today.welcome }).waitFor();
    await addTo("Ben");
    await visit(page, "data");
    const aside = page.locator("#aside");
    const count = (forms) => (language === "en" ? forms.split("|")[0] : forms).replace("{n}", "1");
    await aside.getByText(fill(words.backup.aside_holds, { customers: count(words.common.n_customers), orders: words.common.n_orders.split("|").at(-1).replace("{n}", "0") })).waitFor();
    await screenshot(page, `aside-${language}`);
    assert.deepEqual([...(await overflow(page, "aside")), ...(await violations(page, "aside"))], []);
    // Who erases somebody hears that this book is not touched, and finds it.
    await addTo("Zaphod");
    await page.getByRole("heading", { level: 1, name: "Zaphod" }).waitFor();
    await page.getByRole("button", { name: words.person.erase, exact: true }).click();
    const erasing = page.getByRole("dialog");
    await erasing.getByText(pattern(words.person.erase_aside)).waitFor();
    await page.setViewportSize(PHONE);
    await screenshot(page, `erase-aside-${language}`);
    assert.deepEqual([...(await overflow(page, "erase")), ...(await violations(page, "erase"))], []);
    await page.setViewportSize(DESKTOP);
    await erasing.getByRole("link", { name: words.person.erase_aside_link }).click();
    await aside.waitFor();
    const saved = await downloaded(page, aside.getByRole("button", { name: words.backup.aside_save }), join(files, "aside.json"));
    assert.deepEqual(namesIn(saved), ["Ann"]);
    // Asked once more, because nothing brings it back.
    await aside.getByRole("button", { name: words.backup.aside_delete, exact: true }).click();
    await aside.getByRole("button", { name: words.backup.aside_keep }).click();
    await aside.getByRole("button", { name: words.backup.aside_delete, exact: true }).click();
    await aside.getByRole("button", { name: words.backup.aside_delete_now }).click();
    await page.getByText(words.backup.aside_gone).first().waitFor();
    await aside.waitFor({ state: "detached" });
    await page.reload();
    await visit(page, "customers");
    await page.locator(".vrow .c-name b", { hasText: "Ben" }).waitFor();
    const names = (await page.evaluate(() => indexedDB.databases())).map(({ name }) => name);
    assert.ok(!names.includes("kith:/") && names.includes("kith:/~1"), names.join());
  });
}
