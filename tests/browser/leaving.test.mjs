// A page may be left from any of its controls, at any moment: by a bookmark, by “back”, by a shortcut.

import { assert, browser, host, journey, open } from "./harness.mjs";
import { PAGES, fillDemo, settled, visit } from "./person.mjs";

/** Focuses one control of each look on the page, works it a little and goes elsewhere while it has the focus. */
const leave = (page, place) =>
  page.evaluate(async (place) => {
    const frame = () => new Promise(requestAnimationFrame);
    const go = async (hash) => {
      location.hash = `#/${hash}`;
      await frame();
      const begin = performance.now();
      do await frame();
      while (document.querySelector("main .skeleton, main .vwait, main [aria-busy=true]") && performance.now() - begin < 5_000);
    };
    const look = (element) => `${element.tagName}.${element.getAttribute("class")} ${element.type ?? ""} ${element.getAttribute("role") ?? ""}`;
    const controls = () => [...document.querySelectorAll("main :is(a[href], button:not(:disabled), input, select, textarea, summary, [tabindex='0'])")].filter((one) => one.checkVisibility());
    const elsewhere = place === "team" ? "not-found" : "team";
    await go(place);
    const looks = [...new Set(controls().map(look))];
    const broken = [];
    let doing = "";
    const note = (event) => broken.push(`${place}, ${doing}: ${event.message}`);
    addEventListener("error", note);
    for (const one of looks) {
      doing = one;
      await go(place);
      const control = controls().find((found) => look(found) === one);
      if (!control) continue;
      control.focus();
      if (control.matches("input:not([type=file], [type=checkbox], [type=radio]), textarea")) {
        control.value = "1";
        control.dispatchEvent(new InputEvent("input", { bubbles: true }));
      } else {
        control.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
      }
      await frame();
      await go(elsewhere);
      if (!document.querySelector("main h1")) broken.push(`${place}, ${one}: the page is dead`);
      if (broken.length) break;
    }
    removeEventListener("error", note);
    return { looks: looks.length, broken };
  }, place);

journey("every page may be left from every control", async (t) => {
  const server = await host(t);
  const page = await open(await browser(t, server), server);
  await settled(page);
  await fillDemo(page, "en");
  await visit(page, "customers");
  await page.locator(".vrow .c-name b").first().dblclick();
  await page.locator(".event").first().waitFor();
  const customer = await page.evaluate(() => location.hash.slice(2));
  let tried = 0;
  for (const place of [...PAGES.filter((one) => one !== "not-found"), customer]) {
    const { looks, broken } = await leave(page, place);
    assert.deepEqual(broken, []);
    tried += looks;
  }
  assert.ok(tried > 120, `${tried} controls`);
});
