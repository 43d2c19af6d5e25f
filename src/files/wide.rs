//! The full-width comma 「，」 as a separator: typed where a Chinese keyboard was left on. csv-core separates by one byte, so
//! commas outside of quotes become a byte that stands in for them on the way in.

/// The separator as people see it.
pub(super) const WIDE_COMMA: char = '，';
/// Stands in for it: ASCII's own “unit separator”, which no text has.
const STAND_IN: u8 = 0x1F;
const COMMA: [u8; 3] = [0xEF, 0xBC, 0x8C];

/// The byte by which rows are separated at this character, if one can.
#[must_use]
pub(super) fn byte_of(delimiter: char) -> Option<u8> {
    if delimiter == WIDE_COMMA { Some(STAND_IN) } else { u8::try_from(delimiter).ok().filter(u8::is_ascii) }
}

/// The character that [`byte_of`] gave this byte for.
#[must_use]
pub(super) fn char_of(byte: u8) -> char {
    if byte == STAND_IN { WIDE_COMMA } else { char::from(byte) }
}

/// Where the reading stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// Before its first byte: a quote opens here only.
    Start,
    Inside,
    Quoted,
    /// After a quote inside quotes: a second one is text, anything else was the end.
    Closing,
}

/// Translates text slice by slice; a slice may end anywhere.
#[derive(Clone, Debug)]
pub(super) struct Wide {
    at: At,
    /// How much of a comma the last slice ended with.
    held: usize,
}

impl Wide {
    /// For a separator that needs it.
    #[must_use]
    pub fn new(delimiter: u8) -> Option<Self> {
        (delimiter == STAND_IN).then_some(Self { at: At::Start, held: 0 })
    }

    pub fn translate(&mut self, input: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(input.len());
        for &b in input {
            if self.at != At::Quoted && COMMA.get(self.held) == Some(&b) {
                self.held += 1;
                if self.held == COMMA.len() {
                    self.held = 0;
                    self.at = At::Start;
                    out.push(STAND_IN);
                }
                continue;
            }
            self.flush(&mut out);
            // The byte after a broken beginning may begin a comma itself.
            if self.at != At::Quoted && COMMA.first() == Some(&b) {
                self.held = 1;
                continue;
            }
            self.at = match (self.at, b) {
                (At::Start | At::Closing, b'"') => At::Quoted,
                (At::Quoted, b'"') => At::Closing,
                (At::Quoted, _) => At::Quoted,
                (_, b'\n' | b'\r') => At::Start,
                _ => At::Inside,
            };
            out.push(b);
        }
        out
    }

    /// What the end of the text leaves of a comma that did not become one.
    pub fn rest(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        self.flush(&mut out);
        out
    }

    fn flush(&mut self, out: &mut Vec<u8>) {
        if self.held > 0 {
            out.extend(COMMA.iter().take(self.held));
            self.held = 0;
            self.at = At::Inside;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_outside_of_quotes_separate_wherever_a_slice_ends() {
        let text = "单号，\"甲，\"\"乙\"\"，丙\"，3\"，（全角）\n，\"x\"，＂\n";
        let want = "单号\u{1f}\"甲，\"\"乙\"\"，丙\"\u{1f}3\"\u{1f}（全角）\n\u{1f}\"x\"\u{1f}＂\n";
        for cut in 0..=text.len() {
            let (a, b) = text.as_bytes().split_at(cut);
            let mut wide = Wide::new(STAND_IN).unwrap();
            let out = [wide.translate(a), wide.translate(b), wide.rest()].concat();
            assert_eq!(String::from_utf8(out).unwrap(), want, "{cut}");
        }
        let mut wide = Wide::new(STAND_IN).unwrap();
        assert_eq!([wide.translate(b"\xEF\xBC"), wide.rest()].concat(), b"\xEF\xBC");
        assert!(Wide::new(b',').is_none());
    }
}
