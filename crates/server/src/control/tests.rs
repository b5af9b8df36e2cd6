use super::*;
use api::Permission;
use ledger::LogNumber;

fn new_key(id: &str, hash: u8, expires_ms: Option<u64>) -> NewKey {
    NewKey {
        id: id.into(),
        account: None,
        name: "ci".into(),
        permissions: vec![Permission::AuditRead, Permission::EventsWrite],
        hide: [api::HiddenFacet::Context].into(),
        networks: vec![
            "203.0.113.0/24".parse().unwrap(),
            "2001:db8::/32".parse().unwrap(),
        ],
        secret_hash: [hash; 32],
        prefix: "ann_abcd".into(),
        created_by: ("operator".into(), "Operator".into()),
        created_ms: 1_000,
        expires_ms,
        rotated_from: None,
    }
}

#[test]
fn account_ids_follow_the_rule() {
    let longest = "a".repeat(128);
    for good in ["a", "7", "Acme", "acme.eu-west_1:x", longest.as_str()] {
        assert_eq!(
            good.parse::<AccountId>().map(|id| id.to_string()),
            Ok(good.to_owned())
        );
    }
    let too_long = "a".repeat(129);
    for bad in [
        "",
        ".a",
        "-a",
        "_a",
        ":a",
        "a b",
        "a/b",
        "ä",
        "a\n",
        "..",
        too_long.as_str(),
    ] {
        assert_eq!(bad.parse::<AccountId>(), Err(AccountIdInvalid), "{bad:?}");
    }
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let acme: AccountId = "Acme".parse().unwrap();
    let settings = Settings {
        name: "Acme Inc.".into(),
        time_zone: Some("Europe/Berlin".into()),
        week_start: Some(api::account::WeekStart::Sun),
        packs_off: vec![event::catalogue::PackId::Kilo],
        column_set: api::settings::ColumnSet::Developer,
        viewers: Some([RoleId::OWNER, RoleId::of("role_x")].into()),
        catalog_strict: true,
        firewall: std::sync::Arc::new(
            event::FirewallRules::new(
                vec!["pin".into()],
                vec!["x".into()],
                vec!["acme_".into()],
                false,
            )
            .unwrap(),
        ),
    };
    let account = Account {
        id: acme.clone(),
        log: LogNumber::new(1),
        created_ms: 5,
        settings,
    };
    {
        let control = Control::create(dir.path()).await.unwrap();
        control.accounts.insert(account.clone()).await.unwrap();
        let key = control
            .keys
            .insert(new_key("key_1", 7, Some(9_000)))
            .await
            .unwrap();
        control
            .keys
            .insert(new_key("key_2", 8, None))
            .await
            .unwrap();
        key.touch(4_000);
        assert!(control.keys.revoke("key_2", 3_000).await.unwrap());
        assert!(!control.keys.revoke("key_2", 4_000).await.unwrap());
        control.close().await.unwrap();
    }
    let control = Control::open(dir.path()).await.unwrap();
    assert!(
        control.accounts.get(&acme).is_none(),
        "the ledger decides that an account exists"
    );
    control
        .accounts
        .admit(&acme, LogNumber::new(1), 99)
        .await
        .unwrap();
    assert_eq!(*control.accounts.get(&acme).unwrap(), account);
    let key = control.keys.with_hash(&[7; 32]).unwrap();
    assert_eq!(
        (key.id.as_str(), key.last_used_ms()),
        ("key_1", Some(4_000))
    );
    assert_eq!(key.standing(8_999), Standing::Good);
    assert_eq!(key.standing(9_000), Standing::Expired);
    assert_eq!(
        control.keys.get("key_2").unwrap().standing(0),
        Standing::Revoked
    );
    assert!(control.keys.with_hash(&[9; 32]).is_none());
}

#[tokio::test]
async fn a_log_without_an_account_is_completed_by_its_id() {
    let dir = tempfile::tempdir().unwrap();
    let id: AccountId = "acme".parse().unwrap();
    Control::create(dir.path())
        .await
        .unwrap()
        .close()
        .await
        .unwrap();
    for _ in 0..2 {
        let control = Control::open(dir.path()).await.unwrap();
        let account = control
            .accounts
            .admit(&id, LogNumber::new(4), 77)
            .await
            .unwrap();
        assert_eq!(
            (account.settings.name.as_str(), account.created_ms),
            ("acme", 77)
        );
        control.close().await.unwrap();
    }
}

#[tokio::test]
async fn an_initialisation_that_was_cut_off_is_made_again() {
    let dir = tempfile::tempdir().unwrap();
    for file in [FILE_NAME, "control.db-wal", "control.db-shm"] {
        std::fs::write(dir.path().join(file), b"half of something").unwrap();
    }
    let control = Control::create(dir.path()).await.unwrap();
    assert!(control.keys.page(Whose::Everybodys, None, 1).is_empty());
}

#[tokio::test]
async fn a_missing_database_is_not_made_again() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(
        Control::open(dir.path()).await,
        Err(ControlError::Open { .. })
    ));
}

