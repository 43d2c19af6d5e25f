// The bench inside one large book: opening it, its list, search and edits.

import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importFile, settled, visit } from "../person.mjs";
import { seededAnswers, seededCustomers } from "../seeded.mjs";
import { pattern } from "../texts.mjs";
import { KEPT, RUNS, SIZE, forget, longTasks, measured, memory, mb, ms, report, server, start, sum, t } from "./kit.mjs";

export async function opening(profile) {
  const [usable, read] = [[], []];
  let [last, held] = [null, ""];
  for (let i = 0; i < RUNS; i += 1) {
    const { context, page } = await start(profile);
    const begin = performance.now();
    await page.goto(`${server.url}#/customers`);
    await page.locator(".vrow .c-name b").first().waitFor({ timeout: 120_000 });
    usable.push(performance.now() - begin);
    read.push(sum(await measured(page, "kith:open")));
    await page.waitForTimeout(1000);
    last = memory(profile);
    await visit(page, "data");
    const name = page.locator("dt", { hasText: t.data.storage_memory });
    held = await name.locator("xpath=following-sibling::dd").innerText();
    await context.close();
  }
  report("open: data read", ms(read), "budget 700 ms");
  report("open: list usable", ms(usable), "from the address to rows; budget 1,500 ms");
  report("open: memory that the worker's program holds", held, "budget 250 MB steady");
  if (last) report("open: memory of the whole page process", mb(last.now), `peak ${mb(last.peak)}; an empty Chromium page takes about 100 MB of it`);
}

export async function editing(page) {
  const saved = [];
  for (let i = 0; i < RUNS; i += 1) {
    await visit(page, "customers");
    await page.locator(".vrow .c-name b").nth(i).dblclick();
    await page.getByLabel(t.customer.note_placeholder).fill(`A word at ${i}`);
    await forget(page);
    await page.getByRole("button", { name: t.customer.log, exact: true }).click();
    while ((await measured(page, "kith:run")).length === 0) await page.waitForTimeout(50);
    saved.push(sum(await measured(page, "kith:run")));
  }
  report("save one edit", ms(saved), "command to completed transaction; budget 30 ms");
}

/** One customer with 2,000 orders, opened from their address to the first painted entries of the timeline. */
export async function timeline(page) {
  const file = join(tmpdir(), "kith-bench-timeline.csv");
  const at = (i) => new Date(Date.UTC(2023, 0, 1) + i * 8 * 3_600_000).toISOString().slice(0, 16).replace("T", " ");
  const line = (_, i) => `${900_000 + i},P${i % 40},ARTICLE No ${i % 40},1,${at(i)},9.50,990001,United Kingdom\n`;
  const head = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
  writeFileSync(file, head + Array.from({ length: 2_000 }, line).join(""));
  await importFile(page, "en", file, { timeout: 600_000 });
  await visit(page, "customers?q=990001");
  await page.locator(".vrow .c-name b").first().dblclick();
  await page.locator(".event.order").first().waitFor();
  const hash = await page.evaluate(() => location.hash);
  const times = [];
  for (let i = 0; i < RUNS; i += 1) {
    await visit(page, "settings");
    times.push(
      await page.evaluate(async (hash) => {
        const begin = performance.now();
        location.hash = hash;
        while (!document.querySelector(".event.order")) await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        return performance.now() - begin;
      }, hash),
    );
  }
  report("open a customer with 2,000 orders", ms(times), "address to first painted entries; budget 100 ms");
  const histories = [];
  for (let i = 0; i < RUNS; i += 1) {
    histories.push(
      await page.evaluate(async (words) => {
        const button = [...document.querySelectorAll("button")].find((it) => it.textContent.trim() === words);
        const begin = performance.now();
        button.click();
        while (!document.querySelector("dialog .history-step")) await new Promise(requestAnimationFrame);
        return performance.now() - begin;
      }, t.history.open),
    );
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  }
  report("history of a record", ms(histories), "press to first step; budget 300 ms");
}

/** Frames of two seconds while `move` is called at every frame. */
const frames = (page, move) =>
  page.evaluate(async (source) => {
    const move = (0, globalThis.kithMoves)[source];
    const table = document.querySelector(".vtable");
    const times = [];
    const begin = performance.now();
    let last = begin;
    while (last - begin < 2000) {
      const now = await new Promise(requestAnimationFrame);
      times.push(now - last);
      last = now;
      move(table, (now - begin) / 2000);
    }
    times.shift();
    return { worst: Math.max(...times), nodes: document.querySelectorAll("*").length };
  }, move);

export async function scrolling(page) {
  const [mount, scroll, drag, nodes] = [[], [], [], []];
  await page.evaluate(() => {
    globalThis.kithMoves = {
      scroll: (table) => table.scrollBy(0, 60),
      drag: (table, share) => (table.scrollTop = share * (table.scrollHeight - table.clientHeight)),
    };
  });
  for (let i = 0; i < RUNS; i += 1) {
    await visit(page, "data");
    mount.push(
      await page.evaluate(async () => {
        const begin = performance.now();
        location.hash = "#/customers";
        while (!document.querySelector(".vrow .c-name b")) await new Promise(requestAnimationFrame);
        return performance.now() - begin;
      }),
    );
    await settled(page);
    const down = await frames(page, "scroll");
    const far = await frames(page, "drag");
    scroll.push(down.worst);
    drag.push(far.worst);
    nodes.push(down.nodes, far.nodes);
  }
  report("list: mount", ms(mount), "from another page to rows, answer included; budget 50 ms");
  report("list: worst frame scrolling", ms(scroll), "budget 33 ms");
  report("list: worst frame dragging", ms(drag), "budget 66 ms");
  report("list: DOM nodes", `${Math.max(...nodes)}`, "budget 1,500");
}

