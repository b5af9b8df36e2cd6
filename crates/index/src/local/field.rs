//! Where the columns of the query language stand in the physical columns.

use super::schema::{Dim, actor, kind, source, target};
use crate::query::Column;

/// One text of the tuples of a physical column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    /// The physical column.
    pub(crate) dim: Dim,
    /// The component that holds the text.
    pub(crate) text: usize,
    /// The component that holds its folded text, where comparisons ignore case; verbs and results are their own.
    pub(crate) folded: Option<usize>,
}

/// What a column of the query language is in a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing<'a> {
    /// One text of a tuple.
    Field(Field),
    /// The id, e-mail or name of the actor, or *System*.
    User,
    /// The value under a key of the metadata.
    Metadata(&'a str),
    /// The flags.
    FirstSeen,
    /// The hour of the day in the zone of the query.
    Hour,
    /// The day of the week in the zone of the query.
    Weekday,
}

impl Standing<'_> {
    /// Where a column stands.
    pub(crate) fn of(column: &Column) -> Standing<'_> {
        let (dim, text, folded) = match column {
            Column::Category => (Dim::Kind, kind::CATEGORY, Some(kind::CATEGORY_FOLDED)),
            Column::Event => (Dim::Kind, kind::EVENT, Some(kind::EVENT_FOLDED)),
            Column::Action => (Dim::Kind, kind::ACTION, None),
            Column::Verb => (Dim::Kind, kind::VERB, Some(kind::VERB)),
            Column::Result => (Dim::Kind, kind::RESULT, Some(kind::RESULT)),
            Column::ActorId => (Dim::Actor, actor::ID, None),
            Column::ActorEmail => (Dim::Actor, actor::EMAIL, Some(actor::EMAIL_FOLDED)),
            Column::ActorType => (Dim::Actor, actor::TYPE, None),
            Column::TargetType => (Dim::Target, target::TYPE, None),
            Column::TargetId => (Dim::Target, target::ID, None),
            Column::Ip => (Dim::Ip, 0, None),
            Column::Source => (Dim::Source, source::SOURCE, Some(source::SOURCE_FOLDED)),
            Column::RequestId => (Dim::Request, 0, None),
            Column::SessionId => (Dim::Session, 0, None),
            Column::Description => (Dim::Description, 0, None),
            Column::User => return Standing::User,
            Column::Metadata(key) => return Standing::Metadata(key),
            Column::FirstSeen => return Standing::FirstSeen,
            Column::Hour => return Standing::Hour,
            Column::Weekday => return Standing::Weekday,
        };
        Standing::Field(Field { dim, text, folded })
    }
}
