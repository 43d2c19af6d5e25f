// `cargo xtask faults`: what must not cost anybody a saved customer, many times over at random moments. Prints one table;
// a run that loses an acknowledged record, leaves half a change, or shows an empty book in place of a lost one fails it.
// The same seed draws the same moments and the same damage.

import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { setTimeout as wait } from "node:timers/promises";
import { assert, browser, DIST, folder, host, mounted, open } from "./harness.mjs";
import { add, backUp, holdings, kill, look, namesIn, openBackup, prepare, what } from "./faultlab.mjs";
import { importFile, visit } from "./person.mjs";
import { random, readCounts, seededOrders } from "./seeded.mjs";
import { pattern, texts } from "./texts.mjs";

const { values: options } = parseArgs({
  options: { runs: { type: "string", default: "20" }, seed: { type: "string" }, only: { type: "string" } },
});
const RUNS = Number(options.runs);
const SEED = Number(options.seed ?? Date.now() % 1_000_000);
const t = texts("en");
const scratch = mkdtempSync(join(tmpdir(), "kith-faults-"));
const orders = join(scratch, "orders.csv");
const SIZE = RUNS < 5 ? { customers: 1_000, lines: 10_000 } : { customers: 10_000, lines: 80_000 };
await seededOrders(orders, SIZE);
const imported = readCounts(orders);
const whole = { customers: imported.customers + 1, lines: imported.lines };

/** Whether what was found is exactly this. */
const is = (found, want) => found.state === "open" && found.customers === want.customers && found.lines === want.lines;

/** A profile with one customer, and her backup. */
async function begun(t_, server, profile) {
  const context = await browser(t_, server, { profile, allow: [/./] });
  const page = await open(context, server);
  await add(page, "Ann");
  return { context, page };
}

async function killImport(t_, next) {
  const [server, profile] = [await host(t_), folder(t_)];
  const { context, page } = await begun(t_, server, profile);
  const button = await prepare(page, orders);
  await button.click({ noWaitAfter: true });
  const after_ms = Math.floor(next() * 1_500);
  await wait(after_ms);
  const said = await page.getByRole("heading", { name: t.data.finished_title }).isVisible();
  await kill(context);
  const found = await look(t_, server, profile);
  assert.ok(is(found, whole) || (!said && is(found, { customers: 1, lines: 0 })), told(found, `after ${after_ms} ms, ${said ? "said" : "not said"}`));
  return is(found, whole) ? "whole" : "absent";
}

async function killSave(t_, next) {
  const [server, profile] = [await host(t_), folder(t_)];
  const { context, page } = await begun(t_, server, profile);
  const said = ["Ann"];
  let begun_ = 0;
  const typing = (async () => {
    for (; ; begun_ += 1) {
      await add(page, `Guest ${begun_}`);
      said.push(`Guest ${begun_}`);
    }
  })().catch(() => "the browser is gone");
  await wait(500 + next() * 2_500);
  await kill(context);
  await typing;
  const found = await look(t_, server, profile);
  assert.equal(found.state, "open");
  const names = namesIn(await backUp(found.page, join(folder(t_), "after.json")));
  const lost = said.filter((name) => !names.includes(name));
  assert.deepEqual(lost, [], "said to be saved and lost");
  assert.ok(names.every((name) => said.includes(name) || name === `Guest ${begun_}`), "nothing but what was typed");
  return `${said.length} said`;
}

async function killCompaction(t_, next) {
  const [server, profile] = [await host(t_), folder(t_)];
  const { context, page } = await begun(t_, server, profile);
  await importFile(page, "en", orders);
  await wait(1_300 + next() * 1_500);
  await kill(context);
  const found = await look(t_, server, profile);
  assert.ok(is(found, whole), told(found));
  // The compaction that begins again, and the sweep, leave everything as it is.
  await wait(3_000);
  await found.page.reload();
  const again = await what(found.page);
  assert.ok(is(again, whole), told(again, "after the next compaction"));
  return "whole";
}

