//! Finds events: a query language, and the derived columns that answer it with positions.
//!
//! The index knows positions, not proofs; the ledger returns the bytes.
//! Everything that it keeps on disk may be deleted at any time and is rebuilt from the ledger.

pub mod limits;
pub mod parse;
pub mod query;
pub mod words;

pub mod cursor;
pub mod range;

pub mod error;

pub mod scope;

pub mod answer;
pub mod index;

mod local;

pub use answer::{
    ActionSeen, Bounds, Bucket, FirstSeen, Histogram, Hit, Order, PageRequest, Place, Resource,
    ResourceRequest, ResourceType, Row, SearchPage, ValueCount, ValueCounts,
};
pub use index::{Index, IndexError};
pub use local::{IndexOptions, LocalIndex, Sizes};
pub use query::{
    Column, Criterion, CriterionValue, Filter, FirstTime, FreeText, Match, Operand, Operator,
    Query, QueryPart, ResourceId, TimeRange, Word,
};
pub use scope::{Narrowing, Scope, ScopedQuery};
