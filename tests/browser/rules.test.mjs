// Segments of one's own: built from conditions in groups, counted while they are built, saved, used by the list.

import { PHONE, assert, browser, host, journey, open, screenshot, violations } from "./harness.mjs";
import { LANGUAGES, fillDemo, overflow, settled, visit } from "./person.mjs";
import { texts } from "./texts.mjs";

for (const { language, locale } of LANGUAGES) {
  const t = texts(language);
  const r = t.rules;

  journey(`${language}: a segment is built from a template and a group, outlives a reload, and is saved, opened, copied, deleted, taken back`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    await fillDemo(page, language);
    await visit(page, "segments/own");
    await page.getByRole("heading", { name: r.none_title }).waitFor();
    assert.deepEqual(await violations(page, "own segments"), []);
    const dialog = page.getByRole("dialog");
    const button = (name) => page.getByRole("button", { name, exact: true });
    const total = page.locator(".rule-total");
    const members = async () => {
      const [, n] = (language === "zh" ? /的 ([\d,]+) 位/ : /^([\d,]+) of/).exec(await total.innerText());
      return Number(n.replace(/,/g, ""));
    };
    const pick = async (name) => {
      await dialog.getByRole("searchbox").fill(name);
      await dialog.getByRole("button", { name, exact: true }).click();
      await dialog.waitFor({ state: "hidden" });
    };

    // A template says whom it means at once.
    await page.getByRole("link", { name: r.tpl_gold, exact: true }).click();
    await total.filter({ hasText: /\d/ }).waitFor();
    const few = await members();
    assert.equal(await page.getByLabel(t.records.segment_name, { exact: true }).inputValue(), r.tpl_gold);

    // A group beside it: any of two.
    await button(r.add_group).first().click();
    await page.locator(".rule-group .rule-group").getByRole("button", { name: r.add_condition, exact: true }).click();
    await pick(r.what_bought);
    const bought = page.getByRole("group", { name: r.what_bought, exact: true });
    await bought.getByLabel(r.bought_days_label, { exact: true }).fill("365");
    await page.locator(".rule-group .rule-group").getByRole("button", { name: r.add_condition, exact: true }).click();
    await pick(t.records.birthday);
    await page.getByRole("group", { name: t.records.birthday, exact: true }).getByLabel(t.list.condition_test).selectOption({ label: r.op_month });
    await page.waitForURL(/bought/);
    await total.filter({ hasText: /\d/ }).waitFor();
    assert.ok((await members()) <= few);
    assert.deepEqual(await violations(page, "builder"), []);
    await screenshot(page, `rules-builder-${language}`);

    // What is not finished does not count, and is said when it is saved.
    await button(r.add_condition).last().click();
    await pick(t.common.profit);
    await page.getByText(r.unfinished.split("|")[0].replace("{n}", "1")).waitFor();
    await button(t.common.save).click();
    await page.getByText(t.errors.field_required).first().waitFor();
    await page.getByRole("alert").filter({ hasText: r.fault_rows }).waitFor();
    // Taken out, nothing is wrong any more, and the keyboard goes on where the next one is added.
    await button(r.remove.replace("{name}", t.common.profit)).click();
    await page.getByText(r.fault_rows).waitFor({ state: "hidden" });
    await page.waitForFunction((add) => document.activeElement.textContent.trim() === add, r.add_condition);

    // It outlives a reload.
    await page.reload();
    await settled(page);
    await bought.waitFor();
    assert.equal(await bought.getByLabel(r.bought_days_label, { exact: true }).inputValue(), "365");
    await total.filter({ hasText: /\d/ }).waitFor();
    const n = await members();
    const sentence = await page.locator(".rule-sentence").first().innerText();
    await button(t.common.save).click();
    await page.locator(".own-segment").waitFor();
    await page.getByText(sentence, { exact: true }).waitFor();
    await screenshot(page, `rules-own-${language}`);

    // The list has the same people, and says so.
    await page.getByRole("link", { name: r.open_list }).click();
    await page.locator(".chip", { hasText: r.tpl_gold }).waitFor();
    await settled(page);
    assert.equal(Number((await page.locator(".answer").first().innerText()).replace(/\D/g, "")), n);

    // From the list: another one that builds upon it.
    await button(r.save_as).click();
    await page.getByRole("group", { name: r.what_segment, exact: true }).waitFor();
    await page.getByLabel(t.records.segment_name, { exact: true }).fill("Zwei 二");
    await button(t.common.save).click();
    await page.getByRole("heading", { name: "Zwei 二" }).waitFor();
    // What it builds upon cannot build upon it.
    await button(r.edit_one.replace("{name}", r.tpl_gold)).click();
    await page.locator(".rule-group.outermost > .rule-add").getByRole("button", { name: r.add_condition, exact: true }).click();
    await pick(r.what_segment);
    await page.getByLabel(t.records.kind_segment, { exact: true }).selectOption({ label: "Zwei 二" });
    await button(t.common.save).click();
    await page.getByText(t.errors.field_loop).waitFor();
    await page.getByRole("link", { name: t.common.cancel, exact: true }).click();

    // Copied, deleted, taken back.
    await button(r.copy_one.replace("{name}", "Zwei 二")).click();
    await page.getByLabel(t.records.segment_name, { exact: true }).waitFor();
    await button(t.common.save).click();
    await page.getByRole("heading", { name: r.copy_name.replace("{name}", "Zwei 二") }).waitFor();
    await button(r.delete_one.replace("{name}", "Zwei 二")).click();
    await page.getByRole("heading", { name: "Zwei 二", exact: true }).waitFor({ state: "hidden" });
    await page.locator(".toast", { hasText: r.deleted.replace("{name}", "Zwei 二") }).getByRole("button", { name: t.common.undo }).click();
    await page.getByRole("heading", { name: "Zwei 二", exact: true }).waitFor();
  });

  journey(`${language}: contact, movement and search are conditions, found by pinyin, said in both languages and in the history`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    await fillDemo(page, language);
    // The ladder's count opens as many customers.
    await visit(page, "segments/dormancy");
    const slid = page.locator("p.answer a").nth(2);
    const n = (await slid.innerText()).replace(/\D/g, "");
    await slid.click();
    await page.locator(".chip", { hasText: "→" }).waitFor();
    await settled(page);
    assert.equal((await page.locator(".answer").first().innerText()).replace(/\D/g, ""), n);
    await page.getByRole("button", { name: r.save_as, exact: true }).click();
    const row = (name) => page.getByRole("group", { name, exact: true });
    await row(r.what_moved).waitFor();
    await page.locator(".rule-total", { hasText: n }).waitFor();
    const add = page.locator(".rule-group.outermost > .rule-add").getByRole("button", { name: r.add_condition, exact: true });
    const search = page.getByRole("dialog").getByRole("searchbox");
    await add.click();
    await search.fill("消费");
    await page.getByRole("dialog").getByRole("button", { name: t.common.revenue, exact: true }).waitFor();
    await search.fill(language === "zh" ? "hudong" : "visited");
    await page.getByRole("dialog").getByRole("button", { name: r.what_contact, exact: true }).click();
    await row(r.what_contact).getByLabel(r.bought_days_label, { exact: true }).fill("30");
    await add.click();
    await search.fill(r.what_search);
    await page.keyboard.press("Enter");
    await row(r.what_search).getByLabel(r.search_for, { exact: true }).fill("a");
    await page.waitForURL(/find/);
    const said = await page.locator(".rule-sentence").allInnerTexts();
    assert.equal(said.length, 2);
    assert.ok(said.some((one) => one.startsWith("Customers where")) && said.some((one) => one.startsWith("符合以下条件")));
    assert.deepEqual(await violations(page, "builder"), []);
    await screenshot(page, `rules-more-${language}`);
    const name = page.getByLabel(t.records.segment_name, { exact: true });
    await name.fill("K");
    await page.getByRole("button", { name: t.common.save, exact: true }).click();
    const card = page.locator(".own-segment", { hasText: "K" });
    await card.getByText(said[0], { exact: true }).waitFor();
    await page.getByRole("button", { name: r.edit_one.replace("{name}", "K"), exact: true }).click();
    await page.getByRole("button", { name: t.history.open, exact: true }).click();
    await page.locator(".history").getByText(said[0], { exact: true }).waitFor();
    assert.ok(!(await page.locator(".history").innerText()).includes("{"));
  });

  journey(`${language}: the builder on a phone, and by keyboard`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale, viewport: PHONE }), server);
    await fillDemo(page, language);
    await visit(page, "segments/own/new");
    // Without a condition nothing is saved, and it says what is missing until there is one.
    await page.getByRole("button", { name: t.common.save, exact: true }).click();
    await page.getByRole("alert").filter({ hasText: r.fault_none }).waitFor();
    await page.getByRole("button", { name: r.add_condition, exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type(t.common.profit);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.getByText(r.fault_none).waitFor({ state: "hidden" });
    // The keyboard is in the new condition.
    await page.waitForFunction(() => document.activeElement.closest(".rule-fields"));
    const row = page.getByRole("group", { name: t.common.profit, exact: true });
    assert.equal(await row.getByLabel(t.list.condition_to, { exact: true }).getAttribute("placeholder"), t.segments.no_bound);
    await row.getByLabel(t.list.condition_from, { exact: true }).focus();
    await page.keyboard.type("100");
    await page.locator(".rule-total", { hasText: /\d/ }).waitFor();
    assert.deepEqual(await overflow(page, "rules"), []);
    assert.deepEqual(await violations(page, "builder on a phone"), []);
    await screenshot(page, `rules-phone-${language}`);
    await visit(page, "segments/own");
    assert.deepEqual(await overflow(page, "rules"), []);
  });
}
