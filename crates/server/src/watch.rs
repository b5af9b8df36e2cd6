//! Looks after the instance itself: the disk, the clock, the index and what the self-audit has lost.
//!
//! [`Watch`] decides from what was seen; the task asks every ten seconds.

use std::{
    collections::{HashMap, HashSet},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use ledger::LogNumber;
use tokio::time::{Instant, MissedTickBehavior};

use crate::{
    app::App,
    audit::{Failed, Failure},
    control::AccountId,
};

/// How often it is looked: a disk fills in minutes, a clock jumps at any moment.
const EVERY: Duration = Duration::from_secs(10);

/// Clocks kept by NTP are slewed, not set, below half a second.
const CLOCK_BACK_MS: i64 = 2_000;

/// A machine that was suspended for a moment is nobody's failure.
const CLOCK_AHEAD_MS: i64 = 60_000;

/// An index that stands still, or is far behind, for so long is told.
const BEHIND_FOR_MS: u64 = 60_000;

/// Behind by so many entries for a minute, an index is told even when it goes on.
const FAR_BEHIND: u64 = 100_000;

/// How many altered entries are remembered, so that each is told once.
const ALTERED_MAX: usize = 10_000;

/// Tells how many bytes are free.
pub trait DiskProbe: Send + Sync {
    /// The bytes that a process without privileges can still write.
    fn free_bytes(&self) -> io::Result<u64>;
}

/// The file system of a directory.
#[derive(Debug)]
pub struct FileSystem(PathBuf);

impl FileSystem {
    /// That of this directory.
    pub fn of(directory: &Path) -> Self {
        Self(directory.to_owned())
    }
}

impl DiskProbe for FileSystem {
    fn free_bytes(&self) -> io::Result<u64> {
        let found = rustix::fs::statvfs(&self.0)?;
        Ok(found.f_bavail.saturating_mul(found.f_frsize))
    }
}

/// What was seen at one moment.
#[derive(Clone, Debug, Default)]
struct Seen {
    /// What the clock says, milliseconds since 1970 UTC.
    wall_ms: u64,
    /// Milliseconds since some moment, which no clock changes.
    steady_ms: u64,
    /// Free bytes; `None` when that cannot be told.
    free: Option<u64>,
    /// How many there should be; 0 for any.
    least_free: u64,
    /// Notices of the self-audit that were lost since the process started.
    lost: u64,
    /// The logs with their sizes, and how far the index is.
    logs: Vec<(LogNumber, u64, u64)>,
}

/// What is known from the looks before.
#[derive(Debug, Default)]
struct Watch {
    disk_is_low: bool,
    clock: Option<(u64, u64)>,
    lost: u64,
    behind: HashMap<LogNumber, Behind>,
}

#[derive(Debug)]
struct Behind {
    applied: u64,
    /// Since when it stands at `applied`, and since when it is far behind.
    still_since: u64,
    far_since: Option<u64>,
    is_told: bool,
}

/// A failure, of one log or of the instance.
type Found = (Option<LogNumber>, Failure);

impl Watch {
    fn look(&mut self, seen: &Seen) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        found.extend(self.disk(seen).map(|failure| (None, failure)));
        found.extend(self.clock(seen).map(|failure| (None, failure)));
        if seen.lost > self.lost {
            let count = seen.lost - self.lost;
            found.push((None, Failure::NoticesLost { count }));
            self.lost = seen.lost;
        }
        for (log, size, applied) in &seen.logs {
            let failure = self.index(*log, *size, *applied, seen.steady_ms);
            found.extend(failure.map(|failure| (Some(*log), failure)));
        }
        found
    }

    fn disk(&mut self, seen: &Seen) -> Option<Failure> {
        let (free, least) = (seen.free?, seen.least_free);
        if !self.disk_is_low && free < least {
            self.disk_is_low = true;
            return Some(Failure::DiskLow { free, least });
        }
        // A tenth more than the limit, so that a disk at its edge is not told again and again.
        if self.disk_is_low && free >= least.saturating_add(least / 10) {
            self.disk_is_low = false;
            return Some(Failure::DiskFine { free });
        }
        None
    }

    fn clock(&mut self, seen: &Seen) -> Option<Failure> {
        let (wall, steady) = self.clock.replace((seen.wall_ms, seen.steady_ms))?;
        let passed = |now: u64, before: u64| {
            i64::try_from(now).unwrap_or(i64::MAX) - i64::try_from(before).unwrap_or(i64::MAX)
        };
        let jump = passed(seen.wall_ms, wall) - passed(seen.steady_ms, steady);
        let seconds = jump.unsigned_abs().div_ceil(1_000);
        if jump <= -CLOCK_BACK_MS {
            Some(Failure::ClockBack { seconds })
        } else if jump >= CLOCK_AHEAD_MS {
            Some(Failure::ClockAhead { seconds })
        } else {
            None
        }
    }

    fn index(&mut self, log: LogNumber, size: u64, applied: u64, now: u64) -> Option<Failure> {
        let entries = size.saturating_sub(applied);
        if entries == 0 {
            let was_told = self
                .behind
                .remove(&log)
                .is_some_and(|behind| behind.is_told);
            return was_told.then_some(Failure::IndexCaughtUp);
        }
        let behind = self.behind.entry(log).or_insert(Behind {
            applied,
            still_since: now,
            far_since: None,
            is_told: false,
        });
        if behind.applied != applied {
            (behind.applied, behind.still_since) = (applied, now);
        }
        behind.far_since = (entries >= FAR_BEHIND).then(|| behind.far_since.unwrap_or(now));
        let lasts = |since: u64| now.saturating_sub(since) >= BEHIND_FOR_MS;
        if behind.is_told || !(lasts(behind.still_since) || behind.far_since.is_some_and(lasts)) {
            return None;
        }
        behind.is_told = true;
        Some(Failure::IndexBehind { entries })
    }
}

