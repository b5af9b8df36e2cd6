//! An index that keeps everything as it came and looks at all of it for every question.

use std::collections::{BTreeMap, HashSet};
use std::net::IpAddr;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use event::{Event, Verb, fold};
use index::{
    ActionSeen, Bounds, Bucket, Column, FirstSeen, Histogram, Hit, Index, IndexError, Order,
    PageRequest, Place, Query, Resource, ResourceRequest, ResourceType, Row, Scope, ScopedQuery,
    SearchPage, ValueCount, ValueCounts,
};
use serde_json::Value;
use tlog::{LeafIndex, TreeSize};

use super::narrowed::is_about;
use super::values::Tally;
use super::{Subject, actions, matches};

/// The memory implementation of [`Index`]: a list of events per log.
#[derive(Debug, Default)]
pub struct NaiveIndex {
    logs: Mutex<BTreeMap<u32, Log>>,
}

#[derive(Debug, Default)]
struct Log {
    entries: Vec<Option<Known>>,
    seen: HashSet<(String, String)>,
}

#[derive(Debug)]
struct Known {
    place: Place,
    event: Event,
    verb: Verb,
    received_ms: u64,
    first_seen: FirstSeen,
}

impl Known {
    const fn subject(&self) -> Subject<'_> {
        Subject {
            event: &self.event,
            verb: self.verb,
            received_ms: self.received_ms,
            first_seen: self.first_seen,
        }
    }

    const fn hit(&self) -> Hit {
        Hit {
            index: self.place.index,
            occurred_at_ns: self.place.occurred_at_ns,
            first_seen: self.first_seen,
        }
    }
}

impl Log {
    fn add(&mut self, row: &Row<'_>) {
        let index = LeafIndex::new(self.entries.len() as u64);
        let mut first_seen = FirstSeen::default();
        if let Some(user) = row.event.actor_key() {
            let mut is_first = |what: String| self.seen.insert((user.clone().into_owned(), what));
            first_seen.action = is_first(format!("action {}", row.event.action));
            if let Some(ip) = row.event.context.ip {
                first_seen.network = is_first(format!("network {}", network_of(ip)));
            }
        }
        self.entries.push(Some(Known {
            place: Place {
                occurred_at_ns: row.event.occurred_at.ns(),
                index,
            },
            event: row.event.clone(),
            verb: row.verb,
            received_ms: row.received_ms,
            first_seen,
        }));
    }

    fn events(&self) -> impl Iterator<Item = &Known> {
        self.entries.iter().flatten()
    }

    /// The events that a scope shows, in log order.
    fn shown<'a>(&'a self, scope: &'a Scope) -> impl Iterator<Item = &'a Known> {
        self.events().filter(|known| is_shown(scope, known))
    }

    /// The matching events in order of time.
    fn matching(&self, query: &ScopedQuery, as_of: TreeSize) -> Vec<&Known> {
        let in_answer = |known: &&Known| {
            let subject = known.subject();
            known.place.index.get() < as_of.get()
                && is_shown(query.scope(), known)
                && matches(query.query(), &subject)
        };
        let mut found: Vec<&Known> = self.events().filter(in_answer).collect();
        found.sort_by_key(|known| known.place);
        found
    }

    fn tally(column: &Column, of: &[&Known], query: &Query) -> Tally {
        let mut tally = Tally::default();
        for known in of {
            tally.add(column, &known.subject(), known.place, &query.zone);
        }
        tally
    }
}

/// Whether a scope shows an event: every narrowing is a question like any other, and resources are looked for as the
/// decision about viewers of resources says it, in its own words.
fn is_shown(scope: &Scope, known: &Known) -> bool {
    let answers = scope.questions().iter().all(|narrowing| {
        let question = Query {
            text: narrowing.text.clone(),
            refine: narrowing.refine.clone(),
            filter: narrowing.filter.clone(),
            zone: narrowing.zone.clone(),
            ..Query::everything()
        };
        matches(&question, &known.subject())
    });
    answers
        && scope
            .resources()
            .is_none_or(|own| is_about(own, &known.event.targets))
}

fn network_of(ip: IpAddr) -> String {
    let length = if ip.is_ipv4() { 24 } else { 48 };
    let network = ipnet::IpNet::new(ip, length).expect("addresses are longer than their networks");
    network.trunc().to_string()
}

