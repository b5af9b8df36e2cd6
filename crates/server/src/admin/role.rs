//! Roles of an account: made, changed, renamed and deleted, and what is recorded about it.

use std::{collections::BTreeSet, sync::Arc};

use api::{
    HiddenFacet, Permission,
    role::{NewRole, RoleChange},
};
use data_encoding::BASE32_NOPAD;
use serde_json::{Map, Value, json};

use super::{AdminError, account::checked_name, settings::members_that_differ, to_the_end};
use crate::{
    audit::notice::Change,
    auth::{Requester, permissions_of},
    control::{Account, AccountId, ControlError, Role, RoleId, folded_name},
    instance::Instance,
    limits::ROLES_MAX,
    randomness,
};

/// What a role shall be, with members that have been checked; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct RoleRequest {
    name: Option<String>,
    permissions: Option<Vec<Permission>>,
    hide: Option<BTreeSet<HiddenFacet>>,
}

impl TryFrom<NewRole> for RoleRequest {
    type Error = AdminError;

    fn try_from(new: NewRole) -> Result<Self, AdminError> {
        Self::try_from(RoleChange {
            name: Some(new.name),
            permissions: Some(new.permissions),
            hide: Some(new.hide),
        })
    }
}

impl TryFrom<RoleChange> for RoleRequest {
    type Error = AdminError;

    fn try_from(change: RoleChange) -> Result<Self, AdminError> {
        let name = change.name.map(|name| checked_name("name", name));
        let in_order = |wanted: Vec<Permission>| {
            let is_wanted = |permission: &Permission| wanted.contains(permission);
            Permission::ALL.iter().copied().filter(is_wanted).collect()
        };
        Ok(Self {
            name: name.transpose()?.map(|name| name.trim().to_owned()),
            permissions: change.permissions.map(in_order),
            hide: change.hide.map(BTreeSet::from_iter),
        })
    }
}

impl Instance {
    /// Makes a role of the account's own.
    pub async fn create_role(
        self: &Arc<Self>,
        account: &AccountId,
        request: RoleRequest,
        by: impl Into<Requester>,
    ) -> Result<api::role::Role, AdminError> {
        let (instance, id, by) = (Arc::clone(self), account.clone(), by.into());
        to_the_end(async move {
            // Held in this order everywhere: what an account has decided, then who is what.
            let _creating = instance.creating.lock().await;
            let _still = instance.control.people.still().await;
            let account = instance.known_account(&id)?;
            let roles = instance.control.roles.of(&id);
            let own = roles
                .iter()
                .filter(|role| matches!(role.id, RoleId::Own(_)));
            if own.count() >= ROLES_MAX {
                return Err(AdminError::Control(ControlError::TooManyRoles));
            }
            let bytes: [u8; 10] = randomness::array(instance.randomness.as_ref());
            let name = format!("role_{}", BASE32_NOPAD.encode(&bytes).to_ascii_lowercase());
            let role = Role {
                id: RoleId::Own(name.into()),
                name: request.name.unwrap_or_default(),
                permissions: request.permissions.unwrap_or_default(),
                hide: request.hide.unwrap_or_default(),
                created_ms: instance.clock.now_ms(),
            };
            instance.ensure_name_is_free(&id, &role)?;
            instance.may_shape(&by.principal, &account, &role)?;
            let role = instance
                .control
                .roles
                .put(&id, role)
                .await
                .map_err(AdminError::Control)?;
            let changes = members_that_differ(&json!({}), &told(&role));
            instance
                .role_changed("audit_log.role_create", &id, &role, changes, &by)
                .await;
            Ok(instance.described_role(&account, &role))
        })
        .await
    }