#[tokio::test]
async fn a_half_equal_hash_is_no_key() {
    let dir = tempfile::tempdir().unwrap();
    let control = Control::create(dir.path()).await.unwrap();
    control
        .keys
        .insert(new_key("key_1", 7, None))
        .await
        .unwrap();
    let mut hash = [7; 32];
    hash[31] = 0;
    assert!(control.keys.with_hash(&hash).is_none());
}

#[tokio::test]
async fn the_database_is_readable_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let control = Control::create(dir.path()).await.unwrap();
    control
        .keys
        .insert(new_key("key_1", 7, None))
        .await
        .unwrap();
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(
            entry.metadata().unwrap().permissions().mode() & 0o077,
            0,
            "{:?}",
            entry.file_name()
        );
    }
}

#[tokio::test]
async fn the_nearest_account_and_pages() {
    let dir = tempfile::tempdir().unwrap();
    let control = Control::create(dir.path()).await.unwrap();
    for (n, id) in ["acme", "globex", "initech"].into_iter().enumerate() {
        control
            .accounts
            .admit(
                &id.parse().unwrap(),
                LogNumber::new(u32::try_from(n).unwrap()),
                1,
            )
            .await
            .unwrap();
    }
    let nearest = |wanted: &str| {
        control
            .accounts
            .nearest(wanted, |_| true)
            .map(|id| id.to_string())
    };
    assert_eq!(nearest("acne").as_deref(), Some("acme"));
    assert_eq!(nearest("ACME").as_deref(), Some("acme"));
    assert_eq!(nearest("globx").as_deref(), Some("globex"));
    assert_eq!(nearest("umbrella"), None);
    let page = |after: Option<&str>, limit| {
        let after = after.map(|id| id.parse().unwrap());
        control
            .accounts
            .page(after.as_ref(), limit)
            .iter()
            .map(|a| a.id.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(page(None, 2), ["acme", "globex"]);
    assert_eq!(page(Some("globex"), 2), ["initech"]);
    assert_eq!(
        control
            .accounts
            .taken_by(&"GLOBEX".parse().unwrap())
            .unwrap()
            .as_str(),
        "globex"
    );
}

fn lily(accounts: &[&str]) -> Person {
    let owner = |since_ms| Membership::new(RoleId::OWNER, since_ms);
    let memberships = accounts.iter().map(|id| (id.parse().unwrap(), owner(7)));
    let password = "$argon2id$v=19$m=19456,t=2,p=1$BwcHBwcHBwcHBwcHBwcHBw$".to_owned()
        + &data_encoding::BASE64_NOPAD.encode(&[7; 32]);
    Person {
        id: "usr_1".into(),
        email: "Lily@Example.com".into(),
        name: "Lily".into(),
        operator: false,
        created_ms: 5,
        memberships: memberships.collect(),
        password: crate::auth::PasswordHash::of_phc(&password),
    }
}

#[tokio::test]
async fn a_database_of_before_people_is_brought_up_to_date() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(FILE_NAME);
    schema::create_file(&path).unwrap();
    let options = SqliteConnectOptions::new().filename(&path);
    let pool = SqlitePoolOptions::new()
        .connect_with(options)
        .await
        .unwrap();
    schema::migrate_to(&pool, 1).await.unwrap();
    for statement in [
        "INSERT INTO accounts (id, folded, name, created_ms) VALUES ('acme', 'acme', 'Acme', 5)",
        "INSERT INTO keys (id, account, name, permissions, secret_hash, prefix, created_ms) \
         VALUES ('key_1', 'acme', 'ci', 'audit:read', zeroblob(32), 'ann_', 5)",
    ] {
        sqlx::query(statement).execute(&pool).await.unwrap();
    }
    pool.close().await;
    let control = Control::open(dir.path()).await.unwrap();
    let acme: AccountId = "acme".parse().unwrap();
    let account = control.accounts.admit(&acme, LogNumber::new(1), 9).await;
    let settings = account.unwrap().settings.clone();
    assert_eq!(settings.column_set, api::settings::ColumnSet::Account);
    assert_eq!(control.keys.get("key_1").unwrap().created_by, None);
    assert!(control.people.is_empty());
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one story of three people")]
async fn people_come_and_go_with_their_sessions() {
    const HOUR_MS: u64 = 60 * 60 * 1_000;
    let dir = tempfile::tempdir().unwrap();
    let lifetime = Lifetime {
        idle_ms: HOUR_MS,
        absolute_ms: 10 * HOUR_MS,
    };
    let ids: [AccountId; 2] = ["acme", "globex"].map(|id| id.parse().unwrap());
    {
        let control = Control::create(dir.path()).await.unwrap();
        for (n, id) in (1..).zip(&ids) {
            control
                .accounts
                .admit(id, LogNumber::new(n), 1)
                .await
                .unwrap();
        }
        control.people.insert(lily(&["acme"])).await.unwrap();
        let again = control.people.insert(lily(&["globex"])).await;
        assert!(matches!(again, Err(ControlError::EmailTaken)));
        let membership = lily(&["acme"]).memberships[&ids[0]].clone();
        control
            .people
            .join("usr_1", &ids[1], membership, true)
            .await
            .unwrap();
        let person = control.people.get("usr_1").unwrap();
        let begin = async |hash: u8| {
            let new = NewSession {
                id: format!("ses_{hash}"),
                secret_hash: [hash; 32],
                origin: Origin {
                    ip: Some("203.0.113.7".into()),
                    user_agent: None,
                    method: "password".into(),
                },
                now_ms: 1_000,
            };
            let begun = control.begin_session(&person, new, None).await;
            begun.unwrap().session
        };
        begin(1).await.touch(1_000 + HOUR_MS / 2);
        begin(2).await;
        control.close().await.unwrap();
    }
    let control = Control::open(dir.path()).await.unwrap();
    let person = control.people.with_email(" LILY@example.com").unwrap();
    assert!(person.operator);
    assert_eq!(
        person.memberships.keys().collect::<Vec<_>>(),
        [&ids[0], &ids[1]]
    );
    let session = control.sessions.with_hash(&[1; 32]).unwrap();
    assert_eq!(session.id, "ses_1");
    assert_eq!(session.origin.ip.as_deref(), Some("203.0.113.7"));
    assert_eq!(session.expires_ms(lifetime), 1_000 + HOUR_MS / 2 + HOUR_MS);
    control
        .sessions
        .tidy(lifetime, 1_000 + HOUR_MS)
        .await
        .unwrap();
    assert!(control.sessions.with_hash(&[1; 32]).is_some());
    assert!(
        control.sessions.with_hash(&[2; 32]).is_none(),
        "it has expired"
    );
    // A password that another one has replaced meanwhile replaces nothing.
    let other = crate::auth::PasswordHash::of_phc(
        "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$\
         AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    )
    .unwrap();
    let still = control.people.still().await;
    let stale = Person {
        password: Some(other.clone()),
        ..Person::clone(&person)
    };
    let refused = control
        .replace_password(&still, &stale, other, None, None)
        .await;
    assert!(matches!(refused, Err(ControlError::PersonChanged)));
    drop(still);
    let mut half = [1; 32];
    half[31] = 0;
    assert!(control.sessions.with_hash(&half).is_none());

    assert!(
        !control
            .people
            .still()
            .await
            .leave("usr_1", &ids[0])
            .await
            .unwrap()
    );
    let still = control.people.still().await;
    still.set_operator("usr_1", false).await.unwrap();
    drop(still);
    assert!(
        control
            .people
            .still()
            .await
            .leave("usr_1", &ids[1])
            .await
            .unwrap()
    );
    control.sessions.forget("usr_1");
    control.close().await.unwrap();
    let control = Control::open(dir.path()).await.unwrap();
    assert!(control.people.is_empty());
    assert!(control.sessions.with_hash(&[1; 32]).is_none());
}

#[tokio::test]
async fn keys_that_ended_long_ago_are_forgotten() {
    let dir = tempfile::tempdir().unwrap();
    let control = Control::create(dir.path()).await.unwrap();
    let kept = crate::limits::ENDED_KEYS_KEPT;
    let new = |n: usize, by: &str| {
        let created_ms = 10 * u64::try_from(n + 1).unwrap();
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&n.to_be_bytes());
        NewKey {
            created_by: (by.into(), by.into()),
            created_ms,
            secret_hash: hash,
            // Each has ended when the next one is made.
            ..new_key(&format!("key_{n}"), 0, Some(created_ms + 5))
        }
    };
    control.keys.insert(new(0, "operator")).await.unwrap();
    for n in 1..kept + 4 {
        control.keys.insert(new(n, "usr_1")).await.unwrap();
    }
    let look = |control: &Control| {
        let keys = &control.keys;
        // Those that the machine made stay, for the tokens in files.
        assert!(keys.get("key_0").is_some());
        for n in 1..3 {
            assert!(keys.get(&format!("key_{n}")).is_none());
            let hash = new(n, "usr_1").secret_hash;
            assert!(keys.with_hash(&hash).is_none());
        }
        assert!(keys.get("key_3").is_some());
        let all = keys.page(Whose::Everybodys, None, usize::MAX);
        assert_eq!(
            all.len(),
            1 + kept + 1,
            "that of the machine, those kept, the working one"
        );
        let after = Some((all[0].created_ms, all[0].id.clone()));
        let page = keys.page(Whose::Of(None), after, 2);
        let ids: Vec<&str> = page.iter().map(|key| key.id.as_str()).collect();
        assert_eq!(ids, ["key_3", "key_4"]);
        let acme: AccountId = "acme".parse().unwrap();
        assert!(keys.page(Whose::Of(Some(&acme)), None, 9).is_empty());
    };
    look(&control);
    control.close().await.unwrap();
    look(&Control::open(dir.path()).await.unwrap());
}
