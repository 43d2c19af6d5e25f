// Everything about one person: what was changed when and by whom, with the way back.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assert, DESKTOP, PHONE, ROOT, browser, host, journey, open, screenshot, violations } from "./harness.mjs";
import { LANGUAGES, fillDemo, newCustomer, overflow, settled, visit } from "./person.mjs";
import { pattern, texts } from "./texts.mjs";

/** Which of these words lie anywhere in what the browser keeps of the app: in databases as text or bytes, and in web storage. */
const kept = (page, words) =>
  page.evaluate(async (words) => {
    const done = (request) => new Promise((good, bad) => ((request.onsuccess = () => good(request.result)), (request.onerror = () => bad(request.error))));
    const bytes = (value) => (value instanceof Uint8Array ? value : new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value) ?? ""));
    const pieces = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)].map(bytes);
    for (const { name } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name));
      for (const store of db.objectStoreNames) {
        const all = db.transaction(store).objectStore(store);
        const [values, keys] = await Promise.all([done(all.getAll()), done(all.getAllKeys())]);
        pieces.push(...values.map(bytes), bytes(JSON.stringify(keys)));
      }
      db.close();
    }
    const text = new TextDecoder("latin1");
    const haystack = pieces.map((piece) => text.decode(piece));
    return words.filter((word) => haystack.some((piece) => piece.includes(text.decode(new TextEncoder().encode(word)))));
  }, words);

