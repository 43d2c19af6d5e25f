//! `cargo xtask check`, `test` and `bench`.

use std::path::Path;
use std::time::Instant;

use crate::browsers::{self, Browsers};
use crate::run::{Result, cargo, command, output, root, run, step};
use crate::setup;
use crate::{build, dist};

/// Fast inner loop.
pub fn check(install: bool) -> Result {
    let builder = setup::builder(install)?;
    native()?;
    step("wasm check", || run(builder.toolchain.cargo(&builder.tools).args(["check", "--locked"]).args(WASM)))?;
    println!("\ncheck: all well");
    Ok(())
}

/// Everything. Failing early on what is fast saves the slow parts.
pub fn test(install: bool, journey: Option<&str>) -> Result {
    let start = Instant::now();
    let (builder, browsers) = step("set-up", || setup::tester(install))?;
    if journey.is_none() {
        native()?;
        step("lints, wasm", || {
            let mut clippy = builder.toolchain.cargo(&builder.tools);
            run(clippy.args(["clippy", "--locked"]).args(WASM).args(DENY))
        })?;
    }
    build::release(&builder)?;
    step("browsers", || browser_tests(&browsers, journey))?;
    if journey.is_none() {
        step("faults, short form", || {
            run(node(&browsers).args(["tests/browser/faults.mjs", "--runs", "1", "--only", "killed"]))
        })?;
    }
    println!("\ntest: all well ({:.0} s)", start.elapsed().as_secs_f64());
    Ok(())
}

/// Faults at random moments; fails on anything lost.
pub fn faults(install: bool, options: &[String]) -> Result {
    let (_, browsers) = setup::tester(install)?;
    dist::dist(install)?;
    run(node(&browsers).arg("tests/browser/faults.mjs").args(options))
}

/// Speed and memory; it reports and fails on nothing that it measures.
pub fn bench(install: bool, file: Option<&Path>, quick: bool, only: Option<&str>) -> Result {
    let (_, browsers) = setup::tester(install)?;
    browsers::peers()?;
    let folder = dist::dist(install)?;
    let mut node = node(&browsers);
    node.arg("tests/browser/bench.mjs").arg("--dist").arg(folder);
    if let Some(file) = file {
        node.arg("--file").arg(file);
    }
    if quick {
        node.arg("--quick");
    }
    if let Some(parts) = only {
        node.args(["--only", parts]);
    }
    run(&mut node)
}

const WASM: [&str; 5] = ["--target=wasm32-unknown-unknown", "--features=ui", "--lib", "--bins", "--quiet"];
const DENY: [&str; 3] = ["--", "-D", "warnings"];

/// Format, lints and tests that need no browser; the tidy rules are among the tests.
fn native() -> Result {
    step("format", || run(cargo().args(["fmt", "--all", "--check"])))?;
    step("lints, native", || {
        run(cargo().args(["clippy", "--locked", "--workspace", "--all-targets", "--quiet"]).args(DENY))
    })?;
    step("native tests", || {
        let nextest = output(cargo().args(["nextest", "--version"])).is_some();
        let tests: &[&str] = if nextest { &["nextest", "run"] } else { &["test", "--lib", "--bins", "--tests"] };
        run(cargo().args(tests).args(["--locked", "--workspace"]))
    })
}

fn browser_tests(browsers: &Browsers, journey: Option<&str>) -> Result {
    let folder = root().join("tests").join("browser");
    let entries = std::fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut names: Vec<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name.ends_with(".test.mjs") && journey.is_none_or(|part| name.contains(part)));
    names.sort();
    if names.is_empty() {
        return Err("no browser test has such a name".to_owned());
    }
    let mut node = node(browsers);
    // One file at a time: the tests share two cores with the browser that they drive.
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]);
    node.args(names.iter().map(|name| format!("tests/browser/{name}")));
    run(&mut node)
}

fn node(browsers: &Browsers) -> std::process::Command {
    let mut node = command("node");
    node.env("KITH_CHROMIUM", &browsers.chromium).env("KITH_FIREFOX", &browsers.firefox);
    node
}
