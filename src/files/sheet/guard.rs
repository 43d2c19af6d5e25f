//! What is inflated out of a workbook, with an end to it: a few kilobytes can promise gigabytes, and a text without a tag
//! would be held whole.

use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use memchr::memchr2;

/// Bytes inflated at a time.
const BUFFER_BYTES: usize = 64 * 1024;
/// Bytes between two tags: thirty times what the longest cell of a spreadsheet needs.
const MAX_RUN_BYTES: usize = 4 * 1024 * 1024;

/// Which limit was met, told beside the error of the XML reader, which would swallow it.
#[derive(Clone, Debug, Default)]
pub(super) struct Alarm(Rc<Cell<bool>>);

impl Alarm {
    pub fn rang(&self) -> bool {
        self.0.get()
    }
}

/// Reads up to a limit.
pub(super) struct Guard<R> {
    inner: R,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    left: u64,
    /// Bytes since the last tag began or ended.
    run: usize,
    alarm: Alarm,
}

impl<R: Read> Guard<R> {
    pub fn new(inner: R, limit: u64, alarm: Alarm) -> Self {
        Self { inner, buffer: vec![0; BUFFER_BYTES], at: 0, end: 0, left: limit, run: 0, alarm }
    }

    fn refuse(&self) -> io::Error {
        self.alarm.0.set(true);
        io::Error::other("inflates beyond the limit")
    }

    fn refill(&mut self) -> io::Result<()> {
        (self.at, self.end) = (0, self.inner.read(&mut self.buffer)?);
        self.left = self.left.checked_sub(self.end as u64).ok_or_else(|| self.refuse())?;
        let fresh = self.buffer.get(..self.end).unwrap_or_default();
        let longest = match memchr2(b'<', b'>', fresh) {
            Some(first) => {
                let longest = self.run + first;
                let last = fresh.iter().rposition(|b| matches!(b, b'<' | b'>')).unwrap_or(first);
                self.run = fresh.len() - last;
                longest
            }
            None => {
                self.run += fresh.len();
                self.run
            }
        };
        if longest > MAX_RUN_BYTES { Err(self.refuse()) } else { Ok(()) }
    }
}

impl<R: Read> BufRead for Guard<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at >= self.end {
            self.refill()?;
        }
        Ok(self.buffer.get(self.at..self.end).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.at = (self.at + amount).min(self.end);
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8], limit: u64) -> (Option<usize>, bool) {
        let alarm = Alarm::default();
        let mut out = Vec::new();
        let read = Guard::new(text, limit, alarm.clone()).read_to_end(&mut out).ok();
        (read, alarm.rang())
    }

    #[test]
    fn reads_up_to_the_limit_and_no_text_without_end() {
        assert_eq!(read(b"<a>1</a>", 8), (Some(8), false));
        assert_eq!(read(b"<a>1</a>", 7), (None, true));
        let mut long = vec![b'x'; MAX_RUN_BYTES + 2];
        assert_eq!(read(&long, u64::MAX), (None, true));
        let middle = long.len() / 2;
        long[middle] = b'<';
        assert_eq!(read(&long, u64::MAX), (Some(long.len()), false));
    }
}
