// What every browser test stands on: a host, a fresh browser, and the promise that nothing leaves the origin.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

export { assert, serve };

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
export const DIST = process.env.KITH_DIST ?? join(ROOT, "dist");
const SCREENSHOTS = join(ROOT, ".screenshots");

export const CHROMIUM = process.env.KITH_CHROMIUM ?? "/usr/bin/chromium";
export const FIREFOX = process.env.KITH_FIREFOX ?? "/usr/bin/firefox-esr";

/** Quiet and the same everywhere: no update checks, no sync, no first-run pages. */
export const FLAGS = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 800 };

/** A test with a time limit of its own, so that one that hangs does not take the others along. */
export const journey = (name, work) => test(name, { timeout: 240_000 }, work);

const cleanups = new WeakMap();

/** Runs when the test ends, last come first: a browser closes before its profile goes. */
function defer(t, work) {
  if (!cleanups.has(t)) {
    const stack = [];
    cleanups.set(t, stack);
    t.after(async () => {
      let first;
      for (const work of stack.reverse()) await work().catch((error) => (first ??= error));
      if (first) throw first;
    });
  }
  cleanups.get(t).push(work);
}

/**
 * A temporary folder, removed at the end of the test.
 * @param {import("node:test").TestContext} t
 */
export function folder(t) {
  const path = mkdtempSync(join(tmpdir(), "kith-test-"));
  defer(t, async () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }));
  return path;
}

/** Serves the release build (or another folder) for one test. */
export async function host(t, options = {}) {
  if (!existsSync(join(options.folder ?? DIST, "index.html"))) throw new Error("no build: run `cargo xtask test`");
  const running = await serve({ folder: DIST, ...options });
  defer(t, () => running.stop());
  return running;
}

/**
 * A browser with a fresh profile (or with `profile`, to come back to one). Everything that a page or a worker does
 * wrong is kept in `faults`, and the test fails on it at its end; `allow` names what a test provokes on purpose.
 */
export async function browser(t, host, options = {}) {
  const { profile = folder(t), locale = "en-GB", viewport = DESKTOP, colorScheme = "light", allow = [], ...rest } = options;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: FLAGS,
    headless: true,
    locale,
    viewport,
    colorScheme,
    timezoneId: "Europe/London",
    // What moves is not judged half-way.
    reducedMotion: "reduce",
    ...rest,
  });
  context.setDefaultTimeout(45_000);
  const faults = [];
  const fault = (text) => allow.some((pattern) => pattern.test(text)) || faults.push(text);
  context.on("request", (request) => {
    const url = request.url();
    if (!/^(data|blob):/.test(url) && !url.startsWith(`${host.origin}/`)) fault(`left the origin: ${url}`);
  });
  const watch = (page) => {
    page.on("pageerror", (error) => fault(`page error: ${error}`));
    page.on("console", (message) => {
      if (message.type() === "error") fault(`console error: ${message.text()} (${message.location().url})`);
    });
  };
  context.pages().forEach(watch);
  context.on("page", watch);
  let closed = false;
  context.on("close", () => (closed = true));
  context.stop = async () => {
    if (!closed) await context.close();
  };
  defer(t, async () => {
    await context.stop();
    assert.deepEqual(faults, [], "nothing may go wrong or leave the origin on the way");
  });
  return Object.assign(context, { faults, profile });
}

/** Opens the app and waits until the page has taken over from the first-paint skeleton. */
export async function open(context, host, hash = "") {
  const page = context.pages().find((page) => page.url() === "about:blank") ?? (await context.newPage());
  await page.goto(`${host.url}${hash}`);
  await mounted(page);
  return page;
}

export async function mounted(page) {
  // No waitForFunction: it evaluates text inside the page, which the policy rightly forbids.
  const boot = page.locator("#boot:not(.boot-failed)");
  await boot.waitFor({ state: "detached" });
  assert.equal(await page.locator("#boot").count(), 0, `the page did not start: ${page.context().faults?.join("; ")}`);
}

/** Waits until the whole build is kept on the device and this page is served from it. */
export async function keptOffline(page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
    }
  });
}

/** The id of the build that a page belongs to. */
export const buildOf = (page) => page.evaluate(() => document.querySelector("meta[name=kith-build]").content);

/** A copy of the build under another id, as if something in it had changed. */
export function otherBuild(t, id = "000000000001") {
  const copy = join(folder(t), "dist");
  cpSync(DIST, copy, { recursive: true, filter: (path) => !/\.(br|gz)$/.test(path) });
  const old = readFileSync(join(copy, "index.html"), "utf8").match(/name="kith-build" content="([^"]+)"/)[1];
  renameSync(join(copy, old), join(copy, id));
  for (const name of readdirSync(copy).filter((name) => /\.(html|js)$/.test(name))) {
    const file = join(copy, name);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(old, id));
  }
  relist(copy);
  return copy;
}

/** Puts the right hash of index.html into sw.js after a change. */
function relist(copy) {
  const hash = createHash("sha256").update(readFileSync(join(copy, "index.html"))).digest("base64");
  const file = join(copy, "sw.js");
  writeFileSync(file, readFileSync(file, "utf8").replace(/\["\.\/","sha256-[^"]+"\]/, () => `["./","sha256-${hash}"]`));
}

/** Every violation that axe finds on the page as it stands, with the page it is on. */
export async function violations(page, what) {
  const require = createRequire(import.meta.url);
  // Evaluated by the driver, which the page's policy does not bind.
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  return page.evaluate(async (what) => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => ({ page: what, what: `${id}: ${help}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}` })),
    );
  }, what);
}

/** Keeps a picture in .screenshots/ for people to look at. */
export async function screenshot(page, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), animations: "disabled" });
}

/** A page in a fresh Firefox; fails the test at its end on errors and on requests that leave the origin. */
export async function firefox(t, puppeteer, host, executablePath) {
  const running = await puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless: true,
    userDataDir: folder(t),
    extraPrefsFirefox: { "intl.accept_languages": "en-GB" },
  });
  const page = await running.newPage();
  page.setDefaultTimeout(30_000);
  const faults = [];
  page.on("pageerror", (error) => faults.push(`page error: ${error}`));
  page.on("console", (message) => message.type() === "error" && faults.push(`console error: ${message.text()}`));
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${host.origin}/`)) {
      faults.push(`left the origin: ${request.url()}`);
    }
  });
  defer(t, async () => {
    await running.close();
    assert.deepEqual(faults, [], "nothing may go wrong or leave the origin on the way");
  });
  return page;
}
