//! Where a cue becomes an event.

mod content;
mod surroundings;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::people::{PEOPLE, PROGRAMS, Position};
use super::random::Random;
use super::roster::{Place, Roster};
use super::spec::{Cast, Failure, Kind, Spec};
use super::story::{By, Cue};

/// What is needed to play cues: who and what exists, chance, and how far things have changed.
#[derive(Debug)]
pub(super) struct Stage {
    roster: Roster,
    random: Random,
    /// How often each member of each thing has changed.
    turns: BTreeMap<(Place, &'static str), usize>,
    /// The last sequence number of each producer.
    produced: BTreeMap<&'static str, u64>,
    /// When producers moved on to a newer version.
    upgrade_ms: u64,
}

/// Everything one event is about, gathered before it is written.
struct Scene<'a> {
    spec: &'a Spec,
    cue: &'a Cue,
    by: By,
    targets: Vec<Place>,
    failure: Option<Failure>,
}

impl Stage {
    pub(super) fn new(begin_ms: u64, now_ms: u64, mut random: Random) -> Self {
        let roster = Roster::new(begin_ms, now_ms, &mut random.fork());
        let upgrade_ms = begin_ms + (now_ms - begin_ms) / 2;
        Self {
            roster,
            random,
            turns: BTreeMap::new(),
            produced: BTreeMap::new(),
            upgrade_ms,
        }
    }

    pub(super) const fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The event of this cue; nothing when what it is about does not exist then.
    ///
    /// Cues must come in time order: what changed before is remembered.
    pub(super) fn play(&mut self, spec: &Spec, cue: &Cue) -> Option<Value> {
        let targets = self.targets(spec, cue)?;
        let by = match cue.by {
            Some(by) => by,
            None => self.cast(spec.cast, cue.at_ms, targets.first().copied())?,
        };
        let failure = match cue.outcome {
            Some(decided) => decided.err(),
            None => self.chance_of_failure(spec),
        };
        let scene = Scene {
            spec,
            cue,
            by,
            targets,
            failure,
        };
        let mut event = Map::new();
        event.insert("id".into(), self.id(cue.at_ms).into());
        event.insert("action".into(), spec.action.into());
        if let Some((name, category)) = spec.label {
            event.insert("event".into(), name.into());
            event.insert("category".into(), category.into());
        }
        event.insert("occurred_at".into(), timestamp(cue.at_ms).into());
        event.insert("actor".into(), self.actor(&scene));
        if let Some(person) = cue.behalf.and_then(|place| PEOPLE.get(place)) {
            let other = json!([{"type": "user", "id": person.id, "name": person.name, "email": person.email}]);
            event.insert("on_behalf_of".into(), other);
        }
        if !scene.targets.is_empty() {
            event.insert("targets".into(), self.target_list(&scene));
        }
        if let Some(Failure {
            result,
            code,
            reason,
        }) = scene.failure
        {
            event.insert(
                "outcome".into(),
                json!({"result": result, "code": code, "reason": reason}),
            );
        }
        event.insert("context".into(), self.surroundings(&scene));
        self.fill_in(&scene, &mut event);
        if let Some(producer) = self.producer(&scene) {
            event.insert("producer".into(), producer);
        }
        Some(event.into())
    }

    fn targets(&mut self, spec: &Spec, cue: &Cue) -> Option<Vec<Place>> {
        let mut targets = Vec::new();
        match (cue.on, spec.on) {
            (Some(place), _) => targets.push(place),
            (None, Some(kind)) => {
                targets.push(self.roster.pick(kind, cue.at_ms, &mut self.random)?);
            }
            (None, None) => {}
        }
        targets.extend(&cue.also);
        for kind in spec.also {
            let named = targets.iter().any(|place| {
                self.roster
                    .get(*place)
                    .is_some_and(|entry| entry.kind == *kind)
            });
            if !named {
                targets.extend(self.roster.pick(*kind, cue.at_ms, &mut self.random));
            }
        }
        Some(targets)
    }

