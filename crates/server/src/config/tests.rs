use super::*;

type Variables<'a> = &'a [(&'a str, &'a str)];

fn assemble(
    file: &str,
    variables: Variables<'_>,
    overrides: &[Override],
) -> Result<Config, Vec<String>> {
    let variables = variables
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::assemble(Some(("annals.toml", file)), variables, overrides)
        .map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

#[test]
fn nothing_needs_to_be_set() {
    let config = assemble(
        "",
        &[
            ("PATH", "/bin"),
            ("ANNALS_URL", "http://x"),
            ("ANNALS_TOKEN", "x"),
        ],
        &[],
    )
    .unwrap();
    assert_eq!(config.listen.address.to_string(), "127.0.0.1:8420");
    assert!(!config.is_in_clear());
}

#[test]
fn flags_win_over_variables_and_variables_over_the_file() {
    let file = "data_dir = 'a'\n[listen]\naddress = '127.0.0.1:1'\ntrusted_proxies = ['10.0.0.0/8', '::1']";
    let flag = Override {
        flag: "--listen",
        section: "listen",
        field: "address",
        value: "127.0.0.1:3".into(),
    };
    let variables = [
        ("ANNALS_LISTEN__ADDRESS", "127.0.0.1:2"),
        ("ANNALS_DATA_DIR", "b"),
        ("ANNALS_LOG__FORMAT", "json"),
    ];
    let config = assemble(file, &variables, &[flag]).unwrap();
    assert_eq!(config.listen.address.port(), 3);
    assert_eq!(config.instance.data_dir.to_str(), Some("b"));
    assert_eq!(config.log.format, LogFormat::Json);
    assert_eq!(config.listen.trusted_proxies.len(), 2);
}

#[test]
fn bootstrap_accounts_are_ids_or_tables() {
    let wanted = [("acme", None), ("globex", Some("Globex"))].map(|(id, name)| BootstrapAccount {
        id: id.into(),
        name: name.map(str::to_owned),
    });
    let file = "[bootstrap]\naccounts = ['acme', { id = 'globex', name = 'Globex' }]";
    assert_eq!(assemble(file, &[], &[]).unwrap().bootstrap.accounts, wanted);
    let from_text = assemble("", &[("ANNALS_BOOTSTRAP__ACCOUNTS", "acme, initech")], &[]).unwrap();
    assert_eq!(from_text.bootstrap.accounts.len(), 2);
}

#[test]
fn the_bootstrap_owner_is_a_person_or_the_name_of_a_key() {
    let person = BootstrapOwner::Person {
        email: "lily@example.com".into(),
        name: None,
        password_file: "/run/owner".into(),
    };
    let table = "{ email = 'lily@example.com', password_file = '/run/owner' }";
    let file = format!("[bootstrap]\nowner = {table}");
    assert_eq!(assemble(&file, &[], &[]).unwrap().bootstrap.owner, person);
    let variable = [("ANNALS_BOOTSTRAP__OWNER", table)];
    let config = assemble("", &variable, &[]).unwrap();
    assert_eq!(config.bootstrap.owner, person);
    let again = assemble(&config.to_toml(), &[], &[]).unwrap();
    assert_eq!(again.bootstrap.owner, person);
    let key = assemble("[bootstrap]\nowner = 'ops'", &[], &[]).unwrap();
    assert_eq!(key.bootstrap.owner, BootstrapOwner::Key("ops".into()));
    for wrong in [
        "7",
        "{ email = 'a@b' }",
        "{ email = 'a@b', password_file = 1 }",
        "{ email = 'a@b', password_file = 'f', role = 'x' }",
    ] {
        assert!(assemble(&format!("[bootstrap]\nowner = {wrong}"), &[], &[]).is_err());
    }
}

#[test]
fn all_problems_are_reported_at_once() {
    let file = "data_directory = 'x'\n[listen]\naddress = 8420\n[tls]\ncert = 'c'\n[limits]\nbody_bytes_max = 99999999999\n[listne]";
    let problems = assemble(
        file,
        &[
            ("ANNALS_LOG__FORMAT", "xml"),
            ("ANNALS_LIMITS__REQUESTS", "5"),
        ],
        &[],
    )
    .unwrap_err();
    for part in [
        "annals.toml: data_directory: there is no such setting; there are data_dir, instance_name, disk_low_bytes",
        "annals.toml: listen.address: expected a string, not an integer",
        "annals.toml: listne: there is no such setting",
        "ANNALS_LOG__FORMAT: log.format: expected text or json",
        "ANNALS_LIMITS__REQUESTS: limits.requests: there is no such setting; there are body_bytes_max",
        "configuration: tls: cert and key are set together or not at all",
        "configuration: limits.body_bytes_max: expected 1 to 16777216",
    ] {
        assert!(
            problems.iter().any(|problem| problem.starts_with(part)),
            "{part} in {problems:#?}"
        );
    }
    assert_eq!(problems.len(), 8, "{problems:#?}");
}

#[test]
fn a_file_that_is_no_toml_names_the_line() {
    let problems = assemble("data_dir = 'x'\nlisten = [", &[], &[]).unwrap_err();
    assert!(problems[0].contains("line 2"), "{problems:?}");
}

#[test]
fn the_written_file_reads_back_as_it_is_and_explains_every_field() {
    let text = Config::default().to_toml();
    let again = assemble(&text, &[], &[]).unwrap();
    assert_eq!(again.to_toml(), text);
    for (_, section) in Config::default().sections() {
        for field in section.fields() {
            assert!(text.contains(&format!("{} =", field.name)));
            assert!(!field.manual.is_empty());
        }
    }
}

#[test]
fn tokens_in_clear_are_noticed() {
    let open = "[listen]\naddress = '0.0.0.0:8420'\n";
    assert!(assemble(open, &[], &[]).unwrap().is_in_clear());
    assert!(
        !assemble(&format!("{open}allow_plain_http = true"), &[], &[])
            .unwrap()
            .is_in_clear()
    );
    assert!(
        !assemble(&format!("{open}[tls]\ncert = 'c'\nkey = 'k'"), &[], &[])
            .unwrap()
            .is_in_clear()
    );
}

/// The manual that operators read; written by `UPDATE_EXAMPLE=1 cargo test -p server example`.
#[test]
fn the_example_file_is_the_manual() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/annals.toml");
    let text = format!(
        "# Every setting of `annals serve` with its default.\n\n{}",
        Config::default().to_toml()
    );
    if std::env::var_os("UPDATE_EXAMPLE").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), text);
}
