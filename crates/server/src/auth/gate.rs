//! The gate for people: passwords, second factors and the setup code are tried here, and whoever errs too often waits.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use api::ErrorCode;
use subtle::ConstantTimeEq;

use super::{Attempts, Counted, HashError, Password, Principal, readable, second_factor};
use crate::{
    app::App,
    audit::{
        self,
        notice::{Refusal, Refused},
    },
    control::{AccountId, Person, Used, folded},
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
    under: Vec<Counted>,
}

impl Attempt<'_> {
    fn succeeded(self) {
        self.gate.attempts().succeeded(&self.under);
    }

    fn put_off(self) {
        self.gate.attempts().put_off(&self.under);
    }
}

/// What somebody shows to sign in.
#[derive(Clone)]
pub(crate) struct Shown {
    pub(crate) email: String,
    pub(crate) password: String,
    /// Six digits of the app, or a recovery code.
    pub(crate) code: Option<String>,
}

/// A person who has proved who it is.
#[derive(Clone, Debug)]
pub(crate) struct Proved {
    pub(crate) person: Arc<Person>,
    /// What was shown besides the password; `None` for people without a second factor.
    pub(crate) second_factor: Option<Used>,
}

/// A signed-in person who proves again who it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Proving<'a> {
    pub(crate) person: &'a Arc<Person>,
    pub(crate) client: &'a Client,
    /// For which operation, as the OpenAPI document names it.
    pub(crate) operation: &'a Arc<str>,
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

    /// The person with this address, password and second factor; unknown addresses and wrong passwords are answered alike.
    pub(crate) async fn sign_in(
        &self,
        app: &App,
        shown: Shown,
        client: &Client,
    ) -> Result<Proved, Problem> {
        let person = app.control.people.with_email(&shown.email);
        let refuse = |code, detail: &str| {
            let known = person.as_deref();
            for account in known.map_or_else(|| vec![AccountId::reserved()], logs_of) {
                let what = Refused::SignIn {
                    as_whom: known.map(|person| (person.id.clone(), person.name.clone())),
                    method: "password".into(),
                };
                refused(app, account, what, code, client);
            }
            Problem::new(code, detail)
        };
        let under = self.begin(app, sign_in_under(&shown.email, client));
        let attempt = under.map_err(|wait_s| {
            refuse(ErrorCode::RateLimited, &waits(wait_s)).retry_after_s(wait_s)
        })?;
        let hash = person.as_ref().and_then(|person| person.password.clone());
        let is_right = app
            .hasher
            .is_right(hash, Password::tried(shown.password))
            .await;
        let known = match (is_right, &person) {
            (Ok(true), Some(person)) => Arc::clone(person),
            (Ok(_), _) => {
                let detail = "the e-mail or the password is wrong";
                return Err(refuse(ErrorCode::SignInFailed, detail));
            }
            (Err(error), _) => {
                attempt.put_off();
                return Err(error.into());
            }
        };
        if app.control.second_factors.since_ms(&known.id).is_none() {
            attempt.succeeded();
            return Ok(Proved {
                person: known,
                second_factor: None,
            });
        }
        let Some(code) = shown.code else {
            attempt.put_off();
            let detail = "the password is right; send the code of the second factor, too";
            return Err(refuse(ErrorCode::SecondFactorNeeded, detail));
        };
        match self.try_code(app, &known, &code).await {
            Ok(used) => {
                attempt.succeeded();
                Ok(Proved {
                    person: known,
                    second_factor: Some(used),
                })
            }
            Err(CodeFailure::Wrong) => Err(refuse(ErrorCode::CodeWrong, CODE_WRONG)),
            Err(CodeFailure::Waits(wait_s)) => {
                Err(refuse(ErrorCode::RateLimited, &waits(wait_s)).retry_after_s(wait_s))
            }
            Err(CodeFailure::Broken(problem)) => {
                attempt.put_off();
                Err(problem)
            }
        }
    }

    /// Checks the password of a signed-in person; one without a password passes.
    pub(crate) async fn check_password(
        &self,
        app: &App,
        proving: Proving<'_>,
        password: String,
    ) -> Result<(), Problem> {
        let Proving { person, client, .. } = proving;
        let attempt = self.begin(app, sign_in_under(&person.email, client));
        let attempt = attempt.map_err(|wait_s| {
            refuse_known(app, proving, ErrorCode::RateLimited, &waits(wait_s)).retry_after_s(wait_s)
        })?;
        let hash = person.password.clone();
        match app.hasher.is_right(hash, Password::tried(password)).await {
            Ok(true) => {
                attempt.succeeded();
                Ok(())
            }
            Ok(false) => {
                let detail = "the password is wrong";
                Err(refuse_known(app, proving, ErrorCode::PasswordWrong, detail))
            }
            Err(error) => {
                attempt.put_off();
                Err(error.into())
            }
        }
    }

    /// Checks a code of the second factor of a signed-in person, which is used up with it.
    pub(crate) async fn check_code(
        &self,
        app: &App,
        proving: Proving<'_>,
        code: &str,
    ) -> Result<Used, Problem> {
        let tried = self.try_code(app, proving.person, code).await;
        tried.map_err(|failure| failure.told(app, proving))
    }

    /// Checks a code of a factor that is not on yet; the answer is its step, which is not used up.
    pub(crate) async fn check_first_code(
        &self,
        app: &App,
        proving: Proving<'_>,
        code: &str,
    ) -> Result<u64, Problem> {
        let tried = self.begin(app, vec![Counted::CodesOf(proving.person.id.clone())]);
        let attempt = tried.map_err(|wait_s| CodeFailure::Waits(wait_s).told(app, proving))?;
        match second_factor::first_step(app, &proving.person.id, code).await {
            Ok(Some(step)) => {
                attempt.succeeded();
                Ok(step)
            }
            Ok(None) => Err(CodeFailure::Wrong.told(app, proving)),
            Err(problem) => {
                attempt.put_off();
                Err(problem)
            }
        }
    }

    async fn try_code(&self, app: &App, person: &Person, code: &str) -> Result<Used, CodeFailure> {
        let under = vec![Counted::CodesOf(person.id.clone())];
        let attempt = self.begin(app, under).map_err(CodeFailure::Waits)?;
        match second_factor::use_code(app, &person.id, code).await {
            Ok(Some(used)) => {
                attempt.succeeded();
                Ok(used)
            }
            Ok(None) => Err(CodeFailure::Wrong),
            Err(problem) => {
                attempt.put_off();
                Err(CodeFailure::Broken(problem))
            }
        }
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
        let under = vec![Counted::SetupFrom(audit::network(&client.0))];
        let attempt = self.begin(app, under).map_err(|wait_s| {
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
    fn begin(&self, app: &App, under: Vec<Counted>) -> Result<Attempt<'_>, u64> {
        let begun = self.attempts().begin(&under, app.clock.now_ms());
        begun.map_err(|wait_ms| wait_ms.div_ceil(1_000))?;
        Ok(Attempt { gate: self, under })
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

/// Why a code was not accepted.
enum CodeFailure {
    Wrong,
    /// So many seconds before the next one.
    Waits(u64),
    Broken(Problem),
}

const CODE_WRONG: &str = "the code is wrong, was used already, or is over";

impl CodeFailure {
    fn told(self, app: &App, proving: Proving<'_>) -> Problem {
        match self {
            Self::Wrong => refuse_known(app, proving, ErrorCode::CodeWrong, CODE_WRONG),
            Self::Waits(wait_s) => {
                refuse_known(app, proving, ErrorCode::RateLimited, &waits(wait_s))
                    .retry_after_s(wait_s)
            }
            Self::Broken(problem) => problem,
        }
    }
}

/// Refuses a signed-in person, and tells all its accounts.
fn refuse_known(app: &App, proving: Proving<'_>, code: ErrorCode, detail: &str) -> Problem {
    for account in logs_of(proving.person) {
        app.audit.refused(Refusal {
            account,
            principal: Some(Principal::Person(Arc::clone(proving.person))),
            client: proving.client.clone(),
            operation: Arc::clone(proving.operation),
            what: Refused::Access,
            code,
            at_ms: app.clock.now_ms(),
        });
    }
    Problem::new(code, detail)
}

/// Under what a sign-in with this address is counted.
fn sign_in_under(email: &str, client: &Client) -> Vec<Counted> {
    let mut address = folded(email);
    address.truncate(address.floor_char_boundary(NAME_BYTES_MAX));
    let network = audit::network(&client.0);
    vec![
        Counted::AddressFrom {
            address: address.clone(),
            network: network.clone(),
        },
        Counted::Address(address),
        Counted::Network(network),
    ]
}

fn refused(app: &App, account: AccountId, what: Refused, code: ErrorCode, client: &Client) {
    let operation = match what {
        Refused::Setup => "setup.create",
        Refused::Access | Refused::SignIn { .. } => "session.create",
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

fn waits(wait_s: u64) -> String {
    format!("too many wrong attempts in a row; wait {wait_s} seconds")
}

/// The code without what people change when they type it.
pub(super) fn plain(code: &str) -> String {
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
