//! The settings of an account, and what is recorded when they change.

use std::sync::Arc;

use api::{
    BuiltInRole,
    firewall::FirewallSettingsChange,
    settings::{AccountSettings, AccountSettingsChange},
};
use event::FirewallRules;
use serde_json::{Map, Value, json};

use super::{
    AdminError,
    account::{checked_name, checked_packs, checked_zone},
    to_the_end,
};
use crate::{
    audit::notice::Change,
    auth::{Requester, permissions_of},
    control::{Account, AccountId, RoleId, Settings, firewall_settings},
    instance::Instance,
    limits::ROLES_MAX,
};

/// A change of settings whose members have been checked.
#[derive(Clone, Debug)]
pub(crate) struct SettingsRequest(AccountSettingsChange);

impl TryFrom<AccountSettingsChange> for SettingsRequest {
    type Error = AdminError;

    fn try_from(mut change: AccountSettingsChange) -> Result<Self, AdminError> {
        if let Some(name) = change.name.take() {
            change.name = Some(checked_name("name", name)?);
        }
        if let Some(Some(zone)) = change.time_zone.take_if(|zone| zone.is_some()) {
            change.time_zone = Some(Some(checked_zone("time_zone", zone)?));
        }
        if let Some(packs) = &change.packs_off {
            checked_packs("packs_off", packs)?;
        }
        Ok(Self(change))
    }
}

impl SettingsRequest {
    fn applied_to(&self, before: &Settings) -> Result<Settings, AdminError> {
        let Self(change) = self;
        let mut settings = before.clone();
        if let Some(name) = &change.name {
            settings.name.clone_from(name);
        }
        if let Some(zone) = &change.time_zone {
            settings.time_zone.clone_from(zone);
        }
        if let Some(day) = change.week_start {
            settings.week_start = day;
        }
        if let Some(set) = change.column_set {
            settings.column_set = set;
        }
        if let Some(packs) = &change.packs_off {
            settings.packs_off = checked_packs("packs_off", packs)?;
        }
        if let Some(strict) = change.catalog_strict {
            settings.catalog_strict = strict;
        }
        if let Some(viewers) = &change.viewers {
            settings.viewers = viewers
                .as_ref()
                .map(|ids| ids.iter().map(|id| RoleId::of(id)).collect());
        }
        if let Some(firewall) = &change.firewall {
            settings.firewall = Arc::new(changed_rules(&settings.firewall, firewall)?);
        }
        Ok(settings)
    }
}

/// The rules of the firewall with what is to change about them, checked.
fn changed_rules(
    before: &FirewallRules,
    change: &FirewallSettingsChange,
) -> Result<FirewallRules, AdminError> {
    let list =
        |new: &Option<Vec<String>>, old: &[String]| new.clone().unwrap_or_else(|| old.to_vec());
    FirewallRules::new(
        list(&change.names, before.names()),
        list(&change.allow, before.allow()),
        list(&change.prefixes, before.prefixes()),
        change.entropy.unwrap_or_else(|| before.entropy()),
    )
    .map_err(|problem| AdminError::Invalid {
        member: match problem.member {
            "names" => "firewall/names",
            "allow" => "firewall/allow",
            _ => "firewall/prefixes",
        },
        message: match problem.index {
            Some(index) => format!("number {index}: {}", problem.message),
            None => problem.message,
        },
    })
}

