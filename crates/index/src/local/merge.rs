//! Makes sorted parts out of parts, sorted or not: this freezes a builder, compacts a head and seals a segment.
//!
//! The inputs are sorted runs wherever they come from segments, and the standard stable sort recognises runs, so
//! concatenating and sorting is a merge.

use super::codes::Codes;
use super::column::{ABSENT, Column, Lists};
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

/// The rows of all `inputs`, which follow one another in position, and for each input the new ids of its texts.
pub(crate) fn merge(inputs: &[&Parts]) -> (Parts, Vec<Vec<u32>>) {
    let first = inputs.iter().map(|input| input.first).min().unwrap_or(0);
    let next = inputs.iter().map(|input| input.next).max().unwrap_or(first);
    let order = order_of(inputs);
    let (strings, renamed) = merge_strings(inputs);
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
    for dim in Dim::ALL {
        *merged.column_mut(dim) = merge_column(dim, inputs, &order, &renamed);
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
fn merge_strings(inputs: &[&Parts]) -> (Strings, Vec<Vec<u32>>) {
    let total = inputs.iter().map(|input| input.strings.len()).sum();
    let mut all: Vec<(&str, u32, u32)> = Vec::with_capacity(total);
    for (input, parts) in (0_u32..).zip(inputs) {
        all.extend(
            (0_u32..)
                .zip(parts.strings.iter())
                .map(|(id, text)| (text, input, id)),
        );
    }
    all.sort_by(|a, b| a.0.cmp(b.0));
    let mut renamed: Vec<Vec<u32>> = inputs
        .iter()
        .map(|input| vec![ABSENT; input.strings.len()])
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

fn merge_column(
    dim: Dim,
    inputs: &[&Parts],
    order: &[Origin],
    renamed_strings: &[Vec<u32>],
) -> Column {
    let columns: Vec<&Column> = inputs.iter().map(|input| input.column(dim)).collect();
    let (tuples, recoded) = merge_tuples(dim.width(), &columns, renamed_strings);
    let distinct = tuples.len() / dim.width();
    let mut codes = Vec::new();
    let mut counts = dim.listed().then(|| Vec::with_capacity(order.len()));
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
        width: dim.width(),
        tuples,
        lists: counts.map(Lists::of),
        codes: Codes::pack(codes, distinct),
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

/// All tuples in order, and for each input the new code of each old one.
fn merge_tuples(
    width: usize,
    columns: &[&Column],
    renamed_strings: &[Vec<u32>],
) -> (Vec<u32>, Vec<Vec<u32>>) {
    let renamed: Vec<Vec<u32>> = columns
        .iter()
        .zip(renamed_strings)
        .map(|(column, strings)| {
            let new_id = |id: &u32| strings.get(*id as usize).copied().unwrap_or(ABSENT);
            column.tuples.iter().map(new_id).collect()
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
    (tuples, recoded)
}
