// What every part of the bench uses: the browser, the clock, the memory and the table.

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { CHROMIUM, DIST, FLAGS, ROOT, serve } from "../harness.mjs";
import { texts } from "../texts.mjs";

export const { values: options } = parseArgs({
  options: { dist: { type: "string", default: DIST }, file: { type: "string" }, quick: { type: "boolean", default: false }, only: { type: "string" } },
});
export const RUNS = options.quick ? 1 : 5;
export const SIZE = options.quick ? { customers: 10_000, lines: 100_000 } : { customers: 100_000, lines: 1_000_000 };
export const t = texts("en");
/** Where the made files are kept from one run to the next. */
export const KEPT = join(ROOT, "target");
export const server = await serve({ folder: options.dist });

const rows = [];
const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
export const ms = (all) => (all.length ? `${median(all).toFixed(median(all) < 10 ? 1 : 0)} ms` : "not measured");
export const mb = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
export const sum = (all) => all.reduce((a, b) => a + b, 0);
export const report = (what, value, note = "") => {
  rows.push([what, value, note]);
  console.log(`  ${what}: ${value} ${note}`);
};

const profiles = [];

export async function start(profile = mkdtempSync(join(tmpdir(), "kith-bench-"))) {
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
export const forget = (page) => worker(page).evaluate(() => performance.clearMeasures());
export const measured = (page, name) =>
  worker(page).evaluate((name) => performance.getEntriesByName(name).map((entry) => entry.duration), name);

/** Reports the long tasks of the page since the last call. */
export async function longTasks(page, what) {
  const tasks = await page.evaluate(() => globalThis.kithLong.splice(0));
  report(`main thread, ${what}`, tasks.length ? `${tasks.length} × > 50 ms` : "no long task", tasks.length ? `longest ${Math.max(...tasks).toFixed(0)} ms` : "");
}

/** Memory of the page's process with its workers, now and at its highest, on Linux. */
export function memory(profile) {
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

/** Removes what the bench left and prints the table. */
export async function finish() {
  await server.stop();
  for (const profile of profiles) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  const width = Math.max(...rows.map(([what]) => what.length));
  console.log(`\nRelease build, headless Chromium, ${cpus().length} cores, medians of ${RUNS}; ${SIZE.customers.toLocaleString("en")} customers, ${SIZE.lines.toLocaleString("en")} lines, seeded\n`);
  for (const [what, value, note] of rows) console.log(`${what.padEnd(width)}  ${value.padStart(16)}  ${note}`);
}
