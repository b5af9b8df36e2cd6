//! Operators of the instance: made and unmade on the machine only.

use std::sync::Arc;

use serde_json::{Map, json};

use super::{AdminError, to_the_end};
use crate::{
    audit::notice::Change,
    auth::Requester,
    control::{AccountId, ControlError, Person},
    instance::Instance,
};

impl Instance {
    /// Makes a person an operator of the instance, or no longer one; what stays as it is leaves no trace.
    ///
    /// An operator creates accounts and sees that they exist; what is in them only those see who are members.
    pub async fn set_operator(
        self: &Arc<Self>,
        email: &str,
        operator: bool,
        by: impl Into<Requester>,
    ) -> Result<(), AdminError> {
        let (instance, by, email) = (Arc::clone(self), by.into(), email.to_owned());
        to_the_end(async move {
            let still = instance.control.people.still().await;
            let known = instance.control.people.with_email(&email);
            let person = known.ok_or(AdminError::Control(ControlError::NoSuchMember))?;
            if person.operator == operator {
                return Ok(());
            }
            let changed = still.set_operator(&person.id, operator).await;
            let person = changed.map_err(AdminError::Control)?;
            instance.operator_changed(&person, &by).await;
            Ok(())
        })
        .await
    }

    /// Records in the reserved account that a person became an operator, or is no longer one.
    pub(super) async fn operator_changed(&self, person: &Person, by: &Requester) {
        let action = if person.operator {
            "audit_log.operator_add"
        } else {
            "audit_log.operator_remove"
        };
        tracing::info!(
            person = person.id,
            by = by.principal.id(),
            action,
            "operator changed"
        );
        let (old, new) = (!person.operator, person.operator);
        self.audit
            .changed(Change {
                account: AccountId::reserved(),
                principal: by.principal.clone(),
                client: by.client.clone(),
                action,
                target_type: "member",
                target_id: person.id.clone(),
                target_name: person.name.clone(),
                changes: vec![json!({"path": "/operator", "old": old, "new": new})],
                metadata: Map::new(),
            })
            .await;
    }
}
