//! Failures of Annals itself, as events of the system: pure.

#[cfg(test)]
mod tests;

use serde_json::{Value, json};

use super::sentence::{Sentence, producer};
use super::throttle::Key;
use crate::control::AccountId;
use crate::http::Client;

/// A failure, or its end, that has to be recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failed {
    /// The account that it concerns, else the reserved one.
    pub(crate) account: AccountId,
    /// What failed.
    pub(crate) what: Failure,
    /// When that was seen, in milliseconds since 1970 UTC.
    pub(crate) at_ms: u64,
}

/// What can fail, and what is told when it works again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The file system of the data directory has few free bytes.
    DiskLow {
        /// The free bytes.
        free: u64,
        /// How many there should be.
        least: u64,
    },
    /// It has enough again.
    DiskFine {
        /// The free bytes.
        free: u64,
    },
    /// The clock of the machine went back by so many seconds.
    ClockBack {
        /// Seconds.
        seconds: u64,
    },
    /// The clock of the machine jumped forward by so many seconds.
    ClockAhead {
        /// Seconds.
        seconds: u64,
    },
    /// Somebody sent events that say they happen in the future.
    EventsAhead {
        /// By how many seconds, at most.
        seconds: u64,
        /// The program that sent them.
        producer: Option<String>,
    },
    /// Stored bytes do not match the log.
    Altered {
        /// Which entry; `None` when its whole segment cannot be read.
        index: Option<u64>,
        /// What does not match.
        reason: String,
    },
    /// New events are not found by searches.
    IndexBehind {
        /// How many entries wait.
        entries: u64,
    },
    /// Searches find everything again.
    IndexCaughtUp,
    /// Reads or refusals were not recorded.
    NoticesLost {
        /// How many.
        count: u64,
    },
    /// A defect ended a request.
    Defect {
        /// The route as the router knows it.
        route: String,
    },
    /// The run before this one did not end by itself.
    UncleanStop {
        /// When it began, RFC 3339 in UTC.
        started_at: String,
    },
}

/// What an event says about a failure.
struct Told {
    action: &'static str,
    component: &'static str,
    /// `None` when it works again.
    code: Option<&'static str>,
    reason: String,
    metadata: Value,
}

impl Failure {
    fn told(&self) -> Told {
        let (action, component, code) = self.named();
        Told {
            action,
            component,
            code,
            reason: self.reason(),
            metadata: self.metadata(),
        }
    }

    /// The action of the event, the part of the server or of the machine, and the code.
    const fn named(&self) -> (&'static str, &'static str, Option<&'static str>) {
        match self {
            Self::DiskLow { .. } => ("system.disk_low", "disk", Some("disk_low")),
            Self::DiskFine { .. } => ("system.recovered", "disk", None),
            Self::ClockBack { .. } => ("system.clock_skew", "clock", Some("clock_went_back")),
            Self::ClockAhead { .. } => ("system.clock_skew", "clock", Some("clock_jumped")),
            Self::EventsAhead { .. } => ("system.clock_skew", "sender", Some("events_ahead")),
            Self::Altered { .. } => (
                "system.verification_failed",
                "log",
                Some("verification_failed"),
            ),
            Self::IndexBehind { .. } => ("system.degraded", "index", Some("index_behind")),
            Self::IndexCaughtUp => ("system.recovered", "index", None),
            Self::NoticesLost { .. } => ("system.error", "self_audit", Some("notices_lost")),
            Self::Defect { .. } => ("system.error", "server", Some("defect")),
            Self::UncleanStop { .. } => ("system.error", "server", Some("unclean_stop")),
        }
    }

    /// What happened, in a sentence; empty when it works again.
    fn reason(&self) -> String {
        match self {
            Self::DiskFine { .. } | Self::IndexCaughtUp => String::new(),
            Self::DiskLow { free, least } => format!(
                "{free} bytes are free on the disk of the data directory; there should be {least}"
            ),
            Self::ClockBack { seconds } => {
                format!("the clock of the machine went back by {seconds} seconds")
            }
            Self::ClockAhead { seconds } => {
                format!("the clock of the machine jumped forward by {seconds} seconds")
            }
            Self::EventsAhead { seconds, .. } => {
                format!("events say that they happen up to {seconds} seconds in the future")
            }
            Self::Altered { reason, .. } => reason.clone(),
            Self::IndexBehind { entries } => {
                format!("{entries} stored entries are not found by searches yet")
            }
            Self::NoticesLost { count } => format!(
                "{count} reads, refusals or removed secrets were not recorded for lack of room"
            ),
            Self::Defect { .. } => {
                "a defect of the server ended a request; its log tells which".to_owned()
            }
            Self::UncleanStop { started_at } => format!(
                "the run that began at {started_at} was killed or crashed; everything acknowledged was recovered"
            ),
        }
    }

    fn metadata(&self) -> Value {
        match self {
            Self::DiskLow { free, .. } => json!({"free_bytes": free}),
            Self::DiskFine { free } => json!({"component": "disk", "free_bytes": free}),
            Self::ClockBack { seconds } | Self::ClockAhead { seconds } => {
                json!({"skew_seconds": seconds})
            }
            Self::EventsAhead { seconds, producer } => {
                json!({"skew_seconds": seconds, "sent_by": producer})
            }
            Self::Altered { index, .. } => json!({"index": index}),
            Self::IndexBehind { entries } => json!({"component": "index", "entries": entries}),
            Self::IndexCaughtUp => json!({"component": "index"}),
            Self::NoticesLost { count } => {
                json!({"component": "self_audit", "error_code": "notices_lost", "count": count})
            }
            Self::Defect { route } => {
                json!({"component": "server", "error_code": "defect", "route": route})
            }
            Self::UncleanStop { started_at } => {
                json!({"component": "server", "error_code": "unclean_stop", "started_at": started_at})
            }
        }
    }
}

/// The event of a failure, and under which key it is throttled.
pub(crate) fn of_failure(failed: &Failed) -> (Key, Sentence) {
    let told = failed.what.told();
    let outcome = match told.code {
        Some(code) => json!({"result": "error", "code": code, "reason": told.reason}),
        None => json!({"result": "success"}),
    };
    let mut metadata = told.metadata;
    if let Some(members) = metadata.as_object_mut() {
        members.retain(|_, value| !value.is_null());
    }
    let event = json!({
        "action": told.action,
        "producer": producer(),
        "actor": {"type": "system", "id": "annals", "name": "Annals"},
        "targets": [{"type": "component", "id": told.component}],
        "outcome": outcome,
        "metadata": metadata,
    });
    let one = match &failed.what {
        Failure::Altered { index, .. } => format!("{index:?}"),
        Failure::Defect { route } => route.clone(),
        _ => String::new(),
    };
    let key = Key {
        account: failed.account.to_string(),
        principal: "system".to_owned(),
        operation: format!("{} {} {one}", told.action, told.component),
        result: told.code.unwrap_or("success"),
    };
    let sentence = Sentence {
        account: failed.account.clone(),
        client: Client::default(),
        event,
    };
    (key, sentence)
}