let madeBackup = null;
/** A file with Ann and the orders, made once. */
async function backupFile(t_) {
  if (!madeBackup) {
    const server = await host(t_);
    const { page } = await begun(t_, server, folder(t_));
    await importFile(page, "en", orders);
    madeBackup = await backUp(page, join(scratch, "backup.json"));
  }
  return madeBackup;
}

const deleteBook = (page) =>
  page.evaluate(
    () => new Promise((done, fail) => Object.assign(indexedDB.deleteDatabase("kith:/"), { onsuccess: done, onerror: fail })),
  );

async function killMerge(t_, next) {
  const file = await backupFile(t_);
  const [server, profile] = [await host(t_), folder(t_)];
  const { context, page } = await begun(t_, server, profile);
  await deleteBook(page);
  await page.getByRole("button", { name: t.backup.open_backup }).waitFor();
  await openBackup(page, file);
  const after_ms = Math.floor(next() * 3_000);
  await wait(after_ms);
  const said = await page.getByText(pattern(t.backup.restored)).first().isVisible();
  await kill(context);
  const found = await look(t_, server, profile);
  const waits = found.state === "offers its backup";
  assert.ok(is(found, whole) || (!said && waits), told(found, `after ${after_ms} ms, ${said ? "said" : "not said"}`));
  if (waits) {
    await openBackup(found.page, file);
    await found.page.getByText(pattern(t.backup.restored)).first().waitFor();
    const again = await what(found.page);
    assert.ok(is(again, whole), told(again, "opened again"));
  }
  return waits ? "asked again" : "whole";
}

/** A colleague's file, into a book that somebody works with. */
async function killShare(t_, next) {
  const file = await backupFile(t_);
  const [server, profile] = [await host(t_), folder(t_)];
  const { context, page } = await begun(t_, server, profile);
  const both = { customers: whole.customers + 1, lines: whole.lines };
  await visit(page, "data/share");
  await page.locator("input[type=file]").setInputFiles(file);
  const button = page.getByRole("button", { name: t.share.merge, exact: true });
  await button.waitFor();
  await button.click({ noWaitAfter: true });
  const after_ms = Math.floor(next() ** 2 * 800);
  await wait(after_ms);
  const said = await page.getByRole("heading", { name: pattern(t.share.report_title) }).isVisible();
  await kill(context);
  const found = await look(t_, server, profile);
  const absent = is(found, { customers: 1, lines: 0 });
  assert.ok(is(found, both) || (!said && absent), told(found, `after ${after_ms} ms, ${said ? "said" : "not said"}`));
  // The same file once more: all of it is there, and nothing twice.
  await visit(found.page, "data/share");
  await found.page.locator("input[type=file]").setInputFiles(file);
  const again = found.page.getByRole("button", { name: t.share.merge, exact: true });
  const nothing = found.page.getByText(t.share.nothing_new);
  await again.or(nothing).first().waitFor();
  assert.equal(await nothing.isVisible(), !absent, "known or not");
  if (absent) {
    await again.click();
    await found.page.getByRole("heading", { name: pattern(t.share.report_title) }).waitFor();
  }
  const after = await what(found.page);
  assert.ok(is(after, both), told(after, "merged again"));
  return absent ? "absent" : "whole";
}

