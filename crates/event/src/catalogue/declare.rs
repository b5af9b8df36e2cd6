//! Declarations of an account's own.

use std::collections::BTreeSet;

use super::limits::{DECLARATION_BYTES, FIELDS, NAME_BYTES, OWN_DECLARATIONS, TEXT_BYTES};
use super::{Declared, FieldPlace, Sentence};
use crate::action::is_action;
use crate::target::is_type;

/// Why an account's own declaration was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeclareFailure {
    /// The action, or one of the aliases, has a meaning already.
    #[error("declaring `{action}`: the name is taken already")]
    Taken {
        /// The action or alias in question.
        action: String,
    },
    /// The action, or one of the aliases, is what the audit log records about itself.
    #[error("declaring `{action}`: the audit log itself records under this name")]
    Reserved {
        /// The action or alias in question.
        action: String,
    },
    /// The account has declared [`OWN_DECLARATIONS`] actions.
    #[error("declaring `{action}`: an account declares at most {OWN_DECLARATIONS} actions")]
    TooMany {
        /// The action in question.
        action: String,
    },
    /// A member of the declaration breaks a rule.
    #[error("declaring an action: `{member}` {rule}")]
    Invalid {
        /// The member of [`Declared`] as it stands in JSON.
        member: &'static str,
        /// What it must be.
        rule: &'static str,
    },
}

pub(super) fn check(declared: &Declared) -> Result<(), DeclareFailure> {
    check_members(declared)?;
    let bytes = serde_json::to_vec(declared).map_or(usize::MAX, |json| json.len());
    if bytes <= DECLARATION_BYTES {
        return Ok(());
    }
    Err(DeclareFailure::Invalid {
        member: "fields",
        rule: "must leave the declaration below 16 KiB of JSON",
    })
}

fn check_members(declared: &Declared) -> Result<(), DeclareFailure> {
    let line = |text: &str| !text.chars().any(char::is_control);
    let name = |it: &str| (1..=NAME_BYTES).contains(&it.len()) && it.trim() == it && line(it);
    let text = |text: &str| text.len() <= TEXT_BYTES && line(text);
    let sentence =
        |sentence: &Option<Sentence>| sentence.as_ref().is_none_or(|it| text(it.as_str()));
    let types = || declared.target_type.iter().chain(&declared.further_targets);
    let fields = &declared.fields;
    let keys: BTreeSet<_> = fields.iter().map(|field| &field.key).collect();
    let rules = [
        (
            is_action(&declared.action) && declared.action.len() <= NAME_BYTES,
            "action",
            "must be an action, `noun.verb` in lower case",
        ),
        (
            name(&declared.event),
            "event",
            "must be a label of 1 to 256 bytes",
        ),
        (
            name(&declared.category),
            "category",
            "must be a label of 1 to 256 bytes",
        ),
        (
            text(&declared.description),
            "description",
            "must have at most 1,024 bytes",
        ),
        (
            types().all(|kind| is_type(kind)),
            "target_type",
            "must be a type of letters, digits, `_`, `.` and `-`",
        ),
        (
            fields.len() <= FIELDS && keys.len() == fields.len(),
            "fields",
            "must be at most 50 with keys that differ",
        ),
        (
            fields
                .iter()
                .all(|field| name(&field.label) && name(&field.key)),
            "fields",
            "must have labels and keys",
        ),
        (
            fields
                .iter()
                .all(|field| !field.sensitive || field.place == FieldPlace::Metadata),
            "fields",
            "must stand under metadata to be sensitive; other places are hidden by their facet",
        ),
        (
            sentence(&declared.sentence),
            "sentence",
            "must have at most 1,024 bytes",
        ),
        (
            sentence(&declared.unsuccessful),
            "unsuccessful",
            "must have at most 1,024 bytes",
        ),
    ];
    match rules.into_iter().find(|(kept, ..)| !kept) {
        Some((_, member, rule)) => Err(DeclareFailure::Invalid { member, rule }),
        None => Ok(()),
    }
}
