//! Accepting an event: what was sent becomes what is kept.

use crate::catalogue::Catalogue;
use crate::context::ClientAddress;
use crate::event::Event;
use crate::firewall::{Firewall, Hits};
use crate::id::EventId;
use crate::limits::{ADDED_BYTES, Limits};
use crate::new_event::NewEvent;
use crate::pointer::Place;
use crate::problem::{Problem, code, did_you_mean};
use crate::read::Reader;
use crate::time::Timestamp;

/// What accepting an event depends on besides the event.
#[derive(Debug, Clone, Copy)]
pub struct Acceptance<'a> {
    /// The declarations of the account.
    pub catalogue: &'a Catalogue,
    /// Whether actions and metadata that nobody declared are refused.
    pub strict: bool,
    /// What takes secrets out.
    pub firewall: &'a Firewall,
    /// Who is sending.
    pub client: &'a ClientAddress,
    /// The time of acceptance.
    pub now: Timestamp,
    /// The id for an event that has none.
    pub new_id: EventId,
    /// The limits in force.
    pub limits: &'a Limits,
}

impl Event {
    /// Accepts an event: labels, defaults and the client's address are added, secrets taken out.
    ///
    /// The tag of the event as sent ([`crate::content_tag`]) must be made before, from
    /// [`NewEvent::canonical_as_sent`].
    pub fn accept(new: NewEvent, acceptance: &Acceptance<'_>) -> Result<Self, Vec<Problem>> {
        Self::accept_telling(new, acceptance).map(|(event, _)| event)
    }

    /// As [`Event::accept`]; tells also which secrets were taken out.
    pub fn accept_telling(
        new: NewEvent,
        acceptance: &Acceptance<'_>,
    ) -> Result<(Self, Hits), Vec<Problem>> {
        let as_sent_bytes = new.canonical_as_sent().len();
        let mut reader = Reader::new(acceptance.limits);
        if acceptance.strict {
            check_declared(&new, acceptance.catalogue, &mut reader);
        }
        check_types(&new, acceptance.firewall, &mut reader);
        let mut event = stamped(new, acceptance);
        let hits = acceptance.firewall.clean(&mut event);
        let most = acceptance.limits.event_bytes;
        // Measuring means writing the facets; an event far below the limit is spared that.
        let near_limit = !hits.is_empty() || as_sent_bytes + ADDED_BYTES > most;
        if near_limit && event.facets().byte_len() > most {
            reader.too_large();
        }
        if reader.problems.is_empty() {
            Ok((event, hits))
        } else {
            Err(reader.problems)
        }
    }
}

/// Notes types of targets that hold a token: a fingerprint is no type, so the firewall cannot replace it.
fn check_types(new: &NewEvent, firewall: &Firewall, reader: &mut Reader<'_>) {
    let targets = Place::Root.key("targets");
    for (index, target) in new.targets.iter().enumerate() {
        if firewall.finds_token(&target.kind) {
            let message = "a secret stands here; a type is a kind of thing, such as `role`";
            let at = targets.index(index);
            reader.problem(&at.key("type"), code::INVALID_TYPE, message);
        }
    }
}

fn stamped(new: NewEvent, acceptance: &Acceptance<'_>) -> Event {
    let catalogue = acceptance.catalogue;
    let canonical = catalogue.canonical(&new.action.action);
    let (action, action_as_sent) = if canonical == new.action.action {
        (new.action.action, new.action.as_sent)
    } else {
        // An alias is never what it stands for, so what was sent always differs.
        (
            canonical.to_owned(),
            Some(new.action.as_sent.unwrap_or(new.action.action)),
        )
    };
    let mut context = new.context;
    context.observe(acceptance.client, acceptance.limits.line_bytes);
    Event {
        id: new.id.unwrap_or(acceptance.new_id),
        event: catalogue.event_label(&action, new.event.as_deref()),
        category: catalogue.category_label(&action, new.category.as_deref()),
        action,
        action_as_sent,
        occurred_at: new
            .occurred_at
            .unwrap_or_else(|| acceptance.now.truncated_to_ms()),
        outcome: new.outcome,
        producer: new.producer,
        actor: new.actor,
        on_behalf_of: new.on_behalf_of,
        targets: new.targets,
        changes: new.changes,
        context,
        description: new.description,
        metadata: new.metadata,
    }
}

/// Notes an action and metadata keys that nobody declared, each with the nearest that somebody did.
fn check_declared(new: &NewEvent, catalogue: &Catalogue, reader: &mut Reader<'_>) {
    let action = new.action();
    let Some(declared) = catalogue.get(action) else {
        let sent = new.action.as_sent.as_deref().unwrap_or(action);
        let hint = did_you_mean(catalogue.nearest(sent));
        let message = format!("the account accepts declared actions only{hint}");
        reader.problem(&Place::Root.key("action"), code::UNDECLARED_ACTION, message);
        return;
    };
    let metadata = Place::Root.key("metadata");
    for key in new
        .metadata
        .keys()
        .filter(|key| declared.metadata_field(key).is_none())
    {
        let hint = did_you_mean(catalogue.nearest_field(action, key));
        let message = format!(
            "the action `{}` declares no such field{hint}",
            declared.action
        );
        reader.problem(&metadata.key(key), code::UNDECLARED_FIELD, message);
    }
}
