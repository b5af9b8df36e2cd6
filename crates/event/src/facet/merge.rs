//! Facets as one JSON object, whatever is missing.

use serde_json::{Map, Value};

use super::{Facet, Facets};
use crate::json::{self, JsonFailure};

/// Why facets were not merged.
#[derive(Debug, thiserror::Error)]
pub enum MergeFailure {
    /// A facet is no I-JSON.
    #[error("merging the facet `{facet}` of an entry")]
    NotJson {
        /// The facet in question.
        facet: Facet,
        /// What the JSON reader found.
        source: JsonFailure,
    },
    /// A facet is no object, or two facets have the same member.
    #[error("merging the facet `{facet}` of an entry: it contradicts the facets before it")]
    Contradiction {
        /// The facet in question.
        facet: Facet,
    },
}

impl Facets {
    /// The facets that are there as one object, merged by member and position.
    ///
    /// Nothing is added: what was hidden or erased is simply not there.
    pub fn merged(&self) -> Result<Map<String, Value>, MergeFailure> {
        let mut whole = Map::new();
        for (facet, bytes) in self.iter() {
            let value =
                json::parse(bytes).map_err(|source| MergeFailure::NotJson { facet, source })?;
            let Value::Object(members) = value else {
                return Err(MergeFailure::Contradiction { facet });
            };
            merge_object(&mut whole, members).ok_or(MergeFailure::Contradiction { facet })?;
        }
        Ok(whole)
    }
}

fn merge_object(whole: &mut Map<String, Value>, part: Map<String, Value>) -> Option<()> {
    for (key, value) in part {
        match whole.get_mut(&key) {
            Some(present) => merge(present, value)?,
            None => drop(whole.insert(key, value)),
        }
    }
    Some(())
}

fn merge(whole: &mut Value, part: Value) -> Option<()> {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => merge_object(whole, part),
        (Value::Array(whole), Value::Array(part)) => {
            let mut part = part.into_iter();
            for present in whole.iter_mut() {
                let Some(value) = part.next() else { break };
                merge(present, value)?;
            }
            whole.extend(part);
            Some(())
        }
        _ => None,
    }
}
