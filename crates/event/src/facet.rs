//! The eight parts of an event that can be erased or hidden one by one.
//!
//! Each facet is a JSON object in canonical form; merging the objects by member and position gives the event.
//!
//! ```text
//! 0 core      schema, id, action, action_as_sent, event, category, occurred_at, outcome{result, code}, producer
//! 1 actor     actor{type, id}, on_behalf_of[{type, id}]
//! 2 names     actor{name, email, href, metadata}, on_behalf_of[…], targets[{name, href, metadata}]
//! 3 targets   targets[{type, id}]
//! 4 context   context{ip, peer_ip, forwarded, user_agent, location, session_id, request_id, traceparent, source}
//! 5 changes   changes[{path, old, new}]
//! 6 text      description, outcome{reason}
//! 7 metadata  metadata{…}
//! ```
//!
//! Absent, null and empty members are left out, except inside `changes[].old`, `changes[].new` and under `metadata`.
//! The arrays of facet 2 keep the positions of facets 1 and 3 with `{}`; `{}` at their ends are cut.
//! An empty facet is absent.

mod merge;
mod read;
mod shape;
mod write;

use std::fmt;

pub use merge::MergeFailure;
pub use read::FacetFailure;

/// How many facets an event has at most.
pub const FACETS: usize = 8;

/// The version of the facets that is written, member `schema` of facet 0.
pub const SCHEMA: u64 = 1;

/// One part of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Facet {
    /// What was done, when and with what result.
    Core = 0,
    /// The ids of who did it.
    Actor = 1,
    /// Names, e-mail addresses, links and free data of actors and targets.
    Names = 2,
    /// The ids of what it was done to.
    Targets = 3,
    /// Where it came from.
    Context = 4,
    /// Values before and after.
    Changes = 5,
    /// Sentences.
    Text = 6,
    /// Free data.
    Metadata = 7,
}

impl Facet {
    /// Every facet in its order.
    pub const ALL: [Self; FACETS] = [
        Self::Core,
        Self::Actor,
        Self::Names,
        Self::Targets,
        Self::Context,
        Self::Changes,
        Self::Text,
        Self::Metadata,
    ];

    /// The number of the facet, 0 to 7.
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The name of the facet, as roles and keys hide it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::Actor => "actor",
            Self::Names => "names",
            Self::Targets => "targets",
            Self::Context => "context",
            Self::Changes => "changes",
            Self::Text => "text",
            Self::Metadata => "metadata",
        }
    }

    /// The facet of this name, exactly as [`Facet::as_str`] writes it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.as_str() == name)
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The facets of one entry, each as canonical JSON (RFC 8785), absent ones left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets([Option<Box<[u8]>>; FACETS]);

impl Facets {
    /// The facets of these bytes, by number.
    pub const fn from_parts(parts: [Option<Box<[u8]>>; FACETS]) -> Self {
        Self(parts)
    }

    /// The bytes by number.
    pub fn into_parts(self) -> [Option<Box<[u8]>>; FACETS] {
        self.0
    }

    /// The bytes by number, borrowed.
    pub const fn parts(&self) -> &[Option<Box<[u8]>>; FACETS] {
        &self.0
    }

    /// The canonical JSON of one facet.
    pub fn get(&self, facet: Facet) -> Option<&[u8]> {
        self.0.get(usize::from(facet.number()))?.as_deref()
    }

    /// The same without one facet.
    #[must_use]
    pub fn without(mut self, facet: Facet) -> Self {
        if let Some(part) = self.0.get_mut(usize::from(facet.number())) {
            *part = None;
        }
        self
    }

    /// The facets that are there, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (Facet, &[u8])> {
        Facet::ALL
            .into_iter()
            .zip(&self.0)
            .filter_map(|(facet, part)| Some((facet, part.as_deref()?)))
    }

    /// The size of the event: the sum of its facets in bytes.
    pub fn byte_len(&self) -> usize {
        self.iter().map(|(_, part)| part.len()).sum()
    }
}
