//! Segments in files: read when they are asked for, kept as long as memory allows.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::image;
use super::manifest::SegmentMeta;
use super::segment::Segment;
use crate::index::IndexError;

/// A segment in a file.
#[derive(Debug)]
pub(crate) struct Sealed {
    /// The log whose rows it has.
    pub(crate) log: u32,
    /// Where it is and what it spans.
    pub(crate) meta: SegmentMeta,
    resident: Mutex<Option<Resident>>,
    last_use: AtomicU64,
}

/// The rows of a segment in memory, counted as long as they are kept.
#[derive(Debug)]
struct Resident {
    segment: Arc<Segment>,
    bytes: usize,
    total: Arc<AtomicUsize>,
}

impl Resident {
    fn new(segment: Arc<Segment>, total: &Arc<AtomicUsize>) -> Self {
        let bytes = segment.bytes();
        total.fetch_add(bytes, Ordering::Relaxed);
        Self {
            segment,
            bytes,
            total: Arc::clone(total),
        }
    }
}

impl Drop for Resident {
    fn drop(&mut self) {
        self.total.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

/// The directory of the files and what of them is in memory.
#[derive(Debug)]
pub(crate) struct Packs {
    directory: PathBuf,
    limit_bytes: usize,
    resident_bytes: Arc<AtomicUsize>,
    uses: AtomicU64,
    residents: Mutex<Vec<Weak<Sealed>>>,
}

/// The name of a file of segments.
pub(crate) fn pack_name(pack: u64) -> String {
    format!("{pack:08}.pack")
}

impl Packs {
    /// The files in a directory, of which about `limit_bytes` are kept in memory.
    pub(crate) fn new(directory: &Path, limit_bytes: usize) -> Self {
        Self {
            directory: directory.to_owned(),
            limit_bytes,
            resident_bytes: Arc::default(),
            uses: AtomicU64::new(0),
            residents: Mutex::new(Vec::new()),
        }
    }

    /// The directory of the files.
    pub(crate) fn directory(&self) -> &Path {
        &self.directory
    }

    /// Bytes of sealed segments in memory.
    pub(crate) fn resident_bytes(&self) -> usize {
        self.resident_bytes.load(Ordering::Relaxed)
    }

    /// A segment in a file that is not read yet.
    pub(crate) fn sealed(log: u32, meta: SegmentMeta) -> Arc<Sealed> {
        Arc::new(Sealed {
            log,
            meta,
            resident: Mutex::new(None),
            last_use: AtomicU64::new(0),
        })
    }

    /// The rows of a sealed segment.
    pub(crate) fn open(&self, sealed: &Arc<Sealed>) -> Result<Arc<Segment>, IndexError> {
        let now = self.uses.fetch_add(1, Ordering::Relaxed);
        sealed.last_use.store(now, Ordering::Relaxed);
        let mut resident = locked(&sealed.resident);
        if let Some(resident) = &*resident {
            return Ok(Arc::clone(&resident.segment));
        }
        let bytes = self.read(&sealed.meta)?;
        let (parts, tokens) =
            image::decode(sealed.log, &bytes).map_err(|damage| IndexError::Corrupt {
                file: pack_name(sealed.meta.pack),
                damage,
            })?;
        let segment = Arc::new(Segment::with_tokens(parts, tokens));
        *resident = Some(Resident::new(Arc::clone(&segment), &self.resident_bytes));
        drop(resident);
        self.keep(sealed);
        Ok(segment)
    }

    /// Remembers the rows of a segment that was just written.
    pub(crate) fn put(&self, sealed: &Arc<Sealed>, segment: Arc<Segment>) {
        *locked(&sealed.resident) = Some(Resident::new(segment, &self.resident_bytes));
        self.keep(sealed);
    }

    /// Gives the rows in memory of a segment to its copy in another file.
    pub(crate) fn hand_over(&self, from: &Sealed, to: &Arc<Sealed>) {
        let resident = locked(&from.resident).take();
        if resident.is_some() {
            *locked(&to.resident) = resident;
            self.keep(to);
        }
    }

    /// The bytes of a segment.
    pub(crate) fn read(&self, meta: &SegmentMeta) -> Result<Vec<u8>, IndexError> {
        let name = pack_name(meta.pack);
        let read = || {
            let mut file = File::open(self.directory.join(&name))?;
            file.seek(SeekFrom::Start(meta.offset))?;
            let mut bytes = Vec::new();
            file.take(meta.length).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        read().map_err(|source| IndexError::Read {
            file: name.clone(),
            source,
        })
    }

    fn keep(&self, sealed: &Arc<Sealed>) {
        let mut residents = locked(&self.residents);
        if residents.len() == residents.capacity() {
            // Segments that were merged or replaced are gone; without them the list may not need to grow.
            residents.retain(|sealed| sealed.strong_count() > 0);
        }
        residents.push(Arc::downgrade(sealed));
        if self.resident_bytes() > self.limit_bytes {
            self.evict(&mut residents);
        }
    }

    /// Forgets the segments that were not used for longest until a quarter of the limit is free.
    fn evict(&self, residents: &mut Vec<Weak<Sealed>>) {
        let mut alive: Vec<Arc<Sealed>> = residents.drain(..).filter_map(|s| s.upgrade()).collect();
        alive.sort_by_key(|sealed| sealed.last_use.load(Ordering::Relaxed));
        for sealed in alive {
            if self.resident_bytes() > self.limit_bytes / 4 * 3 {
                // Who is using it has its own reference.
                *locked(&sealed.resident) = None;
            } else {
                residents.push(Arc::downgrade(&sealed));
            }
        }
    }
}

/// Locks what no code leaves half changed, so a panic elsewhere does not matter.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
