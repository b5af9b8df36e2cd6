//! The toolbox: everything that plain cargo does not do.
fn main() {}
