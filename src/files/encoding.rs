//! Which encoding a file is in, and whether it keeps to it. Decoding itself is left to the caller (the browser's
//! `TextDecoder`): a label goes out, UTF-8 text comes back.

use serde::{Deserialize, Serialize};

use super::orders::FileError;
pub use super::watch::{Misfit, Watch};

/// Encodings that order files come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// Covers GBK and GB2312.
    Gb18030,
    /// What Excel writes on a Western Windows as plain “CSV”.
    Windows1252,
}

impl Encoding {
    pub const ALL: [Self; 5] = [Self::Utf8, Self::Utf16Le, Self::Utf16Be, Self::Gb18030, Self::Windows1252];

    /// WHATWG label, as `TextDecoder` takes it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Gb18030 => "gb18030",
            Self::Windows1252 => "windows-1252",
        }
    }

    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|e| e.label() == label)
    }
}

/// Decides from the first bytes (64 KB or more do; `whole` if that is the entire file).
///
/// Order: marks of formats that are not text; byte order marks; UTF-16 by the place of its NULs; binary by its share of
/// control bytes; strict UTF-8; GB18030 or Windows-1252 by structure.
///
/// # Errors
/// [`FileError::Empty`], [`FileError::NotText`] with what it is, [`FileError::Encoding`] where nothing fits.
pub fn sniff(head: &[u8], whole: bool) -> Result<Encoding, FileError> {
    if head.is_empty() {
        return Err(FileError::Empty);
    }
    if let Some(what) = magic(head) {
        return Err(FileError::NotText { what: what.to_owned() });
    }
    if head.starts_with(&BYTE_ORDER_MARK) {
        if whole && head.len() == 3 {
            return Err(FileError::Empty);
        }
        return Ok(Encoding::Utf8);
    }
    for (mark, encoding) in [([0xFF, 0xFE], Encoding::Utf16Le), ([0xFE, 0xFF], Encoding::Utf16Be)] {
        if head.starts_with(&mark) {
            return if whole && head.len() == 2 { Err(FileError::Empty) } else { Ok(encoding) };
        }
    }
    if let Some(encoding) = utf16_without_mark(head) {
        return Ok(encoding);
    }
    let controls = head.iter().filter(|b| is_control(**b)).count();
    if controls > 8 && controls * 50 > head.len() {
        return Err(FileError::NotText { what: "binary".to_owned() });
    }
    match std::str::from_utf8(head) {
        Ok(_) => Ok(Encoding::Utf8),
        Err(e) if e.error_len().is_none() && !whole => Ok(Encoding::Utf8),
        Err(e) => {
            let (good, rest) = head.split_at(e.valid_up_to());
            let line = 1 + count_lines(good);
            misfit_of_utf8(good, rest, e.valid_up_to() as u64, line, whole)
        }
    }
}

/// The longest beginning of `bytes` that is UTF-8: the head of a file may be cut inside a character.
#[must_use]
pub fn utf8_prefix(bytes: &[u8]) -> &str {
    let end = std::str::from_utf8(bytes).map_or_else(|e| e.valid_up_to(), str::len);
    bytes.get(..end).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
}

fn is_control(b: u8) -> bool {
    b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C) || b == 0x7F
}

pub(super) fn count_lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|b| **b == b'\n').count() as u64
}

/// Names a format by the mark at its beginning.
fn magic(head: &[u8]) -> Option<&'static str> {
    const MARKS: [(&[u8], &str); 19] = [
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "xls"),
        (b"%PDF", "pdf"),
        (b"\x89PNG", "image"),
        (b"\xFF\xD8\xFF", "image"),
        (b"GIF8", "image"),
        (b"RIFF", "media"),
        (b"BM\0", "image"),
        (b"II*\0", "image"),
        (b"\x1F\x8B", "gzip"),
        (b"BZh9", "bzip2"),
        (b"\xFD7zXZ\0", "xz"),
        (b"\x28\xB5\x2F\xFD", "zstd"),
        (b"7z\xBC\xAF\x27\x1C", "7z"),
        (b"Rar!\x1A\x07", "rar"),
        (b"SQLite format 3\0", "sqlite"),
        (b"\x7FELF", "program"),
        (b"MZ\x90\0", "program"),
        (b"\0asm", "program"),
        (b"PAR1", "parquet"),
    ];
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        let near = head.get(..4096).unwrap_or(head);
        return Some(if contains(near, b"opendocument.spreadsheet") {
            "ods"
        } else if contains(near, b"xl/") || contains(near, b"[Content_Types].xml") {
            "xlsx"
        } else {
            "zip"
        });
    }
    if let Some((_, what)) = MARKS.iter().find(|(mark, _)| head.starts_with(mark)) {
        return Some(what);
    }
    // Many systems name a page of HTML “.xls” or “.csv”.
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let start = text.get(..14).unwrap_or(text).to_ascii_lowercase();
    let html = [b"<html".as_slice(), b"<!doctype html", b"<table", b"<head", b"<meta"];
    if html.iter().any(|m| start.starts_with(m)) {
        return Some("html");
    }
    start.starts_with(b"<?xml").then_some("xml")
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|w| w == needle)
}

