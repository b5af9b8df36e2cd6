//! Sentences with places to fill in: `Deleted {a target.noun}[ (#{target.id})]`.
//!
//! `{…}` is filled in; a part in `[…]` is left out when something inside it is unknown.
//! When something outside of brackets is unknown there is no sentence, and the reader falls back to the event's name.

use serde::{Deserialize, Serialize};

use super::limits::FILLED_BYTES;

/// A sentence with places to fill in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sentence {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Place(Place),
    Optional(Vec<Piece>),
}

/// What is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// `{target}`: the name, else the id of the target.
    Target,
    /// `{target.id}`
    TargetId,
    /// `{target.name}`
    TargetName,
    /// `{target.noun}`: what the target is, `automation rule`.
    Noun,
    /// `{a target.noun}`: what the target is with its article, `an automation rule`.
    NounWithArticle,
    /// `{actor}`: the name, e-mail or id of who acted.
    Actor,
    /// `{outcome.code}`
    Code,
    /// `{outcome.reason}`
    Reason,
    /// `{context.ip}`
    Ip,
    /// `{metadata.<key>}`
    Metadata(String),
}

/// Why a text is no sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SentenceFailure {
    /// A name in braces that stands for nothing.
    #[error("reading a sentence: `{{{name}}}` stands for nothing")]
    UnknownPlace {
        /// What stands between the braces.
        name: String,
    },
    /// A bracket or brace without its partner, or brackets inside brackets.
    #[error("reading a sentence: `{bracket}` has no partner")]
    Unbalanced {
        /// The bracket or brace in question.
        bracket: char,
    },
}

impl Sentence {
    /// Reads a sentence with its places.
    pub fn parse(text: &str) -> Result<Self, SentenceFailure> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['[', ']']) {
            let (before, from) = rest.split_at(at);
            places(before, &mut pieces)?;
            let inside = from
                .strip_prefix('[')
                .ok_or(SentenceFailure::Unbalanced { bracket: ']' })?;
            let (optional, after) = inside
                .split_once(']')
                .ok_or(SentenceFailure::Unbalanced { bracket: '[' })?;
            if optional.contains('[') {
                return Err(SentenceFailure::Unbalanced { bracket: '[' });
            }
            let mut optional_pieces = Vec::new();
            places(optional, &mut optional_pieces)?;
            pieces.push(Piece::Optional(optional_pieces));
            rest = after;
        }
        places(rest, &mut pieces)?;
        Ok(Self {
            text: text.to_owned(),
            pieces,
        })
    }

    /// The sentence as it is written down, places included.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The sentence with its places filled in, cut after [`FILLED_BYTES`]; nothing when one outside of brackets is
    /// unknown.
    pub(super) fn fill(&self, known: &dyn Fn(&Place) -> Option<String>) -> Option<String> {
        fill(&self.pieces, FILLED_BYTES, known)
    }
}

fn places(text: &str, into: &mut Vec<Piece>) -> Result<(), SentenceFailure> {
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        if !before.is_empty() {
            into.push(Piece::Text(before.to_owned()));
        }
        let inside = from
            .strip_prefix('{')
            .ok_or(SentenceFailure::Unbalanced { bracket: '}' })?;
        let (name, after) = inside
            .split_once('}')
            .ok_or(SentenceFailure::Unbalanced { bracket: '{' })?;
        into.push(Piece::Place(Place::named(name)?));
        rest = after;
    }
    if !rest.is_empty() {
        into.push(Piece::Text(rest.to_owned()));
    }
    Ok(())
}

fn fill(pieces: &[Piece], most: usize, known: &dyn Fn(&Place) -> Option<String>) -> Option<String> {
    let mut sentence = String::new();
    for piece in pieces {
        let room = most - sentence.len();
        match piece {
            Piece::Text(text) => sentence.push_str(beginning(text, room)),
            // What is unknown matters behind the end, too: whether there is a sentence depends on no length.
            Piece::Place(place) => sentence.push_str(beginning(&known(place)?, room)),
            Piece::Optional(pieces) => {
                sentence.push_str(&fill(pieces, room, known).unwrap_or_default());
            }
        }
    }
    Some(sentence)
}

/// As much of the text as has room, whole characters.
fn beginning(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most))
        .unwrap_or_default()
}

impl Place {
    fn named(name: &str) -> Result<Self, SentenceFailure> {
        Ok(match name {
            "target" => Self::Target,
            "target.id" => Self::TargetId,
            "target.name" => Self::TargetName,
            "target.noun" => Self::Noun,
            "a target.noun" => Self::NounWithArticle,
            "actor" => Self::Actor,
            "outcome.code" => Self::Code,
            "outcome.reason" => Self::Reason,
            "context.ip" => Self::Ip,
            _ => match name.strip_prefix("metadata.") {
                Some(key) if !key.is_empty() => Self::Metadata(key.to_owned()),
                _ => {
                    return Err(SentenceFailure::UnknownPlace {
                        name: name.to_owned(),
                    });
                }
            },
        })
    }
}

impl TryFrom<String> for Sentence {
    type Error = SentenceFailure;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Sentence> for String {
    fn from(sentence: Sentence) -> Self {
        sentence.text
    }
}
