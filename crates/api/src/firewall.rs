//! The secrets firewall: what an account adds to its rules, and what it took out.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an account adds to the rules that all accounts have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FirewallSettings {
    /// Further names of secrets, at most 100 of at most 64 bytes; compared by their last words, whatever separates them.
    #[schema(max_items = 100)]
    pub names: Vec<String>,
    /// Names whose values are never secrets by name, and may look random, at most 100; compared whole, by their words.
    #[schema(max_items = 100)]
    pub allow: Vec<String>,
    /// Whether values in `metadata` and `changes` that look random are secrets.
    pub entropy: bool,
    /// What tokens of the account's own products begin with, at most 20 of 3 to 32 characters.
    #[schema(max_items = 20)]
    pub prefixes: Vec<String>,
}

impl Default for FirewallSettings {
    fn default() -> Self {
        Self {
            names: Vec::new(),
            allow: Vec::new(),
            entropy: true,
            prefixes: Vec::new(),
        }
    }
}

/// What is to change about the rules of an account; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FirewallSettingsChange {
    /// All further names of secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names: Option<Vec<String>>,
    /// All names that are never those of secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allow: Option<Vec<String>>,
    /// Whether values that look random are secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entropy: Option<bool>,
    /// All prefixes of tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefixes: Option<Vec<String>>,
}

/// What the firewall took out of the events of an account since it exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FirewallReport {
    /// The rules that told a secret, in the order of their ids.
    pub rules: Vec<FirewallRule>,
    /// How many secrets were replaced.
    pub total: u64,
}

/// How often a rule told a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FirewallRule {
    /// Its id: `name:api_key`, `token:github_pat`, `entropy`, `account:name`, `account:prefix`.
    pub rule: String,
    /// How many secrets it told.
    pub count: u64,
    /// When the last of them came, RFC 3339 in UTC.
    pub last_at: String,
}
