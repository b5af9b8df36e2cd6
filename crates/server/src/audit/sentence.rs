//! From a notice to the event that records it: pure.

use std::net::IpAddr;

use api::ErrorCode;
use event::ClientAddress;
use serde_json::{Value, json};

use super::notice::{Change, Read, Refusal, Refused, Removal};
use super::throttle::Key;
use crate::admin::viewing_actor;
use crate::auth::Principal;
use crate::config::AccessTokenActor;
use crate::control::AccountId;
use crate::http::Client;
use crate::recording::OWN_PRODUCER;

/// How many members of metadata a reduced event keeps at most; fewer than any event may have.
const REDUCED_KEYS_MAX: usize = 20;

/// The longest key that a reduced event keeps, in bytes, as for every key of metadata.
const REDUCED_KEY_BYTES_MAX: usize = 64;

/// The longest text that a reduced event keeps, in bytes: that of names.
const REDUCED_TEXT_BYTES_MAX: usize = 256;

fn is_short(value: &Value) -> bool {
    match value {
        Value::String(text) => text.len() <= REDUCED_TEXT_BYTES_MAX,
        Value::Number(_) | Value::Bool(_) => true,
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    }
}

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
    /// What is left of an event that breaks a limit: who did what to what, with `incomplete` and short metadata.
    ///
    /// Something is always recorded, however much there was to tell.
    pub(crate) fn reduced(mut self) -> Self {
        let Some(members) = self.event.as_object_mut() else {
            return self;
        };
        members.remove("changes");
        for target in members
            .get_mut("targets")
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            if let Some(target) = target.as_object_mut()
                && !target.get("name").is_some_and(is_short)
            {
                target.remove("name");
            }
        }
        if let Some(Value::Object(metadata)) = members.get_mut("metadata") {
            let mut kept = 0;
            metadata.retain(|key, value| {
                kept += 1;
                kept <= REDUCED_KEYS_MAX && key.len() <= REDUCED_KEY_BYTES_MAX && is_short(value)
            });
            metadata.insert("incomplete".to_owned(), json!(true));
        }
        self
    }

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
    name_token(&mut metadata, Some(&read.principal));
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
        // One look at a screen asks several operations; they are one view, or one search.
        operation: read.action.to_owned(),
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
    let (action, result, metadata) = match &refusal.what {
        Refused::Access => (
            "access.denied",
            "denied",
            json!({"operation": &*refusal.operation}),
        ),
        // The password was right: no failure, and not nothing either, because who knows it is not known.
        Refused::SignIn { method, .. } if refusal.code == ErrorCode::SecondFactorNeeded => (
            "audit_log.second_factor_ask",
            "success",
            json!({"login_method": &**method}),
        ),
        Refused::SignIn { method, .. } => (
            "audit_log.sign_in",
            "failure",
            json!({"login_method": &**method}),
        ),
        Refused::Setup => ("audit_log.setup", "failure", json!({})),
    };
    let mut metadata = metadata;
    name_token(&mut metadata, refusal.principal.as_ref());
    // Whoever fails to sign in as somebody is not known to be that person.
    let mut targets = vec![account(&refusal.account)];
    if let Refused::SignIn {
        as_whom: Some((id, name)),
        ..
    } = &refusal.what
    {
        targets.push(json!({"type": "member", "id": id, "name": name}));
    }
    let event = json!({
        "action": action,
        "producer": producer(),
        "actor": refusal.principal.as_ref().map_or_else(|| json!({"type": "anonymous"}), actor),
        "targets": targets,
        "outcome": {"result": result, "code": refusal.code.as_str()},
        "metadata": metadata,
    });
    let mut principal = refusal
        .principal
        .as_ref()
        .map_or_else(|| network(&refusal.client.0), |known| known.id().to_owned());
    if let Refused::SignIn {
        as_whom: Some((id, _)),
        ..
    } = &refusal.what
    {
        principal = format!("{principal} as {id}");
    }
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

