//! Pages, counts, value counts and histograms.

use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;
use tlog::TreeSize;

use super::ask::{each, open_all};
use super::compile::compile;
use super::facet::ValueCounter;
use super::field::Standing;
use super::group::{Counted, Groups, Key};
use super::log::Piece;
use super::segment::{Segment, Selection};
use super::store::{Store, Unreadable};
use crate::answer::{
    Bounds, Bucket, Histogram, Hit, Order, PageRequest, SearchPage, ValueCount, ValueCounts,
};
use crate::query::{Column, Query};
use crate::scope::{Scope, ScopedQuery};

/// A page of the matching rows.
pub(crate) fn page(
    store: &Store,
    pieces: &[Piece],
    asked: &ScopedQuery,
    request: &PageRequest,
) -> Result<SearchPage, Unreadable> {
    let mut touched = overlapping(pieces, asked.query(), request.as_of.get());
    match request.order {
        Order::Desc => touched.sort_by_key(|piece| std::cmp::Reverse(piece.newest_ns)),
        Order::Asc => touched.sort_by_key(|piece| piece.oldest_ns),
    }
    let wanted = request.limit.saturating_add(1);
    let mut hits: Vec<Hit> = Vec::new();
    for piece in touched {
        if hits.len() >= wanted
            && hits
                .last()
                .is_some_and(|last| is_beyond(piece, last, request))
        {
            break;
        }
        let segment = store.open_piece(piece)?;
        let mut rows = segment.rows_between(asked.query().range.from, asked.query().range.to);
        if let Some(after) = request.after {
            rows = segment.rows_after(rows, request.order, after);
        }
        if rows.is_empty() {
            continue;
        }
        let predicate = compile(asked, &segment, request.as_of.get());
        hits.extend(segment.first_hits(&predicate, rows, request.order, wanted));
        match request.order {
            Order::Desc => hits.sort_by_key(|hit| std::cmp::Reverse(hit.place())),
            Order::Asc => hits.sort_by_key(Hit::place),
        }
        hits.truncate(wanted);
    }
    let more = hits.len() > request.limit;
    hits.truncate(request.limit);
    Ok(SearchPage {
        next: hits.last().filter(|_| more).map(Hit::place),
        hits,
        total: None,
    })
}

/// Whether all rows of a piece come after a hit.
fn is_beyond(piece: &Piece, hit: &Hit, request: &PageRequest) -> bool {
    match request.order {
        Order::Desc => piece.newest_ns < hit.occurred_at_ns,
        Order::Asc => piece.oldest_ns > hit.occurred_at_ns,
    }
}

/// When the oldest and the newest row of a scope occurred.
pub(crate) fn bounds(
    store: &Store,
    pieces: &[Piece],
    scope: &Scope,
) -> Result<Option<Bounds>, Unreadable> {
    if scope.is_whole() {
        let with_rows = || pieces.iter().filter(|piece| piece.rows > 0);
        let oldest = with_rows().map(|piece| piece.oldest_ns).min();
        let newest = with_rows().map(|piece| piece.newest_ns).max();
        return Ok(oldest.zip(newest).map(|(oldest_ns, newest_ns)| Bounds {
            oldest_ns,
            newest_ns,
        }));
    }
    let everything = ScopedQuery::new(Query::everything(), scope.clone());
    let first = |order| -> Result<Option<i64>, Unreadable> {
        let request = PageRequest {
            limit: 1,
            order,
            after: None,
            as_of: TreeSize::new(u64::MAX),
            count: false,
        };
        let found = page(store, pieces, &everything, &request)?;
        Ok(found.hits.first().map(|hit| hit.occurred_at_ns))
    };
    let Some(oldest_ns) = first(Order::Asc)? else {
        return Ok(None);
    };
    Ok(first(Order::Desc)?.map(|newest_ns| Bounds {
        oldest_ns,
        newest_ns,
    }))
}

/// How many rows match.
pub(crate) fn count(
    store: &Store,
    pieces: &[Piece],
    asked: &ScopedQuery,
    as_of: u64,
) -> Result<u64, Unreadable> {
    let segments = open_all(store, overlapping(pieces, asked.query(), as_of))?;
    Ok(
        each(&segments, |segment| select(segment, asked, as_of).count())
            .into_iter()
            .sum(),
    )
}

/// How many matching rows have which values of some columns.
pub(crate) fn value_counts(
    store: &Store,
    pieces: &[Piece],
    asked: &ScopedQuery,
    as_of: u64,
    columns: &[Column],
    size: usize,
) -> Result<Vec<ValueCounts>, Unreadable> {
    let segments = open_all(store, overlapping(pieces, asked.query(), as_of))?;
    let counted = counted_values(&segments, asked, as_of, columns, |_| true);
    let scope = asked.scope();
    let named = counted.iter().zip(columns).map(|(counted, column)| {
        let mut groups = Groups::most_frequent(counted, size);
        if *column == Column::User {
            groups.name_users(&segments, scope);
        }
        groups.listed()
    });
    Ok(named.collect())
}

