use std::fs;
use std::path::{Path, PathBuf};

use crate::process::{Done, Home, Server, annals, run, run_with};

fn on(home: &Home, arguments: &[&str]) -> Done {
    run(annals(arguments).arg("--data-dir").arg(&home.dir))
}

/// A directory with a few events, closed.
fn closed() -> Home {
    let home = Home::new();
    let server = Server::on(&home.dir);
    let events: String = (0..40).map(|_| "{\"action\":\"role.create\"}\n").collect();
    run_with(
        &mut server.client(&home.token, &["append", "--batch", "5"]),
        &events,
    )
    .good();
    assert_eq!(server.stop().0, Some(0));
    home
}

fn journals(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir)
        .expect("a directory")
        .map(|entry| entry.expect("an entry").path());
    let (dirs, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    files
        .into_iter()
        .chain(dirs.iter().flat_map(|dir| journals(dir)))
        .collect()
}

#[test]
fn an_intact_directory_is_called_intact() {
    let home = closed();
    let report = on(&home, &["fsck", "--json"]).good().json();
    assert_eq!(report["intact"], true);
    let logs = report["logs"].as_array().expect("logs");
    let acme = logs.iter().find(|log| {
        log["origin"]
            .as_str()
            .is_some_and(|origin| origin.ends_with("/a/acme"))
    });
    let acme = acme.expect("the log of the account");
    assert!(
        acme["size"].as_u64().expect("a size") > 40
            && acme["root"].as_str().expect("a root").len() == 64
    );
    assert!(on(&home, &["fsck"]).good().out.starts_with("intact: "));
    assert_eq!(
        on(&home, &["fsck", "--json"]).good().json(),
        report,
        "a check changed something"
    );
}

#[test]
fn a_changed_byte_is_found_and_nothing_is_served_from_it() {
    let home = closed();
    let files = journals(&home.dir.join("journal"));
    let written = |path: &PathBuf| {
        fs::read(path)
            .expect("a file")
            .iter()
            .rposition(|byte| *byte != 0)
    };
    let (journal, end) = files
        .iter()
        .find_map(|path| Some((path, written(path)?)))
        .expect("a journal");
    let mut bytes = fs::read(journal).expect("a file");
    bytes[end / 2] ^= 1;
    fs::write(journal, bytes).expect("room");

    let found = on(&home, &["fsck", "--json"]);
    assert_eq!(found.code, Some(2), "{found:?}");
    assert_eq!(found.json()["intact"], false);
    assert!(found.json()["problems"][0]["finding"].is_string());
    let told = on(&home, &["fsck"]);
    assert!(
        told.code == Some(2) && told.out.starts_with("damaged or altered: "),
        "{told:?}"
    );
    for command in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["reindex"],
        &["admin", "account", "list"],
    ] {
        let refused = on(&home, command);
        assert_eq!(refused.code, Some(2), "{refused:?}");
        assert!(refused.err.contains("annals: "), "{refused:?}");
    }
}

#[test]
fn what_cannot_be_checked_is_neither_intact_nor_damaged() {
    let home = Home::new();
    let server = Server::on(&home.dir);
    for command in ["fsck", "reindex"] {
        let locked = on(&home, &[command]);
        assert!(
            locked.code == Some(1) && locked.err.starts_with("annals: "),
            "{locked:?}"
        );
    }
    assert_eq!(server.stop().0, Some(0));
    for command in ["fsck", "reindex"] {
        let absent = run(annals([command]).env("ANNALS_DATA_DIR", "/proc/nonexistent"));
        assert!(
            absent.code == Some(1) && absent.err.contains("/proc/nonexistent"),
            "{absent:?}"
        );
    }
}

#[test]
fn the_index_is_built_again_from_the_log() {
    let home = closed();
    let count = || {
        let server = Server::on(&home.dir);
        let arguments = [
            "query",
            "--count",
            "--range",
            "all_time",
            "--where",
            "action:eq:role.create",
        ];
        let count = run(&mut server.client(&home.token, &arguments)).good().out;
        assert_eq!(server.stop().0, Some(0));
        count
    };
    assert_eq!(count(), "40\n");
    fs::remove_dir_all(home.dir.join("index")).expect("the index can go at any time");
    let built = on(&home, &["reindex", "--json"]).good().json();
    assert!(built["events"].as_u64().expect("a number") >= 40);
    assert_eq!(count(), "40\n");
}
