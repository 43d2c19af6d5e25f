// Every chart of the demo as a table, as a CSV and as a PNG: named by title and day, plain numbers with their units, a picture that says what it is.

import { readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, assert, browser, host, journey, open } from "./harness.mjs";
import { LANGUAGES, fillDemo, visit } from "./person.mjs";
import { texts } from "./texts.mjs";

/** Where charts are, by their titles. */
const charts = (t) => [
  ["segments/value", [t.segments.chart_value]],
  ["segments/worth", [t.worth.chart, t.worth.trend]],
  ["segments/rfm", [t.segments.chart_rfm]],
  ["segments/tiers", [t.segments.chart_tiers]],
  ["segments/dormancy", [t.segments.chart_dormancy]],
  ["segments/moved", [t.moved.chart, t.moved.mix]],
  ["satisfaction", [t.satisfaction.gaps, t.satisfaction.trend]],
  ["insights/stay", [t.retention.cohorts, t.retention.churn, t.retention.causes, t.retention.lengths, t.retention.curve_chart]],
  ["insights/referrals", [t.retention.ref_advocates]],
];

/** The cells of a CSV's rows. */
function cells(text) {
  const row = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
  return text.replace(/^\ufeff/, "").trimEnd().split("\r\n").map(row);
}

/** How many colours a picture has in its head and below it, and how much of each is not background. */
const looks = (page, png) =>
  page.evaluate(async (bytes) => {
    const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
    const { width, height } = image;
    // Half the size is enough to look at.
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width >> 1, height >> 1];
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    const look = (y, tall) => {
      const dots = new Uint32Array(pen.getImageData(0, y, canvas.width, tall).data.buffer);
      return { colours: new Set(dots).size, inked: dots.filter((dot) => dot !== dots[0]).length };
    };
    const head = Math.min(canvas.height - 1, 55);
    return { width, height, head: look(0, head), body: look(head, canvas.height - head) };
  }, [...png]);

for (const { language, locale } of LANGUAGES) {
  journey(`every chart as a table, a CSV and a PNG (${language})`, async (t) => {
    const words = texts(language);
    const at = await host(t);
    const page = await open(await browser(t, at, { locale }), at);
    await fillDemo(page, language);
    const day = await page.evaluate(() => {
      const now = new Date();
      return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
    });
    const shots = join(ROOT, ".screenshots");
    mkdirSync(shots, { recursive: true });
    for (const [address, titles] of charts(words)) {
      await visit(page, address);
      const survivors = page.getByRole("textbox", { name: words.retention.curve_survivors });
      if (address === "insights/stay") await survivors.fill("1000, 869, 743, 653, 593, 551, 517, 491");
      const frames = page.locator("figure.chart");
      await frames.nth(titles.length - 1).waitFor({ timeout: 60_000 });
      // Until the last month has come.
      if (["segments/worth", "segments/moved"].includes(address)) await frames.last().getByRole("link").nth(12).waitFor({ timeout: 60_000 });
      assert.deepEqual((await frames.locator("h2").allInnerTexts()).sort(), [...titles].sort(), address);
      for (const title of titles) {
        const chart = frames.filter({ has: page.getByRole("heading", { name: title, exact: true }) });
        const press = (name) => chart.getByRole("button", { name, exact: true }).click();
        const saved = async (name) => {
          const [file] = await Promise.all([page.waitForEvent("download"), press(name)]);
          // Typed numbers are of no day.
          const dated = title === words.retention.curve_chart ? "" : ` ${day}`;
          assert.equal(file.suggestedFilename(), `${title.replace(/[?:]/g, "")}${dated}.${name.toLowerCase()}`);
          return readFileSync(await file.path());
        };
        const kept = join(shots, `chart-${language}-${address.replace("/", "-")}-${titles.indexOf(title)}`);
        const png = await saved("PNG");
        writeFileSync(`${kept}.png`, png);
        assert.equal(png.subarray(0, 8).toString("latin1"), "\x89PNG\r\n\x1a\n", title);
        const picture = await looks(page, png);
        assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [picture.width, picture.height], title);
        assert.ok(png.length > 5_000 && picture.width > 600 && picture.height > 200, `${title}: ${JSON.stringify(picture)}`);
        // Words above, a drawing below: neither is an even surface.
        assert.ok(picture.head.inked > 500 && picture.head.colours > 8, `${title}: ${JSON.stringify(picture)}`);
        assert.ok(picture.body.inked > 1_000 && picture.body.colours > 8, `${title}: ${JSON.stringify(picture)}`);

        await press(words.common.as_table);
        const [heads, rows] = [chart.locator("thead th"), chart.locator("tbody tr")];
        await rows.first().waitFor();
        const csv = (await saved("CSV")).toString();
        writeFileSync(`${kept}.csv`, csv);
        const [head, ...body] = cells(csv);
        assert.equal(body.length, await rows.count(), title);
        assert.ok(head.length >= (await heads.count()) && head.every((name) => name.length > 0), head.join("|"));
        // Numbers are plain wherever the header names a unit.
        for (const row of body) {
          assert.equal(row.length, head.length, `${title}: ${row.join("|")}`);
          const figures = row.filter((_, i) => /\((%|[A-Z]{3})\)$/.test(head[i]));
          assert.ok(figures.every((figure) => /^(-?\d+(\.\d+)?)?$/.test(figure)), `${title}: ${row.join("|")}`);
        }
        assert.ok(body.some((row) => row.some((cell) => /^-?\d/.test(cell))), `${title}: no number`);
        await press(words.common.as_picture);
      }
    }
  });
}
