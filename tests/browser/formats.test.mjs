// Files of other programs: workbooks in, in both languages, the bad ones too.

import { join } from "node:path";
import { ROOT, assert, browser, host, journey, open, screenshot } from "./harness.mjs";
import { LANGUAGES, importFile, visit } from "./person.mjs";
import { pattern, texts } from "./texts.mjs";

const fixture = (name) => join(ROOT, "tests", "fixtures", name);

for (const { language, locale } of LANGUAGES) {
  journey(`workbooks (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const context = await browser(t, at, { locale });
    const page = await open(context, at);

    // What cannot be read says why, and nothing is changed.
    await visit(page, "data/import");
    for (const [file, why] of [["locked.xlsx", words.data.file_password], ["bomb.xlsx", words.data.file_inflates]]) {
      await page.locator("input[type=file]").setInputFiles(fixture(file));
      await page.getByText(pattern(why)).waitFor();
    }
    await page.locator("input[type=file]").setInputFiles({ name: "cut.xlsx", mimeType: "", buffer: Buffer.from("PK\x03\x04 cut off") });
    await page.getByText(pattern(words.data.file_broken)).waitFor();

    // Macros are told of and left alone.
    await page.locator("input[type=file]").setInputFiles(fixture("macro.xlsm"));
    await page.getByText(words.data.warn_macros).waitFor();
    await page.getByRole("button", { name: words.data.other_file }).click();

    // Titles above the header, merged cells, an error of a formula and a day that does not exist.
    const done = await importFile(page, language, fixture("orders.xlsx"), {
      onRead: async () => {
        const six = pattern(words.data.row_sentence.replace("{row}", "6")).source;
        await page.getByText(new RegExp(six)).filter({ hasText: "#N/A" }).waitFor();
        await page.getByText(/2011-02-30/).waitFor();
        await screenshot(page, `workbook-report-${language}`);
      },
    });
    assert.match(done, /orders\.xlsx/);
    assert.equal(await importFile(page, language, fixture("orders.xlsx")), "nothing", "the same file again changes nothing");

    // Another sheet of it.
    await page.getByRole("button", { name: words.data.other_file }).click();
    await page.locator("input[type=file]").setInputFiles(fixture("orders.xlsx"));
    await page.getByLabel(words.data.sheet).selectOption("Ladder");
    await page.locator(".preview").getByText("L-1").waitFor();
    await screenshot(page, `workbook-sheet-${language}`);
  });
}
