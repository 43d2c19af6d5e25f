// The bench's first load, and everything that goes in or out as a file.

import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { ROOT, mounted, serve } from "../harness.mjs";
import { importFile, settled, visit } from "../person.mjs";
import { seededOrders, seededPair } from "../seeded.mjs";
import { pattern } from "../texts.mjs";
import { workbookOf } from "../workbook.mjs";
import { KEPT, RUNS, SIZE, forget, longTasks, mb, measured, memory, ms, options, report, server, start, sum, t } from "./kit.mjs";

/** Kilobytes of the code and styles whose names fit, as a host that compresses sends them. */
function size(pattern) {
  const build = readFileSync(join(options.dist, "index.html"), "utf8").match(/name="kith-build" content="([^"]+)"/)[1];
  const files = readdirSync(join(options.dist, build)).filter((name) => /\.(wasm|js|css)$/.test(name) && pattern.test(name));
  const bytes = files.map((name) => brotliCompressSync(readFileSync(join(options.dist, build, name))).length);
  return `${(bytes.reduce((sum, n) => sum + n, 0) / 1000).toFixed(1)} KB brotli`;
}

export async function firstLoad() {
  report("first load, page", size(/^(app(_bg|_parts)?\.|start\.|.*\.css$)/), "budget 300 KB young, 600 KB whole");
  report("first load, worker", size(/^worker(_bg|_parts)?\./), "budget 500 KB");
  report("parts of both that come later", size(/^(app|worker)_(?!bg|parts\.)/), "all kept for use without a network");
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

export async function importing() {
  const file = join(KEPT, `bench-${SIZE.customers}-${SIZE.lines}.csv`);
  mkdirSync(KEPT, { recursive: true });
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

export async function realFile() {
  if (!options.file) return;
  const { context, page } = await start();
  await page.goto(server.url);
  await mounted(page);
  await settled(page);
  await steps(page, options.file, "the given file");
  report("keep the given file", ms(await measured(page, "kith:run")));
  await context.close();
}

/** Half a million rows of a workbook, read and taken over. */
export async function workbook() {
  const lines = SIZE.lines / 2;
  const csv = join(KEPT, `bench-${SIZE.customers}-${lines}.csv`);
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

/** A book goes out as a file and into an empty profile. */
export async function exchange(size) {
  const note = `${size.customers.toLocaleString("en")} + ${size.lines.toLocaleString("en")}`;
  const file = join(KEPT, `bench-${size.customers}-${size.lines}.csv`);
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
  const out = join(KEPT, `bench-${size.customers}-${size.lines}.json`);
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
export async function twoSides(size) {
  const files = seededPair(KEPT, size);
  const [own, both] = [size.edits.toLocaleString("en"), size.shared.toLocaleString("en")];
  const kb = (file) => `${(statSync(file).size / 1e6).toFixed(2)} MB`;
  const [times, previews] = [[], []];
  for (let i = 0; i < RUNS; i += 1) {
    const { context, page } = await start();
    await page.goto(`${server.url}#/data/share`);
    await mounted(page);
    await settled(page);
    const merge = async (file) => {
      await visit(page, "data/share");
      // Timed in the page: whoever looks from outside looks every half second.
      const merged = page.evaluate(async ([press, title]) => {
        const until = async (found) => {
          let it;
          while (!(it = found())) await new Promise(requestAnimationFrame);
          return it;
        };
        const input = document.querySelector("input[type=file]");
        await new Promise((chosen) => input.addEventListener("change", chosen, { once: true, capture: true }));
        const begin = performance.now();
        const button = await until(() => [...document.querySelectorAll("button")].find((it) => it.textContent.trim() === press && !it.disabled));
        const seen = performance.now();
        const said = document.querySelector(".import-card .answer").innerText;
        button.click();
        await until(() => [...document.querySelectorAll("h1, h2, h3")].find((it) => new RegExp(title).test(it.textContent)));
        return [performance.now() - begin, said, seen - begin];
      }, [t.share.merge, pattern(t.share.report_title).source]);
      await page.locator("input[type=file]").setInputFiles(file);
      return merged;
    };
    await merge(files.mine);
    // What was just taken over is put in order in the background; a colleague's file comes later.
    await page.waitForTimeout(6_000);
    const [taken, said, toPreview] = await merge(files.theirs);
    if (!said.includes(`${both} conflicts`)) throw new Error(`not ${both} conflicts: ${said}`);
    times.push(taken);
    previews.push(toPreview);
    await context.close();
  }
  const note = `${size.customers.toLocaleString("en")} customers × 12 fields, ${own} edits a side, ${both} of the same cells`;
  report("merge of two sides", ms(times), `${note}; read, preview (${ms(previews)}) and merge; budget 500 ms`);
  report("its file, whole", kb(files.theirs), `${(statSync(files.theirs).size / size.customers).toFixed(0)} bytes a customer`);
  report("its file, what changed", kb(files.part));
}

/** Libraries over the same lines in the same browser: recency, frequency and money alone, where Kith's page adds scores, bounds and groups. */
export async function peers(profile) {
  if (!existsSync(join(ROOT, "tests", "browser", "peers", "node_modules"))) throw new Error("its packages are not there: npm ci in tests/browser/peers");
  const file = join(KEPT, `bench-${SIZE.customers}-${SIZE.lines}.csv`);
  mkdirSync(KEPT, { recursive: true });
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
  if (!profile) return;
  // Kith's own page of the three in the book of the same file: everything that it asked since it was opened, then for other days.
  const kith = await start(profile);
  await kith.page.goto(`${server.url}#/segments/rfm`);
  const ready = async () => {
    await kith.page.locator(".answer").first().waitFor();
    await settled(kith.page);
    await kith.page.waitForTimeout(3_000);
    return sum(await measured(kith.page, "kith:ask"));
  };
  const first = await ready();
  const again = [];
  for (let i = 0; i < RUNS; i += 1) {
    await forget(kith.page);
    await kith.page.locator(".as-of summary").click();
    await kith.page.locator(".as-of input[type=date]").fill(`2024-0${i + 1}-20`);
    await kith.page.keyboard.press("Tab");
    await kith.page.keyboard.press("Escape");
    again.push(await ready());
  }
  report("recency frequency money: Kith's page", `${ms([first])} / ${ms(again)}`, "first, with all that opening asks / for another day");
  await kith.context.close();
}
