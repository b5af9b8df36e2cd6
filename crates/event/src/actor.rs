//! Who acted, and for whom.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::pointer::Place;
use crate::problem::{code, did_you_mean};
use crate::read::Reader;

/// What kind of actor somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Hash)]
pub enum ActorType {
    /// A person.
    User,
    /// A program that acts on its own account.
    Service,
    /// A program that is known by its key only.
    ApiKey,
    /// An artificial agent.
    Agent,
    /// The product itself; meant when nobody is named.
    #[default]
    System,
    /// Somebody who did not sign in.
    Anonymous,
    /// Not told: the facet was erased or is hidden from the reader. Never sent, never stored.
    Unknown,
}

impl ActorType {
    /// The types that events may have.
    pub const ALL: [Self; 6] = [
        Self::User,
        Self::Service,
        Self::ApiKey,
        Self::Agent,
        Self::System,
        Self::Anonymous,
    ];

    /// The name in events and filters; `unknown` for [`ActorType::Unknown`].
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Service => "service",
            Self::ApiKey => "api_key",
            Self::Agent => "agent",
            Self::System => "system",
            Self::Anonymous => "anonymous",
            Self::Unknown => "unknown",
        }
    }

    /// The type of this name, exactly as [`ActorType::as_str`] writes it; `unknown` is none.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// For people: `User`, `API key`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Service => "Service",
            Self::ApiKey => "API key",
            Self::Agent => "Agent",
            Self::System => "System",
            Self::Anonymous => "Anonymous",
            Self::Unknown => "Unknown",
        }
    }
}

/// Somebody who acts, or for whom is acted.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Actor {
    /// What kind of actor.
    pub kind: ActorType,
    /// The stable identifier in the product, at most 256 bytes.
    ///
    /// There unless the actor is the system, anonymous, or a user who is known by e-mail alone.
    pub id: Option<String>,
    /// The name at that time, at most 256 bytes.
    pub name: Option<String>,
    /// The e-mail address as sent, at most 256 bytes.
    pub email: Option<String>,
    /// Where the actor can be seen in the product, at most 2 KiB.
    pub href: Option<String>,
    /// Free data.
    pub metadata: Map<String, Value>,
}

const MEMBERS: [&str; 6] = ["type", "id", "name", "email", "href", "metadata"];

impl Actor {
    /// What the actor is found by: the id, or for a user without one the lower-cased e-mail address.
    pub fn key(&self) -> Option<Cow<'_, str>> {
        match (&self.id, &self.email) {
            (Some(id), _) => Some(Cow::Borrowed(id)),
            (None, Some(email)) if self.kind == ActorType::User => Some(lower_cased(email)),
            _ => None,
        }
    }

    /// How the actor is shown: the name, else the e-mail address, else the id, else the type (`System`).
    pub fn display(&self) -> &str {
        let known = [&self.name, &self.email, &self.id];
        known
            .into_iter()
            .find_map(Option::as_deref)
            .unwrap_or_else(|| self.kind.label())
    }

    pub(crate) fn read(reader: &mut Reader<'_>, value: Value, at: &Place<'_>) -> Self {
        let mut actor = Self::default();
        let Some(members) = reader.object(value, at) else {
            return actor;
        };
        let mut kind_is_known = true;
        for (key, value) in members {
            let at = at.key(&key);
            match key.as_str() {
                "type" => match read_type(reader, &value, &at) {
                    Some(kind) => actor.kind = kind,
                    None => kind_is_known = value.is_null(),
                },
                "id" => actor.id = reader.name(value, &at),
                "name" => actor.name = reader.name(value, &at),
                "email" => actor.email = reader.name(value, &at),
                "href" => actor.href = reader.line(value, &at),
                "metadata" => actor.metadata = reader.metadata(value, &at),
                _ => reader.unknown(&at, &key, &MEMBERS),
            }
        }
        if kind_is_known {
            actor.require_id(reader, at);
        }
        actor
    }

    fn require_id(&self, reader: &mut Reader<'_>, at: &Place<'_>) {
        let at_id = at.key("id");
        let told = |reader: &Reader<'_>| {
            let pointer = at_id.pointer();
            reader
                .problems
                .iter()
                .any(|problem| problem.pointer == pointer)
        };
        match self.kind {
            ActorType::System | ActorType::Anonymous | ActorType::Unknown => {}
            _ if self.id.is_some() => {}
            ActorType::User if self.email.is_some() => {}
            _ if told(reader) => {}
            ActorType::User => reader.required(&at_id, "the id, or the e-mail address, of a user"),
            kind => reader.required(
                &at_id,
                &format!("the id of an actor of type `{}`", kind.as_str()),
            ),
        }
    }
}

fn read_type(reader: &mut Reader<'_>, value: &Value, at: &Place<'_>) -> Option<ActorType> {
    let parse = |name: &str| {
        ActorType::from_name(name).ok_or_else(|| {
            let names = ActorType::ALL.map(ActorType::as_str);
            let hint = did_you_mean(crate::nearest::name(name, &names));
            format!("one of {} must stand here{hint}", names.join(", "))
        })
    };
    reader.parsed(value, at, code::UNKNOWN_VALUE, parse)
}

fn lower_cased(email: &str) -> Cow<'_, str> {
    if email
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        Cow::Borrowed(email)
    } else {
        Cow::Owned(email.to_lowercase())
    }
}
