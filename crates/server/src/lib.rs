//! Joins the towers: a ledger that keeps, an index that finds, and HTTP in front of both.
//!
//! [`Server::open`] builds everything in order on one page; [`Server::serve`] opens the doors.

pub mod clock;
pub mod config;
mod limits;
pub mod randomness;

mod control;

pub mod admin;
mod instance;

mod auth;
mod catalogues;
mod client_address;
mod coverage;

mod audit;
mod indexer;
mod ingest;
mod reading;
mod recording;
mod removed;
mod sealing;
mod search;
mod shares;
mod streams;

mod app;
mod http;
mod metrics;
mod routes;
pub mod telemetry;
mod watch;

pub mod offline;

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use index::{Index, LocalIndex};
use tokio::task::JoinHandle;

use crate::{
    admin::BootstrapError,
    app::App,
    auth::oidc::Door,
    http::{
        router,
        serve::{Doors, Serving},
    },
    indexer::Indexer,
};

pub use crate::{
    auth::oidc::SecretUnreadable,
    auth::{AccessToken, HashError, Password, Principal, Requester},
    config::Config,
    control::{
        Account, AccountId, AccountIdInvalid, ControlError, Key, Membership, Person, RESERVED,
        RoleId, Settings, ViewerToken,
    },
    http::{
        Peer,
        listener::{ADMIN_SOCKET, ListenError},
        serve::ServeError,
        tls::TlsError,
    },
    instance::{CloseError, Instance, OpenError},
    randomness::{Randomness, SystemRandomness},
};
pub use clock::SystemClock;
pub use ledger::Clock;
pub use watch::{DiskProbe, FileSystem};

