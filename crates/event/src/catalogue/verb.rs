//! What an action does to its target, in five words.

use serde::{Deserialize, Serialize};

/// What an action does to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verb {
    /// Something new exists, or someone got something.
    Create,
    /// Something that exists became different.
    Update,
    /// Something is gone, or was taken away.
    Delete,
    /// Something was only looked at.
    Read,
    /// None of these, as with signing in.
    Other,
}

const CREATE: [&str; 11] = [
    "create", "add", "invite", "upload", "assign", "deploy", "accept", "start", "enable",
    "register", "grant",
];
const UPDATE: [&str; 8] = [
    "update", "edit", "change", "set", "rename", "rotate", "move", "reset",
];
const DELETE: [&str; 8] = [
    "delete", "remove", "revoke", "undeploy", "disable", "unassign", "purge", "erase",
];
/// Words of [`DELETE`] after which the target still exists.
const LEAVES_TARGET: [&str; 3] = ["undeploy", "disable", "unassign"];
const READ: [&str; 7] = [
    "read", "view", "list", "get", "download", "export", "search",
];

fn last_word(action: &str) -> &str {
    action.rsplit(['.', '_']).next().unwrap_or(action)
}

impl Verb {
    /// All of them, in the order in which a menu lists them.
    pub const ALL: [Self; 5] = [
        Self::Create,
        Self::Update,
        Self::Delete,
        Self::Read,
        Self::Other,
    ];

    /// The verb of an undeclared action, told from its last word: `model.finetune_start` ends in `start`.
    pub fn of_action(action: &str) -> Self {
        let word = last_word(action);
        if CREATE.contains(&word) {
            Self::Create
        } else if UPDATE.contains(&word) {
            Self::Update
        } else if DELETE.contains(&word) {
            Self::Delete
        } else if READ.contains(&word) {
            Self::Read
        } else {
            Self::Other
        }
    }

    /// Whether the target is gone after the action: an undeployed model is not.
    pub fn ends_target(self, action: &str) -> bool {
        self == Self::Delete && !LEAVES_TARGET.contains(&last_word(action))
    }

    /// The verb as it stands in answers and filters.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Read => "read",
            Self::Other => "other",
        }
    }

    /// The verb of this name, exactly as [`Verb::as_str`] writes it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.as_str() == name)
    }
}

impl std::fmt::Display for Verb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}
