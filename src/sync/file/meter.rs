//! Counts the bytes read and stops a reader that runs away: one record must not fill the memory.

use std::cell::Cell;
use std::io::{self, Read};

use super::guard::Guard;

/// Bytes fetched at a time.
const CHUNK: usize = 256 * 1024;

/// Where reading is and how far it may go.
#[derive(Default)]
pub struct Gauge {
    at: Cell<u64>,
    limit: Cell<u64>,
    exceeded: Cell<bool>,
}

impl Gauge {
    /// Bytes read so far.
    pub fn at(&self) -> u64 {
        self.at.get()
    }

    /// The next so many bytes are fine.
    pub fn allow(&self, bytes: u64) {
        self.limit.set(self.at.get().saturating_add(bytes));
    }

    pub fn exceeded(&self) -> bool {
        self.exceeded.get()
    }
}

pub struct Meter<'g, R> {
    inner: R,
    chunk: Vec<u8>,
    next: usize,
    guard: Guard,
    /// What follows the chunk is not to be read.
    stopped: bool,
    gauge: &'g Gauge,
    /// What the source said when it failed.
    failed: &'g Cell<Option<io::Error>>,
}

impl<'g, R: Read> Meter<'g, R> {
    pub fn new(inner: R, gauge: &'g Gauge, failed: &'g Cell<Option<io::Error>>) -> Self {
        Self { inner, chunk: Vec::new(), next: 0, guard: Guard::default(), stopped: false, gauge, failed }
    }

    fn fetch(&mut self) -> io::Result<()> {
        self.chunk.resize(CHUNK, 0);
        self.next = 0;
        let got = loop {
            match self.inner.read(&mut self.chunk) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        match got {
            Ok(n) => {
                self.chunk.truncate(n);
                let fine = self.guard.fine(&self.chunk);
                self.stopped = fine < n;
                self.chunk.truncate(fine);
                Ok(())
            }
            Err(error) => {
                self.chunk.clear();
                self.failed.set(Some(error));
                Err(io::ErrorKind::Other.into())
            }
        }
    }
}

impl<R: Read> Read for Meter<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.next >= self.chunk.len() && !self.stopped {
            self.fetch()?;
        }
        if self.next >= self.chunk.len() && self.stopped {
            self.gauge.exceeded.set(true);
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let rest = self.chunk.get(self.next..).unwrap_or_default();
        let n = rest.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..n), rest.get(..n)) {
            to.copy_from_slice(from);
        }
        self.next += n;
        let at = self.gauge.at.get() + n as u64;
        self.gauge.at.set(at);
        if at > self.gauge.limit.get() {
            self.gauge.exceeded.set(true);
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(n)
    }
}
