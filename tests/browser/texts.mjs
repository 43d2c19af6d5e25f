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

/** A sentence with its parts filled in, and a blank where 汉字 and other letters meet, as the app does. */
export function filled(sentence, values) {
  const [han, other] = ["[\\u3400-\\u4dbf\\u4e00-\\u9fff]", "[0-9A-Za-z\\u00c0-\\u024f]"];
  const meet = new RegExp(`${han}${other}|${other}${han}`);
  return sentence.split(/(\{\w+\})/).reduce((out, part) => {
    const next = part.startsWith("{") ? String(values[part.slice(1, -1)] ?? part) : part;
    return out + (meet.test(out.slice(-1) + next.slice(0, 1)) ? " " : "") + next;
  }, "");
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
