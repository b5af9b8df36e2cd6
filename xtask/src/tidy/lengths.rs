//! A file fits the head, a function fits the screen.

use super::Violation;
use super::files::SourceFile;

/// The most lines of a Rust file; the median should be near 100.
const FILE: usize = 400;

/// The most lines of a file of tests: cases are long, but flat.
const TEST_FILE: usize = 600;

/// The most lines of a function outside tests, from `fn` to its closing brace.
const FUNCTION: usize = 70;

/// Checks the length of a Rust file and, outside tests, of its functions.
pub(super) fn check(file: &SourceFile) -> Vec<Violation> {
    let mut violations = Vec::new();
    let limit = if file.is_test() { TEST_FILE } else { FILE };
    let found = file.text.lines().count();
    if found > limit {
        let message = format!("{found} lines are more than {limit}");
        violations.push(Violation::of(&file.path, message));
    }
    if !file.is_test() {
        for function in functions(&file.text) {
            if function.lines > FUNCTION {
                let Function { name, line, lines } = function;
                let message = format!("`fn {name}` has {lines} lines, more than {FUNCTION}");
                violations.push(Violation::at(&file.path, line, message));
            }
        }
    }
    violations
}

struct Function<'a> {
    name: &'a str,
    line: usize,
    lines: usize,
}

/// The functions with a body, up to the inline tests.
///
/// In formatted code a body ends at the first line that is a closing brace as deep as its `fn`.
fn functions(text: &str) -> Vec<Function<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    let mut functions = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let after = lines.get(at + 1).map_or("", |next| next.trim_start());
        if line.trim() == "#[cfg(test)]" && after.starts_with("mod ") && after.ends_with('{') {
            break;
        }
        let Some(name) = function_name(line) else {
            continue;
        };
        let indent = line.len() - line.trim_start().len();
        let rest = lines.get(at..).unwrap_or_default();
        let opened = rest.iter().position(|line| line.ends_with(['{', '}', ';']));
        let has_body = opened
            .and_then(|at| rest.get(at))
            .is_some_and(|line| line.ends_with('{'));
        if !has_body {
            continue;
        }
        let closes = |line: &&str| line.trim() == "}" && line.len() == indent + 1;
        let last = rest.iter().position(closes).unwrap_or(rest.len());
        functions.push(Function {
            name,
            line: at + 1,
            lines: last + 1,
        });
    }
    functions
}

/// The name of the function that a line begins to declare.
fn function_name(line: &str) -> Option<&str> {
    let (before, after) = line.trim_start().split_once("fn ")?;
    let qualifiers = |word: &str| {
        matches!(
            word,
            "pub" | "const" | "async" | "unsafe" | "extern" | "\"C\""
        ) || (word.starts_with("pub(") && word.ends_with(')'))
    };
    if !before.split_whitespace().all(qualifiers) {
        return None;
    }
    after.split(['(', '<']).next()
}
