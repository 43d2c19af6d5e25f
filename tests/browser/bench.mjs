// Speed and memory of the release build, as a person meets them: everything is done through the page, in a fresh
// headless Chromium, over a seeded book of 100,000 customers and 1,000,000 order lines. The worker's own work is read
// from the browser's timeline (src/web/timing.rs). Reports medians and fails on nothing.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { brotliCompressSync } from "node:zlib";
import { chromium } from "playwright-core";
import { CHROMIUM, DIST, FLAGS, ROOT, mounted, serve } from "./harness.mjs";
import { go, importFile, settled, visit } from "./person.mjs";
import { seededAnswers, seededCustomers, seededOrders, seededPair } from "./seeded.mjs";
import { pattern, texts } from "./texts.mjs";
import { workbookOf } from "./workbook.mjs";

const { values: options } = parseArgs({
  options: { dist: { type: "string", default: DIST }, file: { type: "string" }, quick: { type: "boolean", default: false }, only: { type: "string" } },
});
/** Names of the parts to run; what a part builds on runs too. */
const only = options.only?.split(",");
const RUNS = options.quick ? 1 : 5;
const SIZE = options.quick ? { customers: 10_000, lines: 100_000 } : { customers: 100_000, lines: 1_000_000 };
const t = texts("en");

const rows = [];
const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
const ms = (all) => (all.length ? `${median(all).toFixed(median(all) < 10 ? 1 : 0)} ms` : "not measured");
const mb = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
const report = (what, value, note = "") => {
  rows.push([what, value, note]);
  console.log(`  ${what}: ${value} ${note}`);
};

const server = await serve({ folder: options.dist });
const profiles = [];

async function start(profile = mkdtempSync(join(tmpdir(), "kith-bench-"))) {
  if (!profiles.includes(profile)) profiles.push(profile);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM, args: [...FLAGS, "--enable-precise-memory-info"], headless: true, locale: "en-GB",
    viewport: { width: 1280, height: 800 },
  });
  context.setDefaultTimeout(30_000);
  // Tasks that keep the page from answering for more than 50 ms, from the moment that it is up.
  await context.addInitScript(() => {
    globalThis.kithLong = [];
    new PerformanceObserver((list) => list.getEntries().forEach((task) => globalThis.kithLong.push(task.duration))).observe({ type: "longtask" });
  });
  const page = context.pages()[0];
  page.on("pageerror", (error) => console.error(`page error: ${error}`));
  return { context, page, profile };
}

/** The data worker: the first one; import workers come and go. */
const worker = (page) => page.workers()[0];
const forget = (page) => worker(page).evaluate(() => performance.clearMeasures());
const measured = (page, name) =>
  worker(page).evaluate((name) => performance.getEntriesByName(name).map((entry) => entry.duration), name);
const sum = (all) => all.reduce((a, b) => a + b, 0);

/** Reports the long tasks of the page since the last call. */
async function longTasks(page, what) {
  const tasks = await page.evaluate(() => globalThis.kithLong.splice(0));
  report(`main thread, ${what}`, tasks.length ? `${tasks.length} × > 50 ms` : "no long task", tasks.length ? `longest ${Math.max(...tasks).toFixed(0)} ms` : "");
}

/** Memory of the page's process with its workers, now and at its highest, on Linux. */
function memory(profile) {
  const kb = (text, name) => Number(text.match(new RegExp(`${name}:\\s+(\\d+)`))?.[1] ?? 0);
  let found = null;
  if (!existsSync("/proc/self/status")) return found;
  for (const pid of execFileSync("ps", ["-eo", "pid"], { encoding: "utf8" }).match(/\d+/g) ?? []) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      if (!command.includes("--type=renderer") || !belongs(pid, profile)) continue;
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const now = kb(status, "VmRSS") * 1024;
      if (!found || now > found.now) found = { now, peak: kb(status, "VmHWM") * 1024 };
    } catch {
      // The process ended between being listed and being read.
    }
  }
  return found;
}

