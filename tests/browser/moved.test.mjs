// What moved since last time: the sentence, the bands and the list open the same customers; periods and what is compared stand in the
// address; the figures as a table and as files.

import { readFileSync } from "node:fs";
import { PHONE, assert, browser, host, journey, mounted, open, screenshot, violations } from "./harness.mjs";
import { LANGUAGES, fillDemo, go, overflow, settled, visit } from "./person.mjs";
import { pattern, texts } from "./texts.mjs";

const number = (text) => Number(text.replace(/\D/g, ""));

/** How many customers the list that is open has. */
async function listed(page, words) {
  const sentence = page.getByText(pattern(words.customers.answer_some)).first();
  await sentence.waitFor();
  return number(await sentence.innerText());
}

for (const { language, locale } of LANGUAGES) {
  journey(`what moved since last time (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    await fillDemo(page, language);
    await visit(page, "segments/moved");
    await page.getByRole("heading", { level: 1, name: words.moved.title }).waitFor();

    // The sentence opens as many as it says.
    const answer = page.locator("p.answer");
    const costly = answer.getByRole("link").first();
    const people = number(await costly.innerText());
    assert.ok(people > 0);
    await costly.click();
    await settled(page);
    assert.equal(await listed(page, words), people);
    await page.getByRole("button", { name: new RegExp(words.customers.remove_filter) }).waitFor();
    await page.goBack();
    await settled(page);

    // A band, by keyboard; its own words say how many.
    await page.getByRole("button", { name: words.moved.by_dormancy }).click();
    await page.getByRole("button", { name: words.moved.since_year }).click();
    await page.waitForURL(/since=year&by=dormancy/);
    await settled(page);
    const band = page.locator("a.flow.moves").first();
    const said = await band.locator("title").textContent();
    const count = number(said.split(/[:：]/)[1].split(/[,，]/)[0]);
    await band.focus();
    await page.keyboard.press("Enter");
    await settled(page);
    assert.equal(await listed(page, words), count, said);
    await page.goBack();
    await settled(page);
    assert.equal(await page.getByRole("button", { name: words.moved.by_dormancy }).getAttribute("aria-pressed"), "true");

    // The same as a table, and as files.
    const chart = page.getByRole("figure").first();
    const download = async (name) => {
      const [file] = await Promise.all([page.waitForEvent("download"), chart.getByRole("button", { name }).click()]);
      return readFileSync(await file.path());
    };
    assert.ok((await download("PNG")).length > 5_000);
    const csv = (await download("CSV")).toString();
    const [head, ...rows] = csv.trim().split(/\r?\n/);
    assert.equal(head.replace("\ufeff", "").split(",")[0], words.moved.from);
    assert.ok(rows.length > 3);
    await chart.getByRole("button", { name: words.common.as_table }).click();
    assert.equal(await chart.getByRole("table").first().getByRole("row").count(), rows.length + 1);
  });

  journey(`what moved, on a phone (${language})`, async (t) => {
    const at = await host(t);
    const page = await open(await browser(t, at, { locale, viewport: PHONE }), at);
    await fillDemo(page, language);
    for (const by of ["group", "tier", "dormancy"]) {
      await visit(page, `segments/moved?since=year&by=${by}`);
      assert.deepEqual(await overflow(page, by), []);
      assert.deepEqual(await violations(page, by), []);
      await screenshot(page, `moved-phone-${by}-${language}`);
    }
  });
}

for (const { language, locale } of LANGUAGES) {
  journey(`arrows of drift and an area of the map (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    await fillDemo(page, language);
    await visit(page, "segments/value");
    const map = page.locator(".kotler-map");

    // Arrows: none at first, then of the biggest movers, then of one group.
    const heads = async () => ((await map.locator(".drift .heads").getAttribute("d")) ?? "").split("z").length - 1;
    assert.equal(await heads(), 0);
    const drift = page.getByLabel(words.moved.drift);
    // That nobody moved is never said while it is being worked out.
    await page.evaluate(() => {
      const said = (globalThis.said = []);
      new MutationObserver(() => said.push(document.querySelector(".map-tools + [role=status]").textContent.trim())).observe(
        document.querySelector(".map-tools + [role=status]"),
        { childList: true, characterData: true, subtree: true },
      );
    });
    await drift.selectOption({ label: words.moved.drift_all });
    await page.getByText(pattern(words.moved.drift_some)).waitFor();
    const all = await heads();
    assert.ok(all > 5, `${all} arrows`);
    assert.ok(!(await page.evaluate(() => globalThis.said)).includes(words.moved.drift_none));
    await screenshot(page, `drift-${language}`);
    const people = number(await page.locator(".map-tools + [role=status]").textContent());
    assert.ok(people >= all, `${people} arrows said, ${all} drawn`);
    // The table names those whom the arrows show.
    const chart = page.getByRole("figure").first();
    await chart.getByRole("button", { name: words.common.as_table }).click();
    const table = chart.getByRole("table").first();
    assert.equal(await table.getByRole("row").count(), people + 1);
    assert.match(await table.getByRole("row").nth(1).innerText(), /\p{L}.*%.*%/su);
    await screenshot(page, `drift-table-${language}`);
    await chart.getByRole("button", { name: words.common.as_picture }).click();
    await drift.selectOption({ label: words.common.butterflies });
    await page.waitForFunction((n) => (document.querySelector(".drift .heads").getAttribute("d") ?? "").split("z").length - 1 !== n, all);
    await drift.selectOption({ label: words.moved.drift_off });
    await page.waitForFunction(() => !document.querySelector(".drift .heads").getAttribute("d"));

    // A rectangle by mouse; the list holds as many as it says.
    await page.getByRole("button", { name: words.moved.area }).click();
    const box = await map.locator(".area-ground").boundingBox();
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.98, box.y + box.height * 0.8, { steps: 5 });
    await page.mouse.up();
    const region = page.getByRole("region", { name: words.moved.area });
    const said = region.getByText(pattern(words.moved.area_holds));
    await said.waitFor();
    const held = number((await said.innerText()).split(/[，,]/)[0].replace(/inside.*/, ""));
    assert.ok(held > 0);
    await screenshot(page, `area-${language}`);

    // Its bounds by keyboard: all of the loyalty holds at least as many.
    const from = region.getByLabel(words.moved.loyalty_from);
    await from.fill("0");
    await from.press("Tab");
    await page.waitForFunction(() => document.querySelector(".area-picked")?.getAttribute("width") > 100);
    const more = number((await said.innerText()).split(/[，,]/)[0].replace(/inside.*/, ""));
    assert.ok(more >= held);
    assert.deepEqual(await violations(page, "area"), []);
    await region.getByRole("link", { name: words.moved.area_open }).click();
    await settled(page);
    assert.equal(await listed(page, words), more);
  });

  journey(`the advice for a group chooses those whom it concerns (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    await fillDemo(page, language);
    await visit(page, "segments/value");
    await page.getByRole("button", { name: words.segments.whom_butterfly }).click();
    const people = await listed(page, words);
    assert.ok(people > 0);
    const bar = page.getByRole("group", { name: words.list.chosen_label });
    const chosen = bar.getByRole("status");
    await chosen.waitFor();
    assert.equal(number(await chosen.innerText()), people);
    // Another list is another choice.
    await visit(page, "customers");
    await bar.waitFor({ state: "detached" });
    await visit(page, "segments/value");
    await visit(page, "customers");
    await settled(page);
    assert.equal(await bar.count(), 0);
  });

  journey(`how many stood where, month by month (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    await fillDemo(page, language);
    await visit(page, "segments/moved");
    const card = page.locator("section.equity");
    const chart = card.getByRole("figure");
    const months = chart.getByRole("link");
    await months.nth(12).waitFor();
    const said = chart.locator("p.remark");
    const friends = await said.innerText();
    assert.ok(friends.startsWith(words.common.true_friends), friends);
    await card.getByLabel(words.moved.mix_of).selectOption({ label: words.common.strangers });
    await said.filter({ hasText: words.common.strangers }).waitFor();
    assert.deepEqual(await violations(page, "months"), []);
    await screenshot(page, `months-${language}`);

    // Of every month all places are in the table, and add up.
    await chart.getByRole("button", { name: words.common.as_table }).click();
    const rows = chart.getByRole("row");
    assert.equal(await rows.count(), 14);
    for (const n of [1, 13]) {
      const cells = (await rows.nth(n).getByRole("cell").allInnerTexts()).map(number);
      const counts = cells.slice(-9, -4);
      assert.equal(counts[0], counts.slice(1).reduce((a, b) => a + b), cells.join(" "));
    }
    await chart.getByRole("button", { name: words.common.as_picture }).click();

    // A month opens its customers, as of that day.
    const label = await months.nth(3).locator(".bar-words").textContent();
    await months.nth(3).click();
    await settled(page);
    const n = number(label.split(/[（(]/)[0]);
    assert.equal(await listed(page, words), n);

    // Its address says the day: the same list after a reload and in another tab, though the page itself is of today again.
    await page.reload();
    await mounted(page);
    await settled(page);
    assert.equal(await listed(page, words), n);
    // A plain link keeps the day, and its address says so too.
    await go(page, language, "segments");
    assert.match(page.url(), /#\/segments.*day=\d{4}-\d\d-\d\d$/);
    assert.equal(await page.locator(".as-of.chosen").count(), 1);
    await page.goBack();
    await settled(page);
    await page.goBack();
    await months.nth(12).waitFor();
    assert.equal(await page.locator(".as-of.chosen").count(), 0);
    await card.getByLabel(words.moved.mix_of).selectOption({ label: words.common.strangers });
    await said.filter({ hasText: words.common.strangers }).waitFor();
    const other = await open(page.context(), at, await months.nth(3).getAttribute("href"));
    await settled(other);
    assert.equal(await listed(other, words), n);
    assert.equal(await other.locator(".as-of.chosen").count(), 1);
  });
}
