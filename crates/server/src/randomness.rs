//! Where random bytes come from: the operating system, asked here and nowhere else.

/// A source of random bytes, passed as a parameter so that tests can repeat a run.
pub trait Randomness: Send + Sync {
    /// Fills `bytes`; never returns with bytes that can be predicted.
    fn fill(&self, bytes: &mut [u8]);
}

/// An array of random bytes.
pub(crate) fn array<const N: usize>(randomness: &dyn Randomness) -> [u8; N] {
    let mut bytes = [0; N];
    randomness.fill(&mut bytes);
    bytes
}

/// The generator of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    #[expect(
        clippy::expect_used,
        reason = "a process without randomness must stop before it makes a guessable key"
    )]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}
