//! What is appended, what is answered, and what is read back.

use tlog::{Entry, EntryKind, Hash, LeafIndex};

use crate::LogNumber;
use crate::dedup::{ContentTag, Key};

/// How many facets a payload has.
pub const FACETS: usize = 8;

/// The eight opaque parts of a payload; `None` where a part is absent.
///
/// An absent facet and an empty one are different things to the commitment, so an empty one is kept.
pub type Facets = [Option<Box<[u8]>>; FACETS];

/// One record to append: the entry without its index and received time, and the payload beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What the entry records.
    pub kind: EntryKind,
    /// The retention class.
    pub class: u8,
    /// The salted commitment to the facets; the ledger does not compute it.
    pub commitment: [u8; 32],
    /// The secret from which the salts are made.
    pub seed: [u8; 16],
    /// The payload.
    pub facets: Facets,
    /// How a second record with the same id is recognised; `None` when it never is.
    pub dedup: Option<DedupKey>,
}

/// The keyed digests by which a record is recognised when it is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DedupKey {
    /// The digest of the id.
    pub key: Key,
    /// The digest of the record as sent; `None` when the id was made by the server, so that no look-up is needed.
    pub tag: Option<ContentTag>,
}

/// Whether the records of a batch stand and fall together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchMode {
    /// One refused record refuses the batch, and nothing of it is stored.
    AllOrNothing,
    /// Each record is stored or refused on its own.
    Each,
}

/// Records for one log; they get consecutive indexes and are committed in one frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The log that they go to.
    pub log: LogNumber,
    /// The records, in order.
    pub records: Vec<Record>,
    /// Whether they stand and fall together.
    pub mode: BatchMode,
}

/// The answer to a stored record: it is durable and its index never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Where it stands in the log.
    pub index: LeafIndex,
    /// The leaf hash of its entry.
    pub leaf_hash: Hash,
    /// When it was received, in milliseconds since 1970 UTC.
    pub received_ms: u64,
    /// Whether the record was already there: then this is the receipt of the first time.
    pub duplicate: bool,
}

/// Why a record was not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The id stands in the log with other content.
    #[error("the id was used for another record, at index {index}")]
    Conflict {
        /// Where the other record stands.
        index: LeafIndex,
    },
    /// The id belongs to a record whose content was erased.
    #[error("the id belongs to an erased record")]
    Erased,
}

/// The payload of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payload {
    /// The secret from which the salts are made.
    pub seed: [u8; 16],
    /// The eight parts.
    pub facets: Facets,
}

/// An entry as it was read back.
///
/// The store is not trusted with payloads: whoever shows one checks it against `entry.commitment` first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Where it stands in the log.
    pub index: LeafIndex,
    /// The leaf.
    pub entry: Entry,
    /// The payload; `None` when it was deleted.
    pub payload: Option<Payload>,
}
