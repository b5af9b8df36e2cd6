//! The index that lives in one directory: dictionary-coded columns, sorted by (occurred, position).
//!
//! Per log there are immutable segments and a small builder for the newest rows.
//! A builder is frozen into a run when it is full (and into a copy when a query meets it), runs are merged as they
//! grow, and a flush seals all runs of all logs into one file of segments and replaces the manifest.
//! So ten thousand small logs cost one file per flush, and a log has a logarithmic number of segments.
//!
//! Everything is derived: whatever is absent, damaged or of another version is cut off, [`Index::applied`] says so, and
//! the missing rows are applied again from the ledger.
//!
//! [`Index::applied`]: crate::Index::applied

mod limits;

mod bits;
mod codes;
mod column;
mod dictionary;
mod packed;
mod parts;
mod schema;
mod strings;

mod build;
mod first_seen;
mod intern;
mod lists;
mod merge;
mod tokens;

mod log;
mod segment;

mod bytes;
mod flush;
mod image;
mod manifest;
mod sealed;
mod store;

mod clock;
mod compile;
mod field;
mod pattern;
mod predicate;
mod text;

mod action;
mod ask;
mod facet;
mod group;
mod place;
mod resource;
mod search;
mod tally;

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use tlog::{LeafIndex, TreeSize};

use self::ask::{ask, each, open_all};
use self::resource::Mentions;
use self::store::Store;
use crate::answer::{
    ActionSeen, Bounds, FirstSeen, Histogram, PageRequest, Resource, ResourceRequest, ResourceType,
    Row, SearchPage, ValueCount, ValueCounts,
};
use crate::index::{Index, IndexError};
use crate::query::Column;
use crate::scope::{Scope, ScopedQuery};

/// The type of actors that answer to [`SYSTEM_NAME`].
const SYSTEM_TYPE: &str = event::ActorType::System.as_str();
/// The name under which system actors are found, whatever else they are called.
const SYSTEM_NAME: &str = event::ActorType::System.label();

/// How a local index uses memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IndexOptions {
    /// Bytes of sealed segments that are kept in memory; what was not used for longest is read again when needed.
    pub resident_bytes: usize,
    /// Rows, over all logs, that are held only in memory before they are sealed into a file.
    pub seal_rows: usize,
}

impl Default for IndexOptions {
    fn default() -> Self {
        Self {
            resident_bytes: limits::RESIDENT_BYTES,
            seal_rows: limits::SEAL_ROWS,
        }
    }
}

/// How much a local index holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Events, over all logs.
    pub rows: u64,
    /// Sealed segments, over all logs.
    pub segments: usize,
    /// Bytes of sealed segments in files.
    pub file_bytes: u64,
    /// Bytes of sealed segments in memory.
    pub sealed_bytes: usize,
    /// Bytes of frozen rows in memory that are not sealed yet.
    pub head_bytes: usize,
}

/// An index in one directory.
///
/// Dropping it without [`LocalIndex::close`] loses what was not sealed, which is then applied again.
#[derive(Debug)]
pub struct LocalIndex {
    store: Arc<Store>,
    /// The thread that seals; there until the index is dropped.
    sealer: Option<JoinHandle<()>>,
}

impl LocalIndex {
    /// Opens a directory, made if absent.
    ///
    /// Segments are read when they are first needed.
    pub fn open(directory: &Path, options: IndexOptions) -> Result<Self, IndexError> {
        let store = Arc::new(Store::open(directory, &options)?);
        let sealed_by = Arc::clone(&store);
        let sealer = thread::Builder::new()
            .name("index-sealer".into())
            .spawn(move || sealed_by.seal_when_due())
            .map_err(IndexError::Sealer)?;
        Ok(Self {
            store,
            sealer: Some(sealer),
        })
    }

    /// Seals everything that is only in memory, so that it need not be applied again after a restart.
    pub fn flush(&self) -> Result<(), IndexError> {
        self.store.flush()
    }

    /// Seals everything and ends.
    pub fn close(self) -> Result<(), IndexError> {
        self.flush()
    }

    /// How much it holds.
    pub fn sizes(&self) -> Sizes {
        self.store.sizes()
    }
}

