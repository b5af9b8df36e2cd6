//! What an account decides for itself: declarations of its own, further names, deprecations.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::limits::{ALIASES, NAME_BYTES, OWN_DECLARATIONS};
use super::{Catalogue, DeclareFailure, Declared, Pack, PackId};
use crate::action::is_action;

/// What one account has decided about one action.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnAction {
    /// The account's own declaration; none when a pack declares the action.
    ///
    /// Its `aliases` are empty: those of the account stand beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<Declared>,
    /// Further names that mean the action, of an own one or of one that a pack declares.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// Set when the action should no longer be sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<Deprecated>,
}

/// That an action should no longer be sent; events of it are accepted all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deprecated {
    /// Since when, in milliseconds since 1970 UTC.
    pub since_ms: u64,
    /// Why, or what to do, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The action to send instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
}

impl OwnAction {
    /// Whether nothing is decided about the action.
    pub fn is_empty(&self) -> bool {
        self.declared.is_none() && self.aliases.is_empty() && self.deprecated.is_none()
    }
}

impl Catalogue {
    /// The catalogue of an account: the named packs, what the audit log records about itself, and what the account has
    /// decided, by action.
    ///
    /// A name has one meaning. Where two claim it, what the audit log records about itself comes first, then the
    /// account's own declarations, then its other names, then the packs in their order. So an account may declare an
    /// action of a pack that is off, and keeps its own meaning when the pack is turned on or learns the name later.
    pub fn of_account(packs: &[PackId], own: &BTreeMap<String, OwnAction>) -> Self {
        let mut catalogue = Self::with_packs(&[]);
        for (action, decided) in own {
            if let Some(declared) = &decided.declared
                && !catalogue.is_name(action)
            {
                let mut declared = Declared::clone(declared);
                declared.aliases = catalogue.free(&decided.aliases);
                catalogue.insert(Arc::new(declared));
                catalogue.own += 1;
            }
            if let Some(deprecated) = &decided.deprecated {
                catalogue
                    .deprecated
                    .insert(action.clone(), deprecated.clone());
            }
        }
        for (action, decided) in own {
            for alias in catalogue.free(&decided.aliases) {
                catalogue.aliases.insert(alias, action.clone());
            }
        }
        for pack in Pack::all().iter().filter(|pack| packs.contains(&pack.id)) {
            for declared in &pack.events {
                catalogue.add_of_pack(declared, own);
            }
        }
        catalogue
    }

    /// Adds what a pack declares, unless the account has given the name another meaning.
    fn add_of_pack(&mut self, declared: &Arc<Declared>, own: &BTreeMap<String, OwnAction>) {
        if self.is_name(&declared.action) {
            return;
        }
        let mut aliases = self.free(&declared.aliases);
        let further = own.get(&declared.action).map(|decided| &decided.aliases);
        let mine = |alias: &&String| self.aliases.get(*alias) == Some(&declared.action);
        aliases.extend(further.into_iter().flatten().filter(mine).cloned());
        if aliases == declared.aliases {
            self.insert(Arc::clone(declared));
        } else {
            let mut named = Declared::clone(declared);
            named.aliases = aliases;
            self.insert(Arc::new(named));
        }
    }

    fn free(&self, names: &[String]) -> Vec<String> {
        let free = |name: &&String| !self.is_name(name);
        names.iter().filter(free).cloned().collect()
    }

    /// Whether the name is an action that is declared, or another name of one.
    fn is_name(&self, name: &str) -> bool {
        self.declared.contains_key(name) || self.aliases.contains_key(name)
    }

    /// Whether events of this name are the audit log's own, whatever product sends them.
    ///
    /// Those are the actions that its pack declares, their other names, and everything that begins with `audit_log.`,
    /// so that later versions can record more.
    pub fn is_reserved(&self, action: &str) -> bool {
        let canonical = self.canonical(action);
        [action, canonical].into_iter().any(is_own_of_annals)
    }

    /// That an action should no longer be sent.
    pub fn deprecation(&self, action: &str) -> Option<&Deprecated> {
        self.deprecated.get(action)
    }

    /// Adds a declaration of the account's own that is new, with the further names that stand in it.
    pub fn declare(&mut self, declared: Declared) -> Result<(), DeclareFailure> {
        self.check_own(&declared, &declared.aliases)?;
        if self.declared.contains_key(&declared.action) {
            return Err(DeclareFailure::Taken {
                action: declared.action,
            });
        }
        self.own += 1;
        self.insert(Arc::new(declared));
        Ok(())
    }

    /// Checks a declaration of the account's own, new or in the place of an earlier one, with its further names.
    pub fn check_own(&self, declared: &Declared, aliases: &[String]) -> Result<(), DeclareFailure> {
        super::declare::check(declared)?;
        let action = &declared.action;
        if is_own_of_annals(action) {
            return Err(DeclareFailure::Reserved {
                action: action.clone(),
            });
        }
        let of_pack = |known: &Arc<Declared>| known.pack.is_some();
        let known = self.declared.get(action);
        if self.aliases.contains_key(action) || known.is_some_and(of_pack) {
            return Err(DeclareFailure::Taken {
                action: action.clone(),
            });
        }
        if known.is_none() && self.own >= OWN_DECLARATIONS {
            return Err(DeclareFailure::TooMany {
                action: action.clone(),
            });
        }
        self.check_aliases(action, aliases)
    }

    /// Checks the further names that an account gives to an action.
    pub fn check_aliases(&self, action: &str, aliases: &[String]) -> Result<(), DeclareFailure> {
        let differ = |(n, name): (usize, &String)| !aliases.iter().take(n).any(|it| it == name);
        let is_good = aliases.len() <= ALIASES
            && aliases
                .iter()
                .all(|it| is_action(it) && it.len() <= NAME_BYTES && it != action)
            && aliases.iter().enumerate().all(differ);
        if !is_good {
            return Err(DeclareFailure::Invalid {
                member: "aliases",
                rule: "must be at most 16 other actions that differ, `noun.verb` in lower case, of at most 256 bytes",
            });
        }
        let reserved = aliases.iter().find(|alias| is_own_of_annals(alias));
        if let Some(alias) = reserved {
            return Err(DeclareFailure::Reserved {
                action: alias.clone(),
            });
        }
        let taken = |alias: &&String| {
            let stands_for = self.aliases.get(*alias);
            self.declared.contains_key(*alias) || stands_for.is_some_and(|it| it != action)
        };
        match aliases.iter().find(taken) {
            Some(alias) => Err(DeclareFailure::Taken {
                action: alias.clone(),
            }),
            None => Ok(()),
        }
    }
}

fn is_own_of_annals(action: &str) -> bool {
    action.starts_with("audit_log.")
        || Pack::declaration(action).is_some_and(|declared| declared.pack == Some(PackId::AuditLog))
}
