//! Names that say nothing: a module or type is named after what it knows.

use super::Violation;
use super::files::SourceFile;

/// Modules, folders and crates of these names collect what nobody placed.
const MODULES: &[&str] = &[
    "util", "utils", "common", "core", "helper", "helpers", "misc",
];

/// The last word of a type must be a thing of the field, not a pattern.
const LAST_WORDS: &[&str] = &[
    "Manager", "Service", "Helper", "Handler", "Util", "Utils", "Inner", "Impl",
];

const TYPE_KEYWORDS: &[&str] = &["struct", "enum", "trait", "type", "union"];

/// Checks the path of a Rust file and the modules and types that it declares.
pub(super) fn check(file: &SourceFile) -> Vec<Violation> {
    let mut violations = Vec::new();
    let stem = file.path.strip_suffix(".rs").unwrap_or(&file.path);
    for part in stem.split('/').filter(|part| MODULES.contains(part)) {
        violations.push(Violation::of(
            &file.path,
            format!("`{part}` names no thing"),
        ));
    }
    for (line, text) in file.lines() {
        if let Some(name) = declared(text).filter(|(keyword, name)| {
            if *keyword == "mod" {
                MODULES.contains(name)
            } else {
                LAST_WORDS.contains(&last_word(name))
            }
        }) {
            let message = format!("`{} {}` names no thing", name.0, name.1);
            violations.push(Violation::at(&file.path, line, message));
        }
    }
    violations
}

/// The keyword and name of a module or type that the line declares.
fn declared(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split_whitespace();
    let mut keyword = words.next()?;
    if keyword == "pub" || keyword.starts_with("pub(") {
        keyword = words.by_ref().find(|word| !word.ends_with(')'))?;
        if keyword == "in" {
            keyword = words.by_ref().nth(1)?;
        }
    }
    if keyword != "mod" && !TYPE_KEYWORDS.contains(&keyword) {
        return None;
    }
    let name = words.next()?;
    let end = name
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(name.len());
    Some((keyword, name.split_at(end).0))
}

/// The last capitalised word of a type's name.
fn last_word(name: &str) -> &str {
    let start = name.rfind(char::is_uppercase).unwrap_or(0);
    name.split_at(start).1
}
