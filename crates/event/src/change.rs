//! What became different.

use serde_json::Value;

use crate::pointer::{Place, is_pointer};
use crate::problem::code;
use crate::read::Reader;

/// One value before and after.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Change {
    /// Which value: a JSON Pointer (RFC 6901) into the thing that changed, at most 2 KiB.
    pub path: String,
    /// The value before, exactly as sent, null included; absent when there was none.
    pub old: Option<Value>,
    /// The value after, exactly as sent, null included; absent when there is none.
    pub new: Option<Value>,
}

const MEMBERS: [&str; 3] = ["path", "old", "new"];

impl Change {
    pub(crate) fn read(reader: &mut Reader<'_>, value: Value, at: &Place<'_>) -> Self {
        let mut change = Self::default();
        let Some(members) = reader.object(value, at) else {
            return change;
        };
        let mut has_path = false;
        for (key, value) in members {
            let at = at.key(&key);
            match key.as_str() {
                "path" => {
                    has_path = !value.is_null();
                    let path = reader.line(value, &at).unwrap_or_default();
                    if !is_pointer(&path) {
                        let message =
                            "a JSON Pointer (RFC 6901) such as `/permissions/0` must stand here";
                        reader.problem(&at, code::INVALID_POINTER, message);
                    }
                    change.path = path;
                }
                "old" => change.old = Some(side(reader, value, &at)),
                "new" => change.new = Some(side(reader, value, &at)),
                _ => reader.unknown(&at, &key, &MEMBERS),
            }
        }
        if !has_path {
            reader.required(&at.key("path"), "the path of a change");
        }
        change
    }
}

fn side(reader: &mut Reader<'_>, mut value: Value, at: &Place<'_>) -> Value {
    reader.normalise(&mut value, at, 3);
    value
}
