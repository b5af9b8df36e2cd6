//! What goes over the administration socket of a running server, where no token is asked for.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{HiddenFacet, Permission, member::MemberResource};

/// What is sent to create a key for any account, or for the instance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAdminKey {
    /// The account it is for, created when there is none; the whole instance when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// A name for people, at most 256 bytes.
    #[schema(min_length = 1, max_length = 256)]
    pub name: String,
    /// What it may do: at least one permission.
    #[schema(min_items = 1)]
    pub permissions: Vec<Permission>,
    /// When it stops working, RFC 3339 and in the future; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
    /// Which parts of events it does not see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hide: Vec<HiddenFacet>,
    /// Networks from which it works, or addresses; everywhere when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 32)]
    pub networks: Vec<String>,
}

/// What is sent to make a person a member of an account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAdminMember {
    /// The account, which exists.
    pub account: String,
    /// The address with which the person signs in.
    pub email: String,
    /// The name of the person; that of a person who is known stays as it is.
    #[schema(min_length = 1, max_length = 256)]
    pub name: String,
    /// The password of a person who is not known yet; must be absent when the person is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 12, max_length = 256, format = Password)]
    pub password: Option<String>,
    /// The id of its role in the account; `owner` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The resources whose log it may see, 1 to 100 of them; everything that its role may see when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 1, max_items = 100)]
    pub resources: Option<Vec<MemberResource>>,
    /// When the membership ends, RFC 3339 and in the future; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
    /// Whether the person may also create accounts; a person who may already stays so.
    #[serde(default)]
    pub operator: bool,
}

/// Never shows the password.
impl std::fmt::Debug for NewAdminMember {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewAdminMember")
            .field("account", &self.account)
            .field("email", &self.email)
            .field("name", &self.name)
            .field("password", &"***")
            .field("role", &self.role)
            .field("resources", &self.resources)
            .field("expires_at", &self.expires_at)
            .field("operator", &self.operator)
            .finish()
    }
}

/// A new member, with the password when one was made up.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AddedMember {
    /// The membership.
    #[serde(flatten)]
    pub member: crate::member::Member,
    /// The password that was made up for a new person: shown now and never again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

/// Never shows the password.
impl std::fmt::Debug for AddedMember {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AddedMember")
            .field("member", &self.member)
            .field("password", &"***")
            .finish()
    }
}
