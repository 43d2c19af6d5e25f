//! Looks at the bytes of a file before the parser does, and says where it should stop: a text, a number or a nesting
//! that no book has would be read to its end first, and held in memory.

/// Bytes of one text at most; cells of files are cut at 32 KB, forms earlier.
pub const MAX_TEXT: usize = 1 << 20;
/// Bytes of a number, a word or white space at most.
const MAX_RUN: usize = 4 * 1024;
/// Brackets within brackets at most: free-form content may nest 32 deep, the file around it nests six.
const MAX_DEPTH: u32 = 100;

/// Where in the JSON the bytes are.
#[derive(Default)]
pub struct Guard {
    in_text: bool,
    escaped: bool,
    /// Bytes of the text, number or word so far.
    run: usize,
    depth: u32,
}

impl Guard {
    /// How many of the next bytes are fine: all of them, or those up to where the parser should stop.
    pub fn fine(&mut self, bytes: &[u8]) -> usize {
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            let step = if self.in_text { self.text(rest) } else { self.outside(rest) };
            match step {
                Ok(n) => at += n,
                Err(n) => return at + n,
            }
        }
        at
    }

    fn text(&mut self, bytes: &[u8]) -> Result<usize, usize> {
        if self.escaped {
            self.escaped = false;
            self.run += 1;
            return Ok(1);
        }
        let found = memchr::memchr2(b'"', b'\\', bytes);
        let passed = found.unwrap_or(bytes.len());
        if self.run + passed > MAX_TEXT {
            return Err(MAX_TEXT.saturating_sub(self.run));
        }
        self.run += passed;
        let Some(at) = found else { return Ok(passed) };
        if bytes.get(at) == Some(&b'"') {
            (self.in_text, self.run) = (false, 0);
        } else {
            self.escaped = true;
        }
        Ok(at + 1)
    }

    fn outside(&mut self, bytes: &[u8]) -> Result<usize, usize> {
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'"' => {
                    (self.in_text, self.run) = (true, 0);
                    return Ok(at + 1);
                }
                b'[' | b'{' => {
                    (self.depth, self.run) = (self.depth + 1, 0);
                    if self.depth > MAX_DEPTH {
                        return Err(at);
                    }
                }
                b']' | b'}' => (self.depth, self.run) = (self.depth.saturating_sub(1), 0),
                b',' | b':' => self.run = 0,
                _ => {
                    self.run += 1;
                    if self.run > MAX_RUN {
                        return Err(at);
                    }
                }
            }
        }
        Ok(bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same however the bytes are cut.
    fn fine(text: &str) -> usize {
        let whole = Guard::default().fine(text.as_bytes());
        for size in [1, 7, 4096] {
            let (mut guard, mut passed) = (Guard::default(), 0);
            for part in text.as_bytes().chunks(size) {
                let n = guard.fine(part);
                passed += n;
                if n < part.len() {
                    break;
                }
            }
            assert_eq!(passed, whole, "in parts of {size}");
        }
        whole
    }

    #[test]
    fn stops_within_what_no_book_has() {
        let long = |n: usize| "x".repeat(n);
        let cases = [
            ("{\"a\":[1,2,{\"b\":\"\\\"[[[\\\\\"}]}".to_owned(), None),
            (format!("\"{}\"", long(MAX_TEXT)), None),
            (format!("\"{}\"", long(MAX_TEXT + 1)), Some(MAX_TEXT + 1)),
            (format!("[\"{}\"]", "\\u4e00".repeat(MAX_TEXT)), Some(MAX_TEXT * 6 / 5)),
            (format!("[{}]", "1".repeat(MAX_RUN)), None),
            (format!("[{}]", "1".repeat(MAX_RUN + 1)), Some(MAX_RUN + 1)),
            ("[],".repeat(1_000_000), None),
            ("[".repeat(5_000_000), Some(MAX_DEPTH as usize)),
        ];
        for (text, stop) in cases {
            let passed = fine(&text);
            match stop {
                None => assert_eq!(passed, text.len(), "{}", &text[..text.len().min(30)]),
                Some(at) => assert!(passed.abs_diff(at) <= 8, "{}: {passed}, not {at}", &text[..text.len().min(30)]),
            }
        }
    }
}
