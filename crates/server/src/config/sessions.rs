use super::section::section;
use crate::control::Lifetime;

section! {
    /// How long people stay signed in.
    Sessions {
        /// Hours after its last use after which a session ends.
        idle_hours: u64 = 12,
        /// Hours after the sign-in after which a session ends, however much it is used.
        absolute_hours: u64 = 168,
    }
}

impl Sessions {
    /// How long sessions last.
    pub(crate) fn lifetime(&self) -> Lifetime {
        let ms = |hours: u64| hours.saturating_mul(60 * 60 * 1_000);
        Lifetime {
            idle_ms: ms(self.idle_hours),
            absolute_ms: ms(self.absolute_hours),
        }
    }
}
