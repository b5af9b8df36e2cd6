//! Latencies, counted in buckets whose width grows with the value: no percentile is off by more than 1 %.

use std::time::Duration;

use serde::Serialize;

/// Buckets of every power of two, and of the values below twice that.
const STEPS: u64 = 128;
/// Buckets up to 2^64 microseconds.
const BUCKETS: usize = 58 * 128;

/// How often which latency was seen.
#[derive(Clone, Debug)]
pub(super) struct Latencies {
    buckets: Vec<u64>,
    count: u64,
    most_us: u64,
}

/// Percentiles in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(super) struct Percentiles {
    pub(super) p50: f64,
    pub(super) p95: f64,
    pub(super) p99: f64,
    pub(super) max: f64,
}

impl Default for Latencies {
    fn default() -> Self {
        Self {
            buckets: vec![0; BUCKETS],
            count: 0,
            most_us: 0,
        }
    }
}

impl Latencies {
    /// Counts one.
    pub(super) fn add(&mut self, latency: Duration) {
        let us = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
        if let Some(bucket) = self.buckets.get_mut(bucket_of(us)) {
            *bucket += 1;
        }
        self.count += 1;
        self.most_us = self.most_us.max(us);
    }

    /// Counts all of another.
    pub(super) fn merge(&mut self, other: &Self) {
        for (bucket, more) in self.buckets.iter_mut().zip(&other.buckets) {
            *bucket += more;
        }
        self.count += other.count;
        self.most_us = self.most_us.max(other.most_us);
    }

    /// The value that `hundredths` percent of all values do not exceed, in microseconds.
    fn percentile_us(&self, hundredths: u64) -> u64 {
        let wanted = (self.count * hundredths).div_ceil(100).max(1);
        let mut seen = 0;
        for (bucket, count) in self.buckets.iter().enumerate() {
            seen += count;
            if seen >= wanted {
                return end_of(bucket as u64).min(self.most_us);
            }
        }
        self.most_us
    }

    /// The percentiles that are reported.
    pub(super) fn percentiles(&self) -> Percentiles {
        let [p50, p95, p99] = [50, 95, 99].map(|percent| ms(self.percentile_us(percent)));
        Percentiles {
            p50,
            p95,
            p99,
            max: ms(self.most_us),
        }
    }
}

/// Milliseconds with two digits, which is more than a run repeats.
fn ms(us: u64) -> f64 {
    Duration::from_micros(us.next_multiple_of(10)).as_secs_f64() * 1_000.0
}

fn bucket_of(us: u64) -> usize {
    let bucket = if us < 2 * STEPS {
        us
    } else {
        let shift = u64::from(us.ilog2()) - 7;
        shift * STEPS + (us >> shift)
    };
    usize::try_from(bucket).unwrap_or(usize::MAX)
}

/// The largest value of a bucket.
fn end_of(bucket: u64) -> u64 {
    if bucket < 2 * STEPS {
        return bucket;
    }
    let shift = bucket / STEPS - 1;
    let step = bucket - shift * STEPS;
    (step << shift) + ((1 << shift) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_in_a_bucket_that_ends_within_one_percent() {
        let powers = (0..64).flat_map(|shift| [1_u64 << shift, (1 << shift) - 1, (1 << shift) + 1]);
        for us in powers.chain([0, 3, 999, 123_456, u64::MAX]) {
            let bucket = bucket_of(us);
            assert!(bucket < BUCKETS, "{us}");
            let end = end_of(bucket as u64);
            assert!(end >= us && end - us <= us / 100, "{us} ends at {end}");
            assert!(bucket == 0 || end_of(bucket as u64 - 1) < us, "{us}");
        }
    }

    #[test]
    fn percentiles_are_those_of_a_sorted_list() {
        let mut one = Latencies::default();
        let mut other = Latencies::default();
        for us in 1..=1_000_u64 {
            let half = if us % 2 == 0 { &mut one } else { &mut other };
            half.add(Duration::from_micros(us * 1_000));
        }
        one.merge(&other);
        let found = one.percentiles();
        for (found, exact) in [(found.p50, 500.0), (found.p95, 950.0), (found.p99, 990.0)] {
            assert!(
                (found - exact).abs() <= exact / 100.0,
                "{found} is not {exact}"
            );
        }
        assert!((found.max - 1_000.0).abs() < f64::EPSILON);
    }
}
