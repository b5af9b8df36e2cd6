//! Viewer tokens and portal links: made, opened and revoked.

use std::{collections::BTreeSet, sync::Arc};

use api::{
    ProblemItem,
    key::KeyCreator,
    viewer::{NewPortalLink, NewViewerToken, ViewerGrant, ViewerKind, ViewerScope},
};
use data_encoding::BASE32_NOPAD;
use event::{NewEvent, Timestamp};
use index::range;
use serde_json::{Map, json};

use super::{AdminError, account::no_token, to_the_end, view::checked_columns};
use crate::{
    audit::notice::Change,
    auth::{Principal, Reach, Requester, SessionToken, Token, TokenKind, viewer},
    control::{AccountId, ControlError, Maker, ViewerToken},
    http::{Client, Problem},
    instance::Instance,
    limits::{
        LOCALE_BYTES_MAX, PORTAL_LINK_TTL_S_MAX, PORTAL_SESSION_MINUTES,
        PORTAL_SESSION_MINUTES_MAX, VIEW_QUERY_BYTES_MAX, VIEWER_TOKEN_TTL_S_MAX,
    },
    randomness,
    search::asked::recordable,
};

/// A request for a viewer token or a portal link whose members have been checked, but for its question.
#[derive(Clone, Debug)]
pub(crate) struct ViewerRequest {
    pub(crate) grant: ViewerGrant,
    kind: ViewerKind,
    ttl_ms: u64,
    session_ms: u64,
}

impl ViewerRequest {
    /// Checks a request for a token.
    pub(crate) fn token(new: NewViewerToken, limits: &event::Limits) -> Result<Self, Problem> {
        let ttl_s = within("ttl_s", new.ttl_s, VIEWER_TOKEN_TTL_S_MAX)?;
        Ok(Self {
            grant: checked(new.into(), limits)?,
            kind: ViewerKind::Token,
            ttl_ms: ttl_s * 1_000,
            session_ms: 0,
        })
    }

    /// Checks a request for a link.
    pub(crate) fn link(new: NewPortalLink, limits: &event::Limits) -> Result<Self, Problem> {
        let ttl_s = new.ttl_s.unwrap_or(PORTAL_LINK_TTL_S_MAX);
        let ttl_s = within("ttl_s", ttl_s, PORTAL_LINK_TTL_S_MAX)?;
        let minutes = new.session_minutes.unwrap_or(PORTAL_SESSION_MINUTES);
        let minutes = within("session_minutes", minutes, PORTAL_SESSION_MINUTES_MAX)?;
        Ok(Self {
            grant: checked(new.into(), limits)?,
            kind: ViewerKind::Link,
            ttl_ms: ttl_s * 1_000,
            session_ms: minutes * 60_000,
        })
    }

    /// Hides besides what is hidden from whoever makes it.
    pub(crate) fn hide_what_is_hidden_from(&mut self, maker: &Reach) {
        let mut hide: BTreeSet<_> = self.grant.hide.iter().copied().collect();
        hide.extend(maker.sight().hide);
        self.grant.hide = hide.into_iter().collect();
    }
}

fn invalid(member: &'static str, message: impl Into<String>) -> Problem {
    let message = message.into();
    AdminError::Invalid { member, message }.into()
}

fn within(member: &'static str, value: u64, most: u64) -> Result<u64, Problem> {
    if (1..=most).contains(&value) {
        Ok(value)
    } else {
        Err(invalid(member, format!("expected 1 to {most}")))
    }
}

fn checked(mut grant: ViewerGrant, limits: &event::Limits) -> Result<ViewerGrant, Problem> {
    let actor = &grant.actor;
    // It is the actor of every event about what is viewed: one that cannot be recorded cannot view.
    let event = json!({"action": "audit_log.view", "actor": viewing_actor(&grant)});
    if let Err(problems) = NewEvent::from_value(event, limits) {
        let items: Vec<ProblemItem> = problems
            .into_iter()
            .map(|problem| ProblemItem {
                index: None,
                pointer: problem.pointer,
                code: problem.code.to_owned(),
                message: problem.message,
            })
            .collect();
        let detail = items
            .first()
            .map(|item| format!("{}: {}", item.pointer, item.message));
        let code = api::ErrorCode::InvalidBody;
        return Err(Problem::new(code, detail.unwrap_or_default()).items(items));
    }
    if actor.id.trim().is_empty() {
        return Err(invalid("actor", "expected an id"));
    }
    let texts = [Some(&actor.id), actor.name.as_ref(), actor.email.as_ref()];
    for text in texts.into_iter().flatten() {
        no_token("actor", text)?;
    }
    if !grant.scopes.contains(&ViewerScope::Read) {
        return Err(invalid("scopes", "expected `read`, and `export` beside it"));
    }
    grant.scopes.sort_unstable();
    grant.scopes.dedup();
    if let Some(text) = &grant.resource {
        no_token("resource", text)?;
        viewer::resource(text).map_err(|message| invalid("resource", message))?;
    }
    let display = &grant.display;
    if let Some(columns) = &display.columns {
        checked_columns("columns", columns)?;
        for column in columns {
            no_token("columns", column)?;
        }
    }
    let is_tag = |text: &String| {
        let of_tag = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        (1..=LOCALE_BYTES_MAX).contains(&text.len()) && text.bytes().all(of_tag)
    };
    if display.locale.as_ref().is_some_and(|text| !is_tag(text)) {
        return Err(invalid(
            "locale",
            "expected a language tag, such as de or pt-BR",
        ));
    }
    if let Some(zone) = &display.time_zone {
        range::zone(zone).map_err(|_| invalid("time_zone", "expected an IANA zone"))?;
    }
    if json!(grant).to_string().len() > VIEW_QUERY_BYTES_MAX {
        let message = format!("expected at most {VIEW_QUERY_BYTES_MAX} bytes in all");
        return Err(invalid("filter", message));
    }
    Ok(grant)
}