function belongs(pid, profile) {
  for (let at = pid; at && at !== "1"; ) {
    if (readFileSync(`/proc/${at}/cmdline`, "utf8").includes(`--user-data-dir=${profile}`)) return true;
    at = readFileSync(`/proc/${at}/status`, "utf8").match(/PPid:\s+(\d+)/)?.[1];
  }
  return false;
}

/** Kilobytes of the code and styles whose names fit, as a host that compresses sends them. */
function size(pattern) {
  const build = readFileSync(join(options.dist, "index.html"), "utf8").match(/name="kith-build" content="([^"]+)"/)[1];
  const files = readdirSync(join(options.dist, build)).filter((name) => /\.(wasm|js|css)$/.test(name) && pattern.test(name));
  const bytes = files.map((name) => brotliCompressSync(readFileSync(join(options.dist, build, name))).length);
  return `${(bytes.reduce((sum, n) => sum + n, 0) / 1000).toFixed(1)} KB brotli`;
}

async function firstLoad() {
  report("first load, page", size(/^(?!worker|files)/), "budget 300 KB young, 600 KB whole");
  report("first load, worker", size(/^worker/), "budget 500 KB");
  report("program for files, when one is read or written", size(/^files/), "");
  const usable = [];
  for (let i = 0; i < RUNS; i += 1) {
    const { context, page } = await start();
    const begin = performance.now();
    await page.goto(server.url);
    await page.getByRole("button", { name: new RegExp(t.today.try_demo) }).waitFor();
    usable.push(performance.now() - begin);
    await context.close();
  }
  report("first load, empty profile to first run", ms(usable), "worker and empty store included");
}

async function steps(page, file, note) {
  const begin = performance.now();
  const said = await importFile(page, "en", file, { timeout: 600_000 });
  const whole = performance.now() - begin;
  report(`import ${note}, end to end`, `${(whole / 1000).toFixed(2)} s`, said);
}

async function importing() {
  const file = join(ROOT, "target", `bench-${SIZE.customers}-${SIZE.lines}.csv`);
  mkdirSync(join(ROOT, "target"), { recursive: true });
  await seededOrders(file, SIZE);
  const { context, page, profile } = await start();
  await page.goto(server.url);
  await mounted(page);
  await settled(page);
  await forget(page);
  await page.evaluate(() => globalThis.kithLong.splice(0));
  await steps(page, file, `${SIZE.lines.toLocaleString("en")} lines (seeded)`);
  await longTasks(page, "import");
  report(`keep ${SIZE.customers.toLocaleString("en")} + ${SIZE.lines.toLocaleString("en")}`, ms(await measured(page, "kith:run")), "command to completed transaction; budget 1,500 ms");
  const after = memory(profile);
  if (after) report("memory after import, page with its workers", mb(after.now), `peak ${mb(after.peak)}`);
  // The journal is compacted in the background; the bench opens what a person would open tomorrow.
  await page.waitForTimeout(20_000);
  await context.close();
  return profile;
}

async function realFile() {
  if (!options.file) return;
  const { context, page } = await start();
  await page.goto(server.url);
  await mounted(page);
  await settled(page);
  await steps(page, options.file, "the given file");
  report("keep the given file", ms(await measured(page, "kith:run")));
  await context.close();
}

async function opening(profile) {
  const [usable, read] = [[], []];
  let [last, held] = [null, ""];
  for (let i = 0; i < RUNS; i += 1) {
    const { context, page } = await start(profile);
    const begin = performance.now();
    await page.goto(`${server.url}#/customers`);
    await page.locator(".vrow .c-name b").first().waitFor({ timeout: 120_000 });
    usable.push(performance.now() - begin);
    read.push(sum(await measured(page, "kith:open")));
    await page.waitForTimeout(1000);
    last = memory(profile);
    await visit(page, "data");
    const name = page.locator("dt", { hasText: t.data.storage_memory });
    held = await name.locator("xpath=following-sibling::dd").innerText();
    await context.close();
  }
  report("open: data read", ms(read), "budget 700 ms");
  report("open: list usable", ms(usable), "from the address to rows; budget 1,500 ms");
  report("open: memory that the worker's program holds", held, "budget 250 MB steady");
  if (last) report("open: memory of the whole page process", mb(last.now), `peak ${mb(last.peak)}; an empty Chromium page takes about 100 MB of it`);
}

