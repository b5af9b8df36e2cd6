//! Permits: the proof that a request may do what its handler does.
//!
//! Each is an extractor; there is no other way to get one.

use std::{marker::PhantomData, sync::Arc};

use api::{ErrorCode, Permission};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::request::Parts,
};

use super::{
    Announced, Asking, Policy, Principal, Reach, Requester, Sight,
    authenticate::{too_often, within_share},
};
use crate::{
    admin::AdminError,
    app::App,
    control::{Account, AccountId, Settings},
    http::{Client, Problem},
    shares::Share,
};

/// What a permit asks of its bearer.
pub(crate) trait Demand: Send + 'static {
    /// The permission it proves; `None` when a valid token that sees the account is enough.
    const PERMISSION: Option<Permission>;
}

macro_rules! account_permits {
    ($($(#[doc = $doc:literal])+ $permit:ident, $demand:ident = $permission:expr;)+) => {$(
        #[derive(Debug)]
        pub(crate) enum $demand {}

        impl Demand for $demand {
            const PERMISSION: Option<Permission> = $permission;
        }

        $(#[doc = $doc])+
        pub(crate) type $permit = AccountPermit<$demand>;
    )+};
}

account_permits! {
    /// The bearer may list, search and read the events of the account.
    CanRead, Read = Some(Permission::AuditRead);
    /// The bearer may see that the account exists, its name and its settings.
    CanSee, See = None;
    /// The bearer may list, create and revoke keys of the account.
    CanWriteKeys, WriteKeys = Some(Permission::KeysWrite);
    /// The bearer may change the members and roles of the account.
    CanWriteMembers, WriteMembers = Some(Permission::MembersWrite);
    /// The bearer may decide what the events of the account mean.
    CanWriteCatalog, WriteCatalog = Some(Permission::CatalogWrite);
    /// The bearer may change the settings of the account.
    CanWriteAccount, WriteAccount = Some(Permission::AccountsWrite);
}

/// A permit for one account, with the account and who asks.
#[derive(Debug)]
pub(crate) struct AccountPermit<D> {
    account: Arc<Account>,
    asking: Asking,
    reach: Reach,
    demand: PhantomData<D>,
}

impl<D> AccountPermit<D> {
    /// The account, with the number of its log.
    pub(crate) fn account(&self) -> &Arc<Account> {
        &self.account
    }

    /// Who asks.
    pub(crate) fn principal(&self) -> &Principal {
        &self.asking.principal
    }

    /// What the bearer may do and see in the account.
    pub(crate) fn reach(&self) -> &Reach {
        &self.reach
    }

    /// Which parts of events the bearer sees.
    pub(crate) fn sight(&self) -> Sight {
        self.reach.sight()
    }

    /// Which events of the account the bearer sees.
    pub(crate) fn scope(&self) -> index::Scope {
        self.reach.scope(self.account.log)
    }

    /// From where.
    pub(crate) fn client(&self) -> &Client {
        &self.asking.client
    }

    /// Who asks, and from where, for a change.
    pub(crate) fn requester(&self) -> Requester {
        self.asking.requester()
    }

    /// The operation as the OpenAPI document names it, such as `events.list`.
    pub(crate) fn operation(&self) -> &Arc<str> {
        &self.asking.operation
    }

    /// Refuses something inside a permitted operation, and tells the self-audit.
    pub(crate) fn refuse(&self, app: &App, code: ErrorCode, detail: String) -> Problem {
        self.asking
            .refuse(app, Some(&self.account.id), code, detail)
    }
}

impl<D> AccountPermit<D> {
    /// Refuses what inside a permitted operation needs one more permission.
    pub(crate) fn need(&self, app: &App, permission: Permission) -> Result<(), Problem> {
        if self.reach.may(permission) {
            return Ok(());
        }
        Err(self.asking.lacks(app, Some(&self.account.id), permission))
    }

    /// The answer for a change that was not made; what the bearer may not do is told to the self-audit.
    pub(crate) fn not_done(&self, app: &App, error: AdminError) -> Problem {
        let problem = Problem::from(error);
        match problem.told() {
            (code, detail) if code.status() == 403 => self.refuse(app, code, detail.to_owned()),
            _ => problem,
        }
    }

    /// Whether the bearer may and sees still what it did: an answer that goes on for long ends when not.
    pub(crate) fn still_holds(&self, app: &App) -> bool {
        self.asking
            .still_reaches(app, &self.reach, &self.account.id)
    }
}

impl<D: Demand> FromRequestParts<Arc<App>> for AccountPermit<D> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let asking = Asking::from_request_parts(parts, app).await?;
        let named = named_account(parts, app).await?;
        let Some((account, reach)) = named
            .parse()
            .ok()
            .and_then(|id| visible(app, &asking.principal, &id))
        else {
            return Err(unknown_account(app, &asking, &named));
        };
        within_share(app, parts, &app.shares.of(&account.id))?;
        if let Some(permission) = D::PERMISSION.filter(|permission| !reach.may(*permission)) {
            return Err(asking.lacks(app, Some(&account.id), permission));
        }
        Ok(Self {
            account,
            asking,
            reach,
            demand: PhantomData,
        })
    }
}

/// The bearer may append to the account, which may not exist yet when its key may create it.
#[derive(Debug)]
pub(crate) struct CanAppend {
    id: AccountId,
    account: Option<Arc<Account>>,
    asking: Asking,
    share: Arc<Share>,
    announced: Option<Announced>,
}

impl CanAppend {
    /// The id of the account.
    pub(crate) fn account_id(&self) -> &AccountId {
        &self.id
    }

    /// Who asks.
    pub(crate) fn principal(&self) -> &Principal {
        &self.asking.principal
    }

