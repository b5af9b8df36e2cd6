//! What is known about an issuer: its addresses and keys, asked for when they are needed and never too often.

use std::sync::{Arc, PoisonError, RwLock};

use ledger::Clock;
use tokio::sync::{Mutex, Semaphore};

use super::{FetchError, Fetcher, KeySet, Metadata, MetadataError, fetch::in_time, metadata};
use crate::limits::{
    FOREIGN_KEYS_FRESH_MS, FOREIGN_KEYS_STALE_MS, FOREIGN_RETRY_MS, FOREIGN_WAITING_MAX,
};

/// What an issuer said, and when.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) metadata: Metadata,
    pub(crate) keys: KeySet,
    at_ms: u64,
}

/// Why nothing is known about an issuer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IssuerError {
    #[error("cannot ask the issuer")]
    Fetch(#[from] FetchError),
    #[error("cannot use what the issuer says about itself")]
    Metadata(#[from] MetadataError),
    #[error("the issuer did not answer a moment ago")]
    Resting,
    #[error("too many requests wait for the issuer")]
    Crowded,
}

/// An issuer of tokens.
#[derive(Debug)]
pub(crate) struct Issuer {
    name: String,
    known: RwLock<Option<Arc<Known>>>,
    /// When it was asked last; held while it is asked, so that everybody else waits for that answer.
    asked_ms: Arc<Mutex<Option<u64>>>,
    waiting: Semaphore,
}

impl Issuer {
    pub(crate) fn new(name: String) -> Arc<Self> {
        Arc::new(Self {
            name,
            known: RwLock::default(),
            asked_ms: Arc::default(),
            waiting: Semaphore::new(FOREIGN_WAITING_MAX),
        })
    }

    /// The issuer as its tokens name it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// What is known about the issuer; it is asked again when that is old, or when `lacks` says that a key is missing.
    ///
    /// However many tokens with unknown keys come, the issuer is asked once at a time, and not again before
    /// [`FOREIGN_RETRY_MS`]. While it cannot be reached, what it said before is good for a day.
    pub(crate) async fn known(
        self: &Arc<Self>,
        fetcher: &Fetcher,
        clock: &dyn Clock,
        lacks: impl Fn(&KeySet) -> bool,
    ) -> Result<Arc<Known>, IssuerError> {
        let fresh = |known: &Arc<Known>, now_ms: u64| {
            now_ms < known.at_ms.saturating_add(FOREIGN_KEYS_FRESH_MS) && !lacks(&known.keys)
        };
        let remembered = self.remembered();
        if let Some(known) = remembered.filter(|known| fresh(known, clock.now_ms())) {
            return Ok(known);
        }
        let _place = self
            .waiting
            .try_acquire()
            .map_err(|_| IssuerError::Crowded)?;
        let mut asked_ms = Arc::clone(&self.asked_ms).lock_owned().await;
        let now_ms = clock.now_ms();
        let remembered = self.remembered();
        if let Some(known) = remembered.clone().filter(|known| fresh(known, now_ms)) {
            return Ok(known);
        }
        let usable =
            remembered.filter(|known| now_ms < known.at_ms.saturating_add(FOREIGN_KEYS_STALE_MS));
        let rests = |asked_ms: u64| now_ms.abs_diff(asked_ms) < FOREIGN_RETRY_MS;
        if asked_ms.is_some_and(rests) {
            return usable.ok_or(IssuerError::Resting);
        }
        *asked_ms = Some(now_ms);
        // In a task of its own: whoever leaves before the answer would else keep everybody from it until the issuer may
        // be asked again.
        let (issuer, fetcher) = (Arc::clone(self), fetcher.clone());
        let asking = tokio::spawn(async move {
            let learned = issuer.learn(&fetcher, now_ms).await;
            drop(asked_ms);
            learned
        });
        match asking.await {
            Ok(Ok(known)) => Ok(known),
            Ok(Err(error)) => usable.ok_or(error),
            // A defect, which has told itself.
            Err(_) => usable.ok_or(IssuerError::Resting),
        }
    }

    /// Asks the issuer, and remembers what it says.
    async fn learn(&self, fetcher: &Fetcher, now_ms: u64) -> Result<Arc<Known>, IssuerError> {
        let known = in_time(self.ask(fetcher, now_ms)).await;
        let known = known.inspect_err(|error| {
            tracing::warn!(
                issuer = self.name,
                error = error as &dyn std::error::Error,
                "an issuer could not be asked for its keys"
            );
        })?;
        let known = Arc::new(known);
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&known));
        Ok(known)
    }

    async fn ask(&self, fetcher: &Fetcher, now_ms: u64) -> Result<Known, IssuerError> {
        let address = metadata::address_of(&self.name).ok_or(MetadataError::Address)?;
        let document = fetcher.read(&address, None).await?;
        let metadata = Metadata::read(&document, &self.name)?;
        let keys = fetcher.read(&metadata.keys, None).await?;
        Ok(Known {
            keys: KeySet::read(&keys).ok_or(MetadataError::Document)?,
            metadata,
            at_ms: now_ms,
        })
    }

    fn remembered(&self) -> Option<Arc<Known>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.clone()
    }
}
