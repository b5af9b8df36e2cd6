//! Sign-ins that have begun and whose person is at the provider: kept here, each for one browser and one use. Pure.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use subtle::ConstantTimeEq;

use crate::limits::{PENDING_MAX, PENDING_MS, PENDING_PER_NETWORK_MAX};

/// A sign-in that has begun. `Debug` shows no secret.
#[derive(Clone)]
pub(crate) struct Pending {
    /// The id of the provider.
    pub(crate) provider: String,
    /// What the ID token must repeat.
    pub(crate) nonce: String,
    /// What proves to the provider that the code is used by whoever asked for it (RFC 7636).
    pub(crate) verifier: String,
    /// Where the provider sends the browser back to; the exchange has to repeat it.
    pub(crate) redirect_uri: String,
    /// Where the person wanted to go.
    pub(crate) next: String,
    /// The hash of the cookie of the browser that began.
    pub(crate) browser: [u8; 32],
    /// From where, for [`PENDING_PER_NETWORK_MAX`].
    pub(crate) network: String,
    /// When it was begun, in milliseconds since 1970 UTC.
    pub(crate) at_ms: u64,
}

impl std::fmt::Debug for Pending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pending")
            .field("provider", &self.provider)
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}

/// All sign-ins that have begun, by the hash of their state.
#[derive(Debug, Default)]
pub(crate) struct Pendings {
    by_state: Mutex<HashMap<[u8; 32], Pending>>,
}

impl Pendings {
    /// Remembers a sign-in; a network that begins too many loses its oldest, and so does everybody when all are too
    /// many.
    pub(crate) fn begin(&self, state: [u8; 32], pending: Pending) {
        let mut by_state = self.lock();
        by_state.retain(|_, known| !is_over(known, pending.at_ms));
        let of_network = |known: &Pending| known.network == pending.network;
        let own = by_state.values().filter(|known| of_network(known)).count();
        let oldest = |from: &mut dyn Iterator<Item = (&[u8; 32], &Pending)>| {
            from.min_by_key(|(_, known)| known.at_ms)
                .map(|(state, _)| *state)
        };
        let out = if own >= PENDING_PER_NETWORK_MAX {
            oldest(&mut by_state.iter().filter(|(_, known)| of_network(known)))
        } else if by_state.len() >= PENDING_MAX {
            oldest(&mut by_state.iter())
        } else {
            None
        };
        if let Some(out) = out {
            by_state.remove(&out);
        }
        by_state.insert(state, pending);
    }

    /// Takes the sign-in with this state, when it is not over and the same browser began it.
    ///
    /// The state is used up whoever shows it: one that another browser learned is worth nothing to anybody any more.
    pub(crate) fn take(
        &self,
        state: &[u8; 32],
        browser: &[u8; 32],
        now_ms: u64,
    ) -> Option<Pending> {
        let pending = self.lock().remove(state)?;
        let is_same = bool::from(pending.browser.ct_eq(browser));
        (is_same && !is_over(&pending, now_ms)).then_some(pending)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<[u8; 32], Pending>> {
        self.by_state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_over(pending: &Pending, now_ms: u64) -> bool {
    now_ms >= pending.at_ms.saturating_add(PENDING_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pending(network: &str, at_ms: u64) -> Pending {
        Pending {
            provider: "p".into(),
            nonce: "n".into(),
            verifier: "v".into(),
            redirect_uri: "r".into(),
            next: "/ui/".into(),
            browser: [7; 32],
            network: network.into(),
            at_ms,
        }
    }

    fn state(number: usize) -> [u8; 32] {
        let mut state = [0; 32];
        state[..8].copy_from_slice(&number.to_le_bytes());
        state
    }

    #[test]
    fn a_state_works_once_in_its_browser_and_for_ten_minutes() {
        let pendings = Pendings::default();
        pendings.begin(state(1), pending("a", 0));
        assert!(pendings.take(&state(2), &[7; 32], 0).is_none());
        assert!(pendings.take(&state(1), &[7; 32], PENDING_MS - 1).is_some());
        assert!(pendings.take(&state(1), &[7; 32], 0).is_none(), "used up");
        pendings.begin(state(1), pending("a", 0));
        assert!(
            pendings.take(&state(1), &[8; 32], 0).is_none(),
            "other browser"
        );
        assert!(pendings.take(&state(1), &[7; 32], 0).is_none(), "used up");
        pendings.begin(state(1), pending("a", 0));
        assert!(pendings.take(&state(1), &[7; 32], PENDING_MS).is_none());
    }

    #[test]
    fn one_network_cannot_push_out_others_and_memory_is_bounded() {
        let pendings = Pendings::default();
        pendings.begin(state(0), pending("quiet", 0));
        for n in 1..=2 * PENDING_PER_NETWORK_MAX {
            pendings.begin(state(n), pending("loud", 1));
        }
        assert_eq!(pendings.lock().len(), PENDING_PER_NETWORK_MAX + 1);
        assert!(pendings.take(&state(0), &[7; 32], 1).is_some());
        for n in 0..PENDING_MAX + 10 {
            pendings.begin(state(n), pending(&n.to_string(), 2));
        }
        assert!(pendings.lock().len() <= PENDING_MAX);
    }
}
