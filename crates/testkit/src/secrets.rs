//! Made-up secrets in the formats that real ones have, and every place of an event that could hold one.
//!
//! They are drawn from a fixed seed when a test runs, so that no scanner finds them in the repository.

mod formats;
mod leaks;
mod places;

pub use formats::{Secret, formats, named};
pub use leaks::{Leak, Search};
pub use places::{PLACES, events};
