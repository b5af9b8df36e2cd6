//! From facets back to the event.

use serde::Deserialize;

use super::shape::{
    ActorId, ActorNames, Actors, ChangePart, Changes, Contexts, Core, Metadata, Names, Schema,
    TargetId, Targets, Text,
};
use super::{Facet, Facets, SCHEMA};
use crate::actor::{Actor, ActorType};
use crate::change::Change;
use crate::context::Context;
use crate::event::Event;
use crate::outcome::Outcome;
use crate::producer::Producer;
use crate::target::Target;

/// Why facets were not read as an event.
#[derive(Debug, thiserror::Error)]
pub enum FacetFailure {
    /// Without facet 0 nothing is known about the event; it was erased, or the entry is of another kind.
    #[error("reading an event: its core is absent")]
    NoCore,
    /// A later version wrote the facets.
    #[error("reading an event: its schema {0} is not known")]
    UnknownSchema(u64),
    /// The bytes of a facet are not what events are made of.
    #[error("reading the facet `{facet}` of an event")]
    Malformed {
        /// The facet in question.
        facet: Facet,
        /// What the JSON reader found.
        source: serde_json::Error,
    },
    /// The facet *names* speaks about more actors or targets than there are.
    #[error("reading the facet `names` of an event: it has names for more than there are")]
    TooManyNames,
}

impl Event {
    /// The event of these facets.
    ///
    /// Facets other than *core* may be absent because they were erased or are hidden: then actors are of type
    /// [`ActorType::Unknown`], types and ids of targets are empty, and everything else is absent.
    pub fn from_facets(facets: &Facets) -> Result<Self, FacetFailure> {
        let core = read_core(facets)?;
        let text: Text = part(facets, Facet::Text)?.unwrap_or_default();
        let mut event = Self {
            id: core.id,
            action: core.action,
            action_as_sent: core.action_as_sent,
            event: core.event,
            category: core.category,
            occurred_at: core.occurred_at,
            outcome: Outcome {
                result: core.outcome.result,
                code: core.outcome.code,
                reason: text.outcome.reason,
            },
            producer: core.producer.map(|part| Producer {
                name: part.name,
                version: part.version,
                seq: part.seq,
            }),
            actor: Actor {
                kind: ActorType::Unknown,
                ..Actor::default()
            },
            on_behalf_of: Vec::new(),
            targets: read_targets(facets)?,
            changes: read_changes(facets)?,
            context: read_context(facets)?,
            description: text.description,
            metadata: part::<Metadata>(facets, Facet::Metadata)?
                .map(|part| part.metadata)
                .unwrap_or_default(),
        };
        let actors: Option<Actors> = part(facets, Facet::Actor)?;
        let known = (actors.is_some(), facets.get(Facet::Targets).is_some());
        if let Some(actors) = actors {
            event.actor = actor(actors.actor);
            event.on_behalf_of = actors.on_behalf_of.into_iter().map(actor).collect();
        }
        if let Some(names) = part::<Names>(facets, Facet::Names)? {
            event.add_names(names, known)?;
        }
        Ok(event)
    }

    /// Adds names by position; where ids are not known, the names alone tell how many there are.
    fn add_names(
        &mut self,
        names: Names,
        (actors_known, targets_known): (bool, bool),
    ) -> Result<(), FacetFailure> {
        name_actor(&mut self.actor, names.actor);
        // An event without targets has no facet *targets*; then names without positions mean that it was taken away.
        fit(
            &mut self.on_behalf_of,
            names.on_behalf_of.len(),
            actors_known,
        )?;
        fit(&mut self.targets, names.targets.len(), targets_known)?;
        for (actor, names) in self.on_behalf_of.iter_mut().zip(names.on_behalf_of) {
            name_actor(actor, names);
        }
        for (target, names) in self.targets.iter_mut().zip(names.targets) {
            target.name = names.name;
            target.href = names.href;
            target.metadata = names.metadata;
        }
        Ok(())
    }
}

trait Withheld {
    fn withheld() -> Self;
}

impl Withheld for Actor {
    fn withheld() -> Self {
        Self {
            kind: ActorType::Unknown,
            ..Self::default()
        }
    }
}

impl Withheld for Target {
    fn withheld() -> Self {
        Self::default()
    }
}

fn fit<T: Withheld>(items: &mut Vec<T>, named: usize, known: bool) -> Result<(), FacetFailure> {
    if named > items.len() {
        if known {
            return Err(FacetFailure::TooManyNames);
        }
        items.resize_with(named, T::withheld);
    }
    Ok(())
}

fn part<'a, T: Deserialize<'a>>(
    facets: &'a Facets,
    facet: Facet,
) -> Result<Option<T>, FacetFailure> {
    let Some(bytes) = facets.get(facet) else {
        return Ok(None);
    };
    serde_json::from_slice(bytes)
        .map(Some)
        .map_err(|source| FacetFailure::Malformed { facet, source })
}

/// Reads the core; what a later version wrote is told apart from what nobody could have written.
fn read_core(facets: &Facets) -> Result<Core, FacetFailure> {
    let failure = match part::<Core>(facets, Facet::Core) {
        Ok(Some(core)) if core.schema == SCHEMA => return Ok(core),
        Ok(Some(core)) => return Err(FacetFailure::UnknownSchema(core.schema)),
        Ok(None) => return Err(FacetFailure::NoCore),
        Err(failure) => failure,
    };
    match part::<Schema>(facets, Facet::Core) {
        Ok(Some(Schema { schema })) if schema != SCHEMA => Err(FacetFailure::UnknownSchema(schema)),
        _ => Err(failure),
    }
}

fn actor(part: ActorId) -> Actor {
    Actor {
        kind: part.kind,
        id: part.id,
        ..Actor::default()
    }
}

fn name_actor(actor: &mut Actor, names: ActorNames) {
    actor.name = names.name;
    actor.email = names.email;
    actor.href = names.href;
    actor.metadata = names.metadata;
}

fn read_targets(facets: &Facets) -> Result<Vec<Target>, FacetFailure> {
    let part: Option<Targets> = part(facets, Facet::Targets)?;
    let target = |part: TargetId| Target {
        kind: part.kind,
        id: part.id,
        ..Target::default()
    };
    Ok(part
        .map(|part| part.targets.into_iter().map(target).collect())
        .unwrap_or_default())
}

fn read_changes(facets: &Facets) -> Result<Vec<Change>, FacetFailure> {
    let part: Option<Changes> = part(facets, Facet::Changes)?;
    let change = |part: ChangePart| Change {
        path: part.path,
        old: part.old,
        new: part.new,
    };
    Ok(part
        .map(|part| part.changes.into_iter().map(change).collect())
        .unwrap_or_default())
}

fn read_context(facets: &Facets) -> Result<Context, FacetFailure> {
    let Some(Contexts { context }) = part(facets, Facet::Context)? else {
        return Ok(Context::default());
    };
    Ok(Context {
        ip: context.ip,
        peer_ip: context.peer_ip,
        forwarded: context.forwarded,
        user_agent: context.user_agent,
        location: context.location,
        session_id: context.session_id,
        request_id: context.request_id,
        traceparent: context.traceparent,
        source: context.source,
    })
}
