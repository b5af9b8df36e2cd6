//! How often and when each action came, and which metadata it carried.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::RandomState;

use super::ask::{each, open_all};
use super::bits::Ones;
use super::dictionary::ABSENT;
use super::limits::COUNTED_PAIRS;
use super::log::Piece;
use super::schema::{Dim, kind, metadata};
use super::search::{overlapping, select};
use super::segment::{Segment, Selection};
use super::store::{Store, Unreadable};
use crate::answer::ActionSeen;
use crate::scope::ScopedQuery;

const HOUR_NS: i64 = 3_600_000_000_000;

/// What the rows of one segment tell of one action.
#[derive(Debug, Default)]
struct Told<'a> {
    count: u64,
    first_at_ns: i64,
    last_at_ns: i64,
    /// Newest first.
    hours: Vec<i64>,
    keys: Vec<(&'a str, u64)>,
}

/// What the matching rows tell of each action, in order of the action.
pub(crate) fn seen(
    store: &Store,
    pieces: &[Piece],
    asked: &ScopedQuery,
    as_of: u64,
    hours: usize,
) -> Result<Vec<ActionSeen>, Unreadable> {
    let segments = open_all(store, overlapping(pieces, asked.query(), as_of))?;
    let told = each(&segments, |segment| {
        of_segment(segment, &select(segment, asked, as_of), hours)
    });
    let mut actions: BTreeMap<&str, (ActionSeen, BTreeMap<&str, u64>)> = BTreeMap::new();
    for (action, told) in told.into_iter().flatten() {
        let (seen, keys) = actions.entry(action).or_default();
        if seen.count == 0 {
            action.clone_into(&mut seen.action);
            (seen.first_at_ns, seen.last_at_ns) = (told.first_at_ns, told.last_at_ns);
        }
        seen.count += told.count;
        seen.first_at_ns = seen.first_at_ns.min(told.first_at_ns);
        seen.last_at_ns = seen.last_at_ns.max(told.last_at_ns);
        seen.hours.extend(told.hours);
        for (key, count) in told.keys {
            *keys.entry(key).or_default() += count;
        }
    }
    let finished = actions.into_values().map(|(mut seen, keys)| {
        seen.hours.sort_unstable_by(|a, b| b.cmp(a));
        seen.hours.dedup();
        seen.hours.truncate(hours);
        let owned = keys.into_iter().map(|(key, count)| (key.to_owned(), count));
        seen.keys = owned.collect();
        seen
    });
    Ok(finished.collect())
}

/// What the selected rows of a segment tell; rows lie in order of time.
fn of_segment<'a>(
    segment: &'a Segment,
    selection: &Selection,
    hours: usize,
) -> Vec<(&'a str, Told<'a>)> {
    let parts = segment.parts();
    let column = parts.column(Dim::Kind);
    // Several kinds share an action, so they are brought together under the number of its text.
    let (actions, place_of_kind) = places(parts, column.distinct());
    let mut told: Vec<Told<'a>> = actions.iter().map(|_| Told::default()).collect();
    let words: Vec<(usize, u64)> = selection.words_in(&selection.rows).collect();
    let place_at = |row: usize| place_of_kind.get(column.codes.get(row) as usize).copied();
    // From the newest row on, the first hours that come are those to keep.
    for (word, bits) in words.iter().rev() {
        let mut left = *bits;
        while left != 0 {
            let bit = left.ilog2();
            left &= !(1 << bit);
            let row = word * 64 + bit as usize;
            let Some(of) = place_at(row).and_then(|place| told.get_mut(place)) else {
                continue;
            };
            let at = parts.occurred_at(row);
            if of.count == 0 {
                of.last_at_ns = at;
            }
            of.first_at_ns = at;
            of.count += 1;
            let hour = at.div_euclid(HOUR_NS);
            if of.hours.len() < hours && of.hours.last() != Some(&hour) {
                of.hours.push(hour);
            }
        }
    }
    for ((place, key), count) in pairs(segment, &words, place_at) {
        if let Some(of) = told.get_mut(place)
            && (key as usize) < parts.strings.len()
        {
            of.keys.push((parts.strings.get(key), count));
        }
    }
    let named = actions.into_iter().zip(told);
    named.filter(|(_, told)| told.count > 0).collect()
}

/// The actions of a segment, and which of them each kind has.
fn places(parts: &super::parts::Parts, kinds: usize) -> (Vec<&str>, Vec<usize>) {
    let mut actions = Vec::new();
    let mut place_of_text: HashMap<u32, usize, RandomState> = HashMap::default();
    let kinds = 0..u32::try_from(kinds).unwrap_or(u32::MAX);
    let place_of_kind = kinds.map(|code| {
        let text = parts.column(Dim::Kind).component(code, kind::ACTION);
        *place_of_text.entry(text).or_insert_with(|| {
            actions.push(
                parts
                    .text(Dim::Kind, code, kind::ACTION)
                    .unwrap_or_default(),
            );
            actions.len() - 1
        })
    });
    let place_of_kind = place_of_kind.collect();
    (actions, place_of_kind)
}

/// How many selected rows have an action and a key of metadata.
fn pairs(
    segment: &Segment,
    words: &[(usize, u64)],
    place_at: impl Fn(usize) -> Option<usize>,
) -> HashMap<(usize, u32), u64, RandomState> {
    let column = segment.parts().column(Dim::Metadata);
    let mut pairs: HashMap<(usize, u32), u64, RandomState> = HashMap::default();
    let Some(lists) = &column.lists else {
        return pairs;
    };
    for (word, bits) in words {
        let mut at = lists.marks.get(*word).map_or(0, |&start| start as usize);
        let mut row = word * 64;
        for selected in Ones(*bits) {
            for skipped in row..word * 64 + selected {
                at += lists.counts.get(skipped) as usize;
            }
            row = word * 64 + selected;
            let end = at + lists.counts.get(row) as usize;
            let Some(place) = place_at(row) else { continue };
            for code in at..end {
                let key = column.component(column.codes.get(code), metadata::KEY);
                if key == ABSENT {
                    continue;
                }
                if let Some(count) = pairs.get_mut(&(place, key)) {
                    *count += 1;
                } else if pairs.len() < COUNTED_PAIRS {
                    pairs.insert((place, key), 1);
                }
            }
        }
    }
    pairs
}
