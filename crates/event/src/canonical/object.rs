//! Writing objects of known members straight into canonical bytes, leaving out what is empty.

use serde_json::{Map, Value};

use super::{push_decimal, write, write_object, write_string};

/// The members of an object that is being written; they must come in the order of their keys.
///
/// Keys are plain ASCII words that need no escaping.
pub(crate) struct Members<'a> {
    out: &'a mut Vec<u8>,
    empty: bool,
}

impl Members<'_> {
    /// Writes an object, `{}` when it stays empty; tells whether it has members.
    pub(crate) fn write(out: &mut Vec<u8>, fill: impl FnOnce(&mut Members<'_>)) -> bool {
        out.push(b'{');
        let mut members = Members { out, empty: true };
        fill(&mut members);
        let filled = !members.empty;
        out.push(b'}');
        filled
    }

    fn key(&mut self, key: &'static str) {
        if !self.empty {
            self.out.push(b',');
        }
        self.empty = false;
        self.out.push(b'"');
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
    }

    /// A text, unless it is empty.
    pub(crate) fn text(&mut self, key: &'static str, text: &str) {
        if !text.is_empty() {
            self.key(key);
            write_string(text, self.out);
        }
    }

    /// A text, unless it is absent or empty.
    pub(crate) fn optional(&mut self, key: &'static str, text: Option<&str>) {
        self.text(key, text.unwrap_or_default());
    }

    /// A text that needs no escaping, written by `fill`.
    pub(crate) fn plain(&mut self, key: &'static str, fill: impl FnOnce(&mut Vec<u8>)) {
        self.key(key);
        self.out.push(b'"');
        fill(self.out);
        self.out.push(b'"');
    }

    /// A natural number; 0 stays.
    pub(crate) fn number(&mut self, key: &'static str, number: u64) {
        self.key(key);
        push_decimal(number, self.out);
    }

    /// Any value, null and empty ones included, exactly as it is.
    pub(crate) fn verbatim(&mut self, key: &'static str, value: &Value) {
        self.key(key);
        write(value, self.out);
    }

    /// The members of an object exactly as they are, unless there are none.
    pub(crate) fn map(&mut self, key: &'static str, map: &Map<String, Value>) {
        if !map.is_empty() {
            self.key(key);
            write_object(map, self.out);
        }
    }

    /// An object, unless it stays empty.
    pub(crate) fn object(&mut self, key: &'static str, fill: impl FnOnce(&mut Members<'_>)) {
        self.unless_empty(key, |out| Members::write(out, fill));
    }

    /// An array of objects, unless it stays empty.
    pub(crate) fn array(&mut self, key: &'static str, fill: impl FnOnce(&mut Elements<'_>)) {
        self.unless_empty(key, |out| {
            out.push(b'[');
            let begin = out.len();
            let mut elements = Elements { out, begin };
            fill(&mut elements);
            let filled = elements.out.len() > begin;
            out.push(b']');
            filled
        });
    }

    fn unless_empty(&mut self, key: &'static str, value: impl FnOnce(&mut Vec<u8>) -> bool) {
        let (length, empty) = (self.out.len(), self.empty);
        self.key(key);
        if !value(self.out) {
            self.out.truncate(length);
            self.empty = empty;
        }
    }
}

/// The elements of an array of objects that is being written.
pub(crate) struct Elements<'a> {
    out: &'a mut Vec<u8>,
    begin: usize,
}

impl Elements<'_> {
    /// An object; `{}` keeps the place of an empty one.
    pub(crate) fn object(&mut self, fill: impl FnOnce(&mut Members<'_>)) {
        if self.out.len() > self.begin {
            self.out.push(b',');
        }
        Members::write(self.out, fill);
    }

    /// As many objects as there are items, without the empty ones at the end.
    pub(crate) fn trimmed_objects<T>(&mut self, items: &[T], fill: impl Fn(&mut Members<'_>, &T)) {
        let mut kept = self.out.len();
        for item in items {
            if self.out.len() > self.begin {
                self.out.push(b',');
            }
            if Members::write(self.out, |members| fill(members, item)) {
                kept = self.out.len();
            }
        }
        self.out.truncate(kept);
    }
}
