use std::sync::Arc;

use api::account::NewAccount;
use event::{PackId, Seed, Timestamp};
use ledger::Record;
use serde_json::Map;
use tlog::EntryKind;

use super::{AdminError, to_the_end};
use crate::{
    audit::notice::Change,
    auth::{Principal, Requester},
    control::{Account, AccountId, Person, Settings},
    instance::Instance,
    limits::NAME_BYTES_MAX,
    randomness,
};

/// The class of entries that no retention rule touches.
const SYSTEM_CLASS: u8 = 0;

/// A request for an account whose members have been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRequest {
    pub(crate) id: AccountId,
    pub(crate) settings: Settings,
}

impl TryFrom<NewAccount> for AccountRequest {
    type Error = AdminError;

    fn try_from(new: NewAccount) -> Result<Self, AdminError> {
        let id: AccountId = new
            .id
            .parse()
            .map_err(
                |error: crate::control::AccountIdInvalid| AdminError::Invalid {
                    member: "id",
                    message: error.to_string(),
                },
            )?;
        let name = match new.name {
            Some(name) => checked_name("name", name)?,
            None => id.to_string(),
        };
        Ok(Self {
            id,
            settings: Settings {
                name,
                time_zone: new
                    .time_zone
                    .map(|zone| checked_zone("time_zone", zone))
                    .transpose()?,
                week_start: new.week_start,
                packs_off: checked_packs("packs_off", &new.packs_off)?,
                ..Settings::default()
            },
        })
    }
}

/// A zone of the IANA database.
pub(super) fn checked_zone(member: &'static str, zone: String) -> Result<String, AdminError> {
    match jiff::tz::TimeZone::get(&zone) {
        Ok(known) if !known.is_unknown() => Ok(zone),
        _ => Err(AdminError::Invalid {
            member,
            message: "expected an IANA zone".to_owned(),
        }),
    }
}

/// Packs that may be turned off, each once and in the order in which packs are listed.
pub(super) fn checked_packs(
    member: &'static str,
    names: &[String],
) -> Result<Vec<PackId>, AdminError> {
    let known = |name: &String| PackId::SWITCHABLE.iter().any(|pack| pack.as_str() == name);
    if !names.iter().all(known) {
        return Err(AdminError::Invalid {
            member,
            message: "expected gale, kilo, live_agent or generic".to_owned(),
        });
    }
    let is_off = |pack: &PackId| names.iter().any(|name| pack.as_str() == name);
    Ok(PackId::SWITCHABLE.into_iter().filter(is_off).collect())
}

/// A name for people: some text, not too long, on one line.
pub(super) fn checked_name(member: &'static str, name: String) -> Result<String, AdminError> {
    if name.trim().is_empty() || name.len() > NAME_BYTES_MAX || name.chars().any(char::is_control) {
        let message = format!("expected 1 to {NAME_BYTES_MAX} bytes without control characters");
        return Err(AdminError::Invalid { member, message });
    }
    no_token(member, &name)?;
    Ok(name)
}

/// Refuses a text of control data in which a token stands: it would be shown to everybody who sees the name.
pub(super) fn no_token(member: &'static str, text: &str) -> Result<(), AdminError> {
    match event::firewall::find(text) {
        None => Ok(()),
        Some(rule) => Err(AdminError::Invalid {
            member,
            message: format!("a secret stands here ({rule}); choose a text without it"),
        }),
    }
}

impl Instance {
    /// Creates an account, which belongs to the person who does; one that exists is an error.
    pub async fn create_account(
        self: &Arc<Self>,
        request: AccountRequest,
        by: impl Into<Requester>,
    ) -> Result<Arc<Account>, AdminError> {
        let (instance, by) = (Arc::clone(self), by.into());
        to_the_end(async move {
            let AccountRequest { id, settings } = request;
            let founder = match &by.principal {
                Principal::Person(person) => Some(&**person),
                _ => None,
            };
            let making = instance.make_account(&id, settings, founder, &by);
            match making.await? {
                (account, true) => {
                    if let Some(person) = founder {
                        instance.own(person, &account.id, &by).await?;
                    }
                    Ok(account)
                }
                (account, false) => Err(AdminError::AccountExists {
                    existing: account.id.clone(),
                }),
            }
        })
        .await
    }

    /// The account with this id, created when there is none; the answer says whether it was.
    ///
    /// Once begun it ends, also when nobody waits for it any more.
    pub(crate) async fn ensure_account(
        self: &Arc<Self>,
        id: AccountId,
        settings: Settings,
        by: Requester,
    ) -> Result<(Arc<Account>, bool), AdminError> {
        if let Some(account) = self.control.accounts.get(&id) {
            return Ok((account, false));
        }
        let instance = Arc::clone(self);
        to_the_end(async move { instance.make_account(&id, settings, None, &by).await }).await
    }

