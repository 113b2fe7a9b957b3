//! Seeded numbers for the walk, the keys and the shuffles: the same seed, the same exchange.
//!
//! SplitMix64: small, fast, good enough for prices and ids. Not for anything that must be secret
//! from anybody: the keys made here open nothing but this exchange on loopback.

/// A stream of numbers that only its seed decides.
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// Starts the stream of one seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed ^ 0x5851_f42d_4c95_7f2d)
    }

    /// The next number of the stream.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in `0..bound`; zero for an empty range.
    pub const fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 { 0 } else { self.next() % bound }
    }

    /// A step of the walk in thousandths, `-1000..=1000`.
    pub fn step(&mut self) -> i64 {
        i64::try_from(self.below(2001)).unwrap_or(0) - 1000
    }

    /// Letters and digits, as keys and client ids are made of.
    pub fn text(&mut self, length: usize) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let pick = |n: u64| LETTERS[usize::try_from(n).unwrap_or(0) % LETTERS.len()] as char;
        (0..length).map(|_| pick(self.below(62))).collect()
    }

    /// Puts a list into another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.below(last as u64 + 1);
            list.swap(last, usize::try_from(other).unwrap_or(0));
        }
    }
}
