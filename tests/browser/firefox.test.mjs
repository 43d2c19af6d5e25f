// One short journey in the other engine.

import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { FIREFOX, assert, firefox, folder, host, journey } from "./harness.mjs";
import { seededOrders } from "./seeded.mjs";
import { filled, texts } from "./texts.mjs";

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

journey("Firefox: a customer and a file of orders are saved, and there after a reload", async (t) => {
  const server = await host(t);
  const file = join(folder(t), "orders.csv");
  await seededOrders(file, { customers: 300, lines: 5_000 });
  const words = texts("en");
  const page = await firefox(t, puppeteer, server, FIREFOX);
  const see = (text) => page.waitForSelector(`::-p-text(${text})`, { visible: true });
  const press = async (text) => (await see(text)).click();
  await page.goto(`${server.url}#/customers/new`);
  await page.waitForSelector("dialog[open] form input");
  await page.type("dialog[open] form input", "Ann Example");
  await page.keyboard.press("Enter");
  await see(filled(words.shell.done_added, { what: "Ann Example" }));

  await page.goto(`${server.url}#/data/import`);
  await (await page.waitForSelector("input[type=file]")).uploadFile(file);
  await press(words.data.parse);
  await press(words.data.go_on);
  await see(words.data.staged_title);
  await page.click(".import-actions .button.primary");
  await see(words.data.finished_title);

  await page.reload();
  await page.goto(`${server.url}#/data`);
  await page.waitForSelector("dl > div > dd");
  const counts = await page.$$eval("dl > div > dd", (all) => all.map((dd) => dd.textContent.replace(/[^0-9]/g, "")));
  assert.ok(counts.includes("301"), `301 customers in ${counts}`);
  assert.ok(counts.includes("5000"), `5,000 lines in ${counts}`);
});
