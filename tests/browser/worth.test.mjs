// What customers will be worth: the answer opens its customers, the test of the forecast, the table view, the settings
// that change it, one customer's outlook; and too little to say.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, browser, folder, host, journey, open, screenshot } from "./harness.mjs";
import { LANGUAGES, fillDemo, importFile, settled, visit } from "./person.mjs";
import { pattern, texts } from "./texts.mjs";

for (const { language, locale } of LANGUAGES) {
  journey(`what customers will be worth (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    await fillDemo(page, language);
    await visit(page, "segments/worth");
    await page.getByText(pattern(words.worth.check_off)).waitFor();
    const answer = page.locator("p.answer");
    const before = await answer.innerText();

    // The picture as a table: as many rows as steps, both columns end alike.
    await page.getByRole("button", { name: words.common.as_table }).click();
    const table = page.getByRole("table").first();
    assert.deepEqual(await table.getByRole("columnheader").allInnerTexts(), [words.worth.until, words.worth.expected, words.worth.actual]);
    assert.ok((await table.getByRole("row").count()) > 20);
    await page.getByRole("button", { name: words.common.as_picture }).click();
    await screenshot(page, `worth-${language}`);

    // Twice as far ahead is worth more.
    await visit(page, "settings");
    const months = page.getByRole("textbox", { name: words.settings.worth_horizon });
    await months.fill("24");
    await months.press("Tab");
    await page.getByText(words.shell.done_saved.replace("{what}", words.settings.saved)).first().waitFor();
    await visit(page, "segments/worth");
    await page.getByText(pattern(words.worth.check_off)).waitFor();
    assert.notEqual(await answer.innerText(), before);

    // The list by future value, and one customer with the same figure.
    await page.getByRole("link", { name: words.worth.list_all }).click();
    await settled(page);
    await page.getByRole("columnheader", { name: words.worth.there }).waitFor();
    const first = page.locator(".vtable-rows [role=row]").first();
    const value = await first.locator(".c-revenue").innerText();
    assert.match(value, /\d/);
    await first.click();
    await page.keyboard.press("Enter");
    const panel = page.getByRole("region", { name: words.worth.panel });
    await panel.getByText(value).first().waitFor();
  });

  journey(`too little to say what customers will be worth (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    const head = language === "zh" ? "订单号,客户,日期,产品,数量,单价" : "Order,Customer,Date,Product,Quantity,Unit price";
    const file = join(folder(t), "few.csv");
    writeFileSync(file, `${head}\n1,Ann,2026-01-05,Tea,1,20\n2,Ann,2026-02-05,Tea,2,20\n3,Bob,2026-02-07,Tea,1,20\n`);
    await importFile(page, language, file);
    await visit(page, "segments/worth");
    await page.getByText(pattern(words.worth.why_customers)).waitFor();
    await page.getByText(pattern(words.worth.answer_none)).waitFor();
    await screenshot(page, `worth-thin-${language}`);
  });
}