/// The values of a column over all rows of a scope that begin with a prefix.
pub(crate) fn values(
    store: &Store,
    pieces: &[Piece],
    scope: &Scope,
    column: &Column,
    prefix: &str,
    limit: usize,
) -> Result<Vec<ValueCount>, Unreadable> {
    let everything = ScopedQuery::new(Query::everything(), scope.clone());
    let segments = open_all(store, pieces)?;
    let columns = std::slice::from_ref(column);
    let prefix = event::fold(prefix);
    let is_user = *column == Column::User;
    let keep = |key: &Key<'_>| is_user || key.begins_with(&prefix);
    let counted = counted_values(&segments, &everything, u64::MAX, columns, keep);
    let counted = counted.into_iter().next().unwrap_or_default();
    if is_user {
        // Of users the newest name counts, so all of them are named before some are left out.
        let size = if prefix.is_empty() { limit } else { usize::MAX };
        let mut groups = Groups::most_frequent(&counted, size);
        groups.name_users(&segments, scope);
        groups.keep_users(&prefix);
        groups.truncate(limit);
        return Ok(groups.listed().values);
    }
    Ok(Groups::most_frequent(&counted, limit).listed().values)
}

/// Column by column and segment by segment what the matching rows have, of the values that are to be kept.
fn counted_values<'a>(
    segments: &'a [Arc<Segment>],
    asked: &'a ScopedQuery,
    as_of: u64,
    columns: &'a [Column],
    keep: impl Fn(&Key<'_>) -> bool + Sync,
) -> Vec<Vec<Vec<Counted<'a>>>> {
    let by_segment: Vec<Vec<Vec<Counted<'a>>>> = each(segments, |segment| {
        let selection = select(segment, asked, as_of);
        let of_column = |column: &'a Column| {
            ValueCounter::new(segment, Standing::of(column), &asked.query().zone).count(
                &selection,
                &selection.rows,
                &keep,
            )
        };
        columns.iter().map(of_column).collect()
    });
    let mut by_column: Vec<Vec<Vec<Counted<'a>>>> = columns.iter().map(|_| Vec::new()).collect();
    for of_segment in by_segment {
        for (column, counted) in by_column.iter_mut().zip(of_segment) {
            column.push(counted);
        }
    }
    by_column
}

/// How many matching rows fall between neighbouring boundaries.
pub(crate) fn histogram(
    store: &Store,
    pieces: &[Piece],
    asked: &ScopedQuery,
    as_of: u64,
    boundaries_ns: &[i64],
    split_by: Option<&Column>,
) -> Result<Histogram, Unreadable> {
    let segments = open_all(store, overlapping(pieces, asked.query(), as_of))?;
    let counted = each(&segments, |segment| {
        count_buckets(segment, asked, as_of, boundaries_ns, split_by)
    });
    let buckets = boundaries_ns.len().saturating_sub(1);
    let mut counts = vec![0; buckets];
    let mut splits: Vec<Vec<Vec<Counted<'_>>>> = (0..buckets).map(|_| Vec::new()).collect();
    for (bucket, count, split) in counted.into_iter().flatten() {
        if let (Some(total), Some(splits)) = (counts.get_mut(bucket), splits.get_mut(bucket)) {
            *total += count;
            splits.push(split);
        }
    }
    let named = |value: ValueCount| match value.value {
        Value::String(text) => (text, value.count),
        other => (other.to_string(), value.count),
    };
    let buckets = counts.into_iter().zip(&splits).map(|(count, split)| {
        let values = Groups::most_frequent(split, usize::MAX).listed().values;
        Bucket {
            count,
            by: values.into_iter().map(named).collect(),
        }
    });
    Ok(Histogram {
        buckets: buckets.collect(),
    })
}

fn count_buckets<'a>(
    segment: &'a Segment,
    asked: &'a ScopedQuery,
    as_of: u64,
    boundaries_ns: &[i64],
    split_by: Option<&'a Column>,
) -> Vec<(usize, u64, Vec<Counted<'a>>)> {
    let selection = select(segment, asked, as_of);
    let mut counter = split_by
        .map(|column| ValueCounter::new(segment, Standing::of(column), &asked.query().zone));
    let starts: Vec<usize> = boundaries_ns
        .iter()
        .map(|&ns| segment.rows_between(Some(ns), None).start)
        .collect();
    let mut buckets = Vec::new();
    for (bucket, bounds) in starts.windows(2).enumerate() {
        let &[start, end] = bounds else { continue };
        let rows = intersection(&(start..end), &selection.rows);
        let count = selection.count_in(&rows);
        if count > 0 {
            let split = counter.as_mut().map_or_else(Vec::new, |counter| {
                counter.count(&selection, &rows, |_| true)
            });
            buckets.push((bucket, count, split));
        }
    }
    buckets
}

fn intersection(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    let start = a.start.max(b.start);
    start..a.end.min(b.end).max(start)
}

pub(crate) fn select(segment: &Segment, asked: &ScopedQuery, as_of: u64) -> Selection {
    let rows = segment.rows_between(asked.query().range.from, asked.query().range.to);
    segment.select(&compile(asked, segment, as_of), rows)
}

/// The pieces that can have matching rows.
pub(crate) fn overlapping<'a>(pieces: &'a [Piece], query: &Query, as_of: u64) -> Vec<&'a Piece> {
    let begins = |piece: &Piece| query.range.to.is_none_or(|to| piece.oldest_ns < to);
    let lasts = |piece: &Piece| query.range.from.is_none_or(|from| piece.newest_ns >= from);
    pieces
        .iter()
        .filter(|piece| piece.rows > 0 && piece.first < as_of && begins(piece) && lasts(piece))
        .collect()
}
