//! Saved views: named questions of a person, or of everybody in an account.

use std::sync::Arc;

use api::view::{NewView, ViewChange, ViewQuery};
use data_encoding::BASE32_NOPAD;
use event::Timestamp;
use serde_json::{Map, Value, json};

use super::{AdminError, account::no_token, settings::members_that_differ, to_the_end};
use crate::{
    audit::notice::Change,
    auth::Requester,
    control::{AccountId, ControlError, View},
    instance::Instance,
    limits::{COLUMN_BYTES_MAX, COLUMNS_MAX, VIEW_NAME_BYTES_MAX, VIEW_QUERY_BYTES_MAX, VIEWS_MAX},
    randomness,
};

/// What a view shall be, with members that have been checked; what is absent stays.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::option_option,
    reason = "columns that stay, that are given up and that are chosen are three things"
)]
pub(crate) struct ViewRequest {
    name: Option<String>,
    /// Whether everybody in the account shall see it.
    pub(crate) shared: Option<bool>,
    query: Option<String>,
    columns: Option<Option<String>>,
}

impl TryFrom<NewView> for ViewRequest {
    type Error = AdminError;

    fn try_from(new: NewView) -> Result<Self, AdminError> {
        Self::try_from(ViewChange {
            name: Some(new.name),
            shared: Some(new.shared.unwrap_or_default()),
            query: Some(new.query),
            columns: Some(new.columns),
        })
    }
}

impl TryFrom<ViewChange> for ViewRequest {
    type Error = AdminError;

    /// The query itself is checked by `search::stored`.
    fn try_from(change: ViewChange) -> Result<Self, AdminError> {
        let columns = change.columns.map(|columns| match columns {
            None => Ok(None),
            Some(columns) => checked_columns("columns", &columns).map(|()| Some(json!(columns))),
        });
        let columns = columns.transpose()?;
        Ok(Self {
            name: change.name.as_deref().map(checked_name).transpose()?,
            shared: change.shared,
            query: change.query.as_ref().map(checked_query).transpose()?,
            columns: columns.map(|columns| columns.map(|columns| columns.to_string())),
        })
    }
}

fn checked_name(name: &str) -> Result<String, AdminError> {
    no_token("name", name)?;
    let name = name.trim();
    if (1..=VIEW_NAME_BYTES_MAX).contains(&name.len()) && !name.chars().any(char::is_control) {
        return Ok(name.to_owned());
    }
    Err(AdminError::Invalid {
        member: "name",
        message: format!("expected 1 to {VIEW_NAME_BYTES_MAX} bytes on one line, not only spaces"),
    })
}

fn checked_query(query: &ViewQuery) -> Result<String, AdminError> {
    let text = json!(query).to_string();
    if text.len() <= VIEW_QUERY_BYTES_MAX {
        return Ok(text);
    }
    Err(AdminError::Invalid {
        member: "query",
        message: format!("expected at most {VIEW_QUERY_BYTES_MAX} bytes"),
    })
}

/// Names of columns of a list, in their order; the dashboard knows what they show.
pub(super) fn checked_columns(member: &'static str, columns: &[String]) -> Result<(), AdminError> {
    let is_name = |name: &String| {
        (1..=COLUMN_BYTES_MAX).contains(&name.len()) && !name.chars().any(char::is_control)
    };
    let differ = |(n, name): (usize, &String)| !columns.iter().take(n).any(|other| other == name);
    let is_good = (1..=COLUMNS_MAX).contains(&columns.len())
        && columns.iter().all(is_name)
        && columns.iter().enumerate().all(differ);
    if is_good {
        return Ok(());
    }
    Err(AdminError::Invalid {
        member,
        message: format!("expected 1 to {COLUMNS_MAX} names of columns that differ"),
    })
}

impl Instance {
    /// Saves a view.
    pub(crate) async fn create_view(
        self: &Arc<Self>,
        account: &AccountId,
        request: ViewRequest,
        by: Requester,
    ) -> Result<View, AdminError> {
        let (instance, account) = (Arc::clone(self), account.clone());
        to_the_end(async move {
            let views = &instance.control.views;
            let _changing = views.changing.lock().await;
            let bytes: [u8; 10] = randomness::array(instance.randomness.as_ref());
            let view = View {
                id: format!("view_{}", BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()),
                maker: by.principal.id().to_owned(),
                name: request.name.unwrap_or_default(),
                shared: request.shared.unwrap_or_default(),
                query: request.query.unwrap_or_default(),
                columns: request.columns.flatten(),
                updated_ms: instance.clock.now_ms(),
            };
            instance.ensure_room(&account, &view).await?;
            views
                .insert(&account, &view)
                .await
                .map_err(AdminError::Control)?;
            instance
                .view_changed("saved_view.create", &account, &view, Vec::new(), &by)
                .await;
            Ok(view)
        })
        .await
    }