    /// From where.
    pub(crate) fn client(&self) -> &Client {
        &self.asking.client
    }

    /// What the account takes of the server.
    pub(crate) fn share(&self) -> &Arc<Share> {
        &self.share
    }

    /// Counts events that are about to be stored; refused, nothing may be stored.
    pub(crate) fn count_events(&self, app: &App, count: u64) -> Result<(), Problem> {
        let quota = app.config.limits.account_events_per_second;
        let (Some(quota), Some(announced)) = (quota, &self.announced) else {
            return Ok(());
        };
        let (paid, now_ms) = (&self.share.events, app.clock.now_ms());
        let taken = announced.take(Policy::AccountEvents, paid, quota, count, now_ms);
        taken.map_err(|wait| {
            let detail =
                format!("the account takes {quota} events a second; none of these was stored");
            too_often(wait, &detail)
        })
    }

    /// The account; created now when it does not exist, so call this when the events are known to be good.
    pub(crate) async fn open(&self, app: &App) -> Result<Arc<Account>, Problem> {
        if let Some(account) = &self.account {
            return Ok(Arc::clone(account));
        }
        let (account, _) = app
            .ensure_account(
                self.id.clone(),
                Settings::named(&self.id),
                self.asking.requester(),
            )
            .await?;
        Ok(account)
    }
}

impl FromRequestParts<Arc<App>> for CanAppend {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let asking = Asking::from_request_parts(parts, app).await?;
        let named = named_account(parts, app).await?;
        let reach = named.parse::<AccountId>().ok().and_then(|id| {
            let reach = app.reach(&asking.principal, &id)?;
            Some((id, reach))
        });
        let Some((id, reach)) = reach else {
            return Err(unknown_account(app, &asking, &named));
        };
        let account = app.control.accounts.get(&id);
        if account.is_none() && !reach.may(Permission::AccountsCreateOnAppend) {
            return Err(unknown_account(app, &asking, &named));
        }
        let share = match &account {
            Some(account) => app.shares.of(&account.id),
            None => app.shares.newcomers(),
        };
        within_share(app, parts, &share)?;
        if !reach.may(Permission::EventsWrite) {
            return Err(asking.lacks(
                app,
                account.as_ref().map(|account| &account.id),
                Permission::EventsWrite,
            ));
        }
        if id.is_reserved() {
            let detail =
                format!("the account {id} records the instance itself and takes no events");
            return Err(asking.refuse(app, Some(&id), ErrorCode::AccountReserved, detail));
        }
        Ok(Self {
            id,
            account,
            asking,
            share,
            announced: parts.extensions.get::<Announced>().cloned(),
        })
    }
}

/// The bearer may list the accounts it sees: any valid token.
#[derive(Debug)]
pub(crate) struct CanListAccounts(Asking);

impl CanListAccounts {
    /// Who asks.
    pub(crate) fn principal(&self) -> &Principal {
        &self.0.principal
    }
}

impl FromRequestParts<Arc<App>> for CanListAccounts {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        Asking::from_request_parts(parts, app).await.map(Self)
    }
}

/// The bearer may create accounts: a key of the whole instance with `accounts:write`, or a person who is an operator.
#[derive(Debug)]
pub(crate) struct CanCreateAccount(Asking);

impl CanCreateAccount {
    /// Who asks, and from where.
    pub(crate) fn requester(&self) -> Requester {
        self.0.requester()
    }
}

impl FromRequestParts<Arc<App>> for CanCreateAccount {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let asking = Asking::from_request_parts(parts, app).await?;
        if asking.principal.may_create_accounts() {
            return Ok(Self(asking));
        }
        let has_permission = match &asking.principal {
            Principal::Key(key) => key.permissions.contains(&Permission::AccountsWrite),
            Principal::Person(_)
            | Principal::AccessToken(_)
            | Principal::Viewer(_)
            | Principal::Operator => true,
        };
        if !has_permission {
            return Err(asking.lacks(app, None, Permission::AccountsWrite));
        }
        let detail = format!(
            "accounts are created by a key of the instance or by an operator; {} is neither",
            asking.principal.described()
        );
        Err(asking.refuse(app, None, ErrorCode::PermissionMissing, detail))
    }
}

/// The `{account}` of the path, percent-decoded.
async fn named_account(parts: &mut Parts, app: &Arc<App>) -> Result<String, Problem> {
    let params = RawPathParams::from_request_parts(parts, app)
        .await
        .map_err(|_| Problem::new(ErrorCode::InvalidParameter, "the path is not valid UTF-8"))?;
    let named = params
        .iter()
        .find(|(name, _)| *name == "account")
        .map(|(_, value)| value.to_owned());
    Ok(named.unwrap_or_default())
}

/// The account and how far the principal reaches in it, when the principal may know that it exists.
fn visible(app: &App, principal: &Principal, id: &AccountId) -> Option<(Arc<Account>, Reach)> {
    let account = app.control.accounts.get(id)?;
    let reach = app.reach(principal, &account.id)?;
    Some((account, reach))
}

/// The answer for an account that does not exist or is another's: they cannot be told apart.
fn unknown_account(app: &App, asking: &Asking, named: &str) -> Problem {
    let nearest = match asking.principal.only_account() {
        Some(own) => app
            .control
            .accounts
            .get(own)
            .map(|account| account.id.clone()),
        None => app
            .control
            .accounts
            .nearest(named, |id| app.reach(&asking.principal, id).is_some()),
    };
    let detail = match nearest {
        Some(nearest) => format!("there is no such account; did you mean {nearest}?"),
        None => "there is no such account".to_owned(),
    };
    asking.refuse(app, None, ErrorCode::AccountNotFound, detail)
}
