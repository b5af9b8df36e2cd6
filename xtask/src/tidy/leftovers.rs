//! What is left over from writing: nothing half done, nothing of one machine.

use super::Violation;
use super::files::SourceFile;

/// Marks of unfinished work, split so that this file does not hold them itself.
const ANYWHERE: &[&str] = &[
    concat!("FIX", "ME"),
    concat!("TO", "DO"),
    concat!("XX", "X:"),
    concat!("/work/", "main"),
    concat!("/work/", "target"),
    concat!("/work/", "shared"),
    concat!("/work/", "notes"),
    concat!("/root", "/."),
];

/// Code that only stands in for code.
const IN_RUST: &[&str] = &[
    concat!("todo", "!("),
    concat!("unimplemented", "!("),
    concat!("dbg", "!("),
    concat!("#[", "ignore"),
    concat!("//! ", "Placeholder"),
];

/// Checks every line of a file.
pub(super) fn check(file: &SourceFile) -> Vec<Violation> {
    let in_rust: &[&str] = if file.extension() == "rs" {
        IN_RUST
    } else {
        &[]
    };
    let mut violations = Vec::new();
    for (line, text) in file.lines() {
        for mark in ANYWHERE.iter().chain(in_rust) {
            if holds(text, mark) {
                let message = format!("`{mark}` is left over");
                violations.push(Violation::at(&file.path, line, message));
            }
        }
    }
    violations
}

/// Whether the mark stands in the line, and not inside a longer word.
fn holds(line: &str, mark: &str) -> bool {
    let word = mark.ends_with(char::is_alphabetic);
    line.match_indices(mark).any(|(at, _)| {
        let (before, rest) = line.split_at(at);
        let after = rest.strip_prefix(mark).unwrap_or_default();
        !word
            || !(before.ends_with(char::is_alphanumeric)
                || after.starts_with(char::is_alphanumeric))
    })
}
