// What the fault suite and the fault tests share: a person's steps, a power cut, damage to the database, and a look at
// what is there afterwards.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { browser, mounted, open } from "./harness.mjs";
import { facts, visit } from "./person.mjs";
import { filled, texts } from "./texts.mjs";

const t = texts("en");

/** Adds a customer by hand and waits until Kith says so. */
export async function add(page, name) {
  await visit(page, "customers/new");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t.customers.name, { exact: true }).fill(name);
  await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
  await page.getByText(filled(t.shell.done_added, { what: name }), { exact: true }).first().waitFor();
}

/** How many customers and lines the book says it holds. */
export async function holdings(page) {
  await visit(page, "data");
  const book = await facts(page);
  const count = (name) => Number((book[name] ?? "0").replace(/\D/g, ""));
  return { customers: count(t.common.customers), lines: count(t.data.fact_lines) };
}

/** The wizard up to the button that imports, which is left to the test. */
export async function prepare(page, file) {
  await visit(page, "data/import");
  const again = page.getByRole("button", { name: new RegExp(`^(${t.data.import_more}|${t.data.other_file})$`) });
  if (await again.count()) await again.first().click();
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("button", { name: t.data.parse }).click();
  await page.getByRole("button", { name: t.data.go_on, exact: true }).click();
  return page.getByRole("button", { name: t.data.commit, exact: true });
}

/** Ends a browser like a power cut: all its processes at once and without a word. */
export async function kill(context) {
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

/** Clicks and gives the file that comes of it, saved under `path`. */
export async function downloaded(page, button, path) {
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  await download.saveAs(path);
  return path;
}

/** Saves the whole book as a file. */
export const backUp = (page, path) =>
  downloaded(page, page.getByRole("button", { name: t.backup.back_up, exact: true }), path);

/** Names of the customers in a file of the book, in the trash or not, sorted. */
export const namesIn = (path) =>
  JSON.parse(readFileSync(path, "utf8"))
    .records.customer?.map((record) => record.f.name)
    .sort() ?? [];

/** Opens the backup on the page that says that the book cannot be opened. */
export async function openBackup(page, path) {
  await page.locator("input[type=file]").setInputFiles(path);
}

/**
 * Opens the app in this profile and says what a person meets: the book (with what it holds), the page that says that it
 * cannot be opened and offers the backup, or the first run.
 */
export async function look(t_, server, profile) {
  const context = await browser(t_, server, { profile, allow: [/./] });
  const page = await open(context, server);
  const met = await what(page);
  return { context, page, ...met };
}

/** As [`look`], on a page that is open. */
export async function what(page) {
  await mounted(page);
  await visit(page, "today").catch(() => "the page that says that the book cannot be opened has no such heading");
  const failed = page.getByRole("button", { name: t.common.retry }).first();
  const empty = page.getByRole("heading", { name: t.today.welcome });
  const today = page.getByRole("heading", { name: t.today.title, exact: true });
  await failed.or(empty).or(today).first().waitFor();
  if (await failed.isVisible()) {
    const offers = await page.getByRole("button", { name: t.backup.open_backup }).isVisible();
    return { state: offers ? "offers its backup" : "failed" };
  }
  if (await empty.isVisible()) return { state: "first run" };
  return { state: "open", ...(await holdings(page)) };
}
