use std::sync::Arc;

use api::Permission;

use super::AccessToken;
use crate::{
    control::{AccountId, Key, Person, ViewerToken},
    http::Client,
};

/// Who is asking: the bearer of a key, a signed-in person, or the operator of the machine.
#[derive(Clone, Debug)]
pub enum Principal {
    /// The bearer of an API key that works.
    Key(Arc<Key>),
    /// A person whose session works.
    Person(Arc<Person>),
    /// The bearer of an access token of an issuer that the operator trusts.
    AccessToken(Arc<AccessToken>),
    /// The bearer of a viewer token, or of the session of a portal link.
    Viewer(Arc<ViewerToken>),
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
    /// The id under which uses are recorded: that of the key or person, or `operator`.
    pub fn id(&self) -> &str {
        match self {
            Self::Key(key) => &key.id,
            Self::AccessToken(token) => &token.id,
            Self::Person(person) => &person.id,
            // Not the id of the one who views: that is chosen by others, and could be the id of a person here.
            Self::Viewer(token) => &token.id,
            Self::Operator => "operator",
        }
    }

    /// The name for people.
    pub fn name(&self) -> &str {
        match self {
            Self::Key(key) => &key.name,
            Self::AccessToken(token) => &token.name,
            Self::Person(person) => &person.name,
            Self::Viewer(token) => token.viewer_name(),
            Self::Operator => "Operator",
        }
    }

    /// The only account this principal may see; `None` when it may see none or several.
    pub fn only_account(&self) -> Option<&AccountId> {
        match self {
            Self::Key(key) => key.account.as_ref(),
            Self::Person(person) => match person.memberships.len() {
                1 => person.memberships.keys().next(),
                _ => None,
            },
            Self::AccessToken(token) => match token.permissions.len() {
                1 => token.permissions.keys().next(),
                _ => None,
            },
            Self::Viewer(token) => Some(&token.account),
            Self::Operator => None,
        }
    }

    /// Whether the principal may make accounts.
    pub fn may_create_accounts(&self) -> bool {
        match self {
            Self::Key(key) => {
                key.account.is_none() && key.permissions.contains(&Permission::AccountsWrite)
            }
            Self::Person(person) => person.operator,
            // Accounts belong to the instance, and issuers are trusted with single accounts.
            Self::AccessToken(_) | Self::Viewer(_) => false,
            Self::Operator => true,
        }
    }

    /// Who it is, for a sentence about what it lacks.
    pub(crate) fn described(&self) -> String {
        match self {
            Self::Key(key) => format!("the key {}", key.id),
            Self::AccessToken(token) => format!("the access token of {}", token.id),
            Self::Person(person) => format!("the person {}", person.id),
            Self::Viewer(token) => format!("the viewer token {}", token.id),
            Self::Operator => "the operator".to_owned(),
        }
    }
}
