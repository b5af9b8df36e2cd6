//! What a principal may see; a question without one cannot be asked.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::query::{Criterion, Filter, FreeText, Query, ResourceId};

/// What a principal may see of the instance: one log, or those of its events that pass every narrowing.
///
/// It is made from a permit, never from what a client sends.
///
/// A narrowing is exact for everything that an index answers: listings, counts, values and their newest names, buckets,
/// resources with their names and dates, bounds.
/// Nothing of an event that is not shown is in any of them, with two exceptions that are meant.
/// Positions and the number of entries are those of the whole log, because proofs speak about them; they tell that
/// there is more, and how much.
/// The flags of [`FirstSeen`](crate::FirstSeen) are decided over the whole log and stay on the events that are shown: a
/// *first time* that depended on who looks would be no fact. Where a flag is missing, that tells that the same user had
/// done the same action, or had come from the same network, before; it tells nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    log: u32,
    questions: Vec<Narrowing>,
    resources: Option<Arc<BTreeSet<ResourceId>>>,
}

/// A question that an event must answer to be seen at all: what a viewer token enforces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrowing {
    /// The dialog.
    pub filter: Filter,
    /// Criteria that must all hold.
    pub refine: Vec<Criterion>,
    /// Words that must occur in the texts of the event.
    pub text: FreeText,
    /// The zone in which hours and days of the week are read, whatever zone the one who looks has.
    pub zone: TimeZone,
}

impl Scope {
    /// The whole log of one account, by the number that the server gives it.
    pub const fn account(log: u32) -> Self {
        Self {
            log,
            questions: Vec::new(),
            resources: None,
        }
    }

    /// Only what of this also answers a question.
    #[must_use]
    pub fn narrowed_by(mut self, question: Narrowing) -> Self {
        self.questions.push(question);
        self
    }

    /// Only what of this has one of `resources` as its *first* target.
    ///
    /// A viewer of some resources sees the events whose first target is one of them, and those that mention one only if
    /// he may see the other targets too.
    /// The second half never adds anything: he may see a target when it is one of his resources, and the first target
    /// of an event is among its targets, so an event all of whose targets he may see has a first target that is his.
    /// An event without targets is about no resource and is not seen.
    /// An event that is seen is seen whole, with its further targets.
    #[must_use]
    pub fn confined_to(mut self, resources: impl IntoIterator<Item = ResourceId>) -> Self {
        let mut resources: BTreeSet<ResourceId> = resources.into_iter().collect();
        if let Some(before) = &self.resources {
            resources.retain(|resource| before.contains(resource));
        }
        self.resources = Some(Arc::new(resources));
        self
    }

    /// The log that may be seen.
    pub const fn log(&self) -> u32 {
        self.log
    }

    /// Whether all of the log may be seen.
    pub const fn is_whole(&self) -> bool {
        self.questions.is_empty() && self.resources.is_none()
    }

    /// The questions that must all be answered.
    pub fn questions(&self) -> &[Narrowing] {
        &self.questions
    }

    /// The resources of which one must be the first target; `None` when any event will do.
    pub fn resources(&self) -> Option<&BTreeSet<ResourceId>> {
        self.resources.as_deref()
    }
}

/// A question together with what the one who asks may see: the only thing that an index searches.
#[derive(Clone, Debug, PartialEq, Eq)]
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
