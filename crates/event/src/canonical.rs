//! The canonical form of JSON: RFC 8785, one byte string for one value.

mod object;

use std::cmp::Ordering;
use std::io::Write;

use serde_json::{Map, Number, Value};

pub(crate) use object::Members;

/// The greatest integer that every reader of JSON represents exactly, 2^53 − 1 (RFC 7493 2.2).
pub const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// Most events are smaller, so that one allocation is enough.
const TYPICAL_BYTES: usize = 1024;

/// The canonical bytes of a value.
///
/// Integers beyond [`MAX_SAFE_INTEGER`] are written as the nearest double, as RFC 8785 3.2.2.3 demands; events never
/// hold them.
pub fn to_vec(value: &Value) -> Vec<u8> {
    let mut out = Vec::with_capacity(TYPICAL_BYTES);
    write(value, &mut out);
    out
}

/// Appends the canonical bytes of a value.
pub fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => write_number(number, out),
        Value::String(text) => write_string(text, out),
        Value::Array(elements) => write_array(elements, out),
        Value::Object(members) => write_object(members, out),
    }
}

fn write_array(elements: &[Value], out: &mut Vec<u8>) {
    out.push(b'[');
    for (at, element) in elements.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write(element, out);
    }
    out.push(b']');
}

/// Appends an object with its keys in the order of their UTF-16 code units (RFC 8785 3.2.3).
pub fn write_object(members: &Map<String, Value>, out: &mut Vec<u8>) {
    out.push(b'{');
    if members
        .keys()
        .is_sorted_by(|left, right| utf16_order(left, right).is_lt())
    {
        write_members(members.iter(), out);
    } else {
        let mut sorted: Vec<(&String, &Value)> = members.iter().collect();
        sorted.sort_unstable_by(|(left, _), (right, _)| utf16_order(left, right));
        write_members(sorted.into_iter(), out);
    }
    out.push(b'}');
}

fn write_members<'a>(members: impl Iterator<Item = (&'a String, &'a Value)>, out: &mut Vec<u8>) {
    for (at, (key, value)) in members.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write_string(key, out);
        out.push(b':');
        write(value, out);
    }
}

/// UTF-8 sorts like UTF-16, except that characters beyond U+FFFF come before U+E000 to U+FFFF.
fn utf16_order(left: &str, right: &str) -> Ordering {
    if left.is_ascii() || right.is_ascii() {
        return left.cmp(right);
    }
    left.encode_utf16().cmp(right.encode_utf16())
}

fn write_number(number: &Number, out: &mut Vec<u8>) {
    match (number.as_u64(), number.as_i64()) {
        (Some(natural), _) if natural <= MAX_SAFE_INTEGER => push_decimal(natural, out),
        (None, Some(negative)) if negative.unsigned_abs() <= MAX_SAFE_INTEGER => {
            out.push(b'-');
            push_decimal(negative.unsigned_abs(), out);
        }
        _ => {
            let double = number.as_f64().unwrap_or_default();
            out.extend_from_slice(ryu_js::Buffer::new().format(double).as_bytes());
        }
    }
}

/// Appends the decimal digits of a number.
pub(crate) fn push_decimal(number: u64, out: &mut Vec<u8>) {
    // Writing to a vector does not fail.
    let _written = write!(out, "{number}");
}

/// Appends a string with its quotes (RFC 8785 3.2.2.2).
pub fn write_string(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    out.push(b'"');
    // One pass without branches: almost no string has anything to escape.
    if bytes
        .iter()
        .fold(false, |any, byte| any | must_escape(*byte))
    {
        write_escaped(bytes, out);
    } else {
        out.extend_from_slice(bytes);
    }
    out.push(b'"');
}

fn write_escaped(mut rest: &[u8], out: &mut Vec<u8>) {
    while let Some(at) = rest.iter().position(|byte| must_escape(*byte)) {
        let (plain, from) = rest.split_at(at);
        out.extend_from_slice(plain);
        let Some((&byte, after)) = from.split_first() else {
            break;
        };
        write_escape(byte, out);
        rest = after;
    }
    out.extend_from_slice(rest);
}

const fn must_escape(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

fn write_escape(byte: u8, out: &mut Vec<u8>) {
    let short = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        b'\t' => b't',
        b'\n' => b'n',
        0x0c => b'f',
        b'\r' => b'r',
        _ => {
            out.extend_from_slice(b"\\u00");
            out.extend_from_slice(&[crate::hex::digit(byte >> 4), crate::hex::digit(byte & 0x0f)]);
            return;
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}
