//! Writes the pinyin table that `domain::pinyin` reads: only what the app needs of the crate's data, so that the worker
//! stays small.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use pinyin::ToPinyinMulti;

/// The ideographs of Unicode's first block, where almost all names are found.
const FIRST: u32 = 0x4e00;
const END: u32 = 0xa000;

/// Readings as surnames that the crate's data lack.
const SURNAMES: [(char, &str); 9] = [
    ('黑', "he"),
    ('谌', "shen"),
    ('郇', "huan"),
    ('隽', "juan"),
    ('仇', "qiu"),
    ('费', "bi"),
    ('晟', "cheng"),
    ('贠', "yun"),
    ('钭', "tou"),
];

/// Toneless readings, the usual one first; ü as people type it: v, u, and yu as in passports.
fn readings(c: char) -> Vec<String> {
    let mut readings: Vec<String> = Vec::new();
    for pinyin in c.to_pinyin_multi().into_iter().flatten() {
        let plain = pinyin.plain();
        if plain.contains('ü') {
            readings.extend(["v", "u", "yu"].map(|typed| plain.replace('ü', typed)));
        } else {
            readings.push(plain.to_owned());
        }
    }
    readings.extend(SURNAMES.iter().filter(|(of, _)| *of == c).map(|(_, reading)| (*reading).to_owned()));
    let mut seen = BTreeSet::new();
    readings.retain(|reading| reading.is_ascii() && seen.insert(reading.clone()));
    readings
}

/// `KITH_SPLIT=1`: these programs are to be cut into parts (`xtask/web/programs.mjs`), which needs to know what refers to what.
fn cut() {
    println!("cargo::rerun-if-env-changed=KITH_SPLIT");
    println!("cargo::rustc-check-cfg=cfg(kith_split)");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if is("KITH_SPLIT", "1") && is("CARGO_CFG_TARGET_ARCH", "wasm32") {
        println!("cargo::rustc-cfg=kith_split");
        for program in ["app", "worker"] {
            println!("cargo::rustc-link-arg-bin={program}=--emit-relocs");
        }
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    cut();
    let all: Vec<Vec<String>> = (FIRST..END).filter_map(char::from_u32).map(readings).collect();
    let syllables: BTreeSet<&String> = all.iter().flatten().collect();
    let codes: BTreeMap<&String, u16> = syllables.iter().copied().zip(1..).collect();
    let code = |reading: Option<&String>| reading.and_then(|r| codes.get(r)).copied().unwrap_or(0);

    // Low and high bytes apart, and further readings behind: this packs best.
    let first: Vec<u16> = all.iter().map(|of| code(of.first())).collect();
    let (mut gaps, mut further, mut last) = (Vec::new(), Vec::new(), 0);
    for (at, of) in all.iter().enumerate() {
        for reading in of.iter().skip(1) {
            gaps.push(u8::try_from(at - last)?);
            further.push(code(Some(reading)));
            last = at;
        }
    }
    let planes = |codes: &[u16]| [0, 1].map(|byte| codes.iter().map(|c| c.to_le_bytes()[byte]).collect::<Vec<u8>>());
    let [first_low, first_high] = planes(&first);
    let [low, high] = planes(&further);
    let table = [first_low, first_high, gaps, low, high].concat();

    let folder = std::env::var("OUT_DIR")?;
    std::fs::write(Path::new(&folder).join("pinyin.bin"), table)?;
    let names = syllables.into_iter().map(|s| format!("{s:?}, ")).collect::<String>();
    let code = format!(
        "const FIRST: u32 = {FIRST};\nconst CHARS: usize = {};\nconst FURTHER: usize = {};\n\
         /// All syllables; a code is a place here, counted from 1.\nconst SYLLABLES: &[&str] = &[{names}];\n",
        first.len(),
        further.len(),
    );
    std::fs::write(Path::new(&folder).join("pinyin.rs"), code)?;
    Ok(())
}
