// The user's own fields: made in Settings, filled in a form, found, sent out and in, deleted while in use, given another type.

import { readFileSync } from "node:fs";
import { assert, PHONE, browser, host, journey, open, screenshot, violations } from "./harness.mjs";
import { LANGUAGES, form, overflow, settled, visit } from "./person.mjs";
import { filled, texts } from "./texts.mjs";

const EVIL = "<b>鞋码</b> & size";

for (const { language, locale } of LANGUAGES) {
  const t = texts(language);
  const r = t.records;
  const formOf = (kind, pattern) => r[pattern].replace("{what}", r[`kind_${kind}`].toLowerCase());

  journey(`${language}: own fields from Settings into form, page, search and files; deleted and retyped while in use`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    const { dialog, field, save } = form(page, t);
    const group = page.locator(".setting-group", { has: page.getByRole("heading", { name: t.settings.group_own, exact: true }) });
    const add = async (name, input, choices) => {
      await group.getByRole("button", { name: formOf("custom_field", "form_new") }).click();
      await field(`${r.custom_field_name} *`).fill(name);
      await field(`${r.input} *`).selectOption(input);
      assert.equal(await field(r.choices).isVisible(), Boolean(choices));
      if (choices) await field(r.choices).fill(choices);
      await save();
      await group.locator("li", { hasText: name }).waitFor();
    };
    await visit(page, "settings");
    await add(EVIL, "text");
    await add("Tea", "choice", "green, 乌龙");
    await add("Trips", "many", "a, b");
    await group.getByRole("button", { name: filled(r.own_up, { name: "Tea" }) }).click();
    await group.locator("li").first().filter({ hasText: "Tea" }).waitFor();
    await group.scrollIntoViewIfNeeded();
    assert.deepEqual(await violations(page, "settings"), []);
    await screenshot(page, `own-settings-${language}`);

    await visit(page, "customers/new");
    await field(t.customers.name).fill("Ada 李");
    await save();
    await page.getByRole("heading", { level: 1, name: "Ada 李" }).waitFor();
    await page.getByRole("button", { name: t.common.edit, exact: true }).first().click();
    await dialog.getByText(r.part_custom, { exact: true }).click();
    await field(EVIL).fill("38½ <i>wide</i>");
    await field("Tea").selectOption("乌龙");
    await dialog.getByRole("group", { name: "Trips" }).getByLabel("b", { exact: true }).check();
    assert.deepEqual(await violations(page, "form with own fields"), []);
    await screenshot(page, `own-form-${language}`);
    await save();
    const dd = (text) => page.locator(".profile dd", { hasText: text });
    await dd("38½ <i>wide</i>").waitFor();
    await dd("乌龙").waitFor();

    // Found by what stands in it, in the list.
    await visit(page, "customers");
    await page.getByRole("searchbox", { name: t.customers.search }).fill("wide");
    await page.locator(".vtable-rows [role=row]", { hasText: "Ada" }).waitFor();

    // Out: a column of its own, and in again by its name.
    await page.locator(".page-actions summary").click();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: t.customers.export_csv }).click(),
    ]);
    const csv = readFileSync(await download.path(), "utf8");
    assert.match(csv.split("\n")[0], /Tea,Size|Tea,<b>|Tea/);
    assert.match(csv, /38½ <i>wide<\/i>/);
    const rows = [`${t.data.role_customer_key},${t.data.role_customer_name},TEA`, "C-1,Bob,green", "C-2,Cy,black"];
    await visit(page, "data/import");
    await page.locator("input[type=file]").setInputFiles({ name: "c.csv", mimeType: "text/csv", buffer: Buffer.from(`${rows.join("\n")}\n`) });
    await page.getByRole("heading", { name: t.data.mapping_title }).waitFor();
    assert.equal(await page.getByLabel(t.data.column.replace("{name}", "TEA")).locator("option:checked").innerText(), "Tea");
    await page.getByRole("button", { name: t.data.parse }).click();
    await page.getByText(t.data.reason_not_a_choice).or(page.getByText(/black/)).first().waitFor();
    await page.getByRole("button", { name: new RegExp(t.data.go_on_without.split(/[|{]/)[0]) }).click();
    await page.getByRole("button", { name: t.data.commit, exact: true }).click();
    await page.getByRole("heading", { name: t.data.finished_title }).waitFor();
    await visit(page, "customers");
    await page.locator(".vtable-rows [role=row]", { hasText: "Bob" }).click();
    await page.keyboard.press("Enter");
    await dd("green").waitFor();

    // A choice renamed in its place takes its values along; an earlier name is refused for another.
    await visit(page, "settings");
    const choices = async (words) => {
      await group.locator("li", { hasText: "Tea" }).getByRole("button", { name: new RegExp(t.common.edit) }).click();
      await field(r.choices).fill(words);
    };
    await choices("green, 铁观音, 乌龙");
    await save();
    await choices("green, 大红袍, 乌龙");
    await save();
    await choices("green, 大红袍, 乌龙, 铁观音");
    await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
    await dialog.getByText(t.errors.field_earlier_name).waitFor();
    await field(r.choices).fill("green, 大红袍, 武夷");
    await save();
    await visit(page, "customers");
    await page.locator(".vtable-rows [role=row]", { hasText: "Ada" }).click();
    await page.keyboard.press("Enter");
    await dd("武夷").waitFor();

    // Another type: what does not convert stays, marked.
    await visit(page, "settings");
    await group.locator("li", { hasText: EVIL }).getByRole("button", { name: new RegExp(t.common.edit) }).click();
    await field(`${r.input} *`).selectOption("number");
    await save();
    await visit(page, "customers");
    await page.locator(".vtable-rows [role=row]", { hasText: "Ada" }).click();
    await page.keyboard.press("Enter");
    await dd("38½ <i>wide</i>").getByText(r.form_odd).waitFor();

    // Deleted while in use: hidden, and back by Undo.
    await visit(page, "settings");
    await group.locator("li", { hasText: EVIL }).getByRole("button", { name: new RegExp(t.common.edit) }).click();
    await dialog.getByRole("button", { name: t.common.delete, exact: true }).click();
    await group.locator("li", { hasText: EVIL }).waitFor({ state: "detached" });
    await page.goBack();
    await settled(page);
    await dd("武夷").waitFor();
    assert.equal(await dd("38½").count(), 0);
    await page.getByRole("button", { name: t.common.undo, exact: true }).last().click();
    await dd("38½").waitFor();
    await page.setViewportSize(PHONE);
    await visit(page, "settings");
    assert.deepEqual(await overflow(page, "settings"), []);
    await group.scrollIntoViewIfNeeded();
    await screenshot(page, `own-settings-phone-${language}`);
  });
}
