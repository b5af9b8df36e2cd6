//! Arrays of dictionary codes, as narrow as the dictionary allows.

/// Codes of 1, 2 or 4 bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Codes {
    /// Dictionaries of at most 256 entries.
    Narrow(Vec<u8>),
    /// Dictionaries of at most 65,536 entries.
    Middle(Vec<u16>),
    /// All others.
    Wide(Vec<u32>),
}

impl Default for Codes {
    fn default() -> Self {
        Self::Wide(Vec::new())
    }
}

impl Codes {
    /// The narrowest array for codes that are all below `distinct`.
    pub(crate) fn pack(codes: Vec<u32>, distinct: usize) -> Self {
        // Every code is below `distinct`, so the narrowing keeps its value; `low` only names the bytes that are kept.
        if distinct <= 1 << 8 {
            Self::Narrow(codes.iter().map(|&c| low_byte(c)).collect())
        } else if distinct <= 1 << 16 {
            Self::Middle(codes.iter().map(|&c| low_half(c)).collect())
        } else {
            Self::Wide(codes)
        }
    }

    /// How many codes.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Narrow(codes) => codes.len(),
            Self::Middle(codes) => codes.len(),
            Self::Wide(codes) => codes.len(),
        }
    }

    /// The code at `at`; 0 beyond the end.
    #[inline]
    pub(crate) fn get(&self, at: usize) -> u32 {
        match self {
            Self::Narrow(codes) => codes.get(at).map_or(0, |&c| u32::from(c)),
            Self::Middle(codes) => codes.get(at).map_or(0, |&c| u32::from(c)),
            Self::Wide(codes) => codes.get(at).copied().unwrap_or(0),
        }
    }

    /// Adds a code while the array is still being filled (and therefore wide).
    pub(crate) fn push(&mut self, code: u32) {
        if let Self::Wide(codes) = self {
            codes.push(code);
        } else {
            debug_assert!(false, "packed codes are immutable");
        }
    }

    /// Bytes of memory.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Narrow(codes) => codes.len(),
            Self::Middle(codes) => codes.len() * 2,
            Self::Wide(codes) => codes.len() * 4,
        }
    }
}

fn low_byte(code: u32) -> u8 {
    let [low, ..] = code.to_le_bytes();
    low
}

fn low_half(code: u32) -> u16 {
    let [a, b, ..] = code.to_le_bytes();
    u16::from_le_bytes([a, b])
}
