//! Declarations of an account's own.

use std::collections::BTreeSet;

use super::limits::{ALIASES, FIELDS, NAME_BYTES, OWN_DECLARATIONS, TEXT_BYTES};
use super::{Catalogue, Declared, FieldPlace, Sentence};
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

impl Catalogue {
    /// Adds a declaration of the account's own.
    pub fn declare(&mut self, declared: Declared) -> Result<(), DeclareFailure> {
        check(&declared)?;
        let mut names = std::iter::once(&declared.action).chain(&declared.aliases);
        let taken =
            |name: &&String| self.declared.contains_key(*name) || self.aliases.contains_key(*name);
        if let Some(name) = names.find(taken) {
            return Err(DeclareFailure::Taken {
                action: name.clone(),
            });
        }
        if self.own >= OWN_DECLARATIONS {
            return Err(DeclareFailure::TooMany {
                action: declared.action,
            });
        }
        self.own += 1;
        self.insert(declared.into());
        Ok(())
    }
}

fn check(declared: &Declared) -> Result<(), DeclareFailure> {
    let name = |text: &str| (1..=NAME_BYTES).contains(&text.len()) && text.trim() == text;
    let text = |text: &str| text.len() <= TEXT_BYTES;
    let sentence =
        |sentence: &Option<Sentence>| sentence.as_ref().is_none_or(|it| text(it.as_str()));
    let types = || declared.target_type.iter().chain(&declared.further_targets);
    let fields = &declared.fields;
    let keys: BTreeSet<_> = fields.iter().map(|field| &field.key).collect();
    let actions = "must be actions, `noun.verb` in lower case, and few";
    let rules = [
        (
            is_action(&declared.action),
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
            declared.aliases.len() <= ALIASES && declared.aliases.iter().all(|it| is_action(it)),
            "aliases",
            actions,
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
