//! Every action of the sample, by vocabulary.

mod audit_log;
mod gale;
mod generic;
mod kilo;
mod live_agent;
mod undeclared;

use super::spec::{Failure, Spec, failure};

/// Every specification, by vocabulary.
pub(super) const ALL: [&[Spec]; 6] = [
    gale::SPECS,
    kilo::SPECS,
    live_agent::SPECS,
    generic::SPECS,
    audit_log::SPECS,
    undeclared::SPECS,
];

/// How signing in goes wrong on an ordinary day.
const SIGN_IN_FAILURES: &[Failure] = &[
    failure("failure", "bad_password", "the password was wrong"),
    failure("failure", "bad_password", "the password was wrong"),
    failure(
        "failure",
        "mfa_timeout",
        "the second factor was not given in time",
    ),
    failure("denied", "locked", "the sign-in is locked for 15 minutes"),
];

/// How work with data goes wrong on an ordinary day.
const DATA_FAILURES: &[Failure] = &[
    failure(
        "denied",
        "forbidden",
        "the permission customers:write is missing",
    ),
    failure(
        "failure",
        "conflict",
        "somebody else changed it in the meantime",
    ),
    failure(
        "error",
        "E_TIMEOUT",
        "the database did not answer within 5 s",
    ),
];
