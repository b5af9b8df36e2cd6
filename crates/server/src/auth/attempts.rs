//! Wrong passwords and setup codes in a row: after five the next one has to wait, each time twice as long. Pure.

use std::collections::HashMap;

/// Failures in a row that cost nothing but their answer.
const FREE: u32 = 5;

/// The first wait in milliseconds; each further failure doubles it.
const FIRST_WAIT_MS: u64 = 5_000;

/// The longest wait: long enough that nobody guesses, short enough that nobody can lock a person out for long.
const LONGEST_WAIT_MS: u64 = 15 * 60 * 1_000;

/// How long failures are remembered after the last one.
const REMEMBERED_MS: u64 = 60 * 60 * 1_000;

/// The most rows of failures that are remembered.
///
/// Addresses and networks are chosen by strangers; beyond this the one that rested longest is forgotten.
const ROWS_MAX: usize = 10_000;

/// Rows of failures by what they have in common: an e-mail address, or a network.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    rows: HashMap<String, Row>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Row {
    failures: u32,
    last_ms: u64,
}

impl Row {
    fn free_at_ms(self) -> u64 {
        let Some(beyond) = self.failures.checked_sub(FREE) else {
            return 0;
        };
        let wait_ms = FIRST_WAIT_MS
            .saturating_mul(1_u64.checked_shl(beyond).unwrap_or(u64::MAX))
            .min(LONGEST_WAIT_MS);
        self.last_ms.saturating_add(wait_ms)
    }
}

impl Attempts {
    /// Begins an attempt, which counts as failed until [`Self::succeeded`]; else the milliseconds to wait before.
    ///
    /// Counting before the answer is known means that many attempts at once are no way around the wait.
    pub(crate) fn begin(&mut self, names: &[String], now_ms: u64) -> Result<(), u64> {
        let free_at_ms = names
            .iter()
            .filter_map(|name| self.rows.get(name))
            .map(|row| row.free_at_ms())
            .max();
        if let Some(wait_ms) = free_at_ms
            .and_then(|free_at_ms| free_at_ms.checked_sub(now_ms))
            .filter(|wait_ms| *wait_ms > 0)
        {
            return Err(wait_ms);
        }
        for name in names {
            self.make_room(name, now_ms);
            let row = self.rows.entry(name.clone()).or_default();
            if row.last_ms.saturating_add(REMEMBERED_MS) <= now_ms {
                row.failures = 0;
            }
            row.failures = row.failures.saturating_add(1);
            row.last_ms = now_ms;
        }
        Ok(())
    }

    /// Ends the rows of an attempt that succeeded.
    pub(crate) fn succeeded(&mut self, names: &[String]) {
        for name in names {
            self.rows.remove(name);
        }
    }

    /// Takes back an attempt that was not answered.
    pub(crate) fn put_off(&mut self, names: &[String]) {
        for name in names {
            if let Some(row) = self.rows.get_mut(name) {
                row.failures = row.failures.saturating_sub(1);
            }
        }
    }

    fn make_room(&mut self, name: &str, now_ms: u64) {
        if self.rows.len() < ROWS_MAX || self.rows.contains_key(name) {
            return;
        }
        self.rows
            .retain(|_, row| row.last_ms.saturating_add(REMEMBERED_MS) > now_ms);
        if self.rows.len() >= ROWS_MAX {
            let oldest = self.rows.iter().min_by_key(|(_, row)| row.last_ms);
            let oldest = oldest.map(|(name, _)| name.clone()).unwrap_or_default();
            self.rows.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START_MS: u64 = 1_790_000_000_000;

    fn names(name: &str) -> Vec<String> {
        vec![name.to_owned()]
    }

    #[test]
    fn five_are_free_and_then_each_waits_twice_as_long() {
        let mut attempts = Attempts::default();
        for n in 0..5 {
            assert_eq!(attempts.begin(&names("a"), START_MS), Ok(()), "{n}");
        }
        assert_eq!(attempts.begin(&names("a"), START_MS), Err(5_000));
        assert_eq!(attempts.begin(&names("a"), START_MS + 4_999), Err(1));
        assert_eq!(attempts.begin(&names("b"), START_MS), Ok(()));
        assert_eq!(attempts.begin(&names("a"), START_MS + 5_000), Ok(()));
        assert_eq!(attempts.begin(&names("a"), START_MS + 5_000), Err(10_000));
        let mut now_ms = START_MS + 5_000;
        for _ in 0..100 {
            while let Err(wait_ms) = attempts.begin(&names("a"), now_ms) {
                assert!(wait_ms <= LONGEST_WAIT_MS);
                now_ms += wait_ms;
            }
        }
    }

    #[test]
    fn either_name_is_enough_to_wait_and_success_frees_both() {
        let mut attempts = Attempts::default();
        for n in 0..5 {
            let both = [format!("mail{n}"), "network".to_owned()];
            assert_eq!(attempts.begin(&both, START_MS), Ok(()));
        }
        let sixth = ["mail6".to_owned(), "network".to_owned()];
        assert_eq!(attempts.begin(&sixth, START_MS), Err(5_000));
        assert_eq!(attempts.begin(&sixth, START_MS + 5_000), Ok(()));
        attempts.succeeded(&sixth);
        assert_eq!(attempts.begin(&sixth, START_MS + 5_000), Ok(()));
    }

    #[test]
    fn an_hour_later_all_is_forgotten() {
        let mut attempts = Attempts::default();
        for _ in 0..5 {
            attempts.begin(&names("a"), START_MS).unwrap();
        }
        let later_ms = START_MS + REMEMBERED_MS;
        for _ in 0..5 {
            assert_eq!(attempts.begin(&names("a"), later_ms), Ok(()));
        }
    }

    #[test]
    fn what_was_put_off_does_not_count() {
        let mut attempts = Attempts::default();
        for _ in 0..20 {
            assert_eq!(attempts.begin(&names("a"), START_MS), Ok(()));
            attempts.put_off(&names("a"));
        }
    }

    #[test]
    fn strangers_cannot_fill_the_memory() {
        let mut attempts = Attempts::default();
        for n in 0..ROWS_MAX + 50 {
            let at_ms = START_MS + u64::try_from(n).unwrap();
            attempts.begin(&names(&n.to_string()), at_ms).unwrap();
        }
        assert_eq!(attempts.rows.len(), ROWS_MAX);
        assert!(!attempts.rows.contains_key("0"));
    }
}
