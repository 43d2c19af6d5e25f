// Who is in the book twice: warned of while typing, found by the scan, merged with all links, remembered as different; and
// customers found by pinyin, by initials and with a slip.

import { assert, browser, host, journey, open, PHONE, screenshot, violations } from "./harness.mjs";
import { LANGUAGES, fillDemo, settled, visit } from "./person.mjs";
import { pattern, texts } from "./texts.mjs";

/** Adds a customer by the form and gives what the form says meanwhile. */
async function add(page, t, { name, phone = "", note = "" }, expected) {
  await visit(page, "customers/new");
  const dialog = page.getByRole("dialog", { name: t.records.form_new.replace("{what}", t.records.kind_customer.toLowerCase()) });
  await dialog.getByLabel(t.customers.name, { exact: true }).fill(name);
  await dialog.getByLabel(t.customers.phone, { exact: true }).fill(phone);
  await dialog.getByLabel(t.customers.note, { exact: true }).fill(note);
  if (expected) {
    await dialog.getByText(t.duplicates.maybe).waitFor();
    await dialog.getByRole("link", { name: expected, exact: true }).waitFor();
    assert.deepEqual(await violations(page, "form with a warning"), []);
  }
  await dialog.getByRole("button", { name: t.common.save }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** The group with this name once the scan is done. */
async function group(page, t, name) {
  await visit(page, "data/duplicates");
  await page.getByRole("button", { name: t.duplicates.again }).waitFor();
  await page.getByRole("button", { name: t.duplicates.again }).click();
  await page.getByRole("button", { name: t.duplicates.again }).waitFor();
  return page.locator(".twin").filter({ hasText: name });
}

for (const { language, locale } of LANGUAGES) {
  journey(`duplicates: warned, found, merged, undone, remembered (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const context = await browser(t, at, { locale });
    const page = await open(context, at);
    await fillDemo(page, language);
    await add(page, words, { name: "单田芳", phone: "13800138001", note: "评书" });
    await add(page, words, { name: "單田芳先生", phone: "+86 138-0013-8001", note: "new number?" }, "单田芳");

    const twins = await group(page, words, "单田芳");
    await twins.first().waitFor();
    assert.equal(await twins.count(), 1);
    assert.deepEqual(await violations(page, "duplicates"), []);
    await screenshot(page, `duplicates-${language}`);

    // Side by side: the title goes, both notes stay.
    await twins.getByRole("button", { name: pattern(words.duplicates.merge_label) }).click();
    const dialog = page.getByRole("dialog");
    const name = dialog.getByRole("radiogroup", { name: words.customers.name });
    await name.getByRole("radio", { name: "单田芳", exact: true }).check();
    await dialog.getByRole("radiogroup", { name: words.customers.note }).getByRole("radio", { name: words.duplicates.both, checked: true }).waitFor();
    assert.deepEqual(await violations(page, "merge"), []);
    await screenshot(page, `merge-${language}`);
    await dialog.getByRole("button", { name: words.duplicates.submit, exact: true }).click();
    await page.getByText(pattern(words.duplicates.done)).first().waitFor();
    await twins.waitFor({ state: "hidden" });
    await visit(page, "customers?q=shantianf");
    await page.locator(".vtable-rows [role=row]").first().waitFor();
    assert.equal(await page.locator(".vtable-rows [role=row]").filter({ hasText: "田芳" }).count(), 1);

    // Undone, they are two again; told apart, they stay so after a reload.
    await visit(page, "data/history");
    await page.getByRole("button", { name: words.common.undo }).first().click();
    await page.getByText(words.shell.done_undone).first().waitFor();
    const again = await group(page, words, "单田芳");
    await again.getByRole("button", { name: pattern(words.duplicates.different_label) }).click();
    await again.waitFor({ state: "hidden" });
    await page.reload();
    const after = await group(page, words, "单田芳");
    assert.equal(await after.count(), 0);
  });

  journey(`search by pinyin, initials and with a slip, marked (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const context = await browser(t, at, { locale });
    const page = await open(context, at);
    await fillDemo(page, language);
    await add(page, words, { name: "单田芳" });
    await add(page, words, { name: "Bartholomew Quick" });
    await visit(page, "customers");
    const box = page.getByLabel(words.customers.search);
    for (const [typed, want, mark] of [
      ["shantf", "单田芳", "单田芳"],
      ["stf", "单田芳", "单田芳"],
      ["单tf", "单田芳", "单田芳"],
      ["shantainfang", "单田芳", "单田芳"],
      ["bartholmew", "Bartholomew Quick", "Bartholomew"],
      ["quick", "Bartholomew Quick", "Quick"],
    ]) {
      await box.fill(typed);
      const row = page.locator(".vtable-rows [role=row]").first();
      await row.filter({ hasText: want }).waitFor();
      await row.locator("mark").first().waitFor();
      assert.equal(await row.locator("mark").first().innerText(), mark, typed);
    }
    assert.deepEqual(await violations(page, "list with marks"), []);
    await page.keyboard.press("Control+k");
    const palette = page.getByRole("dialog");
    await palette.getByRole("combobox").fill("shantf");
    await palette.getByRole("option").filter({ hasText: "单田芳" }).locator("mark").first().waitFor();
    await screenshot(page, `palette-${language}`);
    await palette.getByRole("option").filter({ hasText: "单田芳" }).first().click();
    await page.getByRole("heading", { level: 1, name: "单田芳" }).waitFor();
  });
}

journey("duplicates on a phone, by keyboard", async (t) => {
  const words = texts("zh");
  const at = await host(t);
  const context = await browser(t, at, { locale: "zh-CN", viewport: PHONE });
  const page = await open(context, at);
  await fillDemo(page, "zh");
  await add(page, words, { name: "欧阳娜娜", phone: "13800138001" });
  await add(page, words, { name: "Nana Ouyang", phone: "0086 13800138001" }, "欧阳娜娜");
  const twins = await group(page, words, "欧阳娜娜");
  await twins.getByRole("button", { name: pattern(words.duplicates.merge_label) }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radiogroup", { name: words.customers.name }).waitFor();
  await screenshot(page, "merge-phone");
  assert.deepEqual(await violations(page, "merge on a phone"), []);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  await settled(page);
});
