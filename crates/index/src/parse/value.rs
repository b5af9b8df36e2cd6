//! The values that criteria compare with.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net};
use serde_json::Value;

use crate::error::{UnknownColumn, code};
use crate::limits::OPERAND_BYTES;
use crate::query::{Column, FirstTime, Operand, Operator, WEEKDAYS};

/// Why a value cannot be compared with.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) code: &'static str,
    pub(super) message: String,
}

/// Beyond it, integers are not exact in every reader of JSON, so events cannot have them (RFC 7493 section 2.2).
const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

fn refuse<T>(code: &'static str, message: impl Into<String>) -> Result<T, Refusal> {
    Err(Refusal {
        code,
        message: message.into(),
    })
}

/// What to say about a name that is no column.
pub(super) fn column_message(unknown: &UnknownColumn) -> String {
    match unknown {
        UnknownColumn::Name(_) => {
            let known: Vec<String> = Column::named().map(|column| column.name()).collect();
            format!(
                "{unknown}; the columns are {} and metadata.<key>",
                known.join(", ")
            )
        }
        UnknownColumn::MetadataKey => unknown.to_string(),
    }
}

/// One value that `op`, which applies to `column`, compares it with.
pub(super) fn operand(column: &Column, op: Operator, value: &Value) -> Result<Operand, Refusal> {
    if matches!(op, Operator::Contains | Operator::StartsWith) {
        let text = text(value)?;
        if text.trim().is_empty() {
            return refuse(code::REQUIRED, format!("`{op}` needs a text to look for"));
        }
        return Ok(Operand::Text(text));
    }
    match column {
        Column::Metadata(_) => json(value),
        Column::Ip if op == Operator::InNetwork => network(&text(value)?).map(Operand::Network),
        Column::Ip => match text(value)?.parse::<IpAddr>() {
            Ok(address) => Ok(Operand::Address(address.to_canonical())),
            Err(_) => refuse(
                code::INVALID_ADDRESS,
                "an IPv4 or IPv6 address must stand here; networks are compared with `in_network`",
            ),
        },
        Column::FirstSeen => one_of(
            &text(value)?,
            FirstTime::ALL.map(|first| (first.as_str(), first)),
        )
        .map(Operand::FirstTime),
        Column::Weekday => one_of(&text(value)?, WEEKDAYS).map(Operand::Weekday),
        Column::Hour => match value.as_u64().and_then(|hour| u8::try_from(hour).ok()) {
            Some(hour @ 0..24) => Ok(Operand::Hour(hour)),
            _ => refuse(code::WRONG_TYPE, "an hour is a number from 0 to 23"),
        },
        _ => text(value).map(Operand::Text),
    }
}

fn text(value: &Value) -> Result<String, Refusal> {
    match value {
        Value::String(text) if text.len() <= OPERAND_BYTES => Ok(text.clone()),
        Value::String(_) => refuse(
            code::TOO_LONG,
            format!("a value has at most {OPERAND_BYTES} bytes"),
        ),
        _ => refuse(code::WRONG_TYPE, "a string must stand here"),
    }
}

fn one_of<T: Copy, const N: usize>(name: &str, known: [(&str, T); N]) -> Result<T, Refusal> {
    let Some((_, value)) = known.iter().find(|(known, _)| *known == name) else {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        return refuse(
            code::UNKNOWN_VALUE,
            format!("one of {} must stand here", names.join(", ")),
        );
    };
    Ok(*value)
}

/// A network in CIDR notation, or one address.
fn network(text: &str) -> Result<IpNet, Refusal> {
    let network = match text.parse::<IpNet>() {
        Ok(network) => Some(network),
        Err(_) => text.parse::<IpAddr>().ok().map(IpNet::from),
    };
    match network {
        Some(IpNet::V6(v6)) => match v6
            .addr()
            .to_ipv4_mapped()
            .zip(v6.prefix_len().checked_sub(96))
        {
            // Events have IPv4 addresses as such, never mapped into IPv6.
            Some((v4, length)) => {
                Ok(Ipv4Net::new(v4, length).map_or(IpNet::V6(v6.trunc()), |v4| v4.trunc().into()))
            }
            None => Ok(v6.trunc().into()),
        },
        Some(network) => Ok(network.trunc()),
        None => refuse(
            code::INVALID_ADDRESS,
            "a network such as `203.0.113.0/24` or `2001:db8::/48` must stand here",
        ),
    }
}

fn json(value: &Value) -> Result<Operand, Refusal> {
    if !has_safe_numbers(value) {
        return refuse(
            code::UNSAFE_NUMBER,
            "whole numbers beyond 2^53 are not exact in JSON; events have them as strings",
        );
    }
    if value.to_string().len() > OPERAND_BYTES {
        return refuse(
            code::TOO_LONG,
            format!("a value has at most {OPERAND_BYTES} bytes of JSON"),
        );
    }
    Ok(Operand::Json(value.clone()))
}

/// Whether no integer in the value is beyond what events can have.
pub(super) fn has_safe_numbers(value: &Value) -> bool {
    match value {
        Value::Number(number) => {
            let integer = number
                .as_u64()
                .or_else(|| number.as_i64().map(i64::unsigned_abs));
            integer.is_none_or(|integer| integer <= MAX_SAFE_INTEGER)
        }
        Value::Array(elements) => elements.iter().all(has_safe_numbers),
        Value::Object(members) => members.values().all(has_safe_numbers),
        Value::Null | Value::Bool(_) | Value::String(_) => true,
    }
}
