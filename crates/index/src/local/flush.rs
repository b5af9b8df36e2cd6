//! Writes runs into a file of segments and makes the manifest name it.
//!
//! One flush makes one file, however many logs have new rows.
//! Order: the file and its bytes are durable, then the manifest is replaced, then files that nothing names go away.
//! A crash in between leaves a file that the manifest does not name; it is removed at the next open.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use super::image;
use super::limits::{EVACUATE_BYTES, SEGMENT_POSITIONS, SEGMENT_ROWS, SEGMENT_TEXT_BYTES};
use super::log::{Log, merge_runs};
use super::manifest::{LogEntry, Manifest, SegmentMeta};
use super::sealed::{Packs, Sealed, pack_name};
use super::segment::Segment;
use crate::index::IndexError;

/// The name of the list of segments.
pub(crate) const MANIFEST: &str = "manifest";

/// The sealed segments and runs of a log that one flush makes into one segment.
pub(crate) struct Sealing {
    /// How many of the sealed segments stay as they are.
    pub(crate) kept: usize,
    /// The rows, oldest position first.
    pub(crate) runs: Vec<Arc<Segment>>,
}

impl Sealing {
    /// What is to be sealed of a log whose builder is frozen: its runs, and before them the sealed segments that are
    /// not larger than what follows them, so that a row is rewritten a logarithmic number of times.
    pub(crate) fn of<E>(
        log: &Log,
        open: impl Fn(&Arc<Sealed>) -> Result<Arc<Segment>, E>,
    ) -> Result<Self, E> {
        let mut runs = log.runs.clone();
        let mut kept = log.sealed.len();
        let size = |runs: &[Arc<Segment>]| {
            runs.iter().fold((0, 0), |(rows, text), run| {
                let parts = run.parts();
                (rows + parts.rows(), text + parts.text_len())
            })
        };
        let (mut rows, mut text) = size(&runs);
        while let Some(before) = kept.checked_sub(1).and_then(|at| log.sealed.get(at)) {
            let span = log.applied - before.meta.first;
            let larger = before.meta.rows as usize > rows;
            let too_many = rows + before.meta.rows as usize > SEGMENT_ROWS;
            if larger || too_many || span >= SEGMENT_POSITIONS || text >= SEGMENT_TEXT_BYTES / 2 {
                break;
            }
            runs.insert(0, open(before)?);
            kept -= 1;
            (rows, text) = size(&runs);
        }
        Ok(Self { kept, runs })
    }

    /// Groups of runs that together stay within the largest segment.
    pub(crate) fn segments(&self) -> Vec<Segment> {
        let mut groups: Vec<Vec<Arc<Segment>>> = Vec::new();
        let (mut rows, mut text) = (0, 0);
        for run in &self.runs {
            let parts = run.parts();
            rows += parts.rows();
            text += parts.text_len();
            match groups.last_mut() {
                Some(group) if rows <= SEGMENT_ROWS && text <= SEGMENT_TEXT_BYTES => {
                    group.push(Arc::clone(run));
                }
                _ => {
                    (rows, text) = (parts.rows(), parts.text_len());
                    groups.push(vec![Arc::clone(run)]);
                }
            }
        }
        groups.iter().map(|group| merge_runs(group)).collect()
    }
}

/// A file of segments that is being written.
pub(crate) struct PackFile {
    number: u64,
    name: String,
    file: File,
    length: u64,
}

impl PackFile {
    /// Makes the file with a number.
    pub(crate) fn create(packs: &Packs, number: u64) -> Result<Self, IndexError> {
        let name = pack_name(number);
        let file = File::create(packs.directory().join(&name))
            .map_err(|source| write_error(&name, source))?;
        Ok(Self {
            number,
            name,
            file,
            length: 0,
        })
    }

    /// Appends a segment of a log.
    pub(crate) fn append(
        &mut self,
        log: u32,
        segment: &Segment,
    ) -> Result<SegmentMeta, IndexError> {
        let parts = segment.parts();
        let bytes = image::encode(log, parts, segment.tokens());
        let meta = SegmentMeta {
            pack: self.number,
            offset: self.length,
            length: bytes.len() as u64,
            rows: u32::try_from(parts.rows()).unwrap_or(u32::MAX),
            first: parts.first,
            next: parts.next,
            oldest_ns: parts.occurred.first().copied().unwrap_or(0),
            newest_ns: parts.occurred.last().copied().unwrap_or(0),
        };
        self.append_bytes(&bytes)?;
        Ok(meta)
    }

