//! A compiler with the wasm target.
//!
//! On an ordinary machine rustup adds the target and plain cargo builds. Where rustup cannot fetch it on Debian, Debian's
//! own compiler is used, with the standard library built once for wasm from Debian's sources; it then works like any
//! toolchain with that target, and the project needs no nightly flag.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::run::{Result, cargo, command, output, root, run, step, which};
use crate::tools::{self, Tools};
use crate::{system, versions};

const TARGET: &str = "wasm32-unknown-unknown";

/// How wasm is compiled here.
pub enum Toolchain {
    /// The person's own, with the target.
    Plain,
    /// Debian's; `library`: where the standard library for wasm lies, when not in Debian's own folder.
    Debian { bin: PathBuf, library: Option<PathBuf> },
}

impl Toolchain {
    /// Sets a command up to compile for wasm with this toolchain and these tools.
    pub fn apply(&self, command: &mut Command, tools: &Tools) {
        let mut path: Vec<PathBuf> = tools.folders.clone();
        if let Self::Debian { bin, .. } = self {
            path.push(bin.clone());
        }
        path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        if let Ok(path) = std::env::join_paths(path) {
            command.env("PATH", path);
        }
        // Objects of another compiler, or of other flags, would evict each other from one folder.
        command.env("CARGO_TARGET_DIR", root().join("target").join("wasm"));
        for name in ["CARGO", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"] {
            command.env_remove(name);
        }
        // With rustup the toolchain stays the one that runs this: crates may bring a file that asks for another.
        if let Self::Debian { bin, library } = self {
            command.env_remove("RUSTUP_TOOLCHAIN");
            command.env("RUSTC", bin.join("rustc"));
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", versions::DEBIAN_LINKER);
            if let Some(library) = library {
                let flag = format!("--sysroot={}", library.display());
                command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flag);
            }
        }
    }

    /// The cargo of this toolchain, set up for wasm.
    pub fn cargo(&self, tools: &Tools) -> Command {
        let mut cargo = match self {
            Self::Plain => cargo(),
            Self::Debian { bin, .. } => command(bin.join("cargo")),
        };
        self.apply(&mut cargo, tools);
        cargo
    }
}

/// Finds a toolchain with the target, or makes one.
pub fn ensure(install: bool) -> Result<Toolchain> {
    if compiles(Path::new("rustc"), None) {
        return Ok(Toolchain::Plain);
    }
    if let Some(found) = debian()? {
        return Ok(found);
    }
    if which("rustup").is_some() {
        let added =
            step("wasm target: asking rustup for it", || run(command("rustup").args(["target", "add", TARGET])));
        if added.is_ok() && compiles(Path::new("rustc"), None) {
            return Ok(Toolchain::Plain);
        }
        println!("    rustup cannot fetch it here");
    }
    if !system::is_debian() {
        return Err(format!(
            "no compiler with the target {TARGET}: run `rustup target add {TARGET}` while online (https://rustup.rs)"
        ));
    }
    if debian_compiler().is_none() || which(versions::DEBIAN_LINKER).is_none() || library_source().is_none() {
        step("wasm target: Debian's compiler instead", || {
            system::install("Compiling for wasm", versions::DEBIAN_WASM, install).map_err(|e| {
                format!("{e}\nThese packages come with Debian's security updates: are they among apt's sources?")
            })
        })?;
    }
    build_library()?;
    debian()?.ok_or_else(|| "Debian's compiler does not compile for wasm though its library was built".to_owned())
}

/// Debian's toolchain, if it can compile for wasm already.
fn debian() -> Result<Option<Toolchain>> {
    if which(versions::DEBIAN_LINKER).is_none() {
        return Ok(None);
    }
    let Some(bin) = debian_compiler() else { return Ok(None) };
    let rustc = bin.join("rustc");
    if compiles(&rustc, None) {
        return Ok(Some(Toolchain::Debian { bin, library: None }));
    }
    let library = tools::folder()?.join(library_name(&rustc)?);
    let works = library.is_dir() && compiles(&rustc, Some(&library));
    Ok(works.then_some(Toolchain::Debian { bin, library: Some(library) }))
}

/// The folder of Debian's compiler, if it is new enough.
fn debian_compiler() -> Option<PathBuf> {
    let bin = Path::new("/usr/bin");
    let version = output(command(bin.join("rustc")).arg("--version"))?;
    let minor: u32 = version.split_whitespace().nth(1)?.split('.').nth(1)?.parse().ok()?;
    (minor >= versions::RUST_MINOR && bin.join("cargo").is_file()).then(|| bin.to_path_buf())
}

/// True when this compiler finds its library for wasm.
fn compiles(rustc: &Path, library: Option<&Path>) -> bool {
    let mut probe = command(rustc);
    probe.args(["--target", TARGET, "--crate-type", "lib", "--crate-name", "probe", "--emit", "metadata=-", "-"]);
    probe.env_remove("RUSTFLAGS");
    if let Some(library) = library {
        probe.arg(format!("--sysroot={}", library.display()));
    }
    probe.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}

/// Builds the standard library for wasm from Debian's sources into the tools' folder.
fn build_library() -> Result {
    let bin = debian_compiler().ok_or("Debian's compiler is missing or too old")?;
    let source = library_source().ok_or("the package rust-web-src holds no library folder")?;
    let rustc = bin.join("rustc");
    let name = library_name(&rustc)?;
    let (stem, version) = name.split_once('-').unwrap_or((&name, ""));
    tools::installed(stem, version, |place| {
        let work = place.join("work");
        // A copy, because cargo writes beside the sources; the links in them lead to files, which are copied.
        run(command("cp").args(["-rL"]).arg(&source).arg(&work))?;
        let target = place.join("target");
        let mut build = command(bin.join("cargo"));
        build.current_dir(&work).args([
            "build",
            "--release",
            "--target",
            TARGET,
            "--manifest-path",
            "sysroot/Cargo.toml",
        ]);
        build.args(["--features", "compiler-builtins-mem", "--target-dir"]).arg(&target);
        // The library may use its own unstable features; the bitcode is what link-time optimisation works on.
        build
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTC", &rustc)
            .env_remove("RUSTUP_TOOLCHAIN")
            .env_remove("CARGO_TARGET_DIR");
        build.env("RUSTFLAGS", "-Zforce-unstable-if-unmarked -Cembed-bitcode=yes");
        run(&mut build)?;

        let library = place.join("lib/rustlib").join(TARGET).join("lib");
        let fail = |e: std::io::Error| format!("{}: {e}", library.display());
        fs::create_dir_all(&library).map_err(fail)?;
        for entry in fs::read_dir(target.join(TARGET).join("release/deps")).map_err(fail)? {
            let path = entry.map_err(fail)?.path();
            if path.extension().is_some_and(|ending| ending == "rlib") {
                fs::copy(&path, library.join(path.file_name().unwrap_or_default())).map_err(fail)?;
            }
        }
        fs::remove_dir_all(&work).and_then(|()| fs::remove_dir_all(&target)).map_err(fail)
    })
    .map(drop)
}

/// A library fits only the very compiler that built it.
fn library_name(rustc: &Path) -> Result<String> {
    let about = output(command(rustc).arg("-vV")).ok_or("Debian's compiler does not run")?;
    let field = |name: &str| about.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim();
    let commit: String = field("commit-hash:").chars().take(9).collect();
    Ok(format!("wasmstd-{}-{commit}", field("release:")))
}

fn library_source() -> Option<PathBuf> {
    let files = output(command("dpkg").args(["-L", "rust-web-src"]))?;
    files.lines().find(|line| line.ends_with("/library")).map(PathBuf::from)
}
