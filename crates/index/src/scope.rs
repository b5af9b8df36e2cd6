//! What a principal may see; a question without one cannot be asked.

use crate::query::Query;

/// What a principal may see of the instance: one log.
///
/// It is made from a permit, never from what a client sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    log: u32,
}

impl Scope {
    /// The whole log of one account, by the number that the server gives it.
    pub const fn account(log: u32) -> Self {
        Self { log }
    }

    /// The log that may be seen.
    pub const fn log(&self) -> u32 {
        self.log
    }
}

/// A question together with what the one who asks may see: the only thing that an index searches.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopedQuery {
    query: Query,
    scope: Scope,
}

impl ScopedQuery {
    /// The question, confined to the scope.
    pub const fn new(query: Query, scope: Scope) -> Self {
        Self { query, scope }
    }

    /// The question.
    pub const fn query(&self) -> &Query {
        &self.query
    }

    /// What may be seen.
    pub const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The log that is searched.
    pub const fn log(&self) -> u32 {
        self.scope.log()
    }
}
