//! Made-up events that look like a year of a real company, for `annals demo` and `annals bench gen`.
//!
//! [`Sample`] tells the year of *Acme Robotics*: people who come and go, agents that are created, renamed and deleted,
//! everyday work with its daily and weekly rhythm, and a few stories worth finding in an audit log.
//! [`Load`] writes many events of realistic size and spread as fast as a machine can take them.
//! Both depend on nothing but their parameters: the same seed tells the same story, and the time comes from outside.

mod calendar;
mod change;
mod load;
mod network;
mod people;
mod random;
mod repertoire;
mod roster;
mod spec;
mod stage;
mod story;
mod thing;

use std::collections::VecDeque;

use serde_json::Value;

pub(crate) use load::Load;

use calendar::{YEAR_MS, everyday_moments};
use random::Random;
use spec::{Spec, routine};
use stage::Stage;
use story::Cue;

/// As many events `annals demo` shows unless told otherwise: enough for a year of charts, little enough to start fast.
pub(crate) const DEFAULT_COUNT: usize = 20_000;

/// The account in which the sample belongs.
pub(crate) const ACCOUNT_NAME: &str = "Acme Robotics";

/// One made-up event.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SampleEvent {
    /// When it happened, in milliseconds since 1970; also in the event as `occurred_at`.
    pub(crate) at_ms: u64,
    /// The event as a client sends it.
    pub(crate) event: Value,
}

/// A year of events in time order.
#[derive(Debug)]
pub(crate) struct Sample {
    stage: Stage,
    told: VecDeque<Cue>,
    everyday: VecDeque<u64>,
    choice: Random,
    routine: Vec<(u32, &'static Spec)>,
}

impl Sample {
    /// The newest `count` events of the year that ends at `now_ms`.
    ///
    /// Stories come first: everyday work fills what they leave of `count`, so a small sample is mostly stories.
    pub(crate) fn new(seed: u64, count: usize, now_ms: u64) -> Self {
        let mut random = Random::new(seed);
        let begin = now_ms.saturating_sub(YEAR_MS);
        let stage = Stage::new(begin, now_ms, random.fork());
        let mut told = story::all(stage.roster(), begin, now_ms, &mut random.fork());
        let superfluous = told.len().saturating_sub(count);
        told.drain(..superfluous);
        let everyday = everyday_moments(begin, now_ms, count - told.len(), &mut random.fork());
        Self {
            stage,
            told,
            everyday: everyday.into(),
            choice: random.fork(),
            routine: routine(),
        }
    }

    /// One piece of everyday work at this time.
    fn everyday(&mut self, at_ms: u64) -> Value {
        let total = self.routine.last().map_or(0, |(upto, _)| *upto);
        loop {
            let place = u32::try_from(self.choice.below(u64::from(total))).unwrap_or(0);
            let at = self.routine.partition_point(|(upto, _)| *upto <= place);
            if let Some((_, spec)) = self.routine.get(at)
                && let Some(event) = self.stage.play(spec, &Cue::of(spec.action, at_ms))
            {
                return event;
            }
        }
    }
}

impl Iterator for Sample {
    type Item = SampleEvent;

    fn next(&mut self) -> Option<SampleEvent> {
        let story_is_next = match (self.told.front(), self.everyday.front()) {
            (Some(cue), Some(at_ms)) => cue.at_ms <= *at_ms,
            (Some(_), None) => true,
            (None, _) => false,
        };
        if !story_is_next {
            let at_ms = self.everyday.pop_front()?;
            return Some(SampleEvent {
                at_ms,
                event: self.everyday(at_ms),
            });
        }
        let cue = self.told.pop_front()?;
        let told = spec::named(cue.action).and_then(|spec| self.stage.play(spec, &cue));
        // What a rare event would be about may not exist then; everyday work takes its place.
        let event = told.unwrap_or_else(|| self.everyday(cue.at_ms));
        Some(SampleEvent {
            at_ms: cue.at_ms,
            event,
        })
    }
}

#[cfg(test)]
mod tests;
