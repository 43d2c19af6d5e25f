// Lists go out as they are shown, and what went out comes in again unchanged.

import { readFileSync } from "node:fs";
import { DESKTOP, PHONE, assert, browser, host, journey, open, screenshot, violations } from "./harness.mjs";
import { LANGUAGES, fillDemo, importFile, overflow, settled, visit } from "./person.mjs";
import { texts } from "./texts.mjs";

/** Saves a list by its menu; gives its file. */
async function out(page, words, label, format, which = 0) {
  const button = page.getByRole("button", { name: words.customers[format] });
  await page.locator("summary").filter({ hasText: label }).first().click();
  const download = page.waitForEvent("download");
  await button.nth(which).click();
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
    const orders = await out(page, words, words.customers.export, "export_csv");
    assert.equal(orders.name, `${words.common.orders}.csv`);
    assert.ok(lines(orders).length > 5_000);
    const talks = await out(page, words, words.customers.export, "export_csv", 1);
    assert.equal(talks.name, `${words.data.target_interactions}.csv`);
    await screenshot(page, `outs-data-${language}`);
    found.push(...(await violations(page, "data")));
    await page.setViewportSize(PHONE);
    await settled(page);
    found.push(...(await overflow(page, "data")));
    await screenshot(page, `outs-data-phone-${language}`);
    assert.deepEqual(found, []);

    // Where it came from, the file changes nothing.
    await page.setViewportSize(DESKTOP);
    const again = { name: orders.name, mimeType: "text/csv", buffer: orders.buffer };
    assert.equal(await importFile(page, language, again), "nothing");

    // A colleague's empty book takes the orders.
    const other = await open(await browser(t, at, { locale }), at);
    const said = await importFile(other, language, { name: orders.name, mimeType: "text/csv", buffer: orders.buffer });
    assert.match(said, /\d/);
  });

  journey(`stage, consent and who brought whom come from a file and go out into one (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    const r = words.records;
    const csv = [
      [words.data.role_customer_key, words.data.role_customer_name, r.stage, r.consent_wechat, r.referrer, r.phone].join(","),
      `C-1,王小明,${r.stage_growing},${r.form_yes},,13800138001`,
      `C-2,李雷,${r.stage_new},${r.form_no},王小明,`,
      `C-3,韩梅,,,nobody at all,`,
      `C-4,王小明先生,,,,13800138001`,
    ].join("\n");
    await visit(page, "data/import");
    await page.locator("input[type=file]").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await page.getByRole("heading", { name: words.data.mapping_title }).waitFor();
    // The columns are found by what the form calls them.
    const chosen = page.getByLabel(words.data.column.replace("{name}", r.stage));
    assert.equal(await chosen.evaluate((select) => select.selectedOptions[0].textContent), r.stage);
    await screenshot(page, `outs-mapping-${language}`);
    await page.getByRole("button", { name: words.data.parse }).click();
    await page.getByRole("button", { name: words.data.go_on, exact: true }).click();
    await page.getByRole("heading", { name: words.data.staged_title }).waitFor();
    await page.getByText("nobody at all").waitFor();
    await screenshot(page, `outs-unlinked-${language}`);
    await page.getByRole("button", { name: words.data.commit, exact: true }).click();
    await page.getByRole("heading", { name: words.data.finished_title }).waitFor();

    await visit(page, "customers");
    await page.getByText("李雷").first().waitFor();
    const whole = await out(page, words, words.customers.export, "export_csv", -1);
    const [head, ...rows] = lines(whole);
    assert.ok(head.includes(r.stage) && head.includes(r.consent_wechat));
    const lei = rows.find((row) => row.includes("李雷"));
    for (const word of [r.stage_new, r.form_no, "王小明"]) assert.ok(lei.includes(word), `${word}: ${lei}`);

    // Two who are alike, as a file.
    await visit(page, "data/duplicates");
    await page.getByRole("button", { name: words.duplicates.again }).waitFor();
    await page.getByRole("button", { name: words.duplicates.again }).click();
    await page.locator(".twin").first().waitFor();
    const twins = await out(page, words, words.customers.export, "export_csv");
    assert.equal(twins.name, `${words.duplicates.tab}.csv`);
    assert.equal(lines(twins).filter((line) => line.includes("13800138001")).length, 2);
    await screenshot(page, `outs-twins-${language}`);
    const found = await violations(page, "duplicates");
    await page.setViewportSize(PHONE);
    await settled(page);
    found.push(...(await overflow(page, "duplicates")));
    await screenshot(page, `outs-twins-phone-${language}`);
    assert.deepEqual(found, []);
  });
}
