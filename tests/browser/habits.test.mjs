// Loyalty by a forecast, chosen and taken back; habits by category that broke, with evidence, and what they may mean only with consent.

import { PHONE, assert, browser, host, journey, open, screenshot, violations } from "./harness.mjs";
import { LANGUAGES, fillDemo, overflow, settled, visit } from "./person.mjs";
import { pattern, texts } from "./texts.mjs";

for (const { language, locale } of LANGUAGES) {
  const words = texts(language);

  journey(`loyalty by a forecast that somebody chose (${language})`, async (t) => {
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    await fillDemo(page, language);
    await visit(page, "segments/value");
    await page.getByText(words.worth.loyalty_score).waitFor();
    const before = await page.locator(".quarters").innerText();
    await visit(page, "segments/worth");
    await page.getByRole("button", { name: words.worth.loyalty_use }).click();
    await page.getByText(pattern(words.worth.loyalty_model)).first().waitFor();
    await page.getByRole("button", { name: words.worth.loyalty_use }).waitFor({ state: "hidden" });
    await visit(page, "segments/value");
    await page.getByText(pattern(words.worth.loyalty_model)).waitFor();
    await page.waitForFunction((was) => document.querySelector(".quarters")?.innerText !== was, before);
    await screenshot(page, `loyalty-model-${language}`);
    assert.deepEqual(await violations(page, "value"), []);
    // How it is computed leads to its group of the settings, which say so too.
    await page.locator(".chart .popover summary").first().click();
    await page.getByRole("link", { name: words.segments.how_settings }).click();
    await page.waitForURL(/#\/settings\/kotler$/);
    await page.waitForFunction((group) => document.activeElement.textContent === group, words.settings.group_kotler);
    await page.getByText(pattern(words.worth.loyalty_model)).waitFor();
    // A button that leaves by being pressed leaves the keyboard beside it.
    const line = page.locator(".setting", { has: page.getByLabel(words.settings.profit_cut, { exact: true }) });
    await line.getByRole("textbox").fill("5");
    await line.getByRole("textbox").press("Enter");
    await line.getByRole("button").press("Enter");
    await line.getByRole("button").waitFor({ state: "hidden" });
    await page.waitForFunction(() => document.activeElement.matches(".setting input"));
    // The choice is taken back where it was made.
    await visit(page, "segments/worth");
    await page.getByRole("button", { name: words.worth.loyalty_back }).press("Enter");
    await page.getByText(words.worth.loyalty_score).waitFor();
    await page.waitForFunction(() => document.activeElement !== document.body);
    await visit(page, "segments/value");
    await page.waitForFunction((was) => document.querySelector(".quarters")?.innerText === was, before);
  });

  journey(`habits that broke (${language})`, async (t) => {
    const at = await host(t);
    const page = await open(await browser(t, at, { locale, viewport: PHONE }), at);
    await fillDemo(page, language);
    await visit(page, "segments/dormancy");
    const section = page.getByRole("region", { name: words.cadence.title });
    await section.getByText(pattern(words.cadence.answer)).waitFor();
    await section.getByText(pattern(words.cadence.evidence)).first().waitFor();
    await section.getByText(pattern(words.cadence.last)).first().waitFor();
    await section.scrollIntoViewIfNeeded();
    await screenshot(page, `habits-${language}`);
    assert.deepEqual([...(await overflow(page, "habits")), ...(await violations(page, "habits"))], []);

    // What it may mean: written in Settings, shown to nobody who did not agree.
    const first = section.getByRole("rowheader").first();
    const [, category] = (await first.getByRole("link").innerText()).split(" · ");
    await visit(page, "settings");
    const hints = page.getByLabel(words.cadence.hints_label);
    await hints.fill("?");
    await page.getByText(words.cadence.hints_wrong.replace("{line}", "1")).waitFor();
    await hints.fill(`${category}: ★ moved house`);
    await page.getByRole("button", { name: words.common.save, exact: true }).click();
    await page.getByText(words.shell.done_saved.replace("{what}", words.settings.saved)).first().waitFor();
    await visit(page, "segments/dormancy");
    await section.getByText(pattern(words.cadence.last)).first().waitFor();
    assert.equal(await section.getByText("★").count(), 0);

    // The customer's page has all of their habits.
    await first.getByRole("link").click();
    await settled(page);
    const panel = page.getByRole("region", { name: words.cadence.panel });
    await panel.getByText(pattern(words.cadence.evidence)).first().waitFor();
    await panel.scrollIntoViewIfNeeded();
    await screenshot(page, `habits-customer-${language}`);
  });
}
