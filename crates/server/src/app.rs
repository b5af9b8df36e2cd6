//! What every handler has in its hands.

use std::{
    num::NonZero,
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use index::Index;
use tokio::sync::Semaphore;

use crate::{
    auth::{AccessTokenIssuers, Gate, oidc::Door},
    config::Config,
    http::{body::Room, document::Document, router},
    indexer::Progress,
    instance::Instance,
    limits::VISITORS_MAX,
    metrics::Metrics,
    shares::Shares,
    streams::StreamPlaces,
    watch::{DiskProbe, Watcher},
};

/// An instance that answers requests: it *is* the open data directory, with index, limits and metrics beside it.
pub(crate) struct App {
    instance: Arc<Instance>,
    pub(crate) index: Arc<dyn Index>,
    /// Tells when the index went on.
    pub(crate) indexed: Progress,
    pub(crate) config: Arc<Config>,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) document: Document,
    /// Looks after the instance itself.
    pub(crate) watcher: Watcher,
    /// Where people prove who they are.
    pub(crate) gate: Gate,
    /// Whose access tokens are taken beside keys.
    pub(crate) access_tokens: AccessTokenIssuers,
    /// Where people come in whom a provider vouches for.
    pub(crate) door: Door,
    ready: AtomicBool,
    /// The room for request bodies.
    pub(crate) bodies: Room,
    /// The places for requests that are worked on.
    pub(crate) places: Semaphore,
    /// The places for answers that are written while they are read.
    pub(crate) streams: StreamPlaces,
    /// What each account takes of places, bodies and turns.
    pub(crate) shares: Shares,
    /// The places for requests of visitors, apart from those of everybody else.
    pub(crate) visitors: Semaphore,
    /// The places for large batches that are parsed and sealed: one a core.
    ///
    /// More at a time would be no quicker, and would leave the sequencer and the indexer without a core.
    pub(crate) sealing: Arc<Semaphore>,
}

impl App {
    pub(crate) fn new(
        instance: Arc<Instance>,
        index: Arc<dyn Index>,
        indexed: Progress,
        config: Config,
        door: Door,
        probe: Arc<dyn DiskProbe>,
    ) -> Arc<Self> {
        let places = usize::try_from(config.limits.requests_max).unwrap_or(Semaphore::MAX_PERMITS);
        let gate = Gate::new(instance.randomness.as_ref());
        if !instance.needs_owner() {
            gate.retire_setup_code();
        }
        Arc::new(Self {
            metrics: Arc::new(Metrics::new(
                instance.audit.lost(),
                instance.control.removals.kinds(),
            )),
            access_tokens: AccessTokenIssuers::new(&config.instance.access_tokens),
            door,
            gate,
            instance,
            index,
            indexed,
            document: router::document(),
            watcher: Watcher::new(probe),
            ready: AtomicBool::new(true),
            bodies: Room::new(&config.limits),
            places: Semaphore::new(places),
            streams: StreamPlaces::of_all(),
            shares: Shares::new(&config.limits),
            visitors: Semaphore::new(VISITORS_MAX),
            sealing: Arc::new(Semaphore::new(
                std::thread::available_parallelism().map_or(1, NonZero::get),
            )),
            config: Arc::new(config),
        })
    }

    /// Whether requests are taken.
    pub(crate) fn is_ready(&self) -> bool {
        self.ready.load(Ordering::Acquire)
    }

    /// The URL with which links begin: that of the configuration, else the one at which the server was asked.
    pub(crate) fn public_url(&self, reached_at: Option<&str>) -> String {
        let listen = &self.config.listen;
        match (&listen.public_url, reached_at) {
            (Some(url), _) => url.as_str().to_owned(),
            (None, Some(url)) => url.to_owned(),
            (None, None) => {
                let encrypted = self.config.tls.cert.is_some();
                let scheme = if encrypted { "https" } else { "http" };
                format!("{scheme}://{}", listen.address)
            }
        }
    }

    /// From now on no requests are taken.
    pub(crate) fn end_readiness(&self) {
        self.ready.store(false, Ordering::Release);
    }
}

impl Deref for App {
    type Target = Arc<Instance>;

    fn deref(&self) -> &Arc<Instance> {
        &self.instance
    }
}
