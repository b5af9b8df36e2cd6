//! The packs of declarations that are compiled in.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};

use super::{Declared, ResourceType};

/// One vocabulary that can be on or off for an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PackId {
    /// Accounts with models, agents, roles, guardrails and datasets.
    Gale,
    /// Organizations with members, invitations, credits and single sign-on: `organization.*`.
    Kilo,
    /// Customer service with inboxes, teams and automation rules.
    LiveAgent,
    /// Any application: `auth.*`, `data.*`, `access.*`, `setting.*`, `system.*`.
    Generic,
    /// What the audit log records about itself; always on.
    AuditLog,
}

impl PackId {
    /// All of them; where two declarations are equally near, the earlier pack wins.
    pub const ALL: [Self; 5] = [
        Self::Gale,
        Self::Kilo,
        Self::LiveAgent,
        Self::Generic,
        Self::AuditLog,
    ];

    /// Those that an account may turn off.
    pub const SWITCHABLE: [Self; 4] = [Self::Gale, Self::Kilo, Self::LiveAgent, Self::Generic];

    /// The pack's name in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gale => "gale",
            Self::Kilo => "kilo",
            Self::LiveAgent => "live_agent",
            Self::Generic => "generic",
            Self::AuditLog => "audit_log",
        }
    }

    /// The pack of this name, exactly as [`PackId::as_str`] writes it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pack| pack.as_str() == name)
    }

    const fn text(self) -> &'static str {
        match self {
            Self::Gale => include_str!("packs/gale.json"),
            Self::Kilo => include_str!("packs/kilo.json"),
            Self::LiveAgent => include_str!("packs/live_agent.json"),
            Self::Generic => include_str!("packs/generic.json"),
            Self::AuditLog => include_str!("packs/audit_log.json"),
        }
    }
}

impl std::fmt::Display for PackId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// The content of one pack.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Which one it is.
    #[serde(rename = "pack")]
    pub id: PackId,
    /// What it is for, in a sentence.
    pub description: String,
    /// The types of things its events are about.
    #[serde(default)]
    pub types: Vec<ResourceType>,
    /// Its declarations, in the order of its author.
    #[serde(deserialize_with = "shared")]
    pub events: Vec<Arc<Declared>>,
}

static PACKS: LazyLock<Vec<Pack>> =
    LazyLock::new(|| PackId::ALL.into_iter().map(Pack::read).collect());

/// Every declaration of every pack, by its action and its other names.
static DECLARATIONS: LazyLock<BTreeMap<&'static str, &'static Declared>> = LazyLock::new(|| {
    let declared = PACKS.iter().flat_map(|pack| &pack.events);
    declared
        .flat_map(|declared| {
            let names = std::iter::once(&declared.action).chain(&declared.aliases);
            names.map(|name| (name.as_str(), declared.as_ref()))
        })
        .collect()
});

impl Pack {
    /// Every pack, read once per process.
    pub fn all() -> &'static [Self] {
        &PACKS
    }

    /// What some pack declares under this action or other name, whether it is on anywhere or not.
    pub fn declaration(name: &str) -> Option<&'static Declared> {
        DECLARATIONS.get(name).copied()
    }

    fn read(id: PackId) -> Self {
        let mut pack: Self =
            serde_json::from_str(id.text()).expect("the compiled-in packs are read by a test");
        for event in &mut pack.events {
            Arc::make_mut(event).pack = Some(pack.id);
        }
        pack
    }
}

fn shared<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<Arc<Declared>>, D::Error> {
    Ok(Vec::<Declared>::deserialize(from)?
        .into_iter()
        .map(Arc::new)
        .collect())
}
