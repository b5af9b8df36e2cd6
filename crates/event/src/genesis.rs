//! The first entry of every log: what the log is, said inside the log.

use serde_json::json;

use crate::canonical;
use crate::facet::Facets;
use crate::time::Timestamp;

/// The facets of a genesis entry: facet 0 only.
///
/// It names the origin, the time, the retention classes (0 *system*, 1 *standard*) and the format.
pub fn genesis_facets(origin: &str, created_at: Timestamp) -> Facets {
    let genesis = json!({
        "schema": 1,
        "kind": "genesis",
        "origin": origin,
        "created_at": created_at.to_string(),
        "classes": [{"id": 0, "name": "system"}, {"id": 1, "name": "standard"}],
        "format": "1.0",
    });
    let bytes = canonical::to_vec(&genesis).into_boxed_slice();
    Facets::from_parts([Some(bytes), None, None, None, None, None, None, None])
}
