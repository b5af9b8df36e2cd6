//! At most one event a minute for the same reader doing the same thing, with a count, and none forgotten. Pure.

use std::collections::HashMap;

/// How long further occurrences are only counted.
pub(crate) const WINDOW_MS: u64 = 60_000;

/// The most windows of one account that are open at once.
///
/// Strangers choose their networks freely; beyond this the principals of the account share one window, so that memory
/// stays bounded. Those of other accounts are told apart still.
pub(crate) const WINDOWS_PER_ACCOUNT_MAX: usize = 2_000;

/// The most windows that are open at once: some 20 MiB.
pub(crate) const WINDOWS_MAX: usize = 50_000;

/// What an account has all the same when others took all: more principals than look at one log within a minute.
const WINDOWS_PER_ACCOUNT_MIN: usize = 20;

/// Who did what, and with what result: occurrences with an equal key are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    /// The id of the account in whose log it is recorded.
    pub(crate) account: String,
    /// The id of the principal, or the network of a stranger.
    pub(crate) principal: String,
    /// What was done: the operation as the API names it, or the action for reads.
    pub(crate) operation: String,
    /// The result, as an event names it.
    pub(crate) result: &'static str,
}

/// Open windows, each with the latest sample of what was only counted in it.
#[derive(Debug)]
pub(crate) struct Throttle<Sample> {
    windows: HashMap<Key, Window<Sample>>,
    /// How many of them each account has.
    open: HashMap<String, usize>,
}

#[derive(Debug)]
struct Window<Sample> {
    ends_ms: u64,
    counted: u64,
    sample: Option<Sample>,
}

/// An occurrence to record now, standing for `count` of them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Due<Sample> {
    /// The latest of the occurrences.
    pub(crate) sample: Sample,
    /// How many there were since the last record.
    pub(crate) count: u64,
}

impl<Sample> Throttle<Sample> {
    /// A throttle without open windows.
    pub(crate) fn new() -> Self {
        Self {
            windows: HashMap::new(),
            open: HashMap::new(),
        }
    }

    /// Takes an occurrence: the first of a window is due at once, the others are counted.
    #[cfg(test)]
    pub(crate) fn note(&mut self, key: Key, sample: Sample, now_ms: u64) -> Option<Due<Sample>> {
        self.note_many(key, sample, 1, now_ms)
    }

    /// The same for something that stands for `count` occurrences.
    pub(crate) fn note_many(
        &mut self,
        key: Key,
        sample: Sample,
        count: u64,
        now_ms: u64,
    ) -> Option<Due<Sample>> {
        let key = if self.is_full_for(&key.account) && !self.windows.contains_key(&key) {
            crowd(key)
        } else {
            key
        };
        if let Some(window) = self.windows.get_mut(&key) {
            window.counted += count;
            window.sample = Some(sample);
            return if now_ms >= window.ends_ms {
                window.take(now_ms)
            } else {
                None
            };
        }
        *self.open.entry(key.account.clone()).or_default() += 1;
        self.windows.insert(
            key,
            Window {
                ends_ms: now_ms + WINDOW_MS,
                counted: 0,
                sample: None,
            },
        );
        Some(Due { sample, count })
    }

    /// Whether the principals of an account are no longer told apart: it has as many windows as it gets.
    fn is_full_for(&self, account: &str) -> bool {
        let open = self.open.get(account).copied().unwrap_or_default();
        let most = if self.windows.len() < WINDOWS_MAX {
            WINDOWS_PER_ACCOUNT_MAX
        } else {
            WINDOWS_PER_ACCOUNT_MIN
        };
        open >= most
    }

    /// Takes what was counted in windows that are over, and closes those in which nothing was.
    pub(crate) fn due(&mut self, now_ms: u64) -> Vec<Due<Sample>> {
        let open = &mut self.open;
        self.windows.retain(|key, window| {
            let stays = now_ms < window.ends_ms || window.counted > 0;
            if !stays && let Some(count) = open.get_mut(&key.account) {
                *count -= 1;
            }
            stays
        });
        self.open.retain(|_, count| *count > 0);
        self.windows
            .values_mut()
            .filter(|window| now_ms >= window.ends_ms)
            .filter_map(|window| window.take(now_ms))
            .collect()
    }

