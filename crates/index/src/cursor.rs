//! Where a listing goes on: opaque to the client, checked when it comes back.
//!
//! A cursor is base64url text of a fixed layout, so decoding is bounded.
//! It holds nothing secret and grants nothing: a query is confined by its [`Scope`](crate::Scope), which is never in a
//! cursor.
//! The checksum finds accidents and careless edits, and the hash of the parameters finds a cursor of another query.

mod layout;
mod parameters;

use tlog::{LeafIndex, TreeSize};

use crate::answer::{Order, Place};
use crate::query::TimeRange;
use layout::{Kind, Reader, Writer};

pub use parameters::ParametersHash;

/// The place after which the next page of a listing begins, and what makes all its pages one snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The parameters of page 1.
    pub parameters: ParametersHash,
    /// The range that page 1 resolved, so that `last_hour` stays the same hour on every page.
    pub range: TimeRange,
    /// How far the index had applied at page 1: later pages show nothing newer.
    pub tree_size: TreeSize,
    /// The last event that was shown.
    pub place: Place,
    /// The direction.
    pub order: Order,
}

/// The place in the log from which a tail goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TailCursor {
    /// The parameters of the tail.
    pub parameters: ParametersHash,
    /// The first position that has not been looked at.
    pub next: LeafIndex,
}

/// Why a text is no cursor for this listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CursorError {
    /// It was cut, edited, or never was a cursor.
    #[error("the cursor is damaged: send `next_cursor` exactly as it came")]
    Damaged,
    /// Another version of this software made it.
    #[error("the cursor was made by another version: begin again without it")]
    OtherVersion,
    /// It belongs to a tail, and a listing was asked for, or the reverse.
    #[error("the cursor belongs to {found}, not to {expected}")]
    OtherKind {
        /// What was asked for.
        expected: &'static str,
        /// What made it.
        found: &'static str,
    },
    /// It belongs to a listing of another log or with other parameters.
    #[error(
        "the cursor belongs to other parameters: send those of the first page, only `limit` and `count` may change"
    )]
    OtherParameters,
}

impl Cursor {
    /// The opaque text.
    pub fn encode(&self) -> String {
        let mut writer = Writer::new(Kind::Listing, &self.parameters);
        writer.optional(self.range.from);
        writer.optional(self.range.to);
        writer.number(self.tree_size.get());
        writer.number(self.place.occurred_at_ns.cast_unsigned());
        writer.number(self.place.index.get());
        writer.number(u64::from(self.order == Order::Asc));
        writer.finish()
    }

    /// Reads the text, which must belong to `parameters`.
    pub fn decode(text: &str, parameters: &ParametersHash) -> Result<Self, CursorError> {
        let mut reader = Reader::new(text, Kind::Listing, parameters)?;
        let range = TimeRange {
            from: reader.optional()?,
            to: reader.optional()?,
        };
        let tree_size = TreeSize::new(reader.number()?);
        let place = Place {
            occurred_at_ns: reader.number()?.cast_signed(),
            index: LeafIndex::new(reader.number()?),
        };
        let order = match reader.number()? {
            0 => Order::Desc,
            1 => Order::Asc,
            _ => return Err(CursorError::Damaged),
        };
        reader.end()?;
        let parameters = *parameters;
        Ok(Self {
            parameters,
            range,
            tree_size,
            place,
            order,
        })
    }
}

impl TailCursor {
    /// The opaque text.
    pub fn encode(&self) -> String {
        let mut writer = Writer::new(Kind::Tail, &self.parameters);
        writer.number(self.next.get());
        writer.finish()
    }

    /// Reads the text, which must belong to `parameters`.
    pub fn decode(text: &str, parameters: &ParametersHash) -> Result<Self, CursorError> {
        let mut reader = Reader::new(text, Kind::Tail, parameters)?;
        let next = LeafIndex::new(reader.number()?);
        reader.end()?;
        let parameters = *parameters;
        Ok(Self { parameters, next })
    }
}

#[cfg(test)]
mod tests;
