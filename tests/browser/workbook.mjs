// A workbook as spreadsheet programs write it: shared strings, numbers and dates as numbers, deflated parts.

import { crc32, deflateRawSync } from "node:zlib";

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** The sheet of a table; a column is letters from A on. Numbers are cells of numbers, dates such of the second style. */
function sheet(table, shared) {
  const index = new Map();
  const cell = (text, column, row) => {
    const place = `${String.fromCharCode(65 + column)}${row}`;
    if (/^-?\d+(\.\d+)?$/.test(text)) return `<c r="${place}"><v>${text}</v></c>`;
    const date = text.match(/^(\d{4}-\d\d-\d\d) (\d\d:\d\d)$/);
    if (date) return `<c r="${place}" s="1"><v>${Date.parse(`${date[1]}T${date[2]}Z`) / 86_400_000 + 25_569}</v></c>`;
    if (!index.has(text)) {
      index.set(text, shared.length);
      shared.push(text);
    }
    return `<c r="${place}" t="s"><v>${index.get(text)}</v></c>`;
  };
  const rows = table.map((cells, i) => `<row r="${i + 1}">${cells.map((text, column) => cell(text, column, i + 1)).join("")}</row>`);
  return [`${HEAD}<worksheet ${MAIN}><sheetData>`, ...rows, "</sheetData></worksheet>"];
}

/** Bytes of a zip file with these parts, without dates. */
function zip(parts) {
  const [bodies, directory] = [[], []];
  let offset = 0;
  for (const [name, chunks] of Object.entries(parts)) {
    const raw = Buffer.concat(chunks.map((chunk) => Buffer.from(chunk)));
    const packed = deflateRawSync(raw, { level: 6 });
    const common = Buffer.alloc(26);
    [[20, 0], [0x0800, 2], [8, 4]].forEach(([value, at]) => common.writeUInt16LE(value, at));
    [[crc32(raw), 10], [packed.length, 14], [raw.length, 18]].forEach(([value, at]) => common.writeUInt32LE(value, at));
    common.writeUInt16LE(name.length, 22);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    const local = [Buffer.from("PK\x03\x04"), common, Buffer.from(name), packed];
    bodies.push(...local);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, central, Buffer.from(name));
    offset += local.reduce((sum, part) => sum + part.length, 0);
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  const count = Object.keys(parts).length;
  [[count, 8], [count, 10]].forEach(([value, at]) => end.writeUInt16LE(value, at));
  [[list.length, 12], [offset, 16]].forEach(([value, at]) => end.writeUInt32LE(value, at));
  return Buffer.concat([...bodies, list, end]);
}

/** A workbook with one sheet from CSV without quotes. */
export function workbookOf(csv) {
  const shared = [];
  const rows = sheet(csv.trimEnd().split("\n").map((line) => line.split(",")), shared);
  const type = (kind) => `application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml`;
  const override = (part, kind) => `<Override PartName="/xl/${part}.xml" ContentType="${type(kind)}"/>`;
  const relation = (id, kind, target) => `<Relationship Id="${id}" Type="${RELATION}/${kind}" Target="${target}"/>`;
  const relations = (inner) => [`${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`];
  return zip({
    "[Content_Types].xml": [
      `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`,
      override("workbook", "sheet.main"), override("worksheets/sheet1", "worksheet"), override("sharedStrings", "sharedStrings"), override("styles", "styles"), "</Types>",
    ],
    "_rels/.rels": relations(relation("rId1", "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": [`${HEAD}<workbook ${MAIN} xmlns:r="${RELATION}"><sheets><sheet name="Orders" sheetId="1" r:id="rId1"/></sheets></workbook>`],
    "xl/_rels/workbook.xml.rels": relations(
      relation("rId1", "worksheet", "worksheets/sheet1.xml") + relation("rId2", "sharedStrings", "sharedStrings.xml") + relation("rId3", "styles", "styles.xml"),
    ),
    "xl/styles.xml": [
      `${HEAD}<styleSheet ${MAIN}><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>`,
      '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>',
    ],
    "xl/worksheets/sheet1.xml": rows,
    "xl/sharedStrings.xml": [`${HEAD}<sst ${MAIN} count="${shared.length}" uniqueCount="${shared.length}">`, ...shared.map((text) => `<si><t>${escaped(text)}</t></si>`), "</sst>"],
  });
}