impl Instance {
    /// Changes the settings of an account; what stays as it is leaves no trace.
    pub(crate) async fn change_settings(
        self: &Arc<Self>,
        id: &AccountId,
        request: SettingsRequest,
        by: Requester,
    ) -> Result<Arc<Account>, AdminError> {
        let (instance, id) = (Arc::clone(self), id.clone());
        to_the_end(async move {
            // Two changes at once must both see the settings that the other one left.
            let _changing = instance.creating.lock().await;
            let Some(account) = instance.control.accounts.get(&id) else {
                return Err(AdminError::NoSuchAccount { id });
            };
            let mut after = Account::clone(&account);
            after.settings = request.applied_to(&account.settings)?;
            // Nobody else makes roles or members meanwhile: the roles that are named here stay.
            let _still = instance.control.people.still().await;
            if let Some(Some(viewers)) = &request.0.viewers {
                instance.checked_viewers(&id, viewers)?;
            }
            instance.may_choose_viewers(&account, &after, &by)?;
            let changes = differences(&account.settings, &after.settings);
            if changes.is_empty() {
                return Ok(account);
            }
            let after = instance
                .control
                .accounts
                .insert(after)
                .await
                .map_err(AdminError::Control)?;
            instance.catalogues.renew(&instance.control, &id);
            tracing::info!(
                account = id.as_str(),
                by = by.principal.id(),
                "settings changed"
            );
            instance
                .audit
                .changed(Change {
                    account: id.clone(),
                    principal: by.principal,
                    client: by.client,
                    action: "audit_log.settings_update",
                    target_type: "account",
                    target_id: id.to_string(),
                    target_name: after.settings.name.clone(),
                    changes,
                    metadata: Map::new(),
                })
                .await;
            Ok(after)
        })
        .await
    }
}

impl Instance {
    /// The roles that may view exist, each is named once, and owners are among them.
    fn checked_viewers(&self, account: &AccountId, viewers: &[String]) -> Result<(), AdminError> {
        let refused = |message: String| AdminError::Unusable {
            pointer: "/viewers".to_owned(),
            message,
        };
        let most = BuiltInRole::ALL.len() + ROLES_MAX;
        if viewers.len() > most {
            return Err(refused(format!("expected at most {most} roles")));
        }
        for (n, id) in viewers.iter().enumerate() {
            self.role_named(account, &format!("viewers/{n}"), id)?;
        }
        if !viewers.iter().any(|id| id == BuiltInRole::Owner.as_str()) {
            return Err(refused(
                "owners may always view: expected owner in the list".to_owned(),
            ));
        }
        Ok(())
    }

    /// Whoever decides who may view gives and takes, so he must reach as far as each role that it changes.
    fn may_choose_viewers(
        &self,
        before: &Arc<Account>,
        after: &Account,
        by: &Requester,
    ) -> Result<(), AdminError> {
        let (old, new) = (
            before.settings.viewers.as_ref(),
            after.settings.viewers.as_ref(),
        );
        if old == new {
            return Ok(());
        }
        for role in self.control.roles.of(&before.id) {
            if permissions_of(&role, old) != permissions_of(&role, new) {
                self.may_shape_as(&by.principal, before, &role, old)?;
                self.may_shape_as(&by.principal, before, &role, new)?;
            }
        }
        Ok(())
    }
}

/// The settings as the API answers them.
pub(crate) fn described(settings: &Settings) -> AccountSettings {
    AccountSettings {
        name: settings.name.clone(),
        time_zone: settings.time_zone.clone(),
        week_start: settings.week_start,
        column_set: settings.column_set,
        packs_off: settings
            .packs_off
            .iter()
            .map(|pack| pack.as_str().to_owned())
            .collect(),
        catalog_strict: settings.catalog_strict,
        viewers: settings
            .viewers
            .as_ref()
            .map(|roles| roles.iter().map(ToString::to_string).collect()),
        firewall: firewall_settings(&settings.firewall),
    }
}

fn differences(before: &Settings, after: &Settings) -> Vec<Value> {
    members_that_differ(&json!(described(before)), &json!(described(after)))
}

/// The members of two objects that differ, as the changes of an event.
pub(crate) fn members_that_differ(before: &Value, after: &Value) -> Vec<Value> {
    let (Some(old), Some(new)) = (before.as_object(), after.as_object()) else {
        return Vec::new();
    };
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let member = |of: &Map<String, Value>, name: &String| of.get(name).cloned();
    names
        .into_iter()
        .map(|name| (name, member(old, name), member(new, name)))
        .filter(|(_, old, new)| old != new)
        .map(|(name, old, new)| json!({"path": format!("/{name}"), "old": old, "new": new}))
        .collect()
}
