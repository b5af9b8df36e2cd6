//! One record: a key of one log and what is known about it.

use tlog::LeafIndex;

use super::limits::RECORD_BYTES;

/// Bytes by which records are ordered: key, then log.
const PLACE_BYTES: usize = 20;

/// The dedup key of a record: opaque, and as good as random because it is a keyed digest.
pub type Key = [u8; 16];

/// The keyed digest of a record as its producer sent it.
pub type ContentTag = [u8; 8];

/// What is known about a key that was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The entry that holds the record.
    pub index: LeafIndex,
    /// What a second record with this key is compared with.
    pub content: Content,
}

/// What a second record with the same key is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// The producer chose the key: an equal tag makes the second record a duplicate.
    Tagged(ContentTag),
    /// We chose the key: no second record can be a duplicate.
    Untagged,
    /// The content was erased and its tag with it: the key stays taken.
    Erased,
}

/// A key that was seen, as a rebuild hands it over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The number of the log.
    pub log: u32,
    /// The key inside this log.
    pub key: Key,
    /// What is known about it.
    pub seen: Seen,
}

/// Where a record stands in the order of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    pub(super) key: Key,
    pub(super) log: u32,
}

impl Place {
    /// The first bytes of the place, which a fence keeps.
    pub(super) fn prefix(&self) -> u64 {
        self.key
            .first_chunk()
            .copied()
            .map(u64::from_be_bytes)
            .unwrap_or_default()
    }

    pub(super) fn to_bytes(self) -> [u8; PLACE_BYTES] {
        let mut bytes = [0; PLACE_BYTES];
        let (key, log) = bytes.split_at_mut(16);
        key.copy_from_slice(&self.key);
        log.copy_from_slice(&self.log.to_be_bytes());
        bytes
    }
}

/// One record of a run; `seen` is `None` where the key was forgotten after an older run had recorded it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) place: Place,
    pub(super) seen: Option<Seen>,
}

const UNTAGGED: u8 = 0;
const TAGGED: u8 = 1;
const ERASED: u8 = 2;
const FORGOTTEN: u8 = 3;

impl Record {
    pub(super) fn to_bytes(self) -> [u8; RECORD_BYTES] {
        let (index, state, tag) = match self.seen {
            None => (0, FORGOTTEN, [0; 8]),
            Some(Seen { index, content }) => match content {
                Content::Untagged => (index.get(), UNTAGGED, [0; 8]),
                Content::Tagged(tag) => (index.get(), TAGGED, tag),
                Content::Erased => (index.get(), ERASED, [0; 8]),
            },
        };
        let mut bytes = [0; RECORD_BYTES];
        let (place, rest) = bytes.split_at_mut(PLACE_BYTES);
        place.copy_from_slice(&self.place.to_bytes());
        let (index_bytes, rest) = rest.split_at_mut(8);
        index_bytes.copy_from_slice(&index.to_be_bytes());
        let (state_bytes, tag_bytes) = rest.split_at_mut(1);
        state_bytes.copy_from_slice(&[state]);
        tag_bytes.copy_from_slice(&tag);
        bytes
    }

    /// Reads what [`Record::to_bytes`] wrote; `None` for any other bytes.
    pub(super) fn from_bytes(bytes: &[u8; RECORD_BYTES]) -> Option<Self> {
        let (key, rest) = bytes.split_first_chunk::<16>()?;
        let (log, rest) = rest.split_first_chunk::<4>()?;
        let (index, rest) = rest.split_first_chunk::<8>()?;
        let ([state], rest) = rest.split_first_chunk::<1>()?;
        let (tag, _) = rest.split_first_chunk::<8>()?;
        let content = match *state {
            UNTAGGED => Some(Content::Untagged),
            TAGGED => Some(Content::Tagged(*tag)),
            ERASED => Some(Content::Erased),
            FORGOTTEN => None,
            _ => return None,
        };
        let index = LeafIndex::new(u64::from_be_bytes(*index));
        Some(Self {
            place: Place {
                key: *key,
                log: u32::from_be_bytes(*log),
            },
            seen: content.map(|content| Seen { index, content }),
        })
    }
}
