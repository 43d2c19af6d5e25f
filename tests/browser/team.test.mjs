// The team with its training, services by tier and what a case says of them; quotes with lines, versions, and the order that a won one
// becomes.

import { assert, PHONE, browser, host, journey, open, screenshot, violations } from "./harness.mjs";
import { LANGUAGES, form, overflow, settled, visit } from "./person.mjs";
import { filled, texts } from "./texts.mjs";

for (const { language, locale } of LANGUAGES) {
  const t = texts(language);
  const r = t.records;
  const formOf = (kind, pattern) => r[pattern].replace("{what}", r[`kind_${kind}`].toLowerCase());

  journey(`${language}: members, training and services; a quote, its second version, the order of it, and a case that knows the tier`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    const { dialog, field, save } = form(page, t);
    await visit(page, "settings");
    await page.getByRole("link", { name: t.settings.team_open }).click();
    await page.getByRole("heading", { level: 1, name: r.team_title }).waitFor();
    await page.getByRole("button", { name: formOf("member", "form_new") }).click();
    await field(`${r.member_name} *`).fill("Li <b>Wei</b>");
    await field(r.role).fill("Tea master");
    await save();
    await page.getByRole("button", { name: filled(r.team_train, { name: "Li <b>Wei</b>" }) }).click();
    await field(`${r.course} *`).fill("Brewing");
    await field(r.expires).fill("2020-01-01");
    await save();
    await page.getByText(r.team_over).waitFor();
    for (const [name, part] of [["Repair", "free"], ["Delivery", "paid"]]) {
      await page.getByRole("button", { name: formOf("entitlement", "form_new") }).click();
      await field(`${r.entitlement_name} *`).fill(name);
      for (const tier of await dialog.getByRole("group", { name: r[part] }).getByRole("checkbox").all()) await tier.check();
      if (part === "paid") await field(r.entitlement_price_e4).fill("8.50");
      await save();
      await page.locator(".contact-row", { hasText: name }).waitFor();
    }
    assert.deepEqual(await violations(page, "team"), []);
    await screenshot(page, `team-${language}`);

    // A customer looked after by a member, and a quote for them.
    await visit(page, "customers/new");
    await field(r.name).fill("Ada 李");
    await field(r.owner).fill("Li");
    await page.waitForFunction(() => [...document.querySelectorAll("dialog datalist option")].some((o) => o.value.startsWith("Li ")));
    await field(r.owner).fill("Li <b>Wei</b>");
    await save();
    await page.getByRole("heading", { level: 1, name: "Ada 李" }).waitFor();
    await page.locator(".profile dd", { hasText: "Li <b>Wei</b>" }).waitFor();
    const quick = page.getByRole("group", { name: r.quick });
    await quick.getByRole("button", { name: r.kind_quote }).click();
    await field(r.title).fill("Tea for a year");
    await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
    await dialog.getByText(t.customer.need_line).waitFor();
    await field(t.customer.line_product).fill("Oolong");
    await field(t.customer.line_quantity).fill("12");
    await field(t.customer.line_price).fill("10");
    await page.keyboard.press("Escape");
    await page.reload();
    await settled(page);
    await quick.getByRole("button", { name: r.kind_quote }).click();
    assert.equal(await field(t.customer.line_product).inputValue(), "Oolong");
    await field(r.valid_until).fill("2031-01-01");
    assert.deepEqual(await violations(page, "quote form"), []);
    await screenshot(page, `quote-form-${language}`);
    await save();
    const quotes = page.locator(".event.quote");
    await quotes.getByText(r.quote_version.replace("{n}", "1")).waitFor();
    // In the currency that the form showed, which is the browser's until the book has one.
    await quotes.getByText(language === "zh" ? "¥120.00" : "£120.00").waitFor();

    // Cheaper: another version, and the first one stays, replaced.
    await quotes.getByRole("button", { name: formOf("quote", "form_edit") }).click();
    await dialog.getByText(r.quote_new_version).waitFor();
    await field(t.customer.line_price).fill("9");
    await field(r.discount_minor).fill("8");
    await save();
    await quotes.getByText(r.quote_version.replace("{n}", "2")).waitFor();
    await quotes.getByText(r.quote_outcome_replaced).waitFor();
    assert.equal(await quotes.count(), 2);
    // Won by hand it still lacks its order.
    await quotes.first().getByRole("button", { name: formOf("quote", "form_edit") }).click();
    await field(r.quote_outcome).selectOption("won");
    await save();
    await page.getByRole("button", { name: r.quote_order }).click();
    const order = page.locator(".event.order", { hasText: "Oolong" });
    await order.waitFor();
    assert.match(await order.locator(".event-money").innerText(), /100/);
    await quotes.getByText(r.quote_outcome_won).waitFor();
    assert.equal(await page.getByRole("button", { name: r.quote_order }).count(), 0);
    await screenshot(page, `quotes-${language}`);

    // A case says what this customer's tier gets.
    await quick.getByRole("button", { name: r.kind_case }).click();
    const note = dialog.locator(".entitled");
    await note.getByText("Repair").waitFor();
    assert.match(await note.innerText(), new RegExp(`Repair.*${r.entitled_free}`));
    assert.match(await note.innerText(), /Delivery.*8[.,]50/);
    assert.deepEqual(await violations(page, "case form"), []);
    await screenshot(page, `case-form-${language}`);
    await page.setViewportSize(PHONE);
    assert.deepEqual(await overflow(page, "case form"), []);
    await page.keyboard.press("Escape");
    await quotes.first().getByRole("button", { name: formOf("quote", "form_edit") }).click();
    assert.deepEqual(await overflow(page, "quote form"), []);
    await screenshot(page, `quote-form-phone-${language}`);
    await page.keyboard.press("Escape");
    await visit(page, "team");
    assert.deepEqual(await overflow(page, "team"), []);
    await screenshot(page, `team-phone-${language}`);
  });
}