/// Where the index is in the data directory; it may be deleted at any time.
const INDEX_DIRECTORY: &str = "index";

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data directory could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// `[bootstrap]` could not be applied.
    #[error("cannot apply [bootstrap]")]
    Bootstrap(#[source] BootstrapError),
    /// The secret of a provider could not be read.
    #[error(transparent)]
    Secret(#[from] SecretUnreadable),
    /// The index could not be opened; it may be deleted, and is built again then.
    #[error("cannot open the index")]
    Index(#[source] index::IndexError),
    /// The thread that feeds the index could not be started.
    #[error("cannot start the indexer")]
    Indexer(#[source] std::io::Error),
    /// Nothing can be served.
    #[error(transparent)]
    Serve(#[from] ServeError),
}

impl StartError {
    /// Whether another process has the data directory.
    pub fn is_locked(&self) -> bool {
        matches!(self, Self::Open(error) if error.is_locked())
    }

    /// Whether stored bytes are not what was written.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Open(error) if error.is_damage())
    }
}

/// A server without doors: everything works, and nobody can ask yet.
pub struct Server {
    app: Arc<App>,
    index: Arc<LocalIndex>,
    indexer: Indexer,
}

impl Server {
    /// Opens the data directory of `config` and everything around it.
    pub async fn open(
        config: Config,
        clock: Arc<dyn Clock>,
        randomness: Arc<dyn Randomness>,
    ) -> Result<Self, StartError> {
        let probe = Arc::new(FileSystem::of(&config.instance.data_dir));
        Self::open_watching(config, clock, randomness, probe).await
    }

    /// The same, with another way to tell how many bytes are free.
    pub async fn open_watching(
        config: Config,
        clock: Arc<dyn Clock>,
        randomness: Arc<dyn Randomness>,
        probe: Arc<dyn DiskProbe>,
    ) -> Result<Self, StartError> {
        let instance = Instance::open(&config, clock, randomness).await?;
        match Self::around(Arc::clone(&instance), config, probe).await {
            Ok(server) => Ok(server),
            Err(error) => {
                // What stopped the start is what the operator has to read; a failed close only adds a recovery.
                let _ = instance.close().await;
                Err(error)
            }
        }
    }

    async fn around(
        instance: Arc<Instance>,
        config: Config,
        probe: Arc<dyn DiskProbe>,
    ) -> Result<Self, StartError> {
        admin::bootstrap(&instance, &config.bootstrap)
            .await
            .map_err(StartError::Bootstrap)?;
        let door = Door::open(&config.instance.oidc)?;
        let index = open_index(&config.instance.data_dir)?;
        let (indexer, progress) = Indexer::start(
            Arc::clone(&instance),
            Arc::clone(&index) as Arc<dyn Index>,
            tokio::runtime::Handle::current(),
        )
        .map_err(StartError::Indexer)?;
        let app = App::new(
            instance,
            Arc::clone(&index) as Arc<dyn Index>,
            progress,
            config,
            door,
            probe,
        );
        Ok(Self {
            app,
            index,
            indexer,
        })
    }

    /// The open data directory, for administration.
    pub fn instance(&self) -> &Arc<Instance> {
        &self.app
    }

    /// The code with which the first owner is made; `None` once anybody can sign in.
    pub fn setup_code(&self) -> Option<&str> {
        let needed = self.app.needs_owner();
        needed.then(|| self.app.gate.setup_code())
    }

    /// Looks after disk, clock and index once, as the running server does every ten seconds.
    pub fn look_around(&self) {
        self.app.look_around();
    }

    /// The public routes, to be called in process.
    pub fn router(&self) -> axum::Router {
        router::public(&self.app)
    }

    /// The routes of the administration socket, to be called in process.
    pub fn admin_router(&self) -> axum::Router {
        router::private(&self.app)
    }

    /// Opens the doors.
    pub async fn serve(self) -> Result<Running, StartError> {
        let doors = match Doors::open(&self.app.config, &self.app.config.instance.data_dir).await {
            Ok(doors) => doors,
            Err(error) => {
                // As above: the reason is more important than what follows from it.
                let _ = self.close().await;
                return Err(error.into());
            }
        };
        let address = doors.address();
        if self.app.config.is_in_clear() {
            tracing::warn!(%address, "tokens cross the network in clear: set [tls], trusted_proxies or allow_plain_http");
        }
        let serving = Serving::start(doors, &self.app);
        let keepers = [
            tokio::spawn(keep_control_data(Arc::clone(&self.app))),
            tokio::spawn(indexer::keep_flushed(Arc::clone(&self.index))),
            tokio::spawn(watch::keep_watch(Arc::clone(&self.app))),
        ];
        tracing::info!(%address, instance = self.app.name(), "ready");
        Ok(Running {
            server: self,
            serving,
            keepers,
            address,
        })
    }

    /// Ends everything in the reverse order; what was acknowledged is durable already.
    pub async fn close(self) -> Result<(), CloseError> {
        self.app.end_readiness();
        let indexer = self.indexer;
        // The indexer ends after its current step, which may take a moment: this thread must go on meanwhile.
        let _ = tokio::task::spawn_blocking(move || indexer.stop()).await;
        let instance = self.app.close().await;
        let index = self.index.flush().map_err(CloseError::Index);
        instance.and(index)
    }
}

/// A server that answers.
pub struct Running {
    server: Server,
    serving: Serving,
    /// The tasks that write down now and then what is only in memory.
    keepers: [JoinHandle<()>; 3],
    address: SocketAddr,
}

impl Running {
    /// The address it listens on, with the port that was taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether it speaks TLS.
    pub fn is_tls(&self) -> bool {
        self.server.app.config.tls.cert.is_some()
    }

    /// Whether any key exists: without one, nobody can ask for anything.
    pub fn has_keys(&self) -> bool {
        self.server.app.has_keys()
    }

    /// The code with which the first owner is made in the dashboard; `None` once anybody can sign in.
    ///
    /// It is new at each start, and nobody but the operator may see it.
    pub fn setup_code(&self) -> Option<&str> {
        self.server.setup_code()
    }

    /// The name from which the origins of all logs begin.
    pub fn instance_name(&self) -> &str {
        self.server.app.name()
    }

    /// The open data directory, for administration.
    pub fn instance(&self) -> &Arc<Instance> {
        self.server.instance()
    }

    /// Waits until the server can store nothing any more, and says why; forever while all is well.
    ///
    /// A failed flush leaves a state that only the next start can tell: the process has to end.
    pub async fn failure(&self) -> Arc<str> {
        let mut poisoned = self.server.app.ledger.poisoned();
        loop {
            if let Some(why) = poisoned.borrow_and_update().clone() {
                self.server.app.end_readiness();
                return why;
            }
            if poisoned.changed().await.is_err() {
                return "the ledger ended".into();
            }
        }
    }

    /// Stops accepting, lets requests finish, records what is left to record, and closes everything.
    pub async fn stop(self) -> Result<(), CloseError> {
        self.server.app.end_readiness();
        self.serving.stop().await;
        for keeper in &self.keepers {
            keeper.abort();
        }
        self.server.close().await
    }
}

/// Opens and serves.
pub async fn start(
    config: Config,
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
) -> Result<Running, StartError> {
    Server::open(config, clock, randomness).await?.serve().await
}

/// The index in the data directory, which may be empty or absent.
fn open_index(data_dir: &Path) -> Result<Arc<LocalIndex>, StartError> {
    let index = LocalIndex::open(
        &data_dir.join(INDEX_DIRECTORY),
        index::IndexOptions::default(),
    );
    index.map(Arc::new).map_err(StartError::Index)
}

/// Writes down the last use of keys and sessions now and then, and removes sessions that are over, until it is aborted;
/// the last time at close.
async fn keep_control_data(app: Arc<App>) {
    let mut every = tokio::time::interval(Duration::from_secs(limits::LAST_USED_EVERY_S));
    let lifetime = app.config.sessions.lifetime();
    loop {
        every.tick().await;
        let keys = app.control.keys.write_last_used().await;
        let now_ms = app.clock.now_ms();
        let sessions = app.control.sessions.tidy(lifetime, now_ms).await;
        let links = app.control.links.tidy(now_ms).await;
        let viewers = app.control.viewers.remove_expired(now_ms).await;
        let invitations = app.control.invitations.tidy(now_ms).await;
        let removals = app.control.removals.write().await;
        let expired = links.and(viewers).and(invitations);
        let written = keys.and(sessions).and(expired).and(removals);
        if let Err(error) = written {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the last use of keys and sessions and what the firewall took out were not written, or what has expired not removed"
            );
        }
    }
}
