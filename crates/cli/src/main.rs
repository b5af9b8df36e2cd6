//! The one binary, `annals`.

fn main() {}
