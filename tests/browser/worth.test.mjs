// What customers will be worth: the answer opens its customers, the test of the forecast, the table view, the settings
// that change it, one customer's outlook; and too little to say.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, browser, folder, host, journey, open, screenshot } from "./harness.mjs";
import { LANGUAGES, fillDemo, importFile, settled, visit } from "./person.mjs";
import { random } from "./seeded.mjs";
import { pattern, texts } from "./texts.mjs";

for (const { language, locale } of LANGUAGES) {
  journey(`what customers will be worth (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    await fillDemo(page, language);
    await visit(page, "segments/worth");
    await page.getByText(pattern(words.worth.check_off)).waitFor();
    // Whether what the model takes for granted holds: said on the page, and with its interval in the explanation.
    const sayings = ["little", "unclear", "more", "less"].map((how) => words.worth[`related_${how}`]);
    const related = page.locator(".remark", { hasText: pattern(sayings.join("|")) });
    await related.waitFor();
    // What it and the columns mean is said beside the list, to open without a mouse.
    const meaning = page.locator(".voice-head .popover");
    await meaning.locator("summary").press("Enter");
    for (const hint of [words.worth.related_hint, words.worth.there_hint]) await meaning.getByText(hint).waitFor();
    await page.keyboard.press("Escape");
    const answer = page.locator("p.answer").first();
    const before = await answer.innerText();

    // The picture as a table: as many rows as steps, both columns end alike.
    await page.getByRole("button", { name: words.common.as_table }).first().click();
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

    // Who bought once is not judged: those of them who are asleep are a list in which the chance is a dash.
    const asleep = answer.getByRole("link").last();
    const people = Number((await asleep.innerText()).replace(/\D/g, ""));
    await asleep.click();
    await settled(page);
    const listed = await page.locator("p.answer").first().innerText();
    assert.ok(people > 0 && listed.includes(people.toLocaleString(locale)), listed);
    const dash = page.locator(".vtable-rows [role=row]").first().getByTitle(words.worth.there_once);
    assert.match(await dash.innerText(), /^–/);
    await page.goBack();

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
    // What loyalty follows cannot be chosen yet, and says when it can.
    await page.getByText(words.worth.loyalty_later).waitFor();
    await screenshot(page, `worth-thin-${language}`);
  });
}

/** Orders of 220 customers who come and leave by chance over 500 days, each for 10 and at this cost. */
function shop(file, language, cost) {
  const next = random(11);
  const lines = [language === "zh" ? "订单号,客户,日期,产品,数量,单价,成本" : "Order,Customer,Date,Product,Quantity,Unit price,Cost"];
  for (let customer = 0; customer < 220; customer += 1) {
    const gap = 10 + next() * 50;
    for (let day = next() * 300; day < 500; day += 1 - Math.log(1 - next()) * gap) {
      const on = new Date(Date.now() - (500 - Math.floor(day)) * 86_400_000).toISOString().slice(0, 10);
      lines.push(`${lines.length},C${customer},${on},Tea,1,10,${cost}`);
      if (next() < 0.2) break;
    }
  }
  writeFileSync(file, lines.concat("").join("\n"));
}

for (const { language, locale } of LANGUAGES) {
  journey(`a loss that is to be expected, untested (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    const file = join(folder(t), "loss.csv");
    shop(file, language, 13);
    await importFile(page, language, file);
    await visit(page, "segments/worth");
    const answer = page.locator("p.answer").first();
    await answer.filter({ hasText: pattern(words.worth.answer_loss) }).waitFor();
    // All three are below zero, the lower end below the upper one.
    const [total, low, high] = (await answer.innerText()).match(/[-−][^\d]?[\d,.]+/g).map((money) => -Number(money.replace(/[^\d.]/g, "")));
    assert.ok(low < total && total < high && high < 0, await answer.innerText());
    const trend = page.getByRole("figure").filter({ has: page.getByRole("heading", { name: words.worth.trend }) });
    await trend.locator(".bar-words", { hasText: words.worth.trend_bar_loss.split("{")[0].trim() }).first().waitFor();
    await page.getByText(pattern(words.worth.season_unknown)).waitFor();
    await screenshot(page, `worth-loss-${language}`);

    // Without a part for the test the page says so, and the parameters are told beside the equity.
    await visit(page, "settings");
    const held = page.getByRole("textbox", { name: words.settings.worth_hold_out });
    await held.fill("0");
    await held.press("Tab");
    await page.getByText(words.shell.done_saved.replace("{what}", words.settings.saved)).first().waitFor();
    await visit(page, "segments/worth");
    await page.getByText(pattern(words.worth.check_none)).waitFor();
    await trend.getByText(words.common.how_computed).click();
    await trend.getByText(words.worth.how_rate).waitFor();
    await screenshot(page, `worth-untested-${language}`);
  });
}

