//! The dashboard's files, embedded into the binary, and the policy under which browsers run them.
//!
//! The crate knows no HTTP library: it answers a path with bytes and the values of three headers.

mod asset;
pub mod guide;
mod page;

pub use asset::{Asset, asset};
pub use page::{Nonce, page, policy};

#[derive(rust_embed::RustEmbed)]
#[folder = "$OUT_DIR/ui"]
struct Files;
