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

mod commit;
mod encoded;
mod plan;
mod registry;
mod state;

pub mod disk;
pub mod store;

pub mod dedup;

pub use clock::Clock;
pub use error::ErrorKind;
pub use log::{LogInfo, LogNumber, Slot};
pub use record::{
    Batch, BatchMode, DedupKey, FACETS, Facets, Payload, Receipt, Record, Refused, Stored,
};
pub use registry::RegistryError;
