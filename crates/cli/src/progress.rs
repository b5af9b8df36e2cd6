//! Progress of what takes longer than a moment, on a terminal only.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on standard error; nothing when that is no terminal.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// A bar of `total` steps; without a total, a count.
    pub(crate) fn new(what: &'static str, total: Option<u64>) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self::none();
        }
        let (bar, template) = match total {
            Some(total) => (
                ProgressBar::new(total),
                "{msg} {wide_bar} {human_pos}/{human_len} {eta}",
            ),
            None => (
                ProgressBar::no_length(),
                "{spinner} {msg} {human_pos} {per_sec}",
            ),
        };
        // Ten frames a second cost nothing on any terminal.
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        bar.set_style(
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        bar.set_message(what);
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    /// No bar.
    pub(crate) fn none() -> Self {
        Self(ProgressBar::hidden())
    }

    /// `count` more steps are done.
    pub(crate) fn add(&self, count: u64) {
        self.0.inc(count);
    }

    /// So many steps of so many are done.
    pub(crate) fn set(&self, done: u64, total: u64) {
        self.0.set_length(total);
        self.0.set_position(done);
    }
}

/// The bar goes when the work is done.
impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
