//! Viewer tokens and portal links: a part of a log for somebody who is no member, for a while.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    HiddenFacet,
    search::{Criterion, Filter},
};

/// Who views: the person of the product that asked for the token, as it appears in the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewerActor {
    /// The id of the person in the product, at most 256 bytes.
    #[schema(min_length = 1, max_length = 256)]
    pub id: String,
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 256)]
    pub name: Option<String>,
    /// The e-mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 256)]
    pub email: Option<String>,
}

/// What a viewer may do.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ViewerScope {
    /// List, search and read events.
    Read,
    /// Export events to files.
    Export,
}

/// How the bearer wants its events shown; the server keeps it for the page that shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Display {
    /// The columns of a list, 1 to 40 in their order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<String>>,
    /// The language of the page, as in BCP 47.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// The IANA zone of the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

/// Declares what is sent for a token and for a link: the same members, and how long it lasts.
macro_rules! viewer_requests {
    ($($(#[doc = $doc:literal])+ $request:ident { $($more:tt)* })+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $request {
            /// Who views.
            pub actor: ViewerActor,
            /// What it may do: `read`, and `export` when the creator may export.
            #[schema(min_items = 1)]
            pub scopes: Vec<ViewerScope>,
            /// Only events that match are seen: the dialog, one operator for all its criteria.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub filter: Option<Filter>,
            /// More criteria, always AND.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub refine: Option<Vec<Criterion>>,
            /// Words (AND), `"phrases"`, `column:value` and `-column:value`.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub q: Option<String>,
            /// Only the log of this resource is seen, `type:id`.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub resource: Option<String>,
            /// Which parts of events are not seen, besides those that are hidden from the creator.
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            pub hide: Vec<HiddenFacet>,
            /// The columns of lists, 1 to 40 in their order.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub columns: Option<Vec<String>>,
            /// The language of the page, as in BCP 47.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            #[schema(max_length = 35)]
            pub locale: Option<String>,
            /// The IANA zone of the page.
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub time_zone: Option<String>,
            $($more)*
        }

        /// What it grants, without how long.
        impl From<$request> for ViewerGrant {
            fn from(sent: $request) -> Self {
                Self {
                    actor: sent.actor,
                    scopes: sent.scopes,
                    filter: sent.filter,
                    refine: sent.refine,
                    q: sent.q,
                    resource: sent.resource,
                    hide: sent.hide,
                    display: Display {
                        columns: sent.columns,
                        locale: sent.locale,
                        time_zone: sent.time_zone,
                    },
                }
            }
        }
    )+};
}

viewer_requests! {
    /// What is sent to create a viewer token.
    NewViewerToken {
        /// How many seconds it works, 1 to 900.
        #[schema(minimum = 1, maximum = 900)]
        pub ttl_s: u64,
    }

    /// What is sent to create a portal link.
    NewPortalLink {
        /// How many seconds the link can be opened, once, 1 to 300; 300 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(minimum = 1, maximum = 300)]
        pub ttl_s: Option<u64>,
        /// How many minutes the session lasts that it begins, 1 to 60; 30 when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schema(minimum = 1, maximum = 60)]
        pub session_minutes: Option<u64>,
    }
}

/// What a viewer token or a portal link grants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ViewerGrant {
    /// Who views.
    pub actor: ViewerActor,
    /// What it may do.
    pub scopes: Vec<ViewerScope>,
    /// Only events that match are seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Filter>,
    /// More criteria, always AND.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refine: Option<Vec<Criterion>>,
    /// Search text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Only the log of this resource is seen, `type:id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Which parts of events are not seen.
    #[serde(default)]
    pub hide: Vec<HiddenFacet>,
    /// How events are shown.
    #[serde(default)]
    pub display: Display,
}

/// A new viewer token.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CreatedViewerToken {
    /// Its id, `vwt_…`.
    pub id: String,
    /// The token, `anv_…`: shown now and never again.
    pub token: String,
    /// When it stops working, RFC 3339 UTC.
    pub expires_at: String,
}

/// Never shows the token.
impl std::fmt::Debug for CreatedViewerToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CreatedViewerToken")
            .field("id", &self.id)
            .field("token", &"***")
            .field("expires_at", &self.expires_at)
            .finish()
    }
}

/// A new portal link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CreatedPortalLink {
    /// Its id, `plk_…`; that of the session, too, which it begins.
    pub id: String,
    /// The address to open, once: shown now and never again.
    pub url: String,
    /// When it can no longer be opened, RFC 3339 UTC.
    pub expires_at: String,
}

/// Never shows the address, which holds the code.
impl std::fmt::Debug for CreatedPortalLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CreatedPortalLink")
            .field("id", &self.id)
            .field("url", &"***")
            .field("expires_at", &self.expires_at)
            .finish()
    }
}

/// What the grant was given as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ViewerKind {
    /// A token for requests.
    Token,
    /// A portal link that nobody has opened yet.
    Link,
    /// The session of a portal link that was opened.
    Session,
}

/// A viewer token, portal link or portal session that works.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ViewerToken {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: ViewerKind,
    /// What it grants.
    #[serde(flatten)]
    pub grant: ViewerGrant,
    /// When it was created, RFC 3339 UTC.
    pub created_at: String,
    /// Who created it.
    pub created_by: crate::key::KeyCreator,
    /// When it stops working, RFC 3339 UTC.
    pub expires_at: String,
}

/// The viewer tokens of an account that work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ViewerTokens {
    /// The oldest first.
    pub viewer_tokens: Vec<ViewerToken>,
    /// The cursor of the next page; null at the end.
    pub next_cursor: Option<String>,
}

/// What is sent to open a portal link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PortalCode {
    /// The code of the link, from behind its `#code=`.
    pub code: String,
    /// Whether a person who is signed in with this browser is signed out; else that is 409 `signed_in`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replace: Option<bool>,
}

/// Never shows the code.
impl std::fmt::Debug for PortalCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PortalCode")
            .field("code", &"***")
            .field("replace", &self.replace)
            .finish()
    }
}
