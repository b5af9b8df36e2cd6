use serde_json::Value;

use crate::process::{Server, annals, get, run};

#[test]
fn a_demo_shows_a_year_and_goes() {
    let server = Server::start(&mut annals([
        "demo",
        "--events",
        "600",
        "--listen",
        "127.0.0.1:0",
    ]));
    let token = server.said["token"].as_str().expect("a token").to_owned();
    let data_dir = server.said["data_dir"]
        .as_str()
        .expect("a directory")
        .to_owned();
    assert_eq!(server.said["account"], "acme");
    assert_eq!(get(server.url(), "/docs", "").0, 200);

    let path = "/v1/accounts/acme/events?range=all_time&order=asc&limit=1000&count=true";
    let (status, body) = get(server.url(), path, &token);
    assert_eq!(status, 200, "{body}");
    let page: Value = serde_json::from_str(&body).expect("JSON");
    assert!(
        page["count"].as_u64().expect("a count") >= 600,
        "{}",
        page["count"]
    );
    let events = page["events"].as_array().expect("events");
    // Every event was received soon after it happened, although the year took seconds.
    let late = |event: &&Value| {
        let day = |member: &str| {
            event[member]
                .as_str()
                .map(|time| time.get(..10).map(str::to_owned))
        };
        event["metadata"].is_object() && day("occurred_at") != day("received_at")
    };
    let late = events.iter().filter(late).count();
    assert!(
        late * 20 < events.len(),
        "{late} of {} events were received on another day",
        events.len()
    );
    let categories = get(
        server.url(),
        "/v1/accounts/acme/values?column=category",
        &token,
    )
    .1;
    assert!(
        categories.contains("Roles") && categories.contains("Login/Logout"),
        "{categories}"
    );

    let accounts = get(server.url(), "/v1/accounts", &token).1;
    assert!(accounts.contains("Acme Robotics"), "{accounts}");
    assert_eq!(server.stop().0, Some(0));
    assert!(!std::path::Path::new(&data_dir).exists(), "the data stayed");
}

#[test]
fn a_demo_can_be_kept_but_touches_nothing_that_is_there() {
    let temp = tempfile::tempdir().expect("a temporary directory");
    let dir = temp.path().join("kept");
    let demo = || {
        let mut command = annals([
            "demo",
            "--events",
            "50",
            "--listen",
            "127.0.0.1:0",
            "--data-dir",
        ]);
        command.arg(&dir);
        command
    };
    let server = Server::start(&mut demo());
    let token = server.said["token"].as_str().expect("a token").to_owned();
    assert_eq!(server.stop().0, Some(0));

    let occupied = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = occupied.local_addr().expect("bound").to_string();
    let refused = run(&mut annals(["demo", "--listen", &address]));
    assert!(
        refused.code == Some(1) && refused.err.contains("--listen takes another"),
        "{refused:?}"
    );

    let again = run(&mut demo());
    assert!(
        again.code == Some(1) && again.err.contains("is not empty"),
        "{again:?}"
    );
    let server = Server::on(&dir);
    assert_eq!(
        get(
            server.url(),
            "/v1/accounts/acme/events?range=all_time",
            &token
        )
        .0,
        200
    );
}
