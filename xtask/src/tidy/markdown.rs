//! A Markdown file is one document: it has one title.

use super::Violation;
use super::files::SourceFile;

/// The lines of a Markdown file with their numbers and whether they stand in a code block; its fences are left out.
pub(super) fn lines(file: &SourceFile) -> impl Iterator<Item = (usize, &str, bool)> {
    let mut fence: Option<&str> = None;
    file.lines().filter_map(move |(line, text)| {
        let trimmed = text.trim_start();
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| trimmed.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => return Some((line, text, fence.is_some())),
        }
        None
    })
}

/// Checks that there is exactly one first-level heading outside code blocks.
pub(super) fn check(file: &SourceFile) -> Vec<Violation> {
    let titles: Vec<usize> = lines(file)
        .filter(|(_, text, in_code)| !in_code && text.starts_with("# "))
        .map(|(line, _, _)| line)
        .collect();
    match titles.as_slice() {
        [_] => Vec::new(),
        [] => vec![Violation::of(&file.path, "the document has no title")],
        [_, more @ ..] => more
            .iter()
            .map(|line| Violation::at(&file.path, *line, "the document has another title"))
            .collect(),
    }
}