/// The watch of a running instance.
pub(crate) struct Watcher {
    probe: Arc<dyn DiskProbe>,
    began: Instant,
    watch: Mutex<Watch>,
    altered: Mutex<HashSet<(AccountId, Option<u64>)>>,
}

impl Watcher {
    pub(crate) fn new(probe: Arc<dyn DiskProbe>) -> Self {
        Self {
            probe,
            began: Instant::now(),
            watch: Mutex::default(),
            altered: Mutex::default(),
        }
    }
}

impl App {
    /// Looks once, and tells the self-audit what was found.
    pub(crate) fn look_around(&self) {
        let now_ms = self.clock.now_ms();
        let logs = self.ledger.logs();
        let seen = Seen {
            wall_ms: now_ms,
            steady_ms: u64::try_from(self.watcher.began.elapsed().as_millis()).unwrap_or(u64::MAX),
            free: self.watcher.probe.free_bytes().ok(),
            least_free: self.config.instance.disk_low_bytes,
            lost: self.audit.lost().get(),
            logs: logs
                .iter()
                .map(|log| {
                    let applied = self.index.applied(log.number.get());
                    (log.number, log.size.get(), applied.get())
                })
                .collect(),
        };
        let found = {
            let watch = self.watcher.watch.lock();
            watch.unwrap_or_else(PoisonError::into_inner).look(&seen)
        };
        for (log, what) in found {
            let account = log.and_then(|log| self.control.accounts.of_log(log));
            self.audit.failed(Failed {
                account: account.unwrap_or_else(AccountId::reserved),
                what,
                at_ms: now_ms,
            });
        }
    }

    /// Tells that stored bytes of an account do not match its log; each entry once while the process lives.
    pub(crate) fn found_altered(&self, account: AccountId, index: Option<u64>, reason: String) {
        let mut altered = self
            .watcher
            .altered
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if altered.len() >= ALTERED_MAX || !altered.insert((account.clone(), index)) {
            return;
        }
        drop(altered);
        self.audit.failed(Failed {
            account,
            what: Failure::Altered { index, reason },
            at_ms: self.clock.now_ms(),
        });
    }
}

