//! Beginnings, ends, new names, and what happens a few times a year.

use super::super::calendar::{HOUR_MS, MINUTE_MS, working_time};
use super::super::random::Random;
use super::super::roster::{Entry, Roster};
use super::super::spec::{self, Kind, Often, Spec};
use super::Cue;

/// The events with which things come into being, get another name, and go.
pub(super) fn lives(roster: &Roster) -> Vec<Cue> {
    let mut cues = Vec::new();
    for (place, entry) in roster.entries() {
        let mut at = |often: Often, at_ms: Option<u64>| {
            let action =
                spec::all().find(|spec| spec.often == often && spec.on == Some(entry.kind));
            if let (Some(spec), Some(at_ms)) = (action, at_ms) {
                cues.push(Cue::of(spec.action, at_ms).on(Some(place)).succeeds());
            }
        };
        at(Often::Begins, entry.begins_ms);
        at(Often::Ends, entry.ends_ms);
        for (renamed_ms, _) in entry.names.iter().skip(1) {
            at(Often::Renames, Some(*renamed_ms));
        }
    }
    cues
}

/// What happens once or a few times a year, in working hours.
pub(super) fn rare(roster: &Roster, begin_ms: u64, now_ms: u64, random: &mut Random) -> Vec<Cue> {
    let mut cues = Vec::new();
    for spec in spec::all() {
        match spec.often {
            Often::First => {
                let at_ms = begin_ms + random.between(1, 50) * MINUTE_MS;
                cues.push(Cue::of(spec.action, at_ms).succeeds());
            }
            Often::Yearly(times) => {
                for time in 0..times {
                    let from_days = 2 + 361 * time / times;
                    let upto_days = 2 + 361 * (time + 1) / times;
                    let days_ago = random.between(from_days, upto_days);
                    let wanted = working_time(days_ago, begin_ms, now_ms, random);
                    cues.push(Cue::of(spec.action, possible(spec, roster, wanted)));
                }
            }
            Often::Everyday(_) | Often::Begins | Often::Ends | Often::Renames => {}
        }
    }
    cues
}

/// The wanted time, or a time soon after the beginning of the first thing it can be about.
fn possible(spec: &Spec, roster: &Roster, wanted_ms: u64) -> u64 {
    let of_kind = |kind: Kind| {
        roster
            .entries()
            .map(|(_, entry)| entry)
            .filter(move |entry| entry.kind == kind)
    };
    let Some(kind) = spec.on else {
        return wanted_ms;
    };
    if of_kind(kind).any(|entry| entry.exists(wanted_ms)) {
        return wanted_ms;
    }
    let soon = |entry: &Entry| {
        entry
            .begins_ms
            .map(|begins| begins + HOUR_MS)
            .filter(|at_ms| entry.exists(*at_ms))
    };
    of_kind(kind).filter_map(soon).min().unwrap_or(wanted_ms)
}
