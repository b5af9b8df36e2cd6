//! The client against a server that answers what the test says.

#![expect(
    clippy::expect_used,
    reason = "a broken test server has to fail the test"
)]

mod answers;
mod scripted;
