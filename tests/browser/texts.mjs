// The app's own sentences, read from src/locale, so that the tests find things by what a person sees.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./harness.mjs";

/** `texts("zh").shell.today` → 今日. Sentences with parts to fill in become patterns with `pattern`. */
export function texts(language) {
  const all = {};
  const folder = join(ROOT, "src", "locale");
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".rs") && name !== "mod.rs")) {
    const area = (all[file.slice(0, -3)] = {});
    const source = readFileSync(join(folder, file), "utf8");
    for (const [, name, en, zh] of source.matchAll(/^\s*(\w+): ("(?:[^"\\]|\\.)*"),\s*("(?:[^"\\]|\\.)*");/gm)) {
      area[name] = JSON.parse(language === "zh" ? zh : en);
    }
  }
  return all;
}

/** A pattern for a sentence with parts such as {name} or with a plural form after a bar. */
export function pattern(sentence) {
  const forms = sentence.split("|").map((form) =>
    form
      .split(/\{\w+\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*"),
  );
  return new RegExp(forms.join("|"));
}
