//! A Markdown file is one document: it has one title.

use super::Violation;
use super::files::SourceFile;

/// Checks that there is exactly one first-level heading outside code blocks.
pub(super) fn check(file: &SourceFile) -> Vec<Violation> {
    let mut titles = Vec::new();
    let mut fence: Option<&str> = None;
    for (line, text) in file.lines() {
        let trimmed = text.trim_start();
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| trimmed.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) if text.starts_with("# ") => titles.push(line),
            _ => {}
        }
    }
    match titles.as_slice() {
        [_] => Vec::new(),
        [] => vec![Violation::of(&file.path, "the document has no title")],
        [_, more @ ..] => more
            .iter()
            .map(|line| Violation::at(&file.path, *line, "the document has another title"))
            .collect(),
    }
}
