use std::sync::Arc;

use api::Permission;

use crate::{
    control::{AccountId, Key},
    http::Client,
};

/// Who is asking: the bearer of a key, or the operator of the machine.
#[derive(Clone, Debug)]
pub enum Principal {
    /// The bearer of an API key that works.
    Key(Arc<Key>),
    /// Who can open the administration socket or the data directory: the owner of the files, who may do everything.
    Operator,
}

/// Who asks for a change, and from where.
#[derive(Clone, Debug)]
pub struct Requester {
    pub(crate) principal: Principal,
    /// Unknown for the operator.
    pub(crate) client: Client,
}

impl From<&Principal> for Requester {
    fn from(principal: &Principal) -> Self {
        Self {
            principal: principal.clone(),
            client: Client::default(),
        }
    }
}

impl From<&Self> for Requester {
    fn from(requester: &Self) -> Self {
        requester.clone()
    }
}

impl Principal {
    /// The id under which uses are recorded: that of the key, or `operator`.
    pub fn id(&self) -> &str {
        match self {
            Self::Key(key) => &key.id,
            Self::Operator => "operator",
        }
    }

    /// The name for people.
    pub fn name(&self) -> &str {
        match self {
            Self::Key(key) => &key.name,
            Self::Operator => "Operator",
        }
    }

    /// The only account this principal may see; `None` when it may see all of them.
    pub fn account(&self) -> Option<&AccountId> {
        match self {
            Self::Key(key) => key.account.as_ref(),
            Self::Operator => None,
        }
    }

    /// Whether the principal may see that the account exists.
    pub fn sees(&self, account: &AccountId) -> bool {
        self.account().is_none_or(|own| own == account)
    }

    /// Whether the principal may do this in every account it sees.
    pub fn may(&self, permission: Permission) -> bool {
        match self {
            Self::Key(key) => key.permissions.contains(&permission),
            Self::Operator => true,
        }
    }
}
