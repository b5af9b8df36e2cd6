//! Random questions to the local index and to one that looks at every event: the answers must be equal.

mod actions;
mod states;

use index::cursor::{Cursor, ParametersHash};
use index::range::{WeekStart, Width, buckets};
use index::{Column, Hit, Index, Order, PageRequest, Query, ResourceRequest, ScopedQuery};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index as Sample;
use testkit::events::{entries, query, scope};
use tlog::{LeafIndex, TreeSize};

use states::{Pair, steps};

/// The log that is asked.
const LOG: u32 = 7;

/// A log with the same events, which would be found twice if a question leaked into it.
const OTHER_LOG: u32 = 8;

/// Questions that each state of the index answers; with the cases of the properties more than 1,000.
const QUESTIONS: usize = 16;

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(80)
    }
}

/// A question of somebody who sees all of the log, or of somebody who does not.
fn asked() -> impl Strategy<Value = ScopedQuery> {
    (query(), scope(LOG)).prop_map(|(query, scope)| ScopedQuery::new(query, scope))
}

/// All pages of a listing, each begun from the cursor of the page before; `between` runs after every page.
fn listing(
    index: &dyn Index,
    asked: &ScopedQuery,
    (limit, order, as_of): (usize, Order, TreeSize),
    mut between: impl FnMut(),
) -> (Vec<Hit>, Option<u64>) {
    let parameters = ParametersHash::of_url(LOG, [("order", "desc")]);
    let mut page = PageRequest {
        limit,
        order,
        after: None,
        as_of,
        count: true,
    };
    let mut query = asked.query().clone();
    let mut hits = Vec::new();
    let mut total = None;
    loop {
        let found = index
            .search(
                &ScopedQuery::new(query.clone(), asked.scope().clone()),
                &page,
            )
            .expect("the index is not damaged");
        assert!(
            found.hits.len() <= limit,
            "a page of {limit} has {} hits",
            found.hits.len()
        );
        total = total.or(found.total);
        assert_eq!(
            total, found.total,
            "the total is that of all pages on every page"
        );
        hits.extend(found.hits);
        let Some(place) = found.next else {
            return (hits, total);
        };
        between();
        let cursor = Cursor {
            parameters,
            range: query.range,
            tree_size: page.as_of,
            place,
            order,
        };
        let cursor = Cursor::decode(&cursor.encode(), &parameters).expect("it was just made");
        query.range = cursor.range;
        page.as_of = cursor.tree_size;
        page.order = cursor.order;
        page.after = Some(cursor.place);
    }
}