/** Names, phones and twins for the book. */
export async function people(page) {
  const file = join(KEPT, `bench-customers-${SIZE.customers}.csv`);
  await seededCustomers(file, { customers: SIZE.customers });
  const begin = performance.now();
  await importFile(page, "en", file, { timeout: 600_000 });
  report(`import ${SIZE.customers.toLocaleString("en")} customers, end to end`, `${((performance.now() - begin) / 1000).toFixed(2)} s`);
}

/** What is typed: the literal, initials, pinyin, mixed and a slip. */
const TYPED = ["102345", "zw", "zhangw", "张w", "ouyangm", "smiht", "jonhson", "0013800"];

export async function searching(page) {
  await visit(page, "data");
  await visit(page, "customers");
  const box = page.getByLabel(t.customers.search);
  const [times, first] = [[], []];
  for (let i = 0; i < RUNS; i += 1) {
    for (const words of TYPED) {
      await box.fill("");
      await page.waitForTimeout(150);
      for (const letter of words) {
        await forget(page);
        await box.pressSequentially(letter);
        while ((await measured(page, "kith:ask")).length === 0) await page.waitForTimeout(10);
        await page.waitForTimeout(60);
        (first.length ? times : first).push(sum(await measured(page, "kith:ask")));
      }
    }
  }
  times.sort((a, b) => a - b);
  await box.fill("");
  const p95 = times[Math.floor(times.length * 0.95)];
  report("search keystroke, median", ms(times), `${TYPED.join(", ")}: the worker's answers`);
  report("search keystroke, p95", ms([p95]), `worst ${times.at(-1).toFixed(1)} ms; budget 10 ms`);
  report("search, the first keystroke", ms(first), "with what is still to be made ready; budget 500 ms");
}

/** The scan of the whole book for customers who are in it twice. */
export async function twins(page) {
  const times = [];
  for (let i = 0; i < Math.min(RUNS, 3); i += 1) {
    await visit(page, "data/duplicates");
    const again = page.getByRole("button", { name: t.duplicates.again, exact: true });
    await again.waitFor({ timeout: 120_000 });
    await page.waitForTimeout(500);
    await forget(page);
    const begin = performance.now();
    await again.click();
    await page.getByRole("button", { name: t.duplicates.stop, exact: true }).waitFor({ timeout: 5_000 }).catch(() => {});
    await again.waitFor({ timeout: 120_000 });
    times.push(performance.now() - begin);
  }
  const said = (await page.locator(".page-head .answer").innerText()).trim();
  report("scan for duplicates", ms(times), `${said} Budget 5 s`);
}

/** Tags for a tenth of all customers, and taken back: the answer that shows the list again included. */
export async function bulk(page) {
  const many = SIZE.customers / 10;
  const said = (text) => pattern(text.split("|").at(-1).replace("{n}", many.toLocaleString("en")));
  const [saved, shown, back] = [[], [], []];
  for (let i = 0; i < RUNS; i += 1) {
    await visit(page, "data");
    await visit(page, "customers");
    await page.locator("#row-0 [role=checkbox]").click();
    await page.locator(".vtable").evaluate((table, at) => (table.scrollTop = 36 * at), many - 5);
    await page.locator(`#row-${many - 1} [role=checkbox]`).click({ modifiers: ["Shift"] });
    const bar = page.getByRole("group", { name: t.list.chosen_label });
    await bar.getByText(said(t.list.chosen)).waitFor();
    await bar.getByRole("button", { name: t.list.tag, exact: true }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t.list.tag_add).fill(`Bench ${i}`);
    await forget(page);
    await dialog.getByRole("button", { name: pattern(t.list.apply) }).click();
    const toast = page.locator(".toast", { hasText: said(t.list.done_changed) }).last();
    await toast.waitFor({ timeout: 60_000 });
    await page.waitForTimeout(1500);
    const run = sum(await measured(page, "kith:run"));
    saved.push(run);
    shown.push(run + sum(await measured(page, "kith:ask")));
    await forget(page);
    await toast.getByRole("button", { name: t.common.undo }).click();
    await page.waitForTimeout(2500);
    back.push(sum(await measured(page, "kith:run")) + sum(await measured(page, "kith:ask")));
  }
  const what = `${many.toLocaleString("en")} customers tagged at once`;
  report(what, ms(saved), "command to completed transaction; budget 1,000 ms for 10,000");
  report(`${what}, and shown again`, ms(shown), "with all asks that follow");
  report(`${what}, taken back`, ms(back), "with all asks that follow");
}

/** 100,000 answers on satisfaction, and what the pages ask of them. */
export async function satisfaction(page) {
  const answers = SIZE.customers;
  const file = join(KEPT, `bench-answers-${answers}.csv`);
  await seededAnswers(file, { customers: SIZE.customers, answers });
  await importFile(page, "en", file, { timeout: 600_000 });
  const times = { "by product": [], "by staff": [], "the list of answers": [] };
  const places = { "by product": "satisfaction", "by staff": "satisfaction?by=staff", "the list of answers": "satisfaction?nps=detractor" };
  for (let i = 0; i < RUNS; i += 1) {
    for (const [what, place] of Object.entries(places)) {
      await visit(page, "data");
      await forget(page);
      await visit(page, place);
      await page.waitForTimeout(500);
      times[what].push(sum(await measured(page, "kith:ask")));
    }
  }
  for (const [what, all] of Object.entries(times)) report(`satisfaction of ${answers.toLocaleString("en")} answers, ${what}`, ms(all), "all asks; budget 100 ms");
  await longTasks(page, "satisfaction");
}
