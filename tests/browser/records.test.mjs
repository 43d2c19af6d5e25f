// Records beyond orders: people, promises, cases, by the one form for all; what is typed badly, closed by mistake, reloaded.

import { assert, PHONE, browser, host, journey, open, screenshot } from "./harness.mjs";
import { LANGUAGES, fillDemo, newCustomer, overflow, settled, visit } from "./person.mjs";
import { texts } from "./texts.mjs";

const EVIL = "<img src=x onerror=alert(1)> & 王 🍵";

/** The kind in the title of its form. */
const formOf = (t, kind, pattern = "form_new") => t.records[pattern].replace("{what}", t.records[`kind_${kind}`].toLowerCase());

for (const { language, locale } of LANGUAGES) {
  const t = texts(language);
  const r = t.records;

  journey(`${language}: everything that happens with a customer, by button and key, mended and taken back`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    await newCustomer(page, t, "Ada 李");
    const quick = page.getByRole("group", { name: r.quick });
    const dialog = page.getByRole("dialog");
    const save = dialog.getByRole("button", { name: t.common.save, exact: true });
    const field = (label) => dialog.getByLabel(label, { exact: true });

    // A promise: refused while empty, the word at its field, then saved.
    await quick.getByRole("button", { name: r.kind_promise }).click();
    await dialog.getByRole("heading", { name: formOf(t, "promise") }).waitFor();
    await save.click();
    await dialog.getByText(t.errors.field_required).waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute("aria-invalid") === "true");
    await field(`${r.promise_what} *`).fill(EVIL);
    await field(r.due).fill("2030-03-01");
    await save.click();
    await page.locator(".event.promise", { hasText: EVIL }).waitFor();
    assert.equal(await page.locator(".event.promise", { hasText: r.state_open }).count(), 1);

    // A case by key; what was typed survives Escape and a reload.
    await page.locator("h1").click();
    await page.keyboard.press("Alt+c");
    await dialog.getByRole("heading", { name: formOf(t, "case") }).waitFor();
    await field(`${r.case_kind} *`).selectOption("unmet");
    await field(`${r.case_what} *`).fill("Green tea in tins");
    await page.keyboard.press("Escape");
    await page.reload();
    await settled(page);
    await quick.getByRole("button", { name: r.kind_case }).click();
    await dialog.getByText(t.customers.draft_restored).waitFor();
    assert.equal(await field(`${r.case_what} *`).inputValue(), "Green tea in tins");
    await field(r.worth_e4).fill("much");
    await save.click();
    await dialog.getByText(t.errors.field_not_a_number).waitFor();
    await field(r.worth_e4).fill("1,250.50");
    await save.click();
    const unmet = page.locator(".event.case", { hasText: "Green tea in tins" });
    await unmet.waitFor();
    assert.match(await unmet.innerText(), /1,250\.50/);
    await unmet.getByRole("button", { name: formOf(t, "case", "form_edit") }).click();
    await field(r.status).selectOption("closed");
    await field(r.closed).fill("2001-01-01T10:00");
    await save.click();
    await dialog.getByText(t.errors.field_out_of_range).waitFor();
    await field(r.closed).fill("");
    await save.click();
    await unmet.getByText(r.status_closed).waitFor();

    // Someone there, with a lunar birthday; then the customer's own consent and factors.
    await quick.getByRole("button", { name: r.kind_contact }).click();
    await field(`${r.contact_name} *`).fill("Zoë 王");
    await field(r.phone).fill("call me");
    await field(r.birthday).fill("农历闰四月初十 1999");
    await save.click();
    await dialog.getByText(t.errors.field_not_a_phone).waitFor();
    await dialog.getByText(t.errors.field_not_a_date).waitFor();
    await field(r.phone).fill("+86 138 0013 8000");
    await field(r.birthday).fill("农历八月十五");
    await dialog.getByText(language === "zh" ? "八月十五" : "month 8, day 15").first().waitFor();
    await save.click();
    await page.locator(".contact-row", { hasText: "Zoë 王" }).getByRole("link", { name: "+86 138 0013 8000" }).waitFor();
    await page.getByRole("button", { name: t.common.edit, exact: true }).first().click();
    await dialog.getByText(r.part_consent, { exact: true }).click();
    await field(r.consent_phone).selectOption("no");
    await dialog.getByText(r.part_factors, { exact: true }).click();
    await field(r.social).fill(EVIL);
    await save.click();
    await page.locator("dd.refused", { hasText: r.form_no }).waitFor();
    await page.locator(".profile dd", { hasText: EVIL }).waitFor();

    // The timeline narrowed to one kind, and wide again; all of it is there after a reload.
    await page.getByRole("group", { name: r.quick_shown }).getByRole("button", { name: r.kind_promise }).click();
    await unmet.waitFor({ state: "detached" });
    await page.reload();
    await settled(page);
    await unmet.waitFor();
    await page.locator(".event.promise", { hasText: EVIL }).waitFor();
    await screenshot(page, `records-${language}`);

    // To the trash from its form, and back.
    await unmet.getByRole("button").click();
    await dialog.getByRole("button", { name: t.common.delete, exact: true }).click();
    await unmet.waitFor({ state: "detached" });
    await page.getByRole("button", { name: t.common.undo, exact: true }).last().click();
    await unmet.waitFor();

    await page.setViewportSize(PHONE);
    assert.deepEqual(await overflow(page, "customer"), []);
    await quick.getByRole("button", { name: r.kind_case }).click();
    assert.deepEqual(await overflow(page, "form"), []);
    await screenshot(page, `records-form-phone-${language}`);
  });

  journey(`${language}: a must-have that is met counts among the signs of loyalty`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    await fillDemo(page, language);
    const tile = page.getByRole("list", { name: t.retention.tiles }).getByRole("link", { name: t.retention.tile_need_met });
    const rests = (part, of) => t.retention.tile_of.replace("{part}", part).replace("{of}", of);
    await visit(page, "insights/stay");
    const [one, other] = (await tile.locator(".tile-rests").innerText()).match(/\d+/g).map(Number);
    const [part, of] = [Math.min(one, other), Math.max(one, other)];
    await newCustomer(page, t, "Ada 李");
    const dialog = page.getByRole("dialog");
    const field = (label) => dialog.getByLabel(label, { exact: true });
    for (const [what, met] of [["Leaves that open slowly", true], ["Delivered by six", false]]) {
      await page.locator("h1").click();
      await page.keyboard.press("Alt+n");
      await dialog.getByRole("heading", { name: formOf(t, "need") }).waitFor();
      await field(`${r.need_what} *`).fill(what);
      if (met) await field(r.met).selectOption({ label: r.form_yes });
      await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
      await page.locator(".event.need", { hasText: what }).waitFor();
    }
    await screenshot(page, `needs-${language}`);
    await visit(page, "insights/stay");
    await tile.getByText(rests(part + 1, of + 2), { exact: true }).waitFor();
    await tile.click();
    await settled(page);
    await page.getByRole("searchbox", { name: t.customers.search }).fill("Ada");
    await page.locator(".vrow .c-name", { hasText: "Ada 李" }).waitFor();
  });
}
