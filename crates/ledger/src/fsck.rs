//! Reading everything again and hashing it again, without changing anything.
//!
//! What is checked: registry, segments and journal continue each other; indexes are dense and received times never
//! go back; every stored inner hash, frontier and chain is what the entries hash to; every entry has its payload,
//! and the payload is what the commitment says. The dedup index is derived and not looked at.

mod journal;
mod report;
mod segment;

use std::collections::HashSet;

use tlog::{Entry, LeafIndex};

use crate::LogNumber;
use crate::record::Payload;
use crate::registry::Registry;
use crate::state::State;
use crate::store::Head;
use crate::store::blobs::LocalBlobs;
use crate::store::dir::{self, DataDir};
use crate::store::segment::{self as segments, FrameRange, Kind};

pub use report::{CheckedLog, Finding, FsckReport, Problem, Progress};

/// What a check is asked to do for every payload: whether it is what the commitment of its entry says.
pub type Verify<'a> = &'a dyn Fn(&Entry, &Payload) -> bool;

/// Checks a data directory in its local stores.
///
/// It goes on behind a problem where it can; a directory without problems has [`FsckReport::is_clean`]. It needs as
/// much memory as the entries of one segment, and the frontier of every log. `progress` is called about once per
/// thousand entries.
pub fn fsck(dir: &DataDir, verify: Verify<'_>, progress: &mut dyn FnMut(Progress)) -> FsckReport {
    let mut check = Check {
        verify,
        progress,
        state: State::default(),
        broken: HashSet::new(),
        report: FsckReport::default(),
        sealed: Head::EMPTY,
        entries_total: 0,
    };
    check.registry(dir);
    let frames = check.open_journal(&dir.part(dir::JOURNAL));
    let blobs = LocalBlobs::new(dir.disk().clone(), dir.path());
    let spines = check.list(&blobs, Kind::Spine);
    let sealed = spines.last().map_or(0, |(range, _)| range.last);
    check.names_from_journal(frames.as_ref(), sealed);
    check.segments(&blobs, spines);
    check.journal(frames.as_ref());
    check.finish()
}

/// A check under way.
struct Check<'a> {
    verify: Verify<'a>,
    progress: &'a mut dyn FnMut(Progress),
    /// The logs as far as they are read.
    state: State,
    /// Logs whose entries are not all known, so that nothing hashes to anything any more.
    broken: HashSet<LogNumber>,
    report: FsckReport,
    /// The last sealed frame, as the newest segment names it.
    sealed: Head,
    entries_total: u64,
}

impl Check<'_> {
    fn registry(&mut self, dir: &DataDir) {
        match Registry::read(&dir.part(dir::REGISTRY)) {
            Err(error) => self.unreadable(dir::REGISTRY, &error),
            Ok(registry) => {
                for new in &registry.logs {
                    if self.state.create(new).is_err() {
                        let finding = Finding::Disagreement("it names a log twice");
                        self.problem(dir::REGISTRY, Some(new.number), None, finding);
                    }
                }
            }
        }
    }

    fn list(&mut self, blobs: &LocalBlobs, kind: Kind) -> Vec<(FrameRange, u64)> {
        segments::list(blobs, kind).unwrap_or_else(|error| {
            self.unreadable(kind.folder(), &error);
            Vec::new()
        })
    }

    fn segments(&mut self, blobs: &LocalBlobs, spines: Vec<(FrameRange, u64)>) {
        let payloads = self.list(blobs, Kind::Payload);
        for (range, len) in spines {
            let name = range.name(Kind::Spine);
            if range.first != self.sealed.seq + 1 {
                let finding = Finding::Disagreement("it does not follow the segment before it");
                self.problem(&name, None, None, finding);
            }
            let payload_len = payloads.iter().find(|(payload, _)| *payload == range);
            self.segment(blobs, range, len, payload_len.map(|(_, len)| *len));
            self.report.segments += 1;
        }
    }

    /// An entry that was read and fits what is before it.
    fn entry_done(&mut self) {
        self.report.entries += 1;
        if self.report.entries.is_multiple_of(1_000) {
            (self.progress)(Progress {
                entries: self.report.entries,
                of_sealed: self.entries_total,
            });
        }
    }

    fn problem(
        &mut self,
        place: &str,
        log: Option<LogNumber>,
        index: Option<LeafIndex>,
        finding: Finding,
    ) {
        self.report.add(Problem {
            place: place.to_owned(),
            log,
            index,
            finding,
        });
    }

    fn unreadable(&mut self, place: &str, error: &dyn std::error::Error) {
        let mut reason = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            reason.push_str(": ");
            reason.push_str(&cause.to_string());
            source = cause.source();
        }
        self.problem(place, None, None, Finding::Unreadable(reason));
    }

    fn finish(mut self) -> FsckReport {
        let logs = self.state.infos().map(|log| {
            let state = self.state.log(log.number);
            CheckedLog {
                root: state
                    .filter(|_| !self.broken.contains(&log.number))
                    .map(|state| state.edge.frontier.root()),
                number: log.number,
                origin: log.origin,
                size: log.size,
            }
        });
        self.report.logs = logs.collect();
        (self.progress)(Progress {
            entries: self.report.entries,
            of_sealed: self.entries_total,
        });
        self.report
    }
}
