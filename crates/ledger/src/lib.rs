//! The store floor: one journal for all logs, a Merkle tree per log, and the payloads beside them.
//!
//! The ledger keeps records and proves that they never changed; it does not know what an event is.
//! A record is eight opaque facets with a seed and a commitment to them; only the commitment enters the tree.
//!
//! # An append
//!
//! 1. [`Ledger::append`] checks limits and encodes the records on the thread of the caller, then puts them into the
//!    pool, which is bounded.
//! 2. The sequencer, one thread, takes what waits. `plan` decides, without any effect, which records are stored at
//!    which index, and lays out one frame.
//! 3. The frame is appended to the journal and flushed. **That is the commit.**
//! 4. The frame becomes visible: in memory, in the dedup index, in the sizes of the logs. Then everybody is told.
//! 5. When a file of the journal is full, the sealing thread turns its frames into segments and trims it.
//!
//! # A start
//!
//! `recover` reads the registry and the footers of the segments, and replays the journal behind them through the
//! function that makes a frame visible in step 4. Its doc comment is the table of everything that can be found.
//!
//! # Bytes
//!
//! `docs/format.md` draws every one of them; the doc comments of `store`, `encoded` and `registry` draw their own.

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