/// The actor of what is viewed with a grant.
pub(crate) fn viewing_actor(grant: &ViewerGrant) -> serde_json::Value {
    let mut actor = json!(grant.actor);
    if let Some(members) = actor.as_object_mut() {
        members.insert("type".to_owned(), json!("user"));
    }
    actor
}

impl Instance {
    /// Makes a viewer token or a portal link; its secret is in the answer and nowhere else.
    pub(crate) async fn create_viewer(
        self: &Arc<Self>,
        account: &AccountId,
        request: ViewerRequest,
        maker: Maker,
        by: Requester,
    ) -> Result<(Arc<ViewerToken>, Token), AdminError> {
        let (instance, account) = (Arc::clone(self), account.clone());
        to_the_end(async move {
            let (prefix, kind) = match request.kind {
                ViewerKind::Token => ("vwt", TokenKind::Viewer),
                ViewerKind::Link | ViewerKind::Session => ("plk", TokenKind::Link),
            };
            let secret = Token::mint_as(kind, instance.randomness.as_ref());
            let bytes: [u8; 10] = randomness::array(instance.randomness.as_ref());
            let now_ms = instance.clock.now_ms();
            let ends_ms = instance.bounds_of(&by.principal, Some(&account)).end_ms;
            let until_ms = now_ms.saturating_add(request.ttl_ms);
            let token = ViewerToken {
                id: format!(
                    "{prefix}_{}",
                    BASE32_NOPAD.encode(&bytes).to_ascii_lowercase()
                ),
                account,
                kind: request.kind,
                maker,
                maker_name: by.principal.name().to_owned(),
                grant: request.grant,
                created_ms: now_ms,
                expires_ms: ends_ms.map_or(until_ms, |ends_ms| until_ms.min(ends_ms)),
                session_ms: request.session_ms,
                secret_hash: secret.hash(),
            };
            let stored = instance.control.viewers.insert(token).await;
            let stored = stored.map_err(AdminError::Control)?;
            let action = match stored.kind {
                ViewerKind::Token => "viewer_token.create",
                ViewerKind::Link | ViewerKind::Session => "portal_link.create",
            };
            instance.viewer_changed(action, &stored, by).await;
            Ok((stored, secret))
        })
        .await
    }

    /// Ends a viewer token, a portal link or its session; when this returns, it no longer works.
    pub(crate) async fn revoke_viewer(
        self: &Arc<Self>,
        token: Arc<ViewerToken>,
        by: Requester,
    ) -> Result<(), AdminError> {
        let instance = Arc::clone(self);
        to_the_end(async move {
            let removed = instance.control.viewers.remove(&token.id).await;
            if removed.map_err(AdminError::Control)? {
                instance
                    .viewer_changed("viewer_token.revoke", &token, by)
                    .await;
            }
            Ok(())
        })
        .await
    }

    /// Begins the session of a portal link; `None` when somebody else was first, or whoever made it is gone.
    pub(crate) async fn open_portal(
        self: &Arc<Self>,
        link: Arc<ViewerToken>,
        client: Client,
    ) -> Result<Option<(Arc<ViewerToken>, SessionToken)>, AdminError> {
        let instance = Arc::clone(self);
        to_the_end(async move {
            let cookie = SessionToken::mint(instance.randomness.as_ref());
            let now_ms = instance.clock.now_ms();
            let Some(maker) = instance.maker_of(&link) else {
                return Ok(None);
            };
            let ends_ms = instance.bounds_of(&maker, Some(&link.account)).end_ms;
            let until_ms = now_ms.saturating_add(link.session_ms);
            let until_ms = ends_ms.map_or(until_ms, |ends_ms| until_ms.min(ends_ms));
            let viewers = &instance.control.viewers;
            let opened = viewers.open(&link, cookie.hash(), until_ms);
            let Some(session) = opened.await.map_err(AdminError::Control)? else {
                return Ok(None);
            };
            let by = Requester {
                principal: Principal::Viewer(Arc::clone(&session)),
                client,
            };
            instance
                .viewer_changed("portal_link.open", &session, by)
                .await;
            Ok(Some((session, cookie)))
        })
        .await
    }

