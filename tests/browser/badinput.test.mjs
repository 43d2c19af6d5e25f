// Files that nobody should import, as people choose them all the same: each one gets its sentence within seconds,
// the page stays alive and the book as it was.

import { closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { assert, browser, folder, host, journey, open, screenshot } from "./harness.mjs";
import { LANGUAGES, facts, importFile, number, settled, visit } from "./person.mjs";
import { pattern, texts } from "./texts.mjs";

const HEAD = "OrderNo,CustomerID,Product,Quantity,OrderDate,UnitPrice";
const GOOD = "A1,C1,Tea,1,2011-03-01,2.50";
/** 青花瓷杯 in GBK. */
const GBK = Buffer.from([0xc7, 0xe0, 0xbb, 0xa8, 0xb4, 0xc9, 0xb1, 0xad]);
/** A sentence may take this long, on a slow machine and an unoptimised build. */
const SECONDS = 15;
const ROWS = 30_000;

const lines = (...all) => `${all.join("\n")}\n`;

/** A file of this size that takes no room on the disk: a header, then zeros. */
function sparse(path, bytes) {
  const file = openSync(path, "w");
  writeSync(file, lines(HEAD, GOOD));
  ftruncateSync(file, bytes);
  closeSync(file);
}

/** Refused as a whole: file name, its bytes, and the sentence with what must stand in it. */
function refused(t, language) {
  const d = t.data;
  const png = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), Buffer.alloc(4000, 7)]);
  const noise = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3) * 31) & 255));
  const wide = Array.from({ length: 5000 }, (_, i) => `c${i}`).join(",");
  const good = Array.from({ length: ROWS }, (_, i) => `A${i},C${i % 90},Thé 茶,1,2011-03-01,2.50`);
  return [
    ["photo.png", png, d.file_not_text, [d.file_not_text_image]],
    ["empty.csv", "", d.file_empty, []],
    ["binary.csv", noise, d.file_not_text, [d.file_not_text_binary]],
    ["unclosed.csv", lines(HEAD, GOOD, 'A2,C2,"Tea for two,1,2011-03-02,3.00', GOOD, GOOD), d.file_unclosed_quote, ["3"]],
    ["wide.csv", lines(wide, wide), d.file_too_many_columns, ["5,000", "500"]],
    ["header only.csv", lines(HEAD), d.file_no_rows, []],
    [
      "half and half.csv",
      Buffer.concat([Buffer.from(lines(HEAD, ...good)), Buffer.from("B1,C1,"), GBK, Buffer.from(",1,2011-03-01,2.50\n")]),
      d.file_encoding,
      [number(language, ROWS + 2)],
    ],
  ];
}