for (const { language, locale } of LANGUAGES) {
  const t = texts(language);
  const h = t.history;
  const p = t.person;

  journey(`${language}: one person's data goes out as a file, and then for good`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    const name = "Zaphod 毕博罗";
    const words = [name, "13800138000", "betelgeuse", "two heads", "a third arm"];
    await newCustomer(page, t, name);
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: t.common.edit, exact: true }).first().click();
    await dialog.getByLabel(t.records.phone, { exact: true }).fill("13800138000");
    await dialog.getByLabel(t.records.note, { exact: true }).fill("betelgeuse");
    await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
    await page.locator(".profile dd", { hasText: "betelgeuse" }).waitFor();
    await page.getByRole("textbox", { name: t.customer.note_placeholder }).fill("two heads");
    await page.getByRole("button", { name: t.customer.log, exact: true }).click();
    await page.locator(".event", { hasText: "two heads" }).waitFor();
    // A note that was never logged stays in the tab.
    await page.getByRole("textbox", { name: t.customer.note_placeholder }).fill("a third arm");
    assert.deepEqual(await kept(page, words), words);

    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: p.export }).click();
    const file = JSON.parse(readFileSync(await (await download).path(), "utf8"));
    assert.equal(file.customer.phone, "13800138000");
    assert.equal(file.interactions[0].note, "two heads");

    await page.getByRole("button", { name: p.erase, exact: true }).click();
    await dialog.getByRole("heading", { name: p.erase_title.replace("{name}", name) }).waitFor();
    assert.deepEqual(await violations(page, "erase"), []);
    await screenshot(page, `erase-${language}`);
    const sure = dialog.getByRole("button", { name: p.erase, exact: true });
    assert.equal(await sure.isDisabled(), true);
    await dialog.getByLabel(p.erase_type.replace("{word}", name)).fill("Zaphod");
    assert.equal(await sure.isDisabled(), true);
    await dialog.getByLabel(p.erase_type.replace("{word}", name)).fill(name);
    await sure.click();
    await page.getByText(p.erased).first().waitFor();
    await page.waitForFunction(() => location.hash.startsWith("#/customers") && !location.hash.includes("-"));
    assert.deepEqual(await kept(page, words), []);
    await page.reload();
    await settled(page);
    assert.deepEqual(await kept(page, words), []);
    await visit(page, "data/trash");
    await page.getByText(t.data.trash_empty).waitFor();
    await visit(page, "data/history");
    await page.getByText(t.data.did_erase).waitFor();
    assert.equal(await page.getByText(name).count(), 0);
  });

  journey(`${language}: one person's facts grow stale, and are said to be still right`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    await newCustomer(page, t, "Ada 李");
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: t.common.edit, exact: true }).first().click();
    await dialog.getByLabel(t.records.phone, { exact: true }).fill("13800138000");
    await dialog.getByLabel(t.records.email, { exact: true }).fill("ada@example.com");
    await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
    const profile = page.locator(".profile").first();
    await profile.getByText("ada@example.com").waitFor();
    assert.equal(await profile.locator(".stale").count(), 0);
    // Fourteen months later.
    await page.clock.setFixedTime(Date.now() + 425 * 86_400_000);
    await page.getByRole("textbox", { name: t.customer.note_placeholder }).fill("Still here");
    await page.getByRole("button", { name: t.customer.log, exact: true }).click();
    await profile.locator(".stale").nth(1).waitFor();
    await screenshot(page, `stale-${language}`);
    assert.deepEqual(await violations(page, "stale"), []);
    await profile.getByRole("button", { name: p.still_right_field.replace("{field}", t.records.phone) }).click();
    await page.waitForFunction(() => document.querySelectorAll(".profile .stale").length === 1);
    await profile.getByRole("button", { name: p.all_right }).click();
    await page.waitForFunction(() => document.querySelectorAll(".profile .stale").length === 0);
    await page.getByRole("button", { name: t.common.undo, exact: true }).last().click();
    await profile.locator(".stale").first().waitFor();
  });

  journey(`${language}: the list of facts to verify, until they are said to be right`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    await fillDemo(page, language);
    await newCustomer(page, t, "Ada 李");
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: t.common.edit, exact: true }).first().click();
    await dialog.getByLabel(t.records.phone, { exact: true }).fill("13800138000");
    await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
    await page.locator(".profile").first().getByText("13800138000").waitFor();
    await visit(page, "today");
    await page.getByRole("heading", { name: t.today.birthdays_title }).waitFor();
    assert.equal(await page.getByRole("heading", { name: p.stale_title }).count(), 0);
    // Fourteen months later, by the clock of the page and of the worker that keeps the book.
    const later_ms = 425 * 86_400_000;
    for (const worker of page.workers()) {
      await worker.evaluate((ms) => {
        const Now = Date;
        globalThis.Date = class extends Now {
          constructor(...of) {
            if (of.length > 0) super(...of);
            else super(Now.now() + ms);
          }
          static now() {
            return Now.now() + ms;
          }
        };
      }, later_ms);
    }
    await page.clock.setFixedTime(Date.now() + later_ms);
    await visit(page, "customers");
    await visit(page, "today");
    const list = page.getByRole("region", { name: p.stale_title });
    await list.getByRole("listitem").first().waitFor();
    assert.match(await list.getByText(pattern(p.stale_note)).innerText(), /\d/);
    assert.ok((await list.getByRole("listitem").count()) <= 8);
    const found = await violations(page, "stale list");
    await screenshot(page, `stale-list-${language}`);
    await page.setViewportSize(PHONE);
    found.push(...(await overflow(page, "stale list")));
    await list.scrollIntoViewIfNeeded();
    await screenshot(page, `stale-list-phone-${language}`);
    assert.deepEqual(found, []);
    await page.setViewportSize(DESKTOP);
    // The first on the list is asked, and is on it no more.
    const first = list.getByRole("link").first();
    const name = await first.innerText();
    await first.click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
    await page.locator(".profile").first().getByRole("button", { name: p.all_right }).click();
    await page.waitForFunction(() => document.querySelectorAll(".profile .stale").length === 0);
    await visit(page, "today");
    await list.getByRole("listitem").first().waitFor();
    assert.equal(await list.getByRole("link", { name, exact: true }).count(), 0);
  });

  journey(`${language}: what matters first, and all of it on one sheet of paper`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    await fillDemo(page, language);
    await visit(page, "customers");
    await page.getByRole("row").nth(1).click();
    await page.keyboard.press("Enter");
    await page.locator(".page.customer .event.order").first().waitFor();
    for (const label of [t.customer.worth, p.mood, t.customer.rhythm, p.due]) {
      await page.locator(".stat-label", { hasText: label }).first().waitFor();
    }
    await page.getByRole("group", { name: t.records.quick }).getByRole("button", { name: t.records.kind_promise }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(`${t.records.promise_what} *`).fill("Green tea");
    await dialog.getByLabel(t.records.due).fill("2001-03-01");
    await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
    await page.locator(".stat", { hasText: "Green tea" }).getByText(new RegExp(p.due_over)).waitFor();
    await page.getByRole("button", { name: p.print, exact: true }).waitFor();
    await screenshot(page, `person-${language}`);
    await page.getByText(p.panels, { exact: true }).click();
    await page.locator(".panel-grid section").nth(6).waitFor();
    assert.deepEqual(await violations(page, "customer"), []);
    await screenshot(page, `panels-${language}`);
    await page.getByText(p.panels, { exact: true }).click();
    const paper = await page.pdf({ preferCSSPageSize: true, path: join(ROOT, ".screenshots", `person-${language}.pdf`) });
    assert.equal(paper.toString("latin1").match(/\/Type\s*\/Page\b/g).length, 1, "one sheet");
    await page.setViewportSize(PHONE);
    assert.deepEqual(await overflow(page, "customer"), []);
    await screenshot(page, `person-phone-${language}`);
    await page.setViewportSize(DESKTOP);
  });

  journey(`${language}: the history of a record tells every change and brings back any earlier value`, async (t_) => {
    const server = await host(t_);
    const page = await open(await browser(t_, server, { locale }), server);
    await newCustomer(page, t, "Ada 李");
    const dialog = page.getByRole("dialog");
    for (const phone of ["13800138000", "13900139000"]) {
      await page.getByRole("button", { name: t.common.edit, exact: true }).first().click();
      await dialog.getByLabel(t.records.phone, { exact: true }).fill(phone);
      await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
      await page.locator(".profile dd", { hasText: phone }).waitFor();
    }
    const profile = page.locator(".profile").first();
    await profile.getByRole("button", { name: h.open, exact: true }).click();
    await dialog.getByRole("heading", { name: h.title.replace("{name}", "Ada 李") }).waitFor();
    const steps = dialog.locator(".history-step");
    await steps.nth(2).waitFor();
    assert.equal(await steps.count(), 3);
    assert.match(await steps.nth(2).innerText(), new RegExp(h.made));
    assert.match(await steps.nth(0).innerText(), /13800138000[\s\S]*13900139000/);
    assert.deepEqual(await violations(page, "history"), []);
    await screenshot(page, `history-${language}`);
    const words = h.back_to.replace("{value}", "13800138000").replace("{field}", t.records.phone);
    await steps.nth(0).getByRole("button", { name: words }).click();
    await steps.nth(3).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".profile dd", { hasText: "13800138000" }).waitFor();
    await page.getByRole("button", { name: t.common.undo, exact: true }).last().click();
    await page.locator(".profile dd", { hasText: "13900139000" }).waitFor();

    // From a form of any kind, over it; and from the trash.
    await page.getByRole("group", { name: t.records.quick }).getByRole("button", { name: t.records.kind_promise }).click();
    await dialog.getByLabel(`${t.records.promise_what} *`).fill("Green tea");
    await dialog.getByRole("button", { name: t.common.save, exact: true }).click();
    await page.locator(".event.promise").getByRole("button").click();
    await dialog.getByRole("button", { name: h.open, exact: true }).click();
    await page.getByRole("dialog", { name: h.title.replace("{name}", "Green tea") }).locator(".history-step").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: t.common.delete, exact: true }).last().click();
    await visit(page, "data/trash");
    await page.getByRole("button", { name: h.open, exact: true }).click();
    await dialog.locator(".history-step").nth(1).waitFor();
    await page.setViewportSize(PHONE);
    assert.deepEqual(await overflow(page, "history"), []);
    await screenshot(page, `history-phone-${language}`);
    await page.setViewportSize(DESKTOP);
  });
}
