// Trunk's post_build hook: gives the build its identity.
//
// 1. The build id is a hash over every file of the build, so equal sources give equal ids.
// 2. All code and styles move into a folder of that name: no cache anywhere can mix two builds.
// 3. index.html gets the id and the new addresses.
// 4. sw.js gets the id, the list of files with their hashes and the content-security policy of index.html.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const root = process.env.TRUNK_STAGING_DIR ?? process.argv[2];
if (!root) throw new Error("stamp.mjs runs as Trunk's post_build hook, or with the folder of a build as its argument");

/** Files whose names must not change: the outside world knows them. */
const FIXED = /^(index\.html|404\.html|sw\.js|manifest\.webmanifest|icons\/.*)$/;

// The picture is the README's; the app has no use for it.
rmSync(join(root, "screenshot.png"), { force: true });

const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1).replaceAll("\\", "/"))
  .sort();

const whole = createHash("sha256");
for (const name of files) {
  const bytes = readFileSync(join(root, name));
  whole.update(`${name}\0${bytes.length}\0`).update(bytes);
}
const id = whole.digest("hex").slice(0, 12);

const moved = files.filter((name) => !FIXED.test(name));
for (const name of moved) {
  const target = join(root, id, name);
  mkdirSync(dirname(target), { recursive: true });
  renameSync(join(root, name), target);
}
for (const folder of new Set(moved.filter((name) => name.includes("/")).map((name) => name.split("/")[0]))) {
  rmSync(join(root, folder), { recursive: true });
}

const page = join(root, "index.html");
let html = readFileSync(page, "utf8");
html = html.replaceAll(/(href|src)="\.\/([^"]+)"/g, (all, attribute, name) =>
  moved.includes(name) ? `${attribute}="./${id}/${name}"` : all,
);
html = replaceOnce(html, '<meta name="kith-build" content="dev">', `<meta name="kith-build" content="${id}">`);
html = html.replaceAll(/<!--[^]*?-->\s*/g, "");
writeFileSync(page, html);

const policy = html.match(/http-equiv="Content-Security-Policy" content="([^"]+)"/)?.[1];
if (!policy) throw new Error("index.html has no content-security policy");

const listed = files
  .filter((name) => name !== "sw.js" && name !== "404.html")
  .map((name) => {
    const path = moved.includes(name) ? `${id}/${name}` : name;
    const hash = createHash("sha256").update(readFileSync(join(root, path))).digest("base64");
    return [path === "index.html" ? "./" : path, `sha256-${hash}`];
  });

const worker = join(root, "sw.js");
let sw = readFileSync(worker, "utf8");
sw = replaceOnce(sw, 'const BUILD = "dev";', `const BUILD = ${JSON.stringify(id)};`);
sw = replaceOnce(sw, "const FILES = [];", `const FILES = ${JSON.stringify(listed)};`);
sw = replaceOnce(sw, 'const POLICY = "";', `const POLICY = ${JSON.stringify(policy)};`);
writeFileSync(worker, sw);

console.log(`stamped build ${id}: ${listed.length} files`);

function replaceOnce(text, from, to) {
  if (text.split(from).length !== 2) throw new Error(`expected exactly one ${from}`);
  return text.replace(from, () => to);
}
