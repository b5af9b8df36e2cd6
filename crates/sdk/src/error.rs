//! Why a request did not do what it should.

use std::error::Error as StdError;
use std::fmt::Write as _;

use api::Problem;

/// Why a request did not do what it should. No message holds a token.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address of the server is not `http://…` or `https://…` with a host.
    #[error("{address:?} is no address of a server, such as http://127.0.0.1:8420")]
    Address {
        /// What was given.
        address: String,
    },
    /// The token has characters that no token has; it is not repeated here.
    #[error("the token has characters that no token has")]
    Token,
    /// The certificates of the system could not be read.
    #[error("reading the trusted certificates of the system")]
    Certificates {
        /// Why.
        source: std::io::Error,
    },
    /// Something that was to be sent cannot be written as JSON.
    #[error("writing what is to be sent as JSON")]
    Encode {
        /// Why.
        source: serde_json::Error,
    },
    /// The server refused the request and said why.
    #[error("{}", refusal(.0))]
    Refused(Box<Problem>),
    /// An answer that no Annals server gives: a proxy, another program, or a newer version.
    #[error("unexpected answer {status}: {detail}")]
    Unexpected {
        /// The HTTP status.
        status: u16,
        /// The beginning of what came, for people.
        detail: String,
    },
    /// No connection could be made.
    #[error("connecting to {server}")]
    Connect {
        /// The server, without the token.
        server: String,
        /// Why.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The connection broke before the answer was complete; whether the request took effect is not known.
    #[error("waiting for the answer of {server}")]
    Transport {
        /// The server, without the token.
        server: String,
        /// Why.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The answer did not come in time; whether the request took effect is not known.
    #[error("{server} did not answer within {seconds} seconds")]
    Timeout {
        /// The server, without the token.
        server: String,
        /// How long was waited.
        seconds: u64,
    },
    /// The answer is not what was asked for.
    #[error("reading the answer")]
    Decode {
        /// Why.
        source: serde_json::Error,
    },
}

impl Error {
    /// The refusal, when the server refused.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Refused(problem) => Some(problem),
            _ => None,
        }
    }
}

/// The sentence of a refusal, its code and every single thing that is wrong.
fn refusal(problem: &Problem) -> String {
    let mut text = format!("{} ({})", problem.detail, problem.code.as_str());
    for item in &problem.errors {
        text.push_str("\n  ");
        if let Some(index) = item.index {
            // Writing to a string cannot fail.
            let _ = write!(text, "event {index} ");
        }
        let _ = write!(text, "{}: {}", item.pointer, item.message);
    }
    text
}
