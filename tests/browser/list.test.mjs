// The list of customers: choosing many, changing them at once, taking that back; by mouse, key and finger.

import { readFileSync } from "node:fs";
import { PHONE, assert, browser, host, journey, open, screenshot, violations } from "./harness.mjs";
import { LANGUAGES, fillDemo, newCustomer, number, overflow, settled, visit } from "./person.mjs";
import { pattern, texts } from "./texts.mjs";

const rows = (page) => page.locator(".vtable-rows [role=row]");
const boxes = (page) => page.locator(".vtable-rows [role=checkbox]");

for (const { language, locale } of LANGUAGES) {
  const t = texts(language);
  const n = (text, count) => text.split("|").at(count === 1 ? 0 : -1).replace("{n}", number(language, count));

  journey(`${language}: many customers chosen by mouse and key, changed at once and taken back`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    await fillDemo(page, language);
    await visit(page, "customers");
    const bar = page.getByRole("group", { name: t.list.chosen_label });
    const chosen = async (count) => bar.getByText(n(t.list.chosen, count), { exact: true }).waitFor();
    const act = (name) => bar.getByRole("button", { name, exact: true }).click();
    const dialog = page.getByRole("dialog");
    const apply = () => dialog.getByRole("button", { name: pattern(t.list.apply) }).click();
    const total = Number((await page.locator(".answer b").first().innerText()).replace(/\D/g, ""));

    // By mouse: one, a range, one less.
    await boxes(page).nth(1).click();
    await boxes(page).nth(4).click({ modifiers: ["Shift"] });
    await chosen(4);
    await rows(page).nth(2).click({ modifiers: ["ControlOrMeta"] });
    await chosen(3);
    assert.equal(await rows(page).nth(2).getAttribute("aria-selected"), "false");
    // By key: none, two from here, and back to one.
    await page.keyboard.press("Escape");
    await bar.waitFor({ state: "hidden" });
    await rows(page).nth(0).click();
    await page.keyboard.press("j");
    await page.keyboard.press("Space");
    await chosen(1);
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await chosen(3);
    await page.keyboard.press("Shift+ArrowUp");
    await chosen(2);
    assert.equal(await page.getByRole("grid").getAttribute("aria-activedescendant"), "row-2");

    // An owner and tags; who is chosen stays chosen.
    await act(t.list.assign);
    await dialog.getByLabel(t.records.owner, { exact: true }).fill("李雷 Ray");
    await apply();
    await page.getByText(n(t.list.done_changed, 2)).first().waitFor();
    await chosen(2);
    await act(t.list.change);
    await dialog.getByLabel(t.list.field, { exact: true }).selectOption("birthday");
    await dialog.getByLabel(t.records.birthday, { exact: true }).fill("31/02/1990");
    await apply();
    await dialog.getByText(t.errors.field_not_a_date).waitFor();
    await page.keyboard.press("Escape");

    // All that match, but for one: tagged, found by the tag, taken back as one.
    await page.getByRole("grid").focus();
    await page.keyboard.press("ControlOrMeta+a");
    await chosen(total);
    await boxes(page).nth(0).click();
    await chosen(total - 1);
    await act(t.list.tag);
    await dialog.getByLabel(t.list.tag_add, { exact: true }).fill("spring 春");
    await screenshot(page, `bulk-tags-${language}`);
    await apply();
    const said = page.locator(".toast", { hasText: n(t.list.done_changed, total - 1) });
    await said.waitFor();
    await visit(page, `customers?tag=${encodeURIComponent("spring 春")}`);
    await page.locator(".answer", { hasText: number(language, total - 1) }).waitFor();
    await visit(page, "data/history");
    await page.locator(".journal li").first().getByText(number(language, total - 1)).first().waitFor();
    await visit(page, `customers?tag=${encodeURIComponent("spring 春")}`);
    await said.getByRole("button", { name: t.common.undo }).click();
    await page.getByText(t.customers.no_match_title).waitFor();

    // Those chosen as a file, and to the trash and back.
    await visit(page, "customers");
    await boxes(page).nth(0).click();
    await boxes(page).nth(1).click();
    await bar.locator("summary").click();
    const download = page.waitForEvent("download");
    await bar.getByRole("button", { name: t.customers.export_csv }).click();
    const lines = readFileSync(await (await download).path(), "utf8").trim().split("\n");
    assert.equal(lines.length, 3);
    assert.ok(lines[1].includes(await rows(page).nth(0).locator(".c-name b").innerText()));
    assert.deepEqual(await violations(page, "customers, chosen"), []);
    await screenshot(page, `bulk-${language}`);
    await act(t.list.trash);
    await page.locator(".answer", { hasText: number(language, total - 2) }).waitFor();
    await bar.waitFor({ state: "hidden" });
    await page.locator(".toast", { hasText: n(t.list.done_trashed, 2) }).getByRole("button", { name: t.common.undo }).click();
    await page.locator(".answer", { hasText: number(language, total) }).waitFor();
  });

  journey(`${language}: columns chosen, moved and widened by mouse and key, sorted by, remembered and taken out`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale, viewport: { width: 1440, height: 900 } }), server);
    await fillDemo(page, language);
    await visit(page, "customers");
    const heads = async () => (await page.getByRole("columnheader").allInnerTexts()).map((text) => text.replace(/[↑↓\s]+$/, "").trim()).filter(Boolean);
    const usual = await heads();
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: t.list.columns, exact: true }).click();
    await dialog.getByLabel(t.records.phone, { exact: true }).check();
    await dialog.getByLabel(t.list.last_contact, { exact: true }).check();
    await dialog.getByLabel(t.common.rfm, { exact: true }).uncheck();
    // By key: to the front, step by step, and wider.
    const up = dialog.getByRole("button", { name: t.list.column_up.replace("{name}", t.records.phone) });
    await up.focus();
    for (let left = 20; left && (await up.isEnabled()); left -= 1) {
      await page.keyboard.press("Enter");
      await page.waitForTimeout(60);
    }
    const wide = dialog.getByLabel(t.list.column_width.replace("{name}", t.records.phone), { exact: true });
    await wide.focus();
    await page.keyboard.press("ArrowRight");
    assert.deepEqual(await violations(page, "columns"), []);
    await screenshot(page, `columns-${language}`);
    await page.keyboard.press("Escape");
    assert.equal((await heads())[1], t.records.phone);
    // By mouse: wider by the edge, and to another place.
    const head = (name) => page.getByRole("columnheader").filter({ hasText: name });
    const before = (await head(t.records.phone).boundingBox()).width;
    const edge = await head(t.records.phone).locator(".grip").boundingBox();
    await page.mouse.move(edge.x + 4, edge.y + 10);
    await page.mouse.down();
    await page.mouse.move(edge.x + 64, edge.y + 10, { steps: 4 });
    await page.mouse.up();
    assert.ok((await head(t.records.phone).boundingBox()).width > before + 50);
    await head(t.list.last_contact).dragTo(head(t.common.tier));
    assert.deepEqual((await heads()).slice(0, 4), [usual[0], t.records.phone, t.list.last_contact, t.common.tier]);
    // Sorted by it, both ways.
    await head(t.list.last_contact).getByRole("button").click();
    await page.waitForURL(/sort=-contact/);
    await head(t.list.last_contact).getByRole("button").click();
    await page.waitForURL(/sort=contact/);
    await settled(page);
    assert.equal(await head(t.list.last_contact).getAttribute("aria-sort"), "ascending");

    // As shown, after a restart too.
    await page.reload();
    await settled(page);
    const now = await heads();
    await page.locator(".page-actions summary").click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: t.list.export_csv }).click();
    const text = readFileSync(await (await download).path(), "utf8").replace("\ufeff", "");
    assert.equal(text.split(/\r?\n/)[0], now.join(","));
    assert.match(text.split(/\r?\n/)[1], /\d{4}-\d{2}-\d{2}/);
    await page.getByRole("button", { name: t.list.columns, exact: true }).click();
    await dialog.getByRole("button", { name: t.list.columns_usual }).click();
    await page.keyboard.press("Escape");
    assert.deepEqual(await heads(), usual);
  });

  journey(`${language}: conditions on columns together, and the list saved as a view, renamed, deleted, taken back`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    await fillDemo(page, language);
    await visit(page, "customers");
    const dialog = page.getByRole("dialog");
    const field = (label) => dialog.getByLabel(label, { exact: true });
    const count = async () => {
      const answer = page.locator(".answer", { hasText: /\d/ }).first();
      return Number((await answer.innerText()).match(/[\d,]+/)[0].replace(/,/g, ""));
    };
    const all = await count();
    const add = async (column, op, fill) => {
      await page.getByRole("button", { name: t.list.condition, exact: true }).click();
      await dialog.getByRole("searchbox").fill(column);
      await dialog.getByRole("button", { name: column, exact: true }).click();
      await field(t.list.condition_test).selectOption({ label: op });
      await fill?.();
      await dialog.getByRole("button", { name: t.common.add, exact: true }).click();
    };
    await add(t.common.purchases, t.list.op_between, async () => {
      await field(t.list.condition_from).fill("many");
      await dialog.getByRole("button", { name: t.common.add, exact: true }).click();
      await dialog.getByText(t.errors.field_not_a_number).waitFor();
      await field(t.list.condition_from).fill("5");
    });
    await dialog.waitFor({ state: "hidden" });
    await page.locator(".chip", { hasText: "≥ 5" }).waitFor();
    await settled(page);
    const some = await count();
    assert.ok(some > 0 && some < all);
    await add(t.common.dormancy, t.list.op_is, async () => {
      await field(t.common.awake).check();
      await field(t.common.dozing).check();
      assert.deepEqual(await violations(page, "condition"), []);
      await screenshot(page, `condition-${language}`);
    });
    await page.waitForURL(/where=.*where=/);
    await settled(page);
    const fewer = await count();
    assert.ok(fewer > 0 && fewer < some);

    // Saved by a name; found again from the whole list.
    const views = () => page.getByRole("button", { name: t.list.views, exact: true }).click();
    await views();
    await field(t.list.view_name).fill("熟客 Regulars");
    await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
    await dialog.getByRole("button", { name: "熟客 Regulars", exact: true }).waitFor();
    await screenshot(page, `views-${language}`);
    await page.keyboard.press("Escape");
    for (let left = 2; left; left -= 1) await page.locator(".chip button").first().click();
    await page.locator(".answer", { hasText: number(language, all) }).waitFor();
    await views();
    await dialog.getByRole("button", { name: t.list.view_rename.replace("{name}", "熟客 Regulars") }).click();
    await field(t.list.view_new_name).fill("常客");
    await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
    await dialog.getByRole("button", { name: "常客", exact: true }).click();
    await page.locator(".answer", { hasText: number(language, fewer) }).waitFor();
    assert.equal(await page.locator(".chip").count(), 2);
    await views();
    await dialog.getByRole("button", { name: t.list.view_delete.replace("{name}", "常客") }).click();
    await dialog.getByRole("button", { name: "常客", exact: true }).waitFor({ state: "hidden" });
    await page.keyboard.press("Escape");
    await page.locator(".toast", { hasText: t.list.view_deleted.replace("{name}", "常客") }).getByRole("button", { name: t.common.undo }).click();
    await views();
    await dialog.getByRole("button", { name: "常客", exact: true }).waitFor();
  });

  journey(`${language}: many chosen on a phone`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale, viewport: PHONE, hasTouch: true, isMobile: true }), server);
    await fillDemo(page, language);
    await visit(page, "customers");
    await boxes(page).nth(0).tap();
    await boxes(page).nth(2).tap();
    const bar = page.getByRole("group", { name: t.list.chosen_label });
    await bar.getByRole("button", { name: pattern(t.list.choose_rest) }).tap();
    await bar.getByRole("button", { name: t.list.change, exact: true }).tap();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t.records.stage, { exact: true }).selectOption("growing");
    await dialog.getByRole("button", { name: pattern(t.list.apply) }).tap();
    await page.getByText(pattern(t.list.done_changed)).first().waitFor();
    await settled(page);
    assert.deepEqual([...(await overflow(page, "customers")), ...(await violations(page, "customers"))], []);
    await screenshot(page, `bulk-phone-${language}`);
    // A tap beside the box opens the customer.
    await rows(page).nth(1).locator(".c-name").tap();
    await page.locator("h1").first().waitFor();
    assert.match(page.url(), /customers\/[0-9a-f-]{36}/);
  });
}

journey("the day on which a customer was added is that of the clock on the wall, from the first question on", async (t) => {
  // One of the two has another day than UTC at every hour.
  const timezoneId = new Date().getUTCHours() < 11 ? "Pacific/Pago_Pago" : "Pacific/Kiritimati";
  const server = await host(t);
  const page = await open(await browser(t, server, { timezoneId }), server);
  await newCustomer(page, texts("en"), "Ada Lovelace");
  const today = await page.evaluate(() => {
    const now = new Date();
    return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 86_400_000;
  });
  assert.notEqual(today, Math.floor(Date.now() / 86_400_000));
  await visit(page, `customers?where=${encodeURIComponent(`added in ${today}..${today}`)}`);
  await page.reload();
  await page.locator(".vrow .c-name", { hasText: "Ada Lovelace" }).waitFor();
});
