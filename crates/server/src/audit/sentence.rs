//! From a notice to the event that records it: pure.

use std::net::IpAddr;

use event::ClientAddress;
use serde_json::{Value, json};

use super::notice::{Change, Read, Refusal};
use super::throttle::Key;
use crate::auth::Principal;
use crate::control::AccountId;
use crate::http::Client;
use crate::recording::OWN_PRODUCER;

/// An event about the audit log itself, as it is sent through the normal path.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    /// In whose log it is recorded.
    pub(crate) account: AccountId,
    /// From where it came.
    pub(crate) client: Client,
    /// The event as a product would send it.
    pub(crate) event: Value,
}

impl Sentence {
    /// The same with how many occurrences it stands for, when they are more than one.
    pub(crate) fn counted(mut self, count: u64) -> Self {
        if count > 1
            && let Some(metadata) = self
                .event
                .get_mut("metadata")
                .and_then(Value::as_object_mut)
        {
            metadata.insert("count".to_owned(), json!(count));
        }
        self
    }
}

/// The event of a permitted read, and under which key it is throttled.
pub(crate) fn of_read(read: &Read) -> (Key, Sentence) {
    let mut metadata = json!({"operation": &*read.operation});
    if let (Some(query), Some(members)) = (&read.query, metadata.as_object_mut()) {
        members.insert("query".to_owned(), json!(query));
    }
    let event = json!({
        "action": read.action,
        "producer": producer(),
        "actor": actor(&read.principal),
        "targets": [account(&read.account)],
        "metadata": metadata,
    });
    let key = Key {
        account: read.account.to_string(),
        principal: read.principal.id().to_owned(),
        operation: read.operation.to_string(),
        result: "success",
    };
    (
        key,
        Sentence {
            account: read.account.clone(),
            client: read.client.clone(),
            event,
        },
    )
}

/// The event of a refusal, and under which key it is throttled.
pub(crate) fn of_refusal(refusal: &Refusal) -> (Key, Sentence) {
    let event = json!({
        "action": "access.denied",
        "producer": producer(),
        "actor": refusal.principal.as_ref().map_or_else(|| json!({"type": "anonymous"}), actor),
        "targets": [account(&refusal.account)],
        "outcome": {"result": "denied", "code": refusal.code.as_str()},
        "metadata": {"operation": &*refusal.operation},
    });
    let principal = refusal
        .principal
        .as_ref()
        .map_or_else(|| network(&refusal.client.0), |known| known.id().to_owned());
    let key = Key {
        account: refusal.account.to_string(),
        principal,
        operation: refusal.operation.to_string(),
        result: refusal.code.as_str(),
    };
    (
        key,
        Sentence {
            account: refusal.account.clone(),
            client: refusal.client.clone(),
            event,
        },
    )
}

/// The event of a change of control data; it is never throttled.
pub(crate) fn of_change(change: &Change) -> Sentence {
    let event = json!({
        "action": change.action,
        "producer": producer(),
        "actor": actor(&change.principal),
        "targets": [{"type": change.target_type, "id": change.target_id, "name": change.target_name}],
        "metadata": change.metadata,
    });
    Sentence {
        account: change.account.clone(),
        client: change.client.clone(),
        event,
    }
}

fn producer() -> Value {
    json!({"name": OWN_PRODUCER, "version": env!("CARGO_PKG_VERSION")})
}

fn actor(principal: &Principal) -> Value {
    let kind = match principal {
        Principal::Key(_) => "api_key",
        Principal::Operator => "user",
    };
    json!({"type": kind, "id": principal.id(), "name": principal.name()})
}

fn account(id: &AccountId) -> Value {
    json!({"type": "account", "id": id.as_str()})
}

/// What strangers are told apart by: the /24 of an IPv4, the /48 of an IPv6 address.
fn network(client: &ClientAddress) -> String {
    match client.ip {
        Some(IpAddr::V4(ip)) => {
            let [a, b, c, _] = ip.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        Some(IpAddr::V6(ip)) => {
            let [a, b, c, ..] = ip.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
        None => "unknown".to_owned(),
    }
}
