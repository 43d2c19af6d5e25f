// A person's whole ways through the built app, in both languages.

import { join } from "node:path";
import { assert, browser, folder, host, journey, open } from "./harness.mjs";
import { LANGUAGES, facts, fillDemo, go, importFile, number, settled, visit } from "./person.mjs";
import { readCounts, seededOrders } from "./seeded.mjs";
import { pattern, texts } from "./texts.mjs";

for (const { language, locale } of LANGUAGES) {
  const t = texts(language);

  journey(`${language}: first run, demo shop, segments, and gone with one click`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    assert.equal(await page.locator("html").getAttribute("lang"), locale === "zh-CN" ? "zh-CN" : "en");
    await page.getByRole("heading", { name: t.today.welcome }).waitFor();
    await fillDemo(page, language);
    await go(page, language, "segments");
    for (const tab of ["value", "rfm", "tiers", "dormancy"]) {
      await page.getByRole("navigation", { name: t.segments.tabs }).getByRole("link", { name: t.segments[`tab_${tab}`] }).click();
      await settled(page);
      assert.equal(await page.locator("h1").innerText(), t.segments[`tab_${tab}`]);
      assert.match(await page.locator(".answer").first().innerText(), /\d/, "the page answers its question in words");
      assert.ok((await page.locator("svg, canvas, table").count()) > 0, "and in one picture");
    }
    // Every number opens the customers behind it.
    const asleep = page.locator("a.step").last();
    const [count] = (await asleep.locator("title").textContent()).match(/\d+/);
    await asleep.click();
    await page.waitForURL(/#\/customers\?/);
    await settled(page);
    await page.getByText(pattern(t.customers.answer_some)).waitFor();
    assert.ok((await page.locator(".answer").innerText()).includes(count), "the list holds as many as the picture said");

    await visit(page, "today");
    await page.getByRole("button", { name: t.today.demo_clear }).click();
    await page.getByRole("heading", { name: t.today.welcome }).waitFor();
  });

  journey(`${language}: a customer by hand: added, contacted, edited, taken back, still there after a restart`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    const dialog = page.getByRole("dialog");
    const save = dialog.getByRole("button", { name: t.common.save });
    await page.getByRole("link", { name: new RegExp(t.today.by_hand) }).click();
    await dialog.getByLabel(t.customers.name, { exact: true }).fill("Ada 李");
    await dialog.getByLabel(t.customers.phone, { exact: true }).fill("13800138000");
    await save.click();
    const title = page.getByRole("heading", { level: 1 });
    await page.getByRole("heading", { name: "Ada 李" }).waitFor();
    await page.getByLabel(t.customer.note_placeholder).fill("Likes oolong 喜欢乌龙");
    await page.getByRole("button", { name: t.customer.log, exact: true }).click();
    await page.getByText("Likes oolong 喜欢乌龙").last().waitFor();
    await page.getByRole("button", { name: t.common.edit, exact: true }).first().click();
    await dialog.getByLabel(t.customers.name, { exact: true }).fill("Ada Wu");
    await save.click();
    await page.getByRole("heading", { name: "Ada Wu" }).waitFor();
    const notice = page.locator(".toast", { hasText: "Ada Wu" });
    await notice.getByRole("button", { name: t.common.undo, exact: true }).click();
    await page.getByRole("heading", { name: "Ada 李" }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Ada 李" }).waitFor();
    assert.equal(await title.innerText(), "Ada 李");
    await page.getByText("Likes oolong 喜欢乌龙").last().waitFor();
    // Without an order today says nothing of rhythms, and leads to the import.
    await visit(page, "today");
    await page.getByText(t.today.answer_no_orders).waitFor();
    await page.getByRole("heading", { name: t.today.birthdays_title }).waitFor();
    assert.equal(await page.getByRole("heading", { name: t.today.drifting_title }).count(), 0);
    assert.equal(await page.getByRole("heading", { name: t.today.sleepers_title }).count(), 0);
    await page.getByRole("link", { name: t.shell.import_orders, exact: true }).click();
    await page.waitForURL(/#\/data\/import/);
  });

  journey(`${language}: an order file, its columns, its counts, its money`, async (t_) => {
    const server = await host(t_);
    const file = join(folder(t_), "orders.csv");
    await seededOrders(file, { customers: 150, lines: 2000 });
    const want = readCounts(file);
    const page = await open(await browser(t_, server, { locale }), server);
    const done = await importFile(page, language, file);
    assert.match(done, pattern(t.data.finished_answer));
    await visit(page, "data");
    const book = await facts(page);
    assert.equal(book[t.common.customers], number(language, want.customers));
    assert.equal(book[t.common.orders], number(language, want.orders));
    assert.equal(book[t.common.products], number(language, want.products));
    assert.equal(book[t.data.fact_lines], number(language, want.lines));
    assert.equal(book[t.data.fact_total].replace(/[^\d.]/g, ""), (want.minor / 100).toFixed(2));

    assert.equal(await importFile(page, language, file), "nothing", "the same file again changes nothing");
    await page.reload();
    await visit(page, "data");
    assert.deepEqual(await facts(page).then((f) => f[t.data.fact_lines]), number(language, want.lines));
  });
}

journey("the language changes at once, on every page, and stays", async (t) => {
  const server = await host(t);
  const page = await open(await browser(t, server, { locale: "en-GB" }), server);
  await fillDemo(page, "en");
  for (const [from, to] of [["en", "zh"], ["zh", "en"], ["en", "zh"]]) {
    await page.getByRole("button", { name: texts(from).shell.language_switch_label }).click();
    await page.getByRole("link", { name: texts(to).shell.segments, exact: true }).filter({ visible: true }).first().waitFor();
  }
  await page.reload();
  await page.getByRole("link", { name: texts("zh").shell.segments, exact: true }).filter({ visible: true }).first().waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-CN");
});
