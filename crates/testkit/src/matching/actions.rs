//! How often and when each action came, counted one event after the other.

use std::collections::BTreeMap;

use event::Event;
use index::ActionSeen;

/// What events, in order of time, tell of each action.
pub(super) fn told<'a>(events: impl Iterator<Item = &'a Event>, hours: usize) -> Vec<ActionSeen> {
    let mut seen: BTreeMap<&str, ActionSeen> = BTreeMap::new();
    for event in events {
        let at = event.occurred_at.ns();
        let of = seen.entry(&event.action).or_insert_with(|| ActionSeen {
            action: event.action.clone(),
            first_at_ns: at,
            ..ActionSeen::default()
        });
        of.count += 1;
        of.last_at_ns = at;
        of.hours.insert(0, at.div_euclid(3_600_000_000_000));
        for key in event.metadata.keys() {
            match of.keys.iter_mut().find(|(other, _)| other == key) {
                Some((_, count)) => *count += 1,
                None => of.keys.push((key.clone(), 1)),
            }
        }
    }
    let finished = seen.into_values().map(|mut of| {
        of.hours.dedup();
        of.hours.truncate(hours);
        of.keys.sort();
        of
    });
    finished.collect()
}
