//! The project's commands: `cargo xtask serve`, `cargo xtask test` and a few more. See [`HELP`].

mod browsers;
mod build;
mod check;
mod dist;
mod run;
mod serve;
mod setup;
mod system;
mod tools;
mod versions;
mod wasm;

use std::path::PathBuf;
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask <command> [options]

  serve    set up what is missing, build the release app, serve it at a printed address
             --port <n>      port (8080, or the next free one)
             --base <path>   serve below a sub-path, such as /apps/kith/
             --no-build      serve dist/ as it is
  test     set up what is missing, then every test there is: format, lints, tidy rules, native, in browsers
             --journey <text>  only the browser tests whose file name holds the text
  check    fast inner loop: format, native lints and tests, wasm check
  bench    speed and memory of the release build in headless Chromium, as a table
             --file <path>   also import this order file
             --quick         a tenth of the data, one run each: does the bench itself work?
             --only <parts>  only these parts, with commas between them
  faults   kills, full disks, garbled files and rival tabs at random moments, in headless Chromium, as a table
             --runs <n>      runs of each kind (20); a short form is part of test
             --seed <n>      the same moments and damage as a run that printed this seed
             --only <text>   only the kinds whose name holds the text
  dist     build dist/, ready for any static host, and print its sizes
  setup    only set up what the other commands need
  help     this text

Every command sets up by itself what it needs, keeps it for the next run and can be run again after an interruption.
Tools are kept in one folder per user (KITH_TOOLS names another one). System packages are installed when run as root or
with --install; otherwise the one command to run is printed.
";

fn main() -> ExitCode {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let command = if words.is_empty() { "help".to_owned() } else { words.remove(0) };
    match dispatch(&command, &mut words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("\nxtask {command}: {message}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, words: &mut Vec<String>) -> run::Result {
    let install = run::flag(words, "--install");
    match command {
        "serve" => {
            let options = serve::Options::from(words)?;
            run::no_more(words)?;
            serve::serve(install, &options)
        }
        "test" => {
            let journey = run::option(words, "--journey")?;
            run::no_more(words)?;
            check::test(install, journey.as_deref())
        }
        "check" => run::no_more(words).and_then(|()| check::check(install)),
        "bench" => {
            let file = run::option(words, "--file")?.map(PathBuf::from);
            let quick = run::flag(words, "--quick");
            let only = run::option(words, "--only")?;
            run::no_more(words)?;
            check::bench(install, file.as_deref(), quick, only.as_deref())
        }
        "faults" => {
            let mut passed = Vec::new();
            for name in ["--runs", "--seed", "--only"] {
                if let Some(value) = run::option(words, name)? {
                    passed.extend([name.to_owned(), value]);
                }
            }
            run::no_more(words)?;
            check::faults(install, &passed)
        }
        "dist" => run::no_more(words).and_then(|()| dist::dist(install).map(drop)),
        "setup" => run::no_more(words).and_then(|()| setup::everything(install)),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        _ => Err(format!("there is no such command\n\n{HELP}")),
    }
}
