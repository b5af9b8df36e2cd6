//! Searches among a million events of one log: each must answer within 20 ms on two cores.
#![expect(clippy::print_stdout, reason = "a bench reports what it measured")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on must stop")]

mod sample;

use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use event::Verb;
use index::{
    Column, Criterion as Comparison, CriterionValue, FreeText, Index, IndexOptions, LocalIndex,
    Match, Operand, Operator, Order, PageRequest, Query, ResourceRequest, Row, Scope, ScopedQuery,
    TimeRange, Word,
};
use tlog::{LeafIndex, TreeSize};

use self::sample::{BEGIN_NS, Draw, STEP_NS};

const ROWS: u64 = 1_000_000;
const BATCH: u64 = 1_000;
const DAY_NS: i64 = 86_400_000_000_000;

fn filled(directory: &std::path::Path) -> LocalIndex {
    let index = LocalIndex::open(directory, IndexOptions::default()).unwrap();
    let mut draw = Draw::new(42);
    let mut applying = std::time::Duration::ZERO;
    for batch in 0..ROWS / BATCH {
        let first = batch * BATCH;
        let events: Vec<_> = (first..first + BATCH)
            .map(|number| sample::event(&mut draw, number))
            .collect();
        let rows: Vec<_> = events
            .iter()
            .map(|event| {
                Some(Row {
                    received_ms: 0,
                    event,
                    verb: Verb::of_action(&event.action),
                })
            })
            .collect();
        let begin = Instant::now();
        index.apply(0, LeafIndex::new(first), &rows).unwrap();
        applying += begin.elapsed();
    }
    let begin = Instant::now();
    index.flush().unwrap();
    applying += begin.elapsed();
    let sizes = index.sizes();
    let rows = usize::try_from(sizes.rows).unwrap();
    println!(
        "apply: {} rows/s; {sizes:?}; {} B/row in memory, {} B/row on disk",
        u128::from(ROWS) * 1_000 / applying.as_millis().max(1),
        (sizes.sealed_bytes + sizes.head_bytes) / rows,
        sizes.file_bytes / sizes.rows,
    );
    index
}

fn compare(column: Column, op: Operator, text: &str) -> Comparison {
    Comparison {
        column,
        op,
        value: CriterionValue::One(Operand::Text(text.to_owned())),
    }
}

fn text(words: &[&str], prefix: bool) -> FreeText {
    let last = words.len() - 1;
    FreeText {
        words: words
            .iter()
            .enumerate()
            .map(|(at, word)| Word {
                text: (*word).to_owned(),
                prefix: prefix && at == last,
            })
            .collect(),
        phrases: Vec::new(),
    }
}

fn queries() -> Vec<(&'static str, Query)> {
    let all = Query::everything;
    let end = BEGIN_NS + STEP_NS * i64::try_from(ROWS).unwrap();
    let month = TimeRange {
        from: Some(end - 30 * DAY_NS),
        to: Some(end),
    };
    let mut two_columns = all();
    two_columns.filter.criteria = vec![
        compare(Column::Category, Operator::Eq, "Agents"),
        compare(Column::Result, Operator::Eq, "failure"),
    ];
    let mut either = two_columns.clone();
    either.filter.matching = Match::Any;
    let one = |comparison| Query {
        refine: vec![comparison],
        ..all()
    };
    let worded = |text| Query { text, ..all() };
    let phrase = FreeText {
        words: Vec::new(),
        phrases: vec!["amber harbour".to_owned()],
    };
    vec![
        ("everything", all()),
        (
            "last 30 days",
            Query {
                range: month,
                ..all()
            },
        ),
        (
            "event is not",
            one(compare(Column::Event, Operator::Ne, "role create")),
        ),
        (
            "rare user",
            one(compare(Column::User, Operator::Eq, "usr_15000")),
        ),
        ("two columns AND", two_columns),
        ("two columns OR", either),
        (
            "target id",
            one(compare(Column::TargetId, Operator::Eq, "agent_30000")),
        ),
        (
            "request id",
            one(compare(Column::RequestId, Operator::Eq, "nowhere")),
        ),
        (
            "description contains",
            one(compare(
                Column::Description,
                Operator::Contains,
                "harbour 17",
            )),
        ),
        ("common word", worded(text(&["lily"], false))),
        ("rare word", worded(text(&["40000"], false))),
        ("two words", worded(text(&["amber", "harb"], true))),
        ("phrase", worded(phrase)),
        ("e-mail", worded(text(&["lily.777@example.com"], false))),
        ("short prefix", worded(text(&["a"], true))),
    ]
}

fn bench(criterion: &mut Criterion) {
    let directory = tempfile::tempdir().unwrap();
    let index = filled(directory.path());
    let as_of = TreeSize::new(ROWS);
    let page = PageRequest {
        limit: 100,
        order: Order::Desc,
        after: None,
        as_of,
        count: false,
    };
    let boundaries: Vec<i64> = (0..=180).map(|day| BEGIN_NS + day * DAY_NS).collect();
    let facets = [
        Column::Category,
        Column::Event,
        Column::Result,
        Column::User,
    ];
    for (name, query) in queries() {
        let query = ScopedQuery::new(query, Scope::account(0));
        println!("{name}: {} rows", index.count(&query, as_of).unwrap());
        let mut group = criterion.benchmark_group(name);
        group.sample_size(10);
        group.warm_up_time(std::time::Duration::from_millis(200));
        group.measurement_time(std::time::Duration::from_millis(700));
        group.bench_function("page", |b| {
            b.iter(|| black_box(index.search(&query, &page)));
        });
        group.bench_function("count", |b| {
            b.iter(|| black_box(index.count(&query, as_of)));
        });
        group.bench_function("value counts", |b| {
            b.iter(|| black_box(index.value_counts(&query, as_of, &facets, 10)));
        });
        group.bench_function("histogram by category", |b| {
            b.iter(|| {
                black_box(index.histogram(&query, as_of, &boundaries, Some(&Column::Category)))
            });
        });
        group.finish();
    }
    let scope = Scope::account(0);
    let agents = |prefix| ResourceRequest {
        kind: "agent",
        prefix,
        after: None,
        limit: 100,
        named: true,
    };
    let mut group = criterion.benchmark_group("lists");
    group.sample_size(10);
    for column in [Column::Category, Column::User, Column::TargetId, Column::Ip] {
        group.bench_function(format!("values of {column}"), |b| {
            b.iter(|| black_box(index.values(&scope, &column, "us", 20)));
        });
    }
    let everything = ScopedQuery::new(Query::everything(), scope.clone());
    group.bench_function("actions", |b| {
        b.iter(|| black_box(index.actions(&everything, as_of, 80)));
    });
    group.bench_function("resource types", |b| {
        b.iter(|| black_box(index.resource_types(&scope)));
    });
    group.bench_function("resources", |b| {
        b.iter(|| black_box(index.resources(&scope, &agents(""))));
    });
    group.bench_function("resources with a prefix", |b| {
        b.iter(|| black_box(index.resources(&scope, &agents("quiet"))));
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
