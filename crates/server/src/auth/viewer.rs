//! What the bearers of viewer tokens and portal links may do: a part of what whoever made them may do.

use std::sync::Arc;

use api::{member::MemberResource, viewer::ViewerGrant};
use index::{Narrowing, ResourceId, range};
use jiff::tz::TimeZone;

use super::{Principal, Reach};
use crate::{
    control::{Account, Maker, Standing, ViewerToken},
    instance::Instance,
    search::stored::Stored,
};

/// The operations that a viewer may ask for; an operation that is not among them is refused, whatever it permits others.
pub(super) const OPERATIONS: [&str; 17] = [
    "accounts.list",
    "accounts.read",
    "auth.introspect",
    "catalog.read",
    "events.facets",
    "events.histogram",
    "events.list",
    "events.read",
    "events.search",
    "events.tail",
    "events.values",
    "preferences.read",
    "resources.events",
    "resources.list",
    "resources.types",
    "settings.read",
    "views.list",
];

/// The question that every event must answer; `None` when nothing is asked.
///
/// What is refused here was refused when the token was made: then nothing is seen.
pub(crate) fn question(
    grant: &ViewerGrant,
    account: &Account,
) -> Result<Option<Narrowing>, crate::http::Problem> {
    if grant.filter.is_none() && grant.refine.is_none() && grant.q.is_none() {
        return Ok(None);
    }
    let zone = grant.display.time_zone.as_deref();
    let zone = zone.or(account.settings.time_zone.as_deref());
    let zone = zone.and_then(|name| range::zone(name).ok());
    let stored = Stored {
        filter: grant.filter.as_ref(),
        refine: grant.refine.as_deref(),
        q: grant.q.as_deref(),
    };
    stored.narrowing(zone.unwrap_or(TimeZone::UTC)).map(Some)
}

/// The resource whose log alone is seen, as `type:id`.
pub(crate) fn resource(text: &str) -> Result<MemberResource, String> {
    let parsed: ResourceId = text.parse().map_err(|error| format!("{error}"))?;
    Ok(MemberResource {
        kind: parsed.kind,
        id: parsed.id,
    })
}

impl Instance {
    /// How far a viewer reaches now; `None` when the token ended, or whoever made it may not know of the account.
    ///
    /// It is worked out from what the maker may do at this moment: a key that was revoked and a person who left take
    /// their tokens with them.
    pub(crate) fn viewer_reach(&self, token: &ViewerToken) -> Option<Reach> {
        let now_ms = self.clock.now_ms();
        if !self.control.viewers.has(token, now_ms) {
            return None;
        }
        let account = self.control.accounts.get(&token.account)?;
        let maker = self.maker_of(token)?;
        let has = self.reach(&maker, &token.account)?;
        let hide = token.grant.hide.iter().copied().collect();
        let mut reach = has.limited_to(&token.permissions()).hiding(&hide);
        if let Some(question) = question(&token.grant, &account).ok()? {
            reach = reach.narrowed_by(question);
        }
        if let Some(text) = &token.grant.resource {
            reach = reach.confined_to([resource(text).ok()?].into());
        }
        Some(reach)
    }

    /// Who made the token, as that is now; `None` when the key or the person is gone.
    pub(crate) fn maker_of(&self, token: &ViewerToken) -> Option<Principal> {
        match &token.maker {
            Maker::Key(id) => {
                let key = self.control.keys.get(id)?;
                let works = key.standing(self.clock.now_ms()) == Standing::Good;
                works.then_some(Principal::Key(key))
            }
            Maker::Person(id) => Some(Principal::Person(self.control.people.get(id)?)),
        }
    }
}

impl Principal {
    /// Who makes a token with this: keys and people do, because both can be asked again later.
    pub(crate) fn maker(&self) -> Option<Maker> {
        match self {
            Self::Key(key) => Some(Maker::Key(key.id.clone())),
            Self::Person(person) => Some(Maker::Person(person.id.clone())),
            Self::AccessToken(_) | Self::Viewer(_) | Self::Operator => None,
        }
    }

    /// The token of a viewer.
    pub(crate) fn viewer(&self) -> Option<&Arc<ViewerToken>> {
        match self {
            Self::Viewer(token) => Some(token),
            _ => None,
        }
    }
}
