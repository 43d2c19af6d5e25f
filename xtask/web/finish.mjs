// Trunk's post_build hook: the programs get their final form, then the build its identity.

import { finish } from "./programs.mjs";

if (process.env.TRUNK_PROFILE === "release") await finish(process.env.TRUNK_STAGING_DIR);
await import("./stamp.mjs");
