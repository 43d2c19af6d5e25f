//! System packages: installed as root or when asked to, else named with the command that gets them.

use std::path::Path;

use crate::run::{Result, command, output, run, which};

/// True on Debian and what derives from it.
pub fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists() && which("apt-get").is_some()
}

/// Installs Debian packages, or says how.
pub fn install(why: &str, packages: &[&str], asked: bool) -> Result {
    if !is_debian() {
        return Err(format!("{why} needs what Debian calls {}", packages.join(", ")));
    }
    let root = output(command("id").arg("-u")).as_deref() == Some("0");
    if !root && !asked {
        return Err(format!(
            "{why} needs system packages. Run this, or run the command again with --install:\n  \
             sudo apt-get install -y --no-install-recommends {}",
            packages.join(" ")
        ));
    }
    println!("    installing {} with apt-get", packages.join(", "));
    let apt = |arguments: &[&str]| {
        let mut apt = command(if root { "apt-get" } else { "sudo" });
        if !root {
            apt.arg("apt-get");
        }
        run(apt.env("DEBIAN_FRONTEND", "noninteractive").args(arguments))
    };
    // A package manager that was interrupted before finishes first.
    apt(&["update", "-q"])?;
    apt(&[&["install", "-y", "-q", "--no-install-recommends"], packages].concat())
}
