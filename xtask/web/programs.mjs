// Part of Trunk's post_build hook, for release builds: cuts programs into parts that are fetched when they are needed, and
// makes all of them small.
//
// Trunk hands over whole programs. With KITH_SPLIT=1 (`cargo xtask` sets it) those of CUT were linked with their
// relocations; wasm-split-cli moves what only a split point reaches into files of their own, wasm-bindgen then works on
// what is left, and both replace what Trunk made. Names: <program>_parts.js fetches, <program>_<part>.wasm is a part,
// <program>_<number>.wasm is what several parts share.

import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

/** Where cargo puts a program, and how wasm-opt treats it: the page for size, the others for speed. */
const PROGRAMS = {
  app: { profile: "app", level: "-Oz" },
  worker: { profile: "release", level: "-O3" },
  files: { profile: "release", level: "-O3" },
};
const CUT = ["app", "worker"];

const FEATURES = [
  "bulk-memory",
  "bulk-memory-opt",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
  "simd",
].map((name) => `--enable-${name}`);

/** On the folder of a build, in place. */
export async function finish(root) {
  if (process.env.KITH_SPLIT === "1") for (const name of CUT) await cut(root, name);
  // The largest first, so that no processor is left with it at the end.
  const left = readdirSync(root)
    .filter((file) => file.endsWith(".wasm"))
    .map((file) => ({ path: join(root, file), level: PROGRAMS[file.split("_")[0]].level, size: readFileSync(join(root, file)).length }))
    .sort((a, b) => b.size - a.size);
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) await run("wasm-opt", [next.level, ...FEATURES, next.path, "-o", next.path]);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
}

async function cut(root, name) {
  const built = resolve(process.env.CARGO_TARGET_DIR ?? "target", "wasm32-unknown-unknown", PROGRAMS[name].profile, `${name}.wasm`);
  const work = join(root, ".parts");
  mkdirSync(work);
  await run("wasm-split-cli", [built, work, "--target", "web", "--out-name", name]);
  const keep = ["--keep-lld-exports", "--no-demangle", "--no-typescript"];
  await run("wasm-bindgen", ["--target", "web", ...keep, "--out-name", name, "--out-dir", root, join(work, `${name}.wasm`)]);

  let parts = readFileSync(join(work, "__wasm_split.js"), "utf8");
  for (const file of readdirSync(work).filter((file) => /^(split|chunk)_.*\.wasm$/.test(file))) {
    const renamed = file.replace(/^(split|chunk)_/, `${name}_`);
    // A part without anything of its own is not fetched.
    if (parts.includes(`"./${file}"`)) {
      parts = parts.replaceAll(`"./${file}"`, `"./${renamed}"`);
      renameSync(join(work, file), join(root, renamed));
    }
  }
  // As wasm-bindgen does with the program itself: a host that does not know wasm's type may serve it too.
  const streaming = "WebAssembly.instantiateStreaming(src, imports)";
  if (!parts.includes(streaming)) throw new Error("wasm-split-cli writes its loader in another way than this script knows");
  parts = `${parts.replaceAll(streaming, "instantiate(src, imports)")}
async function instantiate(source, imports) {
    const response = await source;
    if (!response.ok) throw new Error(\`\${response.url}: \${response.status}\`);
    return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
`;
  writeFileSync(join(root, `${name}_parts.js`), parts);
  const glue = join(root, `${name}.js`);
  writeFileSync(glue, readFileSync(glue, "utf8").replaceAll('from "./__wasm_split.js"', `from "./${name}_parts.js"`));
  rmSync(work, { recursive: true });

  const page = join(root, "index.html");
  const preload = `<link rel="modulepreload" href="./${name}.js">`;
  const html = readFileSync(page, "utf8");
  writeFileSync(page, html.replace(preload, `${preload}<link rel="modulepreload" href="./${name}_parts.js">`));
  if (!existsSync(join(root, `${name}_bg.wasm`))) throw new Error(`no ${name}_bg.wasm`);
}

async function run(program, args) {
  try {
    // npm's programs are scripts on Windows.
    await promisify(execFile)(program, args, { shell: process.platform === "win32", maxBuffer: 1 << 26 });
  } catch (error) {
    if (error.code === "ENOENT") throw new Error(`${program} is missing: \`cargo xtask setup\` fetches it`);
    throw new Error(`${program}: ${error.stderr || error.message}`);
  }
}
