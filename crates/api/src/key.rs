//! API keys: who a program is, and what it may do.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Permission;

/// What is sent to create a key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewKey {
    /// A name for people, at most 256 bytes.
    #[schema(min_length = 1, max_length = 256)]
    pub name: String,
    /// What it may do: at least one permission, none that the creator lacks.
    #[schema(min_items = 1)]
    pub permissions: Vec<Permission>,
    /// When it stops working, RFC 3339 and in the future; never when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
}

/// A key as it is listed; its token is shown only once, when it is created.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Key {
    /// Its id, `key_…`: the principal under which its use is recorded.
    pub id: String,
    /// The account it is for; null for the whole instance.
    pub account: Option<String>,
    /// The name for people.
    pub name: String,
    /// What it may do.
    pub permissions: Vec<Permission>,
    /// The first characters of its token, to tell keys apart.
    pub prefix: String,
    /// When it was created, RFC 3339 UTC.
    pub created_at: String,
    /// Who created it, as it was called then; null for keys of before this was kept.
    #[serde(default)]
    #[schema(required = true)]
    pub created_by: Option<KeyCreator>,
    /// When it stops working; null when never.
    pub expires_at: Option<String>,
    /// When it was last used, to about a minute; null when never.
    pub last_used_at: Option<String>,
    /// When it was revoked; null while it works.
    pub revoked_at: Option<String>,
}

/// Who created a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeyCreator {
    /// The id of the key or person, or `operator`.
    pub id: String,
    /// Its name then.
    pub name: String,
}

/// A new key with its token.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CreatedKey {
    /// The id of the key.
    pub id: String,
    /// The token, `ann_…`: shown now and never again.
    pub token: String,
}

/// Never shows the token.
impl std::fmt::Debug for CreatedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CreatedKey")
            .field("id", &self.id)
            .field("token", &"***")
            .finish()
    }
}

/// A page of keys, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeyPage {
    /// The keys, the revoked and expired ones included.
    pub keys: Vec<Key>,
    /// The cursor of the next page; null at the end.
    pub next_cursor: Option<String>,
}

/// Who the bearer of a token is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Introspection {
    /// The id of the key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The account it is for; null for the whole instance.
    pub account: Option<String>,
    /// What it may do.
    pub permissions: Vec<Permission>,
    /// When it stops working; null when never.
    pub expires_at: Option<String>,
}
