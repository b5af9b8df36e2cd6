//! Randomness that is the same on every run.

/// A generator that one number determines (`SplitMix64`). Good enough for tests, and for nothing else.
#[derive(Clone, Debug)]
pub struct Seed(u64);

impl Seed {
    /// The generator of this number.
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// An independent generator, for one of several actors.
    #[must_use]
    pub fn fork(&mut self) -> Self {
        Self(self.number())
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        let scaled = (u128::from(self.number()) * end as u128) >> 64;
        usize::try_from(scaled).unwrap_or_default()
    }

    /// True in this many of a hundred cases.
    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// One of several values.
    ///
    /// # Panics
    /// When there are none.
    pub fn pick<'a, T>(&mut self, values: &'a [T]) -> &'a T {
        values
            .get(self.below(values.len()))
            .expect("there is something to pick from")
    }

    /// Random bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for chunk in bytes.chunks_mut(8) {
            for (byte, random) in chunk.iter_mut().zip(self.number().to_be_bytes()) {
                *byte = random;
            }
        }
        bytes
    }
}