/// Looks now and then, until it is aborted.
pub(crate) async fn keep_watch(app: Arc<App>) {
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        app.look_around();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(steady_s: u64) -> Seen {
        Seen {
            wall_ms: 1_790_000_000_000 + steady_s * 1_000,
            steady_ms: steady_s * 1_000,
            free: Some(5_000),
            least_free: 1_000,
            ..Seen::default()
        }
    }

    #[test]
    fn a_disk_is_told_once_when_it_fills_and_once_when_it_has_room_again() {
        let mut watch = Watch::default();
        let mut told = Vec::new();
        for (second, free) in [5_000, 999, 10, 1_050, 900, 1_100, 5_000, 1]
            .into_iter()
            .enumerate()
        {
            let seen = Seen {
                free: Some(free),
                ..at(second as u64)
            };
            told.extend(watch.look(&seen));
        }
        let low = |free| (None, Failure::DiskLow { free, least: 1_000 });
        assert_eq!(
            told,
            [low(999), (None, Failure::DiskFine { free: 1_100 }), low(1)]
        );
        let unknown = Seen {
            free: None,
            ..at(9)
        };
        assert_eq!(watch.look(&unknown), []);
    }

    #[test]
    fn a_clock_that_is_set_is_told_and_one_that_is_slewed_is_not() {
        let mut watch = Watch::default();
        let mut told = Vec::new();
        for (second, by_ms) in [
            (0, 0),
            (10, 400),
            (20, -600),
            (30, -3_600_000),
            (40, 0),
            (50, 0),
        ] {
            let mut seen = at(second);
            seen.wall_ms = seen.wall_ms.saturating_add_signed(by_ms);
            told.extend(watch.look(&seen));
        }
        let back = (None, Failure::ClockBack { seconds: 3_600 });
        let ahead = (None, Failure::ClockAhead { seconds: 3_600 });
        assert_eq!(told, [back, ahead]);
    }

    #[test]
    fn an_index_is_told_when_it_stands_still_or_stays_far_behind() {
        let (mut watch, log) = (Watch::default(), LogNumber::new(7));
        let mut told = Vec::new();
        let looks = [
            (0, 10, 4),
            (30, 10, 6),
            (60, 10, 6),
            (90, 12, 6),
            (120, 12, 6),
            (130, 12, 12),
            (140, 12, 12),
            (200, 500_000, 20),
            (230, 600_000, 100_000),
            (260, 700_000, 300_000),
            (270, 700_000, 700_000),
        ];
        for (second, size, applied) in looks {
            let seen = Seen {
                logs: vec![(log, size, applied)],
                ..at(second)
            };
            let found = watch.look(&seen);
            told.extend(found.into_iter().map(|(of, failure)| (second, of, failure)));
        }
        let behind = |second, entries| (second, Some(log), Failure::IndexBehind { entries });
        let fine = |second| (second, Some(log), Failure::IndexCaughtUp);
        assert_eq!(
            told,
            [behind(90, 6), fine(130), behind(260, 400_000), fine(270)]
        );
    }

    #[test]
    fn lost_notices_are_told_with_their_number() {
        let mut watch = Watch::default();
        let mut told = Vec::new();
        for (second, lost) in [0, 3, 3, 10].into_iter().enumerate() {
            let seen = Seen {
                lost,
                ..at(second as u64)
            };
            told.extend(watch.look(&seen));
        }
        let lost = |count| (None, Failure::NoticesLost { count });
        assert_eq!(told, [lost(3), lost(7)]);
    }

    #[test]
    fn the_file_system_of_a_directory_has_free_bytes() {
        let dir = tempfile::tempdir().unwrap();
        assert!(FileSystem::of(dir.path()).free_bytes().unwrap() > 0);
        assert!(
            FileSystem::of(&dir.path().join("absent"))
                .free_bytes()
                .is_err()
        );
    }
}
