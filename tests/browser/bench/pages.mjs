// The bench of pages that compute: segments, charts and the models of customer value.

import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, mounted } from "../harness.mjs";
import { importFile, settled, visit } from "../person.mjs";
import { random } from "../seeded.mjs";
import { RUNS, forget, measured, ms, report, server, start, sum, t } from "./kit.mjs";

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

export async function segments(page) {
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
    // What the typing asked is not of the order.
    await page.waitForTimeout(500);
    await forget(page);
    await dialog.getByRole("button", { name: t.common.save }).click();
    await dialog.waitFor({ state: "hidden" });
    await page.waitForTimeout(500);
    saved.push(sum(await measured(page, "kith:run")));
    after.push(sum(await measured(page, "kith:ask")) + (await allSegments(page)));
  }
  report("save one order", ms(saved), "command to completed transaction; budget 30 ms");
  report("all segments after one new order", ms(after), "all asks of the customer and four tabs; budget 16 ms");

  // Another currency of the book and back: nothing is kept, the order lines are read anew.
  const [scratch, opened] = [[], []];
  for (let i = 0; i < RUNS; i += 1) {
    await visit(page, "settings");
    const currency = page.getByLabel(t.settings.currency, { exact: true });
    const own = await currency.inputValue();
    for (const code of [own === "EUR" ? "USD" : "EUR", own]) {
      await forget(page);
      await currency.fill(code);
      await currency.press("Tab");
      await page.waitForTimeout(2_000);
    }
    scratch.push(sum(await measured(page, "kith:ask")) + (await allSegments(page)));
  }
  report("all segments from scratch", ms(scratch), "the order lines too; all asks of settings and four tabs; budget 100 ms");

  for (let i = 0; i < RUNS; i += 1) {
    await visit(page, "segments/value");
    await page.reload();
    await mounted(page);
    await settled(page);
    await page.waitForTimeout(3_000);
    opened.push(sum(await measured(page, "kith:ask")) + (await allSegments(page)));
  }
  report("all segments right after opening", ms(opened), "as before, while the browser still compiles the worker");
}

/** Every page with a chart, in the order in which a person would look at them. */
const CHARTS = [
  "segments/value", "segments/worth", "segments/rfm", "segments/tiers", "segments/dormancy", "segments/moved", "segments/own", "segments/own/new",
  "insights/stay", "insights/referrals", "insights/keeping", "satisfaction",
];

/** From the address to a page on which nothing is still loading. */
const ready = (page, place) =>
  page.evaluate(async (place) => {
    const begin = performance.now();
    location.hash = `#/${place}`;
    const waits = () => !document.querySelector("main h1") || document.querySelector(".skeleton, .vwait, [aria-busy=true]");
    do await new Promise(requestAnimationFrame);
    while (waits() || performance.now() - begin < 20);
    await new Promise(requestAnimationFrame);
    return performance.now() - begin;
  }, place);

/** Pages with charts: the first time after an order, when their figures are still to be made, and again. */
export async function charts(page) {
  for (const place of CHARTS) {
    const again = [];
    await visit(page, "settings");
    const first = await ready(page, place);
    for (let i = 0; i < RUNS; i += 1) {
      await visit(page, "settings");
      again.push(await ready(page, place));
    }
    report(`page ${place}`, `${ms([first])} / ${ms(again)}`, "the first time / again, from the address to the painted page; budget 300 ms");
  }
}

