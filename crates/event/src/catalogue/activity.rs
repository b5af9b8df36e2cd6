//! What happened, in one sentence.

use serde_json::Value;

use super::sentence::Place;
use super::{Catalogue, Declared};
use crate::event::Event;
use crate::outcome::OutcomeResult;
use crate::target::Target;

impl Catalogue {
    /// What happened, in a sentence: `Created a new inbox (#24725)`, `Deleted an automation rule (#376)`.
    ///
    /// The sentence is made from what the event still shows: a name that was erased or hidden gives way to the id, and
    /// what cannot be filled in at all is left out.
    /// An action without a sentence is told by its event name and target: `Invoice approve: Invoice 17`.
    pub fn activity(&self, event: &Event) -> String {
        let declared = self.telling(&event.action);
        let succeeded = event.outcome.result == OutcomeResult::Success;
        if !succeeded
            && let Some(sentence) = declared.and_then(|declared| declared.unsuccessful.as_ref())
            && let Some(told) = sentence.fill(&|place| self.known(place, event, declared))
        {
            return told;
        }
        let sentence = declared.and_then(|declared| declared.sentence.as_ref());
        let told = sentence
            .and_then(|sentence| sentence.fill(&|place| self.known(place, event, declared)))
            .unwrap_or_else(|| by_name(event));
        if succeeded {
            told
        } else {
            format!("{told} ({})", event.outcome.result.as_str())
        }
    }

    /// What the list shows as description: the sender's own, else [`Catalogue::activity`].
    pub fn describe(&self, event: &Event) -> String {
        event
            .description
            .clone()
            .unwrap_or_else(|| self.activity(event))
    }

    fn known(&self, place: &Place, event: &Event, declared: Option<&Declared>) -> Option<String> {
        let kind = declared.and_then(|declared| declared.target_type.as_deref());
        let target = subject(event, kind);
        let noun = || {
            kind.or(target.map(|target| target.kind.as_str()))
                .filter(|kind| !kind.is_empty())
        };
        match place {
            Place::Target => target.and_then(called).map(str::to_owned),
            Place::TargetId => target
                .map(|target| target.id.clone())
                .filter(|id| !id.is_empty()),
            Place::TargetName => target.and_then(|target| target.name.clone()),
            Place::Noun => noun().map(|kind| self.resource_type(kind).noun),
            Place::NounWithArticle => noun().map(|kind| self.resource_type(kind).with_article()),
            Place::Actor => Some(event.actor.display().to_owned()),
            Place::Code => event.outcome.code.clone(),
            Place::Reason => event.outcome.reason.clone(),
            Place::Ip => event.context.ip.map(|ip| ip.to_string()),
            Place::Metadata(key) => event.metadata.get(key).and_then(in_words),
        }
    }
}

/// The target that the sentence speaks about: the first of the declared type, else the first one.
fn subject<'a>(event: &'a Event, kind: Option<&str>) -> Option<&'a Target> {
    let of_kind = kind.and_then(|kind| event.targets.iter().find(|target| target.kind == kind));
    of_kind.or(event.targets.first())
}

fn called(target: &Target) -> Option<&str> {
    target
        .name
        .as_deref()
        .or(Some(target.id.as_str()))
        .filter(|name| !name.is_empty())
}

fn by_name(event: &Event) -> String {
    match event.targets.first().and_then(called) {
        Some(target) => format!("{}: {target}", event.event),
        None => event.event.clone(),
    }
}

/// A value of the metadata as it reads inside a sentence; objects and empty values do not.
fn in_words(value: &Value) -> Option<String> {
    let words = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::Array(items) => items
            .iter()
            .filter_map(in_words)
            .collect::<Vec<_>>()
            .join(", "),
        Value::Null | Value::Object(_) => return None,
    };
    Some(words).filter(|words| !words.is_empty())
}
