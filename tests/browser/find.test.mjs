// The palette finds products and the people at an organisation, by pinyin too.

import { assert, browser, host, journey, open, screenshot, violations } from "./harness.mjs";
import { LANGUAGES, fillDemo, settled, visit } from "./person.mjs";
import { texts } from "./texts.mjs";

for (const { language, locale } of LANGUAGES) {
  journey(`the palette finds products and people (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    await fillDemo(page, language);
    await visit(page, "customers/new");
    const dialog = page.getByRole("dialog");
    const save = dialog.getByRole("button", { name: words.common.save, exact: true });
    await dialog.getByLabel(words.customers.name, { exact: true }).fill("Zebra & Co");
    await save.click();
    await page.getByRole("heading", { level: 1, name: "Zebra & Co" }).waitFor();
    await settled(page);
    await page.getByRole("group", { name: words.records.quick }).getByRole("button", { name: words.records.kind_contact }).click();
    await dialog.getByLabel(`${words.records.contact_name} *`, { exact: true }).fill("欧阳娜娜");
    await save.click();
    await page.getByText("欧阳娜娜").first().waitFor();

    await visit(page, "today");
    const option = page.getByRole("option");
    await page.keyboard.press("Control+k");
    await page.locator(".palette input").fill("ouyangnana");
    await option.filter({ hasText: "Zebra & Co" }).filter({ hasText: "欧阳娜娜" }).first().click();
    await page.getByRole("heading", { level: 1, name: "Zebra & Co" }).waitFor();

    await page.keyboard.press("Control+k");
    await page.locator(".palette input").fill(language === "zh" ? "longjing" : "tea");
    const product = option.filter({ has: page.locator("small", { hasText: new RegExp(`^${words.common.product}$`) }) }).first();
    await product.waitFor();
    await screenshot(page, `palette-products-${language}`);
    assert.deepEqual(await violations(page, "palette"), []);
    await product.click();
    await dialog.getByLabel(words.data.product_name, { exact: false }).first().waitFor();
    assert.match(page.url(), /data\/products/);
  });
}
