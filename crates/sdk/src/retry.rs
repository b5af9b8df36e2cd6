//! When a request is sent again, and after how long.

use std::time::Duration;

use crate::limits::{ATTEMPTS, FIRST_PAUSE, LONGEST_PAUSE};

/// How often a request that can be repeated without harm is sent, and with which pauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// Attempts, the first one included; at least 1.
    pub attempts: u32,
    /// The pause before the second attempt; it doubles with every further one.
    pub first_pause: Duration,
    /// The longest pause, also when the server asks for more with `Retry-After`.
    pub longest_pause: Duration,
}

impl Default for Retry {
    /// Five attempts with pauses from 100 ms, at most 10 s each.
    fn default() -> Self {
        Self {
            attempts: ATTEMPTS,
            first_pause: FIRST_PAUSE,
            longest_pause: LONGEST_PAUSE,
        }
    }
}

impl Retry {
    /// Never a second attempt.
    pub const NEVER: Self = Self {
        attempts: 1,
        first_pause: Duration::ZERO,
        longest_pause: Duration::ZERO,
    };

    /// The pause after the attempt number `attempt` (from 1), or `None` when that was the last one.
    ///
    /// Without word from the server the pause is between half and all of its step, by `chance` (0 to 255), so that
    /// clients which failed together do not come back together.
    pub(crate) fn pause_after(
        &self,
        attempt: u32,
        asked: Option<Duration>,
        chance: u8,
    ) -> Option<Duration> {
        if attempt >= self.attempts {
            return None;
        }
        let doubled = 2_u32.saturating_pow(attempt.saturating_sub(1));
        let step = self.first_pause.saturating_mul(doubled);
        let pause = asked.unwrap_or(step / 2 + step / 512 * u32::from(chance));
        Some(pause.min(self.longest_pause))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_stay_bounded_and_end() {
        let ms = Duration::from_millis;
        let retry = Retry {
            attempts: 4,
            first_pause: ms(512),
            longest_pause: ms(1500),
        };
        assert_eq!(retry.pause_after(1, None, 0), Some(ms(256)));
        assert_eq!(retry.pause_after(1, None, 255), Some(ms(511)));
        assert_eq!(retry.pause_after(2, None, 0), Some(ms(512)));
        assert_eq!(retry.pause_after(3, None, 255), Some(ms(1500)));
        assert_eq!(retry.pause_after(4, None, 0), None);
        assert_eq!(retry.pause_after(1, Some(ms(1000)), 0), Some(ms(1000)));
        assert_eq!(retry.pause_after(1, Some(ms(9000)), 0), Some(ms(1500)));
        assert_eq!(Retry::NEVER.pause_after(1, None, 0), None);
    }
}
