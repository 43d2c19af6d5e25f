// The one form: customers and products by it, the fields beside an order's lines; twins are told while editing, what was typed
// survives a wrong click and a reload.

import { assert, PHONE, browser, host, journey, open, screenshot, violations } from "./harness.mjs";
import { LANGUAGES, form, importFile, overflow, settled, visit } from "./person.mjs";
import { texts } from "./texts.mjs";

for (const { language, locale } of LANGUAGES) {
  const t = texts(language);
  const r = t.records;

  journey(`${language}: a twin is told while editing, a product with role and maker, an order with its promise`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    const { dialog, field, save } = form(page, t);
    for (const [name, phone] of [["Ada 李", "13800138000"], ["Bob 王", ""]]) {
      await visit(page, "customers/new");
      await field(r.name).fill(name);
      await field(r.phone).fill(phone);
      await save();
      await page.getByRole("heading", { level: 1, name }).waitFor();
    }
    // Closed by mistake and reloaded, it is all there; whose number it is shows at once.
    await page.getByRole("button", { name: t.common.edit, exact: true }).first().click();
    await field(r.name).fill("Ada 李");
    await field(r.phone).fill("+86 138-0013-8000");
    await dialog.getByText(t.duplicates.maybe).waitFor();
    await dialog.getByRole("link", { name: "Ada 李" }).waitFor();
    await page.keyboard.press("Escape");
    await page.reload();
    await settled(page);
    await page.getByRole("button", { name: t.common.edit, exact: true }).first().click();
    await dialog.getByText(t.customers.draft_restored).waitFor();
    assert.equal(await field(r.phone).inputValue(), "+86 138-0013-8000");
    await field(r.name).fill("Bob 王");
    assert.deepEqual(await violations(page, "customer form"), []);
    await dialog.getByText(r.part_more, { exact: true }).click();
    await field(r.referrer).fill("Ada");
    await page.waitForFunction(() => document.querySelector("dialog datalist option"));
    await field(r.referrer).fill("Ada 李");
    await save();
    await page.locator(".profile dd", { hasText: "Ada 李" }).waitFor();

    // A product: refused without a name, at the field; then with its role and maker.
    await visit(page, "data/products");
    await page.getByRole("button", { name: t.data.product_add }).click();
    await field(r.price_e4).fill("12,50");
    await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
    await dialog.getByText(t.errors.field_required).waitFor();
    await field(r.product_name).fill("Oolong <b>乌龙</b>");
    await field(r.product_role).selectOption("lead");
    await field(r.product_owner).fill("Li");
    await field(r.edition).fill("2nd");
    await screenshot(page, `product-form-${language}`);
    await save();
    await page.locator("[role=row]", { hasText: "Oolong <b>乌龙</b>" }).click();
    await page.getByRole("button", { name: t.data.product_edit.replace("{name}", "Oolong <b>乌龙</b>") }).click();
    assert.deepEqual([await field(r.product_role).inputValue(), await field(r.edition).inputValue()], ["lead", "2nd"]);
    await page.keyboard.press("Escape");

    // An order with what was promised, kept through a wrong click.
    await visit(page, "customers");
    await page.locator(".vtable-rows [role=row]", { hasText: "Bob" }).click();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: t.customer.add_order }).click();
    await dialog.getByLabel(t.customer.line_product).fill("Oolong <b>乌龙</b>");
    await dialog.getByLabel(t.customer.line_price).fill("12.50");
    await dialog.getByText(r.part_more, { exact: true }).click();
    await field(r.promised).fill("2030-02-01");
    await field(r.discount_minor).fill("x");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: t.customer.add_order }).click();
    assert.equal(await field(r.promised).inputValue(), "2030-02-01");
    await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
    await dialog.getByText(t.errors.field_not_a_number).waitFor();
    await field(r.discount_minor).fill("2.50");
    await field(r.note).fill("ring twice");
    assert.deepEqual(await violations(page, "order form"), []);
    await screenshot(page, `order-form-${language}`);
    await save();
    const order = page.locator(".event.order");
    await order.locator("summary").click();
    const foot = order.locator(".order-foot");
    await foot.getByText("ring twice").waitFor();
    assert.match(await foot.innerText(), /2030/);
    assert.match(await foot.innerText(), /2[.,]50/);
    await order.getByRole("button", { name: t.customer.edit_order }).click();
    assert.equal(await field(r.discount_minor).inputValue(), "2.5");
    await page.setViewportSize(PHONE);
    assert.deepEqual(await overflow(page, "order form"), []);
    await screenshot(page, `order-form-phone-${language}`);
  });
}

journey("the price of a first product makes the currency that its form showed the book’s", async (t_) => {
  const t = texts("en");
  const server = await host(t_);
  const page = await open(await browser(t_, server, { locale: "en-JP" }), server);
  const { field, save } = form(page, t);
  await visit(page, "data/products");
  await page.getByRole("button", { name: t.data.product_add }).click();
  await field(t.records.product_name).fill("Sencha");
  await field(t.records.price_e4).fill("1500");
  await save();
  await page.locator("[role=row]", { hasText: "Sencha" }).getByText("¥1,500").waitFor();
  await visit(page, "settings");
  assert.equal(await page.getByLabel(t.settings.currency, { exact: true }).inputValue(), "JPY");
});

journey("where a file contradicts what was typed, prices stand as their form shows them", async (t_) => {
  const t = texts("en");
  const server = await host(t_);
  const page = await open(await browser(t_, server, { locale: "en-GB" }), server);
  const { field, save } = form(page, t);
  const file = (price, rest) => ({ name: "p.csv", mimeType: "text/csv", buffer: Buffer.from(`Product code,Product name,Unit price\nT,Tea,${price}\n${rest}`) });
  await importFile(page, "en", file("10.00", ""));
  await visit(page, "data/products");
  await page.locator("[role=row]", { hasText: "Tea" }).click();
  await page.getByRole("button", { name: t.data.product_edit.replace("{name}", "Tea") }).click();
  await field(t.records.price_e4).fill("12.50");
  await save();
  await importFile(page, "en", file("9.80", "M,Mug,2.00\n"), {
    onStep: async (step) => {
      if (step !== "staged") return;
      const cells = await page.locator(".plain-table", { hasText: t.data.conflict_typed }).locator("tbody tr").allInnerTexts();
      assert.match(cells.join("\n"), /12\.50.*9\.80/);
    },
  });
});
