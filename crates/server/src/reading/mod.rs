//! From positions to events as they are answered: payloads are read, checked against their commitments, and rendered.

mod lens;
mod render;

use event::{Facets, Seed};
use ledger::{Ledger, LogNumber, Stored};
use tlog::{EntryKind, LeafIndex};

pub(crate) use lens::Lens;
pub(crate) use render::described;

/// Why an event cannot be shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadingError {
    /// The ledger could not read the entry.
    #[error("read entries of the log")]
    Ledger(#[source] ledger::ReadError),
    /// The entry at this index is no event, or its payload is gone.
    #[error("show entry {0}, which holds no event")]
    NoEvent(LeafIndex),
    /// The stored payload does not belong to the entry.
    #[error("check entry {0}: the stored event does not match its commitment")]
    Altered(LeafIndex),
    /// The payload matches its commitment, but is no event of a known schema.
    #[error("read the event of entry {0}")]
    Schema(LeafIndex, #[source] event::FacetFailure),
}

/// An event of the log, checked; what of it is shown is for a [`Lens`] to say.
pub(crate) struct Checked {
    /// Its place, leaf hash and receive time.
    stored: Stored,
    /// What happened, in parts.
    facets: Facets,
    /// What the hashes of the parts are made with.
    seed: Seed,
}

impl Checked {
    /// Its place in the log.
    pub(crate) const fn index(&self) -> LeafIndex {
        self.stored.index
    }
}

/// Reads the events at `positions`, in that order; each is checked before it is returned.
pub(crate) fn read(
    ledger: &Ledger,
    log: LogNumber,
    positions: &[LeafIndex],
) -> Result<Vec<Checked>, ReadingError> {
    ledger
        .read(log, positions)
        .map_err(ReadingError::Ledger)?
        .into_iter()
        .map(check)
        .collect()
}

/// Checks a stored entry against its commitment (RFC 6962 binds the entry, the entry binds the facets).
pub(crate) fn check(stored: Stored) -> Result<Checked, ReadingError> {
    let index = stored.index;
    let payload = match &stored.payload {
        Some(payload) if stored.entry.kind == EntryKind::Event => payload,
        _ => return Err(ReadingError::NoEvent(index)),
    };
    let facets = Facets::from_parts(payload.facets.clone());
    let seed = Seed::from_bytes(payload.seed);
    if *event::commit(&facets, &seed).as_bytes() != stored.entry.commitment {
        return Err(ReadingError::Altered(index));
    }
    Ok(Checked {
        stored,
        facets,
        seed,
    })
}

#[cfg(test)]
mod tests;
