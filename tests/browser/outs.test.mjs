// Lists go out as they are shown, and what went out comes in again unchanged.

import { readFileSync } from "node:fs";
import { PHONE, assert, browser, host, journey, open, screenshot, violations } from "./harness.mjs";
import { LANGUAGES, fillDemo, importFile, overflow, settled, visit } from "./person.mjs";
import { texts } from "./texts.mjs";

/** Saves a list by its menu; gives its file. */
async function out(page, words, label, format) {
  const button = page.getByRole("button", { name: words.customers[format] });
  await page.locator("summary").filter({ hasText: label }).first().click();
  const download = page.waitForEvent("download");
  await button.first().click();
  const file = await download;
  return { name: file.suggestedFilename(), buffer: readFileSync(await file.path()) };
}

const lines = (file) => file.buffer.toString("utf8").trimEnd().split("\n");

for (const { language, locale } of LANGUAGES) {
  journey(`products, orders and answers as files, and back (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    await fillDemo(page, language);

    await visit(page, "data/products");
    const products = await out(page, words, words.customers.export, "export_csv");
    assert.equal(products.name, `${words.common.products}.csv`);
    assert.ok(lines(products)[0].startsWith(`\ufeff${words.data.role_product_key},${words.data.role_product_name}`));
    assert.ok(lines(products).length > 40);
    assert.equal((await out(page, words, words.customers.export, "export_xlsx")).buffer.subarray(0, 2).toString(), "PK");
    const found = await violations(page, "products");
    // Only what is shown goes out.
    await page.getByLabel(words.data.products_search).fill("zzz");
    await page.getByText("zzz").first().waitFor();
    assert.equal(lines(await out(page, words, words.customers.export, "export_csv")).length, 1);

    await visit(page, "satisfaction");
    const answers = await out(page, words, words.customers.export, "export_csv");
    assert.equal(answers.name, `${words.satisfaction.answers}.csv`);
    assert.ok(lines(answers).length > 50);
    found.push(...(await violations(page, "satisfaction")));
    await screenshot(page, `outs-satisfaction-${language}`);

    await visit(page, "data");
    const orders = await out(page, words, words.data.export_orders, "export_csv");
    assert.equal(orders.name, `${words.common.orders}.csv`);
    assert.ok(lines(orders).length > 5_000);
    await screenshot(page, `outs-data-${language}`);
    found.push(...(await violations(page, "data")));
    await page.setViewportSize(PHONE);
    await settled(page);
    found.push(...(await overflow(page, "data")));
    await screenshot(page, `outs-data-phone-${language}`);
    assert.deepEqual(found, []);

    // A colleague's empty book takes the orders.
    const other = await open(await browser(t, at, { locale }), at);
    const said = await importFile(other, language, { name: orders.name, mimeType: "text/csv", buffer: orders.buffer });
    assert.match(said, /\d/);
  });
}
