use crate::process::{annals, run};

#[test]
fn made_up_events_are_the_same_every_time() {
    let events =
        |arguments: &[&str]| run(annals(["bench", "gen", "--events", "50"]).args(arguments)).good();
    let first = events(&[]);
    assert_eq!(first.lines().len(), 50);
    assert_eq!(first.out, events(&[]).out);
    assert_ne!(first.out, events(&["--seed", "2"]).out);
    assert!(
        first.lines()[0]["occurred_at"]
            .as_str()
            .expect("a time")
            .starts_with("2026-01-01T00:00:0")
    );
}

#[test]
fn recording_is_measured() {
    for rate in [&[][..], &["--rate", "5000"]] {
        let mut command = annals([
            "bench",
            "ingest",
            "--events",
            "550",
            "--batch",
            "100",
            "--connections",
            "3",
            "--json",
        ]);
        let figures = run(command.args(rate)).good().json();
        assert_eq!(figures["events"], 550);
        assert_eq!(figures["requests"], 6);
        assert!(figures["events_per_s"].as_f64().expect("a number") > 0.0);
        let latency = |name: &str| figures["latency_ms"][name].as_f64().expect("a number");
        assert!(
            0.0 < latency("p50")
                && latency("p50") <= latency("p99")
                && latency("p99") <= latency("max")
        );
    }
}

#[test]
fn finding_is_measured() {
    let figures = run(&mut annals([
        "bench", "query", "--events", "3000", "--rounds", "3", "--json",
    ]))
    .good()
    .json();
    let questions = figures["questions"].as_array().expect("questions");
    assert!(questions.len() >= 10);
    assert!(
        questions
            .iter()
            .all(|question| question["latency_ms"]["p50"].as_f64().expect("a number") > 0.0)
    );
    let table = run(&mut annals([
        "bench", "query", "--events", "100", "--rounds", "1",
    ]))
    .good()
    .out;
    assert!(table.contains("median ms"), "{table}");
}

#[test]
fn a_server_in_use_is_measured_only_when_it_is_named() {
    let done = run(&mut annals([
        "bench",
        "ingest",
        "--events",
        "1",
        "--url",
        "http://127.0.0.1:1",
    ]));
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.err.contains("--token"), "{done:?}");
}
