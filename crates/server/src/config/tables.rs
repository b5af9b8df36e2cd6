//! Settings that are lists of tables: read with their types, and written back as inline tables.

use serde::de::DeserializeOwned;
use toml::Value;

use super::setting::{Given, kind};
use crate::auth::oidc::is_issuer;

/// Reads a list of tables; from the environment as TOML, such as `[{ id = "corp", … }]`.
pub(super) fn tables<T: DeserializeOwned>(given: Given<'_>) -> Result<Vec<T>, String> {
    let wrong = || "expected a list of tables, such as [{ … }]".to_owned();
    let parsed;
    let value = match given {
        Given::Toml(value) => value,
        Given::Text(text) => {
            let table = format!("list = {text}").parse::<toml::Table>();
            parsed = table
                .ok()
                .and_then(|mut table| table.remove("list"))
                .ok_or_else(wrong)?;
            &parsed
        }
    };
    let Value::Array(items) = value else {
        return Err(format!("expected a list of tables, not {}", kind(value)));
    };
    let read = |(n, item): (usize, &Value)| {
        serde_path_to_error::deserialize(item.clone()).map_err(|error| {
            let place = error.path().to_string();
            let why = error.into_inner().to_string();
            format!("number {}, {place}: {}", n + 1, why.trim_end())
        })
    };
    items.iter().enumerate().map(read).collect()
}

/// An inline table; members without a value are left out.
pub(super) fn written(members: &[(&str, Option<String>)]) -> String {
    let members = members
        .iter()
        .filter_map(|(name, value)| Some(format!("{name} = {}", value.as_ref()?)));
    format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
}

/// Refuses what cannot stand in an address and in the log as it is.
pub(super) fn slug(id: &str) -> Result<(), String> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if (1..=32).contains(&id.len()) && id.bytes().all(plain) {
        Ok(())
    } else {
        Err("id is not 1 to 32 lower-case letters, digits and hyphens".to_owned())
    }
}

/// Refuses an issuer that could not be asked safely.
pub(super) fn address(issuer: &str) -> Result<(), String> {
    if is_issuer(issuer) && issuer.len() <= 180 {
        Ok(())
    } else {
        let rule = "issuer is not an https address without query, of at most 180 bytes; http is for this machine only";
        Err(rule.to_owned())
    }
}

/// Refuses two entries with the same name.
pub(super) fn unique<'a>(names: impl Iterator<Item = &'a str>) -> Result<(), String> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    let twice = names.windows(2).find_map(|pair| match pair {
        [one, other] if one == other => Some(one),
        _ => None,
    });
    match twice {
        None => Ok(()),
        Some(name) => Err(format!("{name:?} is there twice")),
    }
}
