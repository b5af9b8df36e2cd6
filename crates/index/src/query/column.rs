//! The columns that criteria compare.

use std::fmt;
use std::str::FromStr;

use crate::error::UnknownColumn;
use crate::limits::METADATA_KEY_BYTES;

/// A property of an event that criteria compare.
///
/// Unless it says otherwise, a column has at most one value, and equality is exact.
/// *Without case* means equal after [`event::fold`]: Unicode simple case folding, without surrounding spaces.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The category label, without case.
    Category,
    /// The event label, without case.
    Event,
    /// The action, `noun.verb`.
    Action,
    /// The kind of change (`create`, `update`, `delete`, `read`, `other`), without case.
    Verb,
    /// Who acted, under several values: the id exactly, the e-mail address and the name without case.
    ///
    /// An actor of type `system` has the value *System* too, without case.
    User,
    /// The id of the actor; for a user who is known by e-mail alone, that address in lower case.
    ActorId,
    /// The e-mail address of the actor, without case.
    ActorEmail,
    /// The type of the actor (`user`, `service`, `api_key`, `agent`, `system`, `anonymous`).
    ActorType,
    /// The types of the targets: several values.
    TargetType,
    /// The ids of the targets: several values, not tied to a type.
    TargetId,
    /// How the action ended (`success`, `failure`, `denied`, `error`), without case.
    Result,
    /// The address of the client, compared as an address.
    Ip,
    /// The part of the product, without case.
    Source,
    /// The request in the product.
    RequestId,
    /// The session in the product.
    SessionId,
    /// The sentence as sent.
    Description,
    /// What happened for the first time: up to two values, [`FirstTime`](crate::query::FirstTime).
    FirstSeen,
    /// The hour of the day, 0 to 23, in the zone of the query.
    Hour,
    /// The day of the week, `mon` to `sun`, in the zone of the query.
    Weekday,
    /// The value under a key of the metadata, compared by its JSON type and value; numbers by value (`1` is `1.0`).
    Metadata(String),
}

const NAMED: [(&str, Column); 19] = [
    ("category", Column::Category),
    ("event", Column::Event),
    ("action", Column::Action),
    ("verb", Column::Verb),
    ("user", Column::User),
    ("actor_id", Column::ActorId),
    ("actor_email", Column::ActorEmail),
    ("actor_type", Column::ActorType),
    ("target_type", Column::TargetType),
    ("target_id", Column::TargetId),
    ("result", Column::Result),
    ("ip", Column::Ip),
    ("source", Column::Source),
    ("request_id", Column::RequestId),
    ("session_id", Column::SessionId),
    ("description", Column::Description),
    ("first_seen", Column::FirstSeen),
    ("hour", Column::Hour),
    ("weekday", Column::Weekday),
];

/// What stands before the key in the name of a metadata column.
pub(crate) const METADATA: &str = "metadata.";

impl Column {
    /// Every column but those of the metadata, in the order of the contract.
    pub fn named() -> impl Iterator<Item = Self> {
        NAMED.into_iter().map(|(_, column)| column)
    }

    /// The name in filters: `actor_email`, or `metadata.<key>`.
    pub fn name(&self) -> String {
        self.to_string()
    }

    /// Whether an event may have several values at once, so that `ne` means that none of them is equal.
    pub const fn is_multi_valued(&self) -> bool {
        matches!(
            self,
            Self::User | Self::TargetType | Self::TargetId | Self::FirstSeen
        )
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Metadata(key) = self {
            return write!(f, "{METADATA}{key}");
        }
        let named = NAMED.iter().find(|(_, column)| column == self);
        f.write_str(named.map_or("", |(name, _)| name))
    }
}

impl FromStr for Column {
    type Err = UnknownColumn;

    fn from_str(name: &str) -> Result<Self, UnknownColumn> {
        if let Some(key) = name.strip_prefix(METADATA) {
            return if key.is_empty() || key.len() > METADATA_KEY_BYTES {
                Err(UnknownColumn::MetadataKey)
            } else {
                Ok(Self::Metadata(key.to_owned()))
            };
        }
        NAMED
            .into_iter()
            .find_map(|(known, column)| (known == name).then_some(column))
            .ok_or_else(|| UnknownColumn::Name(crate::error::shown(name)))
    }
}