for (const { language, locale } of LANGUAGES) {
  journey(`several currencies are never one sum (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    const head = language === "zh" ? "订单号,客户,日期,产品,数量,单价,币种" : "Order,Customer,Date,Product,Quantity,Unit price,Currency";
    const order = (n, name, price, currency) => `${n},${name},2026-0${(n % 3) + 1}-05,Tea,1,${price},${currency}`;
    const file = join(folder(t), "mixed.csv");
    writeFileSync(file, [head, order(1, "Ann", 20, "GBP"), order(2, "Ann", 30, "GBP"), order(3, "Ann", 9999, "USD"), order(4, "Bob", 9999, "EUR"), order(5, "Cyd", 10, "GBP"), ""].join("\n"));
    await importFile(page, language, file);
    await visit(page, "segments/worth");
    // One customer is too few; who paid in euros only is not among them, and the sums hold pounds alone.
    await page.getByText(words.worth.why_customers.split("|").at(-1).replace("{n}", "2").replace("{least}", "100")).first().waitFor();
    const note = await page.getByText(pattern(words.retention.currencies)).first().innerText();
    for (const code of ["GBP", "USD", "EUR"]) assert.ok(note.includes(code), note);
    await page.getByText(pattern(words.worth.foreign)).waitFor();
    // The note alone names what is left out.
    const rest = (await page.locator("main").innerText()).replace(note, "");
    assert.doesNotMatch(rest, /9[,.]?999|20[,.]?0\d\d/);
    await screenshot(page, `currencies-${language}`);
  });
}

for (const { language, locale } of LANGUAGES) {
  journey(`how customer equity went (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    await fillDemo(page, language);
    await visit(page, "segments/worth");
    // A small book needs no press: today and the ends of twelve months.
    const trend = page.getByRole("figure").filter({ has: page.getByRole("heading", { name: words.worth.trend }) });
    const months = trend.getByRole("link");
    await months.nth(12).waitFor();
    await trend.getByText(new RegExp([words.worth.trend_up, words.worth.trend_down, words.worth.trend_same].map((s) => pattern(s).source).join("|"))).waitFor();
    await page.getByRole("button", { name: words.worth.stop }).waitFor({ state: "hidden" });
    await screenshot(page, `equity-${language}`);

    await trend.getByRole("button", { name: words.common.as_table }).click();
    const rows = trend.getByRole("row");
    assert.equal(await rows.count(), 14);
    const cells = await rows.nth(9).getByRole("cell").allInnerTexts();
    const [download] = await Promise.all([page.waitForEvent("download"), trend.getByRole("button", { name: "CSV" }).click()]);
    assert.match(download.suggestedFilename(), new RegExp(`^${words.worth.trend} \\d{4}-\\d\\d-\\d\\d\\.csv$`));
    await trend.getByRole("button", { name: words.common.as_picture }).click();

    // A month opens its customers as of its end, and the page of that day says the same.
    await months.nth(8).click();
    await page.getByRole("columnheader", { name: words.worth.there }).waitFor();
    await page.locator(".as-of.chosen").waitFor();
    await visit(page, "segments/worth");
    const total = page.locator("p.answer a").first();
    await total.waitFor();
    const whole = (money) => Number(money.replace(/[^\d.]/g, ""));
    assert.ok(Math.abs(whole(await total.innerText()) - whole(cells[1])) <= 0.5, `${await total.innerText()} ≠ ${cells[1]}`);
    await months.nth(8).waitFor();
  });
}

/** Has the worker rest after every part of its work, for as long as the page says, so that a person can press a button meanwhile. */
const slow = () => {
  const Real = Blob;
  const late = `{
    let more = 300, passed = 0;
    const [later, now] = [self.setTimeout, Date.now];
    new BroadcastChannel("slow").onmessage = ({ data }) => (more = data);
    self.setTimeout = (work, ms) => later(work, ms + more);
    Date.now = () => now() + (passed += 20);
  }`;
  self.Blob = class extends Real {
    constructor(parts, options) {
      super(options?.type === "text/javascript" ? [late, ...parts] : parts, options);
    }
  };
};

