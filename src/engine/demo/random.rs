//! A small seeded generator (splitmix64, Steele, Lea & Flood 2014): the demo must come out the same on every machine, so
//! there is no system randomness and no floating point in it.

pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to `n - 1`; 0 when `n` is 0. (The bias of the remainder is below 2⁻³² here.)
    pub(super) fn below(&mut self, n: u32) -> u32 {
        u32::try_from(self.next() % u64::from(n.max(1))).unwrap_or(0)
    }

    /// From `low` to `high`, both included; `low` when the range is empty.
    pub(super) fn between(&mut self, low: i32, high: i32) -> i32 {
        let width = i64::from(high) - i64::from(low) + 1;
        let step = self.below(u32::try_from(width).unwrap_or(1));
        low.saturating_add(i32::try_from(step).unwrap_or(0))
    }

    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of `list`; `None` when it is empty.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.index(list.len()))
    }

    /// An index below `len`.
    pub(super) fn index(&mut self, len: usize) -> usize {
        self.below(u32::try_from(len).unwrap_or(u32::MAX)) as usize
    }

    /// One of `list`, each as often as its weight says; `None` when it is empty or weightless.
    pub(super) fn weighted<'a, T>(&mut self, list: &'a [T], weight: impl Fn(&T) -> u32) -> Option<&'a T> {
        let total = list.iter().map(&weight).sum();
        let mut left = self.below(total);
        list.iter().find(|item| {
            let w = weight(item);
            let hit = left < w;
            left = left.saturating_sub(w);
            hit
        })
    }

    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.index(last + 1);
            list.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_published_sequence() {
        // First outputs of splitmix64 for seed 1234567, as printed by the reference C code.
        let mut r = Random::new(1_234_567);
        assert_eq!(
            [r.next(), r.next(), r.next()],
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn weights_and_bounds_hold() {
        let mut r = Random::new(7);
        let mut hits = [0u32; 3];
        for _ in 0..6_000 {
            let item = r.weighted(&[(0usize, 1u32), (1, 0), (2, 2)], |i| i.1).unwrap();
            hits[item.0] += 1;
            assert!((-3..=5).contains(&r.between(-3, 5)));
        }
        assert_eq!(hits[1], 0);
        assert!(hits[2] > hits[0] * 3 / 2, "{hits:?}");
        assert_eq!(r.between(4, 3), 4);
        assert_eq!(r.pick::<u8>(&[]), None);
    }
}
