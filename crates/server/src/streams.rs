//! How many answers are written while they are read, at one time: they last as long as their readers like.

use std::sync::Arc;

use api::ErrorCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{
    app::App,
    control::AccountId,
    http::Problem,
    limits::{LISTINGS_MAX, TAILS_MAX},
};

/// What such an answer writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Streamed {
    /// The whole result of a listing.
    Listing,
    /// What comes to the log from now on.
    Tail,
}

/// The places for such answers: those of the instance, or those of one account.
#[derive(Debug)]
pub(crate) struct StreamPlaces {
    listings: Arc<Semaphore>,
    tails: Arc<Semaphore>,
}

impl StreamPlaces {
    /// Those of all accounts together.
    pub(crate) fn of_all() -> Self {
        Self::new(LISTINGS_MAX, TAILS_MAX)
    }

    /// Those that one account can take: half, so that its readers do not keep out another's.
    pub(crate) fn of_account() -> Self {
        Self::new(LISTINGS_MAX / 2, TAILS_MAX / 2)
    }

    fn new(listings: usize, tails: usize) -> Self {
        Self {
            listings: Arc::new(Semaphore::new(listings)),
            tails: Arc::new(Semaphore::new(tails)),
        }
    }

    fn enter(&self, what: Streamed) -> Option<OwnedSemaphorePermit> {
        let places = match what {
            Streamed::Listing => &self.listings,
            Streamed::Tail => &self.tails,
        };
        Arc::clone(places).try_acquire_owned().ok()
    }
}

/// The place of one answer, in its account and in the instance, given back by its drop.
///
/// Whatever writes the answer holds it, not the body: a body that nobody reads is never dropped either.
#[derive(Debug)]
pub(crate) struct StreamPlace {
    _in_account: OwnedSemaphorePermit,
    _in_all: OwnedSemaphorePermit,
}

impl StreamPlace {
    /// Takes a place; 503 when the account or the instance has none left.
    pub(crate) fn take(app: &App, account: &AccountId, what: Streamed) -> Result<Self, Problem> {
        let full = |whose| {
            let detail = format!("{whose} writes as many answers to slow readers as it can");
            Problem::new(ErrorCode::Overloaded, detail)
        };
        let in_account = app.shares.of(account).streams.enter(what);
        Ok(Self {
            _in_account: in_account.ok_or_else(|| full("the account"))?,
            _in_all: app.streams.enter(what).ok_or_else(|| full("the server"))?,
        })
    }
}
