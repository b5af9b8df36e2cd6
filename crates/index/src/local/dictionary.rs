//! What the codes of a column stand for.

use super::packed::Packed;
use super::strings::Strings;

/// The component of a tuple that has no text.
pub(crate) const ABSENT: u32 = u32::MAX;

/// The different values of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Dictionary {
    /// Code by code, `width` ids of texts that several columns share; sorted in segments.
    Tuples {
        /// How many ids a tuple has.
        width: usize,
        /// The tuples one after another.
        cells: Vec<u32>,
    },
    /// Texts of this column alone, in the order in which they came; code 0 is *no text*, code 1 the first text.
    Growing(Strings),
    /// The same, sorted and packed.
    Texts(Packed),
}

impl Dictionary {
    /// How many codes there are.
    pub(crate) fn distinct(&self) -> usize {
        match self {
            Self::Tuples { width, cells } => cells.len() / width,
            Self::Growing(texts) => texts.len() + 1,
            Self::Texts(texts) => texts.len + 1,
        }
    }

    /// The tuple of a code; empty where there are none.
    #[inline]
    pub(crate) fn tuple(&self, code: u32) -> &[u32] {
        match self {
            Self::Tuples { width, cells } => {
                let start = code as usize * width;
                cells.get(start..start + width).unwrap_or_default()
            }
            Self::Growing(_) | Self::Texts(_) => &[],
        }
    }

    /// All tuples in order of their codes; none where there are texts.
    pub(crate) fn tuples(&self) -> std::slice::ChunksExact<'_, u32> {
        match self {
            Self::Tuples { width, cells } => cells.chunks_exact(*width),
            Self::Growing(_) | Self::Texts(_) => [].chunks_exact(1),
        }
    }

    /// The texts of a column that has its own and is sorted.
    pub(crate) fn texts(&self) -> Option<&Packed> {
        match self {
            Self::Texts(texts) => Some(texts),
            Self::Tuples { .. } | Self::Growing(_) => None,
        }
    }

    /// Bytes of text that only this column has, unpacked.
    pub(crate) fn text_len(&self) -> usize {
        match self {
            Self::Tuples { .. } => 0,
            Self::Growing(texts) => texts.text_len(),
            Self::Texts(texts) => texts.text_len,
        }
    }

    /// Bytes of memory.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Tuples { cells, .. } => cells.len() * 4,
            Self::Growing(texts) => texts.bytes(),
            Self::Texts(texts) => texts.bytes(),
        }
    }
}
