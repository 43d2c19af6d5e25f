//! Rules that the compiler does not know: who may know whom, where the words for the user live, what never appears in the
//! source, documents that stay true.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failing rule is a failing test")]

use std::fs;
use std::path::{Path, PathBuf};

/// Lines of code in a file at most; its tests come on top.
const MAX_LINES: usize = 600;
/// Files that are one long table.
const TABLES: [&str; 1] = ["src/files/orders/synonyms.rs"];

/// Each layer with the inner layers that it may use.
const LAYERS: [(&str, &[&str]); 8] = [
    ("domain", &[]),
    ("analytics", &["domain"]),
    ("sync", &["domain"]),
    ("files", &["domain"]),
    ("engine", &["domain", "analytics", "sync", "files"]),
    ("locale", &["domain", "files", "engine"]),
    ("web", &["domain", "sync", "files", "engine"]),
    ("ui", &["domain", "files", "engine", "locale", "web"]),
];
/// Layers without browser, clock or randomness.
const PURE: [&str; 6] = ["domain", "analytics", "sync", "files", "engine", "locale"];

struct Source {
    /// From the project's folder, with `/`.
    name: String,
    text: String,
}

impl Source {
    /// Number and text of each line before the tests, comments taken off.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
        (1..).zip(lines).map(|(n, line)| (n, if line.trim_start().starts_with("//") { "" } else { line }))
    }

    fn layer(&self) -> &str {
        self.name.strip_prefix("src/").and_then(|rest| rest.split(['/', '.']).next()).unwrap_or_default()
    }

    fn is_test(&self) -> bool {
        self.name.ends_with("/tests.rs")
            || self.name.ends_with("_tests.rs")
            || self.name.contains("/tests/")
            || self.name.ends_with("/testing.rs")
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn files_in(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_in(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn sources() -> Vec<Source> {
    let source = |path: PathBuf| Source {
        name: path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/"),
        text: read(&path),
    };
    files_in(&root().join("src"), "rs").into_iter().map(source).collect()
}

/// Fails with every place at once.
fn none(what: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

/// Places in the code of `layers` that hold one of `words`.
fn places(layers: &[&str], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources().iter().filter(|s| layers.contains(&s.layer()) && !s.is_test()) {
        for (n, line) in source.code() {
            found.extend(words.iter().filter(|w| line.contains(**w)).map(|w| format!("{}:{n}: {w}", source.name)));
        }
    }
    found
}

#[test]
fn inner_layers_know_no_outer_ones() {
    let mut found = Vec::new();
    for source in sources() {
        let Some((layer, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == source.layer()) else { continue };
        for (n, line) in source.code() {
            for rest in line.split("crate::").skip(1) {
                let used = rest.split(|c: char| !(c.is_ascii_lowercase() || c == '_')).next().unwrap_or_default();
                let is_layer = LAYERS.iter().any(|(name, _)| *name == used);
                if is_layer && used != *layer && !allowed.contains(&used) {
                    found.push(format!("{}:{n}: {used}", source.name));
                }
            }
        }
    }
    none("a layer uses one that it must not know", found);
}

#[test]
fn the_pure_layers_hold_no_browser_no_clock_no_randomness() {
    let words = [
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "gloo",
        "leptos",
        "getrandom",
        "SystemTime",
        "Instant::now",
        "Utc::now",
        "Local::now",
        "std::fs",
        "std::net",
        "std::thread",
    ];
    none("not pure", places(&PURE, &words));
}

#[test]
fn words_for_the_user_live_in_locale_alone() {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut found = Vec::new();
    for source in sources().iter().filter(|s| ["ui", "web", "engine", "analytics", "sync"].contains(&s.layer())) {
        if source.name.starts_with("src/engine/demo/") || source.is_test() {
            continue;
        }
        // The mark of the app is a picture.
        let here = source.code().filter(|(_, line)| !line.contains("brand-mark"));
        let here = here.filter(|(_, line)| line.split("//").next().unwrap_or_default().contains(is_chinese));
        found.extend(here.map(|(n, line)| format!("{}:{n}: {}", source.name, line.trim())));
    }
    none("Chinese outside src/locale and the demo's words", found);
}

#[test]
fn pages_use_signals_of_our_own_kind() {
    // Those of Leptos are compiled again for every type: see `ui::live`.
    let mut found = places(&["ui"], &["leptos::prelude", "reactive_graph"]);
    found.retain(|place| !place.starts_with("src/ui/live.rs") && !place.starts_with("src/ui/prelude.rs"));
    none("Leptos' prelude instead of ui::prelude", found);
}

/// What is read after something was waited for: the page may have left, and asking a value that is gone ends the program.
/// What lives as long as the app is reached by these names.
#[test]
fn what_may_be_gone_is_not_asked_after_waiting() {
    const ASKING: [&str; 7] =
        [".get()", ".get_untracked()", ".get_value()", ".with(", ".with_untracked(", ".with_value(", ".run("];
    const LASTING: [&str; 4] = ["app", "self", "client", "locale"];
    let mut found = Vec::new();
    for source in sources().iter().filter(|s| s.layer() == "ui") {
        for (at, _) in source.text.match_indices("spawn_local(async") {
            let rest = source.text.get(at..).unwrap_or_default();
            let mut depth = 0;
            let ends = |c: char| {
                depth += i32::from(c == '(') - i32::from(c == ')');
                c == ')' && depth == 0
            };
            let body = rest.get(..rest.find(ends).unwrap_or(rest.len())).unwrap_or_default();
            let Some((_, after)) = body.split_once(".await") else { continue };
            for (place, asking) in ASKING.iter().flat_map(|asking| after.match_indices(asking)) {
                let before = after.get(..place).unwrap_or_default();
                let from = before.rfind(|c: char| !(c.is_alphanumeric() || "_.()".contains(c))).map_or(0, |i| i + 1);
                let receiver = before.get(from..).unwrap_or_default();
                if !LASTING.contains(&receiver.split(['.', '(']).next().unwrap_or_default()) {
                    let line = source.text.get(..at).unwrap_or_default().lines().count();
                    found.push(format!("{} after line {line}: {receiver}{asking}", source.name));
                }
            }
        }
    }
    none("Use the form that begins with try_, or read before waiting", found);
}

#[test]
fn nothing_gets_around_the_content_security_policy() {
    // Text is only ever set as text; a style attribute would be refused by the policy in silence.
    none(
        "data as markup",
        places(&["ui", "web"], &["inner_html", "innerHTML", "insert_adjacent_html", "document.write"]),
    );
    none("style attribute", places(&["ui"], &[" style=\"", " style={", "set_attribute(\"style\"", "attr:style"]));
    let mut addresses = places(&["ui", "web"], &["http://", "https://"]);
    addresses.retain(|place| {
        let mut parts = place.splitn(3, ':');
        let (file, line) = (parts.next().unwrap_or_default(), parts.next().and_then(|n| n.parse::<usize>().ok()));
        let text = read(&root().join(file));
        // The name of the SVG format is no address.
        !text.lines().nth(line.unwrap_or(1) - 1).is_some_and(|line| line.contains("http://www.w3.org/"))
    });
    none("an address of another origin", addresses);
}

#[test]
fn nothing_is_unsafe_but_the_ways_into_parts() {
    let ways = ["src/ui/parts.rs", "src/bin/worker.rs"];
    let mut found = Vec::new();
    for source in sources() {
        let lines = source.code().filter(|(n, line)| {
            let of_a_way =
                *n < 20 && ways.contains(&source.name.as_str()) && line.starts_with("#![cfg_attr(kith_split");
            line.contains("unsafe") && !of_a_way
        });
        found.extend(lines.map(|(n, line)| format!("{}:{n}: {}", source.name, line.trim())));
    }
    none("unsafe", found);
}

#[test]
fn files_stay_short_and_finished() {
    let sources = sources();
    let long = sources.iter().filter(|s| !TABLES.contains(&s.name.as_str()) && !s.is_test());
    let long = long.map(|s| (s, s.code().count())).filter(|(_, lines)| *lines > MAX_LINES);
    none("too long", long.map(|(s, lines)| format!("{}: {lines} lines", s.name)).collect());
    let all: Vec<&str> = LAYERS.iter().map(|(layer, _)| *layer).collect();
    let unfinished: Vec<String> = sources
        .iter()
        .filter(|s| all.contains(&s.layer()))
        .filter(|s| ["TODO", "FIXME", "XXX:"].iter().any(|w| s.text.contains(w)))
        .map(|s| s.name.clone())
        .collect();
    none("unfinished", unfinished);
}

#[test]
fn documents_name_what_is_there() {
    let architecture = read(&root().join("ARCHITECTURE.md"));
    let manifest = read(&root().join("Cargo.toml"));
    let sections =
        manifest.split("\n[").filter(|s| s.starts_with("dependencies]") || s.starts_with("dev-dependencies]"));
    let crates = sections.flat_map(|s| s.lines().skip(1)).filter_map(|line| line.split_once(" = "));
    let crates = crates.map(|(name, _)| name).filter(|name| !name.is_empty() && !name.contains(['#', ' ', '"']));
    let unlisted = crates.filter(|name| !architecture.contains(&format!("| {name} |")));
    none("crates without a reason in ARCHITECTURE.md", unlisted.map(str::to_owned).collect());

    let mut broken = Vec::new();
    for name in ["README.md", "ARCHITECTURE.md", "GLOSSARY.md", "CHANGELOG.md"] {
        let text = read(&root().join(name));
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            // The picture in the README is made from the running app.
            let local = !target.contains("://") && !target.starts_with('#');
            if local && !root().join(target).exists() {
                broken.push(format!("{name}: {target}"));
            }
        }
    }
    none("links to files that are not there", broken);
}
