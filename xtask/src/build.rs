//! The release build of the app, by Trunk.

use crate::run::{Result, command, run, step};
use crate::setup::Builder;

/// Builds into `dist/`.
pub fn release(builder: &Builder) -> Result {
    step("release build", || {
        let mut trunk = command(builder.tools.folders.first().ok_or("no Trunk")?.join(exe("trunk")));
        trunk.args(["build", "--release", "--offline", "--locked", "--skip-version-check"]);
        builder.toolchain.apply(&mut trunk, &builder.tools);
        // Cuts the programs into parts, see build.rs and xtask/web/programs.mjs.
        trunk.env("KITH_SPLIT", "1");
        // Trunk would read a plain NO_COLOR=1 as a bad value.
        trunk.env_remove("NO_COLOR");
        run(&mut trunk)
    })
}

fn exe(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}
