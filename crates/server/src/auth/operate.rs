//! The proof that a request comes from whoever operates the instance.

use std::sync::Arc;

use api::{ErrorCode, Permission};
use axum::{extract::FromRequestParts, http::request::Parts};

use super::{Asking, Principal, Reach, Requester};
use crate::{app::App, http::Problem};

/// What an operator can give to a key of the whole instance: nothing that shows what is in accounts.
const GIVEN_BY_OPERATORS: [Permission; 5] = [
    Permission::EventsWrite,
    Permission::CatalogWrite,
    Permission::KeysWrite,
    Permission::AccountsWrite,
    Permission::AccountsCreateOnAppend,
];

/// The bearer operates the instance: a person who is an operator, or whoever has the machine. No key does.
#[derive(Debug)]
pub(crate) struct CanOperate(Asking);

impl CanOperate {
    /// Who asks.
    pub(crate) fn principal(&self) -> &Principal {
        &self.0.principal
    }

    /// Who asks, and from where, for a change.
    pub(crate) fn requester(&self) -> Requester {
        self.0.requester()
    }

    /// How far a key of the instance may reach that the bearer makes.
    pub(crate) fn may_give(&self) -> Reach {
        match &self.0.principal {
            Principal::Operator => Reach::everything(),
            _ => Reach::of(&GIVEN_BY_OPERATORS),
        }
    }

    /// Refuses something inside a permitted operation, and tells the self-audit.
    pub(crate) fn refuse(&self, app: &App, code: ErrorCode, detail: String) -> Problem {
        self.0.refuse(app, None, code, detail)
    }
}

impl FromRequestParts<Arc<App>> for CanOperate {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let asking = Asking::from_request_parts(parts, app).await?;
        let operates = match &asking.principal {
            Principal::Person(person) => person.operator,
            Principal::Operator => true,
            Principal::Key(_) | Principal::AccessToken(_) | Principal::Viewer(_) => false,
        };
        if operates {
            return Ok(Self(asking));
        }
        let detail = format!(
            "this is for people who operate the instance; {} does not",
            asking.principal.described()
        );
        Err(asking.refuse(app, None, ErrorCode::PermissionMissing, detail))
    }
}
