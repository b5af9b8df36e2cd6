//! Free text: words and phrases, found through the token index.

use std::borrow::Cow;

use super::bits::Bits;
use super::dictionary::ABSENT;
use super::predicate::Predicate;
use super::schema::Dim;
use super::segment::Segment;
use crate::query::FreeText;
use crate::words::words;

/// For each word and phrase the condition that some searched text of a row has it.
pub(crate) fn free_text(segment: &Segment, text: &FreeText) -> Vec<Predicate> {
    let asked = text
        .words
        .iter()
        .map(|word| (word.text.as_str(), word.prefix));
    let phrases = text.phrases.iter().map(|phrase| (phrase.as_str(), false));
    asked
        .chain(phrases)
        .filter_map(|(text, prefix)| {
            let wanted: Vec<_> = words(text).collect();
            (!wanted.is_empty()).then(|| rows_with(segment, &texts_with(segment, &wanted, prefix)))
        })
        .collect()
}

/// The texts in which the wanted words follow each other; with `prefix`, the last may be the beginning of a word.
fn texts_with(segment: &Segment, wanted: &[Cow<'_, str>], prefix: bool) -> Bits {
    let parts = segment.parts();
    let last = wanted.len().saturating_sub(1);
    let mut found: Option<Bits> = None;
    for (at, word) in wanted.iter().enumerate() {
        let with = segment
            .tokens()
            .texts_with(word, prefix && at == last, parts.searched_len());
        match &mut found {
            Some(found) => found.intersect(&with),
            None => found = Some(with),
        }
    }
    let mut found = found.unwrap_or_default();
    if wanted.len() > 1 {
        let apart: Vec<usize> = found
            .iter()
            .filter(|&id| {
                let text = parts.searched_text(u32::try_from(id).unwrap_or(ABSENT));
                !follow_each_other(&text, wanted, prefix)
            })
            .collect();
        for id in apart {
            found.remove(id);
        }
    }
    found
}

fn follow_each_other(text: &str, wanted: &[Cow<'_, str>], prefix: bool) -> bool {
    let found: Vec<_> = words(text).collect();
    let Some((last, before)) = wanted.split_last() else {
        return true;
    };
    found.windows(wanted.len()).any(|window| {
        window.split_last().is_some_and(|(newest, earlier)| {
            earlier == before
                && if prefix {
                    newest.starts_with(last.as_ref())
                } else {
                    newest == last
                }
        })
    })
}

/// The searched texts in which a folded text can occur at all; `None` when its words say nothing or are not indexed.
///
/// Wherever the text stands, its first word is the end of a word (or inside the only one), its last the beginning of
/// one, and those between are whole words.
pub(crate) fn candidates(segment: &Segment, dim: Dim, wanted: &str) -> Option<Bits> {
    if !Dim::SEARCHED_TEXTS.contains(&dim) {
        return None;
    }
    let runs: Vec<Cow<'_, str>> = words(wanted).collect();
    let texts = segment.parts().searched_len();
    let begins_inside = wanted.starts_with(char::is_alphanumeric);
    let ends_inside = wanted.ends_with(char::is_alphanumeric);
    let mut found: Option<Bits> = None;
    for (at, run) in runs.iter().enumerate() {
        let open_before = at == 0 && begins_inside;
        let open_after = at + 1 == runs.len() && ends_inside;
        let with = segment
            .tokens()
            .texts_around(run, open_before, open_after, texts);
        match &mut found {
            Some(found) => found.intersect(&with),
            None => found = Some(with),
        }
    }
    found
}

/// The rows of which some searched text is one of these.
fn rows_with(segment: &Segment, texts: &Bits) -> Predicate {
    let parts = segment.parts();
    let some_shared = texts.iter_in(0..parts.strings.len()).next().is_some();
    let of_tuples = Dim::ALL
        .into_iter()
        .filter(|dim| some_shared && !dim.searched().is_empty())
        .map(|dim| {
            let dictionary = &parts.column(dim).dictionary;
            let mut accepted = Bits::none(dictionary.distinct());
            for (code, tuple) in dictionary.tuples().enumerate() {
                let is_in = |&at: &usize| {
                    tuple
                        .get(at)
                        .is_some_and(|&id| id != ABSENT && texts.contains(id as usize))
                };
                if dim.searched().iter().any(is_in) {
                    accepted.insert(code);
                }
            }
            Predicate::codes(dim, accepted, parts)
        });
    let of_own_texts = Dim::SEARCHED_TEXTS.into_iter().map(|dim| {
        let first = parts.first_searched(dim) as usize;
        let distinct = parts.column(dim).distinct();
        let mut accepted = Bits::none(distinct);
        for number in texts.iter_in(first..first + distinct - 1) {
            accepted.insert(number - first + 1);
        }
        Predicate::codes(dim, accepted, parts)
    });
    Predicate::any(of_tuples.chain(of_own_texts).collect())
}
