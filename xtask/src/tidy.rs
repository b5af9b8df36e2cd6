//! The rules of the house that neither rustc nor clippy knows.
//!
//! Each rule is a pure function from texts to violations, with a sample that passes and one that fails.
//! The last test applies all of them to this repository.

mod commands;
mod dependencies;
mod files;
mod floors;
mod leftovers;
mod lengths;
mod links;
mod markdown;
mod names;
#[cfg(test)]
mod tests;

use std::fmt;

use anyhow::Result;

use crate::workspace::Workspace;
use files::SourceFile;

/// A place in the repository and the rule that it breaks.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Violation {
    /// The path from the root, or the name of a crate.
    place: String,
    /// The line, counted from 1, when there is one.
    line: Option<usize>,
    /// What is wrong, as a sentence without its end.
    message: String,
}

impl Violation {
    fn of(place: &str, message: impl Into<String>) -> Self {
        Self {
            place: place.to_owned(),
            line: None,
            message: message.into(),
        }
    }

    fn at(place: &str, line: usize, message: impl Into<String>) -> Self {
        Self {
            line: Some(line),
            ..Self::of(place, message)
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.place)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// Applies every rule to the repository; the violations come sorted by place.
pub(crate) fn check(workspace: &Workspace) -> Result<Vec<Violation>> {
    let files = files::walk(&workspace.root)?;
    let mut violations = floors::check(&workspace.metadata)?;
    for file in &files {
        violations.extend(check_file(file));
    }
    violations.extend(dependencies::unused(&files));
    violations.extend(links::check(&files, |path| {
        workspace.root.join(path).exists()
    }));
    violations.extend(commands::check(&files));
    violations.sort();
    Ok(violations)
}

fn check_file(file: &SourceFile) -> Vec<Violation> {
    let mut violations = leftovers::check(file);
    match file.extension() {
        "rs" => {
            violations.extend(names::check(file));
            violations.extend(lengths::check(file));
            violations.extend(floors::check_imports(file));
        }
        "md" => violations.extend(markdown::check(file)),
        "toml" if file.path == "Cargo.toml" => violations.extend(dependencies::check_root(file)),
        "toml" if file.path.ends_with("/Cargo.toml") => {
            violations.extend(dependencies::check_member(file));
        }
        _ => {}
    }
    violations
}