    /// With a founder, who becomes the owner next. The log is made first: a crash in between leaves a log that the next open completes to an account.
    pub(super) async fn make_account(
        &self,
        id: &AccountId,
        settings: Settings,
        founder: Option<&Person>,
        by: &Requester,
    ) -> Result<(Arc<Account>, bool), AdminError> {
        let _creating = self.creating.lock().await;
        if let Some(account) = self.control.accounts.get(id) {
            return Ok((account, false));
        }
        if let Some(existing) = self.control.accounts.taken_by(id) {
            return Err(AdminError::AccountExists { existing });
        }
        let origin = self.origin(id);
        let created_ms = self.clock.now_ms();
        // Before the log: whatever a crash leaves behind, the next start knows whose it is. Who failed to create the
        // account before must not get the one that somebody else creates.
        let noted = match founder {
            Some(person) => self.control.founders.note(id, &person.id).await,
            None => self.control.founders.forget(id).await,
        };
        noted.map_err(AdminError::Control)?;
        // A log without an account is left when the control data could not be written the first time.
        let log = if let Some(log) = self.ledger.log(&origin) {
            log
        } else {
            let genesis = self.genesis(&origin, created_ms);
            let made = self.ledger.create_log(origin, genesis).await;
            made.map_err(|source| AdminError::MakeLog {
                id: id.clone(),
                source,
            })?
        };
        let account = Account {
            id: id.clone(),
            log,
            created_ms,
            settings,
        };
        let account = self
            .control
            .accounts
            .insert(account)
            .await
            .map_err(AdminError::Control)?;
        tracing::info!(
            account = id.as_str(),
            by = by.principal.id(),
            "account created"
        );
        self.audit
            .changed(Change {
                account: id.clone(),
                principal: by.principal.clone(),
                client: by.client.clone(),
                action: "account.create",
                target_type: "account",
                target_id: id.to_string(),
                target_name: account.settings.name.clone(),
                changes: Vec::new(),
                metadata: Map::new(),
            })
            .await;
        Ok((account, true))
    }

    fn genesis(&self, origin: &str, created_ms: u64) -> Record {
        let facets = event::genesis_facets(origin, Timestamp::from_ms(created_ms));
        let seed = Seed::from_bytes(randomness::array(self.randomness.as_ref()));
        Record {
            kind: EntryKind::Genesis,
            class: SYSTEM_CLASS,
            commitment: *event::commit(&facets, &seed).as_bytes(),
            seed: *seed.as_bytes(),
            facets: facets.into_parts(),
            dedup: None,
        }
    }

    /// The accounts after `after` in the order of their ids, at most `limit`.
    pub fn accounts(&self, after: Option<&AccountId>, limit: usize) -> Vec<Arc<Account>> {
        self.control.accounts.page(after, limit)
    }

    /// The accounts that a principal sees, after `after` in the order of their ids, at most `limit`.
    pub(crate) fn accounts_of(
        &self,
        principal: &Principal,
        after: Option<&AccountId>,
        limit: usize,
    ) -> Vec<Arc<Account>> {
        let own: Vec<&AccountId> = match principal {
            Principal::Key(key) => match &key.account {
                Some(own) => vec![own],
                None => return self.accounts(after, limit),
            },
            // Operators see that accounts exist, which is not what is in them.
            Principal::Person(person) if person.operator => return self.accounts(after, limit),
            Principal::Person(person) => {
                let now_ms = self.clock.now_ms();
                let lasting = person.memberships.iter().filter(|(_, it)| it.lasts(now_ms));
                lasting.map(|(id, _)| id).collect()
            }
            Principal::Viewer(token) => vec![&token.account],
            Principal::AccessToken(token) => token.permissions.keys().collect(),
            Principal::Operator => return self.accounts(after, limit),
        };
        own.into_iter()
            .filter(|own| after.is_none_or(|after| *own > after))
            .filter_map(|own| self.control.accounts.get(own))
            .take(limit)
            .collect()
    }

    /// An account as the API answers it.
    pub fn describe(&self, account: &Account) -> api::account::Account {
        let settings = &account.settings;
        api::account::Account {
            id: account.id.to_string(),
            name: settings.name.clone(),
            log: self.origin(&account.id),
            created_at: Timestamp::from_ms(account.created_ms).to_string(),
            time_zone: settings.time_zone.clone(),
            week_start: settings.week_start,
            packs_off: settings
                .packs_off
                .iter()
                .map(|pack| pack.as_str().to_owned())
                .collect(),
        }
    }
}
