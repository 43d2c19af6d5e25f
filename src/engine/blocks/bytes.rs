//! Bytes in and out, with every length checked before anything is allocated: each element of a column takes at least one
//! byte, so what a block makes in memory is bounded by its own size.

use crate::domain::{Id, Line, Value};
use crate::engine::column::NULL_INT;

/// The bytes do not mean what they should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bad;

pub(super) type Read<T> = Result<T, Bad>;

#[derive(Default)]
pub(super) struct Out(pub Vec<u8>);

/// Bit of an integer column's width byte: 0 stands for null.
const NULLABLE: u8 = 0x80;

impl Out {
    pub fn u8(&mut self, n: u8) {
        self.0.push(n);
    }

    pub fn u32(&mut self, n: u32) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }

    pub fn u64(&mut self, n: u64) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }

    pub fn i64(&mut self, n: i64) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }

    /// A length. Blocks are cut long before 4 billion of anything.
    pub fn count(&mut self, n: usize) {
        self.u32(u32::try_from(n).unwrap_or(u32::MAX));
    }

    pub fn text(&mut self, text: &str) {
        self.count(text.len());
        self.0.extend_from_slice(text.as_bytes());
    }

    pub fn ids(&mut self, ids: &[Id]) {
        self.count(ids.len());
        self.0.reserve(ids.len() * 16);
        for id in ids {
            self.id(*id);
        }
    }

    pub fn id(&mut self, id: Id) {
        self.0.extend_from_slice(&id.0.to_le_bytes());
    }

    fn narrow(&mut self, width: usize, values: impl ExactSizeIterator<Item = u64>) {
        self.0.reserve(values.len() * width);
        match width {
            1 => self.0.extend(values.map(|n| n as u8)),
            2 => values.for_each(|n| self.0.extend_from_slice(&(n as u16).to_le_bytes())),
            4 => values.for_each(|n| self.0.extend_from_slice(&(n as u32).to_le_bytes())),
            _ => values.for_each(|n| self.0.extend_from_slice(&n.to_le_bytes())),
        }
    }

    /// Codes or lengths, in the narrowest width that takes the greatest. Their number is known to the reader.
    pub fn codes(&mut self, codes: &[u32]) {
        let width = width(u64::from(codes.iter().copied().max().unwrap_or(0)));
        self.u8(width as u8);
        self.narrow(width, codes.iter().map(|c| u64::from(*c)));
    }

    /// Running ends as lengths.
    pub fn ends(&mut self, ends: &[u32]) {
        let starts = std::iter::once(0).chain(ends.iter().copied());
        let lengths: Vec<u32> = ends.iter().zip(starts).map(|(end, start)| end.saturating_sub(start)).collect();
        self.codes(&lengths);
    }

    /// Integers as offsets from their least, in the narrowest width. Their number is known to the reader.
    pub fn ints(&mut self, values: &[i64]) {
        let known = || values.iter().copied().filter(|n| *n != NULL_INT);
        let (min, max) = (known().min().unwrap_or(0), known().max().unwrap_or(0));
        let shift = u64::from(values.contains(&NULL_INT));
        // Null is the least i64, so with it the range is at most 2^64 - 2 and the shift cannot overflow.
        let width = width((max.wrapping_sub(min) as u64).wrapping_add(shift));
        self.u8(width as u8 | if shift == 1 { NULLABLE } else { 0 });
        self.i64(min);
        let offset = |n: &i64| if *n == NULL_INT { 0 } else { (n.wrapping_sub(min) as u64).wrapping_add(shift) };
        self.narrow(width, values.iter().map(offset));
    }

    pub fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.u8(0),
            Value::Text(text) => {
                self.u8(1);
                self.text(text);
            }
            Value::Int(n) => {
                self.u8(2);
                self.i64(*n);
            }
            Value::Bool(b) => self.u8(3 + u8::from(*b)),
            Value::Ref(id) => {
                self.u8(5);
                self.id(*id);
            }
            Value::Lines(lines) => {
                self.u8(6);
                self.count(lines.len());
                for line in lines {
                    self.u8(u8::from(line.product.is_some()));
                    self.id(line.product.unwrap_or(Id(0)));
                    self.i64(line.quantity_milli);
                    self.i64(line.unit_price_e4);
                    self.i64(line.total_minor);
                }
            }
            Value::Json(json) => {
                self.u8(7);
                self.text(&json.to_string());
            }
        }
    }
}

fn width(max: u64) -> usize {
    match max {
        0..=0xff => 1,
        0x100..=0xffff => 2,
        0x1_0000..=0xffff_ffff => 4,
        _ => 8,
    }
}

pub(super) struct In<'a>(pub &'a [u8]);

