//! What accounts decide about actions: declaring, naming, deprecating and taking back.

use std::sync::Arc;

use api::catalog::{CatalogDeclaration, CatalogDeprecation};
use event::{
    Catalogue,
    catalogue::{DeclareFailure, Deprecated, EvolutionRefusal, OwnAction, Pack, evolution, limits},
};
use serde_json::{Map, Value, json};

use super::{
    AdminError,
    declaration::{declared, differences, invalid},
    to_the_end,
};
use crate::{
    audit::notice::Change,
    auth::Requester,
    control::{Account, Decided, Version},
    instance::Instance,
    limits::CATALOGUE_ACTIONS_MAX,
};

/// Why something was not decided about an action.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueRefusal {
    /// A member of the request is wrong.
    #[error("{pointer}: {message}")]
    Invalid {
        /// The member, as an RFC 6901 pointer.
        pointer: String,
        /// What would be right.
        message: String,
    },
    /// Nothing that is in force declares the action, or the account itself does not.
    #[error("{0}")]
    NoSuchAction(String),
    /// The account gave no action this other name.
    #[error("{0}")]
    NoSuchAlias(String),
    /// The name has a meaning already.
    #[error("`{0}` has a meaning in the catalogue already")]
    Taken(String),
    /// The name is that of something the audit log records about itself.
    #[error("`{0}` is what the audit log records about itself")]
    Reserved(String),
    /// There are as many as there may be.
    #[error("{0}")]
    TooMany(String),
    /// Events of the action were recorded.
    #[error("events of `{0}` were recorded, so its declaration stays; deprecate it instead")]
    Seen(String),
    /// What was recorded would mean something else.
    #[error("the declaration changes what recorded events mean")]
    Evolution(Vec<EvolutionRefusal>),
    /// Somebody else was quicker.
    #[error("the version is {current} by now")]
    Version {
        /// The version that is in force.
        current: u64,
    },
}

impl From<DeclareFailure> for CatalogueRefusal {
    fn from(failure: DeclareFailure) -> Self {
        match failure {
            DeclareFailure::Taken { action } => Self::Taken(action),
            DeclareFailure::Reserved { action } => Self::Reserved(action),
            DeclareFailure::TooMany { .. } => Self::TooMany(format!(
                "an account declares at most {} actions",
                limits::OWN_DECLARATIONS
            )),
            DeclareFailure::Invalid { member, rule } => {
                let message = format!("the value {rule}");
                invalid(&format!("/{member}"), &message)
            }
        }
    }
}

/// What is to be decided about an action.
#[derive(Clone, Debug)]
pub(crate) enum Decision {
    /// The account declares it, or changes its declaration.
    Declare {
        sent: Box<CatalogDeclaration>,
        /// Whether an event of the action was recorded.
        seen: bool,
        /// Whether the caller may reveal what a sensitive field holds.
        may_reveal: bool,
    },
    /// The account takes its declaration back.
    Remove {
        /// Whether an event of the action was recorded.
        seen: bool,
        /// Whether the caller may reveal what a sensitive field holds.
        may_reveal: bool,
    },
    /// It should no longer be sent.
    Deprecate(CatalogDeprecation),
    /// It may be sent again.
    Restore,
    /// It gets another name.
    Name(String),
    /// It loses another name.
    Unname(String),
}

/// What came of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Something is there that was not.
    New,
    /// Something is different, or all is as it was.
    Known,
}

impl Instance {
    /// Decides something about an action of the catalogue of an account; what stays as it is leaves no trace.
    ///
    /// With `expected`, only when that is the version in force.
    pub(crate) async fn decide(
        self: &Arc<Self>,
        account: &Arc<Account>,
        action: &str,
        decision: Decision,
        expected: Option<u64>,
        by: Requester,
    ) -> Result<Outcome, AdminError> {
        let (instance, id) = (Arc::clone(self), account.id.clone());
        let action = action.to_owned();
        to_the_end(async move {
            let decisions = &instance.control.decisions;
            let _changing = decisions.changing.lock().await;
            // Read under the lock: the settings may be others than when the request came.
            let Some(account) = instance.control.accounts.get(&id) else {
                return Err(AdminError::NoSuchAccount { id });
            };
            let before = decisions.get(&id, &action);
            let current = before.version;
            if expected.is_some_and(|expected| expected != current) {
                return Err(CatalogueRefusal::Version { current }.into());
            }
            let now_ms = instance.clock.now_ms();
            let catalogue = instance.catalogue_of(&account);
            let (change, after) = decided(&action, &before, &decision, &catalogue, now_ms)?;
            let changes = differences(&before.own, &after);
            if changes.is_empty() {
                return Ok(Outcome::Known);
            }
            let known = decisions.versions_of(&id).len();
            if before.version == 0 && known >= CATALOGUE_ACTIONS_MAX {
                let message = format!("something is decided about {known} actions already");
                return Err(CatalogueRefusal::TooMany(message).into());
            }
            let stored = Version {
                number: before.version + 1,
                change: change.to_owned(),
                changed_ms: now_ms,
                by: (by.principal.id().to_owned(), by.principal.name().to_owned()),
                own: after,
            };
            let told = changed(&account, &action, &stored, changes, &by);
            decisions
                .add(&id, &action, stored)
                .await
                .map_err(AdminError::Control)?;
            instance.catalogues.renew(&instance.control, &id);
            instance.audit.changed(told).await;
            Ok(match change {
                "declared" | "alias_added" => Outcome::New,
                _ => Outcome::Known,
            })
        })
        .await
    }
}

