//! Which declared name a mistaken one most likely means.

use super::label::words;
use super::{Declared, Field};

/// Longer texts are compared by their first characters only, so that a hostile name costs little.
const COMPARED_CHARS: usize = 96;

/// The action nearest to the text, by its name, its event name, an alias or its last word.
pub(super) fn action<'a>(
    text: &str,
    declared: impl Iterator<Item = &'a Declared>,
) -> Option<&'a str> {
    let wanted = spelled(text);
    let single_word = !wanted.contains(&' ');
    let mut best: Option<(usize, usize, &Declared)> = None;
    for (order, candidate) in by_pack(declared) {
        let limit = best
            .as_ref()
            .map_or(tolerated(&wanted) + 1, |(distance, ..)| *distance);
        let names = candidate
            .aliases
            .iter()
            .chain([&candidate.action, &candidate.event]);
        let mut distance = names
            .filter_map(|name| below(&wanted, &spelled(name), limit))
            .min();
        if single_word {
            // A bare `login` means some `….login`; it counts as one mistake.
            let last = candidate.action.rsplit('.').next().unwrap_or_default();
            let by_last = below(&wanted, &spelled(last), limit).map(|distance| distance + 1);
            distance = distance.into_iter().chain(by_last).min();
        }
        if let Some(distance) = distance
            && best
                .as_ref()
                .is_none_or(|(least, first, _)| (distance, order) < (*least, *first))
        {
            best = Some((distance, order, candidate));
        }
    }
    best.map(|(.., declared)| declared.action.as_str())
}

/// The metadata key nearest to the text, by key or label.
pub(super) fn field<'a>(text: &str, fields: &'a [Field]) -> Option<&'a str> {
    let wanted = spelled(text);
    let limit = tolerated(&wanted) + 1;
    let near = |field: &'a Field| {
        let distance = [&field.key, &field.label]
            .into_iter()
            .filter_map(|name| below(&wanted, &spelled(name), limit));
        Some((distance.min()?, field))
    };
    let metadata = fields
        .iter()
        .filter(|field| field.place == super::FieldPlace::Metadata);
    metadata
        .filter_map(near)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, field)| field.key.as_str())
}

/// The declarations with their rank among equals: earlier packs first, an account's own before them.
fn by_pack<'a>(
    declared: impl Iterator<Item = &'a Declared>,
) -> impl Iterator<Item = (usize, &'a Declared)> {
    declared.map(|declared| (declared.pack.map_or(0, |pack| pack as usize + 1), declared))
}

fn spelled(text: &str) -> Vec<char> {
    let start: String = text.chars().take(COMPARED_CHARS).collect();
    words(&start).join(" ").chars().collect()
}

/// A third of the letters may be wrong, and always two.
fn tolerated(wanted: &[char]) -> usize {
    (wanted.len() / 3).max(2)
}

/// The distance of two texts when it is below the limit: insertions, deletions, replacements and swapped neighbours
/// count one each (optimal string alignment).
fn below(left: &[char], right: &[char], limit: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) >= limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=right.len()).collect();
    for (row, &a) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, &b) in right.iter().enumerate() {
            let at =
                |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX / 2);
            let mut least = (at(&previous, column) + usize::from(a != b))
                .min(at(&previous, column + 1) + 1)
                .min(at(&current, column) + 1);
            let swapped = row > 0
                && column > 0
                && left.get(row - 1) == Some(&b)
                && right.get(column - 1) == Some(&a);
            if swapped {
                least = least.min(at(&before, column - 1) + 1);
            }
            current.push(least);
        }
        before = std::mem::replace(&mut previous, current);
    }
    previous
        .last()
        .copied()
        .filter(|distance| *distance < limit)
}
