//! Wrong passwords and codes in a row: after some the next one has to wait, each time twice as long. Pure.
//!
//! What an attempt is counted under decides how soon it waits. Whoever knows an address can make its owner wait a minute
//! at most, and only from 50 failures on; what waits soon is the address from one network.

use std::collections::HashMap;

/// The first wait in milliseconds; each further failure doubles it.
const FIRST_WAIT_MS: u64 = 5_000;

/// How long failures are remembered after the last one.
const REMEMBERED_MS: u64 = 60 * 60 * 1_000;

/// The most rows of failures that are remembered.
///
/// Addresses and networks are chosen by strangers; beyond this the one that rested longest is forgotten.
const ROWS_MAX: usize = 10_000;

/// What attempts have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Counted {
    /// An e-mail address, tried from one network.
    AddressFrom {
        /// The address.
        address: String,
        /// The network.
        network: String,
    },
    /// An e-mail address, wherever it is tried from.
    Address(String),
    /// A network, whatever is tried from it.
    Network(String),
    /// The codes of a person, who has given the right password or is signed in.
    CodesOf(String),
    /// The setup code, tried from a network.
    SetupFrom(String),
}

impl Counted {
    /// Failures in a row that cost nothing but their answer.
    const fn free(&self) -> u32 {
        match self {
            Self::AddressFrom { .. } | Self::CodesOf(_) | Self::SetupFrom(_) => 5,
            // A house full of people, each of whom mistypes now and then.
            Self::Network(_) => 20,
            // Strangers fail here on purpose, to keep the owner waiting.
            Self::Address(_) => 50,
        }
    }

    /// The longest wait: long enough that nobody guesses, short enough that nobody can lock a person out for long.
    const fn longest_wait_ms(&self) -> u64 {
        match self {
            Self::Address(_) => 60 * 1_000,
            _ => 15 * 60 * 1_000,
        }
    }

    /// Whether a success proves that the failures before were the owner's own.
    const fn ends_with_success(&self) -> bool {
        match self {
            Self::AddressFrom { .. } | Self::CodesOf(_) | Self::SetupFrom(_) => true,
            // Whoever has one account of his own must not be able to try all others for ever.
            Self::Network(_) | Self::Address(_) => false,
        }
    }
}

/// Rows of failures by what they have in common.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    rows: HashMap<Counted, Row>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Row {
    failures: u32,
    last_ms: u64,
}

impl Row {
    fn free_at_ms(self, counted: &Counted) -> u64 {
        let Some(beyond) = self.failures.checked_sub(counted.free()) else {
            return 0;
        };
        let wait_ms = FIRST_WAIT_MS
            .saturating_mul(1_u64.checked_shl(beyond).unwrap_or(u64::MAX))
            .min(counted.longest_wait_ms());
        self.last_ms.saturating_add(wait_ms)
    }
}

impl Attempts {
    /// Begins an attempt, which counts as failed until [`Self::succeeded`]; else the milliseconds to wait before.
    ///
    /// Counting before the answer is known means that many attempts at once are no way around the wait.
    pub(crate) fn begin(&mut self, under: &[Counted], now_ms: u64) -> Result<(), u64> {
        let free_at_ms = under
            .iter()
            .filter_map(|counted| Some(self.rows.get(counted)?.free_at_ms(counted)))
            .max();
        if let Some(wait_ms) = free_at_ms
            .and_then(|free_at_ms| free_at_ms.checked_sub(now_ms))
            .filter(|wait_ms| *wait_ms > 0)
        {
            return Err(wait_ms);
        }
        for counted in under {
            self.make_room(counted, now_ms);
            let row = self.rows.entry(counted.clone()).or_default();
            if row.last_ms.saturating_add(REMEMBERED_MS) <= now_ms {
                row.failures = 0;
            }
            row.failures = row.failures.saturating_add(1);
            row.last_ms = now_ms;
        }
        Ok(())
    }

    /// Ends the rows of an attempt that succeeded; those that strangers share only lose this attempt.
    pub(crate) fn succeeded(&mut self, under: &[Counted]) {
        for counted in under {
            if counted.ends_with_success() {
                self.rows.remove(counted);
            } else {
                self.put_off(std::slice::from_ref(counted));
            }
        }
    }

    /// Takes back an attempt that was not answered.
    pub(crate) fn put_off(&mut self, under: &[Counted]) {
        for counted in under {
            if let Some(row) = self.rows.get_mut(counted) {
                row.failures = row.failures.saturating_sub(1);
            }
        }
    }

