//! Makes sorted parts out of parts, sorted or not: this freezes a builder, compacts a head and seals a segment.
//!
//! The inputs are sorted runs wherever they come from segments, and the standard stable sort recognises runs, so
//! concatenating and sorting is a merge.

use std::borrow::Cow;

use super::codes::Codes;
use super::column::{Column, Lists};
use super::dictionary::{ABSENT, Dictionary};
use super::packed::Packed;
use super::parts::Parts;
use super::schema::Dim;
use super::strings::Strings;

/// Where one row of the result comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Origin {
    occurred_at: i64,
    position: u64,
    input: u32,
    row: u32,
}

/// The rows of all `inputs`, which follow one another in position, and for each input the new ids of its searched texts.
pub(crate) fn merge(inputs: &[&Parts]) -> (Parts, Vec<Vec<u32>>) {
    let first = inputs.iter().map(|input| input.first).min().unwrap_or(0);
    let next = inputs.iter().map(|input| input.next).max().unwrap_or(first);
    let order = order_of(inputs);
    let tables: Vec<_> = inputs.iter().map(|input| &input.strings).collect();
    let (strings, mut renamed) = merge_strings(&tables);
    let mut merged = Parts::new(first);
    merged.next = next;
    merged.occurred = order.iter().map(|row| row.occurred_at).collect();
    merged.offsets = order
        .iter()
        // `limits::SEGMENT_POSITIONS` bounds the range of a segment.
        .map(|row| u32::try_from(row.position - first).unwrap_or(u32::MAX))
        .collect();
    merged.first_seen = order
        .iter()
        .map(|row| from_input(inputs, row, |parts, at| parts.first_seen.get(at).copied()))
        .collect();
    merged.strings = strings;
    let mut recoded_texts = Vec::new();
    for dim in Dim::ALL {
        let columns: Vec<&Column> = inputs.iter().map(|input| input.column(dim)).collect();
        let (dictionary, recoded) = match dim.width() {
            Some(width) => merge_tuples(width, &columns, &renamed),
            None => merge_texts(&columns),
        };
        *merged.column_mut(dim) = merge_codes(&columns, &order, dictionary, &recoded);
        if Dim::SEARCHED_TEXTS.contains(&dim) {
            recoded_texts.push((dim, recoded));
        }
    }
    for (dim, recoded) in recoded_texts {
        let base = merged.first_searched(dim);
        for (renamed, recoded) in renamed.iter_mut().zip(recoded) {
            // Code 0 is no text; the first text of the column has code 1.
            renamed.extend(recoded.iter().skip(1).map(|code| base + code - 1));
        }
    }
    (merged, renamed)
}

fn from_input<T: Default>(
    inputs: &[&Parts],
    row: &Origin,
    get: impl Fn(&Parts, usize) -> Option<T>,
) -> T {
    inputs
        .get(row.input as usize)
        .and_then(|parts| get(parts, row.row as usize))
        .unwrap_or_default()
}

fn order_of(inputs: &[&Parts]) -> Vec<Origin> {
    let mut order = Vec::with_capacity(inputs.iter().map(|input| input.rows()).sum());
    for (input, parts) in (0_u32..).zip(inputs) {
        let rows = parts.occurred.iter().zip(&parts.offsets);
        order.extend(
            (0_u32..)
                .zip(rows)
                .map(|(row, (&occurred_at, &offset))| Origin {
                    occurred_at,
                    position: parts.first + u64::from(offset),
                    input,
                    row,
                }),
        );
    }
    order.sort();
    order
}

/// All texts in order, and for each input the new id of each old one.
fn merge_strings(inputs: &[&Strings]) -> (Strings, Vec<Vec<u32>>) {
    let total = inputs.iter().map(|input| input.len()).sum();
    let mut all: Vec<(&str, u32, u32)> = Vec::with_capacity(total);
    for (input, strings) in (0_u32..).zip(inputs) {
        all.extend(
            (0_u32..)
                .zip(strings.iter())
                .map(|(id, text)| (text, input, id)),
        );
    }
    all.sort_by(|a, b| a.0.cmp(b.0));
    let mut renamed: Vec<Vec<u32>> = inputs
        .iter()
        .map(|input| vec![ABSENT; input.len()])
        .collect();
    let mut strings = Strings::default();
    let mut newest: Option<(&str, u32)> = None;
    for (text, input, id) in all {
        let merged = match newest {
            Some((known, merged)) if known == text => merged,
            _ => strings.push(text),
        };
        newest = Some((text, merged));
        rename(&mut renamed, input, id, merged);
    }
    (strings, renamed)
}

