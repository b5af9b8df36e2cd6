//! What exists when, and what it is called then.

use std::collections::BTreeMap;

use super::calendar::working_time;
use super::people::PEOPLE;
use super::random::Random;
use super::spec::Kind;
use super::thing::{EXPERIMENT, EXPERIMENT_EVERY_DAYS, EXPERIMENT_LASTS_DAYS, EXPERIMENTS, THINGS};

/// A place in the [`Roster`].
pub(super) type Place = usize;

/// Something with a stable id, a name that may change, and a beginning and end that may lie in the year.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) id: String,
    pub(super) sort: String,
    pub(super) begins_ms: Option<u64>,
    pub(super) ends_ms: Option<u64>,
    /// The names with the times from which they hold; the first one holds from the beginning.
    pub(super) names: Vec<(u64, String)>,
}

impl Entry {
    /// Whether it is there at this time, its first and last moment included.
    pub(super) fn exists(&self, at_ms: u64) -> bool {
        self.begins_ms.is_none_or(|begins| begins <= at_ms)
            && self.ends_ms.is_none_or(|ends| at_ms <= ends)
    }

    /// What it is called at this time.
    pub(super) fn name(&self, at_ms: u64) -> &str {
        let holding = self.names.iter().rev().find(|(from, _)| *from <= at_ms);
        holding.or(self.names.first()).map_or("", |(_, name)| name)
    }
}

/// Everything that events are about.
#[derive(Debug, Clone, Default)]
pub(super) struct Roster {
    entries: Vec<Entry>,
    by_kind: BTreeMap<Kind, Vec<Place>>,
}

impl Roster {
    pub(super) fn new(begin_ms: u64, now_ms: u64, random: &mut Random) -> Self {
        let mut when = |days_ago: u64| working_time(days_ago, begin_ms, now_ms, random);
        let mut roster = Self::default();
        for person in PEOPLE {
            roster.add(Entry {
                kind: Kind::User,
                id: person.id.to_owned(),
                sort: person.email.to_owned(),
                begins_ms: person.since.map(&mut when),
                ends_ms: person.until.map(&mut when),
                names: vec![(0, person.name.to_owned())],
            });
        }
        for thing in THINGS {
            let mut names = vec![(0, thing.name.to_owned())];
            names.extend(
                thing
                    .renamed
                    .map(|(days_ago, name)| (when(days_ago), name.to_owned())),
            );
            roster.add(Entry {
                kind: thing.kind,
                id: thing.id.to_owned(),
                sort: thing.sort.to_owned(),
                begins_ms: thing.since.map(&mut when),
                ends_ms: thing.until.map(&mut when),
                names,
            });
        }
        roster.add_experiments(&mut when);
        roster
    }

    fn add_experiments(&mut self, when: &mut dyn FnMut(u64) -> u64) {
        let begins = (1..365 / EXPERIMENT_EVERY_DAYS)
            .rev()
            .map(|turn| turn * EXPERIMENT_EVERY_DAYS);
        for ((number, name), begins) in EXPERIMENTS.iter().cycle().enumerate().zip(begins) {
            self.add(Entry {
                kind: EXPERIMENT,
                id: format!("exp_{}", 401 + number),
                sort: String::new(),
                begins_ms: Some(when(begins)),
                ends_ms: begins.checked_sub(EXPERIMENT_LASTS_DAYS).map(&mut *when),
                names: vec![(0, format!("{name} {}", 1 + number / EXPERIMENTS.len()))],
            });
        }
    }

    fn add(&mut self, entry: Entry) {
        self.by_kind
            .entry(entry.kind)
            .or_default()
            .push(self.entries.len());
        self.entries.push(entry);
    }

    /// Everything with its place.
    pub(super) fn entries(&self) -> impl Iterator<Item = (Place, &Entry)> {
        self.entries.iter().enumerate()
    }

    pub(super) fn get(&self, place: Place) -> Option<&Entry> {
        self.entries.get(place)
    }

    /// The thing with this id.
    pub(super) fn find(&self, kind: Kind, id: &str) -> Option<Place> {
        let places = self.by_kind.get(&kind)?;
        places
            .iter()
            .copied()
            .find(|place| self.get(*place).is_some_and(|entry| entry.id == id))
    }

    /// One of those that exist at this time, the first ones more often.
    pub(super) fn pick(&self, kind: Kind, at_ms: u64, random: &mut Random) -> Option<Place> {
        let exists = |place: &Place| self.get(*place).is_some_and(|entry| entry.exists(at_ms));
        let there: Vec<Place> = self
            .by_kind
            .get(&kind)?
            .iter()
            .copied()
            .filter(exists)
            .collect();
        // Half of the draws are even, so that nothing is forgotten.
        let draw = if random.in_thousand(500) {
            random.below(there.len() as u64)
        } else {
            random.skewed(there.len() as u64)
        };
        usize::try_from(draw)
            .ok()
            .and_then(|at| there.get(at))
            .copied()
    }
}