    fn make_room(&mut self, counted: &Counted, now_ms: u64) {
        if self.rows.len() < ROWS_MAX || self.rows.contains_key(counted) {
            return;
        }
        self.rows
            .retain(|_, row| row.last_ms.saturating_add(REMEMBERED_MS) > now_ms);
        if self.rows.len() >= ROWS_MAX {
            let oldest = self.rows.iter().min_by_key(|(_, row)| row.last_ms);
            if let Some(oldest) = oldest.map(|(counted, _)| counted.clone()) {
                self.rows.remove(&oldest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START_MS: u64 = 1_790_000_000_000;

    /// Under what a sign-in is counted.
    fn sign_in(address: &str, network: &str) -> Vec<Counted> {
        let (address, network) = (address.to_owned(), network.to_owned());
        vec![
            Counted::AddressFrom {
                address: address.clone(),
                network: network.clone(),
            },
            Counted::Address(address),
            Counted::Network(network),
        ]
    }

    fn codes(person: &str) -> Vec<Counted> {
        vec![Counted::CodesOf(person.to_owned())]
    }

    #[test]
    fn five_are_free_and_then_each_waits_twice_as_long() {
        let mut attempts = Attempts::default();
        for n in 0..5 {
            assert_eq!(attempts.begin(&codes("a"), START_MS), Ok(()), "{n}");
        }
        assert_eq!(attempts.begin(&codes("a"), START_MS), Err(5_000));
        assert_eq!(attempts.begin(&codes("a"), START_MS + 4_999), Err(1));
        assert_eq!(attempts.begin(&codes("b"), START_MS), Ok(()));
        assert_eq!(attempts.begin(&codes("a"), START_MS + 5_000), Ok(()));
        assert_eq!(attempts.begin(&codes("a"), START_MS + 5_000), Err(10_000));
        let mut now_ms = START_MS + 5_000;
        for _ in 0..100 {
            while let Err(wait_ms) = attempts.begin(&codes("a"), now_ms) {
                assert!(wait_ms <= 15 * 60 * 1_000);
                now_ms += wait_ms;
            }
        }
    }

    #[test]
    fn a_stranger_elsewhere_does_not_keep_the_owner_waiting() {
        let mut attempts = Attempts::default();
        for _ in 0..5 {
            assert_eq!(attempts.begin(&sign_in("lily", "far"), START_MS), Ok(()));
        }
        assert_eq!(
            attempts.begin(&sign_in("lily", "far"), START_MS),
            Err(5_000)
        );
        assert_eq!(attempts.begin(&sign_in("lily", "home"), START_MS), Ok(()));
        attempts.succeeded(&sign_in("lily", "home"));
        assert_eq!(
            attempts.begin(&sign_in("lily", "far"), START_MS),
            Err(5_000),
            "the success was another's"
        );
    }

    #[test]
    fn an_address_that_all_the_world_tries_waits_a_minute_at_most() {
        let mut attempts = Attempts::default();
        for n in 0..50 {
            let from = n.to_string();
            assert_eq!(attempts.begin(&sign_in("lily", &from), START_MS), Ok(()));
        }
        let mut now_ms = START_MS;
        let mut longest_ms = 0;
        for n in 50..70 {
            let from = n.to_string();
            while let Err(wait_ms) = attempts.begin(&sign_in("lily", &from), now_ms) {
                longest_ms = longest_ms.max(wait_ms);
                now_ms += wait_ms;
            }
        }
        assert_eq!(longest_ms, 60_000);
    }

    #[test]
    fn a_success_from_a_network_does_not_free_it() {
        let mut attempts = Attempts::default();
        for n in 0..20 {
            let address = format!("{n}@example.com");
            assert_eq!(attempts.begin(&sign_in(&address, "cafe"), START_MS), Ok(()));
            // The attacker's own account, in between.
            let own = attempts.begin(&sign_in("own", "cafe"), START_MS);
            assert_eq!(own, if n < 19 { Ok(()) } else { Err(5_000) }, "{n}");
            attempts.succeeded(&sign_in("own", "cafe"));
        }
    }

    #[test]
    fn a_success_frees_the_own_row() {
        let mut attempts = Attempts::default();
        for _ in 0..10 {
            for _ in 0..4 {
                assert_eq!(attempts.begin(&codes("a"), START_MS), Ok(()));
            }
            assert_eq!(attempts.begin(&codes("a"), START_MS), Ok(()));
            attempts.succeeded(&codes("a"));
        }
    }

    #[test]
    fn an_hour_later_all_is_forgotten() {
        let mut attempts = Attempts::default();
        for _ in 0..5 {
            attempts.begin(&codes("a"), START_MS).unwrap();
        }
        let later_ms = START_MS + REMEMBERED_MS;
        for _ in 0..5 {
            assert_eq!(attempts.begin(&codes("a"), later_ms), Ok(()));
        }
    }

    #[test]
    fn what_was_put_off_does_not_count() {
        let mut attempts = Attempts::default();
        for _ in 0..20 {
            assert_eq!(attempts.begin(&codes("a"), START_MS), Ok(()));
            attempts.put_off(&codes("a"));
        }
    }

    #[test]
    fn strangers_cannot_fill_the_memory() {
        let mut attempts = Attempts::default();
        for n in 0..ROWS_MAX + 50 {
            let at_ms = START_MS + u64::try_from(n).unwrap();
            attempts.begin(&codes(&n.to_string()), at_ms).unwrap();
        }
        assert_eq!(attempts.rows.len(), ROWS_MAX);
        assert!(!attempts.rows.contains_key(&codes("0")[0]));
    }
}
