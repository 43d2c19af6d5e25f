// Speed and memory of the release build, as a person meets them: everything is done through the page, in a fresh
// headless Chromium, over a seeded book of 100,000 customers and 1,000,000 order lines. The worker's own work is read
// from the browser's timeline (src/web/timing.rs). Reports medians and fails on nothing.

import * as book from "./bench/book.mjs";
import * as files from "./bench/files.mjs";
import { SIZE, finish, longTasks, options, report, server, start } from "./bench/kit.mjs";
import * as pages from "./bench/pages.mjs";

/** Names of the parts to run; what a part builds on runs too. */
const only = options.only?.split(",");

async function part(name, work) {
  const wanted = !only || only.includes(name) || (name === "import" && only.some((one) => inBook[one] || one === "peers"));
  if (!wanted) return null;
  console.log(`\n${name}`);
  try {
    return await work();
  } catch (error) {
    report(name, "not measured", String(error.message ?? error).split("\n")[0]);
    return null;
  }
}

/** What is measured in the book of the import, one after the other. */
const inBook = {
  open: () => book.opening(profile), scroll: book.scrolling, people: book.people, search: book.searching, duplicates: book.twins, save: book.editing,
  bulk: book.bulk, segments: pages.segments, charts: pages.charts, map: pages.map, outlook: pages.modelsOfBook, trend: pages.trend,
  satisfaction: book.satisfaction, timeline: book.timeline,
};

await part("first load", files.firstLoad);
await part("the given file", files.realFile);
const profile = await part("import", files.importing);
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
      if (work !== book.satisfaction) await longTasks(page, name);
    });
  }
  await context.close();
}
await part("models", pages.models);
await part("peers", () => files.peers(profile));
await part("workbook", files.workbook);
await part("two sides", () => files.twoSides(options.quick ? { customers: 1_000, edits: 200, shared: 40 } : { customers: 10_000, edits: 2_000, shared: 400 }));
await part("exchange small", () => files.exchange({ customers: 10_000, lines: 100_000 }));
if (!options.quick) await part("exchange large", () => files.exchange(SIZE));
await finish();
