use super::{
    section::section,
    setting::{Given, Setting, quoted, text},
};

section! {
    /// What the process writes to standard error. No line ever holds a token or the contents of an event.
    Log {
        /// `text` for people or `json` for machines, one object per line.
        format: LogFormat = LogFormat::Text,
        /// The least level: `error`, `warn`, `info`, `debug`, `trace`, also by module as in `info,server=debug`.
        level: String = "info".to_owned(),
    }
}

/// How a line of the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
}

impl Setting for LogFormat {
    fn read(given: Given<'_>) -> Result<Self, String> {
        match text(given)? {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err("expected text or json".to_owned()),
        }
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(match self {
            Self::Text => "text",
            Self::Json => "json",
        }))
    }
}
