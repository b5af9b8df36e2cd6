//! Portal links of an account: addresses that open the log once, for a while.

pub(crate) mod create;