/// Digits, separators and line ends of UTF-16 have a NUL in one half of their two bytes, whatever the language.
fn utf16_without_mark(head: &[u8]) -> Option<Encoding> {
    let pairs = head.len() / 2;
    if pairs < 4 {
        return None;
    }
    let (mut first, mut second) = (0, 0);
    for pair in head.chunks_exact(2) {
        if let [a, b] = pair {
            first += usize::from(*a == 0);
            second += usize::from(*b == 0);
        }
    }
    if second * 5 > pairs && first * 50 <= pairs {
        Some(Encoding::Utf16Le)
    } else if first * 5 > pairs && second * 50 <= pairs {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// More weight of UTF-8 characters than chance would put into GBK text: the file really is UTF-8 up to here.
pub(super) const CERTAINLY_UTF8: usize = 8;

pub(super) const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// What to do about text that stopped being UTF-8 at `at`.
pub(super) fn misfit_of_utf8(good: &[u8], rest: &[u8], at: u64, line: u64, whole: bool) -> Result<Encoding, FileError> {
    let broken = FileError::Encoding { byte: at, line };
    if count_wide(good) >= CERTAINLY_UTF8 {
        return Err(broken);
    }
    if mostly_single_high_bytes(rest) && mostly_single_high_bytes(good) {
        return Ok(Encoding::Windows1252);
    }
    let mut state = Gb::Start;
    for (start, part, base) in [(0, good, at - good.len() as u64), (1, rest, at)] {
        for (i, b) in part.iter().enumerate() {
            state = state.next(*b);
            if state == Gb::Bad {
                let line = if start == 0 { 1 } else { line };
                let lines = count_lines(part.get(..i).unwrap_or_default());
                return Err(FileError::Encoding { byte: base + i as u64, line: line + lines });
            }
        }
    }
    if whole && state != Gb::Start { Err(broken) } else { Ok(Encoding::Gb18030) }
}

/// How much the characters of more than one byte speak for UTF-8, in text that is UTF-8. GBK text passes for characters of
/// two bytes now and then, for the three of Chinese hardly ever.
pub(super) fn count_wide(bytes: &[u8]) -> usize {
    bytes.iter().map(|b| if *b >= 0xE0 { 4 } else { usize::from(*b >= 0xC0) }).sum()
}

/// In a Western single-byte text accented letters stand alone among ASCII; Chinese text has them in runs, or in fours of
/// byte, digit, byte, digit.
fn mostly_single_high_bytes(bytes: &[u8]) -> bool {
    let (mut runs, mut singles) = (0usize, 0usize);
    let mut rest = bytes;
    while let Some(start) = rest.iter().position(|b| *b >= 0x80) {
        rest = rest.get(start..).unwrap_or_default();
        let length = match rest {
            [_, b'0'..=b'9', 0x81..=0xFE, b'0'..=b'9', ..] => 4,
            _ => rest.iter().take_while(|b| **b >= 0x80).count(),
        };
        runs += 1;
        singles += usize::from(length == 1);
        rest = rest.get(length..).unwrap_or_default();
    }
    singles * 5 >= runs * 4
}

/// Place within a GB18030 character (WHATWG gb18030 decoder).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gb {
    Start,
    /// After the first byte, which this is.
    Lead(u8),
    Second,
    Third,
    Bad,
}

impl Gb {
    pub(super) fn next(self, b: u8) -> Self {
        match (self, b) {
            (Self::Start, 0..=0x80) | (Self::Third, 0x30..=0x39) => Self::Start,
            (Self::Start, 0x81..=0xFE) => Self::Lead(b),
            // Four bytes reach into two ranges only.
            (Self::Lead(0x81..=0x84 | 0x90..=0xE3), 0x30..=0x39) => Self::Second,
            (Self::Lead(_), 0x40..=0x7E | 0x80..=0xFE) => Self::Start,
            (Self::Second, 0x81..=0xFE) => Self::Third,
            _ => Self::Bad,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_by_their_first_bytes() {
        let utf16 = |text: &str, le: bool| -> Vec<u8> {
            text.encode_utf16().flat_map(|u| if le { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
        };
        let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
        for (bytes, want) in [
            (b"order,date\n1,2".to_vec(), Encoding::Utf8),
            ("订单号,日期\n".into(), Encoding::Utf8),
            ("\u{feff}订单号".into(), Encoding::Utf8),
            (utf16("\u{feff}订单号", true), Encoding::Utf16Le),
            (utf16("\u{feff}订单号", false), Encoding::Utf16Be),
            (utf16("订单号,日期\n1,2024-01-02\n", true), Encoding::Utf16Le),
            (utf16("订单号,日期\n1,2024-01-02\n", false), Encoding::Utf16Be),
            (gbk("订单号,日期\n"), Encoding::Gb18030),
            (gbk("ok,😀\n"), Encoding::Gb18030),
            (gbk("联通,1\n移动,2\n"), Encoding::Gb18030),
            (b"name,price\nCaf\xE9,\xA325\nM\xFCller,3".to_vec(), Encoding::Windows1252),
        ] {
            assert_eq!(sniff(&bytes, true), Ok(want), "{bytes:02x?}");
        }
    }
}
