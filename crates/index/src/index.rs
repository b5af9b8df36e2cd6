//! The contract of an index: the derived, disposable view that finds positions.

use std::ops::Range;

use tlog::{LeafIndex, TreeSize};

use crate::answer::{
    ActionSeen, Bounds, FirstSeen, Histogram, PageRequest, Resource, ResourceRequest, ResourceType,
    Row, SearchPage, ValueCount, ValueCounts,
};
use crate::query::Column;
use crate::scope::{Scope, ScopedQuery};

/// Why an index could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// Rows were applied that do not follow what was applied before; apply from [`Index::applied`] on.
    #[error("apply from {first} to log {log}, of which {applied} entries are applied")]
    Gap {
        /// The log.
        log: u32,
        /// The first position that was given.
        first: LeafIndex,
        /// How many entries had been applied.
        applied: TreeSize,
    },
    /// A file of the index is damaged; the log is rebuilt from its ledger.
    #[error("read {file}: {damage}")]
    Corrupt {
        /// The name of the file under the directory of the index.
        file: String,
        /// What is wrong with it.
        damage: &'static str,
    },
    /// A file of the index could not be read.
    #[error("read {file}")]
    Read {
        /// The name of the file under the directory of the index.
        file: String,
        /// The failure of the operating system.
        source: std::io::Error,
    },
    /// The thread that seals segments could not be started.
    #[error("start the thread that seals segments")]
    Sealer(#[source] std::io::Error),
    /// A file of the index could not be written.
    #[error("write {file}")]
    Write {
        /// The name of the file under the directory of the index.
        file: String,
        /// The failure of the operating system.
        source: std::io::Error,
    },
}

/// Finds the positions of events; the ledger returns their bytes.
///
/// A log is named by the number that the server gives it.
/// An unknown log is an empty log.
/// Answers speak for the positions below `as_of`; asking for more than [`Index::applied`] answers for what is applied.
/// All methods may be called from many threads at once; readers see everything that `apply` returned for.
pub trait Index: Send + Sync {
    /// Takes in the entries of `log` from position `first` on; `None` is an entry that is no event.
    ///
    /// Rows below [`Index::applied`] are skipped, so applying the same range twice changes nothing.
    /// After any error the next `apply` begins at [`Index::applied`]: [`IndexError::Write`] leaves the rows applied and
    /// findable, and only says that they could not be sealed; what was damaged has been cut off.
    fn apply(&self, log: u32, first: LeafIndex, rows: &[Option<Row<'_>>])
    -> Result<(), IndexError>;

    /// How many entries of `log` are taken in: the next `apply` begins here, also after a crash.
    fn applied(&self, log: u32) -> TreeSize;

    /// Forgets everything of `log`, so that it is applied again from position 0 (after a redaction, for example).
    fn reset(&self, log: u32) -> Result<(), IndexError>;

    /// Lists a page of the matching events.
    fn search(&self, query: &ScopedQuery, page: &PageRequest) -> Result<SearchPage, IndexError>;

    /// Counts the matching events exactly.
    fn count(&self, query: &ScopedQuery, as_of: TreeSize) -> Result<u64, IndexError>;

    /// Counts the values of each of `columns` among the matching events; at most `size` values of each are listed.
    ///
    /// The answer stands in the order of `columns`.
    /// An event counts once per distinct value that it has.
    /// Values of columns that compare without case are counted together and listed in their most frequent spelling.
    fn value_counts(
        &self,
        query: &ScopedQuery,
        as_of: TreeSize,
        columns: &[Column],
        size: usize,
    ) -> Result<Vec<ValueCounts>, IndexError>;

    /// Counts the matching events between neighbouring `boundaries_ns` (ascending, half-open).
    fn histogram(
        &self,
        query: &ScopedQuery,
        as_of: TreeSize,
        boundaries_ns: &[i64],
        split_by: Option<&Column>,
    ) -> Result<Histogram, IndexError>;

    /// Tells for each action among the matching events how often and when it came, in order of the action.
    ///
    /// Of the hours in which it came only the `hours` newest are told.
    fn actions(
        &self,
        query: &ScopedQuery,
        as_of: TreeSize,
        hours: usize,
    ) -> Result<Vec<ActionSeen>, IndexError>;

    /// Lists values of `column` in a scope that begin with `prefix` (case-insensitive), most frequent first.
    ///
    /// For `user`, id, name and e-mail are tried.
    fn values(
        &self,
        scope: &Scope,
        column: &Column,
        prefix: &str,
        limit: usize,
    ) -> Result<Vec<ValueCount>, IndexError>;

    /// Lists the kinds of resources that the events of a scope were about, in order of the kind.
    fn resource_types(&self, scope: &Scope) -> Result<Vec<ResourceType>, IndexError>;

    /// Lists resources that the events of a scope were about, in order of the id.
    fn resources(
        &self,
        scope: &Scope,
        request: &ResourceRequest<'_>,
    ) -> Result<Vec<Resource>, IndexError>;

    /// What the event at a position did for the first time; nothing when the scope shows no event there.
    fn first_seen(&self, scope: &Scope, index: LeafIndex) -> Result<FirstSeen, IndexError>;

    /// When the oldest and the newest event of a scope occurred; `None` when there is no event.
    fn bounds(&self, scope: &Scope) -> Result<Option<Bounds>, IndexError>;

    /// The first `limit` positions in a range at which a scope shows an event, ascending.
    fn visible(
        &self,
        scope: &Scope,
        positions: Range<LeafIndex>,
        limit: usize,
    ) -> Result<Vec<LeafIndex>, IndexError>;

    /// Whether a scope shows the entry at a position: what whoever reads the ledger by position asks first.
    ///
    /// A whole log shows every entry, also those that are not applied yet; of a narrowed one nothing is shown before it
    /// is applied, because it is not known yet whether it may be.
    fn sees(&self, scope: &Scope, index: LeafIndex) -> Result<bool, IndexError> {
        if scope.is_whole() {
            return Ok(true);
        }
        let next = LeafIndex::new(index.get().saturating_add(1));
        Ok(!self.visible(scope, index..next, 1)?.is_empty())
    }
}
