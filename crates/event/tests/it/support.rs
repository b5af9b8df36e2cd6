//! What most tests need: an account, its acceptance, and hexadecimal digits.

use event::{
    Acceptance, Catalogue, ClientAddress, Event, EventId, Firewall, Limits, NewEvent, Problem,
    Timestamp,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub(crate) const ORIGIN: &str = "audit.example/a/acme";

/// The account that tests write to.
pub(crate) struct Account {
    pub(crate) catalogue: Catalogue,
    pub(crate) firewall: Firewall,
    pub(crate) client: ClientAddress,
    pub(crate) limits: Limits,
    pub(crate) now: Timestamp,
    pub(crate) new_id: EventId,
    pub(crate) strict: bool,
}

impl Account {
    pub(crate) fn new() -> Self {
        Self {
            catalogue: Catalogue::all(),
            firewall: Firewall::new([7; 32], ORIGIN),
            client: ClientAddress::default(),
            limits: Limits::default(),
            now: "2026-11-21T09:55:20.123456789Z".parse().expect("a time"),
            new_id: "0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e22"
                .parse()
                .expect("an id"),
            strict: false,
        }
    }

    pub(crate) fn read(&self, value: Value) -> Result<NewEvent, Vec<Problem>> {
        NewEvent::from_value(value, &self.limits)
    }

    pub(crate) fn accept(&self, value: Value) -> Result<Event, Vec<Problem>> {
        let acceptance = Acceptance {
            catalogue: &self.catalogue,
            strict: self.strict,
            firewall: &self.firewall,
            client: &self.client,
            now: self.now,
            new_id: self.new_id,
            limits: &self.limits,
        };
        Event::accept(self.read(value)?, &acceptance)
    }

    pub(crate) fn accepted(&self, value: Value) -> Event {
        self.accept(value).expect("an event without problems")
    }
}

/// The cases of a vector file.
pub(crate) fn load<T: DeserializeOwned>(name: &str) -> Vec<T> {
    #[derive(Deserialize)]
    struct File<T> {
        cases: Vec<T>,
    }
    let path = format!("{}/tests/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read(&path).expect("the vector file is in the repository");
    let file: File<T> =
        serde_json::from_slice(&text).expect("the vector file has the shape of its test");
    assert!(!file.cases.is_empty());
    file.cases
}

pub(crate) fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal"))
        .collect()
}

pub(crate) fn array<const N: usize>(hex: &str) -> [u8; N] {
    bytes(hex).try_into().expect("the right number of bytes")
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}
