//! Which query a cursor belongs to.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// How many bytes of the hash a cursor carries: nobody finds two queries with the same by accident.
const BYTES: usize = 16;

/// The parameters that may differ from page to page.
const FREE: [&str; 3] = ["cursor", "limit", "count"];

/// A hash of the log and of the parameters as sent, except `cursor`, `limit` and `count`.
///
/// It is the first 16 bytes of SHA-256 over the number of the log and the names and values, each after its length,
/// ordered by name, so that the order in which they were sent says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ParametersHash([u8; BYTES]);

impl ParametersHash {
    /// The hash of the parameters of a URL, decoded.
    pub fn of_url<'a>(log: u32, parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let parameters = parameters
            .into_iter()
            .map(|(name, value)| (name, value.as_bytes().to_vec()));
        Self::of(log, b"url", parameters.collect())
    }

    /// The hash of the members of a JSON body; white space and the order of members say nothing.
    pub fn of_json(log: u32, body: &Map<String, Value>) -> Self {
        let parameters = body
            .iter()
            .map(|(name, value)| (name.as_str(), event::canonical::to_vec(value)));
        Self::of(log, b"json", parameters.collect())
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; BYTES] {
        &self.0
    }

    fn of(log: u32, form: &[u8], mut parameters: Vec<(&str, Vec<u8>)>) -> Self {
        parameters.retain(|(name, _)| !FREE.contains(name));
        parameters.sort();
        let mut hash = Sha256::new();
        hash.update(log.to_be_bytes());
        let mut add = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        add(form);
        for (name, value) in parameters {
            add(name.as_bytes());
            add(&value);
        }
        let digest: [u8; 32] = hash.finalize().into();
        let mut first = [0; BYTES];
        first
            .iter_mut()
            .zip(digest)
            .for_each(|(to, from)| *to = from);
        Self(first)
    }
}
