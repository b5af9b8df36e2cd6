//! What a document links to in this repository is there.

use super::files::SourceFile;
use super::{Violation, markdown};

/// Checks every relative link of the Markdown files; `exists` answers for paths from the root.
pub(super) fn check(files: &[SourceFile], exists: impl Fn(&str) -> bool) -> Vec<Violation> {
    let mut violations = Vec::new();
    for file in files.iter().filter(|file| file.extension() == "md") {
        for (line, text, in_code) in markdown::lines(file) {
            for target in targets(text).filter(|_| !in_code) {
                if resolved(&file.path, target).is_none_or(|path| !exists(&path)) {
                    let message = format!("the link leads to nothing: `{target}`");
                    violations.push(Violation::at(&file.path, line, message));
                }
            }
        }
    }
    violations
}

/// The targets of `[text](target)` in a line that are paths, without what follows `#`; what stands in code is no link.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    line.split('`')
        .step_by(2)
        .flat_map(|text| text.split("](").skip(1))
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target.split('#').next().unwrap_or_default())
        .filter(|target| !target.is_empty() && !target.contains(':'))
}

/// The path from the root; `None` when it leads out of the repository.
fn resolved(document: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = document.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}
