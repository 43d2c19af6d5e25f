// Files of other programs: workbooks in, in both languages, the bad ones too.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, assert, browser, host, journey, open, screenshot } from "./harness.mjs";
import { LANGUAGES, importFile, visit } from "./person.mjs";
import { pattern, texts } from "./texts.mjs";

const fixture = (name) => join(ROOT, "tests", "fixtures", name);

const CUSTOMERS = {
  en: ["Customer ID,Name,Phone,Birthday,Tags,City", "C-1,Ann,13800138000,20/05/1988,vip; tea,Wuhan", "C-2,Bob,,5-20,,Xi’an", "C-3,Cy,,31/02/1990,,"],
  zh: ["客户编号,姓名,手机,生日,标签,城市", "C-1,王小明,13800138000,1988/5/20,贵宾；茶,武汉", "C-2,李四,,5月20日,,西安", "C-3,赵六,,1990/2/31,,"],
};

for (const { language, locale } of LANGUAGES) {
  journey(`customers from a file, corrected by hand, and the file again (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    const file = (lines) => ({ name: "customers.csv", mimeType: "text/csv", buffer: Buffer.from(`\ufeff${lines.join("\n")}\n`) });
    const answer = () => page.locator(".import-step .answer").first().innerText();
    const choose = async (lines) => {
      await visit(page, "data/import");
      const again = page.getByRole("button", { name: new RegExp(`^(${words.data.import_more}|${words.data.other_file})$`) });
      if (await again.count()) await again.first().click();
      await page.locator("input[type=file]").setInputFiles(file(lines));
      const target = page.getByLabel(words.data.target);
      await target.waitFor();
      assert.equal(await target.locator("option:checked").innerText(), words.data.target_customers, "it is seen by the columns");
      await page.getByRole("button", { name: words.data.parse }).click();
      await page.getByRole("button", { name: new RegExp(`^(${words.data.go_on}$|${pattern(words.data.go_on_without).source})`) }).click();
      await page.getByRole("heading", { name: words.data.staged_title }).waitFor();
    };
    await choose(CUSTOMERS[language]);
    const said = await answer();
    assert.match(said, language === "zh" ? /新增 2.*错误 1/ : /2 new.*1 error/);
    await page.getByRole("button", { name: words.data.commit, exact: true }).click();
    await page.getByRole("heading", { name: words.data.finished_title }).waitFor();

    // A correction by hand, then the file says something new of it and of another field.
    await visit(page, "customers");
    await page.locator(".vtable-rows [role=row]").filter({ hasText: language === "zh" ? "王小明" : "Ann" }).click();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: words.common.edit }).first().click();
    await page.getByRole("dialog").getByLabel(words.customers.name, { exact: true }).fill("Corrected");
    await page.getByRole("dialog").getByRole("button", { name: words.common.save }).click();
    await page.getByRole("heading", { name: "Corrected", level: 1 }).waitFor();
    const again = CUSTOMERS[language].map((line) => line.replace(/^C-1,[^,]*/, "C-1,Other").replace(/Wuhan|武汉/, "X"));
    await choose(again);
    assert.match(await answer(), language === "zh" ? /更新 1.*冲突 1.*错误 1/ : /1 updated.*1 conflict.*1 error/);
    await screenshot(page, `dry-run-${language}`);
    await page.getByRole("button", { name: words.data.commit, exact: true }).click();
    await page.getByRole("heading", { name: words.data.finished_title }).waitFor();
    await visit(page, "customers");
    await page.getByText("Corrected").first().waitFor();

    // Out as shown, in three formats.
    for (const [format, begins] of [["export_csv", "\ufeff"], ["export_xlsx", "PK"], ["export_vcf", "BEGIN:VCARD"]]) {
      const button = page.getByRole("button", { name: words.customers[format] });
      if (!(await button.isVisible())) await page.locator("summary").filter({ hasText: words.customers.export }).click();
      const download = page.waitForEvent("download");
      await button.click();
      const text = readFileSync(await (await download).path(), "utf8");
      assert.ok(text.startsWith(begins), format);
      if (format === "export_csv") {
        assert.match(text, /Corrected/);
        assert.equal(text.trim().split("\n").length, 3);
      }
    }
    await screenshot(page, `export-${language}`);
  });

  journey(`an address book and pasted cells (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    const card = (...lines) => ["BEGIN:VCARD", "VERSION:2.1", ...lines, "END:VCARD", ""].join("\r\n");
    const old = card("N;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=CD=F5;=D0=A1=", "=C3=F7", "TEL;CELL:13800138000", "PHOTO;ENCODING=BASE64:/9j/4AAQ");
    const buffer = Buffer.from(old + card("TEL:110"));
    const said = await importFile(page, language, { name: "phone.vcf", mimeType: "text/vcard", buffer }, {
      onRead: async () => assert.match(await page.locator(".error-rows").innerText(), /2/),
    });
    assert.match(said, /phone\.vcf/);
    await visit(page, "customers");
    await page.locator(".vtable-rows").getByText("王小明").waitFor();

    // Cells copied in a spreadsheet, pasted on the list of customers.
    const cells = language === "zh" ? "姓名\t手机\n李四\t13900139000\n" : "Name\tPhone\nBob\t13900139000\n";
    await page.evaluate((text) => {
      const data = new DataTransfer();
      data.setData("text/plain", text);
      document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }, cells);
    await page.getByRole("heading", { name: words.data.mapping_title }).waitFor();
    assert.equal(await page.getByLabel(words.data.target).locator("option:checked").innerText(), words.data.target_customers);
    await page.locator(".preview").getByText("13900139000").waitFor();
  });

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
        const listed = await page.locator(".error-rows li").allInnerTexts();
        assert.match(listed[0], /6.*#N\/A/);
        assert.match(listed[1], /8.*2011-02-30/);
        assert.equal(listed.length, 2);
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