/** Kotler's map with every customer on it: how long its marks take, and the frames while a cut line is dragged. */
export async function map(page) {
  await visit(page, "segments/value");
  await page.locator(".kotler-map .cut.upright").waitFor();
  await page.evaluate(() => {
    const draws = (globalThis.kithDraws = []);
    const original = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (...given) {
      const begin = performance.now();
      // After the stack that draws, and again when its frame is shown.
      queueMicrotask(() => {
        const code = performance.now() - begin;
        requestAnimationFrame(() => setTimeout(() => draws.push({ code, shown: performance.now() - begin }), 0));
      });
      return original.apply(this, given);
    };
  });
  for (let i = 0; i < RUNS; i += 1) {
    await visit(page, "segments/rfm");
    await visit(page, "segments/value");
    await page.locator(".kotler-map .cut.upright").waitFor();
    await page.waitForTimeout(300);
  }
  const draws = await page.evaluate(() => globalThis.kithDraws.splice(0));
  report("map: marks drawn", `${ms(draws.map((d) => d.code))} / ${ms(draws.map((d) => d.shown))}`, "code alone / until their frame is over; budget 100 ms");
  const box = await page.locator(".kotler-map .cut.upright line").first().evaluate((line) => {
    line.scrollIntoView({ block: "center" });
    const { x, y, width, height } = line.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
  await page.mouse.move(box.x, box.y);
  await page.mouse.down();
  await page.evaluate(() => {
    const times = (globalThis.kithFrames = []);
    let last = performance.now();
    const frame = (now) => {
      times.push(now - last);
      last = now;
      globalThis.kithFrames && requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const begin = Date.now();
  while (Date.now() - begin < 2_000) await page.mouse.move(box.x + 80 * Math.sin((Date.now() - begin) / 300), box.y);
  const frames = await page.evaluate(() => {
    const times = globalThis.kithFrames;
    globalThis.kithFrames = null;
    return times.slice(1);
  });
  await page.mouse.up();
  frames.sort((a, b) => a - b);
  report("map: frames while a cut line is dragged", ms(frames), `p95 ${ms([frames[Math.floor(frames.length * 0.95)]])}, worst ${ms([frames.at(-1)])}, ${frames.length} in 2 s; budget 17 ms`);
}

/** Orders whose customers have the repeats, ages and amounts of CDNOW (Fader, Hardie & Lee 2005), so many times over. What lies
 * between the first and the last purchase is spread as the model has it: evenly at random, on days of their own. */
function cdnowOrders(times) {
  const next = random(times);
  const end = Date.UTC(1997, 8, 30);
  const day = (before) => new Date(end - before * 86_400_000).toISOString().slice(0, 10);
  const lines = ["InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"];
  let [order, customer] = [0, 10_000];
  for (const row of readFileSync(join(ROOT, "tests", "reference", "cdnow.csv"), "utf8").trim().split("\n").slice(1)) {
    const [repeats, last, age, cents, many] = row.split(",").map(Number);
    for (let i = 0; i < many * times; i += 1, customer += 1) {
      const since = new Set([0, last]);
      while (since.size <= repeats) since.add(1 + Math.floor(next() * (last - 1)));
      for (const after of since) {
        const price = (after ? cents : 2000) / 100;
        lines.push(`${(order += 1)},CD,Disc,1,${day(age - after)},${price.toFixed(2)},${customer},United States`);
      }
    }
  }
  const file = join(tmpdir(), `kith-bench-cdnow-${times}.csv`);
  writeFileSync(file, `${lines.join("\n")}\n`);
  return file;
}

/** Days to compute for, one for each run: the figures are kept from one question to the next. */
const days = (last) => Array.from({ length: RUNS }, (_, i) => new Date(Date.parse(last) - i * 86_400_000).toISOString().slice(0, 10));

/** The models of customer value as the page needs them: fit, hold-out and every customer's figures. */
async function worthOf(page, note, budget) {
  const [work, longest] = [[], []];
  let said = "";
  for (let i = 0; i < RUNS; i += 1) {
    await visit(page, "segments/rfm");
    await page.locator(".as-of summary").click();
    await page.locator(".as-of input[type=date]").fill(note.days[i]);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await settled(page);
    await forget(page);
    await visit(page, "segments/worth");
    await page.locator(".answer").first().waitFor({ timeout: 60_000 });
    const parts = await measured(page, "kith:models");
    work.push(sum(parts));
    longest.push(Math.max(...parts));
    said = (await page.locator(".answer").first().innerText()).split("\n")[0];
  }
  report(`models, ${note.what}`, ms(work), `fit, hold-out and all figures; longest piece ${ms(longest)}; budget ${budget}. ${said}`);
}

/** The models over a book of CDNOW's customers and one ten times as large. */
export async function models() {
  for (const [times, what, budget] of [[1, "2,357 customers (CDNOW)", "30 ms"], [10, "23,570 customers", "150 ms"]]) {
    const { context, page } = await start();
    await page.goto(server.url);
    await mounted(page);
    await settled(page);
    await importFile(page, "en", cdnowOrders(times), { timeout: 600_000 });
    await worthOf(page, { what, days: days("1997-09-30") }, budget);
    await context.close();
  }
}

/** The same over the large book. */
export const modelsOfBook = (page) => worthOf(page, { what: "the large book", days: days("2024-12-31") }, "1 s for 100,000 customers");

/** Customer equity at the end of each of twelve months: as many forecasts with their tests, on demand in a large book. */
export async function trend(page) {
  await visit(page, "segments/worth");
  const card = page.locator("section.equity");
  const start = card.getByRole("button", { name: t.worth.trend_start });
  await start.waitFor({ timeout: 60_000 });
  await forget(page);
  const begin = performance.now();
  await start.click();
  await card.locator("progress").waitFor();
  await card.locator("progress").waitFor({ state: "detached", timeout: 120_000 });
  const took = performance.now() - begin;
  const parts = await measured(page, "kith:models");
  report("customer equity of twelve months", ms([took]), `${parts.length} pieces of work, ${ms([sum(parts)])} in all, the longest ${ms([Math.max(...parts)])}; on demand`);
}
