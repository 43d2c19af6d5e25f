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