impl NaiveIndex {
    /// An index without logs.
    pub fn new() -> Self {
        Self::default()
    }

    fn logs(&self) -> MutexGuard<'_, BTreeMap<u32, Log>> {
        self.logs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T: Default>(&self, log: u32, answer: impl FnOnce(&Log) -> T) -> T {
        self.logs().get(&log).map_or_else(T::default, answer)
    }
}

impl Index for NaiveIndex {
    fn apply(
        &self,
        log: u32,
        first: LeafIndex,
        rows: &[Option<Row<'_>>],
    ) -> Result<(), IndexError> {
        let mut logs = self.logs();
        let entries = logs.entry(log).or_default();
        let applied = entries.entries.len() as u64;
        if first.get() > applied {
            return Err(IndexError::Gap {
                log,
                first,
                applied: TreeSize::new(applied),
            });
        }
        for (position, row) in (first.get()..).zip(rows) {
            match row {
                _ if position < applied => {}
                Some(row) => entries.add(row),
                None => entries.entries.push(None),
            }
        }
        Ok(())
    }

    fn applied(&self, log: u32) -> TreeSize {
        TreeSize::new(self.with(log, |log| log.entries.len() as u64))
    }

    fn reset(&self, log: u32) -> Result<(), IndexError> {
        self.logs().remove(&log);
        Ok(())
    }

    fn search(&self, query: &ScopedQuery, page: &PageRequest) -> Result<SearchPage, IndexError> {
        Ok(self.with(query.log(), |log| {
            let mut found = log.matching(query, page.as_of);
            let total = page.count.then_some(found.len() as u64);
            if page.order == Order::Desc {
                found.reverse();
            }
            let is_later = |known: &&Known| match (page.after, page.order) {
                (None, _) => true,
                (Some(after), Order::Asc) => known.place > after,
                (Some(after), Order::Desc) => known.place < after,
            };
            let mut hits: Vec<Hit> = found.into_iter().filter(is_later).map(Known::hit).collect();
            let more = hits.len() > page.limit;
            hits.truncate(page.limit);
            let next = hits.last().filter(|_| more).map(Hit::place);
            SearchPage { hits, next, total }
        }))
    }

    fn count(&self, query: &ScopedQuery, as_of: TreeSize) -> Result<u64, IndexError> {
        Ok(self.with(query.log(), |log| log.matching(query, as_of).len() as u64))
    }

    fn value_counts(
        &self,
        query: &ScopedQuery,
        as_of: TreeSize,
        columns: &[Column],
        size: usize,
    ) -> Result<Vec<ValueCounts>, IndexError> {
        Ok(self.with(query.log(), |log| {
            let found = log.matching(query, as_of);
            let count = |column| Log::tally(column, &found, query.query()).most_frequent(size);
            columns.iter().map(count).collect()
        }))
    }

    fn histogram(
        &self,
        query: &ScopedQuery,
        as_of: TreeSize,
        boundaries_ns: &[i64],
        split_by: Option<&Column>,
    ) -> Result<Histogram, IndexError> {
        Ok(self.with(query.log(), |log| {
            let found = log.matching(query, as_of);
            let bucket = |(from, to): (&i64, &i64)| {
                let between = *from..*to;
                let is_inside = |known: &&&Known| between.contains(&known.place.occurred_at_ns);
                let inside: Vec<&Known> = found.iter().filter(is_inside).copied().collect();
                let by = split_by.map(|column| Log::tally(column, &inside, query.query()));
                let by = by.map(|tally| tally.most_frequent(usize::MAX).values);
                let named = |value: ValueCount| match value.value {
                    Value::String(text) => (text, value.count),
                    other => (other.to_string(), value.count),
                };
                let by = by.unwrap_or_default().into_iter().map(named).collect();
                Bucket {
                    count: inside.len() as u64,
                    by,
                }
            };
            Histogram {
                buckets: boundaries_ns
                    .iter()
                    .zip(boundaries_ns.iter().skip(1))
                    .map(bucket)
                    .collect(),
            }
        }))
    }

    fn actions(
        &self,
        query: &ScopedQuery,
        as_of: TreeSize,
        hours: usize,
    ) -> Result<Vec<ActionSeen>, IndexError> {
        Ok(self.with(query.log(), |log| {
            let found = log.matching(query, as_of);
            actions::told(found.into_iter().map(|known| &known.event), hours)
        }))
    }

    fn values(
        &self,
        scope: &Scope,
        column: &Column,
        prefix: &str,
        limit: usize,
    ) -> Result<Vec<ValueCount>, IndexError> {
        Ok(self.with(scope.log(), |log| {
            let everything: Vec<&Known> = log.shown(scope).collect();
            let mut tally = Log::tally(column, &everything, &Query::everything());
            tally.keep_prefix(&fold(prefix));
            tally.most_frequent(limit).values
        }))
    }

    fn resource_types(&self, scope: &Scope) -> Result<Vec<ResourceType>, IndexError> {
        Ok(self.with(scope.log(), |log| {
            let mut ids: BTreeMap<&str, HashSet<&str>> = BTreeMap::new();
            for target in log.shown(scope).flat_map(|known| &known.event.targets) {
                ids.entry(&target.kind).or_default().insert(&target.id);
            }
            let counted = |(kind, ids): (&str, HashSet<&str>)| ResourceType {
                kind: kind.to_owned(),
                count: ids.len() as u64,
            };
            ids.into_iter().map(counted).collect()
        }))
    }

    fn resources(
        &self,
        scope: &Scope,
        request: &ResourceRequest<'_>,
    ) -> Result<Vec<Resource>, IndexError> {
        Ok(self.with(scope.log(), |log| {
            let mut by_time: Vec<&Known> = log.shown(scope).collect();
            by_time.sort_by_key(|known| known.place);
            let mut resources: BTreeMap<&str, Resource> = BTreeMap::new();
            for known in by_time {
                tell(&mut resources, known, request.kind);
            }
            let begins = |text: &str| fold(text).starts_with(&fold(request.prefix));
            resources
                .into_values()
                .map(|resource| Resource {
                    name: resource.name.filter(|_| request.named),
                    ..resource
                })
                .filter(|resource| {
                    request
                        .after
                        .is_none_or(|after| resource.id.as_str() > after)
                })
                .filter(|resource| {
                    begins(&resource.id) || resource.name.as_deref().is_some_and(begins)
                })
                .take(request.limit)
                .collect()
        }))
    }

    fn first_seen(&self, scope: &Scope, index: LeafIndex) -> Result<FirstSeen, IndexError> {
        Ok(self.with(scope.log(), |log| {
            let known = log.shown(scope).find(|known| known.place.index == index);
            known.map(|known| known.first_seen).unwrap_or_default()
        }))
    }

    fn bounds(&self, scope: &Scope) -> Result<Option<Bounds>, IndexError> {
        Ok(self.with(scope.log(), |log| {
            let times = || log.shown(scope).map(|known| known.place.occurred_at_ns);
            let (oldest_ns, newest_ns) = times().min().zip(times().max())?;
            Some(Bounds {
                oldest_ns,
                newest_ns,
            })
        }))
    }

    fn visible(
        &self,
        scope: &Scope,
        positions: Range<LeafIndex>,
        limit: usize,
    ) -> Result<Vec<LeafIndex>, IndexError> {
        Ok(self.with(scope.log(), |log| {
            let places = log.shown(scope).map(|known| known.place.index);
            places
                .filter(|index| positions.contains(index))
                .take(limit)
                .collect()
        }))
    }
}

/// What an event, told in order of time, says about the resources of a type.
fn tell<'a>(resources: &mut BTreeMap<&'a str, Resource>, known: &'a Known, kind: &str) {
    let targets = &known.event.targets;
    let mut told = HashSet::new();
    for target in targets.iter().filter(|target| target.kind == kind) {
        let at = known.place.occurred_at_ns;
        let resource = resources.entry(&target.id).or_insert_with(|| Resource {
            id: target.id.clone(),
            name: None,
            first_at_ns: at,
            last_at_ns: at,
            count: 0,
            deleted: false,
        });
        if target.name.is_some() {
            resource.name.clone_from(&target.name);
        }
        if told.insert(&target.id) {
            resource.last_at_ns = at;
            resource.count += 1;
            let is_first = targets
                .first()
                .is_some_and(|first| first.kind == kind && first.id == target.id);
            resource.deleted = known.verb.ends_target(&known.event.action) && is_first;
        }
    }
}
