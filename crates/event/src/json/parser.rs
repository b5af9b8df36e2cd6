//! The grammar of RFC 8259, by recursive descent over text that is known to be UTF-8.

use serde_json::map::Entry;
use serde_json::{Map, Value};

use super::{Refusal, number, text};
use crate::limits::MAX_DEPTH;
use crate::problem::code;

pub(super) struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
        }
    }

    pub(super) fn document(mut self) -> Result<Value, Refusal> {
        let value = self.value()?;
        self.skip_space();
        if self.at == self.text.len() {
            Ok(value)
        } else {
            Err(self.syntax("only white space may follow the value"))
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
        }
    }

    fn syntax(&self, message: &'static str) -> Refusal {
        Refusal::syntax(self.at, message)
    }

    fn value(&mut self) -> Result<Value, Refusal> {
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(_) => Err(self.syntax("a value must stand here")),
            None => Err(self.syntax("the text ends where a value must stand")),
        }
    }

    fn word(&mut self, word: &'static str, value: Value) -> Result<Value, Refusal> {
        if !self.rest().starts_with(word) {
            return Err(self.syntax("a value must stand here"));
        }
        self.at += word.len();
        Ok(value)
    }

    fn nested(
        &mut self,
        container: fn(&mut Self) -> Result<Value, Refusal>,
    ) -> Result<Value, Refusal> {
        if self.depth == MAX_DEPTH {
            return Err(Refusal::not_i_json(
                code::TOO_DEEP,
                "arrays and objects nest deeper than 64 levels",
            ));
        }
        self.depth += 1;
        self.at += 1;
        let value = container(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Result<Value, Refusal> {
        let mut members = Map::new();
        self.skip_space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Object(members));
        }
        loop {
            self.skip_space();
            if self.peek() != Some(b'"') {
                return Err(self.syntax("a key in quotes must stand here"));
            }
            let key = self.string()?;
            self.skip_space();
            if self.peek() != Some(b':') {
                return Err(self.syntax("`:` must follow the key"));
            }
            self.at += 1;
            match members.entry(key) {
                Entry::Vacant(place) => {
                    let value = self
                        .value()
                        .map_err(|refusal| refusal.under(|| place.key().clone()))?;
                    place.insert(value);
                }
                Entry::Occupied(place) => {
                    let twice = Refusal::not_i_json(
                        code::DUPLICATE_KEY,
                        "the key stands twice in its object",
                    );
                    return Err(twice.under(|| place.key().clone()));
                }
            }
            if self.ends(b'}', "`,` or `}` must follow a member")? {
                return Ok(Value::Object(members));
            }
        }
    }

    fn array(&mut self) -> Result<Value, Refusal> {
        let mut elements = Vec::new();
        self.skip_space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::Array(elements));
        }
        loop {
            let element = self
                .value()
                .map_err(|refusal| refusal.under(|| elements.len().to_string()))?;
            elements.push(element);
            if self.ends(b']', "`,` or `]` must follow an element")? {
                return Ok(Value::Array(elements));
            }
        }
    }

    /// Whether the container ends here; otherwise a comma was read.
    fn ends(&mut self, end: u8, message: &'static str) -> Result<bool, Refusal> {
        self.skip_space();
        match self.peek() {
            Some(byte) if byte == end || byte == b',' => {
                self.at += 1;
                Ok(byte == end)
            }
            _ => Err(self.syntax(message)),
        }
    }

    fn string(&mut self) -> Result<String, Refusal> {
        let (text, length) = text::read(self.rest()).map_err(|failure| failure.refusal(self.at))?;
        self.at += length;
        Ok(text)
    }

    fn number(&mut self) -> Result<Value, Refusal> {
        let (number, length) =
            number::read(self.rest()).map_err(|failure| failure.refusal(self.at))?;
        self.at += length;
        Ok(Value::Number(number))
    }
}