fn rename(renamed: &mut [Vec<u32>], input: u32, old: u32, new: u32) {
    if let Some(slot) = renamed
        .get_mut(input as usize)
        .and_then(|table| table.get_mut(old as usize))
    {
        *slot = new;
    }
}

/// The codes of all rows in their new order, for a dictionary in which each input has new codes.
fn merge_codes(
    columns: &[&Column],
    order: &[Origin],
    dictionary: Dictionary,
    recoded: &[Vec<u32>],
) -> Column {
    let listed = columns.iter().any(|column| column.lists.is_some());
    let mut codes = Vec::new();
    let mut counts = listed.then(|| Vec::with_capacity(order.len()));
    let starts: Vec<Vec<u32>> = columns.iter().map(|column| starts_of(column)).collect();
    for row in order {
        let input = row.input as usize;
        let (Some(column), Some(recoded)) = (columns.get(input), recoded.get(input)) else {
            continue;
        };
        let new_code = |at: usize| {
            let old = column.codes.get(at) as usize;
            recoded.get(old).copied().unwrap_or(0)
        };
        match (&mut counts, &column.lists, starts.get(input)) {
            (Some(counts), Some(lists), Some(starts)) => {
                let count = lists.counts.get(row.row as usize);
                let start = starts.get(row.row as usize).copied().unwrap_or(0) as usize;
                counts.push(count);
                codes.extend((start..start + count as usize).map(new_code));
            }
            _ => codes.push(new_code(row.row as usize)),
        }
    }
    Column {
        codes: Codes::pack(codes, dictionary.distinct()),
        lists: counts.map(Lists::of),
        dictionary,
    }
}

/// Where the codes of each row begin; nothing for columns with one code per row.
fn starts_of(column: &Column) -> Vec<u32> {
    let Some(lists) = &column.lists else {
        return Vec::new();
    };
    let mut start = 0;
    (0..lists.counts.len())
        .map(|row| {
            let here = start;
            start += lists.counts.get(row);
            here
        })
        .collect()
}

/// All texts of columns that have their own, in order, and for each input the new code of each old one.
fn merge_texts(columns: &[&Column]) -> (Dictionary, Vec<Vec<u32>>) {
    let tables: Vec<Cow<'_, Strings>> = columns
        .iter()
        .map(|column| match &column.dictionary {
            Dictionary::Growing(texts) => Cow::Borrowed(texts),
            Dictionary::Texts(texts) => Cow::Owned(texts.unpack()),
            Dictionary::Tuples { .. } => Cow::default(),
        })
        .collect();
    let borrowed: Vec<&Strings> = tables.iter().map(Cow::as_ref).collect();
    let (merged, renamed) = merge_strings(&borrowed);
    let recoded = renamed.into_iter().map(|ids| {
        let texts = ids.into_iter().map(|id| id + 1);
        std::iter::once(0).chain(texts).collect()
    });
    (Dictionary::Texts(Packed::of(&merged)), recoded.collect())
}

/// All tuples in order, and for each input the new code of each old one.
fn merge_tuples(
    width: usize,
    columns: &[&Column],
    renamed_strings: &[Vec<u32>],
) -> (Dictionary, Vec<Vec<u32>>) {
    let renamed: Vec<Vec<u32>> = columns
        .iter()
        .zip(renamed_strings)
        .map(|(column, strings)| {
            let new_id = |id: &u32| strings.get(*id as usize).copied().unwrap_or(ABSENT);
            column.dictionary.tuples().flatten().map(new_id).collect()
        })
        .collect();
    let mut all: Vec<(&[u32], u32, u32)> = Vec::new();
    for (input, tuples) in (0_u32..).zip(&renamed) {
        all.extend(
            (0_u32..)
                .zip(tuples.chunks_exact(width))
                .map(|(code, tuple)| (tuple, input, code)),
        );
    }
    all.sort_by(|a, b| a.0.cmp(b.0));
    let mut recoded: Vec<Vec<u32>> = columns
        .iter()
        .map(|column| vec![0; column.distinct()])
        .collect();
    let mut tuples: Vec<u32> = Vec::new();
    let mut newest: Option<&[u32]> = None;
    let mut code = 0;
    for (tuple, input, old) in all {
        if newest != Some(tuple) {
            code = u32::try_from(tuples.len() / width).unwrap_or(u32::MAX);
            tuples.extend_from_slice(tuple);
            newest = Some(tuple);
        }
        rename(&mut recoded, input, old, code);
    }
    let dictionary = Dictionary::Tuples {
        width,
        cells: tuples,
    };
    (dictionary, recoded)
}
