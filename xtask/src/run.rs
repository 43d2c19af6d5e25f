//! Running other programs and saying what is done.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// What went wrong, as a sentence for the person at the terminal.
pub type Result<T = ()> = std::result::Result<T, String>;

/// The project's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Says what is done now, does it and says how long it took.
pub fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("\n==> {what}");
    let start = Instant::now();
    let result = work()?;
    println!("    {:.1} s", start.elapsed().as_secs_f64());
    Ok(result)
}

/// A command in the project's folder, found on Windows by its `.cmd` too.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let program = program.as_ref();
    let found = program.to_str().and_then(which).unwrap_or_else(|| PathBuf::from(program));
    let mut command = Command::new(found);
    command.current_dir(root());
    command
}

/// The `cargo` that runs this, so that native work uses the person's own toolchain.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs to the end with the terminal's input and output.
pub fn run(command: &mut Command) -> Result {
    let status = command.status().map_err(|e| format!("{}: {e}", show(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", show(command))) }
}

/// Runs to the end and gives what it printed, or `None` when it failed or is not there.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Where a program lies, looked up as the shell would.
pub fn which(program: &str) -> Option<PathBuf> {
    let endings: &[&str] = if cfg!(windows) { &["exe", "cmd", "bat"] } else { &[] };
    if Path::new(program).components().count() > 1 {
        let path = PathBuf::from(program);
        return path.is_file().then_some(path);
    }
    std::env::split_paths(&std::env::var_os("PATH")?).find_map(|folder| {
        let plain = folder.join(program);
        let with_ending = endings.iter().map(|ending| folder.join(format!("{program}.{ending}")));
        if cfg!(windows) { with_ending.into_iter().find(|p| p.is_file()) } else { plain.is_file().then_some(plain) }
    })
}

/// Takes `name` out of the words; true when it was there.
pub fn flag(words: &mut Vec<String>, name: &str) -> bool {
    let before = words.len();
    words.retain(|word| word != name);
    words.len() < before
}

/// Takes `name value` out of the words.
pub fn option(words: &mut Vec<String>, name: &str) -> Result<Option<String>> {
    let Some(at) = words.iter().position(|word| word == name) else { return Ok(None) };
    if at + 1 >= words.len() {
        return Err(format!("{name} needs a value"));
    }
    let value = words.remove(at + 1);
    words.remove(at);
    Ok(Some(value))
}

/// Fails when words are left that nothing took.
pub fn no_more(words: &[String]) -> Result {
    if words.is_empty() { Ok(()) } else { Err(format!("do not understand: {}", words.join(" "))) }
}

fn show(command: &Command) -> String {
    let mut text = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text
}
