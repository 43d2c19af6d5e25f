//! `dist/`, ready for any static host.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{Result, command, root, run, step};
use crate::{build, setup};

/// Builds, compresses and prints sizes; gives the folder.
pub fn dist(install: bool) -> Result<PathBuf> {
    let builder = setup::builder(install)?;
    build::release(&builder)?;
    let dist = root().join("dist");
    step("compressing for hosts that serve .br and .gz files", || {
        run(command("node").arg("xtask/web/compress.mjs").arg(&dist))
    })?;
    print_sizes(&dist)?;
    Ok(dist)
}

fn print_sizes(dist: &Path) -> Result {
    let fail = |e: std::io::Error| format!("{}: {e}", dist.display());
    let mut files = Vec::new();
    for folder in fs::read_dir(dist).map_err(fail)? {
        let folder = folder.map_err(fail)?.path();
        if folder.is_dir() && folder.join("app_bg.wasm").is_file() {
            for entry in fs::read_dir(folder).map_err(fail)? {
                files.push(entry.map_err(fail)?.path());
            }
        }
    }
    files.sort();
    let size = |path: &Path| fs::metadata(path).map_or(0, |data| data.len());
    let compressed = |path: &Path| {
        let small = size(&with_ending(path, "br"));
        if small == 0 { size(path) } else { small }
    };
    println!("\n{:<20} {:>10} {:>10}", "file", "bytes", "brotli");
    let (mut page, mut worker, mut parts, mut other) = (0, 0, 0, 0);
    for path in files.iter().filter(|path| path.extension().is_some_and(|e| e != "br" && e != "gz")) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        println!("{name:<20} {:>10} {:>10}", size(path), compressed(path));
        let part = match &*name {
            "worker.js" | "worker_bg.wasm" | "worker_parts.js" => &mut worker,
            "app.js" | "app_bg.wasm" | "app_parts.js" | "start.js" => &mut page,
            name if name.starts_with("app_") || name.starts_with("worker_") => &mut parts,
            name if name.ends_with(".css") => &mut page,
            _ => &mut other,
        };
        *part += compressed(path);
    }
    let [page, worker, parts, other] = [page, worker, parts, other].map(kb);
    println!(
        "brotli: page {page:.1} KB, worker {worker:.1} KB, parts that come later {parts:.1} KB, files {other:.1} KB"
    );
    println!("ready: {}", dist.display());
    Ok(())
}

/// `name.ext` as `name.ext.ending`.
pub fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn kb(bytes: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "sizes of files fit a double")]
    let bytes = bytes as f64;
    bytes / 1000.0
}
