//! A data directory that is open: the ledger, the control data, and what is needed to record.
//!
//! This is all that administration needs; answering requests needs an [`crate::app::App`] around it.

use std::{
    fs, io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use event::{Catalogue, Timestamp};
use ledger::{
    Clock, Ledger, Options,
    disk::Disk,
    store::dir::{DataDir, DirError, Initialisation, Opened, Secrets},
};
use tokio::{
    sync::{Mutex, mpsc},
    task::JoinHandle,
};

use crate::{
    admin::AdminError,
    audit::{
        self,
        notice::{Notice, Outbox},
    },
    auth::{Hasher, Principal, Requester},
    catalogues::Catalogues,
    config::{Config, OidcProvider},
    control::{Account, AccountId, Control, ControlError, SealError, Sealer, Settings, Whose},
    randomness::{self, Randomness},
};

/// Between the instance name and the account id in the origin of a log.
const ACCOUNTS: &str = "/a/";

/// Why a data directory could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The directory itself: locked, not empty, incomplete, of a newer version, not writable.
    #[error("cannot open the data directory")]
    Directory(#[source] DirError),
    /// An absent directory could not be made.
    #[error("cannot create the data directory {path}")]
    Create {
        /// The directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The configured name is not that of the data directory, and an origin never changes.
    #[error("the data directory belongs to the instance {actual}, not to {configured}")]
    OtherInstance {
        /// The name in the configuration.
        configured: String,
        /// The name in the data directory.
        actual: String,
    },
    /// The log could not be recovered.
    #[error("cannot open the ledger")]
    Ledger(#[source] ledger::OpenError),
    /// The recovery of the log met a defect.
    #[error("the recovery of the ledger ended early")]
    Panicked(#[source] tokio::task::JoinError),
    /// The control data could not be opened.
    #[error("cannot open the control data")]
    Control(#[source] ControlError),
    /// The ledger has a log that is no account's.
    #[error("the ledger has a log with the origin {0}, which is no account of this instance")]
    StrangeLog(String),
    /// An account that was being created could not be given to whoever created it.
    #[error("cannot complete an account that was being created")]
    Founders(#[source] Box<AdminError>),
    /// The reserved account could not be made.
    #[error("cannot make the reserved account")]
    Reserved(#[source] Box<AdminError>),
}

impl OpenError {
    /// Whether another process has the directory: then the administration socket is the way.
    pub fn is_locked(&self) -> bool {
        matches!(self, Self::Directory(DirError::Locked { .. }))
    }

    /// Whether stored bytes are not what was written.
    pub fn is_damage(&self) -> bool {
        let kind = match self {
            Self::Directory(error) => error.kind(),
            Self::Ledger(error) => error.kind(),
            Self::StrangeLog(_) | Self::Control(ControlError::Damaged { .. }) => return true,
            Self::OtherInstance { .. }
            | Self::Control(_)
            | Self::Create { .. }
            | Self::Reserved(_)
            | Self::Founders(_)
            | Self::Panicked(_) => return false,
        };
        kind == ledger::ErrorKind::Corrupt
    }
}

/// An open data directory.
pub struct Instance {
    pub(crate) name: Arc<str>,
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) control: Arc<Control>,
    /// The catalogues of all accounts.
    pub(crate) catalogues: Catalogues,
    /// Whether products may send what only Annals records about itself: in a made-up history.
    takes_reserved: AtomicBool,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) randomness: Arc<dyn Randomness>,
    pub(crate) limits: event::Limits,
    pub(crate) audit: Outbox,
    /// Hashes the passwords of people.
    pub(crate) hasher: Hasher,
    /// The providers with which people sign in, as they are configured.
    pub(crate) providers: Arc<Vec<OidcProvider>>,
    /// Held while an account is made, so that two requests cannot make it twice.
    pub(crate) creating: Mutex<()>,
    recorder: Mutex<Option<JoinHandle<()>>>,
}

impl Instance {
    /// Opens the data directory of `config`, and initialises it first when it is absent or empty.
    pub async fn open(
        config: &Config,
        clock: Arc<dyn Clock>,
        randomness: Arc<dyn Randomness>,
    ) -> Result<Arc<Self>, OpenError> {
        make_private(&config.instance.data_dir)?;
        let disk = Disk::local();
        let dir = match DataDir::open_or_begin(&disk, &config.instance.data_dir)
            .map_err(OpenError::Directory)?
        {
            Opened::Ready(dir) => dir,
            Opened::Fresh(fresh) => {
                initialise(fresh, config, clock.as_ref(), randomness.as_ref()).await?
            }
        };
        let name: Arc<str> = dir.format().instance_name.as_str().into();
        if let Some(configured) = config
            .instance
            .instance_name
            .as_deref()
            .filter(|configured| *configured != &*name)
        {
            return Err(OpenError::OtherInstance {
                configured: configured.to_owned(),
                actual: name.to_string(),
            });
        }
        let control = Control::open(dir.path())
            .await
            .map_err(OpenError::Control)?;
        let options = Options::new(Arc::clone(&clock));
        let opening = tokio::task::spawn_blocking(move || Ledger::open(dir, options));
        let ledger = opening
            .await
            .map_err(OpenError::Panicked)?
            .map_err(OpenError::Ledger)?;
        let (audit, notices) = Outbox::new();
        let instance = Arc::new(Self {
            name,
            ledger: Arc::new(ledger),
            control: Arc::new(control),
            catalogues: Catalogues::default(),
            takes_reserved: AtomicBool::new(false),
            clock,
            randomness,
            limits: config.events.limits(),
            audit,
            hasher: Hasher::default(),
            providers: Arc::new(config.instance.oidc.clone()),
            creating: Mutex::new(()),
            recorder: Mutex::new(None),
        });
        if let Err(error) = instance.begin(notices).await {
            // Why it could not be opened is what the operator has to read.
            let _ = instance.close().await;
            return Err(error);
        }
        Ok(instance)
    }

    /// Lets in the accounts, starts the self-audit and makes the reserved account.
    async fn begin(self: &Arc<Self>, notices: mpsc::Receiver<Notice>) -> Result<(), OpenError> {
        self.admit_accounts().await?;
        for account in self.control.decisions.accounts() {
            self.catalogues.renew(&self.control, &account);
        }
        let recorder = tokio::spawn(audit::record(Arc::clone(self), notices));
        *self.recorder.lock().await = Some(recorder);
        let settings = Settings {
            name: "Annals".to_owned(),
            ..Settings::default()
        };
        let operator = Requester::from(&Principal::Operator);
        self.ensure_account(AccountId::reserved(), settings, operator)
            .await
            .map_err(|error| OpenError::Reserved(Box::new(error)))?;
        self.complete_founding()
            .await
            .map_err(|error| OpenError::Founders(Box::new(error)))?;
        let now_ms = self.clock.now_ms();
        let unended = self.control.runs.begin(now_ms).await;
        if let Some(started_ms) = unended.map_err(OpenError::Control)? {
            self.audit.failed(audit::Failed {
                account: AccountId::reserved(),
                what: audit::Failure::UncleanStop {
                    started_at: Timestamp::from_ms(started_ms).to_string(),
                },
                at_ms: now_ms,
            });
        }
        Ok(())
    }

    /// Lets in the account of every log; the control data is completed where it does not know one.
    async fn admit_accounts(&self) -> Result<(), OpenError> {
        for log in self.ledger.logs() {
            let id = log
                .origin
                .strip_prefix(&*self.name)
                .and_then(|rest| rest.strip_prefix(ACCOUNTS));
            let id = id.and_then(|id| id.parse::<AccountId>().ok());
            let id = id.ok_or_else(|| OpenError::StrangeLog(log.origin.to_string()))?;
            self.control
                .accounts
                .admit(&id, log.number, log.created_ms)
                .await
                .map_err(OpenError::Control)?;
        }
        Ok(())
    }

    /// The name from which all origins begin.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The present.
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_ms(self.clock.now_ms())
    }

    /// Seals secrets for one purpose, under a key that only this data directory has.
    pub(crate) fn sealer(&self, purpose: &str) -> Result<Sealer, SealError> {
        Sealer::new(&self.ledger.secrets().fingerprint, purpose)
    }

    /// The origin of an account's log.
    pub(crate) fn origin(&self, account: &AccountId) -> String {
        format!("{}{ACCOUNTS}{account}", self.name)
    }

    /// What the events of an account mean: the packs that are on, and what the account has decided.
    pub(crate) fn catalogue_of(&self, account: &Account) -> Arc<Catalogue> {
        self.catalogues.of(account)
    }

    /// What the events of the log with this origin mean.
    pub(crate) fn catalogue_of_log(&self, origin: &str) -> Arc<Catalogue> {
        let id = origin
            .strip_prefix(&*self.name)
            .and_then(|rest| rest.strip_prefix(ACCOUNTS));
        let account = id
            .and_then(|id| id.parse().ok())
            .and_then(|id| self.control.accounts.get(&id));
        match account {
            Some(account) => self.catalogue_of(&account),
            None => self.catalogues.of_packs(&[]),
        }
    }

    /// From now on products may send what only Annals records about itself.
    ///
    /// It is for a made-up history, as that of a demonstration; nothing that a client or a configuration says leads
    /// here.
    pub fn take_reserved_actions(&self) {
        self.takes_reserved.store(true, Ordering::Release);
    }

    /// Whether [`Self::take_reserved_actions`] was called.
    pub(crate) fn takes_reserved_actions(&self) -> bool {
        self.takes_reserved.load(Ordering::Acquire)
    }

    /// Whether any key exists, working or not.
    pub fn has_keys(&self) -> bool {
        !self
            .control
            .keys
            .page(Whose::Everybodys, None, 1)
            .is_empty()
    }

    /// Records what is still to be recorded, then closes ledger and control data and gives the directory free.
    pub async fn close(&self) -> Result<(), CloseError> {
        self.audit.finish().await;
        if let Some(recorder) = self.recorder.lock().await.take() {
            // A recorder that panicked has said so itself; what it had not recorded is lost with it.
            let _ = recorder.await;
        }
        self.ledger.close().await;
        // One that cannot be noted is told as unclean at the next start, which is no harm.
        let _ = self.control.runs.end(self.clock.now_ms()).await;
        self.control.close().await.map_err(CloseError::Control)
    }
}

/// Why a data directory was not closed cleanly; the next start recovers.
#[derive(Debug, thiserror::Error)]
pub enum CloseError {
    /// The index.
    #[error("cannot close the index")]
    Index(#[source] index::IndexError),
    /// The control data.
    #[error("cannot close the control data")]
    Control(#[source] ControlError),
}

/// Makes an absent data directory readable by its owner only; one that is there keeps the mode its owner chose.
fn make_private(path: &Path) -> Result<(), OpenError> {
    if path.exists() {
        return Ok(());
    }
    let made = fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path);
    made.map_err(|source| OpenError::Create {
        path: path.to_owned(),
        source,
    })
}

/// `INIT` is there: makes keys, control data, registry and journal, and `FORMAT` last.
async fn initialise(
    fresh: Initialisation,
    config: &Config,
    clock: &dyn Clock,
    randomness: &dyn Randomness,
) -> Result<DataDir, OpenError> {
    let secrets = Secrets {
        signing_seed: randomness::array(randomness),
        dedup: randomness::array(randomness),
        fingerprint: randomness::array(randomness),
    };
    let keyed = fresh.keys(&secrets).map_err(OpenError::Directory)?;
    Control::create(keyed.path())
        .await
        .map_err(OpenError::Control)?
        .close()
        .await
        .map_err(OpenError::Control)?;
    let name = config
        .instance
        .instance_name
        .clone()
        .unwrap_or_else(|| random_name(randomness));
    keyed
        .finish(&name, clock.now_ms())
        .map_err(OpenError::Directory)
}

/// A name under which nothing can be looked up: `.invalid` belongs to nobody (RFC 6761).
fn random_name(randomness: &dyn Randomness) -> String {
    let bytes: [u8; 5] = randomness::array(randomness);
    format!(
        "annals.invalid/{}",
        data_encoding::BASE32_NOPAD
            .encode(&bytes)
            .to_ascii_lowercase()
    )
}