    /// Appends a segment of another file as it is; nothing when it cannot be read, which a query will find out.
    pub(crate) fn copy(
        &mut self,
        packs: &Packs,
        meta: &SegmentMeta,
    ) -> Result<Option<SegmentMeta>, IndexError> {
        let Ok(bytes) = packs.read(meta) else {
            return Ok(None);
        };
        let copied = SegmentMeta {
            pack: self.number,
            offset: self.length,
            length: bytes.len() as u64,
            ..*meta
        };
        self.append_bytes(&bytes)?;
        Ok(Some(copied))
    }

    fn append_bytes(&mut self, bytes: &[u8]) -> Result<(), IndexError> {
        self.file
            .write_all(bytes)
            .map_err(|source| write_error(&self.name, source))?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// Makes the bytes durable.
    pub(crate) fn finish(self) -> Result<(), IndexError> {
        self.file
            .sync_data()
            .map_err(|source| write_error(&self.name, source))
    }
}

/// Replaces the manifest, durably.
pub(crate) fn write_manifest(directory: &Path, manifest: &Manifest) -> Result<(), IndexError> {
    let beside = directory.join("manifest.tmp");
    let write = || {
        let mut file = File::create(&beside)?;
        file.write_all(&manifest.encode())?;
        file.sync_data()?;
        fs::rename(&beside, directory.join(MANIFEST))?;
        File::open(directory)?.sync_all()
    };
    write().map_err(|source| write_error(MANIFEST, source))
}

/// Removes the files that a manifest does not name; one that stays is removed another time.
pub(crate) fn remove_unnamed(directory: &Path, manifest: &Manifest) {
    let named: BTreeSet<String> = manifest
        .logs
        .values()
        .flat_map(|entry| &entry.segments)
        .map(|segment| pack_name(segment.pack))
        .collect();
    let Ok(files) = fs::read_dir(directory) else {
        return;
    };
    for file in files.flatten() {
        let name = file.file_name();
        let name = name.to_string_lossy();
        if name.ends_with(".pack") && !named.contains(name.as_ref()) {
            let _removed_later_otherwise = fs::remove_file(file.path());
        }
    }
}

/// Cuts off each log before the first segment whose file is absent or too short: it is applied again from there.
pub(crate) fn cut_off_missing(directory: &Path, manifest: &mut Manifest) {
    let mut lengths = BTreeMap::new();
    for entry in manifest.logs.values_mut() {
        let missing = entry.segments.iter().position(|segment| {
            let length = *lengths.entry(segment.pack).or_insert_with(|| {
                fs::metadata(directory.join(pack_name(segment.pack))).map_or(0, |file| file.len())
            });
            segment.offset.saturating_add(segment.length) > length
        });
        if let Some(at) = missing {
            entry.applied = entry.segments.get(at).map_or(0, |segment| segment.first);
            entry.segments.truncate(at);
        }
    }
}

/// The files of which less than half is still named, smallest remainder first, within what one flush may copy.
pub(crate) fn half_dead(packs: &Packs, manifest: &Manifest) -> BTreeSet<u64> {
    let mut live = BTreeMap::<u64, u64>::new();
    for segment in manifest.logs.values().flat_map(|entry| &entry.segments) {
        *live.entry(segment.pack).or_default() += segment.length;
    }
    let mut candidates: Vec<(u64, u64)> = live
        .into_iter()
        .filter(|&(pack, live)| {
            fs::metadata(packs.directory().join(pack_name(pack)))
                .is_ok_and(|file| file.len() > live.saturating_mul(2))
        })
        .map(|(pack, live)| (live, pack))
        .collect();
    candidates.sort_unstable();
    let mut copied = 0;
    candidates
        .into_iter()
        .take_while(|&(live, _)| {
            copied += live;
            copied <= EVACUATE_BYTES
        })
        .map(|(_, pack)| pack)
        .collect()
}

/// The entry of a log in the manifest.
pub(crate) fn entry_of(applied: u64, sealed: &[Arc<Sealed>]) -> LogEntry {
    LogEntry {
        applied,
        segments: sealed.iter().map(|sealed| sealed.meta).collect(),
    }
}

fn write_error(file: &str, source: std::io::Error) -> IndexError {
    IndexError::Write {
        file: file.to_owned(),
        source,
    }
}