const TABS = ["value", "rfm", "tiers", "dormancy"];

/** The worker's time for the answers of all four tabs. */
async function allSegments(page) {
  await forget(page);
  for (const tab of TABS) {
    await visit(page, `segments/${tab}`);
    await page.locator(".answer").first().waitFor();
  }
  await page.waitForTimeout(200);
  return sum(await measured(page, "kith:ask"));
}

async function segments(page) {
  const full = [];
  for (let i = 0; i < RUNS; i += 1) {
    await visit(page, "segments/value");
    await page.locator(".as-of summary").click();
    await forget(page);
    await page.locator(".as-of input[type=date]").fill(`2024-0${i + 1}-15`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await page.waitForTimeout(1500);
    full.push(sum(await measured(page, "kith:ask")) + (await allSegments(page)));
  }
  report("all segments, full", ms(full), "another as-of day; all asks of four tabs; budget 100 ms");

  const [after, saved] = [[], []];
  for (let i = 0; i < RUNS; i += 1) {
    await visit(page, "customers");
    await page.locator(".vrow .c-name b").nth(i).dblclick();
    await page.getByRole("button", { name: t.customer.order_new }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t.customer.line_product).first().fill("Bench article");
    await dialog.getByLabel(t.customer.line_quantity).first().fill("1");
    await dialog.getByLabel(t.customer.line_price).first().fill("9.50");
    await forget(page);
    await dialog.getByRole("button", { name: t.common.save }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.waitForTimeout(500);
    saved.push(sum(await measured(page, "kith:run")));
    after.push(sum(await measured(page, "kith:ask")) + (await allSegments(page)));
  }
  report("save one order", ms(saved), "command to completed transaction; budget 30 ms");
  report("all segments after one new order", ms(after), "all asks of the customer and four tabs; budget 16 ms");
}

async function editing(page) {
  const saved = [];
  for (let i = 0; i < RUNS; i += 1) {
    await visit(page, "customers");
    await page.locator(".vrow .c-name b").nth(i).dblclick();
    await page.getByLabel(t.customer.note_placeholder).fill(`A word at ${i}`);
    await forget(page);
    await page.getByRole("button", { name: t.customer.log, exact: true }).click();
    while ((await measured(page, "kith:run")).length === 0) await page.waitForTimeout(50);
    saved.push(sum(await measured(page, "kith:run")));
  }
  report("save one edit", ms(saved), "command to completed transaction; budget 30 ms");
}

/** One customer with 2,000 orders, opened from their address to the first painted entries of the timeline. */
async function timeline(page) {
  const file = join(tmpdir(), "kith-bench-timeline.csv");
  const at = (i) => new Date(Date.UTC(2023, 0, 1) + i * 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
  const line = (_, i) => `${900_000 + i},P${i % 40},ARTICLE No ${i % 40},1,${at(i)},9.50,990001,United Kingdom\n`;
  const head = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
  writeFileSync(file, head + Array.from({ length: 2_000 }, line).join(""));
  await importFile(page, "en", file, { timeout: 600_000 });
  await visit(page, "customers?q=990001");
  await page.locator(".vrow .c-name b").first().dblclick();
  await page.locator(".event.order").first().waitFor();
  const hash = await page.evaluate(() => location.hash);
  const times = [];
  for (let i = 0; i < RUNS; i += 1) {
    await visit(page, "settings");
    times.push(
      await page.evaluate(async (hash) => {
        const begin = performance.now();
        location.hash = hash;
        while (!document.querySelector(".event.order")) await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        return performance.now() - begin;
      }, hash),
    );
  }
  report("open a customer with 2,000 orders", ms(times), "address to first painted entries; budget 100 ms");
  const histories = [];
  for (let i = 0; i < RUNS; i += 1) {
    histories.push(
      await page.evaluate(async (words) => {
        const button = [...document.querySelectorAll("button")].find((it) => it.textContent.trim() === words);
        const begin = performance.now();
        button.click();
        while (!document.querySelector("dialog .history-step")) await new Promise(requestAnimationFrame);
        return performance.now() - begin;
      }, t.history.open),
    );
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  }
  report("history of a record", ms(histories), "press to first step; budget 300 ms");
}

/** Frames of two seconds while `move` is called at every frame. */
const frames = (page, move) =>
  page.evaluate(async (source) => {
    const move = (0, globalThis.kithMoves)[source];
    const table = document.querySelector(".vtable");
    const times = [];
    const begin = performance.now();
    let last = begin;
    while (last - begin < 2000) {
      const now = await new Promise(requestAnimationFrame);
      times.push(now - last);
      last = now;
      move(table, (now - begin) / 2000);
    }
    times.shift();
    return { worst: Math.max(...times), nodes: document.querySelectorAll("*").length };
  }, move);

async function scrolling(page) {
  const [mount, scroll, drag, nodes] = [[], [], [], []];
  await page.evaluate(() => {
    globalThis.kithMoves = {
      scroll: (table) => table.scrollBy(0, 60),
      drag: (table, share) => (table.scrollTop = share * (table.scrollHeight - table.clientHeight)),
    };
  });
  for (let i = 0; i < RUNS; i += 1) {
    await visit(page, "data");
    mount.push(
      await page.evaluate(async () => {
        const begin = performance.now();
        location.hash = "#/customers";
        while (!document.querySelector(".vrow .c-name b")) await new Promise(requestAnimationFrame);
        return performance.now() - begin;
      }),
    );
    await settled(page);
    const down = await frames(page, "scroll");
    const far = await frames(page, "drag");
    scroll.push(down.worst);
    drag.push(far.worst);
    nodes.push(down.nodes, far.nodes);
  }
  report("list: mount", ms(mount), "from another page to rows, answer included; budget 50 ms");
  report("list: worst frame scrolling", ms(scroll), "budget 33 ms");
  report("list: worst frame dragging", ms(drag), "budget 66 ms");
  report("list: DOM nodes", `${Math.max(...nodes)}`, "budget 1,500");
}

/** Names, phones and twins for the book. */
async function people(page) {
  const file = join(ROOT, "target", `bench-customers-${SIZE.customers}.csv`);
  await seededCustomers(file, { customers: SIZE.customers });
  const begin = performance.now();
  await importFile(page, "en", file, { timeout: 600_000 });
  report(`import ${SIZE.customers.toLocaleString("en")} customers, end to end`, `${((performance.now() - begin) / 1000).toFixed(2)} s`);
}

/** What is typed: the literal, initials, pinyin, mixed and a slip. */
const TYPED = ["102345", "zw", "zhangw", "张w", "ouyangm", "smiht", "jonhson", "0013800"];

async function searching(page) {
  await visit(page, "data");
  await visit(page, "customers");
  const box = page.getByLabel(t.customers.search);
  const [times, first] = [[], []];
  for (let i = 0; i < RUNS; i += 1) {
    for (const words of TYPED) {
      await box.fill("");
      await page.waitForTimeout(150);
      for (const letter of words) {
        await forget(page);
        await box.pressSequentially(letter);
        while ((await measured(page, "kith:ask")).length === 0) await page.waitForTimeout(10);
        await page.waitForTimeout(60);
        (first.length ? times : first).push(sum(await measured(page, "kith:ask")));
      }
    }
  }
  times.sort((a, b) => a - b);
  await box.fill("");
  const p95 = times[Math.floor(times.length * 0.95)];
  report("search keystroke, median", ms(times), `${TYPED.join(", ")}: the worker's answers`);
  report("search keystroke, p95", ms([p95]), `worst ${times.at(-1).toFixed(1)} ms; budget 10 ms`);
  report("search, the first keystroke", ms(first), "with what is still to be made ready; budget 500 ms");
}

/** The scan of the whole book for customers who are in it twice. */
async function twins(page) {
  const times = [];
  for (let i = 0; i < Math.min(RUNS, 3); i += 1) {
    await visit(page, "data/duplicates");
    const again = page.getByRole("button", { name: t.duplicates.again, exact: true });
    await again.waitFor({ timeout: 120_000 });
    await page.waitForTimeout(500);
    await forget(page);
    const begin = performance.now();
    await again.click();
    await page.getByRole("button", { name: t.duplicates.stop, exact: true }).waitFor({ timeout: 5_000 }).catch(() => {});
    await again.waitFor({ timeout: 120_000 });
    times.push(performance.now() - begin);
  }
  const said = (await page.locator(".page-head .answer").innerText()).trim();
  report("scan for duplicates", ms(times), `${said} Budget 5 s`);
}

/** Half a million rows of a workbook, read and taken over. */
async function workbook() {
  const lines = SIZE.lines / 2;
  const csv = join(ROOT, "target", `bench-${SIZE.customers}-${lines}.csv`);
  await seededOrders(csv, { customers: SIZE.customers, lines });
  const file = csv.replace(/csv$/, "xlsx");
  if (!existsSync(file)) writeFileSync(file, workbookOf(readFileSync(csv, "utf8")));
  const { context, page, profile } = await start();
  await page.goto(server.url);
  await mounted(page);
  await settled(page);
  await page.evaluate(() => globalThis.kithLong.splice(0));
  await steps(page, file, `workbook of ${lines.toLocaleString("en")} rows (${mb(statSync(file).size)})`);
  const used = memory(profile);
  if (used) report("memory in that import", mb(used.peak), "the page's process at its highest");
  await longTasks(page, "workbook");
  await context.close();
}

/** Tags for a tenth of all customers, and taken back: the answer that shows the list again included. */
async function bulk(page) {
  const many = SIZE.customers / 10;
  const said = (text) => pattern(text.split("|").at(-1).replace("{n}", many.toLocaleString("en")));
  const [saved, shown, back] = [[], [], []];
  for (let i = 0; i < RUNS; i += 1) {
    await visit(page, "data");
    await visit(page, "customers");
    await page.locator("#row-0 [role=checkbox]").click();
    await page.locator(".vtable").evaluate((table, at) => (table.scrollTop = 36 * at), many - 5);
    await page.locator(`#row-${many - 1} [role=checkbox]`).click({ modifiers: ["Shift"] });
    const bar = page.getByRole("group", { name: t.list.chosen_label });
    await bar.getByText(said(t.list.chosen)).waitFor();
    await bar.getByRole("button", { name: t.list.tag, exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t.list.tag_add).fill(`Bench ${i}`);
    await forget(page);
    await dialog.getByRole("button", { name: pattern(t.list.apply) }).click();
    const toast = page.locator(".toast", { hasText: said(t.list.done_changed) }).last();
    await toast.waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1500);
    const run = sum(await measured(page, "kith:run"));
    saved.push(run);
    shown.push(run + sum(await measured(page, "kith:ask")));
    await forget(page);
    await toast.getByRole("button", { name: t.common.undo }).click();
    await page.waitForTimeout(2500);
    back.push(sum(await measured(page, "kith:run")) + sum(await measured(page, "kith:ask")));
  }
  const what = `${many.toLocaleString("en")} customers tagged at once`;
  report(what, ms(saved), "command to completed transaction; budget 1,000 ms for 10,000");
  report(`${what}, and shown again`, ms(shown), "with all asks that follow");
  report(`${what}, taken back`, ms(back), "with all asks that follow");
}

/** 100,000 answers on satisfaction, and what the pages ask of them. */
async function satisfaction(page) {
  const answers = SIZE.customers;
  const file = join(ROOT, "target", `bench-answers-${answers}.csv`);
  await seededAnswers(file, { customers: SIZE.customers, answers });
  await importFile(page, "en", file, { timeout: 600_000 });
  const times = { "by product": [], "by staff": [], "the list of answers": [] };
  const places = { "by product": "satisfaction", "by staff": "satisfaction?by=staff", "the list of answers": "satisfaction?nps=detractor" };
  for (let i = 0; i < RUNS; i += 1) {
    for (const [what, place] of Object.entries(places)) {
      await visit(page, "data");
      await forget(page);
      await visit(page, place);
      await page.waitForTimeout(500);
      times[what].push(sum(await measured(page, "kith:ask")));
    }
  }
  for (const [what, all] of Object.entries(times)) report(`satisfaction of ${answers.toLocaleString("en")} answers, ${what}`, ms(all), "all asks; budget 100 ms");
  await longTasks(page, "satisfaction");
}

/** A book goes out as a file and into an empty profile. */
async function exchange(size) {
  const note = `${size.customers.toLocaleString("en")} + ${size.lines.toLocaleString("en")}`;
  const file = join(ROOT, "target", `bench-${size.customers}-${size.lines}.csv`);
  await seededOrders(file, size);
  const one = await start();
  await one.page.goto(server.url);
  await mounted(one.page);
  await settled(one.page);
  await importFile(one.page, "en", file, { timeout: 600_000 });
  await visit(one.page, "data/share");
  let begin = performance.now();
  const [download] = await Promise.all([
    one.page.waitForEvent("download", { timeout: 600_000 }),
    one.page.getByRole("button", { name: t.share.export_run, exact: true }).click(),
  ]);
  const taken = performance.now() - begin;
  const out = join(ROOT, "target", `bench-${size.customers}-${size.lines}.json`);
  await download.saveAs(out);
  let used = memory(one.profile);
  report(`export ${note}`, `${(taken / 1000).toFixed(2)} s`, `${mb(statSync(out).size)}${used ? `, memory peak ${mb(used.peak)}` : ""}; budget 2 s for 10,000 + 100,000`);
  await one.context.close();

  const two = await start();
  await two.page.goto(`${server.url}#/data/share`);
  await mounted(two.page);
  await settled(two.page);
  begin = performance.now();
  await two.page.locator("input[type=file]").setInputFiles(out);
  await two.page.getByRole("button", { name: t.share.merge, exact: true }).click({ timeout: 600_000 });
  await two.page.getByRole("heading", { name: pattern(t.share.report_title) }).waitFor({ timeout: 600_000 });
  used = memory(two.profile);
  report(`merge ${note} into an empty book`, `${((performance.now() - begin) / 1000).toFixed(2)} s`, `read, preview and merge${used ? `, memory peak ${mb(used.peak)}` : ""}; budget 2 s for 10,000 + 100,000`);
  await longTasks(two.page, "merge");
  await two.context.close();
}

/** Two copies of one book, edited apart, become one. */
async function twoSides(size) {
  const files = seededPair(join(ROOT, "target"), size);
  const [own, both] = [size.edits.toLocaleString("en"), size.shared.toLocaleString("en")];
  const kb = (file) => `${(statSync(file).size / 1e6).toFixed(2)} MB`;
  const times = [];
  for (let i = 0; i < RUNS; i += 1) {
    const { context, page } = await start();
    await page.goto(`${server.url}#/data/share`);
    await mounted(page);
    await settled(page);
    const merge = async (file) => {
      await visit(page, "data/share");
      const begin = performance.now();
      await page.locator("input[type=file]").setInputFiles(file);
      const button = page.getByRole("button", { name: t.share.merge, exact: true });
      await button.waitFor({ timeout: 600_000 });
      const said = await page.locator(".import-card .answer").innerText();
      await button.click();
      await page.getByRole("heading", { name: pattern(t.share.report_title) }).waitFor({ timeout: 600_000 });
      return [performance.now() - begin, said];
    };
    await merge(files.mine);
    const [taken, said] = await merge(files.theirs);
    if (!said.includes(`${both} conflicts`)) throw new Error(`not ${both} conflicts: ${said}`);
    times.push(taken);
    await context.close();
  }
  const note = `${size.customers.toLocaleString("en")} customers × 12 fields, ${own} edits a side, ${both} of the same cells`;
  report("merge of two sides", ms(times), `${note}; read, preview and merge; budget 500 ms`);
  report("its file, whole", kb(files.theirs), `${(statSync(files.theirs).size / size.customers).toFixed(0)} bytes a customer`);
  report("its file, what changed", kb(files.part));
}

const parts = [];
async function part(name, work) {
  const wanted = !only || only.includes(name) || (name === "import" && only.some((one) => inBook[one]));
  if (!wanted) return null;
  console.log(`\n${name}`);
  try {
    return await work();
  } catch (error) {
    report(name, "not measured", String(error.message ?? error).split("\n")[0]);
    parts.push(name);
    return null;
  }
}

/** Libraries over the same lines in the same browser: recency, frequency and money alone, where Kith's segments hold more. */
async function peers() {
  if (!existsSync(join(ROOT, "tests", "browser", "peers", "node_modules"))) throw new Error("its packages are not there: npm ci in tests/browser/peers");
  const file = join(ROOT, "target", `bench-${SIZE.customers}-${SIZE.lines}.csv`);
  mkdirSync(join(ROOT, "target"), { recursive: true });
  await seededOrders(file, SIZE);
  const host = await serve({ folder: ROOT });
  const { context, page } = await start();
  await page.goto(`${host.url}tests/browser/peers/index.html`);
  await page.waitForFunction(() => globalThis.peers);
  const found = await page.evaluate(([file, runs]) => globalThis.peers(file, runs), [`/target/${basename(file)}`, RUNS + 1]);
  await context.close();
  await host.stop();
  const sums = new Set(Object.values(found).map((one) => one.sums.join(" ")));
  if (sums.size > 1) throw new Error(`they do not agree: ${[...sums].join(" | ")}`);
  for (const [name, { start, load, took: [first, ...again] }] of Object.entries(found)) {
    report(`peer, recency frequency money: ${name}`, `${ms([first])} / ${ms(again)}`, `first / again; start ${ms([start])}, load ${ms([load])}`);
  }
}

/** What is measured in the book of the import, one after the other. */
const inBook = { open: () => opening(profile), scroll: scrolling, people, search: searching, duplicates: twins, save: editing, bulk, segments, satisfaction, timeline };

await part("first load", firstLoad);
await part("the given file", realFile);
const profile = await part("import", importing);
if (profile) {
  const { open: again, ...others } = inBook;
  await part("open", again);
  const { context, page } = await start(profile);
  await page.goto(`${server.url}#/customers`);
  await page.locator(".vrow .c-name b").first().waitFor();
  for (const [name, work] of Object.entries(others)) {
    await page.evaluate(() => globalThis.kithLong.splice(0));
    await part(name, async () => {
      await work(page);
      if (work !== satisfaction) await longTasks(page, name);
    });
  }
  await context.close();
}
await part("peers", peers);
await part("workbook", workbook);
await part("two sides", () => twoSides(options.quick ? { customers: 1_000, edits: 200, shared: 40 } : { customers: 10_000, edits: 2_000, shared: 400 }));
await part("exchange small", () => exchange({ customers: 10_000, lines: 100_000 }));
if (!options.quick) await part("exchange large", () => exchange(SIZE));
await server.stop();
for (const profile of profiles) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });

const width = Math.max(...rows.map(([what]) => what.length));
console.log(`\nRelease build, headless Chromium, ${cpus().length} cores, medians of ${RUNS}; ${SIZE.customers.toLocaleString("en")} customers, ${SIZE.lines.toLocaleString("en")} lines, seeded\n`);
for (const [what, value, note] of rows) console.log(`${what.padEnd(width)}  ${value.padStart(16)}  ${note}`);
