//! Repeatable chance.

/// A small generator (`SplitMix64`) whose numbers depend on nothing but its seed.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A generator of its own, so that what one part draws does not move what another part gets.
    pub(super) fn fork(&mut self) -> Self {
        Self(self.next())
    }

    /// The next 64 bits.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        scatter(self.0)
    }

    /// Something from 0 up to, but without, `end`; 0 when `end` is 0.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        // The high half of the product: the bias is below 2^-32 for every range used here.
        u64::try_from((u128::from(self.next()) * u128::from(end)) >> 64).unwrap_or(0)
    }

    /// Something from `least` up to and with `most`.
    pub(super) fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// True in so many of 1,000 cases.
    pub(super) fn in_thousand(&mut self, cases: u64) -> bool {
        self.below(1_000) < cases
    }

    /// One of them; nothing only when there is nothing.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        usize::try_from(self.below(from.len() as u64))
            .ok()
            .and_then(|at| from.get(at))
    }

    /// One of so many, the first ones far more often: the cube of an even draw.
    pub(super) fn skewed(&mut self, count: u64) -> u64 {
        let even = self.below(1 << 20);
        let square = (even * even) >> 20;
        let cube = (square * even) >> 20;
        (cube * count) >> 20
    }
}

/// Well-mixed bits of a number: the finaliser of `SplitMix64`.
pub(super) const fn scatter(number: u64) -> u64 {
    let mixed = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