/** An erasure rewrites journal and blocks: afterwards the person is whole or gone everywhere, and nobody else is touched. */
async function killErase(t_, next) {
  const [server, profile] = [await host(t_), folder(t_)];
  const { context, page } = await begun(t_, server, profile);
  await importFile(page, "en", orders);
  await add(page, "Zanzibar");
  await page.getByRole("heading", { level: 1, name: "Zanzibar" }).waitFor();
  await page.getByRole("button", { name: t.person.erase, exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t.person.erase_type.replace("{word}", "Zanzibar")).fill("Zanzibar");
  await dialog.getByRole("button", { name: t.person.erase, exact: true }).click({ noWaitAfter: true });
  const after_ms = Math.floor(next() ** 3 * 600);
  await wait(after_ms);
  const said = await page.getByText(t.person.erased).first().isVisible();
  await kill(context);
  const found = await look(t_, server, profile);
  const both = { customers: whole.customers + 1, lines: whole.lines };
  const gone = is(found, whole);
  assert.ok(gone || (!said && is(found, both)), told(found, `after ${after_ms} ms, ${said ? "said" : "not said"}`));
  // The state and the journal of the book, as they lie in the database.
  const traces = await found.page.evaluate(tracesOf, "Zanzibar");
  const names = namesIn(await backUp(found.page, join(folder(t_), "after.json")));
  assert.equal(names.includes("Zanzibar"), !gone, "state");
  assert.equal(traces > 0, !gone, `${traces} traces`);
  assert.ok(names.includes("Ann"), "nobody else is touched");
  return gone ? "gone" : "whole";
}

/** In the page: in how many values of the browser's databases the word stands. */
async function tracesOf(word) {
  const request = (it) => new Promise((done, fail) => Object.assign(it, { onsuccess: () => done(it.result), onerror: fail }));
  const bytes = new TextEncoder().encode(word);
  const holds = (value) => {
    if (typeof value === "string") return value.includes(word);
    if (value instanceof ArrayBuffer) return holds(new Uint8Array(value));
    if (ArrayBuffer.isView(value)) {
      const all = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      for (let at = all.indexOf(bytes[0]); at >= 0; at = all.indexOf(bytes[0], at + 1)) {
        if (bytes.every((byte, i) => all[at + i] === byte)) return true;
      }
      return false;
    }
    return value !== null && typeof value === "object" && Object.values(value).some(holds);
  };
  let found = 0;
  for (const { name } of await indexedDB.databases()) {
    const base = await request(indexedDB.open(name));
    for (const store of base.objectStoreNames) {
      const values = await request(base.transaction(store).objectStore(store).getAll());
      found += values.filter(holds).length;
    }
    base.close();
  }
  return found;
}

async function twoTabs(t_, next, runs) {
  const server = await host(t_);
  const context = await browser(t_, server, { allow: [/./] });
  const tabs = [await open(context, server), await context.newPage()];
  await tabs[1].goto(server.url);
  await mounted(tabs[1]);
  const each = runs * 10;
  await Promise.all(
    tabs.map(async (page, n) => {
      for (let i = 0; i < each; i += 1) {
        await add(page, `Tab ${n} guest ${i}`);
        if (next() < 0.2) await wait(next() * 200);
      }
    }),
  );
  const want = tabs.flatMap((_, n) => Array.from({ length: each }, (_, i) => `Tab ${n} guest ${i}`)).sort();
  for (const page of tabs) {
    assert.deepEqual(namesIn(await backUp(page, join(folder(t_), "tab.json"))), want, "every edit in every tab, once");
  }
  await tabs[0].reload();
  assert.equal((await what(tabs[0])).customers, 2 * each);
  return `2 × ${each} edits`;
}

async function quota(t_) {
  const server = await host(t_);
  const context = await browser(t_, server, { serviceWorkers: "block", allow: [/./] });
  const cdp = await context.newCDPSession(context.pages()[0] ?? (await context.newPage()));
  await cdp.send("Storage.overrideQuotaForOrigin", { origin: server.origin, quotaSize: 5_000_000 });
  const page = await open(context, server);
  await add(page, "Ann");
  const full = page.getByText(t.errors.store_quota.split(".")[0]).first();
  let [before, refused] = [{ customers: 1, lines: 0 }, null];
  for (let i = 0; i < 6 && !refused; i += 1) {
    const file = join(scratch, `more-${i}.csv`);
    await seededOrders(file, { customers: 15_000, lines: 150_000, seed: 100 + i });
    // Other orders, not the same ones again.
    if (i > 0) writeFileSync(file, readFileSync(file, "utf8").replace(/^(\d)/gm, `${i}$1`));
    await (await prepare(page, file)).click();
    await full.or(page.getByRole("heading", { name: t.data.finished_title })).first().waitFor();
    if (await full.isVisible()) refused = file;
    else before = await holdings(page);
  }
  assert.ok(refused, "5 MB are too few for this");
  assert.deepEqual(await holdings(page), before, "refused whole");
  await page.reload();
  assert.ok(is(await what(page), before));
  await cdp.send("Storage.overrideQuotaForOrigin", { origin: server.origin });
  await importFile(page, "en", refused);
  assert.ok((await holdings(page)).lines > before.lines, "and goes in once there is space");
  return `refused at ${before.lines} lines`;
}

/** Flips, cuts or removes files of the profile's databases. */
function damage(profile, next) {
  const root = join(profile, "Default", "IndexedDB");
  const places = readdirSync(root, { recursive: true }).map((name) => join(root, name));
  const files = places.filter((path) => statSync(path).isFile() && !path.endsWith("LOCK"));
  const pick = (of) => of[Math.floor(next() * of.length)];
  const file = pick(files);
  const name = file.slice(root.length + 1).replace(/^.*\//, "");
  const kind = pick(["flip", "flip", "flip", "cut", "remove", "remove all", "garbage"]);
  if (kind === "flip") {
    const bytes = readFileSync(file);
    for (let n = 1 + Math.floor(next() * 64); n > 0 && bytes.length > 0; n -= 1) {
      bytes[Math.floor(next() * bytes.length)] ^= 1 + Math.floor(next() * 255);
    }
    writeFileSync(file, bytes);
  } else if (kind === "cut") truncateSync(file, Math.floor(next() * statSync(file).size));
  else if (kind === "remove") rmSync(file);
  else if (kind === "garbage") appendFileSync(file, Buffer.from(Array.from({ length: 500 }, () => Math.floor(next() * 256))));
  else rmSync(root, { recursive: true });
  return `${kind} ${name}`;
}

let damaged = null;
async function garbled(t_, next) {
  if (!damaged) {
    // One server for all runs: the databases belong to its address.
    const [server, profile, keep] = [await host({ after() {} }), join(scratch, "profile"), join(scratch, "kept.json")];
    const { context, page } = await begun({ after: (work) => cleanups.push(work) }, server, profile);
    await importFile(page, "en", orders);
    await backUp(page, keep);
    await wait(3_000);
    await context.stop();
    damaged = { server, profile, keep };
  }
  const { server, keep } = damaged;
  const profile = folder(t_);
  cpSync(damaged.profile, profile, { recursive: true, filter: (path) => !/Singleton/.test(path) });
  const done = damage(profile, next);
  const found = await look(t_, server, profile);
  const offers = found.state === "offers its backup";
  assert.ok(is(found, whole) || offers, told(found, done));
  if (!offers) return "unharmed";
  await openBackup(found.page, keep);
  const restored = found.page.getByText(pattern(t.backup.restored)).first();
  const refused = found.page.locator(".toast.failed").first();
  await restored.or(refused).first().waitFor();
  // Where the browser cannot keep any database in this profile any more, no app can; it says so.
  if (await refused.isVisible()) return "offered, browser refuses";
  const again = await what(found.page);
  assert.ok(is(again, whole), told(again, `${done}, backup opened`));
  return "restored";
}

async function clockAhead(t_) {
  // The same build, with a clock one year ahead in its workers.
  const ahead = join(folder(t_), "dist");
  cpSync(DIST, ahead, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });
  const script = readdirSync(ahead, { recursive: true }).find((name) => name.endsWith("worker.js"));
  const shift = "{const now=Date.now.bind(Date);Date.now=()=>now()+365*864e5}\n";
  writeFileSync(join(ahead, script), shift + readFileSync(join(ahead, script), "utf8"));
  const [far, near] = [await host(t_, { folder: ahead }), await host(t_)];
  const first = await browser(t_, far, { serviceWorkers: "block", allow: [/./] });
  const page = await open(first, far);
  await add(page, "From the future");
  const file = await backUp(page, join(folder(t_), "ahead.json"));
  const year = new Date().getFullYear();
  assert.match(readFileSync(file, "utf8").slice(0, 400), new RegExp(`${year + 1}-`), "the clock is ahead");

  const { page: here } = await begun(t_, near, folder(t_));
  await deleteBook(here);
  await here.getByRole("button", { name: t.backup.open_backup }).waitFor();
  await openBackup(here, file);
  await here.getByText(pattern(t.backup.restored)).first().waitFor();
  // Whoever edits later wins, though the other's clock was ahead.
  await visit(here, "customers");
  await here.locator(".vrow .c-name b").first().dblclick();
  await here.getByRole("button", { name: t.common.edit, exact: true }).first().click();
  const dialog = here.getByRole("dialog");
  await dialog.getByLabel(t.customers.name, { exact: true }).fill("Edited now");
  await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
  await here.getByRole("heading", { name: "Edited now" }).waitFor();
  await here.reload();
  await here.getByRole("heading", { name: "Edited now" }).waitFor();
  assert.deepEqual(namesIn(await backUp(here, join(folder(t_), "edited.json"))), ["Edited now"]);
  return "the edit stands";
}

const told = (found, how = "") =>
  `${how}: ${found.state}, ${found.customers ?? "–"} customers, ${found.lines ?? "–"} lines; should be ${whole.customers}, ${whole.lines}`;

const SCENARIOS = [
  ["killed during an import", killImport, RUNS],
  ["killed while saving", killSave, RUNS],
  ["killed during compaction", killCompaction, RUNS],
  ["killed while a backup is opened", killMerge, RUNS],
  ["killed during a colleague's merge", killShare, RUNS],
  ["garbled or deleted files", garbled, RUNS],
  ["two tabs, edits in turn", twoTabs, 1],
  ["quota of 5 MB", quota, 1],
  ["a clock one year ahead", clockAhead, 1],
  ["killed during an erasure", killErase, RUNS],
];

const cleanups = [];
const rows = [];
console.log(`faults: ${RUNS} runs each, seed ${SEED} (again: cargo xtask faults --runs ${RUNS} --seed ${SEED})`);
for (const [place, [name, scenario, times]] of SCENARIOS.entries()) {
  if (options.only && !name.includes(options.only)) continue;
  const outcomes = new Map();
  const failures = [];
  const start = performance.now();
  for (let run = 0; run < times; run += 1) {
    const next = random(SEED * 10_000 + place * 1_000 + run);
    const ends = [];
    let outcome;
    try {
      outcome = await scenario({ after: (work) => ends.push(work) }, next, RUNS);
    } catch (error) {
      outcome = "FAILED";
      failures.push(`${name}, run ${run}: ${String(error.message ?? error).split("\n").slice(0, 4).join(" ")}`);
    }
    for (const end of ends) await end().catch(() => "a killed browser has nothing to close");
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  const seconds = (performance.now() - start) / 1_000;
  rows.push([name, times, failures.length, seconds, [...outcomes].map(([what, n]) => `${n} × ${what}`).join(", ")]);
  for (const line of failures) console.error(line);
  console.log(`  ${name}: ${rows.at(-1)[4]} (${seconds.toFixed(0)} s)`);
}
for (const work of cleanups) await work().catch(() => "closed already");
await damaged?.server.stop();
rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });

const width = Math.max(...rows.map(([name]) => name.length));
console.log(`\n${"fault".padEnd(width)}  runs  lost, half or empty  outcomes`);
for (const [name, times, failed, , outcomes] of rows) {
  console.log(`${name.padEnd(width)}  ${String(times).padStart(4)}  ${String(failed).padStart(19)}  ${outcomes}`);
}
process.exitCode = rows.some(([, , failed]) => failed > 0) ? 1 : 0;
