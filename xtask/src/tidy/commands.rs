//! Every `annals <command>` in a document is a command of the binary.

use super::files::SourceFile;
use super::{Violation, markdown};

/// Where the commands are defined.
const DEFINITION: &str = "crates/cli/src/args.rs";

/// The line before the first and that after the last command there.
const ENUM: (&str, &str) = ("enum Command {", "\n}");

/// Checks the code of all Markdown files against the definition.
pub(super) fn check(files: &[SourceFile]) -> Vec<Violation> {
    let commands = files
        .iter()
        .find(|file| file.path == DEFINITION)
        .and_then(|file| defined(&file.text));
    let Some(commands) = commands else {
        return vec![Violation::of(DEFINITION, "the commands are not found here")];
    };
    let mut violations = Vec::new();
    for file in files.iter().filter(|file| file.extension() == "md") {
        for (line, text, in_code) in markdown::lines(file) {
            for command in named(text, in_code) {
                if command != "help" && !commands.iter().any(|known| known == command) {
                    let message = format!("there is no `annals {command}`");
                    violations.push(Violation::at(&file.path, line, message));
                }
            }
        }
    }
    violations
}

/// The variants of the enum, as they are typed.
fn defined(text: &str) -> Option<Vec<String>> {
    let (_, rest) = text.split_once(ENUM.0)?;
    let (variants, _) = rest.split_once(ENUM.1)?;
    let names = variants
        .lines()
        .filter_map(|line| line.trim().split_once('('))
        .filter(|(name, _)| !name.is_empty() && name.chars().all(char::is_alphanumeric));
    Some(names.map(|(name, _)| name.to_lowercase()).collect())
}

/// The words that follow `annals` in code: a whole line of a code block, or what stands between backticks.
fn named(line: &str, in_code: bool) -> Vec<&str> {
    let spans: Vec<&str> = if in_code {
        vec![line]
    } else {
        line.split('`').skip(1).step_by(2).collect()
    };
    let mut found = Vec::new();
    for span in spans {
        let words: Vec<&str> = span.split_whitespace().collect();
        for pair in words.windows(2) {
            if let ["annals", command] = pair
                && command.bytes().all(|byte| byte.is_ascii_lowercase())
            {
                found.push(*command);
            }
        }
    }
    found
}