/// The event that records a decision.
fn changed(
    account: &Account,
    action: &str,
    version: &Version,
    changes: Vec<Value>,
    by: &Requester,
) -> Change {
    let mut metadata = Map::new();
    metadata.insert("action".to_owned(), json!(action));
    metadata.insert("change".to_owned(), json!(version.change.replace('_', " ")));
    metadata.insert("version".to_owned(), json!(version.number));
    Change {
        account: account.id.clone(),
        principal: by.principal.clone(),
        client: by.client.clone(),
        action: "audit_log.catalog_update",
        target_type: "account",
        target_id: account.id.to_string(),
        target_name: account.settings.name.clone(),
        changes,
        metadata,
    }
}

/// What is in force after a decision, and what it is called; pure.
fn decided(
    action: &str,
    before: &Decided,
    decision: &Decision,
    catalogue: &Catalogue,
    now_ms: u64,
) -> Result<(&'static str, OwnAction), CatalogueRefusal> {
    let mut after = before.own.clone();
    let change = match decision {
        Decision::Declare {
            sent,
            seen,
            may_reveal,
        } => declare(action, &mut after, sent, (*seen, *may_reveal), catalogue)?,
        Decision::Remove { seen, may_reveal } => {
            let Some(known) = &after.declared else {
                return Err(not_own(action, catalogue));
            };
            if *seen {
                return Err(CatalogueRefusal::Seen(action.to_owned()));
            }
            let refused = evolution::refusals_of_removal(known, *may_reveal);
            if !refused.is_empty() {
                return Err(CatalogueRefusal::Evolution(refused));
            }
            after = OwnAction::default();
            "removed"
        }
        Decision::Deprecate(sent) => {
            ensure_declared(action, catalogue)?;
            deprecate(action, &mut after, sent, catalogue, now_ms)?;
            "deprecated"
        }
        Decision::Restore => {
            ensure_declared(action, catalogue)?;
            after.deprecated = None;
            "restored"
        }
        Decision::Name(alias) => {
            ensure_declared(action, catalogue)?;
            let of_pack = catalogue.get(action).is_some_and(|declared| {
                declared.aliases.contains(alias) && !after.aliases.contains(alias)
            });
            if !after.aliases.contains(alias) && !of_pack {
                after.aliases.push(alias.clone());
            }
            catalogue.check_aliases(action, &after.aliases)?;
            "alias_added"
        }
        Decision::Unname(alias) => {
            after.aliases.retain(|known| known != alias);
            "alias_removed"
        }
    };
    Ok((change, after))
}

fn declare(
    action: &str,
    after: &mut OwnAction,
    sent: &CatalogDeclaration,
    (seen, may_reveal): (bool, bool),
    catalogue: &Catalogue,
) -> Result<&'static str, CatalogueRefusal> {
    let wanted = declared(action, sent)?;
    if let Some(aliases) = &sent.aliases {
        after.aliases.clone_from(aliases);
    }
    catalogue.check_own(&wanted, &after.aliases)?;
    // A pack that is off declared it when its events were recorded.
    let known = after
        .declared
        .as_ref()
        .or_else(|| Pack::declaration(action));
    let refused = evolution::refusals(known, &wanted, seen, may_reveal);
    if !refused.is_empty() {
        return Err(CatalogueRefusal::Evolution(refused));
    }
    let change = match after.declared {
        Some(_) => "changed",
        None => "declared",
    };
    after.declared = Some(wanted);
    Ok(change)
}

fn deprecate(
    action: &str,
    after: &mut OwnAction,
    sent: &CatalogDeprecation,
    catalogue: &Catalogue,
    now_ms: u64,
) -> Result<(), CatalogueRefusal> {
    let note = sent.note.as_deref().map(str::trim);
    let note = note.filter(|note| !note.is_empty()).map(str::to_owned);
    let is_text =
        |note: &String| note.len() <= limits::TEXT_BYTES && !note.chars().any(char::is_control);
    if !note.as_ref().is_none_or(is_text) {
        let message = format!("expected at most {} bytes on one line", limits::TEXT_BYTES);
        return Err(invalid("/note", &message));
    }
    if let Some(other) = &sent.replaced_by
        && (other == action || !is_declared(other, catalogue))
    {
        let message = "expected another action that is declared";
        return Err(invalid("/replaced_by", message));
    }
    let since_ms = after
        .deprecated
        .as_ref()
        .map_or(now_ms, |known| known.since_ms);
    after.deprecated = Some(Deprecated {
        since_ms,
        note,
        replaced_by: sent.replaced_by.clone(),
    });
    Ok(())
}

fn is_declared(action: &str, catalogue: &Catalogue) -> bool {
    catalogue
        .get(action)
        .is_some_and(|declared| declared.action == action)
}

/// Refuses what concerns no declared action, or one of the audit log's own.
fn ensure_declared(action: &str, catalogue: &Catalogue) -> Result<(), CatalogueRefusal> {
    if catalogue.is_reserved(action) {
        return Err(CatalogueRefusal::Reserved(action.to_owned()));
    }
    if is_declared(action, catalogue) {
        return Ok(());
    }
    Err(unknown(action, catalogue))
}

/// The answer for an action that nothing declares; it names what was probably meant.
pub(crate) fn unknown(action: &str, catalogue: &Catalogue) -> CatalogueRefusal {
    let hint = match catalogue.nearest(action) {
        Some(nearest) => format!("; did you mean `{nearest}`?"),
        None => String::new(),
    };
    CatalogueRefusal::NoSuchAction(format!("the catalogue declares no such action{hint}"))
}

fn not_own(action: &str, catalogue: &Catalogue) -> CatalogueRefusal {
    match catalogue.get(action).and_then(|declared| declared.pack) {
        Some(pack) => CatalogueRefusal::NoSuchAction(format!(
            "the pack {pack} declares it, and the account does not"
        )),
        None => unknown(action, catalogue),
    }
}
