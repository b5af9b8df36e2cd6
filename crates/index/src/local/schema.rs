//! Which physical columns a segment has and where each column of the query language stands in them.
//!
//! Most physical columns code *tuples* of texts: an actor is one code, although type, id, e-mail and name are filtered
//! apart, because the same four texts come together again and again.
//! Folded texts stand beside the texts that are compared without case.
//! The others code single texts that are different in nearly every event, such as sentences and ids of requests.

/// A physical column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dim {
    /// What was done, and with what result.
    Kind,
    /// Who did it.
    Actor,
    /// Where in the product.
    Source,
    /// The address in canonical text.
    Ip,
    /// The request.
    Request,
    /// The session.
    Session,
    /// The sentence.
    Description,
    /// What it was done to: any number per event.
    Target,
    /// Labelled data: any number per event.
    Metadata,
    /// The strings among the changes and deep in the metadata: any number per event.
    Nested,
}

/// Components of [`Dim::Kind`].
pub(crate) mod kind {
    pub(crate) const CATEGORY: usize = 0;
    pub(crate) const CATEGORY_FOLDED: usize = 1;
    pub(crate) const EVENT: usize = 2;
    pub(crate) const EVENT_FOLDED: usize = 3;
    pub(crate) const ACTION: usize = 4;
    pub(crate) const VERB: usize = 5;
    pub(crate) const RESULT: usize = 6;
}

/// Components of [`Dim::Actor`].
pub(crate) mod actor {
    pub(crate) const TYPE: usize = 0;
    pub(crate) const ID: usize = 1;
    pub(crate) const EMAIL: usize = 2;
    pub(crate) const EMAIL_FOLDED: usize = 3;
    pub(crate) const NAME: usize = 4;
    pub(crate) const NAME_FOLDED: usize = 5;
}

/// Components of [`Dim::Source`].
pub(crate) mod source {
    pub(crate) const SOURCE: usize = 0;
    pub(crate) const SOURCE_FOLDED: usize = 1;
}

/// Components of [`Dim::Target`].
pub(crate) mod target {
    pub(crate) const TYPE: usize = 0;
    pub(crate) const ID: usize = 1;
    pub(crate) const NAME: usize = 2;
}

/// Components of [`Dim::Metadata`].
pub(crate) mod metadata {
    pub(crate) const KEY: usize = 0;
    /// The value when it is a JSON string.
    pub(crate) const TEXT: usize = 1;
    /// The canonical JSON of the value when it is anything else.
    pub(crate) const JSON: usize = 2;
}

impl Dim {
    /// Every physical column, in the order in which segments store them.
    pub(crate) const ALL: [Self; 10] = [
        Self::Kind,
        Self::Actor,
        Self::Source,
        Self::Ip,
        Self::Request,
        Self::Session,
        Self::Description,
        Self::Target,
        Self::Metadata,
        Self::Nested,
    ];

    /// How many texts a tuple has; `None` for columns of single texts that hardly ever repeat in other columns, which
    /// keep them for themselves.
    pub(crate) const fn width(self) -> Option<usize> {
        match self {
            Self::Kind => Some(7),
            Self::Actor => Some(6),
            Self::Source => Some(2),
            Self::Target | Self::Metadata => Some(3),
            Self::Ip => Some(1),
            Self::Request | Self::Session | Self::Description | Self::Nested => None,
        }
    }

    /// Whether an event has any number of tuples instead of exactly one.
    pub(crate) const fn listed(self) -> bool {
        matches!(self, Self::Target | Self::Metadata | Self::Nested)
    }

    /// The components that free text searches.
    pub(crate) const fn searched(self) -> &'static [usize] {
        match self {
            Self::Kind => &[kind::CATEGORY, kind::EVENT, kind::ACTION],
            Self::Actor => &[actor::ID, actor::EMAIL, actor::NAME],
            Self::Target => &[target::ID, target::NAME],
            Self::Metadata => &[metadata::TEXT],
            Self::Source
            | Self::Ip
            | Self::Request
            | Self::Session
            | Self::Description
            | Self::Nested => &[],
        }
    }

    /// The columns whose own texts free text searches.
    pub(crate) const SEARCHED_TEXTS: [Self; 2] = [Self::Description, Self::Nested];
}
