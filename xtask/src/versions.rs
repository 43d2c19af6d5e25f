//! Every pinned version, in one place (npm's are in tests/browser/package.json, crates' in Cargo.lock).

/// The bundler. 0.22 asks for a newer compiler than Debian has.
pub const TRUNK: &str = "0.21.14";

/// Cuts programs into parts; `wasm_split_helpers` in Cargo.lock is its other half.
pub const WASM_SPLIT: &str = "0.2.4";

/// The npm package that carries `wasm-opt`; Debian's own is too old for the wasm that today's compiler writes.
pub const BINARYEN: &str = "132.0.0";

/// Oldest Node that the tests and the build's last step run on.
pub const NODE_MAJOR: u32 = 20;

/// Oldest compiler that knows what the project uses.
pub const RUST_MINOR: u32 = 95;

/// Debian's compiler, library sources and linker, for machines where rustup cannot fetch the wasm target.
pub const DEBIAN_WASM: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "lld-22"];

/// The linker in [`DEBIAN_WASM`].
pub const DEBIAN_LINKER: &str = "wasm-ld-22";

/// `wasm-bindgen` must be the very version that the app is compiled with.
pub fn wasm_bindgen() -> crate::run::Result<String> {
    let path = crate::run::root().join("Cargo.lock");
    let lock = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut lines = lock.lines().skip_while(|line| *line != "name = \"wasm-bindgen\"");
    lines
        .nth(1)
        .and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| "Cargo.lock names no wasm-bindgen".to_owned())
}
