// A phone in the hand: everything by finger, from the first run to a moved line on the map.

import { PHONE, assert, browser, host, journey, open, screenshot } from "./harness.mjs";
import { LANGUAGES, settled } from "./person.mjs";
import { texts } from "./texts.mjs";

/** A finger that goes from one place to another, as the browser's own input pipeline hears it. */
async function swipe(page, from, to) {
  const client = await page.context().newCDPSession(page);
  const touch = (type, points) => client.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  await touch("touchStart", [from]);
  for (let i = 1; i <= 8; i += 1) {
    await touch("touchMove", [{ x: from.x + ((to.x - from.x) * i) / 8, y: from.y + ((to.y - from.y) * i) / 8 }]);
  }
  await touch("touchEnd", []);
  await client.detach();
}

const middle = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });

for (const { language, locale } of LANGUAGES) {
  const t = texts(language);

  journey(`${language}: by finger on a phone: demo, segments, a customer read from the map, a line moved`, async (t_) => {
    const server = await host(t_);
    const context = await browser(t_, server, { locale, viewport: PHONE, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
    const page = await open(context, server);
    await page.getByRole("button", { name: new RegExp(t.today.try_demo) }).tap();
    await page.getByText(t.shell.done_demo).first().waitFor({ timeout: 60_000 });
    await settled(page);
    const main = page.getByRole("navigation", { name: t.shell.navigation });
    await main.getByRole("link", { name: t.shell.segments, exact: true }).filter({ visible: true }).first().tap();
    await settled(page);

    const map = page.locator(".kotler-map");
    await map.scrollIntoViewIfNeeded();
    // Where a mark is: one of the strangers' path that a finger on it does not take for a line, before and after the line moves.
    const at = await map.locator("path.mark.stranger").evaluate((path) => {
      const box = path.ownerSVGElement.getBoundingClientRect();
      const line = (name) => document.querySelector(`.kotler-map .cut${name} line`).getBoundingClientRect();
      const [upright, level] = [line(".upright").x, line(":not(.upright)").y];
      const marks = [...path.getAttribute("d").matchAll(/M(-?[\d.]+)[ ,](-?[\d.]+)/g)].map(([, x, y]) => ({ x: box.x + Number(x), y: box.y + Number(y) }));
      return marks.find(({ x, y }) => Math.abs(y - level) > 24 && [0, 60].every((left) => Math.abs(x - upright + left) > 24));
    });
    await page.touchscreen.tap(at.x, at.y);
    const tip = map.locator(".tip.shown");
    await tip.locator("strong").waitFor();
    const name = await tip.locator("strong").innerText();
    assert.ok(name.length > 0);
    await screenshot(page, `touch-tip-${language}`);

    const line = page.getByRole("slider", { name: t.segments.cut_loyalty });
    const before = Number(await line.getAttribute("aria-valuenow"));
    const box = await map.locator(".cut.upright").evaluate((g) => {
      const { x, y, width, height } = g.querySelector("line").getBoundingClientRect();
      return { x, y, width, height };
    });
    const from = middle(box);
    await swipe(page, from, { x: from.x - 60, y: from.y });
    await page.getByText(t.segments.cut_moved).first().waitFor();
    const after = Number(await line.getAttribute("aria-valuenow"));
    assert.ok(after < before, `${before} → ${after}`);
    assert.equal(await page.evaluate(() => scrollX), 0, "the page did not move along");

    // A second tap on the same mark opens its customer.
    await page.touchscreen.tap(at.x, at.y);
    await tip.getByText(name).waitFor();
    await page.touchscreen.tap(at.x, at.y);
    await page.waitForURL(/#\/customers\//);
    await page.getByRole("heading", { level: 1, name }).waitFor();
  });
}
