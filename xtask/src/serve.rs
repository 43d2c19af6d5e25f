//! A small server of static files, to use the release build as a host would serve it.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::dist::{self, with_ending};
use crate::run::{Result, flag, option, root};

pub struct Options {
    port: Option<u16>,
    base: String,
    build: bool,
}

impl Options {
    pub fn from(words: &mut Vec<String>) -> Result<Self> {
        let port = option(words, "--port")?;
        let port = port.map(|p| p.parse().map_err(|_| format!("{p} is no port"))).transpose()?;
        let base = option(words, "--base")?.unwrap_or_default();
        let base = base.trim_matches('/');
        let base = if base.is_empty() { "/".to_owned() } else { format!("/{base}/") };
        Ok(Self { port, base, build: !flag(words, "--no-build") })
    }
}

/// Serves until the process is ended.
pub fn serve(install: bool, options: &Options) -> Result {
    let folder = if options.build { dist::dist(install)? } else { root().join("dist") };
    if !folder.join("index.html").is_file() {
        return Err("dist/ holds no build: run without --no-build".to_owned());
    }
    let listener = listen(options.port)?;
    let port = listener.local_addr().map_err(|e| e.to_string())?.port();
    println!("\nKith is at http://localhost:{port}{} (Ctrl+C ends it)", options.base);
    let shared = Arc::new((folder, options.base.clone()));
    for stream in listener.incoming().flatten() {
        let shared = shared.clone();
        std::thread::spawn(move || {
            // A browser that hangs up in the middle is none of our business.
            drop(converse(stream, &shared.0, &shared.1));
        });
    }
    Ok(())
}

/// The wished port, or the first free one from 8080 on.
fn listen(wished: Option<u16>) -> Result<TcpListener> {
    let ports = wished.map_or(8080..=8099, |port| port..=port);
    let mut last = String::new();
    for port in ports {
        match TcpListener::bind(("127.0.0.1", port)) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = format!("port {port}: {error}"),
        }
    }
    Err(last)
}

/// Answers requests on one connection until it closes.
fn converse(stream: TcpStream, folder: &Path, base: &str) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut writer = stream;
    loop {
        let mut first = String::new();
        if reader.read_line(&mut first)? == 0 {
            return Ok(());
        }
        let mut brotli = false;
        loop {
            let mut header = String::new();
            if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
                break;
            }
            let header = header.to_ascii_lowercase();
            brotli |= header.starts_with("accept-encoding:") && header.contains("br");
        }
        let mut words = first.split_whitespace();
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let answer = if matches!(method, "GET" | "HEAD") {
            answer(folder, base, target, brotli)
        } else {
            Answer::text("405 Method Not Allowed", "only GET and HEAD")
        };
        answer.write(&mut writer, method == "HEAD")?;
    }
}

struct Answer {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn text(status: &'static str, body: &str) -> Self {
        let headers = vec![("Content-Type", "text/plain; charset=utf-8".to_owned())];
        Self { status, headers, body: body.into() }
    }

    fn write(&self, to: &mut impl Write, head_only: bool) -> io::Result<()> {
        write!(to, "HTTP/1.1 {}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\n", self.status, self.body.len())?;
        for (name, value) in &self.headers {
            write!(to, "{name}: {value}\r\n")?;
        }
        to.write_all(b"\r\n")?;
        if !head_only {
            to.write_all(&self.body)?;
        }
        to.flush()
    }
}

fn answer(folder: &Path, base: &str, target: &str, brotli: bool) -> Answer {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let Some(inside) = path.strip_prefix(base) else {
        if format!("{path}/") == base {
            let mut answer = Answer::text("308 Permanent Redirect", "");
            answer.headers.push(("Location", base.to_owned()));
            return answer;
        }
        return Answer::text("404 Not Found", &format!("Kith is served at {base}"));
    };
    let Some(file) = file_of(folder, inside) else { return Answer::text("404 Not Found", "not here") };
    let mut headers = vec![("Content-Type", mime(&file).to_owned()), ("Vary", "Accept-Encoding".to_owned())];
    let compressed = with_ending(&file, "br");
    let body = if brotli && compressed.is_file() {
        headers.push(("Content-Encoding", "br".to_owned()));
        fs::read(compressed)
    } else {
        fs::read(file)
    };
    match body {
        Ok(body) => Answer { status: "200 OK", headers, body },
        Err(error) => Answer::text("500 Internal Server Error", &error.to_string()),
    }
}

/// The file that an address names; `None` when there is none, or when it would lead out of the folder.
fn file_of(folder: &Path, inside: &str) -> Option<PathBuf> {
    let inside = if inside.is_empty() { "index.html" } else { inside };
    let relative = Path::new(inside);
    // No name in a build needs escaping, so an escaped address names nothing.
    let plain = relative.components().all(|part| matches!(part, Component::Normal(_))) && !inside.contains(['\\', ':']);
    let file = folder.join(relative);
    (plain && file.is_file()).then_some(file)
}

fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serves_only_what_lies_in_its_folder() {
        let folder = root();
        assert!(file_of(&folder, "Cargo.toml").is_some());
        assert!(file_of(&folder, "src/lib.rs").is_some());
        assert!(file_of(&folder, "").is_some());
        for bad in
            ["../Cargo.toml", "src/../../x", "/etc/passwd", "src", "nothing.txt", "c:\\x", "src/%2e%2e/Cargo.toml"]
        {
            assert_eq!(file_of(&folder, bad), None, "{bad}");
        }
    }

    #[test]
    fn knows_its_base() {
        let folder = root();
        assert_eq!(answer(&folder, "/a/b/", "/a/b/Cargo.toml?x=1", false).status, "200 OK");
        assert_eq!(answer(&folder, "/a/b/", "/a/b", false).status, "308 Permanent Redirect");
        assert_eq!(answer(&folder, "/a/b/", "/Cargo.toml", false).status, "404 Not Found");
    }
}
