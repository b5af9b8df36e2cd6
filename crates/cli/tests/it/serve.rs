use std::fs;
use std::net::TcpListener;

use crate::process::{Home, Server, annals, run};

#[test]
fn a_server_says_what_it_needs_and_ends_when_asked() {
    let temp = tempfile::tempdir().expect("a temporary directory");
    let dir = temp.path().join("data");
    let mut command = annals([
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--instance-name",
        "log.example.com",
    ]);
    let server = Server::start(command.arg("--data-dir").arg(&dir));
    assert_eq!(server.said["instance"], "log.example.com");
    assert_eq!(server.said["has_keys"], false);
    assert_eq!(crate::process::get(server.url(), "/readyz", "").0, 200);
    let (code, rest) = server.stop();
    assert_eq!((code, rest.as_str()), (Some(0), ""));
    assert!(dir.join("FORMAT").exists());
}

#[test]
fn what_stops_a_start_is_named() {
    let home = Home::new();
    let serve = |arguments: &[&str]| {
        run(annals(["serve", "--data-dir"])
            .arg(&home.dir)
            .args(arguments))
    };
    let check = |done: crate::process::Done, code, words: &[&str]| {
        assert_eq!(done.code, Some(code), "{done:?}");
        // The log of the process may say something before.
        let (_, why) = done.err.rsplit_once("annals: ").unwrap_or_default();
        assert!(
            !why.is_empty() && words.iter().all(|word| why.contains(word)),
            "{done:?}"
        );
        assert!(done.out.is_empty(), "{done:?}");
    };
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("bound").to_string();
    check(
        serve(&["--listen", &address]),
        1,
        &["cannot listen on", &address],
    );
    check(
        serve(&["--listen", "127.0.0.1:0", "--instance-name", "other"]),
        1,
        &["belongs to the instance"],
    );
    check(serve(&["--listen", "here"]), 1, &["--listen"]);
    check(
        serve(&["--config", "/nonexistent/annals.toml"]),
        1,
        &["cannot read the configuration file"],
    );
    check(
        serve(&["--tls-cert", "/nonexistent", "--tls-key", "/nonexistent"]),
        1,
        &["TLS"],
    );

    let server = Server::on(&home.dir);
    check(
        serve(&["--listen", "127.0.0.1:0"]),
        1,
        &["cannot open the data directory"],
    );
    drop(server);

    let stranger = tempfile::tempdir().expect("a temporary directory");
    fs::write(stranger.path().join("letter.txt"), "dear").expect("room");
    let done = run(annals(["serve", "--listen", "127.0.0.1:0", "--data-dir"]).arg(stranger.path()));
    check(done, 1, &["cannot open the data directory"]);

    let format = home.dir.join("FORMAT");
    let text = fs::read_to_string(&format).expect("a format");
    fs::write(&format, text.replacen('1', "9", 1)).expect("room");
    check(
        serve(&["--listen", "127.0.0.1:0"]),
        1,
        &["cannot open the data directory"],
    );
}

#[test]
fn the_printed_configuration_is_accepted() {
    let temp = tempfile::tempdir().expect("a temporary directory");
    let file = temp.path().join("annals.toml");
    let first = run(&mut annals(["serve", "--print-config"])).good().out;
    fs::write(&file, &first).expect("room");
    let second = run(annals(["serve", "--print-config", "--config"]).arg(&file))
        .good()
        .out;
    assert_eq!(first, second);
    let third =
        run(annals(["serve", "--print-config"]).env("ANNALS_LISTEN__ADDRESS", "127.0.0.1:9999"))
            .good()
            .out;
    assert!(third.contains("address = \"127.0.0.1:9999\""), "{third}");
}

/// A certificate for 127.0.0.1 that nobody else trusts.
const CERTIFICATE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/tls/cert.pem");
const KEY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/tls/key.pem");

#[test]
fn clients_speak_tls_with_a_server_they_trust_and_with_no_other() {
    let home = Home::new();
    let mut command = annals([
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--tls-cert",
        CERTIFICATE,
        "--tls-key",
        KEY,
    ]);
    let server = Server::start(command.arg("--data-dir").arg(&home.dir));
    assert!(
        server.url().starts_with("https://127.0.0.1:"),
        "{}",
        server.url()
    );
    let mut query = server.client(&home.token, &["query", "--range", "all_time", "--count"]);
    let count = run(query.env("SSL_CERT_FILE", CERTIFICATE)).good().out;
    assert!(count.trim().parse::<u64>().expect("a number") > 0);
    let distrustful = run(query.env_remove("SSL_CERT_FILE"));
    assert_eq!(distrustful.code, Some(1), "{distrustful:?}");
    assert!(
        distrustful.err.contains("connecting to https://"),
        "{distrustful:?}"
    );
    assert_eq!(server.stop().0, Some(0));
}
