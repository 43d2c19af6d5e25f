// Who stays: the answer opens its customers, the six signs, cohorts by keyboard and as a table, why customers left, the curve of
// members; on a phone the navigation keeps every place.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, browser, folder, host, journey, open, screenshot, violations } from "./harness.mjs";
import { LANGUAGES, fillDemo, form, importFile, newCustomer, settled, visit } from "./person.mjs";
import { pattern, texts } from "./texts.mjs";

for (const { language, locale } of LANGUAGES) {
  journey(`who stays (${language})`, async (t) => {
    const words = texts(language);
    const r = words.retention;
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    await fillDemo(page, language);
    await visit(page, "insights/stay");
    const answer = page.locator("p.answer").first();
    await answer.getByRole("link").first().waitFor();
    await screenshot(page, `stay-${language}`);
    assert.deepEqual(await violations(page, "who stays"), []);

    // Each sign opens its rows; what is not recorded says so.
    const tiles = page.getByRole("list", { name: r.tiles });
    assert.equal(await tiles.getByRole("listitem").count(), 6);
    // The demo has something to show for each of them.
    assert.equal(await tiles.getByRole("link").count(), 6);
    assert.equal(await tiles.getByText(r.tile_need_met_missing).count(), 0);
    const repeat = tiles.getByRole("link", { name: new RegExp(r.tile_repeat) });
    const part = (await repeat.locator(".tile-rests").innerText()).match(/[\d,]+/g);
    await repeat.focus();
    await page.getByText(r.tile_repeat_def).waitFor();
    await repeat.click();
    await page.waitForURL(/#\/customers\?/);
    await page.getByText(pattern(words.customers.answer_some)).waitFor();
    const total = Math.min(...part.map((n) => Number(n.replace(/,/g, ""))));
    assert.ok((await page.locator("p.answer").innerText()).includes(total.toLocaleString(locale)));
    await page.goBack();

    // The cohorts: arrows walk, Enter opens a cell's customers, a row goes into the curve; the table has the counts.
    const grid = page.getByRole("group", { name: r.cohorts_label });
    // The first whole row: a cohort of which only the last days lie in the two years may have nobody later on.
    await grid.locator("[data-cell='0-0']").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    const said = await grid.locator("[data-cell='1-1'] title").textContent();
    await page.keyboard.press("Enter");
    await page.waitForURL(/#\/customers\?.*days/);
    await settled(page);
    const people = Number((await page.locator("p.answer").first().innerText()).replace(/\D/g, ""));
    assert.ok(people > 0 && (said.match(/\d+/g) ?? []).map(Number).includes(people), said);
    await page.goBack();
    await page.getByRole("combobox", { name: r.curve_row }).selectOption({ index: 1 });
    const field = page.getByRole("textbox", { name: r.curve_survivors });
    assert.match(await field.inputValue(), /^\d+, \d+/);
    await field.fill("1000, 869, 743, 653, 593, 551, 517, 491");
    await page.getByText(pattern(r.curve_good)).waitFor();
    const how = page.locator("figure", { hasText: r.curve_chart });
    await how.getByText(words.common.how_computed).click();
    // As exact as they are known, from how many, and of no day: typed numbers are of none.
    const explained = () => how.locator(".popover-body").innerText();
    await how.getByText(/^0\.67 ± 0\.1. ?3\.81 ± 0\.79$/).waitFor();
    await screenshot(page, `curve-${language}`);
    assert.match(await explained(), /1,000/);
    assert.ok(!(await explained()).includes(words.segments.how_as_of));
    await page.keyboard.press("Escape");
    // Falling rates end the fit at its edge; few members have no curve.
    await field.fill("100, 80, 60");
    await page.getByText(pattern(r.curve_alike)).waitFor();
    await field.fill("100, 60, 45");
    await page.getByText(r.curve_two).waitFor();
    await field.fill("3, 2, 1");
    await page.getByText(r.curve_few.split("|").at(-1).replace("{n}", "3").replace("{least}", "30")).waitFor();
    assert.equal(await how.count(), 0);
    await field.fill("5, 6");
    await page.getByText(r.curve_wrong).waitFor();
    const cohorts = page.locator("figure", { hasText: r.cohorts });
    await cohorts.getByRole("button", { name: words.common.as_table }).click();
    assert.ok((await cohorts.getByRole("row").count()) > 5);

    // Another limit, other figures.
    const before = await answer.innerText();
    await visit(page, "settings");
    const days = page.getByRole("textbox", { name: words.settings.churn_days });
    await days.fill("30");
    await days.press("Tab");
    await page.getByText(words.shell.done_saved.replace("{what}", words.settings.saved)).first().waitFor();
    await visit(page, "insights/stay");
    await answer.getByRole("link").first().waitFor();
    assert.notEqual(await answer.innerText(), before);
    await answer.getByRole("link").last().click();
    await settled(page);
    await page.locator(".chip", { hasText: r.left_on }).waitFor();
  });

  journey(`the numbers of who stays open their customers (${language})`, async (t) => {
    const words = texts(language);
    const r = words.retention;
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    await fillDemo(page, language);
    const digits = (text) => Number(text.replace(/\D/g, ""));
    const back = async () => {
      await visit(page, "insights/stay");
      await page.locator("p.answer").first().getByRole("link").first().waitFor();
    };
    // How many the list has that a link opens.
    const opened = async (link) => {
      await link.click();
      await page.waitForURL(/#\/customers\?/);
      await settled(page);
      await page.getByText(pattern(words.customers.answer_some)).waitFor();
      const n = digits(await page.locator("p.answer").first().innerText());
      const chips = await page.locator(".chip").allInnerTexts();
      await back();
      return { n, chips: chips.join("|") };
    };
    await back();
    const link = (n) => page.locator("p.answer").first().getByRole("link").nth(n);
    const there = digits(await link(0).innerText());
    const share = digits(await link(1).innerText());
    const then = await opened(link(0));
    assert.equal(then.n, there);
    const still = await opened(link(1));
    assert.equal(Math.round((still.n / there) * 100), share);
    assert.ok(still.chips.includes(then.chips));

    // Bars say how many they hold.
    const churn = page.locator("figure", { hasText: r.churn }).getByRole("link").last();
    // The last period goes on, which is said in brackets.
    const lost = (await churn.locator(".bar-words").textContent()).replace(/ ?[(（].*/, "").match(/\d+/g).map(Number);
    assert.equal((await opened(churn)).n, lost.at(-2));
    const length = page.locator("figure", { hasText: r.lengths }).getByRole("link").first();
    const people = (await length.locator(".bar-words").textContent()).match(/\d+/g).map(Number);
    assert.equal((await opened(length)).n, people[0]);

    // What is met opens those of whom a must-have is met, not all who have one.
    const met = page.getByRole("list", { name: r.tiles }).getByRole("link", { name: new RegExp(r.tile_need_met) });
    assert.ok((await opened(met)).chips.toLowerCase().includes(r.needs_met.toLowerCase()));
    // Behind the calculator: who is there, who was a year ago, who of them still is.
    await visit(page, "insights/keeping");
    const behind = page.getByText(pattern(r.keep_rows)).getByRole("link");
    const said = (await behind.allInnerTexts()).map(digits);
    assert.deepEqual(said.slice(1), [then.n, still.n]);
    await behind.first().click();
    await page.waitForURL(/#\/customers\?/);
    await settled(page);
    assert.equal(digits(await page.locator("p.answer").first().innerText()), said[0]);
    await back();

    // Who spends more here than they say that they spend in all.
    await visit(page, "customers");
    await page.locator(".vrow .c-name b").first().dblclick();
    await page.locator(".event").first().waitFor();
    await page.getByRole("button", { name: words.common.edit, exact: true }).first().click();
    const { dialog, field, save } = form(page, words);
    const spends = field(words.records.wallet_e4);
    await spends.waitFor({ state: "attached" });
    if (!(await spends.isVisible())) await dialog.getByText(words.records.part_more, { exact: true }).click();
    await spends.fill("1");
    await save();
    await back();
    const wallet = page.getByRole("region", { name: r.wallet });
    const above = wallet.locator(".remark").getByRole("link");
    assert.match(await above.innerText(), /1/);
    assert.equal((await opened(above)).n, 1);

    // Who was there is a condition like any other: built, said, counted.
    await visit(page, "segments/own/new");
    await page.getByRole("button", { name: words.rules.add_condition }).first().click();
    await page.getByRole("dialog").getByRole("searchbox").fill(words.rules.what_there);
    await page.getByRole("button", { name: words.rules.what_there }).first().click();
    await page.getByLabel(words.rules.there_on).fill("2026-01-31");
    await page.getByLabel(words.rules.there_left_label).fill("2026-06-30");
    await page.getByText(pattern(words.rules.says_there_left)).first().waitFor();
    await screenshot(page, `was-there-${language}`);
    assert.deepEqual(await violations(page, "was there"), []);
  });

  journey(`who stays, on a phone and with one order (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale, viewport: { width: 390, height: 800 } }), at);
    const head = language === "zh" ? "订单号,客户,日期,产品,数量,单价" : "Order,Customer,Date,Product,Quantity,Unit price";
    const file = join(folder(t), "one.csv");
    writeFileSync(file, `${head}\n1,Ann,2026-01-05,Tea,1,20\n`);
    await importFile(page, language, file);
    const main = page.getByRole("navigation", { name: words.shell.navigation });
    await main.getByRole("link", { name: words.retention.nav }).click();
    await page.getByText(pattern(words.retention.answer_young)).waitFor();
    await screenshot(page, `stay-thin-${language}`);
    assert.deepEqual(await violations(page, "who stays, one order"), []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
    await visit(page, "insights/referrals");
    await page.getByText(words.retention.ref_how_to).waitFor();
    await visit(page, "insights/keeping");
    await page.getByText(words.retention.keep_young).waitFor();
    // One who was there a year ago is no share to reckon with, until somebody types it.
    writeFileSync(file, `${head}\n2,Ann,2024-12-20,Tea,1,20\n`);
    await importFile(page, language, file);
    await visit(page, "insights/stay");
    await page.getByText(pattern(words.retention.answer_few)).waitFor();
    await page.getByText(words.retention.half_open).first().waitFor();
    await visit(page, "insights/keeping");
    await page.getByText(pattern(words.retention.keep_few)).waitFor();
    await screenshot(page, `keeping-few-${language}`);
    assert.equal(await page.locator(".keep-lines").count(), 0);
    await page.getByRole("textbox", { name: words.settings.keep_now }).fill("60");
    await page.keyboard.press("Tab");
    await page.locator(".keep-lines .sum dd").waitFor();
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
    // What does not stand in the bar stands behind “more”.
    assert.ok(!(await main.getByRole("link", { name: words.shell.settings, exact: true }).isVisible()));
    await main.getByRole("button", { name: words.retention.more }).click();
    await main.getByRole("link", { name: words.shell.settings, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: words.settings.title }).waitFor();
    assert.ok(!(await main.getByRole("link", { name: words.shell.data, exact: true }).isVisible()));
  });
}

for (const { language, locale } of LANGUAGES) {
  journey(`who brings whom (${language})`, async (t) => {
    const words = texts(language);
    const r = words.retention;
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    const names = ["甲一", "乙二", "丙三"];
    // On their page: names who brought them.
    const brings = async (by) => {
      await page.getByRole("button", { name: words.common.edit, exact: true }).first().click();
      const { dialog, field, save } = form(page, words);
      await dialog.getByText(words.records.part_more, { exact: true }).click();
      await field(words.records.referrer).fill(by);
      await dialog.locator(`datalist option[value="${by}"]`).waitFor({ state: "attached" });
      await save();
    };
    await newCustomer(page, words, names[0]);
    await newCustomer(page, words, names[1]);
    await brings(names[0]);
    await newCustomer(page, words, names[2]);
    await brings(names[1]);
    await page.locator("header").getByRole("link", { name: names[1], exact: true }).waitFor();
    await visit(page, "insights/referrals");
    await page.getByText(pattern(r.ref_answer)).waitFor();
    const tree = page.getByRole("region", { name: r.ref_tree });
    await tree.getByRole("button", { name: r.ref_open.replace("{name}", names[0]) }).click();
    await tree.locator("ul ul").getByRole("link", { name: names[1] }).waitFor();
    await screenshot(page, `referrals-${language}`);
    // The first names the last: a circle, said and harmless.
    await tree.getByRole("link", { name: names[0], exact: true }).click();
    await page.getByRole("heading", { level: 1, name: names[0] }).waitFor();
    await brings(names[2]);
    await visit(page, "insights/referrals");
    await page.getByText(pattern(r.ref_circles)).waitFor();
    assert.deepEqual(await violations(page, "who brings whom"), []);
    // Cut in the tree alone: three brought three, and both numbers open as many.
    for (const at of [0, 1]) {
      await visit(page, "insights/referrals");
      const link = page.locator("p.answer").getByRole("link").nth(at);
      assert.equal((await link.innerText()).match(/\d+/)[0], "3");
      await link.click();
      for (const name of names) await page.getByRole("row").getByText(name).first().waitFor();
    }
  });

  journey(`whoever one customer brought can be shown (${language})`, async (t) => {
    const words = texts(language);
    const r = words.retention;
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    const head = [words.data.role_customer_key, words.data.role_customer_name, words.records.referrer];
    const brought = Array.from({ length: 105 }, (_, n) => `C-${n},P${n},王小明`);
    const csv = [head, ["C-999", "王小明", ""], ...brought.map((line) => line.split(","))].map((row) => row.join(",")).join("\n");
    await visit(page, "data/import");
    await page.locator("input[type=file]").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await page.getByRole("heading", { name: words.data.mapping_title }).waitFor();
    await page.getByRole("button", { name: words.data.parse }).click();
    await page.getByRole("button", { name: words.data.go_on, exact: true }).click();
    await page.getByRole("button", { name: words.data.commit, exact: true }).click();
    await page.getByRole("heading", { name: words.data.finished_title }).waitFor();
    await visit(page, "insights/referrals");
    const tree = page.getByRole("region", { name: r.ref_tree });
    await tree.getByRole("button", { name: r.ref_open.replace("{name}", "王小明") }).click();
    const below = tree.locator("ul ul > li");
    const more = tree.getByRole("button", { name: r.ref_more.replace("{n}", "5") });
    await more.waitFor();
    assert.equal(await below.count(), 100);
    await screenshot(page, `referrals-more-${language}`);
    await more.click();
    await below.nth(104).waitFor();
    assert.equal(await more.count(), 0);
  });

  journey(`what keeping is worth (${language})`, async (t) => {
    const words = texts(language);
    const r = words.retention;
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    await fillDemo(page, language);
    await visit(page, "insights/referrals");
    await page.getByText(pattern(r.ref_answer)).waitFor();
    await screenshot(page, `advocates-${language}`);

    // From the orders first, then typed; the sum follows and stays.
    await visit(page, "insights/keeping");
    await page.getByText(pattern(r.keep_answer)).waitFor();
    const sum = page.locator(".keep-lines .sum dd");
    const before = await sum.innerText();
    await page.getByRole("textbox", { name: words.settings.keep_then }).fill("99");
    await page.keyboard.press("Tab");
    await page.waitForFunction((before) => document.querySelector(".keep-lines .sum dd").innerText !== before, before);
    await page.getByText(r.keep_win_unknown).waitFor();
    await page.getByRole("textbox", { name: words.settings.keep_win }).fill("60");
    await page.keyboard.press("Tab");
    await page.getByText(pattern(r.keep_cost_each)).waitFor();
    await page.getByText(words.common.how_computed).first().click();
    await page.getByText(r.how_keeping_costs).waitFor();
    await screenshot(page, `keeping-${language}`);
    assert.deepEqual(await violations(page, "keeping"), []);
  });
}