    /// Ends the session of a portal link, because the one who views asks for it.
    pub(crate) async fn close_portal(
        self: &Arc<Self>,
        session: Arc<ViewerToken>,
        client: Client,
    ) -> Result<(), AdminError> {
        let instance = Arc::clone(self);
        to_the_end(async move {
            let removed = instance.control.viewers.remove(&session.id).await;
            if removed.map_err(AdminError::Control)? {
                let by = Requester {
                    principal: Principal::Viewer(Arc::clone(&session)),
                    client,
                };
                instance
                    .viewer_changed("audit_log.sign_out", &session, by)
                    .await;
            }
            Ok(())
        })
        .await
    }

    /// The tokens, links and sessions of an account that work, oldest first, after `after`, at most `limit`; those of one
    /// maker when it is named.
    pub(crate) fn viewers(
        &self,
        account: &AccountId,
        maker: Option<&str>,
        after: Option<&str>,
        limit: usize,
    ) -> Vec<Arc<ViewerToken>> {
        let now_ms = self.clock.now_ms();
        let viewers = &self.control.viewers;
        let after = after.and_then(|id| viewers.get(id));
        let after = after.map(|token| (token.created_ms, token.id.clone()));
        let wanted = |token: &ViewerToken| {
            token.account == *account
                && token.expires_ms > now_ms
                && maker.is_none_or(|maker| token.maker.id() == maker)
        };
        viewers.page(wanted, after.as_ref(), limit)
    }

    /// The token, link or session of the account with this id that works, or why there is none.
    pub(crate) fn viewer_token(
        &self,
        account: &AccountId,
        id: &str,
    ) -> Result<Arc<ViewerToken>, AdminError> {
        let token = self.control.viewers.get(id);
        let now_ms = self.clock.now_ms();
        token
            .filter(|token| token.account == *account && token.expires_ms > now_ms)
            .ok_or(AdminError::Control(ControlError::NoSuchViewerToken))
    }

    async fn viewer_changed(&self, action: &'static str, token: &ViewerToken, by: Requester) {
        let grant = &token.grant;
        let expires_at = Timestamp::from_ms(token.expires_ms).to_string();
        let mut metadata = Map::new();
        metadata.insert("expires_at".to_owned(), json!(expires_at));
        metadata.insert("scopes".to_owned(), json!(grant.scopes));
        if !grant.hide.is_empty() {
            metadata.insert("hide".to_owned(), json!(grant.hide));
        }
        if let Some(resource) = &grant.resource {
            metadata.insert("resource".to_owned(), json!(resource));
        }
        if let Some(query) = asked(grant) {
            metadata.insert("query".to_owned(), json!(query));
        }
        let target_type = match token.kind {
            ViewerKind::Token => "viewer_token",
            ViewerKind::Link | ViewerKind::Session => "portal_link",
        };
        self.audit
            .changed(Change {
                account: token.account.clone(),
                principal: by.principal,
                client: by.client,
                action,
                target_type,
                target_id: token.id.clone(),
                target_name: token.viewer_name().to_owned(),
                changes: Vec::new(),
                metadata,
            })
            .await;
    }
}

/// What a grant is narrowed down to, as text that an event can hold.
fn asked(grant: &ViewerGrant) -> Option<String> {
    let mut members = Map::new();
    for (name, value) in [
        ("filter", json!(grant.filter)),
        ("refine", json!(grant.refine)),
        ("q", json!(grant.q)),
    ] {
        if !value.is_null() {
            members.insert(name.to_owned(), value);
        }
    }
    recordable(members)
}

/// A token as the API answers it.
impl From<&ViewerToken> for api::viewer::ViewerToken {
    fn from(token: &ViewerToken) -> Self {
        Self {
            id: token.id.clone(),
            kind: token.kind,
            grant: token.grant.clone(),
            created_at: Timestamp::from_ms(token.created_ms).to_string(),
            created_by: KeyCreator {
                id: token.maker.id().to_owned(),
                name: token.maker_name.clone(),
            },
            expires_at: Timestamp::from_ms(token.expires_ms).to_string(),
        }
    }
}
