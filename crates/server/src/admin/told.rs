//! What is told to all accounts of a person: how it proves who it is concerns each of them.

use serde_json::{Map, Value};

use crate::{
    audit::notice::Change,
    auth::{Requester, logs_of},
    control::Person,
    instance::Instance,
};

/// Something that happened to a person.
#[derive(Clone, Debug)]
pub(crate) struct Told<'a> {
    /// The action of the event, such as `audit_log.password_change`.
    pub(crate) action: &'static str,
    /// To whom it happened.
    pub(crate) person: &'a Person,
    /// Who did it, and from where.
    pub(crate) by: &'a Requester,
    /// More about it; never a secret.
    pub(crate) metadata: Map<String, Value>,
}

impl<'a> Told<'a> {
    pub(crate) fn new(action: &'static str, person: &'a Person, by: &'a Requester) -> Self {
        Self {
            action,
            person,
            by,
            metadata: Map::new(),
        }
    }

    /// Adds a detail.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.metadata.insert(name.to_owned(), value.into());
        self
    }
}

impl Instance {
    /// Tells the self-audit in every account of the person, whose target is the person as a member.
    pub(crate) async fn tell(&self, told: Told<'_>) {
        let Told {
            action,
            person,
            by,
            metadata,
        } = told;
        tracing::info!(
            person = person.id,
            by = by.principal.id(),
            action,
            "person changed"
        );
        for account in logs_of(person) {
            self.audit
                .changed(Change {
                    account,
                    principal: by.principal.clone(),
                    client: by.client.clone(),
                    action,
                    target_type: "member",
                    target_id: person.id.clone(),
                    target_name: person.name.clone(),
                    changes: Vec::new(),
                    metadata: metadata.clone(),
                })
                .await;
        }
    }

    /// As [`Self::tell`], with the account itself as the target: for people who come and go.
    pub(crate) async fn tell_accounts(&self, told: Told<'_>) {
        for account in logs_of(told.person) {
            let found = self.control.accounts.get(&account);
            self.audit
                .changed(Change {
                    principal: told.by.principal.clone(),
                    client: told.by.client.clone(),
                    action: told.action,
                    target_type: "account",
                    target_id: account.to_string(),
                    target_name: found
                        .map_or_else(|| account.to_string(), |found| found.settings.name.clone()),
                    account,
                    changes: Vec::new(),
                    metadata: told.metadata.clone(),
                })
                .await;
        }
    }
}
