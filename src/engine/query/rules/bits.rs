//! A set of rows of the customer table, one bit each.

const WORD: u32 = u64::BITS;

/// All sets that are put together have been made for the same number of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits(Vec<u64>);

impl Bits {
    #[must_use]
    pub fn none(rows: u32) -> Self {
        Self(vec![0; rows.div_ceil(WORD) as usize])
    }

    /// The rows out of `of` for which `takes` holds.
    #[must_use]
    pub fn of(of: &Self, mut takes: impl FnMut(u32) -> bool) -> Self {
        let mut out = of.clone();
        for (at, word) in (0u32..).zip(&mut out.0) {
            let mut left = *word;
            while left != 0 {
                let bit = left.trailing_zeros();
                left &= left - 1;
                if !takes(at * WORD + bit) {
                    *word &= !(1 << bit);
                }
            }
        }
        out
    }

    pub fn add(&mut self, row: u32) {
        if let Some(word) = self.0.get_mut((row / WORD) as usize) {
            *word |= 1 << (row % WORD);
        }
    }

    #[must_use]
    pub fn has(&self, row: u32) -> bool {
        self.0.get((row / WORD) as usize).is_some_and(|word| word & (1 << (row % WORD)) != 0)
    }

    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    pub fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        (0u32..).zip(&self.0).flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(at * WORD + bit)
            })
        })
    }

    pub fn and(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
    }

    pub fn or(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    /// Those of `all` who are not in here.
    #[must_use]
    pub fn others(&self, all: &Self) -> Self {
        Self(all.0.iter().zip(&self.0).map(|(all, own)| all & !own).collect())
    }

    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.0.capacity() * size_of::<u64>()
    }
}