for (const { language, locale } of LANGUAGES) {
  const words = texts(language);
  const d = words.data;

  /** Gives the page a file; after a failed one or a finished one alike. */
  const give = async (page, path) => {
    await visit(page, "data/import");
    const again = page.getByRole("button", { name: new RegExp(`^(${d.import_more}|${d.other_file})$`) });
    if (await again.count()) await again.first().click();
    await page.locator("input[type=file]").setInputFiles(path);
  };
  /** What the book holds; what the device says of its storage beside it moves by itself. */
  const book = async (page) => {
    await visit(page, "data");
    const all = await facts(page);
    return [words.common.customers, words.common.orders, words.common.products, d.fact_lines, d.fact_total].map((name) => all[name]);
  };
  const alive = async (page) => {
    await visit(page, "customers");
    await page.getByRole("heading", { level: 1 }).waitFor();
  };

  journey(`${language}: files that cannot be read are refused with the reason`, async (t) => {
    const server = await host(t);
    const page = await open(await browser(t, server, { locale }), server);
    const at = folder(t);
    const shop = join(at, "shop.csv");
    writeFileSync(shop, lines(HEAD, GOOD, "A2,C2,Tea,2,2011-03-02,2.50"));
    await importFile(page, language, shop);
    const before = await book(page);
    assert.deepEqual(before.slice(0, 4), [2, 2, 1, 2].map((n) => number(language, n)));

    const huge = join(at, "huge.csv");
    sparse(huge, 1_000_000_000);
    const files = [...refused(words, language), ["huge.csv", null, d.file_too_large, ["1 GB", "400 MB"]]];
    for (const [name, bytes, sentence, parts] of files) {
      const path = join(at, name);
      if (bytes !== null) writeFileSync(path, bytes);
      await give(page, path);
      const parse = page.getByRole("button", { name: d.parse });
      const said = page.getByRole("alert").filter({ hasText: name });
      await said.or(parse).first().waitFor({ timeout: SECONDS * 1000 });
      // What only the whole file shows is found while it is read.
      if (await parse.isVisible()) await parse.click();
      await said.waitFor({ timeout: SECONDS * 1000 });
      const text = await said.innerText();
      assert.match(text, pattern(sentence), name);
      for (const part of parts) assert.ok(text.includes(part), `${name}: “${part}” in: ${text}`);
      assert.ok(text.includes(words.errors.nothing_changed), `${name}: ${text}`);
      if (name === "unclosed.csv") await screenshot(page, `bad-file-${language}`);
      await alive(page);
    }
    const used = await page.evaluate(() => performance.memory.usedJSHeapSize);
    assert.ok(used < 200e6, `the page holds ${used} bytes`);
    assert.deepEqual(await book(page), before, "nothing was changed");
  });

  journey(`${language}: rows that cannot be read are named by row and column, the others go on`, async (t) => {
    const server = await host(t);
    const page = await open(await browser(t, server, { locale }), server);
    const at = folder(t);
    const path = join(at, "rows.csv");
    const wrong = [
      [3, "A2,C2,Tea,1,2011-02-30,2.50", d.row_no_such_date, ["2011-02-30", "OrderDate"]],
      [4, "A3,C3,Tea,1,2011-03-01,1e400", d.row_too_large, ["1e400", "UnitPrice"]],
      [5, "A4,C4,Tea,1", d.row_ragged, ["4"]],
      [6, "A5,C5,Tea,1,2011-03-01,2.50,more,cells", d.row_ragged, ["8"]],
      [7, "A6,C6,Te\0a,1,2011-03-01,2.50", d.row_control, ["Product"]],
      [8, "A7,C7,Tea,many,2011-03-01,2.50", d.row_not_a_number, ["many", "Quantity"]],
      [9, "A8,C8,Tea,1,,2.50", d.row_missing, ["OrderDate"]],
    ];
    writeFileSync(path, lines(HEAD, GOOD, ...wrong.map(([, text]) => text), "A😀9,C🦊9,Tea 🍵,1,2011-03-02,4.00"));
    await give(page, path);
    await page.getByRole("button", { name: d.parse }).click();
    await page.getByRole("heading", { name: d.report_title }).waitFor({ timeout: SECONDS * 1000 });
    const listed = await page.locator(".error-rows li").allInnerTexts();
    await screenshot(page, `bad-rows-${language}`);
    assert.equal(listed.length, wrong.length);
    for (const [i, [row, , sentence, parts]] of wrong.entries()) {
      assert.match(listed[i], pattern(sentence));
      for (const part of [String(row), ...parts]) assert.ok(listed[i].includes(part), `“${part}” in: ${listed[i]}`);
    }
    await page.getByRole("button", { name: pattern(d.go_on_without) }).click();
    await page.getByRole("button", { name: d.commit, exact: true }).click();
    await page.getByRole("heading", { name: d.finished_title }).waitFor();
    await visit(page, "data");
    const kept = await facts(page);
    assert.equal(kept[words.common.customers], number(language, 2));
    assert.equal(kept[d.fact_lines], number(language, 2));
    await visit(page, "customers");
    await page.getByText("C🦊9").first().waitFor();
  });

  journey(`${language}: blanks left off at the end of rows are blanks, a row cut in two is none`, async (t) => {
    const server = await host(t);
    const page = await open(await browser(t, server, { locale }), server);
    const path = join(folder(t), "short.csv");
    const cut = ["3,Cy,5550103,1 High St", "Flat 2,Ulm,tea"];
    writeFileSync(path, lines("Number,Name,Phone,Address,City,Note", "1,Ann,5550101", "2,Bo,5550102,a,b,c", ...cut));
    await give(page, path);
    await page.getByRole("button", { name: d.parse }).click();
    await page.getByText(pattern(d.report_short)).waitFor();
    const listed = await page.locator(".error-rows li").allInnerTexts();
    assert.deepEqual(listed.map((row) => row.includes(d.row_cut)), [true, true]);
    await screenshot(page, `bad-short-${language}`);
    await page.getByRole("button", { name: pattern(d.go_on_without) }).click();
    await page.getByRole("button", { name: d.commit, exact: true }).click();
    await page.getByRole("heading", { name: d.finished_title }).waitFor();
    await visit(page, "customers");
    await page.getByText("Ann", { exact: true }).first().waitFor();
    assert.equal(await page.getByText("Flat 2").count(), 0);
  });

  journey(`${language}: an order that is cancelled in a later file is asked about`, async (t) => {
    const server = await host(t);
    const page = await open(await browser(t, server, { locale }), server);
    const at = folder(t);
    const [first, later] = ["first.csv", "later.csv"].map((name) => join(at, name));
    writeFileSync(first, lines(`${HEAD},Status`, `${GOOD},paid`, "A2,C2,Tea,1,2011-03-02,4.00,paid"));
    writeFileSync(later, lines(`${HEAD},Status`, `${GOOD},paid`, "A2,C2,Tea,1,2011-03-02,4.00,cancelled"));
    await importFile(page, language, first);
    await importFile(page, language, later, {
      onStep: async (step) => {
        if (step !== "staged") return;
        const row = page.locator(".plain-table tbody tr", { hasText: d.reason_not_a_sale });
        assert.match(await row.innerText(), /A2/);
        await page.getByLabel(d.conflict_take).check();
        await screenshot(page, `cancelled-${language}`);
      },
    });
    await visit(page, "data");
    assert.equal((await facts(page))[words.common.orders], number(language, 1));
    // A file of cancelled orders alone.
    writeFileSync(later, lines(`${HEAD},Status`, `${GOOD},cancelled`));
    await importFile(page, language, later, {
      onStep: async (step) => {
        if (step === "read") await page.getByText(pattern(d.report_never_sold)).waitFor();
        if (step === "staged") await page.getByLabel(d.conflict_take).check();
      },
    });
    await visit(page, "data");
    assert.equal((await facts(page))[words.common.orders] ?? number(language, 0), number(language, 0));
  });

  journey(`${language}: the same column name twice is said, and the person chooses`, async (t) => {
    const server = await host(t);
    const page = await open(await browser(t, server, { locale }), server);
    const path = join(folder(t), "twice.csv");
    writeFileSync(path, lines(`${HEAD},UnitPrice`, `${GOOD},9.99`));
    await give(page, path);
    await page.getByText(pattern(d.warn_duplicate)).first().waitFor();
    await screenshot(page, `bad-twice-${language}`);
    await page.getByRole("button", { name: d.parse }).click();
    await page.getByRole("heading", { name: d.report_title }).waitFor();
    await settled(page);
  });
}

