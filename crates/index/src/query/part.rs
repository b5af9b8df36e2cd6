//! Which facets of an event a question looks at: who may not see a facet may not ask about it either.

use event::Facet;

use super::Column;

/// A part of a question that looks at events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QueryPart<'a> {
    /// A criterion, a list of values, or a split, by a column.
    Column(&'a Column),
    /// Words and phrases, [`super::FreeText`].
    Text,
    /// A target that the event must have, [`super::ResourceId`].
    Resource,
}

impl QueryPart<'_> {
    /// The name in a question: that of the column, `q` or `resource`.
    pub fn name(&self) -> String {
        match self {
            Self::Column(column) => column.name(),
            Self::Text => "q".to_owned(),
            Self::Resource => "resource".to_owned(),
        }
    }

    /// The facets whose contents decide about an answer, beside the core, which everybody sees.
    ///
    /// An answer tells of a facet also where it shows nothing of it: a count is enough to find out a name letter by
    /// letter.
    /// An e-mail address stands in for the id of a user who has no other, so ids of actors and e-mail addresses belong
    /// together.
    /// A description that was not sent is the sentence of the catalogue, which is made from names, ids, the address, the
    /// reason and the metadata; free text looks at it, at the strings of metadata and changes, and at everything that
    /// names an actor or target.
    /// What was done for the first time is told by who did it and from where.
    pub const fn draws_from(&self) -> &'static [Facet] {
        match self {
            Self::Column(column) => column_draws_from(column),
            Self::Text => &[
                Facet::Actor,
                Facet::Names,
                Facet::Targets,
                Facet::Context,
                Facet::Changes,
                Facet::Text,
                Facet::Metadata,
            ],
            Self::Resource => &[Facet::Targets],
        }
    }
}

const fn column_draws_from(column: &Column) -> &'static [Facet] {
    match column {
        Column::Category
        | Column::Event
        | Column::Action
        | Column::Verb
        | Column::Result
        | Column::Hour
        | Column::Weekday => &[],
        Column::User | Column::ActorId | Column::ActorEmail => &[Facet::Actor, Facet::Names],
        Column::ActorType => &[Facet::Actor],
        Column::TargetType | Column::TargetId => &[Facet::Targets],
        Column::Ip | Column::Source | Column::RequestId | Column::SessionId => &[Facet::Context],
        Column::Description => &[
            Facet::Actor,
            Facet::Names,
            Facet::Targets,
            Facet::Context,
            Facet::Text,
            Facet::Metadata,
        ],
        Column::FirstSeen => &[Facet::Actor, Facet::Context],
        Column::Metadata(_) => &[Facet::Metadata],
    }
}
