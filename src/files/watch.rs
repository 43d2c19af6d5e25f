//! Following a whole file through its encoding, slice by slice.

use super::encoding::{BYTE_ORDER_MARK, CERTAINLY_UTF8, Encoding, Gb, count_lines, count_wide, misfit_of_utf8};
use super::orders::FileError;

/// Why the bytes do not go on in the encoding they began in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// Nothing but ASCII had come so far: start again from the first byte in this encoding.
    Retry(Encoding),
    Broken(FileError),
}

/// Follows the raw bytes of a file in slices and says where they leave their encoding.
#[derive(Clone, Debug)]
pub struct Watch {
    encoding: Encoding,
    /// Bytes seen before the held ones.
    at: u64,
    line: u64,
    /// Beginning of a UTF-8 character cut by the end of a slice.
    held: Vec<u8>,
    /// Weight of the UTF-8 characters of more than one byte so far.
    wide: usize,
    gb: Gb,
    stray: Stray,
    unit: Utf16,
}

#[derive(Clone, Copy, Debug, Default)]
struct Utf16 {
    first_byte: Option<u8>,
    high_surrogate: bool,
}

/// UTF-8 inside GB18030: as bytes it mostly passes, as text it is gibberish. Counts Chinese characters of UTF-8 that fill
/// run after run of high bytes.
#[derive(Clone, Copy, Debug, Default)]
struct Stray {
    characters: u32,
    /// First byte and line of these runs.
    since: (u64, u64),
    /// Of the present run: first byte and line, characters, bytes that the last one still needs, and whether it fits.
    run: Option<Run>,
}

#[derive(Clone, Copy, Debug)]
struct Run {
    start: (u64, u64),
    characters: u32,
    needs: u8,
    fits: bool,
}

impl Stray {
    /// GBK text hardly ever has that many in a row by chance.
    const CERTAIN: u32 = 6;

    fn next(&mut self, b: u8, at: u64, line: u64) {
        if b < 0x80 {
            match self.run.take() {
                Some(run) if run.fits && run.needs == 0 => {
                    if self.characters == 0 {
                        self.since = run.start;
                    }
                    self.characters += run.characters;
                }
                Some(_) => self.characters = 0,
                None => {}
            }
            return;
        }
        let run = self.run.get_or_insert(Run { start: (at, line), characters: 0, needs: 0, fits: true });
        match (run.needs, b) {
            (0, 0xE3..=0xE9) => {
                run.needs = 2;
                run.characters += 1;
            }
            (1 | 2, 0x80..=0xBF) => run.needs -= 1,
            _ => run.fits = false,
        }
    }
}

impl Watch {
    #[must_use]
    pub fn new(encoding: Encoding) -> Self {
        Self {
            encoding,
            at: 0,
            line: 1,
            held: Vec::new(),
            wide: 0,
            gb: Gb::Start,
            stray: Stray::default(),
            unit: Utf16::default(),
        }
    }

