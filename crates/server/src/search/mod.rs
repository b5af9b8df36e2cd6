//! Questions about events: from parameters to a scoped query, and from positions to an answer.

pub(crate) mod asked;
pub(crate) mod listing;
pub(crate) mod question;
pub(crate) mod stored;

pub(crate) use asked::Asked;
pub(crate) use question::Question;
