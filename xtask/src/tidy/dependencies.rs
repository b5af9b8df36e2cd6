//! Dependencies are named once, in the root, each with its reason.

use super::Violation;
use super::files::SourceFile;

/// The section of the root manifest that decides about all dependencies.
const DECIDED_HERE: &str = "workspace.dependencies";

/// Checks that every foreign dependency of the root manifest has a comment directly above it.
pub(super) fn check_root(file: &SourceFile) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut above = "";
    for (line, section, text) in sections(file) {
        if section == DECIDED_HERE
            && let Some(name) = key(text)
            && !is_ours(text)
            && !above.starts_with('#')
        {
            let message = format!("`{name}` has no comment above that says why it is here");
            violations.push(Violation::at(&file.path, line, message));
        }
        above = text;
    }
    violations
}

/// Checks that a member refers to the root for its dependencies and its lints.
pub(super) fn check_member(file: &SourceFile) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut lints = false;
    for (line, section, text) in sections(file) {
        lints |= section == "lints" && text.replace(' ', "") == "workspace=true";
        if !section.ends_with("dependencies") {
            if text.starts_with('[') && section.contains("dependencies.") {
                let message = "a dependency is one line, `name.workspace = true`";
                violations.push(Violation::at(&file.path, line, message));
            }
            continue;
        }
        let shared = text.replace(' ', "").contains("workspace=true");
        if let Some(name) = key(text).filter(|_| !shared) {
            let message =
                format!("`{name}` is decided here and not in the root (`.workspace = true`)");
            violations.push(Violation::at(&file.path, line, message));
        }
    }
    if !lints {
        let message = "the lints of the workspace do not apply (`[lints] workspace = true`)";
        violations.push(Violation::of(&file.path, message));
    }
    violations
}

/// Finds dependencies of the root manifest that no member refers to.
pub(super) fn unused(files: &[SourceFile]) -> Vec<Violation> {
    let (roots, rest): (Vec<_>, Vec<_>) = files
        .iter()
        .filter(|file| file.path.ends_with("Cargo.toml"))
        .partition(|file| file.path == "Cargo.toml");
    let used: Vec<&str> = rest
        .iter()
        .flat_map(|member| sections(member))
        .filter(|(_, section, _)| section.ends_with("dependencies"))
        .filter_map(|(_, _, text)| key(text))
        .collect();
    let mut violations = Vec::new();
    for root in roots {
        for (line, section, text) in sections(root) {
            if section == DECIDED_HERE
                && let Some(name) = key(text)
                && !used.contains(&name)
            {
                let message = format!("no crate refers to `{name}`");
                violations.push(Violation::at(&root.path, line, message));
            }
        }
    }
    violations
}

/// The lines of a manifest with their number and the section that they stand in.
fn sections(file: &SourceFile) -> Vec<(usize, &str, &str)> {
    let mut section = "";
    file.lines()
        .map(|(line, text)| {
            if let Some(header) = text.trim().strip_prefix('[')
                && let Some(header) = header.strip_suffix(']')
                && !text.starts_with(' ')
            {
                section = header;
            }
            (line, section, text)
        })
        .collect()
}

/// The name that a line defines; continued lines of a value are indented or close a bracket.
fn key(line: &str) -> Option<&str> {
    let starts = line.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '"');
    let (name, _) = line.split_once('=').filter(|_| starts)?;
    let name = name.trim().trim_matches('"');
    Some(name.split_once('.').map_or(name, |(name, _)| name))
}

fn is_ours(line: &str) -> bool {
    line.replace(' ', "").contains("path=\"crates/")
}
