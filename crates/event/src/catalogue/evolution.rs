//! How a declaration may change: what was recorded must keep its meaning.

use super::{Declared, Field, Verb};

/// One member of a declaration that may not change as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvolutionRefusal {
    /// The member, as an RFC 6901 pointer into the declaration as sent.
    pub pointer: String,
    /// Why it stays as it is, for people.
    pub message: String,
}

/// What stands against replacing `before` by `after`.
///
/// Once an event of the action was `seen`, its verb and the type of its target stay, and a field keeps its key, its type
/// and its place; everything for people may change, and fields can be added.
/// An action that was seen before anybody declared it keeps the verb that its last word told.
/// A field that is sensitive stays so, unless the caller `may_reveal` what it holds.
pub fn refusals(
    before: Option<&Declared>,
    after: &Declared,
    seen: bool,
    may_reveal: bool,
) -> Vec<EvolutionRefusal> {
    let mut refused = Vec::new();
    if seen {
        let verb = before.map_or_else(|| Verb::of_action(&after.action), |before| before.verb);
        if verb != after.verb {
            let message =
                format!("events of this action are recorded as `{verb}`, and searched as such");
            refused.push(at("/verb".to_owned(), message));
        }
        if let Some(before) = before {
            if before.target_type != after.target_type {
                let message = match &before.target_type {
                    Some(kind) => format!("events of this action were about `{kind}`"),
                    None => "events of this action were about no type of target".to_owned(),
                };
                refused.push(at("/target_type".to_owned(), message));
            }
            fields_that_changed(before, after, &mut refused);
        }
    }
    if !may_reveal && let Some(before) = before {
        let revealed = |(_, field): &(usize, &Field)| {
            let known = before.fields.iter().find(|known| known.key == field.key);
            known.is_some_and(|known| known.sensitive && !field.sensitive)
        };
        for (place, _) in after.fields.iter().enumerate().filter(revealed) {
            let message = "a sensitive field is revealed only by those who may read it, with `audit:read_sensitive`";
            refused.push(at(format!("/fields/{place}/sensitive"), message.to_owned()));
        }
        // What was seen has lost no field here: that is refused above.
        let is_gone =
            |known: &&Field| !seen && !after.fields.iter().any(|field| field.key == known.key);
        refused.extend(sensitive(before).filter(is_gone).map(stays_hidden));
    }
    refused
}

/// What stands against taking a declaration back; without it, nothing says that its fields are sensitive.
pub fn refusals_of_removal(before: &Declared, may_reveal: bool) -> Vec<EvolutionRefusal> {
    if may_reveal {
        return Vec::new();
    }
    sensitive(before).map(stays_hidden).collect()
}

fn sensitive(declared: &Declared) -> impl Iterator<Item = &Field> {
    declared.fields.iter().filter(|field| field.sensitive)
}

fn stays_hidden(field: &Field) -> EvolutionRefusal {
    let message = format!(
        "the sensitive field `{}` goes only with those who may read it, with `audit:read_sensitive`",
        field.key
    );
    at("/fields".to_owned(), message)
}

fn fields_that_changed(before: &Declared, after: &Declared, refused: &mut Vec<EvolutionRefusal>) {
    for known in &before.fields {
        let key = &known.key;
        let found = after
            .fields
            .iter()
            .enumerate()
            .find(|(_, field)| field.key == *key);
        let Some((place, field)) = found else {
            let message = format!("events of this action carry the field `{key}`; it stays");
            refused.push(at("/fields".to_owned(), message));
            continue;
        };
        if field.kind != known.kind {
            let message = format!("the field `{key}` keeps its type");
            refused.push(at(format!("/fields/{place}/type"), message));
        }
        if field.place != known.place {
            let message = format!("the field `{key}` keeps its place");
            refused.push(at(format!("/fields/{place}/place"), message));
        }
    }
}

const fn at(pointer: String, message: String) -> EvolutionRefusal {
    EvolutionRefusal { pointer, message }
}
