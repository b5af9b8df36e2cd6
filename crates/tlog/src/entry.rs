//! The 44 bytes that stand in the tree for each event and each act on the log.
//!
//! ```text
//! off len
//!   0   1  version      1
//!   1   1  kind         see EntryKind
//!   2   1  class        retention class
//!   3   1  flags        0: all bits are reserved
//!   4   8  received     big-endian milliseconds since 1970 UTC; never decreases inside a log
//!  12  32  commitment   salted commitment to what was recorded
//! ```
//!
//! With the 0x00 of the leaf hash in front, an entry fits one SHA-256 block.
//! It holds nothing that identifies anybody, so it can stay when its event is erased.

use crate::{Hash, leaf_hash};

/// The length of an encoded entry in bytes.
pub const ENTRY_LEN: usize = 44;

const VERSION: u8 = 1;

/// What an entry records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum EntryKind {
    /// Something that happened, as a producer or the server itself reported it.
    Event = 0,
    /// The beginning of a log: entry 0, and no other.
    Genesis = 1,
    /// Parts of single entries were erased.
    Redaction = 2,
    /// Entries of a class were deleted because their period was over.
    Retention = 3,
    /// Entries below an index were dropped, their hashes kept.
    Prune = 4,
    /// Deletion was forbidden for a range, or allowed again.
    Hold = 5,
    /// A key of the log was added, changed or retired.
    Key = 6,
    /// The log continues another one, or is closed.
    Succession = 7,
    /// The entries before this one were copied from another log.
    Import = 8,
    /// An outside proof of time was received.
    Anchor = 9,
}

impl EntryKind {
    /// Every kind, in the order of their codes.
    pub const ALL: [Self; 10] = [
        Self::Event,
        Self::Genesis,
        Self::Redaction,
        Self::Retention,
        Self::Prune,
        Self::Hold,
        Self::Key,
        Self::Succession,
        Self::Import,
        Self::Anchor,
    ];

    /// The byte that stands for this kind.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The kind that a byte stands for, or `None` when this version knows none.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }
}

/// One leaf of a log: when it was received, what kind it is, and a commitment to what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the entry records.
    pub kind: EntryKind,
    /// The retention class; 0 is the system class of every kind but [`EntryKind::Event`].
    pub class: u8,
    /// When the log received it, in milliseconds since 1970 UTC; never less than in the entry before.
    pub received_ms: u64,
    /// The salted commitment to the facets; salts and facets are stored apart.
    pub commitment: [u8; 32],
}

/// Bytes that this version does not read as an entry.
///
/// None of these means that somebody tampered: a newer version may have written them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// The version byte is not 1.
    #[error("an entry of the unknown version {0}")]
    UnknownVersion(u8),
    /// The kind byte is none of [`EntryKind`].
    #[error("an entry of the unknown kind {0}")]
    UnknownKind(u8),
    /// A reserved flag is set.
    #[error("an entry with the reserved flags {0:#010b}")]
    ReservedFlags(u8),
}

impl Entry {
    /// The bytes of the entry, as they are hashed, stored and published.
    pub fn encode(&self) -> [u8; ENTRY_LEN] {
        let mut bytes = [0; ENTRY_LEN];
        bytes[0] = VERSION;
        bytes[1] = self.kind.code();
        bytes[2] = self.class;
        bytes[4..12].copy_from_slice(&self.received_ms.to_be_bytes());
        bytes[12..].copy_from_slice(&self.commitment);
        bytes
    }

    /// Reads the bytes that [`Self::encode`] wrote.
    ///
    /// # Errors
    /// When version, kind or flags are not known to this version; the version is judged first.
    pub fn decode(bytes: &[u8; ENTRY_LEN]) -> Result<Self, EntryError> {
        let [
            version,
            kind,
            class,
            flags,
            r0,
            r1,
            r2,
            r3,
            r4,
            r5,
            r6,
            r7,
            commitment @ ..,
        ] = *bytes;
        if version != VERSION {
            return Err(EntryError::UnknownVersion(version));
        }
        let Some(kind) = EntryKind::from_code(kind) else {
            return Err(EntryError::UnknownKind(kind));
        };
        if flags != 0 {
            return Err(EntryError::ReservedFlags(flags));
        }
        Ok(Self {
            kind,
            class,
            received_ms: u64::from_be_bytes([r0, r1, r2, r3, r4, r5, r6, r7]),
            commitment,
        })
    }

    /// The leaf hash of the encoded entry (RFC 6962 2.1).
    pub fn leaf_hash(&self) -> Hash {
        leaf_hash(&self.encode())
    }
}
