//! Invitations: links with which somebody becomes a member of an account.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::member::MemberResource;

/// What is sent to invite somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    /// The address of whoever is invited, at most 256 bytes.
    #[schema(max_length = 256)]
    pub email: String,
    /// The id of a role of the account.
    pub role: String,
    /// The resources whose log the member will see, 1 to 100 of them; absent or null for everything that the role may see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 1, max_items = 100)]
    pub resources: Option<Vec<MemberResource>>,
    /// When the membership will end, RFC 3339 and in the future; absent or null for never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub membership_expires_at: Option<String>,
}

/// Who did something, as it was called then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Inviter {
    /// The id of the person or key, or `operator`.
    pub id: String,
    /// The name.
    pub name: String,
}

/// An invitation that was not accepted yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Invitation {
    /// The id, `inv_…`.
    pub id: String,
    /// The address of whoever is invited.
    pub email: String,
    /// The id of the role.
    pub role: String,
    /// The name of that role for people.
    pub role_name: String,
    /// The resources whose log the member will see; null for everything that the role may see.
    #[serde(default)]
    #[schema(required = true)]
    pub resources: Option<Vec<MemberResource>>,
    /// Who invited.
    pub invited_by: Inviter,
    /// When, RFC 3339 UTC.
    pub created_at: String,
    /// When the link stops working, RFC 3339 UTC.
    pub expires_at: String,
    /// When the membership will end; null when never.
    #[serde(default)]
    #[schema(required = true)]
    pub membership_expires_at: Option<String>,
}

/// The invitations of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Invitations {
    /// In the order of addresses.
    pub invitations: Vec<Invitation>,
}

/// An invitation with its link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CreatedInvitation {
    /// The invitation.
    pub invitation: Invitation,
    /// The link: shown now and never again. Whoever has it can follow it.
    pub link: String,
}

/// Never shows the link.
impl fmt::Debug for CreatedInvitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CreatedInvitation")
            .field("invitation", &self.invitation)
            .field("link", &"***")
            .finish()
    }
}

/// An account or role by its id, with its name for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

/// What an invitation says to whoever follows its link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InvitationRead {
    /// Into which account.
    pub account: Named,
    /// For which address.
    pub email: String,
    /// As what.
    pub role: Named,
    /// The name of whoever invited.
    pub invited_by: String,
    /// When the link stops working, RFC 3339 UTC.
    pub expires_at: String,
    /// Whether somebody with this address can sign in here already, or with a provider, and has to.
    pub known: bool,
}

/// What is sent to accept an invitation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationAcceptance {
    /// What stood behind `#code=` in the link.
    #[schema(max_length = 64)]
    pub code: String,
    /// The name of somebody new, at most 256 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 256)]
    pub name: Option<String>,
    /// The password of somebody new: at least 12 characters and at most 256 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 12, max_length = 256, format = Password)]
    pub password: Option<String>,
}

/// Never shows the code and the password.
impl fmt::Debug for InvitationAcceptance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InvitationAcceptance(***)")
    }
}
