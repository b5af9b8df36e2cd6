use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::process::{Done, Home, Server, run, run_with, terminate};

fn event(number: u32, name: &str) -> Value {
    json!({
        "id": format!("00000000-0000-7000-8000-{number:012}"),
        "action": "role.create",
        "occurred_at": format!("2026-03-01T10:00:{number:02}.5Z"),
        "actor": { "type": "user", "id": "usr_1", "name": name },
        "metadata": { "role_name": "Auditor\u{1b}[31m" },
    })
}

fn ndjson(events: &[Value]) -> String {
    events
        .iter()
        .map(Value::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Five events, three of them by Lily.
fn five() -> Vec<Value> {
    (0..5)
        .map(|number| event(number, if number < 3 { "Lily Ari" } else { "Bo" }))
        .collect()
}

/// A server that has the five events, findable.
fn with_five() -> (Home, Server) {
    let home = Home::new();
    let server = Server::on(&home.dir);
    run_with(
        &mut server.client(&home.token, &["append", "--wait"]),
        &ndjson(&five()),
    )
    .good();
    (home, server)
}

fn query(home: &Home, server: &Server, arguments: &[&str]) -> Done {
    run(server
        .client(&home.token, &["query", "--range", "all_time"])
        .args(arguments))
    .good()
}

/// The events of the product, without those of the log about itself.
const CREATED: [&str; 2] = ["--where", "action:eq:role.create"];

#[test]
fn every_event_has_a_receipt_and_is_stored_once() {
    let home = Home::new();
    let server = Server::on(&home.dir);
    let mut append = server.client(&home.token, &["append", "--json", "--batch", "2"]);
    let receipts = run_with(&mut append, &ndjson(&five())).good().lines();
    let ids = |list: &[Value]| {
        list.iter()
            .map(|item| item["id"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&receipts), ids(&five()));
    assert!(receipts.iter().all(|receipt| receipt["duplicate"] == false));

    let array = serde_json::to_string(&five()).expect("JSON");
    let again = run_with(&mut server.client(&home.token, &["append"]), &array).good();
    assert!(
        again
            .out
            .contains("5 events stored, 5 of them were there before"),
        "{again:?}"
    );
    assert_eq!(server.stop().0, Some(0));
}

#[test]
fn what_is_appended_is_found() {
    let (home, server) = with_five();
    let found = query(
        &home,
        &server,
        &[
            "--json",
            "--where",
            "user:eq:lily ari",
            CREATED[0],
            CREATED[1],
        ],
    )
    .lines();
    let ids: Vec<_> = found.iter().map(|event| event["id"].clone()).collect();
    assert_eq!(ids, [2, 1, 0].map(|number| event(number, "")["id"].clone()));
    let four = query(
        &home,
        &server,
        &["--json", "--limit", "4", CREATED[0], CREATED[1]],
    );
    assert_eq!(four.lines().len(), 4);

    let table = [
        "--tz",
        "America/St_Johns",
        "--order",
        "asc",
        CREATED[0],
        CREATED[1],
    ];
    let table = query(&home, &server, &table).out;
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].starts_with("Time (America/St_Johns)"), "{table}");
    assert!(
        lines[1].starts_with("2026-03-01 06:30:00  ") && lines[1].contains("Lily Ari"),
        "{table}"
    );
    assert_eq!(lines.len(), 6);
    assert!(
        !table.contains('\u{1b}'),
        "an event commands the terminal: {table:?}"
    );
    assert_eq!(server.stop().0, Some(0));
}

#[test]
fn what_is_appended_is_counted() {
    let (home, server) = with_five();
    let filter = r#"{"match":"any","criteria":[{"column":"user","op":"eq","value":"Bo"}]}"#;
    assert_eq!(
        query(&home, &server, &["--count", "--filter", filter]).out,
        "2\n"
    );
    assert_eq!(
        query(&home, &server, &["--count", "--json", "--q", "user:Bo"]).json()["count"],
        2
    );
    let facets = query(
        &home,
        &server,
        &[
            "--facets",
            "user,category",
            "--json",
            CREATED[0],
            CREATED[1],
        ],
    )
    .json();
    assert_eq!(facets["facets"]["category"]["values"][0]["count"], 5);
    assert!(
        query(&home, &server, &["--facets", "category"])
            .out
            .contains("Roles")
    );
    let bars = [
        "--histogram",
        "day",
        "--split-by",
        "result",
        CREATED[0],
        CREATED[1],
    ];
    let bars = query(&home, &server, &bars).out;
    assert!(bars.contains("success 5"), "{bars}");
    assert_eq!(server.stop().0, Some(0));
}

#[test]
fn what_is_wrong_with_events_and_questions_is_told() {
    let home = Home::new();
    let server = Server::on(&home.dir);
    let input = ndjson(&[
        event(1, "a"),
        json!({"action": "x.y", "unknown": 1}),
        event(2, "b"),
    ]);
    let mut append = server.client(&home.token, &["append"]);
    let refused = run_with(&mut append, &input);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(refused.err.contains("event 1 /unknown"), "{refused:?}");

    let partial = run_with(
        &mut server.client(&home.token, &["append", "--partial"]),
        &input,
    );
    assert_eq!(partial.code, Some(1), "{partial:?}");
    assert!(
        partial
            .out
            .starts_with("2 events stored, 0 of them were there before, 1 refused"),
        "{partial:?}"
    );
    assert!(partial.err.contains("event 1: /unknown"), "{partial:?}");

    let cut = run_with(
        &mut server.client(&home.token, &["append"]),
        "{\"action\":\"a.b\"}\n{\"act",
    );
    assert!(cut.code == Some(1) && cut.err.contains("line 2"), "{cut:?}");

    for (arguments, word) in [
        (&["--where", "nonsense:eq:1"][..], "nonsense"),
        (&["--where", "user"], "column:operator:value"),
        (&["--range", "last_7_days"], "range"),
        (&["--tz", "Mars/Olympus"], "tz"),
        (&["--account", "acne"], "acme"),
    ] {
        let done = run(server.client(&home.token, &["query"]).args(arguments));
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(
            done.err.starts_with("annals: ") && done.err.contains(word),
            "{done:?}"
        );
    }
    let stranger = run(&mut server.client("ann_wrong", &["query"]));
    assert!(
        stranger.code == Some(1) && !stranger.err.contains("ann_wrong"),
        "{stranger:?}"
    );
    let nobody = run(server
        .client(&home.token, &["query"])
        .env("ANNALS_URL", "http://127.0.0.1:1"));
    assert!(
        nobody.code == Some(1) && nobody.err.contains("connecting to http://127.0.0.1:1"),
        "{nobody:?}"
    );
    drop(server);
}

#[test]
fn a_tail_shows_what_comes_and_goes_on_where_it_was() {
    let home = Home::new();
    let server = Server::on(&home.dir);
    let append = |number| {
        let mut command = server.client(&home.token, &["append"]);
        run_with(&mut command, &event(number, "Lily").to_string()).good();
    };
    append(1);
    let first = ["tail", "--json", "--from-start", "--limit", "1"];
    let mut tail = server.client(&home.token, &first);
    let mut seen = run(&mut tail).good();
    // The account's own history may come first: its creation, its keys.
    while seen.lines()[0]["action"] != "role.create" {
        let cursor = seen
            .err
            .trim()
            .rsplit(' ')
            .next()
            .expect("a cursor")
            .to_owned();
        seen = run(&mut server.client(
            &home.token,
            &["tail", "--json", "--limit", "1", "--after", &cursor],
        ))
        .good();
    }
    assert_eq!(seen.lines()[0]["id"], event(1, "")["id"]);
    let cursor = seen
        .err
        .trim()
        .rsplit(' ')
        .next()
        .expect("a cursor")
        .to_owned();

    let mut tail = server.client(&home.token, &["tail", "--json", "--after", &cursor]);
    let mut child = tail
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary starts");
    append(2);
    let mut lines = BufReader::new(child.stdout.take().expect("it was asked for")).lines();
    let wanted = event(2, "")["id"].clone();
    let found = lines.any(|line| {
        let line: Value = serde_json::from_str(&line.expect("text")).expect("JSON");
        line["id"] == wanted
    });
    assert!(found, "the tail ended without the event");
    terminate(&child);
    child.wait().expect("the process ends");
    assert_eq!(server.stop().0, Some(0));
}

#[test]
fn health_is_an_exit_code() {
    let home = Home::new();
    let server = Server::on(&home.dir);
    let url = server.url().to_owned();
    let health =
        |arguments: &[&str]| run(crate::process::annals(["health", "--url", &url]).args(arguments));
    assert!(health(&[]).good().out.contains("is ready"));
    assert_eq!(health(&["--json"]).good().json()["status"], "ok");
    assert_eq!(server.stop().0, Some(0));
    let gone = health(&[]);
    assert!(gone.code == Some(1) && gone.out.is_empty(), "{gone:?}");
}
