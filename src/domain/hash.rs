//! A hash of texts with 64 bits on every machine. `FxHasher` has 32 in WebAssembly, and what takes its place from the bits
//! above them finds none there.

/// Spread over all bits. Not against people who choose their texts to collide.
#[must_use]
pub fn hash_text(seed: u64, text: &str) -> u64 {
    // The golden ratio in 64 bits: Knuth, The Art of Computer Programming 3, 6.4.
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = (seed ^ text.len() as u64).wrapping_mul(FACTOR);
    for part in text.as_bytes().chunks(8) {
        let mut bytes = [0; 8];
        bytes.iter_mut().zip(part).for_each(|(slot, byte)| *slot = *byte);
        hash = (hash.rotate_left(23) ^ u64::from_le_bytes(bytes)).wrapping_mul(FACTOR);
    }
    // A product is weak in its low bits.
    hash = (hash ^ hash >> 32).wrapping_mul(FACTOR);
    hash ^ hash >> 32
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn neighbours_lie_apart_by_any_bits() {
        let words: Vec<String> =
            (0..4_096).flat_map(|n| [format!("c{n}"), format!("company {n}"), n.to_string()]).collect();
        let hashes: Vec<u64> = words.iter().map(|word| hash_text(0, word)).collect();
        assert_eq!(hashes.iter().collect::<HashSet<_>>().len(), words.len());
        for shift in [0, 16, 32, 48] {
            let places: HashSet<u64> = hashes.iter().map(|hash| hash >> shift & 0xffff).collect();
            // 12,288 balls in 65,536 boxes leave 11,223 boxes filled on average.
            assert!(places.len() > 11_000, "{shift}: {}", places.len());
        }
        assert_ne!(hash_text(1, "a"), hash_text(2, "a"));
        assert_ne!(hash_text(0, "a"), hash_text(0, "a\0"));
    }
}
