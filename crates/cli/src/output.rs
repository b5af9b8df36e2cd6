//! The only place that writes to the terminal: answers to standard output, notes to standard error.

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use serde::Serialize;

/// Standard output, written in large pieces and flushed by whoever shows something that must be seen now.
pub(crate) struct Output {
    stdout: BufWriter<Stdout>,
    is_coloured: bool,
}

impl Output {
    /// Standard output; colours only on a terminal, and not when `NO_COLOR` is set (no-color.org).
    pub(crate) fn new() -> Self {
        let stdout = io::stdout();
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let is_coloured = stdout.is_terminal() && !refused;
        Self {
            stdout: BufWriter::new(stdout),
            is_coloured,
        }
    }

    /// Writes a line.
    pub(crate) fn line(&mut self, text: impl Display) -> io::Result<()> {
        writeln!(self.stdout, "{text}")
    }

    /// Writes a value as one line of JSON.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut self.stdout, value)?;
        self.stdout.write_all(b"\n")
    }

    /// Writes bytes as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stdout.write_all(bytes)
    }

    /// Shows what was written so far.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.stdout.flush()
    }

    /// Text that stands out.
    pub(crate) fn strong(&self, text: &str) -> String {
        self.styled("1", text)
    }

    /// Text that stands back.
    pub(crate) fn faint(&self, text: &str) -> String {
        self.styled("2", text)
    }

    fn styled(&self, code: &str, text: &str) -> String {
        if self.is_coloured {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// Writes a line to standard error; when nobody reads it there is nobody to tell.
pub(crate) fn note(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Text of an event as it may stand on a terminal: nothing in it can move the cursor, change colours or turn the
/// direction of writing.
pub(crate) fn printable(text: &str) -> String {
    let is_dangerous =
        |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if is_dangerous(c) => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_cannot_command_the_terminal() {
        assert_eq!(
            printable("a\u{1b}[2Jb\tc\u{202e}d\u{9b}é"),
            "a\u{fffd}[2Jb c\u{fffd}d\u{fffd}é"
        );
    }
}
