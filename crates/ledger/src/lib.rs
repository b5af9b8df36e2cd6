//! The store floor: one journal for all logs, a Merkle tree per log, and the payloads beside them.
//!
//! The ledger keeps records and proves that they never changed; it does not know what an event is.
//! A record is eight opaque facets with a seed and a commitment to them; only the commitment enters the tree.

mod clock;
mod error;
pub mod limits;
mod log;
mod record;

mod wire;

mod encoded;
mod state;

mod commit;
mod plan;

pub mod disk;
pub mod store;

pub mod dedup;
mod registry;

mod cache;
mod segments;
mod tail;

mod pool;
mod shared;

mod sequencer;

mod seal;

mod read;

mod prove;

mod recover;

pub mod fsck;

mod options;

mod ledger;

pub use clock::Clock;
pub use commit::Misfit;
pub use error::{AppendError, CreateLogError, ErrorKind, OpenError, ProveError, ReadError};
pub use ledger::Ledger;
pub use log::{LogInfo, LogNumber, Slot};
pub use options::Options;
pub use record::{
    Batch, BatchMode, DedupKey, FACETS, Facets, Payload, Receipt, Record, Refused, Stored,
};
pub use registry::RegistryError;
pub use store::dir::{DataDir, DirError, Initialisation, Keyed, Opened, Secrets};
pub use store::segment::SegmentError;
