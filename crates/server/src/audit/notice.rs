//! What the shell of the server tells the self-audit: refusals and changes of control data.

use std::sync::Arc;

use api::ErrorCode;
use prometheus_client::metrics::counter::Counter;
use serde_json::{Map, Value};
use tokio::sync::mpsc;

use super::failure::Failed;
use crate::{auth::Principal, control::AccountId, http::Client, limits::NOTICES_MAX};

/// Something that has to be recorded in an account's log.
#[derive(Debug)]
pub(crate) enum Notice {
    /// Somebody was refused.
    Refusal(Refusal),
    /// Somebody changed control data.
    Change(Change),
    /// Somebody read events, and was permitted to.
    Read(Read),
    /// Annals itself failed, or works again.
    Failure(Failed),
    /// Somebody sent secrets, which were taken out.
    Removal(Removal),
    /// Nothing will follow: record what is counted, then stop.
    Finish,
}

/// A request that was refused.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    /// The account in whose log it is recorded: the one asked for when the principal may see it, else the principal's
    /// own, else the reserved one. A stranger never writes to an account's log.
    pub(crate) account: AccountId,
    /// Who was refused; `None` for a stranger.
    pub(crate) principal: Option<Principal>,
    /// From where.
    pub(crate) client: Client,
    /// The operation as the OpenAPI document names it, such as `events.list`.
    pub(crate) operation: Arc<str>,
    /// What was refused.
    pub(crate) what: Refused,
    /// Why.
    pub(crate) code: ErrorCode,
    /// When, in milliseconds since 1970 UTC.
    pub(crate) at_ms: u64,
}

/// What somebody was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// An operation.
    Access,
    /// A sign-in that failed.
    SignIn {
        /// The id and name of the person whose address was given; `None` for that of nobody.
        as_whom: Option<(String, String)>,
        /// How, as sessions name it: `password`, `oidc:<provider>`.
        method: Arc<str>,
    },
    /// To become the first owner.
    Setup,
}

/// A read of events that was answered.
#[derive(Clone, Debug)]
pub(crate) struct Read {
    /// The account that was read, in whose log it is recorded.
    pub(crate) account: AccountId,
    /// Who read.
    pub(crate) principal: Principal,
    /// From where.
    pub(crate) client: Client,
    /// The operation as the OpenAPI document names it, such as `events.list`.
    pub(crate) operation: Arc<str>,
    /// The action of the event: `audit_log.view`, `audit_log.search`, `audit_log.tail`, or another of which a count a
    /// minute is enough.
    pub(crate) action: &'static str,
    /// What was asked for, as text; `None` when nothing was narrowed down.
    pub(crate) query: Option<String>,
    /// When, in milliseconds since 1970 UTC.
    pub(crate) at_ms: u64,
}

/// Secrets that one rule of the firewall took out of the events of one request.
#[derive(Clone, Debug)]
pub(crate) struct Removal {
    /// The account to which they were sent, in whose log it is recorded.
    pub(crate) account: AccountId,
    /// Who sent them.
    pub(crate) principal: Principal,
    /// From where.
    pub(crate) client: Client,
    /// The id of the rule, `token:github_pat`.
    pub(crate) rule: String,
    /// How many secrets.
    pub(crate) count: u64,
    /// The action of the first event that had one.
    pub(crate) action: String,
    /// The program that sent that event, when it says so.
    pub(crate) producer: Option<String>,
    /// Where in that event it stood.
    pub(crate) place: String,
    /// What stands there now.
    pub(crate) fingerprint: String,
    /// When, in milliseconds since 1970 UTC.
    pub(crate) at_ms: u64,
}

/// A change of control data that has been made.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    /// The account that it concerns, in whose log it is recorded.
    pub(crate) account: AccountId,
    /// Who made it.
    pub(crate) principal: Principal,
    /// From where; unknown for the operator.
    pub(crate) client: Client,
    /// The action of the event, such as `key.create`.
    pub(crate) action: &'static str,
    /// The type of what was changed, such as `api_key`.
    pub(crate) target_type: &'static str,
    /// The id of what was changed.
    pub(crate) target_id: String,
    /// The name of what was changed.
    pub(crate) target_name: String,
    /// Which fields changed, as events carry them.
    pub(crate) changes: Vec<Value>,
    /// More about it; never a secret.
    pub(crate) metadata: Map<String, Value>,
}

/// The way to the recorder: bounded, and never in the way of a refusal.
#[derive(Clone, Debug)]
pub(crate) struct Outbox {
    sender: mpsc::Sender<Notice>,
    lost: Counter,
}

impl Outbox {
    /// The two ends of a new way.
    pub(crate) fn new() -> (Self, mpsc::Receiver<Notice>) {
        let (sender, receiver) = mpsc::channel(NOTICES_MAX);
        (
            Self {
                sender,
                lost: Counter::default(),
            },
            receiver,
        )
    }

    /// Tells of a refusal without waiting; when the recorder is too far behind, it is counted as lost.
    pub(crate) fn refused(&self, refusal: Refusal) {
        if self.sender.try_send(Notice::Refusal(refusal)).is_err() {
            self.lost.inc();
        }
    }

    /// Tells of a read without waiting; when the recorder is too far behind, it is counted as lost.
    pub(crate) fn read(&self, read: Read) {
        if self.sender.try_send(Notice::Read(read)).is_err() {
            self.lost.inc();
        }
    }

    /// Tells of a failure without waiting; when the recorder is too far behind, it is counted as lost.
    pub(crate) fn failed(&self, failed: Failed) {
        if self.sender.try_send(Notice::Failure(failed)).is_err() {
            self.lost.inc();
        }
    }

    /// Tells of secrets without waiting; when the recorder is too far behind, it is counted as lost.
    pub(crate) fn removed(&self, removal: Removal) {
        if self.sender.try_send(Notice::Removal(removal)).is_err() {
            self.lost.inc();
        }
    }

    /// Tells of a change, and waits for room: a change is never lost while the process lives.
    pub(crate) async fn changed(&self, change: Change) {
        if self.sender.send(Notice::Change(change)).await.is_err() {
            self.lost.inc();
        }
    }

    /// Asks the recorder to finish.
    pub(crate) async fn finish(&self) {
        // A recorder that is gone has nothing left to finish.
        let _ = self.sender.send(Notice::Finish).await;
    }

    /// Counts the reads, refusals and removed secrets that could not be told.
    pub(crate) fn lost(&self) -> &Counter {
        &self.lost
    }
}
