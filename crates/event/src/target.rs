//! On what somebody acted.

use serde_json::{Map, Value};

use crate::pointer::Place;
use crate::problem::code;
use crate::read::Reader;

/// Something that was acted on; the event belongs to its log.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Target {
    /// The type, `^[A-Za-z][A-Za-z0-9_.-]{0,63}$`; empty when the reader may not know it.
    pub kind: String,
    /// The stable identifier in the product, at most 256 bytes; empty when the reader may not know it.
    pub id: String,
    /// The name at that time, at most 256 bytes.
    pub name: Option<String>,
    /// Where it can be seen in the product, at most 2 KiB.
    pub href: Option<String>,
    /// Free data.
    pub metadata: Map<String, Value>,
}

const MEMBERS: [&str; 5] = ["type", "id", "name", "href", "metadata"];

/// Whether the text can be a type: without a colon, so that `type:id` has one reading.
pub fn is_type(text: &str) -> bool {
    text.len() <= 64
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'))
}

impl Target {
    pub(crate) fn read(reader: &mut Reader<'_>, value: Value, at: &Place<'_>) -> Self {
        let mut target = Self::default();
        let Some(members) = reader.object(value, at) else {
            return target;
        };
        let (mut has_kind, mut has_id) = (false, false);
        for (key, value) in members {
            let at = at.key(&key);
            match key.as_str() {
                "type" => {
                    has_kind = !value.is_null();
                    let rule =
                        "a type is a letter, then at most 63 letters, digits, `_`, `.` and `-`";
                    let parse = |text: &str| is_type(text).then(|| text.to_owned()).ok_or(rule);
                    let kind = reader.parsed(&value, &at, code::INVALID_TYPE, parse);
                    target.kind = kind.unwrap_or_default();
                }
                "id" => {
                    has_id = !value.is_null() && value.as_str() != Some("");
                    target.id = reader.name(value, &at).unwrap_or_default();
                }
                "name" => target.name = reader.name(value, &at),
                "href" => target.href = reader.line(value, &at),
                "metadata" => target.metadata = reader.metadata(value, &at),
                _ => reader.unknown(&at, &key, &MEMBERS),
            }
        }
        if !has_kind {
            reader.required(&at.key("type"), "the type of a target");
        }
        if !has_id {
            reader.required(&at.key("id"), "the id of a target");
        }
        target
    }
}