proptest! {
    #![proptest_config(config())]

    /// Listings of any page size in both directions, and their totals.
    #[test]
    fn every_listing_is_that_of_the_oracle(
        entries in entries(0..150),
        steps in steps(),
        questions in vec((asked(), 1..30_usize, any::<bool>(), any::<Sample>()), QUESTIONS),
    ) {
        let pair = Pair::after(&entries, &steps);
        for (query, limit, ascending, size) in questions {
            let order = if ascending { Order::Asc } else { Order::Desc };
            // Mostly everything that is applied, sometimes an earlier snapshot.
            let as_of = if size.index(3) == 0 { size.index(entries.len() + 1) } else { entries.len() };
            let shape = (limit, order, TreeSize::new(as_of as u64));
            let found = listing(&pair.local, &query, shape, || ());
            let wanted = listing(&pair.naive, &query, shape, || ());
            prop_assert_eq!(&found, &wanted, "{:?}", query);
            let count = pair.local.count(&query, shape.2).expect("the index is not damaged");
            prop_assert_eq!(count, wanted.0.len() as u64);
            prop_assert_eq!(wanted.1, Some(count));
        }
    }

    /// Events that come in between pages, sealing and merging change nothing of a listing that has begun.
    #[test]
    fn a_listing_is_a_snapshot(
        before in entries(0..100),
        after in entries(40..80),
        steps in steps(),
        query in asked(),
        limit in 1..6_usize,
        ascending in any::<bool>(),
    ) {
        let order = if ascending { Order::Asc } else { Order::Desc };
        let pair = Pair::after(&before, &steps);
        let shape = (limit, order, TreeSize::new(before.len() as u64));
        let (wanted, _) = listing(&pair.naive, &query, shape, || ());
        let mut late = after.chunks(3);
        let found = listing(&pair.local, &query, shape, || {
            if let Some(rows) = late.next() {
                pair.apply(rows);
            } else {
                pair.local.flush().expect("the directory can be written");
            }
        });
        prop_assert_eq!(found.0, wanted);
    }

    /// Events of the same instant keep their order over pages and segments, whatever lies between them.
    #[test]
    fn ties_are_ordered_by_position(
        mut entries in entries(20..60),
        instants in vec(0_i64..4, 60),
        steps in steps(),
        scope in scope(LOG),
        limit in 1..6_usize,
    ) {
        for (entry, instant) in entries.iter_mut().zip(instants) {
            if let Some(entry) = entry {
                entry.event.occurred_at = event::Timestamp::from_ns(instant).expect("1970 can be stored");
            }
        }
        let pair = Pair::after(&entries, &steps);
        let everything = ScopedQuery::new(Query::everything(), scope);
        for order in [Order::Asc, Order::Desc] {
            let shape = (limit, order, TreeSize::new(entries.len() as u64));
            let found = listing(&pair.local, &everything, shape, || ());
            prop_assert_eq!(found, listing(&pair.naive, &everything, shape, || ()));
        }
    }

    /// Value counts of every column, and histograms split by any.
    #[test]
    fn every_count_is_that_of_the_oracle(
        entries in entries(0..120),
        steps in steps(),
        questions in vec((asked(), 0..8_usize, any::<Sample>(), 1..70_usize), 4),
    ) {
        let pair = Pair::after(&entries, &steps);
        let mut columns: Vec<Column> = Column::named().collect();
        columns.extend(["role_id", "count", "tags"].map(|key| Column::Metadata(key.to_owned())));
        for (query, size, split, width) in questions {
            let as_of = TreeSize::new(entries.len() as u64);
            let count = |index: &dyn Index| {
                let counts = index.value_counts(&query, as_of, &columns, size);
                let counts = counts.expect("the index is not damaged");
                let bare = |counts: index::ValueCounts| {
                    let values = counts.values.into_iter().map(|value| (value.value, value.count));
                    (values.collect::<Vec<_>>(), counts.other)
                };
                columns.iter().map(Column::name).zip(counts.into_iter().map(bare)).collect::<Vec<_>>()
            };
            prop_assert_eq!(count(&pair.local), count(&pair.naive), "{:?}", query);

            let Some(bounds) = pair.naive.bounds(query.scope()).expect("it never fails") else { continue };
            let asked = query.query();
            let (from, to) = (asked.range.from.unwrap_or(bounds.oldest_ns), bounds.newest_ns + 1);
            let cut = buckets(from.min(to), to, Width::AtMost(width), &asked.zone, WeekStart::Monday);
            let cut = cut.expect("the width is one that is allowed").boundaries_ns;
            let split = split.get(&columns);
            let count = |index: &dyn Index| {
                index.histogram(&query, as_of, &cut, Some(split)).expect("the index is not damaged")
            };
            prop_assert_eq!(count(&pair.local), count(&pair.naive), "{} {:?}", split, query);
        }
    }

    /// What menus offer, what the lists of resources show, and what is told of single events.
    #[test]
    fn every_list_is_that_of_the_oracle(
        entries in entries(0..120),
        steps in steps(),
        scope in scope(LOG),
        limit in 1..6_usize,
        named in any::<bool>(),
        prefix in proptest::sample::select(&["", "l", "LI", "role", "7", "u", "5", "gr", "s"][..]),
    ) {
        let pair = Pair::after(&entries, &steps);
        let mut columns: Vec<Column> = Column::named().collect();
        columns.extend(["role_id", "count", "tags"].map(|key| Column::Metadata(key.to_owned())));
        for column in columns {
            let values = |index: &dyn Index| index.values(&scope, &column, prefix, limit).expect("not damaged");
            prop_assert_eq!(values(&pair.local), values(&pair.naive), "{}", column);
        }
        let types = |index: &dyn Index| index.resource_types(&scope).expect("not damaged");
        prop_assert_eq!(types(&pair.local), types(&pair.naive));
        for kind in types(&pair.naive).into_iter().map(|listed| listed.kind).chain(["none".to_owned()]) {
            let all = |index: &dyn Index| {
                let mut listed = Vec::new();
                loop {
                    let after = listed.last().map(|resource: &index::Resource| resource.id.clone());
                    let request = ResourceRequest { kind: &kind, prefix, after: after.as_deref(), limit, named };
                    let page = index.resources(&scope, &request).expect("not damaged");
                    if page.is_empty() {
                        return listed;
                    }
                    listed.extend(page);
                }
            };
            prop_assert_eq!(all(&pair.local), all(&pair.naive), "{}", kind);
        }
        let bounds = |index: &dyn Index| index.bounds(&scope).expect("not damaged");
        prop_assert_eq!(bounds(&pair.local), bounds(&pair.naive));
    }

    /// What is told of single positions: whether they are seen, and what was done there for the first time.
    #[test]
    fn every_position_is_that_of_the_oracle(
        entries in entries(0..120),
        steps in steps(),
        scope in scope(LOG),
        (start, count, limit) in (0..130_u64, 0..130_u64, 0..40_usize),
    ) {
        let pair = Pair::after(&entries, &steps);
        for position in 0..=entries.len() {
            let at = LeafIndex::new(position as u64);
            let first = |index: &dyn Index| index.first_seen(&scope, at).expect("not damaged");
            prop_assert_eq!(first(&pair.local), first(&pair.naive), "{}", at);
            let sees = |index: &dyn Index| index.sees(&scope, at).expect("not damaged");
            prop_assert_eq!(sees(&pair.local), sees(&pair.naive), "{}", at);
        }
        let range = LeafIndex::new(start)..LeafIndex::new(start + count);
        let visible = |index: &dyn Index| index.visible(&scope, range.clone(), limit).expect("not damaged");
        prop_assert_eq!(visible(&pair.local), visible(&pair.naive));
    }
}