impl<'a> In<'a> {
    pub fn take(&mut self, n: usize) -> Read<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(n).ok_or(Bad)?;
        self.0 = tail;
        Ok(head)
    }

    fn array<const N: usize>(&mut self) -> Read<[u8; N]> {
        self.take(N)?.try_into().map_err(|_| Bad)
    }

    pub fn u8(&mut self) -> Read<u8> {
        self.array::<1>().map(|[b]| b)
    }

    pub fn u16(&mut self) -> Read<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub fn u32(&mut self) -> Read<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Read<u64> {
        self.array().map(u64::from_le_bytes)
    }

    pub fn i64(&mut self) -> Read<i64> {
        self.array().map(i64::from_le_bytes)
    }

    /// A number of elements of at least `size` bytes each, which must all still be there.
    pub fn count(&mut self, size: usize) -> Read<usize> {
        let n = self.u32()? as usize;
        if n.checked_mul(size).is_some_and(|bytes| bytes <= self.0.len()) { Ok(n) } else { Err(Bad) }
    }

    pub fn text(&mut self) -> Read<&'a str> {
        let n = self.count(1)?;
        std::str::from_utf8(self.take(n)?).map_err(|_| Bad)
    }

    pub fn id(&mut self) -> Read<Id> {
        self.array().map(u128::from_le_bytes).map(Id)
    }

    pub fn ids(&mut self) -> Read<Vec<Id>> {
        let n = self.count(16)?;
        let bytes = self.take(n * 16)?;
        Ok(bytes.chunks_exact(16).map(|c| Id(u128::from_le_bytes(fixed(c)))).collect())
    }

    fn narrow<T>(&mut self, width: u8, count: usize, of: impl Fn(u64) -> T) -> Read<Vec<T>> {
        let bytes = self.take(count.checked_mul(width as usize).ok_or(Bad)?)?;
        Ok(match width {
            1 => bytes.iter().map(|b| of(u64::from(*b))).collect(),
            2 => bytes.chunks_exact(2).map(|c| of(u64::from(u16::from_le_bytes(fixed(c))))).collect(),
            4 => bytes.chunks_exact(4).map(|c| of(u64::from(u32::from_le_bytes(fixed(c))))).collect(),
            8 => bytes.chunks_exact(8).map(|c| of(u64::from_le_bytes(fixed(c)))).collect(),
            _ => return Err(Bad),
        })
    }

    /// `count` codes, each at most `max`.
    pub fn codes(&mut self, count: usize, max: usize) -> Read<Vec<u32>> {
        let width = self.u8()?;
        if width > 4 {
            return Err(Bad);
        }
        let codes = self.narrow(width, count, |n| n as u32)?;
        if codes.iter().all(|c| *c as usize <= max) { Ok(codes) } else { Err(Bad) }
    }

    /// `count` lengths as running ends.
    pub fn ends(&mut self, count: usize) -> Read<Vec<u32>> {
        let mut ends = self.codes(count, u32::MAX as usize)?;
        let mut end = 0u32;
        for slot in &mut ends {
            end = end.checked_add(*slot).ok_or(Bad)?;
            *slot = end;
        }
        Ok(ends)
    }

    pub fn ints(&mut self, count: usize) -> Read<Vec<i64>> {
        let flags = self.u8()?;
        let min = self.i64()?;
        if flags & NULLABLE == 0 {
            self.narrow(flags, count, |n| min.wrapping_add(n as i64))
        } else {
            let offset = |n: u64| if n == 0 { NULL_INT } else { min.wrapping_add((n - 1) as i64) };
            self.narrow(flags & !NULLABLE, count, offset)
        }
    }

    pub fn json<T: serde::de::DeserializeOwned>(&mut self) -> Read<T> {
        serde_json::from_str(self.text()?).map_err(|_| Bad)
    }

    pub fn value(&mut self) -> Read<Value> {
        Ok(match self.u8()? {
            0 => Value::Null,
            1 => Value::Text(self.text()?.to_owned()),
            2 => Value::Int(self.i64()?),
            3 => Value::Bool(false),
            4 => Value::Bool(true),
            5 => Value::Ref(self.id()?),
            6 => {
                let n = self.count(41)?;
                let mut lines = Vec::with_capacity(n);
                for _ in 0..n {
                    let product = (self.u8()? == 1, self.id()?);
                    lines.push(Line {
                        product: product.0.then_some(product.1),
                        quantity_milli: self.i64()?,
                        unit_price_e4: self.i64()?,
                        total_minor: self.i64()?,
                    });
                }
                Value::Lines(lines)
            }
            7 => Value::Json(self.json()?),
            _ => return Err(Bad),
        })
    }
}

/// A chunk of exactly `N` bytes as an array; `chunks_exact` and `width` have seen to the length.
fn fixed<const N: usize>(chunk: &[u8]) -> [u8; N] {
    chunk.try_into().unwrap_or([0; N])
}
