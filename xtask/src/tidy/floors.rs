//! The floors: a crate imports only along the lines that `ARCHITECTURE.md` draws.

use anyhow::{Context, Result};
use serde_json::Value;

use super::Violation;
use super::files::SourceFile;

/// Every crate of the workspace and the crates of ours that it may import.
const FLOORS: &[(&str, &[&str])] = &[
    ("tlog", &[]),
    ("event", &[]),
    ("dashboard", &[]),
    ("ledger", &["tlog"]),
    ("index", &["event", "tlog"]),
    ("api", &["event", "tlog"]),
    (
        "server",
        &["tlog", "event", "dashboard", "ledger", "index", "api"],
    ),
    ("sdk", &["api", "tlog", "event"]),
    ("cli", &["server", "sdk"]),
    ("testkit", &["ledger", "index", "api", "event", "tlog"]),
    ("xtask", &[]),
];

/// The crate that only tests may import, from any floor.
const TESTS_ONLY: &str = "testkit";

/// What a crate must never know, by the dependencies that would bring it.
const NEVER: &[(&str, &[&str])] = &[
    (
        "tlog",
        &[
            "tokio",
            "axum",
            "hyper",
            "reqwest",
            "sqlx",
            "jiff",
            "getrandom",
            "rand",
        ],
    ),
    ("event", &["tokio", "axum", "hyper", "reqwest", "sqlx"]),
    (
        "ledger",
        &["axum", "hyper", "reqwest", "sqlx", "serde_json"],
    ),
    ("index", &["axum", "hyper", "reqwest", "sqlx", "tokio"]),
    ("api", &["axum", "hyper", "reqwest", "sqlx", "tokio"]),
    ("sdk", &["axum", "sqlx"]),
];

/// All that `index` may take from `tlog`: it knows positions, not proofs.
const POSITIONS: &[&str] = &["LeafIndex", "TreeSize"];

/// Checks every edge in the answer of `cargo metadata --no-deps`.
pub(super) fn check(metadata: &Value) -> Result<Vec<Violation>> {
    let mut violations = Vec::new();
    for package in array(metadata, "packages")? {
        let name = text(package, "name")?;
        let Some((_, allowed)) = FLOORS.iter().find(|(floor, _)| *floor == name) else {
            violations.push(Violation::of(name, "the crate stands on no floor"));
            continue;
        };
        for dependency in array(package, "dependencies")? {
            let (import, kind) = (text(dependency, "name")?, dependency.get("kind"));
            let in_tests = kind.and_then(Value::as_str) == Some("dev");
            let ours = dependency.get("path").is_some_and(|path| !path.is_null());
            let fits = if ours {
                allowed.contains(&import) || (in_tests && import == TESTS_ONLY)
            } else {
                in_tests || !never(name).contains(&import)
            };
            if !fits {
                let message = format!("the crate must not import `{import}`");
                violations.push(Violation::of(name, message));
            }
        }
    }
    Ok(violations)
}

/// Checks that `index` takes nothing but positions from `tlog`.
pub(super) fn check_imports(file: &SourceFile) -> Vec<Violation> {
    if !file.path.starts_with("crates/index/") {
        return Vec::new();
    }
    let mut violations = Vec::new();
    for (line, text) in file.lines() {
        for (_, after) in text
            .match_indices("tlog::")
            .map(|(at, path)| text.split_at(at + path.len()))
        {
            for name in imported(after) {
                if !POSITIONS.contains(&name) {
                    let message = format!("`index` knows positions, not `tlog::{name}`");
                    violations.push(Violation::at(&file.path, line, message));
                }
            }
        }
    }
    violations
}

/// The names after a path: one, or those in braces; a list that does not end on the line counts as its brace,
/// because the two names that may be imported fit one line.
fn imported(after: &str) -> Vec<&str> {
    let Some(list) = after.strip_prefix('{') else {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        return after.split(|c| !word(c)).take(1).collect();
    };
    match list.split_once('}') {
        Some((names, _)) => names
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect(),
        None => vec!["{"],
    }
}

fn never(name: &str) -> &'static [&'static str] {
    NEVER
        .iter()
        .find(|(floor, _)| *floor == name)
        .map_or(&[], |(_, banned)| banned)
}

fn array<'a>(value: &'a Value, key: &str) -> Result<&'a Vec<Value>> {
    value
        .get(key)
        .and_then(Value::as_array)
        .with_context(|| format!("reading {key} of cargo metadata"))
}

fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str> {
    value
        .get(key)
        .and_then(Value::as_str)
        .with_context(|| format!("reading {key} of cargo metadata"))
}
