//! The gate for people: passwords and the setup code are tried here, and whoever errs too often waits.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use api::ErrorCode;
use subtle::ConstantTimeEq;

use super::{Attempts, HashError, Password, readable};
use crate::{
    app::App,
    audit::{
        self,
        notice::{Refusal, Refused},
    },
    control::{AccountId, Person, folded},
    http::{Client, Problem},
    limits::{NAME_BYTES_MAX, SIGN_IN_LOGS_MAX},
    randomness::Randomness,
};

/// What is remembered of attempts, and the code with which the first owner is made.
#[derive(Debug)]
pub(crate) struct Gate {
    attempts: Mutex<Attempts>,
    setup_code: SetupCode,
    /// True once anybody can sign in: the code never works again, even when all people are removed.
    retired: AtomicBool,
    /// Held while the first owner is made, so that there is only one.
    pub(crate) setting_up: Arc<tokio::sync::Mutex<()>>,
}

/// 80 random bits, new at each start. Never shown by `Debug`.
struct SetupCode(String);

impl std::fmt::Debug for SetupCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SetupCode(***)")
    }
}

/// An attempt that counts as failed until it is told otherwise.
struct Attempt<'a> {
    gate: &'a Gate,
    names: Vec<String>,
}

impl Attempt<'_> {
    fn succeeded(self) {
        self.gate.attempts().succeeded(&self.names);
    }

    fn put_off(self) {
        self.gate.attempts().put_off(&self.names);
    }
}

impl Gate {
    pub(crate) fn new(randomness: &dyn Randomness) -> Self {
        Self {
            attempts: Mutex::default(),
            setup_code: SetupCode(readable(randomness)),
            retired: AtomicBool::new(false),
            setting_up: Arc::default(),
        }
    }

    /// The code with which the first owner is made, for the operator alone.
    pub(crate) fn setup_code(&self) -> &str {
        &self.setup_code.0
    }

    /// Ends the use of the setup code: somebody can sign in. The next start makes a new one.
    pub(crate) fn retire_setup_code(&self) {
        self.retired.store(true, Ordering::Release);
    }

    /// The person with this address and password; unknown addresses and wrong passwords are answered alike.
    pub(crate) async fn sign_in(
        &self,
        app: &App,
        email: &str,
        password: String,
        client: &Client,
    ) -> Result<Arc<Person>, Problem> {
        let person = app.control.people.with_email(email);
        let refuse = |code, detail: &str| {
            let known = person.as_deref();
            for account in known.map_or_else(|| vec![AccountId::reserved()], logs_of) {
                let who = known.map(|person| (person.id.clone(), person.name.clone()));
                refused(app, account, Refused::SignIn(who), code, client);
            }
            Problem::new(code, detail)
        };
        let mut address = folded(email);
        address.truncate(address.floor_char_boundary(NAME_BYTES_MAX));
        let names = vec![format!("address {address}"), network(client)];
        let attempt = self.begin(app, names).map_err(|wait_s| {
            refuse(ErrorCode::RateLimited, &waits(wait_s)).retry_after_s(wait_s)
        })?;
        let hash = person.as_ref().and_then(|person| person.password.clone());
        match app.hasher.is_right(hash, Password::tried(password)).await {
            Ok(true) => {}
            Ok(false) => {
                let detail = "the e-mail or the password is wrong";
                return Err(refuse(ErrorCode::SignInFailed, detail));
            }
            Err(error) => {
                attempt.put_off();
                return Err(error.into());
            }
        }
        let person = person.ok_or_else(|| {
            Problem::new(
                ErrorCode::SignInFailed,
                "the e-mail or the password is wrong",
            )
        })?;
        attempt.succeeded();
        Ok(person)
    }

    /// Checks the code with which the first owner is made.
    pub(crate) fn check_setup_code(
        &self,
        app: &App,
        code: &str,
        client: &Client,
    ) -> Result<(), Problem> {
        let refuse = |code, detail: &str| {
            refused(app, AccountId::reserved(), Refused::Setup, code, client);
            Problem::new(code, detail)
        };
        if self.retired.load(Ordering::Acquire) {
            let detail = "the code was used; the next start of the server prints a new one";
            return Err(refuse(ErrorCode::SetupDone, detail));
        }
        let names = vec![format!("setup {}", network(client))];
        let attempt = self.begin(app, names).map_err(|wait_s| {
            refuse(ErrorCode::RateLimited, &waits(wait_s)).retry_after_s(wait_s)
        })?;
        let (typed, right) = (plain(code), plain(&self.setup_code.0));
        if bool::from(typed.as_bytes().ct_eq(right.as_bytes())) {
            attempt.succeeded();
            return Ok(());
        }
        let detail = "the code is not the one that the server printed at its start";
        Err(refuse(ErrorCode::SetupCodeWrong, detail))
    }

    /// Begins an attempt, or tells how many seconds to wait.
    fn begin(&self, app: &App, names: Vec<String>) -> Result<Attempt<'_>, u64> {
        let begun = self.attempts().begin(&names, app.clock.now_ms());
        begun.map_err(|wait_ms| wait_ms.div_ceil(1_000))?;
        Ok(Attempt { gate: self, names })
    }

    fn attempts(&self) -> std::sync::MutexGuard<'_, Attempts> {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The accounts in whose logs it is recorded that somebody signed in as this person, or tried to.
pub(crate) fn logs_of(person: &Person) -> Vec<AccountId> {
    if (1..=SIGN_IN_LOGS_MAX).contains(&person.memberships.len()) {
        person.memberships.keys().cloned().collect()
    } else {
        vec![AccountId::reserved()]
    }
}

fn refused(app: &App, account: AccountId, what: Refused, code: ErrorCode, client: &Client) {
    let operation = match what {
        Refused::Setup => "setup.create",
        Refused::Access | Refused::SignIn(_) => "session.create",
    };
    app.audit.refused(Refusal {
        account,
        principal: None,
        client: client.clone(),
        operation: operation.into(),
        what,
        code,
        at_ms: app.clock.now_ms(),
    });
}

fn network(client: &Client) -> String {
    format!("network {}", audit::network(&client.0))
}

fn waits(wait_s: u64) -> String {
    format!("too many wrong attempts in a row; wait {wait_s} seconds")
}

/// The code without what people change when they type it.
fn plain(code: &str) -> String {
    code.chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

impl From<HashError> for Problem {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::new(ErrorCode::Overloaded, error.to_string()),
            HashError::Hash(_) | HashError::Panicked(_) => {
                Self::caused_by(ErrorCode::Internal, &error)
            }
        }
    }
}
