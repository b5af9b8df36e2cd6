//! What one account takes of the server at one time: at most a part, so that its flood does not slow another's.

use std::{
    collections::HashMap,
    num::NonZero,
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::sync::Semaphore;

use crate::{auth::Paid, config::Limits, control::AccountId, streams::StreamPlaces};

/// The shares of all accounts.
#[derive(Debug)]
pub(crate) struct Shares {
    of_account: RwLock<HashMap<AccountId, Arc<Share>>>,
    /// That of all accounts together that do not exist yet: their ids are made up by whoever asks.
    newcomers: Arc<Share>,
    places_max: usize,
    bodies_kib_max: usize,
}

/// What one account takes.
#[derive(Debug)]
pub(crate) struct Share {
    /// How often it was asked for lately.
    pub(crate) requests: Paid,
    /// How many events were sent to it lately.
    pub(crate) events: Paid,
    /// Its part of the room for request bodies, in KiB.
    pub(crate) bodies: Arc<Semaphore>,
    /// As many as there are for everybody: with them the accounts take turns, and alone an account has all.
    pub(crate) sealing: Arc<Semaphore>,
    /// Its places for answers that are written while they are read.
    pub(crate) streams: StreamPlaces,
    worked_on: AtomicUsize,
    places_max: usize,
}

impl Shares {
    /// Half of the places, and half of the room for bodies, but always enough for one.
    pub(crate) fn new(limits: &Limits) -> Self {
        let places = usize::try_from(limits.requests_max).unwrap_or(usize::MAX);
        let bodies = (limits.bodies_bytes_max / 2).max(limits.body_bytes_max);
        let places_max = places.div_ceil(2);
        let bodies_kib_max = usize::try_from(bodies / 1024).unwrap_or(usize::MAX);
        Self {
            of_account: RwLock::default(),
            newcomers: Share::new(places_max, bodies_kib_max),
            places_max,
            bodies_kib_max,
        }
    }

    /// That of an account that exists.
    pub(crate) fn of(&self, account: &AccountId) -> Arc<Share> {
        let known = self
            .of_account
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(share) = known.get(account) {
            return Arc::clone(share);
        }
        drop(known);
        let mut known = self
            .of_account
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        let made = || Share::new(self.places_max, self.bodies_kib_max);
        Arc::clone(known.entry(account.clone()).or_insert_with(made))
    }

    /// That of the accounts that do not exist yet.
    pub(crate) fn newcomers(&self) -> Arc<Share> {
        Arc::clone(&self.newcomers)
    }
}

impl Share {
    fn new(places_max: usize, bodies_kib_max: usize) -> Arc<Self> {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Arc::new(Self {
            requests: Paid::default(),
            events: Paid::default(),
            bodies: Arc::new(Semaphore::new(bodies_kib_max.min(Semaphore::MAX_PERMITS))),
            sealing: Arc::new(Semaphore::new(cores)),
            streams: StreamPlaces::of_account(),
            worked_on: AtomicUsize::new(0),
            places_max,
        })
    }

    /// Takes a place; `None` when the account has all that it gets.
    fn enter(self: &Arc<Self>) -> Option<Occupied> {
        let more = |count: usize| (count < self.places_max).then_some(count + 1);
        self.worked_on
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, more)
            .ok()?;
        Some(Occupied(Arc::clone(self)))
    }
}

/// A place of an account, given back by its drop.
#[derive(Debug)]
struct Occupied(Arc<Share>);

impl Drop for Occupied {
    fn drop(&mut self) {
        self.0.worked_on.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Where the account of a request is noted once it is known, as an extension of the request.
///
/// The place lasts as long as that of the request itself: until the head of the answer.
/// An answer that goes on after it has a [`crate::streams::StreamPlace`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Turn(Arc<Mutex<Option<Occupied>>>);

impl Turn {
    /// Takes a place of the account, once; false when the account has all that it gets.
    pub(crate) fn take(&self, share: &Arc<Share>) -> bool {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.is_none() {
            *taken = share.enter();
        }
        taken.is_some()
    }

    /// The share of the account, once it is known.
    pub(crate) fn share(&self) -> Option<Arc<Share>> {
        let taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.as_ref().map(|place| Arc::clone(&place.0))
    }

    /// Gives the place back.
    pub(crate) fn end(&self) {
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}