impl Drop for LocalIndex {
    fn drop(&mut self) {
        self.store.stop_sealing();
        if let Some(sealer) = self.sealer.take() {
            // It only panics with a bug; what it did not seal is applied again.
            let _panicked = sealer.join();
        }
    }
}

impl Index for LocalIndex {
    fn apply(
        &self,
        log: u32,
        first: LeafIndex,
        rows: &[Option<Row<'_>>],
    ) -> Result<(), IndexError> {
        self.store.apply(log, first, rows)
    }

    fn applied(&self, log: u32) -> TreeSize {
        self.store.applied(log)
    }

    fn reset(&self, log: u32) -> Result<(), IndexError> {
        self.store.reset(log)
    }

    fn search(&self, query: &ScopedQuery, page: &PageRequest) -> Result<SearchPage, IndexError> {
        ask(&self.store, query.log(), |pieces| {
            let mut found = search::page(&self.store, pieces, query, page)?;
            if page.count {
                let as_of = page.as_of.get();
                found.total = Some(search::count(&self.store, pieces, query, as_of)?);
            }
            Ok(found)
        })
    }

    fn count(&self, query: &ScopedQuery, as_of: TreeSize) -> Result<u64, IndexError> {
        ask(&self.store, query.log(), |pieces| {
            search::count(&self.store, pieces, query, as_of.get())
        })
    }

    fn value_counts(
        &self,
        query: &ScopedQuery,
        as_of: TreeSize,
        columns: &[Column],
        size: usize,
    ) -> Result<Vec<ValueCounts>, IndexError> {
        ask(&self.store, query.log(), |pieces| {
            search::value_counts(&self.store, pieces, query, as_of.get(), columns, size)
        })
    }

    fn histogram(
        &self,
        query: &ScopedQuery,
        as_of: TreeSize,
        boundaries_ns: &[i64],
        split_by: Option<&Column>,
    ) -> Result<Histogram, IndexError> {
        let as_of = as_of.get();
        ask(&self.store, query.log(), |pieces| {
            search::histogram(&self.store, pieces, query, as_of, boundaries_ns, split_by)
        })
    }

    fn actions(
        &self,
        query: &ScopedQuery,
        as_of: TreeSize,
        hours: usize,
    ) -> Result<Vec<ActionSeen>, IndexError> {
        ask(&self.store, query.scope().log(), |pieces| {
            action::seen(&self.store, pieces, query, as_of.get(), hours)
        })
    }

    fn values(
        &self,
        scope: &Scope,
        column: &Column,
        prefix: &str,
        limit: usize,
    ) -> Result<Vec<ValueCount>, IndexError> {
        ask(&self.store, scope.log(), |pieces| {
            search::values(&self.store, pieces, scope, column, prefix, limit)
        })
    }

    fn resource_types(&self, scope: &Scope) -> Result<Vec<ResourceType>, IndexError> {
        ask(&self.store, scope.log(), |pieces| {
            let segments = open_all(&self.store, pieces)?;
            let mentions = each(&segments, |segment| Mentions::of(segment, scope));
            Ok(resource::types(&mentions))
        })
    }

    fn resources(
        &self,
        scope: &Scope,
        request: &ResourceRequest<'_>,
    ) -> Result<Vec<Resource>, IndexError> {
        ask(&self.store, scope.log(), |pieces| {
            let segments = open_all(&self.store, pieces)?;
            let mentions = each(&segments, |segment| Mentions::of(segment, scope));
            Ok(resource::list(&mentions, request))
        })
    }

    fn first_seen(&self, scope: &Scope, index: LeafIndex) -> Result<FirstSeen, IndexError> {
        ask(&self.store, scope.log(), |pieces| {
            place::first_seen(&self.store, pieces, scope, index.get())
        })
    }

    fn bounds(&self, scope: &Scope) -> Result<Option<Bounds>, IndexError> {
        ask(&self.store, scope.log(), |pieces| {
            search::bounds(&self.store, pieces, scope)
        })
    }

    fn visible(
        &self,
        scope: &Scope,
        positions: Range<LeafIndex>,
        limit: usize,
    ) -> Result<Vec<LeafIndex>, IndexError> {
        let positions = positions.start.get()..positions.end.get();
        ask(&self.store, scope.log(), |pieces| {
            place::visible(&self.store, pieces, scope, &positions, limit)
        })
    }
}