    /// Looks at the next slice.
    ///
    /// # Errors
    /// [`Misfit`]; after one, this watch is of no more use.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), Misfit> {
        match self.encoding {
            Encoding::Utf8 => self.push_utf8(bytes),
            Encoding::Gb18030 => self.push_gb(bytes),
            Encoding::Utf16Le | Encoding::Utf16Be => self.each(bytes, Self::utf16_byte),
            Encoding::Windows1252 => self.each(bytes, |_, _| true),
        }
    }

    /// After the last slice.
    ///
    /// # Errors
    /// The file ends inside a character.
    pub fn finish(self) -> Result<(), Misfit> {
        if !self.held.is_empty() {
            let (wide, at, line) = (self.wide, self.at, self.line);
            return Err(if wide == 0 { legacy(&self.held, at, line, true) } else { self.broken(at) });
        }
        let open = self.gb != Gb::Start || self.unit.first_byte.is_some() || self.unit.high_surrogate;
        if open { Err(self.broken(self.at)) } else { Ok(()) }
    }

    fn broken(&self, byte: u64) -> Misfit {
        Misfit::Broken(FileError::Encoding { byte, line: self.line })
    }

    fn each(&mut self, bytes: &[u8], mut good: impl FnMut(&mut Self, u8) -> bool) -> Result<(), Misfit> {
        for (i, b) in bytes.iter().enumerate() {
            self.line += u64::from(*b == b'\n');
            if !good(self, *b) {
                return Err(self.broken(self.at + i as u64));
            }
        }
        self.at += bytes.len() as u64;
        Ok(())
    }

    fn push_gb(&mut self, bytes: &[u8]) -> Result<(), Misfit> {
        for (i, b) in bytes.iter().enumerate() {
            let at = self.at + i as u64;
            self.gb = self.gb.next(*b);
            self.stray.next(*b, at, self.line);
            if self.gb == Gb::Bad || self.stray.characters >= Stray::CERTAIN {
                let (byte, line) = if self.stray.characters > 0 { self.stray.since } else { (at, self.line) };
                return Err(Misfit::Broken(FileError::Encoding { byte, line }));
            }
            self.line += u64::from(*b == b'\n');
        }
        self.at += bytes.len() as u64;
        Ok(())
    }

    fn utf16_byte(&mut self, b: u8) -> bool {
        let Some(first) = self.unit.first_byte.take() else {
            self.unit.first_byte = Some(b);
            return true;
        };
        let pair = [first, b];
        let code = if self.encoding == Encoding::Utf16Le { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) };
        let low = (0xDC00..0xE000).contains(&code);
        let good = low == self.unit.high_surrogate;
        self.unit.high_surrogate = (0xD800..0xDC00).contains(&code);
        good
    }

    fn push_utf8(&mut self, bytes: &[u8]) -> Result<(), Misfit> {
        let mut rest = bytes;
        if !self.held.is_empty() {
            let joined = [self.held.as_slice(), rest.get(..4).unwrap_or(rest)].concat();
            match std::str::from_utf8(&joined) {
                // Cut again: nothing more to see in so short a slice.
                Err(e) if e.error_len().is_none() && e.valid_up_to() == 0 => {
                    self.held = joined;
                    return Ok(());
                }
                Err(e) if e.valid_up_to() == 0 => return Err(self.not_utf8(&[self.held.as_slice(), rest].concat())),
                _ => {
                    let length = joined.first().map_or(1, |b| b.leading_ones() as usize);
                    let used = length.saturating_sub(self.held.len());
                    self.note_mark(&joined);
                    self.wide += count_wide(joined.get(..1).unwrap_or_default());
                    self.at += length as u64;
                    self.held.clear();
                    rest = rest.get(used..).unwrap_or_default();
                }
            }
        }
        match std::str::from_utf8(rest) {
            Ok(_) => self.note_utf8(rest),
            Err(e) => {
                let (good, tail) = rest.split_at(e.valid_up_to());
                self.note_utf8(good);
                if e.error_len().is_some() {
                    return Err(self.not_utf8(tail));
                }
                self.held = tail.to_vec();
            }
        }
        Ok(())
    }

    /// A byte order mark leaves no doubt.
    fn note_mark(&mut self, good: &[u8]) {
        if self.at == 0 && good.starts_with(&BYTE_ORDER_MARK) {
            self.wide = CERTAINLY_UTF8;
        }
    }

    fn note_utf8(&mut self, good: &[u8]) {
        self.note_mark(good);
        self.at += good.len() as u64;
        self.line += count_lines(good);
        if !good.is_ascii() {
            self.wide += count_wide(good);
        }
    }

    fn not_utf8(&self, tail: &[u8]) -> Misfit {
        if self.wide >= CERTAINLY_UTF8 { self.broken(self.at) } else { legacy(tail, self.at, self.line, false) }
    }
}

fn legacy(tail: &[u8], at: u64, line: u64, whole: bool) -> Misfit {
    match misfit_of_utf8(&[], tail, at, line, whole) {
        Ok(encoding) => Misfit::Retry(encoding),
        Err(error) => Misfit::Broken(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_inside_gbk_is_noticed_where_it_begins() {
        let mut bytes = encoding_rs::GB18030.encode("1,李娜,北京\n").0.into_owned();
        let at = bytes.len() as u64 + 2;
        bytes.extend("2,王明,广东\n3,张伟,上海\n".as_bytes());
        let mut watch = Watch::new(Encoding::Gb18030);
        assert_eq!(watch.push(&bytes), Err(Misfit::Broken(FileError::Encoding { byte: at, line: 2 })));
    }

    #[test]
    fn a_byte_order_mark_leaves_no_other_encoding() {
        let mut watch = Watch::new(Encoding::Utf8);
        assert_eq!(watch.push(b"\xEF\xBB"), Ok(()));
        assert_eq!(watch.push(b"\xBFa,b\n1,"), Ok(()));
        assert_eq!(watch.push(b"\xC0\xEE\n"), Err(Misfit::Broken(FileError::Encoding { byte: 9, line: 2 })));
    }
}