    /// Changes a role; of a built-in one only the name. What stays as it is leaves no trace.
    pub async fn change_role(
        self: &Arc<Self>,
        account: &AccountId,
        role: &str,
        request: RoleRequest,
        by: impl Into<Requester>,
    ) -> Result<api::role::Role, AdminError> {
        let (instance, id, by) = (Arc::clone(self), account.clone(), by.into());
        let role_id = RoleId::of(role);
        to_the_end(async move {
            let _creating = instance.creating.lock().await;
            let _still = instance.control.people.still().await;
            let account = instance.known_account(&id)?;
            let before = instance.known_role(&id, &role_id)?;
            if matches!(role_id, RoleId::BuiltIn(_)) {
                only_renamed(&request)?;
            }
            let mut after = Role::clone(&before);
            if let Some(name) = request.name {
                after.name = name;
            }
            if let Some(permissions) = request.permissions {
                after.permissions = permissions;
            }
            if let Some(hide) = request.hide {
                after.hide = hide;
            }
            instance.may_shape(&by.principal, &account, &before)?;
            instance.may_shape(&by.principal, &account, &after)?;
            instance.ensure_name_is_free(&id, &after)?;
            let changes = members_that_differ(&told(&before), &told(&after));
            if changes.is_empty() {
                return Ok(instance.described_role(&account, &before));
            }
            let after = instance
                .control
                .roles
                .put(&id, after)
                .await
                .map_err(AdminError::Control)?;
            instance
                .role_changed("audit_log.role_update", &id, &after, changes, &by)
                .await;
            Ok(instance.described_role(&account, &after))
        })
        .await
    }

    /// Deletes a role of the account's own that nobody has and nothing names.
    pub async fn delete_role(
        self: &Arc<Self>,
        account: &AccountId,
        role: &str,
        by: impl Into<Requester>,
    ) -> Result<(), AdminError> {
        let (instance, id, by) = (Arc::clone(self), account.clone(), by.into());
        let role_id = RoleId::of(role);
        to_the_end(async move {
            let _creating = instance.creating.lock().await;
            let _still = instance.control.people.still().await;
            let account = instance.known_account(&id)?;
            let role = instance.known_role(&id, &role_id)?;
            instance.may_shape(&by.principal, &account, &role)?;
            if let Some(by_what) = instance.use_of(&account, &role).await? {
                return Err(AdminError::RoleInUse { by_what });
            }
            instance
                .control
                .roles
                .remove(&id, &role_id)
                .await
                .map_err(AdminError::Control)?;
            let changes = members_that_differ(&told(&role), &json!({}));
            instance
                .role_changed("audit_log.role_delete", &id, &role, changes, &by)
                .await;
            Ok(())
        })
        .await
    }

    /// The roles of an account: the built-in ones, the most powerful first, then its own by name.
    pub fn roles(&self, account: &AccountId) -> Result<Vec<api::role::Role>, AdminError> {
        let account = self.known_account(account)?;
        let roles = self.control.roles.of(&account.id);
        let described = |role: &Arc<Role>| self.described_role(&account, role);
        Ok(roles.iter().map(described).collect())
    }

    pub(super) fn known_account(&self, id: &AccountId) -> Result<Arc<Account>, AdminError> {
        let account = self.control.accounts.get(id);
        account.ok_or_else(|| AdminError::NoSuchAccount { id: id.clone() })
    }

    fn known_role(&self, account: &AccountId, id: &RoleId) -> Result<Arc<Role>, AdminError> {
        let role = self.control.roles.get(account, id);
        role.ok_or(AdminError::Control(ControlError::NoSuchRole))
    }

    /// The role that a request names as `member`; one that the account does not have is refused with the nearest.
    pub(crate) fn role_named(
        &self,
        account: &AccountId,
        member: &str,
        text: &str,
    ) -> Result<Arc<Role>, AdminError> {
        let roles = &self.control.roles;
        roles.get(account, &RoleId::of(text)).ok_or_else(|| {
            let message = match roles.nearest(account, text) {
                Some(near) => format!("there is no such role; did you mean {}?", near.id),
                None => "there is no such role".to_owned(),
            };
            AdminError::Unusable {
                pointer: format!("/{member}"),
                message,
            }
        })
    }

