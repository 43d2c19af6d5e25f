// Two people, two profiles, no server: files go to and fro until both books are the same, byte for byte.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DESKTOP, PHONE, assert, browser, folder, host, journey, open, screenshot, violations } from "./harness.mjs";
import { LANGUAGES, fillDemo, overflow, settled, visit } from "./person.mjs";
import { pattern, texts } from "./texts.mjs";

/** Exports and gives the file's path. `part`: only what changed since last time. */
async function exportFile(page, language, into, name, part = false) {
  const t = texts(language).share;
  await visit(page, "data/share");
  await page.getByRole("radio", { name: part ? pattern(t.export_part) : new RegExp(`^${t.export_whole} `) }).check();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: t.export_run, exact: true }).click(),
  ]);
  await page.getByText(pattern(t.exported)).waitFor();
  assert.match(download.suggestedFilename(), part ? /^kith-\d{4}-\d\d-\d\d-part\.json$/ : /^kith-\d{4}-\d\d-\d\d\.json$/);
  const file = join(into, name);
  await download.saveAs(file);
  return file;
}

/** Chooses a file on the page at `hash`. */
async function choose(page, file, hash = "data/share") {
  await visit(page, hash);
  await page.locator("input[type=file]").setInputFiles(file);
}

/** Opens a colleague's file up to the preview. */
async function preview(page, language, file) {
  await choose(page, file);
  await page.getByRole("heading", { name: pattern(texts(language).share.preview_title) }).waitFor();
  return page.locator(".import-card .answer").innerText();
}

/** Opens a colleague's file and merges it; ends on the report. */
async function merge(page, language, file) {
  const t = texts(language).share;
  const said = await preview(page, language, file);
  await page.getByRole("button", { name: t.merge, exact: true }).click();
  await page.getByRole("heading", { name: pattern(t.report_title) }).waitFor();
  await settled(page);
  return said;
}

async function add(page, language, name) {
  const t = texts(language);
  await visit(page, "customers/new");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t.customers.name, { exact: true }).fill(name);
  await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
  await page.getByText(t.shell.done_added.replace("{what}", name), { exact: true }).first().waitFor();
}

/** Writes fields of the customer called `name`: `{ phone: "123" }`. */
async function edit(page, language, name, fields) {
  const t = texts(language);
  await visit(page, `customers?q=${encodeURIComponent(name)}`);
  await page.locator(".vrow .c-name b", { hasText: name }).first().dblclick();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  await page.getByRole("button", { name: t.common.edit, exact: true }).first().click();
  const dialog = page.getByRole("dialog");
  for (const [field, value] of Object.entries(fields)) await dialog.getByLabel(t.customers[field], { exact: true }).fill(value);
  await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText(Object.values(fields)[0]).first().waitFor();
}

/** How many customers a search finds. */
async function found(page, name) {
  await visit(page, `customers?q=${encodeURIComponent(name)}`);
  return page.locator(".vrow .c-name b", { hasText: name }).count();
}

/** All that does not depend on who exported. */
const body = (file) => {
  const text = readFileSync(file, "utf8");
  return text.slice(text.indexOf("\n"));
};

