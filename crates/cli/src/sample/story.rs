//! What happens when: the lives of things, the rare events, and a few stories worth finding.

mod incident;
mod life;

use std::collections::VecDeque;

use serde_json::Value;

use super::network::Network;
use super::random::Random;
use super::roster::{Place, Roster};
use super::spec::Failure;

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// Somebody of the company, by place in the list of people.
    Person(usize),
    /// A program, by place in the list of programs.
    Program(usize),
    /// An agent on its own.
    Agent(Place),
    /// The system.
    System,
    /// Somebody whom nobody knows.
    Stranger,
}

/// An event that must happen, as far as it is decided.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    pub(super) at_ms: u64,
    pub(super) action: &'static str,
    pub(super) by: Option<By>,
    pub(super) on: Option<Place>,
    pub(super) also: Vec<Place>,
    /// The person whose e-mail address is meant.
    pub(super) about: Option<usize>,
    pub(super) behalf: Option<usize>,
    /// Whether it succeeds; undecided when absent.
    pub(super) outcome: Option<Result<(), Failure>>,
    pub(super) network: Option<Network>,
    pub(super) facts: Vec<(&'static str, Value)>,
    pub(super) says: Option<&'static str>,
}

impl Cue {
    pub(super) const fn of(action: &'static str, at_ms: u64) -> Self {
        Self {
            at_ms,
            action,
            by: None,
            on: None,
            also: Vec::new(),
            about: None,
            behalf: None,
            outcome: None,
            network: None,
            facts: Vec::new(),
            says: None,
        }
    }

    fn by(self, by: By) -> Self {
        Self {
            by: Some(by),
            ..self
        }
    }

    fn on(self, place: Option<Place>) -> Self {
        Self { on: place, ..self }
    }

    fn also(self, place: Option<Place>) -> Self {
        Self {
            also: place.into_iter().collect(),
            ..self
        }
    }

    fn about(self, person: usize) -> Self {
        Self {
            about: Some(person),
            ..self
        }
    }

    fn behalf(self, person: usize) -> Self {
        Self {
            behalf: Some(person),
            ..self
        }
    }

    fn succeeds(self) -> Self {
        Self {
            outcome: Some(Ok(())),
            ..self
        }
    }

    fn fails(self, failure: Failure) -> Self {
        Self {
            outcome: Some(Err(failure)),
            ..self
        }
    }

    fn from(self, network: Network) -> Self {
        Self {
            network: Some(network),
            ..self
        }
    }

    fn fact(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.facts.push((key, value.into()));
        self
    }

    fn says(self, says: &'static str) -> Self {
        Self {
            says: Some(says),
            ..self
        }
    }
}

/// Everything that must happen in the year, in time order.
pub(super) fn all(
    roster: &Roster,
    begin_ms: u64,
    now_ms: u64,
    random: &mut Random,
) -> VecDeque<Cue> {
    let mut cues = life::lives(roster);
    cues.extend(life::rare(roster, begin_ms, now_ms, random));
    cues.extend(incident::break_in(roster, now_ms, random));
    cues.extend(incident::guessing(now_ms, random));
    cues.extend(incident::outage(roster, now_ms, random));
    cues.extend(incident::leaver(now_ms, random));
    cues.extend(incident::night_export(roster, now_ms));
    cues.extend(incident::support_access(roster, begin_ms, now_ms, random));
    cues.extend(incident::claims_agent(roster, begin_ms, now_ms, random));
    cues.retain(|cue| cue.at_ms >= begin_ms && cue.at_ms <= now_ms);
    cues.sort_by_key(|cue| cue.at_ms);
    cues.into()
}
