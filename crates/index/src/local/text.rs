//! Free text: words and phrases, found through the token index.

use std::borrow::Cow;

use super::bits::Bits;
use super::column::ABSENT;
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
    let strings = &segment.parts().strings;
    let last = wanted.len().saturating_sub(1);
    let mut found: Option<Bits> = None;
    for (at, word) in wanted.iter().enumerate() {
        let with = segment
            .tokens()
            .texts_with(word, prefix && at == last, strings.len());
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
                let text = strings.get(u32::try_from(id).unwrap_or(ABSENT));
                !follow_each_other(text, wanted, prefix)
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

/// The rows of which some searched text is one of these.
fn rows_with(segment: &Segment, texts: &Bits) -> Predicate {
    let parts = segment.parts();
    let in_column = |dim: &Dim| {
        let dim = *dim;
        let column = parts.column(dim);
        let accepted = Bits::where_true(column.distinct(), |code| {
            let tuple = column.tuple(u32::try_from(code).unwrap_or(u32::MAX));
            dim.searched().iter().any(|&at| {
                tuple
                    .get(at)
                    .is_some_and(|&id| id != ABSENT && texts.contains(id as usize))
            })
        });
        Predicate::codes(dim, accepted, parts)
    };
    Predicate::any(
        Dim::ALL
            .iter()
            .filter(|dim| !dim.searched().is_empty())
            .map(in_column)
            .collect(),
    )
}