    /// Takes everything that was counted, at shutdown.
    pub(crate) fn drain(&mut self) -> Vec<Due<Sample>> {
        self.open.clear();
        self.windows
            .drain()
            .filter_map(|(_, mut window)| window.take(0))
            .collect()
    }
}

impl<Sample> Window<Sample> {
    fn take(&mut self, now_ms: u64) -> Option<Due<Sample>> {
        self.ends_ms = now_ms + WINDOW_MS;
        let count = std::mem::take(&mut self.counted);
        self.sample.take().map(|sample| Due { sample, count })
    }
}

/// The key under which occurrences are counted when there are too many principals to tell apart.
///
/// Accounts stay apart whatever their number: the log of one never tells of another.
fn crowd(key: Key) -> Key {
    Key {
        principal: "*".to_owned(),
        ..key
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(principal: &str) -> Key {
        Key {
            account: "acme".into(),
            principal: principal.into(),
            operation: "events.list".into(),
            result: "success",
        }
    }

    #[test]
    fn the_first_is_due_at_once_and_the_rest_when_the_window_is_over() {
        let mut throttle = Throttle::new();
        assert_eq!(
            throttle.note(key("a"), 1, 1_000),
            Some(Due {
                sample: 1,
                count: 1
            })
        );
        assert_eq!(throttle.note(key("a"), 2, 1_001), None);
        assert_eq!(throttle.note(key("a"), 3, 60_999), None);
        assert_eq!(throttle.due(60_999), vec![]);
        assert_eq!(
            throttle.due(61_000),
            vec![Due {
                sample: 3,
                count: 2
            }]
        );
        assert_eq!(
            throttle.note(key("a"), 4, 61_001),
            None,
            "a record opens the next window"
        );
        assert_eq!(
            throttle.note(key("a"), 5, 121_000),
            Some(Due {
                sample: 5,
                count: 2
            })
        );
    }

    #[test]
    fn a_quiet_window_closes() {
        let mut throttle = Throttle::new();
        throttle.note(key("a"), 1, 0);
        assert_eq!(throttle.due(WINDOW_MS), vec![]);
        assert_eq!(
            throttle.note(key("a"), 2, WINDOW_MS + 1),
            Some(Due {
                sample: 2,
                count: 1
            })
        );
    }

    #[test]
    fn nothing_counted_is_forgotten_at_shutdown() {
        let mut throttle = Throttle::new();
        throttle.note(key("a"), 1, 0);
        throttle.note(key("a"), 2, 1);
        throttle.note(key("b"), 3, 1);
        assert_eq!(
            throttle.drain(),
            vec![Due {
                sample: 2,
                count: 1
            }]
        );
    }

    #[test]
    fn a_crowd_shares_one_window() {
        let mut throttle = Throttle::new();
        for n in 0..WINDOWS_PER_ACCOUNT_MAX {
            throttle.note(key(&n.to_string()), n, 0);
        }
        assert!(throttle.note(key("one more"), 0, 0).is_some());
        assert!(throttle.note(key("and another"), 0, 0).is_none());
        assert!(throttle.windows.len() <= WINDOWS_PER_ACCOUNT_MAX + 1);
        assert_eq!(throttle.due(WINDOW_MS).len(), 1, "that of the crowd");
        let again = throttle.note(key("told apart"), 0, WINDOW_MS + 1);
        assert!(again.is_some());
        assert!(throttle.windows.len() <= 2);
    }

    #[test]
    fn the_crowd_of_one_account_does_not_hide_the_principals_of_another() {
        let of = |account: &str, principal: &str| Key {
            account: account.into(),
            ..key(principal)
        };
        let mut throttle = Throttle::new();
        // One account takes all it can, and then many do.
        for account in 0..=WINDOWS_MAX / WINDOWS_PER_ACCOUNT_MAX {
            for n in 0..=WINDOWS_PER_ACCOUNT_MAX {
                throttle.note(of(&account.to_string(), &n.to_string()), n, 0);
            }
            for principal in ["a", "b"] {
                let noted = throttle.note(of("calm", &format!("{account}{principal}")), 0, 0);
                assert!(noted.is_some() || account > 8, "{account} {principal}");
            }
        }
        assert!(throttle.windows.len() >= WINDOWS_MAX);
        assert!(throttle.note(of("late", "a"), 0, 0).is_some());
        assert!(throttle.note(of("late", "b"), 0, 0).is_some());
    }
}