    /// Changes a view; what stays as it is leaves no trace.
    pub(crate) async fn change_view(
        self: &Arc<Self>,
        account: &AccountId,
        id: &str,
        request: ViewRequest,
        by: Requester,
    ) -> Result<View, AdminError> {
        let (instance, account, id) = (Arc::clone(self), account.clone(), id.to_owned());
        to_the_end(async move {
            let views = &instance.control.views;
            let _changing = views.changing.lock().await;
            // Read under the lock: two changes at once must not undo each other.
            let found = views.get(&account, &id).await;
            let before = found.map_err(AdminError::Control)?;
            let mut after = before.clone();
            if let Some(name) = request.name {
                after.name = name;
            }
            if let Some(query) = request.query {
                after.query = query;
            }
            if let Some(columns) = request.columns {
                after.columns = columns;
            }
            if let Some(shared) = request.shared {
                after.shared = shared;
            }
            let changes = members_that_differ(&told(&before), &told(&after));
            if changes.is_empty() {
                return Ok(before);
            }
            if after.shared && !before.shared {
                instance.ensure_room(&account, &after).await?;
            }
            after.updated_ms = instance.clock.now_ms();
            views
                .update(&account, &after)
                .await
                .map_err(AdminError::Control)?;
            instance
                .view_changed("saved_view.update", &account, &after, changes, &by)
                .await;
            Ok(after)
        })
        .await
    }

    /// Removes a view.
    pub(crate) async fn delete_view(
        self: &Arc<Self>,
        account: &AccountId,
        view: View,
        by: Requester,
    ) -> Result<(), AdminError> {
        let (instance, account) = (Arc::clone(self), account.clone());
        to_the_end(async move {
            let views = &instance.control.views;
            let _changing = views.changing.lock().await;
            views
                .delete(&account, &view.id)
                .await
                .map_err(AdminError::Control)?;
            instance
                .view_changed("saved_view.delete", &account, &view, Vec::new(), &by)
                .await;
            Ok(())
        })
        .await
    }

    /// Refuses one view more than its maker, or everybody in the account, may have.
    async fn ensure_room(&self, account: &AccountId, view: &View) -> Result<(), AdminError> {
        let seen = self.control.views.of(account, &view.maker).await;
        let seen = seen.map_err(AdminError::Control)?;
        let others = || seen.iter().filter(|other| other.id != view.id);
        let own = others().filter(|other| other.maker == view.maker).count();
        let shared = others().filter(|other| other.shared).count();
        if own >= VIEWS_MAX || (view.shared && shared >= VIEWS_MAX) {
            return Err(AdminError::Control(ControlError::TooManyViews));
        }
        Ok(())
    }

    async fn view_changed(
        &self,
        action: &'static str,
        account: &AccountId,
        view: &View,
        changes: Vec<Value>,
        by: &Requester,
    ) {
        let mut metadata = Map::new();
        metadata.insert("shared".to_owned(), json!(view.shared));
        self.audit
            .changed(Change {
                account: account.clone(),
                principal: by.principal.clone(),
                client: by.client.clone(),
                action,
                target_type: "saved_view",
                target_id: view.id.clone(),
                target_name: view.name.clone(),
                changes,
                metadata,
            })
            .await;
    }
}

/// What an event tells of a view.
fn told(view: &View) -> Value {
    let columns = view.columns.as_deref();
    json!({
        "name": view.name,
        "shared": view.shared,
        "query": serde_json::from_str::<Value>(&view.query).unwrap_or_default(),
        "columns": columns.and_then(|text| serde_json::from_str::<Value>(text).ok()),
    })
}

impl View {
    /// The view as the API answers it to `reader`; `None` when what is stored is damaged.
    pub(crate) fn described(&self, reader: &str) -> Option<api::view::View> {
        let columns = self.columns.as_deref().map(serde_json::from_str);
        Some(api::view::View {
            id: self.id.clone(),
            name: self.name.clone(),
            built_in: false,
            shared: self.shared,
            mine: self.maker == reader,
            query: serde_json::from_str(&self.query).ok()?,
            columns: columns.transpose().ok()?,
            updated_at: Some(Timestamp::from_ms(self.updated_ms).to_string()),
        })
    }
}