for (const { language, locale } of LANGUAGES) {
  const words = texts(language);
  const d = words.data;

  journey(`${language}: a second system that counts alike is asked about, and its orders come in beside the first's`, async (t) => {
    const server = await host(t);
    const page = await open(await browser(t, server, { locale }), server);
    const at = folder(t);
    const rows = (month) => Array.from({ length: 5 }, (_, n) => `A${n},C${n},Tea,1,2021-${month}-0${n + 1},2.50`);
    const [shop, market] = ["shop.csv", "market.csv"].map((name) => join(at, name));
    writeFileSync(shop, lines(HEAD, ...rows("03")));
    writeFileSync(market, lines(HEAD, ...rows("08")));
    await importFile(page, language, shop);
    await visit(page, "data/import");
    await page.getByRole("button", { name: new RegExp(`^(${d.import_more}|${d.other_file})$`) }).first().click();
    await page.locator("input[type=file]").setInputFiles(market);
    await page.getByRole("button", { name: d.parse }).click();
    await page.getByRole("button", { name: d.go_on, exact: true }).click();
    await page.getByText(pattern(d.clash)).waitFor();
    const commit = page.getByRole("button", { name: d.commit, exact: true });
    assert.ok(await commit.isDisabled(), "not before it is said which");
    await page.getByRole("radio", { name: d.clash_same }).check();
    assert.ok(await commit.isEnabled());
    await page.getByRole("radio", { name: d.clash_other }).check();
    assert.ok(await commit.isDisabled());
    await screenshot(page, `import-clash-${language}`);
    await page.getByLabel(d.clash_name).fill("Market 市场");
    await page.getByRole("button", { name: d.clash_rename }).click();
    await page.getByText(pattern(d.clash)).waitFor({ state: "detached" });
    await commit.click();
    await page.getByRole("heading", { name: d.finished_title }).waitFor();
    await visit(page, "data");
    assert.equal((await facts(page))[words.common.orders], "10");
  });
}
