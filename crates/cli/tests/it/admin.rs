use crate::process::{Home, Server, annals, run};

#[test]
fn keys_and_accounts_are_made_on_a_closed_directory_and_through_the_socket() {
    let home = Home::new();
    let admin = |arguments: &[&str]| {
        let mut command = annals(["admin"]);
        command
            .args(arguments)
            .arg("--data-dir")
            .arg(&home.dir)
            .arg("--json");
        run(&mut command)
    };
    let closed = admin(&[
        "account",
        "create",
        "beta",
        "--name",
        "Beta",
        "--week-start",
        "sun",
    ])
    .good()
    .json();
    assert_eq!(closed["name"], "Beta");

    let server = Server::on(&home.dir);
    let open = admin(&["account", "create", "gamma"]).good().json();
    assert_eq!(open["id"], "gamma");
    let ids: Vec<_> = admin(&["account", "list"])
        .good()
        .lines()
        .iter()
        .map(|line| line["id"].clone())
        .collect();
    assert_eq!(ids, ["acme", "annals", "beta", "gamma"]);

    // A key that is made while the server runs works at once, and no longer when it is revoked.
    let made = [
        "key",
        "create",
        "--account",
        "gamma",
        "--permissions",
        "events:write",
    ];
    let key = admin(&made).good().json();
    let token = key["token"].as_str().expect("a token");
    let id = key["id"].as_str().expect("an id");
    let introspect = |token: &str| {
        let mut command = server.client(token, &["append", "--account", "gamma"]);
        crate::process::run_with(&mut command, r#"{"action":"role.create"}"#)
    };
    introspect(token).good();
    admin(&["key", "revoke", id]).good();
    let refused = introspect(token);
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(
        refused.err.contains("unauthenticated") && !refused.err.contains(token),
        "{refused:?}"
    );

    let keys = admin(&["key", "list", "--account", "gamma"]).good().lines();
    assert_eq!(keys.len(), 1);
    assert!(keys[0]["revoked_at"].is_string());
    assert_eq!(server.stop().0, Some(0));

    // What was made through the socket is there when the directory is closed.
    assert_eq!(admin(&["account", "list"]).good().lines().len(), 4);
    assert_eq!(admin(&["key", "list"]).good().lines().len(), 2);
}

#[test]
fn what_is_wrong_is_told_alike_on_both_ways() {
    let home = Home::new();
    let check = || {
        for (arguments, word) in [
            (&["account", "create", "ACME"][..], "acme"),
            (&["account", "create", "a/b"], "id"),
            (&["key", "revoke", "key_unknown"], "key"),
            (
                &[
                    "key",
                    "create",
                    "--permissions",
                    "audit:read",
                    "--expires-at",
                    "2001-01-01T00:00:00Z",
                ],
                "future",
            ),
        ] {
            let done = run(annals(["admin"])
                .args(arguments)
                .arg("--data-dir")
                .arg(&home.dir));
            assert_eq!(done.code, Some(1), "{done:?}");
            assert!(
                done.err.starts_with("annals: ") && done.err.contains(word),
                "{done:?}"
            );
        }
    };
    check();
    let server = Server::on(&home.dir);
    check();
    drop(server);
}

#[test]
fn a_token_stands_alone_on_standard_output() {
    let temp = tempfile::tempdir().expect("a temporary directory");
    let mut command = annals([
        "admin",
        "key",
        "create",
        "--permissions",
        "audit:read",
        "--instance-name",
    ]);
    let done = run(command
        .args(["log.example.com", "--data-dir"])
        .arg(temp.path().join("data")))
    .good();
    assert!(
        done.out.starts_with("ann_") && done.out.lines().count() == 1,
        "{done:?}"
    );
    assert!(!done.err.contains(done.out.trim()), "{done:?}");
    let mut command = annals(["admin", "account", "list", "--json", "--data-dir"]);
    let accounts = run(command.arg(temp.path().join("data"))).good().lines();
    assert_eq!(accounts[0]["log"], "log.example.com/a/annals");
}

#[test]
fn people_are_added_listed_and_removed_on_both_ways() {
    let home = Home::new();
    let admin = |arguments: &[&str], input: &str| {
        let mut command = annals(["admin", "member"]);
        command
            .args(arguments)
            .arg("--data-dir")
            .arg(&home.dir)
            .arg("--json");
        crate::process::run_with(&mut command, input)
    };
    let lily = ["--account", "acme", "--email", "lily@example.com"];
    let add = |more: &[&str], input: &str| {
        let mut arguments = vec!["add"];
        arguments.extend(lily);
        arguments.extend(["--name", "Lily Ari"]);
        arguments.extend(more);
        admin(&arguments, input)
    };
    let remove = || admin(&["remove", lily[0], lily[1], lily[2], lily[3]], "");
    let check = || {
        let made = add(&[], "").good().json();
        assert_eq!(made["role"], "owner");
        assert_eq!(made["operator"], false);
        assert_eq!(made["password"].as_str().map(str::len), Some(19));
        let known = add(&["--operator"], "").good().json();
        assert_eq!(
            (&known["operator"], &known["id"]),
            (&true.into(), &made["id"])
        );
        assert!(known["password"].is_null());
        let refused = add(&["--password-stdin"], "correct horse battery\n");
        assert!(
            refused.code == Some(1) && refused.err.contains("password"),
            "{refused:?}"
        );
        assert_eq!(admin(&["list"], "").good().lines().len(), 1);
        assert!(
            admin(&["list", "--account", "annals"], "")
                .good()
                .out
                .is_empty()
        );
        // An operator stays known without an account; nobody else does.
        admin(&["operator", "lily@example.com", "--off"], "").good();
        remove().good();
        assert_eq!(remove().code, Some(1));
        let given = add(&["--password-stdin"], "correct horse battery\n")
            .good()
            .json();
        assert!(given["password"].is_null());
        let short = admin(
            &[
                "add",
                "--account",
                "acme",
                "--email",
                "a@b",
                "--name",
                "A",
                "--password-stdin",
            ],
            "short\n",
        );
        assert!(
            short.code == Some(1) && short.err.contains("12 characters"),
            "{short:?}"
        );
        assert!(!short.err.contains("short\n"), "{short:?}");
        let nowhere = admin(
            &[
                "add",
                "--account",
                "nowhere",
                "--email",
                "a@b",
                "--name",
                "A",
            ],
            "",
        );
        assert!(
            nowhere.code == Some(1) && nowhere.err.contains("nowhere"),
            "{nowhere:?}"
        );
        remove().good();
    };
    check();
    let server = Server::on(&home.dir);
    check();
    drop(server);
}

#[test]
fn a_person_is_let_in_again_on_both_ways() {
    let home = Home::new();
    let admin = |arguments: &[&str]| {
        let mut command = annals(["admin", "member"]);
        run(command.args(arguments).arg("--data-dir").arg(&home.dir))
    };
    let lily = ["--email", "lily@example.com", "--name", "Lily Ari"];
    admin(&[&["add", "--account", "acme"], lily.as_slice()].concat()).good();
    let url = ["--public-url", "https://audit.example.com"];
    let check = || {
        let made = admin(&["reset", "lily@example.com", url[0], url[1]]).good();
        let start = "https://audit.example.com/ui/reset#code=anl_";
        assert!(made.out.starts_with(start), "{made:?}");
        assert!(made.out.lines().count() == 1 && !made.err.contains("anl_"));
        let ended = admin(&["sessions-end", "LILY@example.com"]).good();
        assert!(ended.out.contains("signed in nowhere"), "{ended:?}");
        for (arguments, word) in [
            (
                ["second-factor-remove", "lily@example.com"],
                "no second factor",
            ),
            (["reset", "nobody@example.com"], "member"),
        ] {
            let refused = admin(&arguments);
            assert!(
                refused.code == Some(1) && refused.err.contains(word),
                "{refused:?}"
            );
        }
        let wrong = admin(&["reset", "lily@example.com", url[0], "audit.example.com"]);
        assert_eq!(wrong.code, Some(1), "{wrong:?}");
    };
    check();
    let server = Server::on(&home.dir);
    check();
    drop(server);
}
