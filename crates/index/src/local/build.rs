//! Takes events apart into columns.

use event::Event;
use serde_json::Value;

use super::dictionary::{ABSENT, Dictionary};
use super::intern::{Interner, TupleInterner};
use super::merge::merge;
use super::parts::{Parts, flags};
use super::schema::Dim;
use crate::answer::{FirstSeen, Row};

/// The newest rows of a log, in the order in which they came.
#[derive(Debug)]
pub(crate) struct Builder {
    parts: Parts,
    texts: Interner,
    tuples: [TupleInterner; Dim::ALL.len()],
    own_texts: [Interner; Dim::ALL.len()],
    /// The id of the folded text of each text, [`ABSENT`] until it is asked for.
    folded: Vec<u32>,
}

impl Builder {
    /// No rows, beginning at a position.
    pub(crate) fn new(first: u64) -> Self {
        Self {
            parts: Parts::new(first),
            texts: Interner::default(),
            tuples: Dim::ALL.map(|_| TupleInterner::default()),
            own_texts: Dim::ALL.map(|_| Interner::default()),
            folded: Vec::new(),
        }
    }

    /// How many rows.
    pub(crate) fn rows(&self) -> usize {
        self.parts.rows()
    }

    /// How many positions it spans.
    pub(crate) fn span(&self) -> u64 {
        self.parts.next - self.parts.first
    }

    /// Bytes of text.
    pub(crate) fn text_len(&self) -> usize {
        self.parts.text_len()
    }

    /// The same rows, sorted and packed.
    pub(crate) fn freeze(&self) -> Parts {
        merge(&[&self.parts]).0
    }

    /// Notes that the next entry is no event.
    pub(crate) fn skip(&mut self) {
        self.parts.next += 1;
    }

    /// Adds the event of the next entry.
    pub(crate) fn push(&mut self, row: &Row<'_>, first_seen: FirstSeen) {
        let offset = self.parts.next - self.parts.first;
        self.parts.next += 1;
        let event = row.event;
        self.parts.occurred.push(event.occurred_at.ns());
        // `limits::SEGMENT_POSITIONS` bounds the range of a builder.
        self.parts
            .offsets
            .push(u32::try_from(offset).unwrap_or(u32::MAX));
        self.parts.first_seen.push(flags(first_seen));
        self.push_kind(row);
        self.push_actor(event);
        self.push_context(event);
        self.own_text(Dim::Description, event.description.as_deref());
        self.push_targets(event);
        self.push_metadata(event);
        self.push_nested(event);
    }

    fn push_kind(&mut self, row: &Row<'_>) {
        let event = row.event;
        let category = self.text(&event.category);
        let name = self.text(&event.event);
        let tuple = [
            category,
            self.fold(category),
            name,
            self.fold(name),
            self.text(&event.action),
            self.text(row.verb.as_str()),
            self.text(event.outcome.result.as_str()),
        ];
        self.code(Dim::Kind, &tuple);
    }

    fn push_actor(&mut self, event: &Event) {
        let actor = &event.actor;
        let email = self.optional(actor.email.as_deref());
        let name = self.optional(actor.name.as_deref());
        let key = event.actor_key();
        let tuple = [
            self.text(actor.kind.as_str()),
            self.optional(key.as_deref()),
            email,
            self.fold(email),
            name,
            self.fold(name),
        ];
        self.code(Dim::Actor, &tuple);
    }

    fn push_context(&mut self, event: &Event) {
        let context = &event.context;
        let source = self.optional(context.source.as_deref());
        let tuple = [source, self.fold(source)];
        self.code(Dim::Source, &tuple);
        let ip = [match context.ip {
            Some(ip) => self.text(&ip.to_string()),
            None => ABSENT,
        }];
        self.code(Dim::Ip, &ip);
        self.own_text(Dim::Request, context.request_id.as_deref());
        self.own_text(Dim::Session, context.session_id.as_deref());
    }

    fn push_targets(&mut self, event: &Event) {
        for target in &event.targets {
            let tuple = [
                self.text(&target.kind),
                self.text(&target.id),
                self.optional(target.name.as_deref()),
            ];
            self.code(Dim::Target, &tuple);
        }
        self.end_list(Dim::Target, event.targets.len());
    }

    fn push_metadata(&mut self, event: &Event) {
        for (key, value) in &event.metadata {
            let key = self.text(key);
            let tuple = match value {
                Value::String(text) => [key, self.text(text), ABSENT],
                other => [key, ABSENT, self.text(&canonical_json(other))],
            };
            self.code(Dim::Metadata, &tuple);
        }
        self.end_list(Dim::Metadata, event.metadata.len());
    }

    fn push_nested(&mut self, event: &Event) {
        let changed = event
            .changes
            .iter()
            .flat_map(|change| [&change.old, &change.new]);
        let deep = event.metadata.values().filter(|value| !value.is_string());
        let mut count = 0;
        for text in changed.flatten().chain(deep).flat_map(strings_in) {
            self.own_text(Dim::Nested, Some(text));
            count += 1;
        }
        self.end_list(Dim::Nested, count);
    }

    fn text(&mut self, text: &str) -> u32 {
        self.texts.id(&mut self.parts.strings, text)
    }

    fn optional(&mut self, text: Option<&str>) -> u32 {
        text.map_or(ABSENT, |text| self.text(text))
    }

    /// The id of the folded text of a text.
    fn fold(&mut self, id: u32) -> u32 {
        if id == ABSENT {
            return ABSENT;
        }
        let at = id as usize;
        if let Some(&known) = self.folded.get(at)
            && known != ABSENT
        {
            return known;
        }
        let folded = event::fold(self.parts.strings.get(id));
        let folded = self.text(&folded);
        if self.folded.len() <= at {
            self.folded.resize(at + 1, ABSENT);
        }
        if let Some(slot) = self.folded.get_mut(at) {
            *slot = folded;
        }
        folded
    }

    /// Adds a code to a column of tuples.
    fn code(&mut self, dim: Dim, tuple: &[u32]) {
        let column = self.parts.column_mut(dim);
        if let (Dictionary::Tuples { cells, .. }, Some(interner)) =
            (&mut column.dictionary, self.tuples.get_mut(dim as usize))
        {
            let code = interner.code(cells, tuple);
            column.codes.push(code);
        }
    }

    /// Adds a code to a column of texts.
    fn own_text(&mut self, dim: Dim, text: Option<&str>) {
        let column = self.parts.column_mut(dim);
        if let (Dictionary::Growing(texts), Some(interner)) =
            (&mut column.dictionary, self.own_texts.get_mut(dim as usize))
        {
            let code = text.map_or(0, |text| interner.id(texts, text) + 1);
            column.codes.push(code);
        }
    }

    fn end_list(&mut self, dim: Dim, count: usize) {
        if let Some(lists) = &mut self.parts.column_mut(dim).lists {
            lists.counts.push(u32::try_from(count).unwrap_or(u32::MAX));
        }
    }
}

/// Every string anywhere in a JSON value.
fn strings_in(value: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut left = vec![value];
    while let Some(value) = left.pop() {
        match value {
            Value::String(text) => found.push(text.as_str()),
            Value::Array(elements) => left.extend(elements),
            Value::Object(members) => left.extend(members.values()),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    found
}

/// The canonical text of a JSON value (RFC 8785): equal values have equal texts.
pub(crate) fn canonical_json(value: &Value) -> String {
    String::from_utf8(event::canonical::to_vec(value)).unwrap_or_default()
}