/** A page with the demo, whose forecast takes its time. */
async function slowed(t, language, locale) {
  const at = await host(t);
  const context = await browser(t, at, { locale });
  const page = await open(context, at);
  await fillDemo(page, language);
  await context.addInitScript(slow);
  await page.reload();
  return page;
}

for (const { language, locale } of LANGUAGES) {
  journey(`the forecast is stopped and goes on (${language})`, async (t) => {
    const words = texts(language);
    const page = await slowed(t, language, locale);
    await visit(page, "today");
    await page.evaluate(() => (location.hash = "#/segments/worth"));
    const rest = (ms) => page.evaluate((ms) => new BroadcastChannel("slow").postMessage(ms), ms);
    const stop = page.locator(".job").getByRole("button", { name: words.worth.stop });
    await stop.click();
    await page.getByRole("alert").getByText(words.worth.stopped_body).waitFor();
    await stop.waitFor({ state: "hidden" });
    await screenshot(page, `stopped-${language}`);
    await rest(60);
    await page.getByRole("button", { name: words.worth.go_on }).click();
    await page.getByText(pattern(words.worth.check_off)).waitFor();

    // The months before are stopped on the page itself; what is there stays.
    const halt = page.locator(".equity-run").getByRole("button", { name: words.worth.stop });
    await page.locator(".equity").getByRole("link").nth(1).waitFor();
    await halt.click();
    const go = page.locator(".equity").getByRole("button", { name: words.worth.go_on });
    await go.waitFor();
    await rest(0);
    assert.ok((await page.locator(".equity").getByRole("link").count()) < 13);
    await go.click();
    await page.locator(".equity").getByRole("link").nth(12).waitFor();
  });
}

for (const { language, locale } of LANGUAGES) {
  journey(`a stopped forecast leaves no count of a rule (${language})`, async (t) => {
    const words = texts(language);
    const r = words.rules;
    const page = await slowed(t, language, locale);
    await visit(page, "segments/own/new");
    const total = page.locator(".rule-total", { hasText: /\d/ });
    const add = async (name, from) => {
      await page.locator(".rule-group.outermost > .rule-add").getByRole("button", { name: r.add_condition, exact: true }).click();
      await page.getByRole("dialog").getByRole("searchbox").fill(name);
      await page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
      await page.getByRole("group", { name, exact: true }).getByLabel(words.list.condition_from, { exact: true }).fill(from);
    };
    await add(words.common.purchases, "2");
    await total.waitFor();
    await add(words.worth.value, "1");
    await page.locator(".job").getByRole("button", { name: words.worth.stop }).click();
    // Neither the whole nor a part of it keeps the number of the rule before.
    const preview = page.getByRole("region", { name: r.preview });
    await preview.getByText(words.worth.stopped_body).waitFor();
    assert.equal(await total.count(), 0);
    assert.doesNotMatch((await page.locator(".rule-count").allInnerTexts()).join(), /\d/);
    await screenshot(page, `rule-stopped-${language}`);
    await page.evaluate(() => new BroadcastChannel("slow").postMessage(0));
    await preview.getByRole("button", { name: words.worth.go_on }).click();
    await total.waitFor();
    assert.equal(await preview.getByText(words.worth.stopped_body).count(), 0);
  });

  journey(`another currency leaves the amounts of rules (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    await fillDemo(page, language);
    await visit(page, "segments/own/new?name=K&rule=all(profit in 12340000..)");
    await page.getByRole("button", { name: words.common.save, exact: true }).click();
    const said = page.locator(".own-segment .rule-sentence").first();
    await said.filter({ hasText: /1,234/ }).waitFor();
    await visit(page, "settings");
    const currency = page.getByLabel(words.settings.currency, { exact: true });
    await currency.fill("JPY");
    await currency.press("Tab");
    await page.getByText(words.shell.done_saved.replace("{what}", words.settings.saved)).first().waitFor();
    await visit(page, "segments/own");
    await said.filter({ hasText: /1,234(?![,\d])/ }).waitFor();
    assert.doesNotMatch(await said.innerText(), /123,?400/);
  });
}
