//! From the event to its facets.

use std::fmt::Display;
use std::io::Write;

use super::{Facets, SCHEMA};
use crate::actor::Actor;
use crate::canonical::Members;
use crate::context::Context;
use crate::event::Event;
use crate::producer::Producer;

impl Event {
    /// The facets of the event in canonical form.
    pub fn facets(&self) -> Facets {
        let mut buffer = Vec::with_capacity(512);
        Facets([
            part(&mut buffer, |members| self.write_core(members)),
            part(&mut buffer, |members| self.write_actor(members)),
            part(&mut buffer, |members| self.write_names(members)),
            part(&mut buffer, |members| self.write_targets(members)),
            part(&mut buffer, |members| {
                members.object("context", |context| write_context(context, &self.context));
            }),
            part(&mut buffer, |members| self.write_changes(members)),
            part(&mut buffer, |members| self.write_text(members)),
            part(&mut buffer, |members| {
                members.map("metadata", &self.metadata);
            }),
        ])
    }

    fn write_core(&self, members: &mut Members<'_>) {
        members.text("action", &self.action);
        members.optional("action_as_sent", self.action_as_sent.as_deref());
        members.text("category", &self.category);
        members.text("event", &self.event);
        members.plain("id", |out| out.extend_from_slice(&self.id.encode()));
        members.plain("occurred_at", |out| self.occurred_at.write(out));
        members.object("outcome", |outcome| {
            outcome.optional("code", self.outcome.code.as_deref());
            outcome.text("result", self.outcome.result.as_str());
        });
        if let Some(producer) = &self.producer {
            members.object("producer", |members| write_producer(members, producer));
        }
        members.number("schema", SCHEMA);
    }

    fn write_actor(&self, members: &mut Members<'_>) {
        members.object("actor", |actor| write_actor_id(actor, &self.actor));
        members.array("on_behalf_of", |actors| {
            for actor in &self.on_behalf_of {
                actors.object(|members| write_actor_id(members, actor));
            }
        });
    }

    fn write_names(&self, members: &mut Members<'_>) {
        members.object("actor", |actor| write_actor_names(actor, &self.actor));
        members.array("on_behalf_of", |actors| {
            actors.trimmed_objects(&self.on_behalf_of, write_actor_names);
        });
        members.array("targets", |targets| {
            targets.trimmed_objects(&self.targets, |members, target| {
                members.optional("href", target.href.as_deref());
                members.map("metadata", &target.metadata);
                members.optional("name", target.name.as_deref());
            });
        });
    }

    fn write_targets(&self, members: &mut Members<'_>) {
        members.array("targets", |targets| {
            for target in &self.targets {
                targets.object(|members| {
                    members.text("id", &target.id);
                    members.text("type", &target.kind);
                });
            }
        });
    }

    fn write_changes(&self, members: &mut Members<'_>) {
        members.array("changes", |changes| {
            for change in &self.changes {
                changes.object(|members| {
                    if let Some(new) = &change.new {
                        members.verbatim("new", new);
                    }
                    if let Some(old) = &change.old {
                        members.verbatim("old", old);
                    }
                    members.text("path", &change.path);
                });
            }
        });
    }

    fn write_text(&self, members: &mut Members<'_>) {
        members.optional("description", self.description.as_deref());
        members.object("outcome", |outcome| {
            outcome.optional("reason", self.outcome.reason.as_deref());
        });
    }
}

fn part(buffer: &mut Vec<u8>, fill: impl FnOnce(&mut Members<'_>)) -> Option<Box<[u8]>> {
    buffer.clear();
    Members::write(buffer, fill).then(|| buffer.as_slice().into())
}

fn write_producer(members: &mut Members<'_>, producer: &Producer) {
    members.optional("name", producer.name.as_deref());
    if let Some(seq) = producer.seq {
        members.number("seq", seq);
    }
    members.optional("version", producer.version.as_deref());
}

fn write_actor_id(members: &mut Members<'_>, actor: &Actor) {
    members.optional("id", actor.id.as_deref());
    members.text("type", actor.kind.as_str());
}

fn write_actor_names(members: &mut Members<'_>, actor: &Actor) {
    members.optional("email", actor.email.as_deref());
    members.optional("href", actor.href.as_deref());
    members.map("metadata", &actor.metadata);
    members.optional("name", actor.name.as_deref());
}

fn write_context(members: &mut Members<'_>, context: &Context) {
    members.optional("forwarded", context.forwarded.as_deref());
    displayed(members, "ip", context.ip.as_ref());
    members.optional("location", context.location.as_deref());
    displayed(members, "peer_ip", context.peer_ip.as_ref());
    members.optional("request_id", context.request_id.as_deref());
    members.optional("session_id", context.session_id.as_deref());
    members.optional("source", context.source.as_deref());
    members.optional("traceparent", context.traceparent.as_deref());
    members.optional("user_agent", context.user_agent.as_deref());
}

fn displayed(members: &mut Members<'_>, key: &'static str, value: Option<&impl Display>) {
    if let Some(value) = value {
        members.plain(key, |out| {
            // Writing to a vector does not fail.
            let _written = write!(out, "{value}");
        });
    }
}