/// The event of secrets that were taken out, and under which key it is throttled.
pub(crate) fn of_removal(removal: &Removal) -> (Key, Sentence) {
    let mut targets = vec![json!({"type": "action", "id": removal.action})];
    if let Some(producer) = &removal.producer {
        targets.push(json!({"type": "producer", "id": producer}));
    }
    let event = json!({
        "action": "audit_log.secret_removed",
        "producer": producer(),
        "actor": actor(&removal.principal),
        "targets": targets,
        "metadata": {
            "rule": removal.rule,
            "place": removal.place,
            "fingerprint": removal.fingerprint,
        },
    });
    let key = Key {
        account: removal.account.to_string(),
        principal: removal.principal.id().to_owned(),
        operation: removal.rule.clone(),
        result: "secret_removed",
    };
    (
        key,
        Sentence {
            account: removal.account.clone(),
            client: removal.client.clone(),
            event,
        },
    )
}

/// The event of a change of control data; it is never throttled.
pub(crate) fn of_change(change: &Change) -> Sentence {
    let mut metadata = json!(change.metadata);
    name_token(&mut metadata, Some(&change.principal));
    let event = json!({
        "action": change.action,
        "producer": producer(),
        // What nobody decided has nobody as its actor, whoever was there when it happened.
        "actor": if change.action.starts_with("system.") {
            json!({"type": "system"})
        } else {
            actor(&change.principal)
        },
        "targets": [{"type": change.target_type, "id": change.target_id, "name": change.target_name}],
        "changes": change.changes,
        "metadata": metadata,
    });
    Sentence {
        account: change.account.clone(),
        client: change.client.clone(),
        event,
    }
}

/// Names the token of a viewer, who is told by the name that the product gave.
fn name_token(metadata: &mut Value, principal: Option<&Principal>) {
    let token = principal.and_then(Principal::viewer);
    if let (Some(token), Some(members)) = (token, metadata.as_object_mut()) {
        // Not `viewer_token`: the firewall would take the id for a secret.
        members.insert("viewer_token_id".to_owned(), json!(token.id));
    }
}

pub(super) fn producer() -> Value {
    json!({"name": OWN_PRODUCER, "version": env!("CARGO_PKG_VERSION")})
}

fn actor(principal: &Principal) -> Value {
    let (id, name) = (principal.id(), principal.name());
    match principal {
        Principal::Key(_) => json!({"type": "api_key", "id": id, "name": name}),
        Principal::Person(person) => {
            json!({"type": "user", "id": id, "name": name, "email": person.email})
        }
        Principal::AccessToken(token) => match token.actor {
            AccessTokenActor::Service => json!({"type": "service", "id": id, "name": name}),
            AccessTokenActor::User => json!({"type": "user", "id": id, "name": name}),
        },
        Principal::Viewer(token) => viewing_actor(&token.grant),
        Principal::Operator => json!({"type": "user", "id": id, "name": name}),
    }
}

fn account(id: &AccountId) -> Value {
    json!({"type": "account", "id": id.as_str()})
}

/// What strangers are told apart by: the /24 of an IPv4, the /48 of an IPv6 address.
pub(crate) fn network(client: &ClientAddress) -> String {
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

#[cfg(test)]
mod tests {
    use event::{Limits, NewEvent};

    use super::*;

    #[test]
    fn what_breaks_a_limit_is_recorded_without_its_details() {
        let changes: Vec<Value> = (0..300).map(|n| json!({"path": format!("/{n}")})).collect();
        let mut metadata =
            json!({"action": "invoice.approve", "version": 3, "long": "x".repeat(5_000)});
        for n in 0..60 {
            metadata[format!("key_{n}")] = json!(n);
        }
        let sentence = Sentence {
            account: AccountId::reserved(),
            client: Client::default(),
            event: json!({
                "action": "audit_log.catalog_update",
                "producer": producer(),
                "actor": {"type": "user", "id": "mem_1"},
                "targets": [
                    {"type": "account", "id": "acme", "name": "x".repeat(300)},
                    {"type": "account", "id": "acme", "name": "Acme"},
                ],
                "changes": changes,
                "metadata": metadata,
            }),
        };
        let read =
            |sentence: &Sentence| NewEvent::from_value(sentence.event.clone(), &Limits::default());
        assert!(read(&sentence).is_err());
        let reduced = sentence.reduced();
        assert!(read(&reduced).is_ok(), "{:?}", reduced.event);
        let event = &reduced.event;
        assert_eq!(event["metadata"]["incomplete"], true);
        assert_eq!(event["metadata"]["action"], "invoice.approve");
        assert_eq!(event["targets"][1]["name"], "Acme");
        assert_eq!(event["actor"]["id"], "mem_1");
    }
}
