// Who is satisfied: an answer by hand and a file of answers, down to the true friends who are unhappy.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { assert, browser, folder, host, journey, open, screenshot } from "./harness.mjs";
import { LANGUAGES, fillDemo, go, settled, visit } from "./person.mjs";
import { pattern, texts } from "./texts.mjs";

/** The count of true friends who are unhappy, as the crossing says. */
async function unhappyFriends(page, language) {
  const t = texts(language);
  await visit(page, "satisfaction");
  const row = page.getByRole("table", { name: t.satisfaction.crossing }).getByRole("row").nth(1);
  return Number(await row.getByRole("cell").first().innerText());
}

/** Names of a list of customers with their numbers, by its filter. */
async function friends(page) {
  await visit(page, "customers?group=true-friend&mood=delighted");
  const row = page.locator(".vtable-rows [role=row]").first();
  await row.click();
  await page.keyboard.press("Enter");
  await page.locator("details.say").waitFor();
  return page.getByRole("heading", { level: 1 }).innerText();
}

for (const { language, locale } of LANGUAGES) {
  journey(`satisfaction by hand and by file (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const context = await browser(t, at, { locale });
    const page = await open(context, at);
    await fillDemo(page, language);
    const before = await unhappyFriends(page, language);
    await screenshot(page, `satisfaction-${language}`);

    // By hand: a true friend who was delighted is not any more.
    const name = await friends(page);
    await page.locator("details.say > summary").click();
    const choose = (scale, score) =>
      page.getByRole("group", { name: words.satisfaction[scale], exact: true }).getByRole("radio", { name: String(score), exact: true }).check();
    await choose("hoped", 9);
    await choose("got", 3);
    await choose("would_recommend", 0);
    await choose("how_satisfied", 1);
    await page.getByRole("textbox", { name: words.satisfaction.comment }).fill("<b>苦</b> & bitter");
    await page.getByRole("button", { name: words.satisfaction.save }).click();
    await page.getByText("<b>苦</b> & bitter").first().waitFor();
    const number = await page.locator("dl").getByText(/^M\d{4}$/).first().innerText();
    assert.equal(await unhappyFriends(page, language), before + 1, name);

    // By file: the same person is delighted again; wrong rows are listed, nothing is doubled the second time.
    const file = join(folder(t), "answers.csv");
    const head = language === "zh" ? "客户编号,评价时间,期望,体验,推荐意愿,满意度,评价" : "Customer ID,Date,Expectation,Experience,NPS,CSAT,Comment";
    // The browser's own day, later on it than what was typed.
    const day = await page.evaluate(() => [new Date().getFullYear(), new Date().getMonth() + 1, new Date().getDate()].map((n) => String(n).padStart(2, "0")).join("-"));
    writeFileSync(file, `${head}\n${number},${day} 23:59,5,9,10,5,好\n${number},${day},5,11,,,\nnobody-knows,${day},5,5,,,\n`);
    for (const again of [false, true]) {
      await visit(page, "data/import");
      const other = page.getByRole("button", { name: new RegExp(`^(${words.data.import_more}|${words.data.other_file})$`) });
      if (await other.count()) await other.first().click();
      await page.locator("input[type=file]").setInputFiles(file);
      await page.getByRole("heading", { name: words.data.mapping_title }).waitFor();
      const kind = page.getByLabel(words.data.target).locator("option:checked");
      assert.equal(await kind.innerText(), words.data.target_responses, "it is seen by the columns");
      await page.getByRole("button", { name: words.data.parse }).click();
      await page.getByText(words.data.reason_score).first().waitFor();
      await page.getByRole("button", { name: pattern(words.data.go_on_without) }).click();
      await page.getByText(pattern(words.data.left_out_title)).waitFor();
      if (again) {
        await page.getByText(words.data.staged_nothing).waitFor();
      } else {
        await page.getByRole("button", { name: words.data.commit, exact: true }).click();
        await page.getByRole("heading", { name: words.data.finished_title }).waitFor();
      }
    }
    assert.equal(await unhappyFriends(page, language), before, name);

    // The number opens its customers.
    await go(page, language, "customers");
    await visit(page, "customers?group=true-friend&mood=unhappy");
    await page.getByText(pattern(words.customers.answer_some)).waitFor();
    assert.match(await page.locator("p.answer").first().innerText(), new RegExp(`\\b${before}\\b`));
    await settled(page);
  });
}
