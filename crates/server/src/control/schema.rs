//! The tables, as migrations that are compiled into the binary.

use std::{borrow::Cow, fs, io, os::unix::fs::OpenOptionsExt, path::Path};

use sqlx::{
    AssertSqlSafe, SqlSafeStr, SqlitePool,
    migrate::{Migration, MigrationType, Migrator},
};

use super::ControlError;

/// All migrations, oldest first. A released one never changes.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (
        1,
        "accounts and keys",
        include_str!("../../migrations/0001_accounts_and_keys.sql"),
    ),
    (
        2,
        "people",
        include_str!("../../migrations/0002_people.sql"),
    ),
    (3, "roles", include_str!("../../migrations/0003_roles.sql")),
    (
        4,
        "sign-in",
        include_str!("../../migrations/0004_sign_in.sql"),
    ),
    (
        5,
        "identities",
        include_str!("../../migrations/0005_identities.sql"),
    ),
    (
        6,
        "keys and viewers",
        include_str!("../../migrations/0006_keys_and_viewers.sql"),
    ),
    (
        7,
        "catalogue",
        include_str!("../../migrations/0007_catalogue.sql"),
    ),
    (
        8,
        "firewall",
        include_str!("../../migrations/0008_firewall.sql"),
    ),
    (
        9,
        "makers of links",
        include_str!("../../migrations/0009_makers_of_links.sql"),
    ),
];

/// Brings the tables up to date; one transaction per migration.
pub(super) async fn migrate(pool: &SqlitePool) -> Result<(), ControlError> {
    migrate_to(pool, MIGRATIONS.len()).await
}

/// Brings the tables to where the first `count` migrations leave them.
pub(super) async fn migrate_to(pool: &SqlitePool, count: usize) -> Result<(), ControlError> {
    let migration = |&(version, description, sql): &(i64, &'static str, &'static str)| {
        let sql = AssertSqlSafe(sql).into_sql_str();
        Migration::new(
            version,
            Cow::Borrowed(description),
            MigrationType::Simple,
            sql,
            false,
        )
    };
    let migrator =
        Migrator::with_migrations(MIGRATIONS.iter().take(count).map(migration).collect());
    migrator
        .run(pool)
        .await
        .map_err(|source| ControlError::Migrate {
            source: Box::new(source),
        })
}

/// Makes an empty database file with mode 0600, so that nobody can read it even for a moment.
pub(super) fn create_file(path: &Path) -> Result<(), ControlError> {
    let failed = |source| ControlError::CreateFile {
        path: path.to_owned(),
        source,
    };
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
    }
    fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map(drop)
        .map_err(failed)
}
