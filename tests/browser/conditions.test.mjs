// Every column that the list can be narrowed by, each with one of its tests in turn: it can be said, counts, and goes away again.
// What each test means is proved in src/engine/query.

import { assert, browser, host, journey, open } from "./harness.mjs";
import { LANGUAGES, fillDemo, settled, visit } from "./person.mjs";
import { texts } from "./texts.mjs";

for (const { language, locale } of LANGUAGES) {
  const t = texts(language);

  journey(`${language}: the list is narrowed by every column`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    await fillDemo(page, language);
    await visit(page, "customers");
    const dialog = page.getByRole("dialog");
    const count = async () => Number((await page.locator(".answer", { hasText: /\d/ }).first().innerText()).match(/[\d,]+/)[0].replace(/,/g, ""));
    const all = await count();
    const begin = () => page.getByRole("button", { name: t.list.condition, exact: true }).click();
    await begin();
    const columns = (await dialog.getByRole("listitem").getByRole("button").allInnerTexts()).map((name) => name.trim());
    await page.keyboard.press("Escape");
    assert.ok(columns.length > 40, `${columns.length} columns`);
    const refused = [];
    for (const [turn, column] of columns.entries()) {
      await begin();
      await dialog.getByRole("searchbox").fill(column);
      await dialog.getByRole("button", { name: column, exact: true }).first().click();
      const choice = dialog.getByLabel(t.list.condition_test, { exact: true });
      // What was bought, and whether they moved, have questions of their own.
      if (await choice.count()) await choice.selectOption({ index: turn % (await choice.locator("option").count()) });
      const box = dialog.locator("input[type=checkbox]").first();
      if (await box.count()) await box.check();
      const days = ["2024-02-29", "2024-03-31"];
      for (const field of await dialog.locator("input:not([type=checkbox], [type=radio], [type=search])").all()) {
        await field.fill((await field.getAttribute("type")) === "date" ? (days.shift() ?? "2024-04-30") : "1");
      }
      await dialog.getByRole("button", { name: t.common.add, exact: true }).click();
      const chip = page.locator(".chip").first();
      const missing = dialog.getByText(t.errors.field_required).first();
      await missing.or(chip).waitFor();
      // A book without segments has none to belong to.
      if (await missing.isVisible()) {
        refused.push(column);
        await page.keyboard.press("Escape");
        continue;
      }
      await dialog.waitFor({ state: "hidden" });
      const words = await chip.innerText();
      await settled(page);
      const found = await count();
      assert.ok(found <= all, `${words}: ${found} of ${all}`);
      await chip.getByRole("button").last().click();
      await chip.waitFor({ state: "hidden" });
    }
    assert.ok(refused.length <= 1, `without an answer: ${refused}`);
  });
}
