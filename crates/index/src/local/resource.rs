//! Lists the resources that the events of a log were about, from the dictionaries of its segments.

use std::borrow::Cow;

use event::{Verb, fold};

use super::compile::visible;
use super::dictionary::ABSENT;
use super::parts::Parts;
use super::schema::{Dim, kind, target};
use super::segment::Segment;
use crate::answer::{Resource, ResourceRequest, ResourceType};
use crate::scope::Scope;

/// What the rows of one segment say about one resource.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    /// A code of the dictionary of targets with its type and id.
    code: u32,
    count: u32,
    oldest_row: u32,
    newest_row: u32,
    /// The newest code with a name, and its row.
    named: Option<(u32, u32)>,
    /// Whether the newest row deleted it.
    deleted: bool,
}

/// What some rows of a segment say about the resources of its dictionary, in order of type and id.
///
/// A resource that none of the rows mentions has the count 0.
pub(crate) fn mentions(parts: &Parts, shown: impl Fn(usize) -> bool) -> Vec<Mention> {
    let targets = parts.column(Dim::Target);
    let (mut found, group_of) = resources_of(parts);
    let mut at = 0;
    for row in 0..parts.rows() {
        let row_number = u32::try_from(row).unwrap_or(u32::MAX);
        let count = targets
            .lists
            .as_ref()
            .map_or(0, |lists| lists.counts.get(row) as usize);
        let group_at = |at: usize| {
            let code = targets.codes.get(at) as usize;
            group_of.get(code).copied().unwrap_or(ABSENT)
        };
        let end = at + count;
        // A row that is not shown is passed over.
        for here in if shown(row) { at..end } else { end..end } {
            let code = targets.codes.get(here);
            let Some(mention) = found.get_mut(group_at(here) as usize) else {
                continue;
            };
            if targets.component(code, target::NAME) != ABSENT {
                mention.named = Some((code, row_number));
            }
            if (at..here).any(|before| group_at(before) == group_at(here)) {
                continue;
            }
            if mention.count == 0 {
                mention.oldest_row = row_number;
            }
            mention.count += 1;
            mention.newest_row = row_number;
            mention.deleted = here == at && is_delete(parts, row);
        }
        at = end;
    }
    found
}

/// The resources of the dictionary without what rows say, and for each code of the dictionary which of them it is.
fn resources_of(parts: &Parts) -> (Vec<Mention>, Vec<u32>) {
    let targets = parts.column(Dim::Target);
    let mut found: Vec<Mention> = Vec::new();
    let mut group_of = Vec::with_capacity(targets.distinct());
    let mut newest = None;
    for (code, tuple) in (0..).zip(targets.dictionary.tuples()) {
        let identity = tuple.get(..=target::ID);
        if identity != newest {
            newest = identity;
            found.push(Mention {
                code,
                count: 0,
                oldest_row: 0,
                newest_row: 0,
                named: None,
                deleted: false,
            });
        }
        group_of.push(u32::try_from(found.len() - 1).unwrap_or(ABSENT));
    }
    (found, group_of)
}

fn is_delete(parts: &Parts, row: usize) -> bool {
    let code = parts.column(Dim::Kind).codes.get(row);
    let verb = parts.text(Dim::Kind, code, kind::VERB);
    let action = parts.text(Dim::Kind, code, kind::ACTION);
    verb.and_then(Verb::from_name)
        .is_some_and(|verb| verb.ends_target(action.unwrap_or_default()))
}

/// The resources that a segment mentions, in order of type and id.
#[derive(Debug)]
pub(crate) struct Mentions<'a> {
    segment: &'a Segment,
    found: Cow<'a, [Mention]>,
}

impl<'a> Mentions<'a> {
    /// Those on the rows that a scope shows.
    pub(crate) fn of(segment: &'a Segment, scope: &Scope) -> Self {
        let found = if scope.is_whole() {
            Cow::Borrowed(segment.mentions())
        } else {
            Cow::Owned(mentions_in(segment, scope))
        };
        Self { segment, found }
    }
}

fn mentions_in(segment: &Segment, scope: &Scope) -> Vec<Mention> {
    let parts = segment.parts();
    let selection = segment.select(&visible(scope, segment), 0..parts.rows());
    if selection.count() == 0 {
        return Vec::new();
    }
    let mut found = mentions(parts, |row| selection.contains(row));
    found.retain(|mention| mention.count > 0);
    found
}

