//! The text files of the repository that people wrote.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Directories that hold what tools made.
const MADE_BY_TOOLS: &[&str] = &[
    ".git",
    "target",
    "node_modules",
    "dist",
    "dist-prebuilt",
    "test-results",
    "playwright-report",
    "__pycache__",
];

/// The kinds of files that rules look at.
const EXTENSIONS: &[&str] = &["rs", "toml", "md", "ts", "tsx", "py", "sh", "yml", "yaml"];

/// One file: its path from the root with `/`, and its text.
#[derive(Debug)]
pub(super) struct SourceFile {
    pub(super) path: String,
    pub(super) text: String,
}

impl SourceFile {
    /// What follows the last dot of the path.
    pub(super) fn extension(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, last)| last)
    }

    /// Whether the whole file is tests, benches or fuzz targets.
    pub(super) fn is_test(&self) -> bool {
        let mut parts = self.path.split('/');
        parts.any(|part| matches!(part, "tests" | "benches" | "fuzz" | "e2e" | "tests.rs"))
    }

    /// The lines with their numbers, counted from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .zip(1..)
            .map(|(line, number)| (number, line))
    }
}

/// Reads the files below `root`, in the order of their paths.
pub(super) fn walk(root: &Path) -> Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    let mut directories = vec![root.to_owned()];
    while let Some(directory) = directories.pop() {
        for found in fs::read_dir(&directory).context("listing a directory of the repository")? {
            let found = found?;
            let (path, name) = (found.path(), found.file_name());
            let name = name.to_string_lossy();
            if found.file_type()?.is_dir() {
                if !MADE_BY_TOOLS.contains(&&*name) {
                    directories.push(path);
                }
            } else if name
                .rsplit_once('.')
                .is_some_and(|(_, extension)| EXTENSIONS.contains(&extension))
            {
                files.push(SourceFile {
                    path: relative(root, &path)?,
                    text: fs::read_to_string(&path)
                        .with_context(|| format!("reading {}", path.display()))?,
                });
            }
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn relative(root: &Path, path: &Path) -> Result<String> {
    let inside = path.strip_prefix(root)?;
    let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
    Ok(parts.join("/"))
}
