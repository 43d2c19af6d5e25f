//! Trunk, wasm-bindgen, wasm-split and wasm-opt at pinned versions, kept in one folder per user.
//!
//! A tool is installed into a folder beside its place and then renamed, so what is there is whole.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::run::{Result, cargo, command, run, step, which};
use crate::versions;

/// Folders to put in front of PATH.
pub struct Tools {
    pub folders: Vec<PathBuf>,
}

/// Where tools are kept.
pub fn folder() -> Result<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    if let Some(folder) = variable("KITH_TOOLS") {
        return Ok(folder);
    }
    let cache = if cfg!(windows) {
        variable("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        variable("HOME").map(|home| home.join("Library/Caches"))
    } else {
        variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache")))
    };
    cache
        .map(|cache| cache.join("kith-tools"))
        .ok_or_else(|| "no folder to keep tools in: set KITH_TOOLS to one".to_owned())
}

/// Lets one set-up run at a time; the lock ends with the process.
pub fn lock() -> Result<File> {
    let folder = folder()?;
    let path = folder.join("lock");
    let fail = |e: std::io::Error| format!("{}: {e}", path.display());
    fs::create_dir_all(&folder).map_err(fail)?;
    let file = File::create(&path).map_err(fail)?;
    if file.try_lock().is_err() {
        println!("    waiting for another set-up to end");
        file.lock().map_err(fail)?;
    }
    Ok(file)
}

/// Makes sure of the four tools.
pub fn ensure() -> Result<Tools> {
    let bindgen = versions::wasm_bindgen()?;
    Ok(Tools {
        folders: vec![
            // Trunk brings its tested lock file; wasm-bindgen's may name releases that are no longer offered.
            installed("trunk", versions::TRUNK, |place| cargo_install("trunk", versions::TRUNK, place, &["--locked"]))?
                .join("bin"),
            installed("wasm-bindgen", &bindgen, |place| cargo_install("wasm-bindgen-cli", &bindgen, place, &[]))?
                .join("bin"),
            installed("wasm-split", versions::WASM_SPLIT, |place| {
                let more = ["--locked", "--features", "build-binary"];
                cargo_install("wasm_split_cli_support", versions::WASM_SPLIT, place, &more)
            })?
            .join("bin"),
            installed("binaryen", versions::BINARYEN, npm_binaryen)?.join("node_modules").join(".bin"),
        ],
    })
}

/// `<tools>/<name>-<version>`, made by `make` in a folder of its own first when it is not there.
pub fn installed(name: &str, version: &str, make: impl FnOnce(&Path) -> Result) -> Result<PathBuf> {
    let place = folder()?.join(format!("{name}-{version}"));
    if place.is_dir() {
        return Ok(place);
    }
    step(&format!("{name} {version}: installing into {}", place.display()), || {
        let unfinished = place.with_file_name(format!(".unfinished-{name}-{version}"));
        let fail = |e: std::io::Error| format!("{}: {e}", unfinished.display());
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished).map_err(fail)?;
        }
        fs::create_dir_all(&unfinished).map_err(fail)?;
        make(&unfinished)?;
        fs::rename(&unfinished, &place).map_err(fail)
    })?;
    Ok(place)
}

fn cargo_install(package: &str, version: &str, place: &Path, more: &[&str]) -> Result {
    // Kept while unfinished, so that an interrupted installation goes on where it was.
    let build = folder()?.join("build");
    let mut install = cargo();
    install.args(["install", package, "--version", version, "--no-track", "--root"]).arg(place);
    install.arg("--target-dir").arg(&build);
    install.args(more);
    // These run for seconds a day: compiling them fast matters more than running them fast.
    install
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("RUSTFLAGS");
    run(&mut install).map_err(|e| format!("{e}\n{package} comes from the Rust package registry: is it within reach?"))
}

fn npm_binaryen(place: &Path) -> Result {
    let package = format!("binaryen@{}", versions::BINARYEN);
    let mut npm = command("npm");
    npm.current_dir(place).args(["install", "--no-audit", "--no-fund", "--prefix"]).arg(place).arg(package);
    run(&mut npm).map_err(|e| format!("{e}\nwasm-opt comes from npm: is it within reach?"))
}

/// Node and npm, which the build's last step and the browser tests run on.
pub fn ensure_node() -> Result {
    let how = "get Node.js (with npm) from https://nodejs.org or your system's packages";
    let version =
        crate::run::output(command("node").arg("--version")).ok_or_else(|| format!("Node is missing: {how}"))?;
    let major: u32 = version.trim_start_matches('v').split('.').next().and_then(|v| v.parse().ok()).unwrap_or(0);
    if major < versions::NODE_MAJOR {
        return Err(format!("Node {version} is too old, {} or newer is needed: {how}", versions::NODE_MAJOR));
    }
    which("npm").map(drop).ok_or_else(|| format!("npm is missing: {how}"))
}
