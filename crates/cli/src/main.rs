//! The one binary, `annals`.

mod sample;

fn main() {}
