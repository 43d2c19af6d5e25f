// Days to remember as a calendar file; the order of the list by keys; the currency of a file that names none.

import { readFileSync } from "node:fs";
import { DESKTOP, PHONE, assert, browser, host, journey, open, screenshot, violations } from "./harness.mjs";
import { LANGUAGES, fillDemo, form, newCustomer, overflow, settled, visit } from "./person.mjs";
import { filled, texts } from "./texts.mjs";

for (const { language, locale } of LANGUAGES) {
  journey(`birthdays and promises go into a calendar (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    await fillDemo(page, language);
    await newCustomer(page, words, "王小明; Ming, Jr");
    const { dialog, save } = form(page, words);
    await page.getByRole("button", { name: words.common.edit, exact: true }).first().click();
    await dialog.getByLabel(words.records.birthday, { exact: true }).fill("L--08-15");
    await save();
    await page.keyboard.press("Alt+p");
    await dialog.getByLabel(`${words.records.promise_what} *`).fill("Green tea");
    await dialog.getByLabel(words.records.due).fill("2031-03-01");
    await save();
    await visit(page, "today");
    const button = page.getByRole("button", { name: words.today.calendar });
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    assert.equal(download.suggestedFilename(), `${words.today.calendar_days}.ics`);
    const file = readFileSync(await download.path(), "utf8");
    const lines = file.split("\r\n");
    assert.ok(lines.every((line) => Buffer.byteLength(line) <= 75 && !line.includes("\n")));
    const unfolded = file.replaceAll("\r\n ", "");
    const name = "王小明\\; Ming\\, Jr";
    const said = (pattern) => filled(pattern, { name, what: "Green tea" });
    assert.equal(unfolded.split(`SUMMARY:${said(words.today.calendar_birthday)}\r\n`).length - 1, 10, "ten lunar years");
    const promise = unfolded.split("BEGIN:VEVENT").find((event) => event.includes(said(words.today.calendar_promise)));
    assert.match(promise, /DTSTART;VALUE=DATE:20310301/);
    assert.match(unfolded, /RRULE:FREQ=YEARLY/);
    const found = await violations(page, "today");
    await page.setViewportSize(PHONE);
    await visit(page, "settings");
    await visit(page, "today");
    await settled(page);
    found.push(...(await overflow(page, "today")));
    await page.setViewportSize(DESKTOP);

    // The order of the list by keys alone.
    await visit(page, "customers");
    await settled(page);
    await page.locator(".toolbar summary").filter({ hasText: words.customers.sort }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => location.hash.includes("sort=name"));
    found.push(...(await violations(page, "customers")));

    // A file that names no currency.
    const csv = "Order,Date,Customer,Product,Quantity,Price\n91,2024-01-01,A,Tea,1,250\n";
    await visit(page, "data/import");
    await page.locator("input[type=file]").setInputFiles({ name: "o.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await page.getByLabel(words.data.currency).selectOption("JPY");
    found.push(...(await violations(page, "mapping")));
    await screenshot(page, `currency-${language}`);
    await page.getByRole("button", { name: words.data.parse }).click();
    await page.getByText(words.data.report_money_hint).waitFor();
    await page.getByText(/250$/).first().waitFor();
    assert.deepEqual(found, []);
  });
}
