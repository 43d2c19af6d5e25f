// Kotler's map of 20,000 customers: pixels instead of shapes, and still each customer can be read and opened.

import { join } from "node:path";
import { assert, browser, folder, host, journey, open, screenshot, violations } from "./harness.mjs";
import { importFile, settled, visit } from "./person.mjs";
import { seededOrders } from "./seeded.mjs";
import { texts } from "./texts.mjs";

/** How many pixels of the canvas are not empty, and how many of these have a colour. */
const painted = (page) =>
  page.locator("canvas.plot-marks").evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const count = { all: 0, coloured: 0 };
    for (let i = 0; i < data.length; i += 4) {
      const [r, g, b, a] = data.subarray(i, i + 4);
      count.all += a > 0;
      count.coloured += a > 0 && Math.max(r, g, b) - Math.min(r, g, b) > 40;
    }
    return count;
  });

journey("20,000 customers on the map: read by pointer and by keys, opened, told as a table", async (t) => {
  const words = texts("en");
  const server = await host(t);
  const file = join(folder(t), "orders.csv");
  await seededOrders(file, { customers: 20_000, lines: 120_000 });
  const page = await open(await browser(t, server), server);
  await importFile(page, "en", file, { timeout: 120_000 });
  await visit(page, "segments/value");
  const map = page.locator(".kotler-map");
  await map.locator("canvas.plot-marks").waitFor();
  const { all, coloured } = await painted(page);
  assert.ok(all > 5_000 && coloured > all / 4, `${all} pixels, ${coloured} of them in the colour of a group`);
  await screenshot(page, "crowd-light");
  assert.deepEqual(await violations(page, "crowd"), []);

  // By keys: from mark to mark, and into the customer.
  const reader = map.locator(".reader");
  const tip = map.locator(".tip.shown");
  await reader.focus();
  await page.keyboard.press("ArrowRight");
  await tip.locator("strong").waitFor();
  await page.keyboard.press("ArrowUp");
  await tip.locator("strong").waitFor();
  const name = await tip.locator("strong").innerText();
  const [left, top] = await tip.evaluate((tip) => [parseFloat(tip.style.left), parseFloat(tip.style.top)]);
  await screenshot(page, "crowd-tip");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();

  // By pointer, at the place where that mark is: whoever is nearest has a name.
  await visit(page, "segments/value");
  await settled(page);
  await page.keyboard.press("Escape");
  const box = await map.boundingBox();
  await page.mouse.move(box.x + left, box.y + top);
  await tip.locator("strong").waitFor();
  const read = await tip.locator("strong").innerText();
  await page.mouse.down();
  await page.mouse.up();
  await page.getByRole("heading", { level: 1, name: read, exact: true }).waitFor();

  // As a table, and in the dark.
  await visit(page, "segments/value");
  await page.emulateMedia({ colorScheme: "dark" });
  await screenshot(page, "crowd-dark");
  await page.getByRole("button", { name: words.common.as_table }).click();
  const table = page.locator(".segment-layout table").first();
  const counts = await table.locator("tbody tr td:nth-of-type(2)").allInnerTexts();
  const sum = counts.reduce((sum, text) => sum + Number(text.replaceAll(",", "")), 0);
  assert.ok(sum > 19_000, `${counts} add up to ${sum}`);
});
