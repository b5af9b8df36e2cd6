//! What goes over the administration socket of a running server, where no token is asked for.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Permission;

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
}
