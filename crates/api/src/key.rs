//! API keys: who a program is, and what it may do.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{HiddenFacet, Permission, settings::given};

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
    /// Which parts of events it does not see: at least those that are hidden from the creator.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hide: Vec<HiddenFacet>,
    /// Networks from which it works, such as `203.0.113.0/24`, or addresses; everywhere when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 32)]
    pub networks: Vec<String>,
}

/// What is to change about a key; what is absent stays. What it may do never changes: rotate it, or make another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyChange {
    /// Another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 256)]
    pub name: Option<String>,
    /// The networks from which it works from now on; everywhere when empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 32)]
    pub networks: Option<Vec<String>>,
    /// When it stops working, RFC 3339 and in the future, or null for never.
    #[serde(
        default,
        deserialize_with = "given",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Option<String>>,
}

/// How a key is replaced by another with the same rights.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyRotation {
    /// How many minutes the replaced key works beside the new one, 0 to 10080; 1440 (a day) when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 10080)]
    pub overlap_minutes: Option<u64>,
}

/// A key that replaces another.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RotatedKey {
    /// The id of the new key.
    pub id: String,
    /// Its token, `ann_…`: shown now and never again.
    pub token: String,
    /// The key that it replaces.
    pub replaces: ReplacedKey,
}

/// Never shows the token.
impl std::fmt::Debug for RotatedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RotatedKey")
            .field("id", &self.id)
            .field("token", &"***")
            .field("replaces", &self.replaces)
            .finish()
    }
}

/// A key that was replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReplacedKey {
    /// Its id.
    pub id: String,
    /// When it stops working, RFC 3339 UTC.
    pub expires_at: String,
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
    /// Which parts of events it does not see.
    #[serde(default)]
    #[schema(required = true)]
    pub hide: Vec<HiddenFacet>,
    /// The networks from which it works; everywhere when empty.
    #[serde(default)]
    #[schema(required = true)]
    pub networks: Vec<String>,
    /// The id of the key that it replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotated_from: Option<String>,
    /// The id of the key by which it was replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
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

/// What kind of proof a request carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CredentialKind {
    /// The token of an API key, `ann_…`.
    Key,
    /// A viewer token, `anv_…`.
    ViewerToken,
    /// An access token of an identity provider.
    AccessToken,
    /// The cookie of a session: of a person, or of somebody who opened a portal link.
    Session,
}

/// Who asks, and what that one may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Introspection {
    /// What the request carried.
    pub kind: CredentialKind,
    /// The id of the key, token or person.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The account it is for; null for the whole instance, and for a person with several accounts.
    pub account: Option<String>,
    /// What it may do there now; for a person with several accounts this stands in `/v1/session`.
    pub permissions: Vec<Permission>,
    /// Which parts of events it does not see.
    pub hide: Vec<HiddenFacet>,
    /// When it stops working; null when never.
    pub expires_at: Option<String>,
    /// How a viewer token wants its events shown; absent for everything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display: Option<crate::viewer::Display>,
}
