//! Groups of a provider become memberships: a plan, without looking at anything but its parameters. Pure.

use std::collections::BTreeMap;

use crate::{
    config::{EVERYBODY, OidcRule},
    control::{AccountId, Membership, RoleId},
};

/// What has to happen to one membership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The person becomes a member.
    Add { account: AccountId, role: RoleId },
    /// The member gets another role.
    Change { account: AccountId, role: RoleId },
    /// The membership ends.
    Remove { account: AccountId },
}

impl Step {
    /// What the person is afterwards; `None` when no member.
    pub(crate) fn role(&self) -> Option<&RoleId> {
        match self {
            Self::Add { role, .. } | Self::Change { role, .. } => Some(role),
            Self::Remove { .. } => None,
        }
    }

    /// The account that it concerns.
    pub(crate) fn account(&self) -> &AccountId {
        match self {
            Self::Add { account, .. } | Self::Change { account, .. } | Self::Remove { account } => {
                account
            }
        }
    }
}

/// What the rules make of somebody in these groups; in each account the first rule that fits counts.
///
/// A rule whose account or role does not exist is left out.
pub(crate) fn wanted(
    rules: &[OidcRule],
    groups: &[&str],
    exists: impl Fn(&AccountId, &RoleId) -> bool,
) -> BTreeMap<AccountId, RoleId> {
    let mut wanted = BTreeMap::new();
    for rule in rules {
        let fits = rule.group == EVERYBODY || groups.contains(&rule.group.as_str());
        let Some(account) = fits.then(|| rule.account.parse().ok()).flatten() else {
            continue;
        };
        let role = RoleId::of(&rule.role);
        if exists(&account, &role) {
            wanted.entry(account).or_insert(role);
        } else {
            tracing::warn!(
                account = rule.account,
                role = rule.role,
                "a rule of a provider names an account or a role that does not exist"
            );
        }
    }
    wanted
}

/// What has to happen so that the memberships that `provider` has made are the wanted ones.
///
/// A membership that somebody else has given stays as it is, whatever the rules say about its account.
pub(crate) fn steps(
    provider: &str,
    wanted: &BTreeMap<AccountId, RoleId>,
    memberships: &BTreeMap<AccountId, Membership>,
) -> Vec<Step> {
    let is_ours = |membership: &Membership| membership.source.as_deref() == Some(provider);
    let mut steps = Vec::new();
    for (account, role) in wanted {
        let account = account.clone();
        let role = role.clone();
        match memberships.get(&account) {
            None => steps.push(Step::Add { account, role }),
            Some(held) if is_ours(held) && held.role != role => {
                steps.push(Step::Change { account, role });
            }
            Some(_) => {}
        }
    }
    let gone = memberships
        .iter()
        .filter(|(account, held)| is_ours(held) && !wanted.contains_key(*account));
    steps.extend(gone.map(|(account, _)| Step::Remove {
        account: account.clone(),
    }));
    steps
}