    /// Somebody or something that may do this.
    fn cast(&mut self, cast: Cast, at_ms: u64, target: Option<Place>) -> Option<By> {
        let wanted = match cast {
            Cast::System => return Some(By::System),
            Cast::Program => {
                return Some(By::Program(
                    usize::try_from(self.random.below(PROGRAMS.len() as u64)).ok()?,
                ));
            }
            Cast::Themselves => {
                let place = target?;
                let agent = self.roster.get(place)?.kind == Kind::Agent;
                return Some(if agent {
                    By::Agent(place)
                } else {
                    By::Person(place)
                });
            }
            Cast::Anyone => None,
            Cast::Admin => Some(Position::Admin),
            Cast::Engineer => Some(Position::Engineer),
            Cast::Support => Some(Position::Support),
            Cast::Analyst => Some(Position::Analyst),
            Cast::Compliance => Some(Position::Compliance),
        };
        let fits = |(place, _): &(usize, _)| {
            self.roster
                .get(*place)
                .is_some_and(|entry| entry.exists(at_ms))
        };
        let wanted = PEOPLE
            .iter()
            .enumerate()
            .filter(|(_, person)| wanted.is_none_or(|it| it == person.position));
        let present: Vec<usize> = wanted.filter(fits).map(|(place, _)| place).collect();
        self.random.pick(&present).map(|place| By::Person(*place))
    }

    fn chance_of_failure(&mut self, spec: &Spec) -> Option<Failure> {
        let (in_thousand, how) = spec.fails;
        if self.random.in_thousand(in_thousand) {
            self.random.pick(how).copied()
        } else {
            None
        }
    }

    fn actor(&self, scene: &Scene) -> Value {
        match scene.by {
            By::Person(place) => PEOPLE.get(place).map_or(Value::Null, |person| {
                json!({"type": "user", "id": person.id, "name": person.name, "email": person.email})
            }),
            By::Program(place) => PROGRAMS.get(place).map_or(Value::Null, |program| {
                json!({"type": program.kind, "id": program.id, "name": program.name})
            }),
            By::Agent(place) => self.roster.get(place).map_or(Value::Null, |agent| {
                json!({"type": "agent", "id": agent.id, "name": agent.name(scene.cue.at_ms)})
            }),
            By::System => json!({"type": "system"}),
            By::Stranger => json!({"type": "anonymous"}),
        }
    }

    fn target_list(&self, scene: &Scene) -> Value {
        let entries = scene
            .targets
            .iter()
            .filter_map(|place| self.roster.get(*place));
        let target = |entry: &super::roster::Entry| json!({"type": entry.kind.as_str(), "id": entry.id, "name": entry.name(scene.cue.at_ms)});
        entries.map(target).collect()
    }

    /// A UUID of version 7 (RFC 9562, section 5.7) of this time.
    fn id(&mut self, at_ms: u64) -> String {
        let high = (at_ms << 16) | 0x7000 | self.random.below(1 << 12);
        let low = (self.random.next() >> 2) | (1 << 63);
        let (time, middle, version) = (high >> 32, high >> 16 & 0xFFFF, high & 0xFFFF);
        format!(
            "{time:08x}-{middle:04x}-{version:04x}-{:04x}-{:012x}",
            low >> 48,
            low & 0xFFFF_FFFF_FFFF
        )
    }

    /// The application that sends the event, and its running number.
    fn producer(&mut self, scene: &Scene) -> Option<Value> {
        let name = match scene.spec.action.split('.').next()? {
            "audit_log" | "saved_view" | "stream" | "alert" | "retention" | "hold"
            | "redaction" => return None,
            "organization" => "organizations",
            "inbox" | "assist_bot" | "automation_rule" | "inbox_collaborator" | "inbox_webhook"
            | "team" => "service-desk",
            "auth" | "data" | "access" | "setting" | "system" | "order" | "conversation" => {
                "order-desk"
            }
            _ => "console",
        };
        let produced = self.produced.entry(name).or_insert(0);
        *produced += 1;
        let version = if scene.cue.at_ms < self.upgrade_ms {
            "5.2.1"
        } else {
            "5.3.0"
        };
        Some(json!({"name": name, "version": version, "seq": *produced}))
    }
}

/// RFC 3339 in UTC, to the millisecond.
pub(super) fn timestamp(at_ms: u64) -> String {
    let at = i64::try_from(at_ms)
        .ok()
        .and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
    at.unwrap_or(jiff::Timestamp::MAX).to_string()
}
