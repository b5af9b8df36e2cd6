//! How often somebody may ask: the generic cell rate algorithm (ITU-T I.371), one number for each who is counted.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// What was announced and what is left (draft-ietf-httpapi-ratelimit-headers-10).
const RATELIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATELIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Until when what was asked for so far is paid, in microseconds since 1970 UTC.
#[derive(Debug, Default)]
pub(crate) struct Paid(AtomicU64);

/// Which limit is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Policy {
    /// The requests of a key.
    Key,
    /// The requests to an account.
    Account,
    /// The events sent to an account.
    AccountEvents,
}

impl Policy {
    fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Account => "account",
            Self::AccountEvents => "account-events",
        }
    }

    /// What is counted, when it is not requests.
    fn unit(self) -> &'static str {
        match self {
            Self::Key | Self::Account => "",
            Self::AccountEvents => ";qu=\"events\"",
        }
    }
}

/// Where a request stands after it was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// How many a second, and as many at once after a second of rest.
    pub(crate) quota: u64,
    /// How many may follow at once.
    pub(crate) left: u64,
    /// Seconds until all of the quota is there again.
    pub(crate) full_in_s: u64,
}

/// How many milliseconds to wait for what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wait(u64);

impl Wait {
    /// Whole seconds, at least one, as in `Retry-After`.
    pub(crate) fn seconds(self) -> u64 {
        self.0.div_ceil(1_000).max(1)
    }
}

impl Paid {
    /// Counts `count` at `now_ms`; when the second's `quota` is used up, nothing is counted.
    ///
    /// More than a second's quota at once takes a whole second's quota that is unused, and is paid for afterwards: what
    /// follows waits the longer. So a batch of any size gets through, and no long time sees more than its quota.
    pub(crate) fn take(&self, quota: u64, count: u64, now_ms: u64) -> Result<Standing, Wait> {
        let (quota, present_us) = (quota.max(1), now_ms.saturating_mul(1_000));
        let each_us = (1_000_000 / quota).max(1);
        let window_us = each_us.saturating_mul(quota);
        let needed_us = each_us.saturating_mul(count.min(quota));
        let behind_us = |paid_us: u64| {
            let used_us = paid_us.saturating_sub(present_us);
            used_us.saturating_add(needed_us).saturating_sub(window_us)
        };
        let counted = |paid_us: u64| {
            let paid = paid_us
                .max(present_us)
                .saturating_add(each_us.saturating_mul(count));
            (behind_us(paid_us) == 0).then_some(paid)
        };
        let before = self
            .0
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, counted)
            .map_err(|paid_us| Wait(behind_us(paid_us).div_ceil(1_000)))?;
        let used_us = counted(before).unwrap_or(present_us) - present_us;
        Ok(Standing {
            quota,
            left: window_us.saturating_sub(used_us) / each_us,
            full_in_s: used_us.div_ceil(1_000_000).max(1),
        })
    }
}

/// Carries the standings from the extractors that counted to the layer that writes the answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Announced(Arc<Mutex<Vec<(Policy, Standing)>>>);

impl Announced {
    /// Counts `count` by a policy, once a request: several extractors of one request ask who asks.
    pub(crate) fn take(
        &self,
        policy: Policy,
        paid: &Paid,
        quota: u64,
        count: u64,
        now_ms: u64,
    ) -> Result<(), Wait> {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.iter().any(|(other, _)| *other == policy) {
            return Ok(());
        }
        let taken = paid.take(quota, count, now_ms);
        let none = |wait: Wait| Standing {
            quota,
            left: 0,
            full_in_s: wait.seconds(),
        };
        noted.push((policy, taken.unwrap_or_else(none)));
        taken.map(|_| ())
    }

    /// Adds the headers, when a limit applies.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        let noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.is_empty() {
            return;
        }
        let policy = |(policy, standing): &(Policy, Standing)| {
            let (name, unit) = (policy.name(), policy.unit());
            format!("\"{name}\";q={};w=1{unit}", standing.quota)
        };
        let standing = |(policy, standing): &(Policy, Standing)| {
            let Standing {
                left, full_in_s, ..
            } = standing;
            format!("\"{}\";r={left};t={full_in_s}", policy.name())
        };
        let policies: Vec<String> = noted.iter().map(policy).collect();
        let standings: Vec<String> = noted.iter().map(standing).collect();
        for (name, texts) in [(RATELIMIT_POLICY, policies), (RATELIMIT, standings)] {
            if let Ok(value) = HeaderValue::from_str(&texts.join(", ")) {
                headers.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START_MS: u64 = 1_790_000_000_000;

    #[test]
    fn a_quota_is_used_up_and_comes_back_evenly() {
        let paid = Paid::default();
        let mut left = Vec::new();
        while let Ok(standing) = paid.take(4, 1, START_MS) {
            left.push(standing.left);
        }
        assert_eq!(left, [3, 2, 1, 0]);
        assert_eq!(paid.take(4, 1, START_MS + 249), Err(Wait(1)));
        assert_eq!(paid.take(4, 1, START_MS + 250).unwrap().left, 0);
        assert_eq!(paid.take(4, 1, START_MS + 250), Err(Wait(250)));
        let rested = paid.take(4, 1, START_MS + 10_000).unwrap();
        assert_eq!(rested.left, 3, "rest is not saved up");
    }

    #[test]
    fn no_second_lets_through_more_than_two_quotas() {
        for quota in [1, 3, 7, 1_000, 2_000_000] {
            let paid = Paid::default();
            let passed = (0..1_000)
                .flat_map(|ms| std::iter::repeat_n(ms, 5))
                .filter(|ms| paid.take(quota, 1, START_MS + ms).is_ok());
            let passed = u64::try_from(passed.count()).unwrap();
            assert!(
                passed >= quota.min(5_000) && passed <= 2 * quota,
                "{quota}: {passed}"
            );
        }
    }

    #[test]
    fn a_large_batch_is_paid_for_afterwards() {
        let paid = Paid::default();
        let standing = paid.take(100, 1_000, START_MS).unwrap();
        assert_eq!((standing.left, standing.full_in_s), (0, 10));
        let Err(wait) = paid.take(100, 1, START_MS) else {
            panic!("it is not paid for");
        };
        assert_eq!((wait, wait.seconds()), (Wait(9_010), 10));
        assert!(paid.take(100, 1, START_MS + 9_009).is_err());
        assert!(paid.take(100, 1, START_MS + 9_010).is_ok());
        assert!(paid.take(100, 1_000, START_MS + 9_010).is_err());
        assert!(paid.take(100, 1_000, START_MS + 11_000).is_ok());
    }

    #[test]
    fn a_clock_that_goes_back_neither_locks_out_nor_lets_in() {
        let paid = Paid::default();
        assert!(paid.take(1, 1, START_MS).is_ok());
        assert!(paid.take(1, 1, START_MS - 500).is_err());
        assert!(paid.take(1, 1, START_MS + 1_000).is_ok());
    }
}
