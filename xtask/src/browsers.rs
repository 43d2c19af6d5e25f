//! Browsers and the npm packages that drive them, for the browser tests.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{Result, command, root, run, step, which};
use crate::system;

const CHROMIUM: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

const FIREFOX: &[&str] = &[
    "firefox-esr",
    "firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
];

/// Programs of the browsers that the tests run in.
pub struct Browsers {
    pub chromium: PathBuf,
    pub firefox: PathBuf,
}

/// Makes sure of both browsers and of the packages that drive them.
pub fn ensure(install: bool) -> Result<Browsers> {
    let (chromium, firefox) = (find("KITH_CHROMIUM", CHROMIUM), find("KITH_FIREFOX", FIREFOX));
    let mut missing = Vec::new();
    if chromium.is_none() {
        missing.push("chromium");
    }
    if firefox.is_none() {
        missing.push("firefox-esr");
    }
    if !missing.is_empty() {
        // Chinese text needs a font, or screenshots show boxes.
        missing.push("fonts-noto-cjk");
        step("browsers", || system::install("Testing in browsers", &missing, install)).map_err(|e| {
            format!("{e}\n(or set KITH_CHROMIUM and KITH_FIREFOX to the programs of Chromium or Chrome, and Firefox)")
        })?;
    }
    packages(&root().join("tests").join("browser"), "packages of the browser tests")?;
    Ok(Browsers {
        chromium: find("KITH_CHROMIUM", CHROMIUM).ok_or("Chromium is missing")?,
        firefox: find("KITH_FIREFOX", FIREFOX).ok_or("Firefox is missing")?,
    })
}

fn find(variable: &str, names: &[&str]) -> Option<PathBuf> {
    match std::env::var(variable) {
        Ok(named) if !named.is_empty() => which(&named),
        _ => names.iter().find_map(|name| which(name)),
    }
}

/// The libraries that the bench compares with.
pub fn peers() -> Result {
    packages(&root().join("tests").join("browser").join("peers"), "packages that the bench compares with")
}

/// `npm ci` in a folder, only when what is there is not what the lock file says.
fn packages(folder: &Path, what: &str) -> Result {
    let lock = folder.join("package-lock.json");
    let wanted = fs::read_to_string(&lock).map_err(|e| format!("{}: {e}", lock.display()))?;
    // Written last, so it is there only when the installation is whole.
    let mark = folder.join("node_modules").join(".kith-lock");
    if fs::read_to_string(&mark).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    step(&format!("{what}: npm ci"), || {
        let mut npm = command("npm");
        npm.current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
        run(&mut npm).map_err(|e| format!("{e}\nThe packages come from npm: is it within reach?"))?;
        fs::write(&mark, &wanted).map_err(|e| format!("{}: {e}", mark.display()))
    })
}
