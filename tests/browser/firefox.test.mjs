// One short journey in the other engine.

import puppeteer from "puppeteer-core";
import { FIREFOX, assert, firefox, host, journey } from "./harness.mjs";

journey("Firefox: starts, keeps itself offline, starts again without its host", async (t) => {
  const server = await host(t, { base: "/fox/" });
  const page = await firefox(t, puppeteer, server, FIREFOX);
  await page.goto(server.url);
  await page.waitForSelector("#boot", { hidden: true });
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await server.stop();
  await page.reload();
  await page.waitForSelector("#boot", { hidden: true });
  const text = await page.evaluate(() => document.body.innerText);
  assert.ok(text.trim().length > 0, "the page shows something");
});
