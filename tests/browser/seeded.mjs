// A seeded order file of any size: the same bytes for the same numbers, on every machine.

import { createWriteStream, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { once } from "node:events";

/** Mulberry32, a small generator of uniform numbers in [0, 1). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Writes an order file, unless it is there; a customer's share of the lines is uneven, as in a real shop. */
export async function seededOrders(file, { customers, lines, products = 4000, seed = 7 }) {
  if (existsSync(file)) return;
  const next = random(seed);
  const part = `${file}.part`;
  const out = createWriteStream(part);
  const names = Array.from({ length: products }, (_, i) => `ARTICLE ${["RED", "BLUE", "SMALL", "LARGE", "OLD", "NEW"][i % 6]} No ${i}`);
  const prices = names.map(() => (50 + Math.floor(next() ** 3 * 5000)) / 100);
  out.write("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
  const start = Date.UTC(2023, 0, 1);
  let chunk = "";
  let order = 500_000;
  for (let line = 0; line < lines; ) {
    // The first orders go once around, so that every customer has one.
    const first = order - 500_000;
    const customer = 10_000 + (first < customers ? first : Math.floor(next() ** 2 * customers));
    const at = new Date(start + Math.floor(next() * 730 * 24 * 60) * 60_000).toISOString().slice(0, 16).replace("T", " ");
    const many = Math.min(lines - line, 1 + Math.floor(next() * 8));
    for (let i = 0; i < many; i += 1, line += 1) {
      const product = Math.floor(next() ** 2 * products);
      const quantity = 1 + Math.floor(next() ** 3 * 24);
      chunk += `${order},P${product},${names[product]},${quantity},${at},${prices[product].toFixed(2)},${customer},United Kingdom\n`;
    }
    order += 1;
    if (chunk.length > 1 << 20) {
      if (!out.write(chunk)) await once(out, "drain");
      chunk = "";
    }
  }
  out.end(chunk);
  await once(out, "finish");
  renameSync(part, file);
}

const SURNAMES = ["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "单", "曾", "解", "仇", "欧阳"];
const GIVEN = [..."伟芳娜敏静丽强磊军洋艳勇杰娟涛明超秀霞平刚桂英文华玉建国兰红梅志鹏云飞雪晨宇欣怡佳浩然"];
const FIRST = ["Alice", "Robert", "Maria", "James", "Linda", "Wei", "Olga", "Ahmed", "Grace", "Thomas", "Yuki", "Carlos"];
const LAST = ["Smith", "Johnson", "Zhangwell", "Brown", "Garcia", "Miller", "Davies", "Wilson", "Novak", "Keller", "Okafor", "Svensson"];

/** Writes a file of the customers of [`seededOrders`], half of them with Chinese names, unless it is there; of every 200 one comes
 * a second time under another number, with the name and the phone written in another way. */
export async function seededCustomers(file, { customers, seed = 11 }) {
  if (existsSync(file)) return;
  const next = random(seed);
  const of = (all) => all[Math.floor(next() * all.length)];
  const rows = ["Customer ID,Name,Phone,Email,Company,Note"];
  for (let i = 0; i < customers; i += 1) {
    const chinese = i % 2 === 0;
    const name = chinese ? of(SURNAMES) + of(GIVEN) + of(GIVEN) : `${of(FIRST)} ${of(LAST)}${i % 7}`;
    const phone = `13${String(100_000_000 + i * 7 + Math.floor(next() * 7)).slice(-9)}`;
    rows.push(`${10_000 + i},${name},${phone},c${i}@example.com,Company ${i % 900},`);
    if (i % 200 === 0) rows.push(`T${i},${name}先生,+86 ${phone.slice(0, 3)}-${phone.slice(3)},,,`);
  }
  writeFileSync(`${file}.part`, `${rows.join("\n")}\n`);
  renameSync(`${file}.part`, file);
}

/** Writes a file of answers on satisfaction by the customers of [`seededOrders`], unless it is there. */
export async function seededAnswers(file, { customers, answers, seed = 9 }) {
  if (existsSync(file)) return;
  const next = random(seed);
  const below = (n) => Math.floor(next() * n);
  const rows = ["Response ID,Customer ID,Date,Expectation,Experience,NPS,CSAT,Staff"];
  for (let i = 0; i < answers; i += 1) {
    const day = new Date(Date.UTC(2023, 0, 1 + below(730))).toISOString().slice(0, 10);
    rows.push(`r${i},${10_000 + below(customers)},${day},${below(11)},${below(11)},${below(11)},${1 + below(5)},s${below(12)}`);
  }
  writeFileSync(`${file}.part`, `${rows.join("\n")}\n`);
  renameSync(`${file}.part`, file);
}

/** Counts a file of [`seededOrders`] anew, line by line, to compare with what the app says. */
export function readCounts(file) {
  const rows = readFileSync(file, "utf8").trimEnd().split("\n").slice(1).map((line) => line.split(","));
  const distinct = (column) => new Set(rows.map((row) => row[column])).size;
  const minor = rows.reduce((sum, row) => sum + Number(row[3]) * Math.round(Number(row[5]) * 100), 0);
  return { lines: rows.length, orders: distinct(0), products: distinct(1), customers: distinct(6), minor };
}

const CELLS = ["address", "birthday", "city", "company", "country", "email", "extra", "key", "name", "note", "owner", "phone"];

/**
 * Two copies of a book of customers with twelve fields, each edited without knowing of the other; `shared` of the edits are
 * of the same cells. Gives the files: mine and theirs whole, and theirs as what changed since the common start.
 */
export function seededPair(folder, { customers, edits, shared, seed = 11 }) {
  const next = random(seed);
  const hex = (n, digits) => n.toString(16).padStart(digits, "0");
  const start = Date.UTC(2026, 0, 1);
  // Milliseconds in the upper 48 bits.
  const time = (ms) => `${hex(start + ms, 12)}0000`;
  const device = (n) => hex(2 * n, 16);
  const text = (n) => `${["Tea", "Rose", "Amber", "Harbour", "Lotus", "River"][n % 6]} ${hex(Math.floor(next() * 2 ** 32), 8)}`;
  const book = Array.from({ length: customers }, (_, n) => ({
    id: `00000000-0000-7000-8000-${hex(n + 1, 12)}`,
    f: Object.fromEntries(CELLS.map((name, at) => [name, name === "birthday" ? `19${50 + (n % 50)}-0${1 + (n % 9)}-1${n % 9}` : text(n + at)])),
  }));
  const names = CELLS.filter((name) => name !== "birthday");
  // No cell twice on one side; the first of them are those of both sides.
  const chosen = new Map();
  while (chosen.size < 2 * edits - shared) {
    const [row, name] = [Math.floor(next() * customers), names[Math.floor(next() * names.length)]];
    chosen.set(`${row} ${name}`, [row, name]);
  }
  const all = [...chosen.values()];
  const sides = { mine: all.slice(0, edits), theirs: [...all.slice(0, shared), ...all.slice(edits)] };
  const write = (side, since) => {
    const own = device(side === "mine" ? 2 : 3);
    const changed = new Map();
    sides[side].forEach(([row, name], n) => changed.set(row, [...(changed.get(row) ?? []), [name, n + 1]]));
    const rows = book.map((record, row) => {
      const marks = changed.get(row) ?? [];
      const f = { ...record.f, ...Object.fromEntries(marks.map(([name, n]) => [name, `${side} ${n} ${record.f[name]}`])) };
      const kept = since ? Object.fromEntries(marks.map(([name]) => [name, f[name]])) : f;
      return since && marks.length === 0 ? null : { id: record.id, at: 0, f: kept, ...(marks.length > 0 && { x: Object.fromEntries(marks) }) };
    });
    const records = rows.filter(Boolean);
    const base = { [device(1)]: time(0) };
    // The sides take turns, so that either wins half of what both changed.
    const stamp = (n) => `${time(3 * n + (side === "mine" ? 1 + (n % 2) : 2 - (n % 2)))}.${own}`;
    const commits = [{ stamp: `${time(0)}.${device(1)}`, class: "hand" }, ...sides[side].map((_, n) => ({ stamp: stamp(n), class: "hand" }))];
    const kith = {
      format: "kith", major: 1, minor: 0, device: own, exported_at: "2026-02-01T00:00:00.000Z",
      scope: since ? { since: base } : "whole",
      vector: { ...base, [own]: stamp(edits - 1).slice(0, 16) },
      counts: { customer: records.length },
    };
    const lines = (rows) => rows.map((row) => JSON.stringify(row)).join(",\n");
    const path = `${folder}/bench-pair-${customers}-${edits}-${side}${since ? "-part" : ""}.json`;
    writeFileSync(path, `{"kith":${JSON.stringify(kith)},\n"commits":[\n${lines(commits)}],\n"records":{\n"customer":[\n${lines(records)}]}}\n`);
    return path;
  };
  return { mine: write("mine"), theirs: write("theirs"), part: write("theirs", true) };
}
