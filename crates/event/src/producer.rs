//! The program that sent an event.

use serde_json::Value;

use crate::pointer::Place;
use crate::read::Reader;

/// Which program sent the event, and its count of the events it sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Producer {
    /// The name of the program, at most 256 bytes.
    pub name: Option<String>,
    /// Its version, at most 256 bytes.
    pub version: Option<String>,
    /// A number that grows by one with every event it sends, so that a gap can be seen.
    pub seq: Option<u64>,
}

const MEMBERS: [&str; 3] = ["name", "version", "seq"];

impl Producer {
    /// The producer, unless nothing is known about it.
    pub(crate) fn read(reader: &mut Reader<'_>, value: Value, at: &Place<'_>) -> Option<Self> {
        let mut producer = Self::default();
        for (key, value) in reader.object(value, at)? {
            let at = at.key(&key);
            match key.as_str() {
                "name" => producer.name = reader.name(value, &at),
                "version" => producer.version = reader.name(value, &at),
                "seq" => producer.seq = reader.natural(value, &at),
                _ => reader.unknown(&at, &key, &MEMBERS),
            }
        }
        (producer != Self::default()).then_some(producer)
    }
}
