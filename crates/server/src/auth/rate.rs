//! How often one key may ask: the generic cell rate algorithm (ITU-T I.371), one number per key.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicU64, Ordering},
};

use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// What was announced and what is left (draft-ietf-httpapi-ratelimit-headers-11).
const RATELIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATELIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// When the requests of a key so far are paid for, in microseconds since 1970 UTC.
#[derive(Debug, Default)]
pub(crate) struct Paid(AtomicU64);

/// Where a request stands after it was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// Requests a second, and as many at once after a second of rest.
    pub(crate) quota: u64,
    /// Requests that may follow at once.
    pub(crate) left: u64,
}

impl Paid {
    /// Counts a request at `now_ms`; `None` when the second's `quota` is used up, and then it is not counted.
    pub(crate) fn take(&self, quota: u64, now_ms: u64) -> Option<Standing> {
        let (quota, present_us) = (quota.max(1), now_ms.saturating_mul(1_000));
        let each_us = (1_000_000 / quota).max(1);
        let window_us = each_us.saturating_mul(quota);
        let counted = |paid_us: u64| {
            let paid_us = paid_us.max(present_us).saturating_add(each_us);
            (paid_us - present_us <= window_us).then_some(paid_us)
        };
        let before = self
            .0
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, counted)
            .ok()?;
        let used_us = before.max(present_us) + each_us - present_us;
        let left = window_us.saturating_sub(used_us) / each_us;
        Some(Standing { quota, left })
    }
}

/// Carries the standing from the extractor that counted to the layer that writes the answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Announced(Arc<OnceLock<Standing>>);

impl Announced {
    /// Notes the standing of this request, once.
    pub(crate) fn note(&self, standing: Standing) {
        // Several extractors of one request ask who asks; the first has counted.
        let _ = self.0.set(standing);
    }

    /// What was noted.
    pub(crate) fn standing(&self) -> Option<Standing> {
        self.0.get().copied()
    }

    /// Adds the headers, when a limit applies.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        let Some(Standing { quota, left }) = self.standing() else {
            return;
        };
        for (name, text) in [
            (RATELIMIT_POLICY, format!("\"key\";q={quota};w=1")),
            (RATELIMIT, format!("\"key\";r={left};t=1")),
        ] {
            if let Ok(value) = HeaderValue::from_str(&text) {
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
        while let Some(standing) = paid.take(4, START_MS) {
            left.push(standing.left);
        }
        assert_eq!(left, [3, 2, 1, 0]);
        assert_eq!(paid.take(4, START_MS + 249), None);
        assert_eq!(
            paid.take(4, START_MS + 250),
            Some(Standing { quota: 4, left: 0 })
        );
        assert_eq!(paid.take(4, START_MS + 250), None);
        assert_eq!(
            paid.take(4, START_MS + 10_000).unwrap().left,
            3,
            "rest is not saved up"
        );
    }

    #[test]
    fn no_second_lets_through_more_than_two_quotas() {
        for quota in [1, 3, 7, 1_000, 2_000_000] {
            let paid = Paid::default();
            let passed = (0..1_000)
                .flat_map(|ms| std::iter::repeat_n(ms, 5))
                .filter(|ms| paid.take(quota, START_MS + ms).is_some());
            let passed = u64::try_from(passed.count()).unwrap();
            assert!(
                passed >= quota.min(5_000) && passed <= 2 * quota,
                "{quota}: {passed}"
            );
        }
    }

    #[test]
    fn a_clock_that_goes_back_neither_locks_out_nor_lets_in() {
        let paid = Paid::default();
        assert!(paid.take(1, START_MS).is_some());
        assert!(paid.take(1, START_MS - 500).is_none());
        assert!(paid.take(1, START_MS + 1_000).is_some());
    }
}