/// How many resources of each type the segments mention, in order of the type.
pub(crate) fn types(segments: &[Mentions<'_>]) -> Vec<ResourceType> {
    let mut types: Vec<ResourceType> = Vec::new();
    let mut merged = Merged::from(segments, None);
    while let Some((kind, _, _)) = merged.next_resource() {
        match types.last_mut() {
            Some(newest) if newest.kind == kind => newest.count += 1,
            _ => types.push(ResourceType {
                kind: kind.to_owned(),
                count: 1,
            }),
        }
    }
    types
}

/// The resources of a type after an id, whose id or newest name begins with a prefix.
pub(crate) fn list(segments: &[Mentions<'_>], request: &ResourceRequest<'_>) -> Vec<Resource> {
    let prefix = fold(request.prefix);
    let mut listed = Vec::new();
    let mut merged = Merged::from(segments, Some((request.kind, request.after)));
    while listed.len() < request.limit {
        let Some((kind, id, mentioned)) = merged.next_resource() else {
            break;
        };
        if kind != request.kind {
            break;
        }
        let mut resource = resource_of(id, &mentioned);
        if !request.named {
            resource.name = None;
        }
        let begins = |text: &str| fold(text).starts_with(&prefix);
        if prefix.is_empty() || begins(id) || resource.name.as_deref().is_some_and(begins) {
            listed.push(resource);
        }
    }
    listed
}

fn resource_of(id: &str, mentioned: &[(&Segment, &Mention)]) -> Resource {
    let at = |segment: &Segment, row: u32| {
        let parts = segment.parts();
        (
            parts.occurred_at(row as usize),
            parts.position(row as usize),
        )
    };
    let newest = mentioned
        .iter()
        .max_by_key(|(segment, mention)| at(segment, mention.newest_row));
    let name = mentioned
        .iter()
        .filter_map(|(segment, mention)| {
            let (code, row) = mention.named?;
            let name = segment.parts().text(Dim::Target, code, target::NAME)?;
            Some((at(segment, row), name))
        })
        .max_by_key(|(at, _)| *at);
    Resource {
        id: id.to_owned(),
        name: name.map(|(_, name)| name.to_owned()),
        first_at_ns: mentioned
            .iter()
            .map(|(segment, mention)| at(segment, mention.oldest_row).0)
            .min()
            .unwrap_or(0),
        last_at_ns: newest.map_or(0, |(segment, mention)| at(segment, mention.newest_row).0),
        count: mentioned
            .iter()
            .map(|(_, mention)| u64::from(mention.count))
            .sum(),
        deleted: newest.is_some_and(|(_, mention)| mention.deleted),
    }
}

/// The resources of several segments in order of type and id.
struct Merged<'a> {
    heads: Vec<Head<'a>>,
}

/// The next resource of one segment.
struct Head<'a> {
    identity: Identity<'a>,
    mention: &'a Mention,
    segment: &'a Segment,
    rest: std::slice::Iter<'a, Mention>,
}

/// A type and an id.
type Identity<'a> = (&'a str, &'a str);

/// A type, an id, and the segments that mention the resource.
type Mentioned<'a> = (&'a str, &'a str, Vec<(&'a Segment, &'a Mention)>);

impl<'a> Head<'a> {
    fn of(segment: &'a Segment, mut rest: std::slice::Iter<'a, Mention>) -> Option<Self> {
        let mention = rest.next()?;
        Some(Self {
            identity: identity(segment, mention),
            mention,
            segment,
            rest,
        })
    }

    /// Goes on to the next resource; `false` at the end.
    fn advance(&mut self) -> bool {
        let next = self.rest.next();
        if let Some(mention) = next {
            self.mention = mention;
            self.identity = identity(self.segment, mention);
        }
        next.is_some()
    }
}

impl<'a> Merged<'a> {
    /// From the beginning, or from after a resource (`None`: before the first of its type) on.
    fn from(segments: &'a [Mentions<'a>], begin: Option<(&str, Option<&str>)>) -> Self {
        let heads = segments.iter().filter_map(|Mentions { segment, found }| {
            let start = begin.map_or(0, |(kind, after)| {
                found.partition_point(|mention| {
                    let (mentioned_kind, id) = identity(segment, mention);
                    match after {
                        Some(after) => (mentioned_kind, id) <= (kind, after),
                        None => mentioned_kind < kind,
                    }
                })
            });
            Head::of(segment, found.get(start..).unwrap_or_default().iter())
        });
        Self {
            heads: heads.collect(),
        }
    }

    fn next_resource(&mut self) -> Option<Mentioned<'a>> {
        let smallest = self.heads.iter().map(|head| head.identity).min()?;
        let mut mentioned = Vec::new();
        self.heads.retain_mut(|head| {
            if head.identity != smallest {
                return true;
            }
            mentioned.push((head.segment, head.mention));
            head.advance()
        });
        Some((smallest.0, smallest.1, mentioned))
    }
}

fn identity<'a>(segment: &'a Segment, mention: &Mention) -> (&'a str, &'a str) {
    let text = |component| segment.parts().text(Dim::Target, mention.code, component);
    (
        text(target::TYPE).unwrap_or_default(),
        text(target::ID).unwrap_or_default(),
    )
}