for (const { language, locale } of LANGUAGES) {
  const t = texts(language);

  journey(`${language}: two profiles exchange files and end equal; a conflict is chosen, a merge undone`, async (t_) => {
    const server = await host(t_);
    const files = folder(t_);
    const viewport = language === "zh" ? PHONE : DESKTOP;
    const colorScheme = language === "zh" ? "light" : "dark";
    const one = await open(await browser(t_, server, { locale }), server);
    const two = await open(await browser(t_, server, { locale, viewport, colorScheme }), server);

    await fillDemo(one, language);
    await add(one, language, "Zoë 李");
    const first = await exportFile(one, language, files, "first.json");

    // The other one begins with the colleague's file.
    await two.getByRole("link", { name: new RegExp(t.share.first_run) }).click();
    await merge(two, language, first);
    await two.getByText(t.share.no_conflicts_after).waitFor();
    assert.equal(await found(two, "Zoë"), 1);

    // Both work on; on one field both do.
    await edit(one, language, "Zoë 李", { phone: "13800000001" });
    await add(one, language, "Ada Only One");
    await edit(two, language, "Zoë 李", { phone: "13800000002", company: "Second & Co" });

    const part = await exportFile(one, language, files, "part.json", true);
    assert.ok(readFileSync(part).length < readFileSync(first).length / 10, "a part is small");
    await merge(two, language, part);
    const conflicts = two.locator(".conflicts > li");
    assert.equal(await conflicts.count(), 1);
    await conflicts.getByText(t.customers.phone).waitFor();
    const side = (number) => conflicts.getByRole("button", { name: new RegExp(number) });
    assert.deepEqual(
      await Promise.all([side("13800000001"), side("13800000002")].map((s) => s.getAttribute("aria-pressed"))),
      ["false", "true"],
      "the later value won",
    );
    const found_here = [];
    for (const size of [two.viewportSize(), { width: 360, height: 740 }]) {
      await two.setViewportSize(size);
      await screenshot(two, `merge-report-${language}-${size.width}`);
      found_here.push(...(await overflow(two, "report")), ...(await violations(two, "report")));
    }
    assert.deepEqual(found_here, []);
    await side("13800000001").click();
    await conflicts.locator("[aria-pressed=true]", { hasText: "13800000001" }).waitFor();

    // And back: both books are the same, byte for byte.
    const back = await exportFile(two, language, files, "back.json");
    const said = await merge(one, language, back);
    assert.match(said, /\d/);
    const [mine, theirs] = [await exportFile(one, language, files, "mine.json"), await exportFile(two, language, files, "theirs.json")];
    assert.equal(body(mine), body(theirs), "equal books give equal files");
    await visit(one, "customers?q=13800000001");
    await one.locator(".vrow .c-name b", { hasText: "Zoë" }).waitFor();

    // The same file again holds nothing new.
    assert.equal(await preview(one, language, back), t.share.nothing_new);
    await one.getByRole("button", { name: t.data.other_file, exact: true }).click();
    await one.getByText(t.share.drop_here).waitFor();

    // A merge is taken back from its report, which the history keeps; colleagues receive that too.
    await visit(two, "data/history");
    const row = two.locator(".entry", { hasText: "part.json" });
    await row.getByRole("link", { name: t.share.report, exact: true }).click();
    await two.getByText(t.share.undo_rest).waitFor();
    await two.getByRole("button", { name: t.share.undo_title, exact: true }).click();
    await two.getByText(t.share.undone).waitFor();
    assert.equal(await found(two, "Ada Only One"), 0);
    assert.equal(await found(one, "Ada Only One"), 1);
    await merge(one, language, await exportFile(two, language, files, "undone.json", true));
    assert.equal(await found(one, "Ada Only One"), 0, "the undoing travels");
  });
}

for (const { language, locale } of LANGUAGES) {
  const t = texts(language);

  journey(`${language}: files that cannot be merged are refused with the reason; every file finds its page`, async (t_) => {
    const server = await host(t_);
    const files = folder(t_);
    const one = await open(await browser(t_, server, { locale }), server);
    const other = await open(await browser(t_, server, { locale, viewport: { width: 360, height: 740 } }), server);
    await add(one, language, "Ann");
    const whole = await exportFile(one, language, files, "whole.json");
    await add(one, language, "Ben");
    const part = await exportFile(one, language, files, "part.json", true);

    const write = (name, text) => {
      const path = join(files, name);
      writeFileSync(path, text);
      return path;
    };
    const text = readFileSync(whole, "utf8");
    const refused = [
      [part, t.share.base_none],
      [write("cut.json", text.slice(0, text.length / 2)), t.share.corrupt],
      [write("empty.json", ""), t.share.not_kith],
      [write("newer.json", text.replace('"major":1', '"major":9')), t.share.newer],
      [write("app.json", '{"notes":[]}'), t.share.not_kith],
    ];
    for (const [file, why] of refused) {
      await choose(other, file);
      const alert = other.getByRole("alert");
      await alert.getByText(pattern(why)).waitFor();
      assert.match(await alert.innerText(), new RegExp(t.share.nothing_changed), file);
    }
    const found_here = [...(await overflow(other, "refused")), ...(await violations(other, "refused"))];
    await screenshot(other, `merge-refused-${language}`);
    await visit(other, "customers");
    await other.getByText(t.customers.none_title).waitFor();

    // Whatever is dropped wherever, it goes where it belongs.
    await choose(other, whole, "data/import");
    await other.getByRole("heading", { name: pattern(t.share.preview_title) }).waitFor();
    await screenshot(other, `merge-preview-${language}`);
    found_here.push(...(await overflow(other, "preview")), ...(await violations(other, "preview")));
    assert.deepEqual(found_here, []);
    await other.getByRole("button", { name: t.share.drop, exact: true }).click();
    const orders = write("orders.csv", "InvoiceNo,InvoiceDate,UnitPrice,Quantity,CustomerID\n1,2024-01-02,2.50,3,7\n");
    await choose(other, orders);
    await other.getByRole("heading", { name: t.data.mapping_title }).waitFor();

    // After the whole, the part fits.
    await merge(other, language, whole);
    await merge(other, language, part);
    assert.equal(await found(other, "Ben"), 1);
  });
}
