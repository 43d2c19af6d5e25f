// What is loaded first is small: the other parts come when they are shown, are kept offline with the rest, and one that
// cannot be fetched says so and is tried again.

import { assert, browser, buildOf, host, journey, keptOffline, open, screenshot } from "./harness.mjs";
import { LANGUAGES, fillDemo } from "./person.mjs";
import { texts } from "./texts.mjs";

/** Parts of the page among what a host was asked for; none in a build that was not cut. */
const PART = /\/(app|worker)_(?!bg\.)\w+\.wasm$/;
const asked = (server) => server.requests.filter((path) => PART.test(path) && path.includes("/app_"));

journey("parts come when they are shown, and without a network once the build is kept", async (t) => {
  const server = await host(t);
  const page = await open(await browser(t, server), server);
  await page.locator("main h1").waitFor();
  const early = asked(server);
  assert.deepEqual(early, [], "the first page needs no further part");
  await keptOffline(page);
  const build = await buildOf(page);
  if (server.requests.includes(`/${build}/app_parts.js`)) assert.ok(asked(server).length > 4, "all parts are kept");
  await server.stop();
  const words = texts("en");
  for (const [hash, title] of [
    ["#/settings", words.settings.title],
    ["#/data/import", null],
    ["#/insights/stay", null],
    ["#/segments/new", null],
  ]) {
    await page.evaluate((hash) => (location.hash = hash), hash);
    await page.locator("main h1").waitFor();
    if (title) assert.equal(await page.locator("main h1").innerText(), title);
    // A screen reader hears where it is, though the page came later.
    await page.locator("main h1:focus").waitFor();
  }
});

for (const file of ["app.js", "app_bg.wasm"]) {
  journey(`an app that does not come says what to do (${file})`, async (t) => {
    const server = await host(t);
    const context = await browser(t, server, { serviceWorkers: "block", allow: [/Failed to load|Failed to fetch|dynamically imported|service worker/i] });
    let refused = 0;
    await context.route(`**/${file}`, (route) => {
      refused += 1;
      return route.abort();
    });
    const page = await context.newPage();
    await page.goto(server.url);
    const said = page.getByRole("alert");
    await said.getByText("知客没能启动").waitFor();
    assert.ok(await said.getByText("Please reload the page").isVisible());
    assert.ok(refused > 1, "it was tried twice");
    await screenshot(page, `start-failed-${file}`);
    await context.unroute(`**/${file}`);
    await page.reload();
    await page.locator("main h1").waitFor();
    assert.equal(await page.locator("#boot").count(), 0);
  });
}

for (const { language, locale } of LANGUAGES) {
  const words = texts(language);

  journey(`a part that cannot be fetched says so and is tried again (${language})`, async (t) => {
    const server = await host(t);
    const context = await browser(t, server, { locale, serviceWorkers: "block", allow: [/Failed to load resource|Failed to fetch|service worker/i] });
    const page = await open(context, server);
    await page.locator("main h1").waitFor();
    let refused = 0;
    await context.route(PART, (route) => {
      refused += 1;
      return route.abort();
    });
    await page.evaluate(() => (location.hash = "#/settings"));
    await page.waitForTimeout(500);
    if (refused === 0) return t.skip("this build was not cut");
    await page.getByText(words.errors.part_missing).waitFor();
    await screenshot(page, `part-missing-${language}`);
    await context.unroute(PART);
    await page.getByRole("button", { name: words.common.retry }).click();
    await page.getByRole("heading", { level: 1, name: words.settings.title }).waitFor();
  });

  journey(`a command whose part cannot be fetched changes nothing and can be given again (${language})`, async (t) => {
    const server = await host(t);
    const context = await browser(t, server, { locale, serviceWorkers: "block", allow: [/Failed to load resource|Failed to fetch|service worker/i] });
    let refused = 0;
    await context.route(PART, (route) => {
      refused += 1;
      return route.abort();
    });
    const page = await open(context, server);
    const demo = page.getByRole("button", { name: new RegExp(words.today.try_demo) });
    await demo.click();
    if (refused > 0) await page.getByText(words.errors.part_missing).first().waitFor();
    await context.unroute(PART);
    if (refused > 0) await fillDemo(page, language);
  });
}
