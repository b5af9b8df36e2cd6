use crate::process::{annals, run};

/// Every command, with the one that stands between.
const COMMANDS: &[&[&str]] = &[
    &[],
    &["serve"],
    &["demo"],
    &["append"],
    &["query"],
    &["tail"],
    &["fsck"],
    &["reindex"],
    &["admin"],
    &["admin", "account", "create"],
    &["admin", "account", "list"],
    &["admin", "key", "create"],
    &["admin", "key", "list"],
    &["admin", "key", "revoke"],
    &["admin", "member", "add"],
    &["admin", "member", "list"],
    &["admin", "member", "set-role"],
    &["admin", "member", "remove"],
    &["admin", "member", "operator"],
    &["admin", "role", "list"],
    &["admin", "role", "create"],
    &["admin", "role", "delete"],
    &["health"],
    &["bench"],
    &["bench", "gen"],
    &["bench", "ingest"],
    &["bench", "query"],
    &["completions"],
    &["man"],
];

#[test]
fn every_command_explains_itself_with_examples() {
    for command in COMMANDS {
        let help = run(annals(*command).arg("--help")).good();
        let path = ["annals"]
            .iter()
            .chain(*command)
            .copied()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(
            help.out.contains("Examples:\n"),
            "{path} has no examples:\n{}",
            help.out
        );
        assert!(
            help.out.contains(&path),
            "{path} is in no example:\n{}",
            help.out
        );
        assert!(
            !help.out.contains('\u{1b}'),
            "colours although this is no terminal:\n{}",
            help.out
        );
    }
}

#[test]
fn every_command_is_in_the_list() {
    let help = run(&mut annals(["--help"])).good().out;
    let listed = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty());
    let listed: Vec<&str> = listed
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    for command in listed.iter().filter(|command| **command != "help") {
        assert!(
            COMMANDS.iter().any(|known| known.first() == Some(command)),
            "{command} is not checked here"
        );
    }
    assert!(listed.len() > 10, "{help}");
}

#[test]
fn version_completions_and_manual_come_from_the_same_definition() {
    assert_eq!(
        run(&mut annals(["--version"])).good().out,
        format!("annals {}\n", env!("CARGO_PKG_VERSION"))
    );
    for shell in ["bash", "zsh", "fish"] {
        assert!(
            run(&mut annals(["completions", shell]))
                .good()
                .out
                .contains("reindex")
        );
    }
    assert!(
        run(&mut annals(["man"]))
            .good()
            .out
            .contains(".TH annals 1")
    );
    let dir = tempfile::tempdir().expect("a temporary directory");
    run(annals(["man", "--dir"]).arg(dir.path())).good();
    assert!(dir.path().join("annals-admin-key-create.1").exists());
}

#[test]
fn what_cannot_be_understood_exits_with_1() {
    // 2 would mean that the data is damaged.
    for wrong in [
        &["nonsense"][..],
        &["query", "--unknown"],
        &["serve", "--tls-cert", "x"],
        &[],
    ] {
        let done = run(&mut annals(wrong));
        assert_eq!(done.code, Some(1), "{done:?}");
        assert!(done.out.is_empty() && !done.err.is_empty(), "{done:?}");
    }
}
