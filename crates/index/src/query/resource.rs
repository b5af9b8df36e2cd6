//! The resource whose log is read.

use std::fmt;
use std::str::FromStr;

use crate::error::NotAResource;

/// The type and the id of a target: an event belongs to the log of each of its targets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId {
    /// The type, such as `agent`, compared exactly.
    pub kind: String,
    /// The id, compared exactly.
    pub id: String,
}

impl FromStr for ResourceId {
    type Err = NotAResource;

    /// Reads `type:id`; types have no colon, so the first one separates and the id may have more.
    fn from_str(text: &str) -> Result<Self, NotAResource> {
        match text.split_once(':') {
            Some((kind, id)) if !kind.is_empty() && !id.is_empty() => Ok(Self {
                kind: kind.to_owned(),
                id: id.to_owned(),
            }),
            _ => Err(NotAResource),
        }
    }
}

impl fmt::Display for ResourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.id)
    }
}
