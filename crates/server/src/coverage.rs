//! What is declared against what is recorded; pure.

use std::collections::{BTreeSet, HashSet};

use api::{
    catalog::{CatalogCoverage, SilentAction, UndeclaredAction, UndeclaredField},
    search::AsOf,
};
use event::{Catalogue, Declared, PackId, Timestamp, catalogue::FieldPlace};
use index::ActionSeen;

/// How many of the newest hours in which an action came decide what is usual: two weeks of working days.
pub(crate) const HOURS: usize = 80;

/// In so many hours an action must have come before its absence says anything.
const HOURS_MIN: usize = 8;

/// So many usual gaps are a silence.
const GAPS: u64 = 8;

/// A silence is longer than this: what comes every minute may pause for a night.
const SILENCE_MIN_S: u64 = 24 * 60 * 60;

/// The most items of one list.
const LISTED_MAX: usize = 1_000;

/// Compares a catalogue with what was recorded, as of `now`.
pub(crate) fn covered(
    catalogue: &Catalogue,
    seen: &[ActionSeen],
    now: Timestamp,
    as_of: AsOf,
) -> CatalogCoverage {
    let (never_seen, packs_never_seen) = never_seen(catalogue, seen);
    let mut undeclared: Vec<&ActionSeen> = seen
        .iter()
        .filter(|seen| {
            catalogue.get(&seen.action).is_none() && !catalogue.is_reserved(&seen.action)
        })
        .collect();
    undeclared.sort_by(|a, b| (b.count, &a.action).cmp(&(a.count, &b.action)));
    let undeclared_total = undeclared.len() as u64;
    let at = |ns: i64| Timestamp::from_ns(ns).unwrap_or(now).to_string();
    let listed = undeclared.into_iter().take(LISTED_MAX);
    CatalogCoverage {
        never_seen,
        packs_never_seen,
        undeclared: listed
            .map(|seen| UndeclaredAction {
                action: seen.action.clone(),
                count: seen.count,
                first_at: at(seen.first_at_ns),
                last_at: at(seen.last_at_ns),
            })
            .collect(),
        undeclared_total,
        undeclared_fields: undeclared_fields(catalogue, seen),
        silent: silent(catalogue, seen, now),
        as_of,
    }
}

/// What nobody recorded yet: actions, and packs as a whole.
fn never_seen(catalogue: &Catalogue, seen: &[ActionSeen]) -> (Vec<String>, Vec<String>) {
    // What was recorded under another name counts for the action that the name stands for.
    let known: HashSet<&str> = seen
        .iter()
        .map(|seen| catalogue.canonical(&seen.action))
        .collect();
    let is_seen = |declared: &&Declared| known.contains(declared.action.as_str());
    let packs_seen: BTreeSet<PackId> = catalogue
        .declarations()
        .filter(is_seen)
        .filter_map(|declared| declared.pack)
        .collect();
    let missed = catalogue
        .declarations()
        .filter(|declared| !is_seen(declared) && is_expected(catalogue, &declared.action));
    let mut actions = Vec::new();
    let mut packs = BTreeSet::new();
    for declared in missed {
        match declared.pack {
            Some(pack) if !packs_seen.contains(&pack) => drop(packs.insert(pack)),
            _ => actions.push(declared.action.clone()),
        }
    }
    actions.truncate(LISTED_MAX);
    let packs = packs.into_iter().map(|pack| pack.as_str().to_owned());
    (actions, packs.collect())
}

/// Whether the absence of an action says anything about a product.
fn is_expected(catalogue: &Catalogue, action: &str) -> bool {
    catalogue.deprecation(action).is_none() && !catalogue.is_reserved(action)
}

/// Metadata of declared actions that their declarations do not have, most frequent first.
fn undeclared_fields(catalogue: &Catalogue, seen: &[ActionSeen]) -> Vec<UndeclaredField> {
    let mut found = Vec::new();
    for seen in seen
        .iter()
        .filter(|seen| !catalogue.is_reserved(&seen.action))
    {
        let Some(declared) = catalogue.get(&seen.action) else {
            continue;
        };
        let keys: HashSet<&str> = declared
            .fields
            .iter()
            .filter(|field| field.place == FieldPlace::Metadata)
            .map(|field| field.key.as_str())
            .collect();
        let others = seen
            .keys
            .iter()
            .filter(|(key, _)| !keys.contains(key.as_str()));
        found.extend(others.map(|(key, count)| UndeclaredField {
            action: seen.action.clone(),
            key: key.clone(),
            count: *count,
        }));
    }
    found.sort_by(|a, b| (b.count, &a.action, &a.key).cmp(&(a.count, &b.action, &b.key)));
    found.truncate(LISTED_MAX);
    found
}

/// What came regularly and has stopped, the longest silence first.
fn silent(catalogue: &Catalogue, seen: &[ActionSeen], now: Timestamp) -> Vec<SilentAction> {
    let mut found: Vec<(i64, SilentAction)> = seen
        .iter()
        // What an account gave another name comes under the other one now.
        .filter(|seen| catalogue.canonical(&seen.action) == seen.action)
        .filter(|seen| is_expected(catalogue, &seen.action))
        .filter_map(|seen| {
            let usual_gap_s = usual_gap_when_silent(&seen.hours, seen.last_at_ns, now.ns())?;
            let last_at = Timestamp::from_ns(seen.last_at_ns).ok()?.to_string();
            let action = seen.action.clone();
            let silent = SilentAction {
                action,
                last_at,
                usual_gap_s,
            };
            Some((seen.last_at_ns, silent))
        })
        .collect();
    found.sort_by(|a, b| (a.0, &a.1.action).cmp(&(b.0, &b.1.action)));
    found.truncate(LISTED_MAX);
    found.into_iter().map(|(_, silent)| silent).collect()
}

/// The usual gap between two hours in which an action came, in seconds, when its silence is longer than usual.
///
/// `hours` are those in which it came, newest first, counted from 1970. Usual is the median of the gaps between
/// neighbours, the upper one of two. A silence is longer than a day, than eight usual gaps, and than one and a half
/// times the longest gap, so that what rests every night or weekend is not missed on Monday.
fn usual_gap_when_silent(hours: &[i64], last_at_ns: i64, now_ns: i64) -> Option<u64> {
    if hours.len() < HOURS_MIN {
        return None;
    }
    let neighbours = hours.windows(2).filter_map(|pair| match pair {
        [newer, older] => u64::try_from(newer - older).ok(),
        _ => None,
    });
    let mut gaps: Vec<u64> = neighbours.map(|hours| hours * 3_600).collect();
    gaps.sort_unstable();
    let usual = *gaps.get(gaps.len() / 2)?;
    let longest = *gaps.last()?;
    let silence_s = u64::try_from(now_ns.saturating_sub(last_at_ns)).ok()? / 1_000_000_000;
    let most = SILENCE_MIN_S.max(usual * GAPS).max(longest + longest / 2);
    (silence_s > most).then_some(usual)
}

#[cfg(test)]
mod tests;
