//! The types a setting may have: each reads TOML, and text from the environment or a flag.

use std::{fmt::Write, net::SocketAddr, path::PathBuf};

use ipnet::IpNet;
use toml::Value;

/// A value as the operator gave it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Given<'a> {
    /// From the file.
    Toml(&'a Value),
    /// From the environment or a flag; lists are separated by commas.
    Text(&'a str),
}

/// A type that a field of the configuration may have.
pub(super) trait Setting: Sized {
    /// Reads a value, or says in a sentence what would fit.
    fn read(given: Given<'_>) -> Result<Self, String>;
    /// The value as TOML; `None` when there is none.
    fn to_toml(&self) -> Option<String>;
}

/// The text of a string, wherever it came from.
pub(super) fn text(given: Given<'_>) -> Result<&str, String> {
    match given {
        Given::Text(text) => Ok(text),
        Given::Toml(Value::String(text)) => Ok(text),
        Given::Toml(other) => Err(format!("expected a string, not {}", kind(other))),
    }
}

pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a string",
        Value::Integer(_) => "an integer",
        Value::Float(_) => "a float",
        Value::Boolean(_) => "a boolean",
        Value::Datetime(_) => "a time",
        Value::Array(_) => "a list",
        Value::Table(_) => "a table",
    }
}

/// A TOML array.
pub(super) fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

/// A TOML basic string (TOML 1.0, "String").
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => {
                // Writing into a `String` does not fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

impl Setting for String {
    fn read(given: Given<'_>) -> Result<Self, String> {
        text(given).map(str::to_owned)
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(self))
    }
}

impl Setting for PathBuf {
    fn read(given: Given<'_>) -> Result<Self, String> {
        match text(given)? {
            "" => Err("expected a path, not an empty string".to_owned()),
            path => Ok(Self::from(path)),
        }
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(&self.to_string_lossy()))
    }
}

impl Setting for SocketAddr {
    fn read(given: Given<'_>) -> Result<Self, String> {
        text(given)?
            .parse()
            .map_err(|_| "expected an address with a port, such as 127.0.0.1:8420".to_owned())
    }

    fn to_toml(&self) -> Option<String> {
        Some(quoted(&self.to_string()))
    }
}

impl Setting for bool {
    fn read(given: Given<'_>) -> Result<Self, String> {
        match given {
            Given::Toml(Value::Boolean(flag)) => Ok(*flag),
            Given::Text("true" | "1") => Ok(true),
            Given::Text("false" | "0") => Ok(false),
            _ => Err("expected true or false".to_owned()),
        }
    }

    fn to_toml(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Setting for u64 {
    fn read(given: Given<'_>) -> Result<Self, String> {
        let number = match given {
            Given::Toml(Value::Integer(number)) => Self::try_from(*number).ok(),
            Given::Text(text) => text.parse().ok(),
            Given::Toml(_) => None,
        };
        number.ok_or_else(|| "expected a whole number, 0 or more".to_owned())
    }

    fn to_toml(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Setting for usize {
    fn read(given: Given<'_>) -> Result<Self, String> {
        Self::try_from(u64::read(given)?).map_err(|_| "the number is too large".to_owned())
    }

    fn to_toml(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl Setting for Vec<IpNet> {
    fn read(given: Given<'_>) -> Result<Self, String> {
        let texts = match given {
            Given::Text(list) => list
                .split(',')
                .map(str::trim)
                .filter(|item| !item.is_empty())
                .collect(),
            Given::Toml(Value::Array(items)) => items
                .iter()
                .map(|item| text(Given::Toml(item)))
                .collect::<Result<Vec<_>, _>>()?,
            Given::Toml(other) => {
                return Err(format!("expected a list of networks, not {}", kind(other)));
            }
        };
        texts.into_iter().map(network).collect()
    }

    fn to_toml(&self) -> Option<String> {
        let items: Vec<String> = self
            .iter()
            .map(|network| quoted(&network.to_string()))
            .collect();
        Some(format!("[{}]", items.join(", ")))
    }
}

/// A network, or an address alone.
pub(crate) fn network(text: &str) -> Result<IpNet, String> {
    text.parse::<IpNet>()
        .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        .map_err(|_| format!("{text:?} is no network, such as 10.0.0.0/8"))
}

impl<T: Setting> Setting for Option<T> {
    fn read(given: Given<'_>) -> Result<Self, String> {
        T::read(given).map(Some)
    }

    fn to_toml(&self) -> Option<String> {
        self.as_ref().and_then(T::to_toml)
    }
}
