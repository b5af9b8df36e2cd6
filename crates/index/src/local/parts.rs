//! The rows of a contiguous range of positions in columns: what a segment stores and a builder fills.

use std::borrow::Cow;

use super::column::Column;
use super::schema::Dim;
use super::strings::Strings;
use crate::answer::FirstSeen;

/// Rows in columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    /// The first position of the range.
    pub(crate) first: u64,
    /// The position after the range; some positions in it may be no events.
    pub(crate) next: u64,
    /// When each row occurred, nanoseconds; ascending in segments, ties by position.
    pub(crate) occurred: Vec<i64>,
    /// The position of each row, less `first`.
    pub(crate) offsets: Vec<u32>,
    /// The flags of each row, as [`flags`] packs them.
    pub(crate) first_seen: Vec<u8>,
    /// The texts that tuples name.
    pub(crate) strings: Strings,
    columns: [Column; Dim::ALL.len()],
}

impl Parts {
    /// No rows, beginning at a position.
    pub(crate) fn new(first: u64) -> Self {
        Self {
            first,
            next: first,
            occurred: Vec::new(),
            offsets: Vec::new(),
            first_seen: Vec::new(),
            strings: Strings::default(),
            columns: Dim::ALL.map(Column::new),
        }
    }

    /// How many rows.
    pub(crate) fn rows(&self) -> usize {
        self.occurred.len()
    }

    /// The column of a kind.
    #[expect(
        clippy::indexing_slicing,
        reason = "there is one column for each of the ten kinds"
    )]
    pub(crate) fn column(&self, dim: Dim) -> &Column {
        &self.columns[dim as usize]
    }

    /// The column of a kind, to fill it.
    #[expect(
        clippy::indexing_slicing,
        reason = "there is one column for each of the ten kinds"
    )]
    pub(crate) fn column_mut(&mut self, dim: Dim) -> &mut Column {
        &mut self.columns[dim as usize]
    }

    /// The position of a row.
    pub(crate) fn position(&self, row: usize) -> u64 {
        self.first + u64::from(self.offsets.get(row).copied().unwrap_or(0))
    }

    /// When a row occurred.
    pub(crate) fn occurred_at(&self, row: usize) -> i64 {
        self.occurred.get(row).copied().unwrap_or(0)
    }

    /// What a row did for the first time.
    pub(crate) fn first_seen(&self, row: usize) -> FirstSeen {
        from_flags(self.first_seen.get(row).copied().unwrap_or(0))
    }

    /// The text of one component of a tuple, when there is one; none where columns have texts of their own.
    pub(crate) fn text(&self, dim: Dim, code: u32, component: usize) -> Option<&str> {
        let id = self.column(dim).component(code, component);
        ((id as usize) < self.strings.len()).then(|| self.strings.get(id))
    }

    /// The text of a code of a column that has texts of its own, when there is one.
    pub(crate) fn own_text(&self, dim: Dim, code: u32) -> Option<String> {
        let texts = self.column(dim).dictionary.texts()?;
        let at = (code as usize).checked_sub(1)?;
        (at < texts.len).then(|| texts.get(at))
    }

    /// The number of the first text of a column among all searched texts.
    ///
    /// Searched texts are numbered in one row: those that columns share by their ids, then those of the columns of
    /// [`Dim::SEARCHED_TEXTS`] one column after the other.
    pub(crate) fn first_searched(&self, dim: Dim) -> u32 {
        let before = Dim::SEARCHED_TEXTS
            .iter()
            .take_while(|&&searched| searched != dim);
        let own = before.map(|&dim| self.column(dim).distinct() - 1);
        u32::try_from(self.strings.len() + own.sum::<usize>()).unwrap_or(u32::MAX)
    }

    /// How many texts can be searched.
    pub(crate) fn searched_len(&self) -> usize {
        let own = Dim::SEARCHED_TEXTS
            .iter()
            .map(|&dim| self.column(dim).distinct() - 1);
        self.strings.len() + own.sum::<usize>()
    }

    /// The searched text with a number.
    pub(crate) fn searched_text(&self, number: u32) -> Cow<'_, str> {
        for dim in Dim::SEARCHED_TEXTS.into_iter().rev() {
            if let Some(at) = number.checked_sub(self.first_searched(dim)) {
                return Cow::Owned(self.own_text(dim, at.saturating_add(1)).unwrap_or_default());
            }
        }
        Cow::Borrowed(self.strings.get(number))
    }

    /// Bytes of text, unpacked.
    pub(crate) fn text_len(&self) -> usize {
        let own = self
            .columns
            .iter()
            .map(|column| column.dictionary.text_len());
        self.strings.text_len() + own.sum::<usize>()
    }

    /// Bytes of memory.
    pub(crate) fn bytes(&self) -> usize {
        self.occurred.len() * 8
            + self.offsets.len() * 4
            + self.first_seen.len()
            + self.strings.bytes()
            + self.columns.iter().map(Column::bytes).sum::<usize>()
    }
}

/// The bit of [`FirstSeen::action`].
pub(crate) const ACTION_FLAG: u8 = 1;
/// The bit of [`FirstSeen::network`].
pub(crate) const NETWORK_FLAG: u8 = 2;

/// The flags as one byte.
pub(crate) fn flags(first_seen: FirstSeen) -> u8 {
    (if first_seen.action { ACTION_FLAG } else { 0 })
        | (if first_seen.network { NETWORK_FLAG } else { 0 })
}

/// The flags of a byte.
pub(crate) fn from_flags(flags: u8) -> FirstSeen {
    FirstSeen {
        action: flags & ACTION_FLAG != 0,
        network: flags & NETWORK_FLAG != 0,
    }
}
