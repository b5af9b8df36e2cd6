//! Who may do what in the demo: one member for each role, and one of a role of the account's own.

use anyhow::{Context, Result};
use sdk::api::admin::NewAdminMember;
use sdk::api::role::NewRole;
use sdk::api::{HiddenFacet, Permission};
use sdk::event::Timestamp;
use server::admin::{MemberRequest, RoleRequest};
use server::{AccountId, Instance, Principal};
use std::sync::Arc;

/// How long the auditor from outside is a member.
const AUDIT_MS: u64 = 90 * 24 * 60 * 60 * 1_000;

/// Somebody besides the owner.
pub(super) struct Member {
    pub(super) email: &'static str,
    name: &'static str,
    /// What the person is, in words.
    pub(super) role: &'static str,
    /// Whether the membership ends after [`AUDIT_MS`].
    leaves: bool,
}

const fn member(email: &'static str, name: &'static str, role: &'static str) -> Member {
    Member {
        email,
        name,
        role,
        leaves: false,
    }
}

/// The role of the account's own.
const OWN_ROLE: &str = "Support lead";

/// Everybody besides the owner; the people are those of the story.
pub(super) const MEMBERS: [Member; 6] = [
    member(
        "tomas.quintela@acme-robotics.example",
        "Tomás Quintela",
        "admin",
    ),
    member(
        "ruth.abelson@acme-robotics.example",
        "Ruth Abelson",
        "compliance",
    ),
    Member {
        leaves: true,
        ..member("nadia.petrova@auditors.example", "Nadia Petrova", "auditor")
    },
    member(
        "grace.okafor@acme-robotics.example",
        "Grace Okafor",
        "developer",
    ),
    member(
        "sofia.lindqvist@acme-robotics.example",
        "Sofia Lindqvist",
        OWN_ROLE,
    ),
    member("kofi.mensah@acme-robotics.example", "Kofi Mensah", "member"),
];

/// Makes everybody a member of `account`, all with the same password, so that each role can be tried.
pub(super) async fn settle(
    instance: &Arc<Instance>,
    account: &str,
    password: &str,
    now_ms: u64,
) -> Result<()> {
    let id: AccountId = account.parse()?;
    let own = NewRole {
        name: OWN_ROLE.to_owned(),
        permissions: vec![Permission::AuditRead],
        hide: vec![HiddenFacet::Context],
    };
    let own = instance
        .create_role(&id, RoleRequest::try_from(own)?, &Principal::Operator)
        .await
        .context("making a role of the demo's own")?;
    for member in MEMBERS {
        let role = if member.role == OWN_ROLE {
            own.id.clone()
        } else {
            member.role.to_owned()
        };
        let ends_ms = now_ms.saturating_add(AUDIT_MS);
        let new = NewAdminMember {
            account: account.to_owned(),
            email: member.email.to_owned(),
            name: member.name.to_owned(),
            password: Some(password.to_owned()),
            role: Some(role),
            resources: None,
            expires_at: member
                .leaves
                .then(|| Timestamp::from_ms(ends_ms).to_string()),
            operator: false,
        };
        instance
            .add_member(MemberRequest::new(new, now_ms)?, &Principal::Operator)
            .await
            .with_context(|| format!("making {} a member of the demo", member.email))?;
    }
    Ok(())
}
