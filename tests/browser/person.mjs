// What a person does again and again in a journey, by role and visible label.

import { pattern, texts } from "./texts.mjs";

export const LANGUAGES = [
  { language: "en", locale: "en-GB" },
  { language: "zh", locale: "zh-CN" },
];

/** Every page of the app that needs no record of its own. */
export const PAGES = [
  "today", "customers", "customers/new", "segments/value", "segments/worth", "segments/rfm", "segments/tiers", "segments/dormancy", "segments/moved", "segments/moved?since=year&by=tier", "segments/own", "segments/own/new", "satisfaction", "insights/stay", "insights/referrals", "insights/keeping",
  "data", "data/import", "data/share", "data/merges/1", "data/products", "data/duplicates", "data/history", "data/trash", "settings", "team", "not-found",
];

/** Waits until nothing on the page is still loading, and what follows its arrival (the focus, the width of a chart) is done. */
export async function settled(page) {
  const frames = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const waiting = page.locator(".skeleton, .vwait, [aria-busy=true]");
  await page.locator("h1").first().waitFor();
  // Twice in a row: what came during the frames waited for has been laid out by the second time.
  for (let calm = 0; calm < 2; calm = (await waiting.filter({ visible: true }).count()) ? 0 : calm + 1) {
    await waiting.first().waitFor({ state: "hidden" });
    await frames();
  }
}

/** Goes to a page by the main navigation. */
export async function go(page, language, section) {
  const t = texts(language).shell;
  const link = page.getByRole("navigation", { name: t.navigation }).getByRole("link", { name: t[section], exact: true });
  await link.filter({ visible: true }).first().click();
  await settled(page);
}

/** Goes to a page by its address, as a bookmark does. */
export async function visit(page, hash) {
  await page.evaluate(async (hash) => {
    location.hash = `#/${hash}`;
    // The app hears of it afterwards.
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  }, hash);
  await settled(page);
}

/** From the first run to a filled demo shop. */
export async function fillDemo(page, language) {
  const t = texts(language);
  await page.getByRole("button", { name: new RegExp(t.today.try_demo) }).click();
  await page.getByText(t.shell.done_demo).first().waitFor({ timeout: 60_000 });
  await settled(page);
}

/** The whole import wizard with what it guessed; gives what the last step says. */
export async function importFile(page, language, file, { timeout = 60_000, onRead, onStep } = {}) {
  const t = texts(language);
  const press = (words) => page.getByRole("button", { name: words }).click({ timeout });
  await visit(page, "data/import");
  const again = page.getByRole("button", { name: new RegExp(`^(${t.data.import_more}|${t.data.other_file})$`) });
  if (await again.count()) await again.first().click();
  await page.locator("input[type=file]").setInputFiles(file);
  await page.getByRole("heading", { name: t.data.mapping_title }).waitFor({ timeout });
  await onStep?.("mapping");
  await press(t.data.parse);
  await page.getByRole("heading", { name: t.data.report_title }).waitFor({ timeout });
  await onRead?.(page);
  await onStep?.("read");
  await page.getByRole("button", { name: new RegExp(`^(${t.data.go_on}$|${pattern(t.data.go_on_without).source})`) }).click();
  await page.getByRole("heading", { name: t.data.staged_title }).waitFor({ timeout });
  await onStep?.("staged");
  if (await page.getByText(t.data.staged_nothing).isVisible()) return "nothing";
  await page.getByRole("button", { name: t.data.commit, exact: true }).click();
  await page.getByRole("heading", { name: t.data.finished_title }).waitFor({ timeout });
  await onStep?.("finished");
  return page.getByText(pattern(t.data.finished_answer)).innerText();
}

/** The dialog that is open: its fields by label, and saving it. */
export function form(page, t) {
  const dialog = page.getByRole("dialog");
  const field = (label) => dialog.getByLabel(label, { exact: true });
  const save = async () => {
    await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
  };
  return { dialog, field, save };
}

/** Adds a customer by hand; ends on their page. */
export async function newCustomer(page, t, name) {
  await visit(page, "customers/new");
  const { dialog, field } = form(page, t);
  await field(t.customers.name).fill(name);
  await dialog.getByRole("button", { name: t.common.save }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await settled(page);
}

/** A number as this language writes it. */
export const number = (language, n) => new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en-GB").format(n);

/** Reads a list of facts (dt, dd) into an object. */
export async function facts(page) {
  await settled(page);
  return Object.fromEntries(
    await page.locator("dl > div").evaluateAll((all) =>
      all.map((one) => [one.querySelector("dt").textContent.trim(), one.querySelector("dd").firstChild.textContent.trim()]),
    ),
  );
}

/** What sticks out to the side, of the screen, the page or the card that it stands in; empty when all is inside. */
export async function overflow(page, what) {
  const [needed, given, out] = await page.evaluate(() => {
    const inside = (card) => {
      const box = card.getBoundingClientRect();
      const sticks = (one) => {
        const at = one.getBoundingClientRect();
        if (!at.width || !at.height || (at.right <= box.right + 1 && at.left >= box.left - 1)) return false;
        // What scrolls or is cut off further in is not seen there; what floats may stand anywhere.
        for (let up = one; up !== card; up = up.parentElement) {
          const { overflowX, position } = getComputedStyle(up);
          if ((up !== one && overflowX !== "visible") || ["absolute", "fixed"].includes(position)) return false;
        }
        return true;
      };
      const first = [...card.querySelectorAll("*")].find(sticks);
      return first ? [`<${first.localName} class="${first.getAttribute("class") ?? ""}"> sticks out of its ${card.localName === "main" ? "page" : "card"}`] : [];
    };
    return [document.documentElement.scrollWidth, innerWidth, [...document.querySelectorAll("main, .card, dialog[open]")].flatMap(inside)];
  });
  const wide = needed <= given ? [] : [`${needed} px wide on a screen of ${given}`];
  return [...wide, ...out].map((words) => ({ page: what, what: words }));
}