    /// No other role of the account, and no built-in one by its first name, is called like this.
    fn ensure_name_is_free(&self, account: &AccountId, role: &Role) -> Result<(), AdminError> {
        let wanted = folded_name(&role.name);
        let clashes = |other: &Arc<Role>| {
            let first = match &other.id {
                RoleId::BuiltIn(role) => folded_name(role.title()),
                RoleId::Own(_) => folded_name(&other.name),
            };
            other.id != role.id && (folded_name(&other.name) == wanted || first == wanted)
        };
        if self.control.roles.of(account).iter().any(clashes) {
            return Err(AdminError::Control(ControlError::RoleNameTaken));
        }
        Ok(())
    }

    /// What still names the role.
    async fn use_of(&self, account: &Account, role: &Role) -> Result<Option<String>, AdminError> {
        if matches!(role.id, RoleId::BuiltIn(_)) {
            return Ok(Some("every account has it".to_owned()));
        }
        let members = self.members_with(&account.id, &role.id);
        if members > 0 {
            return Ok(Some(format!("{members} members have it")));
        }
        let (roles, now_ms) = (&self.control.roles, self.clock.now_ms());
        let invited = roles.invited(&account.id, &role.id, now_ms).await;
        let invited = invited.map_err(AdminError::Control)?;
        if invited > 0 {
            return Ok(Some(format!("{invited} invitations give it")));
        }
        let viewers = account.settings.viewers.as_ref();
        let views = viewers.is_some_and(|viewers| viewers.contains(&role.id));
        Ok(views.then(|| "the setting of who may view names it".to_owned()))
    }

    fn members_with(&self, account: &AccountId, role: &RoleId) -> u64 {
        let people = self.control.people.all();
        let has = |person: &&Arc<crate::control::Person>| {
            person
                .memberships
                .get(account)
                .is_some_and(|it| it.role == *role)
        };
        people.iter().filter(has).count() as u64
    }

    async fn role_changed(
        &self,
        action: &'static str,
        account: &AccountId,
        role: &Role,
        changes: Vec<Value>,
        by: &Requester,
    ) {
        tracing::info!(
            account = account.as_str(),
            role = role.id.as_str(),
            by = by.principal.id(),
            action,
            "role changed"
        );
        let mut metadata = Map::new();
        metadata.insert("permissions".to_owned(), json!(role.permissions));
        self.audit
            .changed(Change {
                account: account.clone(),
                principal: by.principal.clone(),
                client: by.client.clone(),
                action,
                target_type: "access_role",
                target_id: role.id.to_string(),
                target_name: role.name.clone(),
                changes,
                metadata,
            })
            .await;
    }

    /// A role as the API answers it.
    fn described_role(&self, account: &Account, role: &Role) -> api::role::Role {
        let permissions = permissions_of(role, account.settings.viewers.as_ref());
        api::role::Role {
            id: role.id.to_string(),
            name: role.name.clone(),
            built_in: matches!(role.id, RoleId::BuiltIn(_)),
            may_view: permissions.contains(&Permission::AuditRead),
            permissions: permissions.into_iter().collect(),
            hide: role.hide.iter().copied().collect(),
            members: self.members_with(&account.id, &role.id),
        }
    }
}

fn only_renamed(request: &RoleRequest) -> Result<(), AdminError> {
    let refused = |member: &str| {
        let message = "a built-in role can only be renamed".to_owned();
        Err(AdminError::Unusable {
            pointer: format!("/{member}"),
            message,
        })
    };
    if request.permissions.is_some() {
        return refused("permissions");
    }
    if request.hide.is_some() {
        return refused("hide");
    }
    Ok(())
}

/// What is recorded about a role.
fn told(role: &Role) -> Value {
    json!({"name": role.name, "permissions": role.permissions, "hide": role.hide})
}
