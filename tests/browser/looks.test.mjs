// Every page: accessible, inside the screen, in both languages, both themes and on a phone. Keeps a picture of each.

import { join } from "node:path";
import { DESKTOP, PHONE, ROOT, assert, browser, host, journey, open, screenshot, violations } from "./harness.mjs";
import { LANGUAGES, PAGES, fillDemo, importFile, overflow, settled, visit } from "./person.mjs";
import { texts } from "./texts.mjs";

const ORDERS = join(ROOT, "tests", "fixtures", "orders_bad_rows.csv");

/** True: the row of tabs does not show the one that the page is. */
const hiddenTab = (page) =>
  page.evaluate(() => {
    const tab = document.querySelector(".tabs [aria-current]")?.getBoundingClientRect();
    return !!tab && (tab.left < 0 || tab.right > innerWidth);
  });

for (const { language, locale } of LANGUAGES) {
  for (const [screen, viewport, colorScheme] of [["desktop", DESKTOP, "light"], ["dark", DESKTOP, "dark"], ["phone", PHONE, "light"], ["phone-dark", PHONE, "dark"]]) {
    journey(`${language}, ${screen}: every page is accessible and fits`, async (t) => {
      const server = await host(t);
      const page = await open(await browser(t, server, { locale, viewport, colorScheme }), server);
      const found = [];
      const check = async (name) => {
        await screenshot(page, `${language}-${screen}-${name.replaceAll("/", "-")}`);
        found.push(...(await overflow(page, name)), ...(await violations(page, name)));
        if (await hiddenTab(page)) found.push({ page: name, what: "the tab one is on is out of sight" });
      };
      await settled(page);
      await check("first-run");
      for (const name of ["customers", "segments/value", "data"]) {
        await visit(page, name);
        await check(`empty-${name}`);
      }
      await visit(page, "today");
      await fillDemo(page, language);
      const toast = page.getByRole("region", { name: texts(language).shell.toast_region });
      await toast.getByRole("button", { name: texts(language).common.close }).click();
      for (const name of PAGES) {
        await visit(page, name);
        await check(name);
      }
      await visit(page, "customers");
      await page.locator(".vrow .c-name b").first().dblclick();
      await page.getByRole("heading", { name: texts(language).customer.timeline }).waitFor();
      await settled(page);
      await check("customer");
      await importFile(page, language, ORDERS, { onStep: (step) => check(`import-${step}`) });
      // One line for each thing, however many pages show it.
      const once = new Map(found.map(({ page, what }) => [what, page]));
      assert.deepEqual([...once].map(([what, page]) => `${page}: ${what}`), []);
    });
  }
}

journey("by keyboard only: to the content, through the pages, into the palette and out", async (t) => {
  const server = await host(t);
  const words = texts("en");
  const page = await open(await browser(t, server), server);
  await settled(page);
  const focused = () => page.evaluate(() => {
      const { activeElement: at, body } = document;
      return at === body ? "" : at.innerText || at.ariaLabel || "";
    });
  await page.keyboard.press("Tab");
  assert.match(await focused(), new RegExp(words.shell.skip));
  await page.keyboard.press("Enter");
  const tabTo = async (text) => {
    for (let i = 0; i < 60; i += 1) {
      await page.keyboard.press("Tab");
      if ((await focused()).includes(text)) return;
    }
    assert.fail(`Tab never reaches “${text}”`);
  };
  await tabTo(words.today.try_demo);
  await page.keyboard.press("Enter");
  await page.getByText(words.shell.done_demo).first().waitFor({ timeout: 60_000 });
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog");
  await palette.waitFor();
  await page.keyboard.type(words.shell.segments);
  await page.keyboard.press("Enter");
  await page.waitForURL(/#\/segments/);
  await settled(page);
  assert.equal(await palette.count(), 0);
  await page.keyboard.press("Control+k");
  await palette.waitFor();
  await page.keyboard.press("Escape");
  await palette.waitFor({ state: "hidden" });
  await tabTo(words.segments.tab_rfm);
  await page.keyboard.press("Enter");
  await page.waitForURL(/#\/segments\/rfm/);
});
