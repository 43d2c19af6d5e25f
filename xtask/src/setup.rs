//! Set-up: each part looks whether it is done before it does anything, so a second run takes a second.

use std::time::Instant;

use crate::browsers::{self, Browsers};
use crate::run::{Result, cargo, output, run, step};
use crate::tools::{self, Tools};
use crate::wasm::{self, Toolchain};

/// What a wasm build needs.
pub struct Builder {
    pub toolchain: Toolchain,
    pub tools: Tools,
}

/// Makes sure of everything that a build needs.
pub fn builder(install: bool) -> Result<Builder> {
    let _lock = tools::lock()?;
    tools::ensure_node()?;
    let toolchain = wasm::ensure(install)?;
    let tools = tools::ensure()?;
    crates()?;
    Ok(Builder { toolchain, tools })
}

/// The same, and everything that the browser tests need.
pub fn tester(install: bool) -> Result<(Builder, Browsers)> {
    let builder = builder(install)?;
    let _lock = tools::lock()?;
    Ok((builder, browsers::ensure(install)?))
}

/// `cargo xtask setup`.
pub fn everything(install: bool) -> Result {
    let start = Instant::now();
    let (builder, browsers) = tester(install)?;
    match builder.toolchain {
        Toolchain::Plain => println!("wasm: the toolchain of PATH"),
        Toolchain::Debian { bin, .. } => println!("wasm: Debian's toolchain in {}", bin.display()),
    }
    println!("tools: {}", tools::folder()?.display());
    println!("browsers: {}, {}", browsers.chromium.display(), browsers.firefox.display());
    println!("everything is there ({:.1} s)", start.elapsed().as_secs_f64());
    Ok(())
}

/// Fetches the crates of Cargo.lock, so that the build itself asks no network.
fn crates() -> Result {
    if output(cargo().args(["fetch", "--locked", "--offline", "--quiet"])).is_some() {
        return Ok(());
    }
    step("crates: fetching what Cargo.lock names", || run(cargo().args(["fetch", "--locked"])))
}
