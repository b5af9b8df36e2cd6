//! The journal as its one writer sees it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::files::{self, JournalFile};
use super::frame;
use super::survey::{FrameIterator, Survey, SurveyedFile};
use super::{JournalError, files::is_full};
use crate::disk::{Disk, DiskFile};
use crate::limits::{FIRST_JOURNAL_FILE_BYTES, JOURNAL_FILE_BYTES};
use crate::store::{Frames, Head, Journal, NewFrame};

/// The bytes that are kept for laying out the next frame; what a huge commit took is given back.
const BUFFER_KEPT: usize = 4 << 20;

/// How large journal files are; a frame that is larger gets a file of its own size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileSizes {
    /// The first file, in bytes.
    pub first: u64,
    /// Later files, in bytes.
    pub later: u64,
}

impl Default for FileSizes {
    fn default() -> Self {
        Self {
            first: FIRST_JOURNAL_FILE_BYTES,
            later: JOURNAL_FILE_BYTES,
        }
    }
}

/// A journal in a directory of the local disk.
#[derive(Debug)]
pub struct LocalJournal {
    disk: Disk,
    dir: PathBuf,
    sizes: FileSizes,
    writing: Mutex<Writing>,
    /// The length of the file that is prepared. Held while one is made; taken after `writing`, never before.
    prepared: Mutex<Option<u64>>,
}

/// What appending owns.
#[derive(Debug)]
struct Writing {
    /// Oldest first; the last one is written.
    files: Vec<SurveyedFile>,
    head: Head,
    file: DiskFile,
    len: u64,
    at: u64,
    /// Behind `at` there may be bytes of a frame that did not fit on the disk, up to here.
    dirty_end: u64,
    /// A write or flush had an unknown outcome.
    poisoned: bool,
    buffer: Vec<u8>,
}

impl LocalJournal {
    /// Makes the first file of a journal in an empty directory. Durable when it returns.
    pub fn create(disk: &Disk, dir: &Path, sizes: FileSizes) -> Result<(), JournalError> {
        files::prepare(disk, dir, sizes.first)?;
        files::name(disk, dir, &JournalFile::new(dir, 1))
    }

    /// Opens a journal, and cuts off a last frame that is torn: it was never acknowledged.
    ///
    /// # Errors
    /// [`JournalError::Corrupt`] when acknowledged frames cannot be read, [`JournalError::Newer`] when a newer
    /// version wrote them.
    pub fn open(disk: &Disk, dir: &Path, sizes: FileSizes) -> Result<Self, JournalError> {
        files::remove_unfinished(disk, dir)?;
        let newest = files::list(dir)?.pop();
        let newest = newest.ok_or_else(|| no_files(dir))?;
        let file = disk
            .open(&newest.path)
            .map_err(JournalError::file("open", &newest.path))?;
        // What a killed process wrote and did not flush is read back from memory and would be believed.
        flush(&file, &newest.path)?;
        disk.flush_directory(dir)
            .map_err(JournalError::file("flush", dir))?;
        let survey = Survey::of(dir)?;
        if let Some(end) = survey.torn_end {
            files::zero(&file, survey.end, end)
                .map_err(JournalError::file("cut off the end of", &newest.path))?;
            flush(&file, &newest.path)?;
        }
        let metadata = file.file().metadata();
        let len = metadata
            .map_err(JournalError::file("read", &newest.path))?
            .len();
        Ok(Self {
            disk: disk.clone(),
            dir: dir.to_owned(),
            sizes,
            writing: Mutex::new(Writing {
                files: survey.files,
                head: survey.head,
                file,
                len,
                at: survey.end,
                dirty_end: 0,
                poisoned: false,
                buffer: Vec::new(),
            }),
            prepared: Mutex::new(None),
        })
    }

    /// Makes room for a frame that does not fit the file.
    fn next_file(&self, writing: &mut Writing, frame_len: u64) -> Result<(), JournalError> {
        if writing.at == 0 {
            return lengthen(writing, frame_len);
        }
        let len = self.sizes.later.max(frame_len);
        let mut prepared = self.prepared();
        let len = match prepared.take() {
            Some(ready) if ready >= frame_len => ready,
            Some(_) | None => {
                files::prepare(&self.disk, &self.dir, len)?;
                len
            }
        };
        let file = JournalFile::new(&self.dir, writing.head.seq + 1);
        files::name(&self.disk, &self.dir, &file)?;
        let opened = self.disk.open(&file.path);
        writing.file = opened.map_err(JournalError::file("open", &file.path))?;
        (writing.at, writing.len, writing.dirty_end) = (0, len, 0);
        writing.files.push(SurveyedFile {
            last: writing.head.seq,
            file,
        });
        Ok(())
    }

    fn writing(&self) -> MutexGuard<'_, Writing> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn prepared(&self) -> MutexGuard<'_, Option<u64>> {
        self.prepared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal for LocalJournal {
    fn head(&self) -> Head {
        self.writing().head
    }

    fn since(&self, after: u64) -> Result<Frames<'_>, JournalError> {
        let writing = self.writing();
        let frames = FrameIterator::new(&writing.files, after, writing.head.seq);
        Ok(Box::new(frames))
    }

    fn append(&self, frame: &NewFrame<'_>) -> Result<Head, JournalError> {
        let mut writing = self.writing();
        if writing.poisoned {
            return Err(JournalError::Poisoned);
        }
        if frame.after != writing.head {
            return Err(JournalError::Conflict {
                expected: frame.after,
                found: writing.head,
            });
        }
        let frame_len = (frame::OVERHEAD + frame.body.len()) as u64;
        if writing.len - writing.at < frame_len {
            let made = self.next_file(&mut writing, frame_len);
            writing.poisoned = matches!(made, Err(JournalError::Unknown { .. }));
            made?;
        }
        let written = writing.write(frame);
        writing.poisoned = matches!(written, Err(JournalError::Unknown { .. }));
        written
    }

    fn prepare(&self) -> Result<(), JournalError> {
        let writing = self.writing();
        if writing.at < writing.len / 2 {
            return Ok(());
        }
        drop(writing);
        let mut prepared = self.prepared();
        if prepared.is_none() {
            files::prepare(&self.disk, &self.dir, self.sizes.later)?;
            *prepared = Some(self.sizes.later);
        }
        Ok(())
    }

    fn full(&self) -> u64 {
        let writing = self.writing();
        let before_head = writing.before_head();
        writing
            .files
            .get(..before_head)
            .and_then(<[_]>::last)
            .map_or(0, |file| file.last)
    }

    fn trim(&self, upto: u64) -> Result<(), JournalError> {
        loop {
            // Not held while files are removed: appends go on meanwhile.
            let oldest = self.writing().trimmable(upto).cloned();
            let Some(file) = oldest else {
                return Ok(());
            };
            // One by one, and each name durably gone before the next: a name that survives in front of one that does
            // not would look like a missing file.
            match self.disk.remove(&file.path) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => {
                    return Err(JournalError::file("remove", &file.path)(source));
                }
                Ok(()) | Err(_) => {}
            }
            self.disk
                .flush_directory(&self.dir)
                .map_err(JournalError::file("flush", &self.dir))?;
            self.writing().files.retain(|kept| kept.file != file);
        }
    }
}

impl Writing {
    fn write(&mut self, frame: &NewFrame<'_>) -> Result<Head, JournalError> {
        self.buffer.clear();
        self.buffer.shrink_to(BUFFER_KEPT);
        let head = frame::encode(frame, &mut self.buffer);
        let end = self.at + self.buffer.len() as u64;
        // What an earlier frame left behind when it did not fit goes with the same write.
        let dirty = usize::try_from(self.dirty_end.saturating_sub(end)).unwrap_or_default();
        self.buffer.resize(self.buffer.len() + dirty, 0);
        let path = self.file.path();
        if let Err(source) = self.file.write_at(&self.buffer, self.at) {
            let path = path.to_owned();
            if is_full(&source) {
                self.dirty_end = self.dirty_end.max(end);
                return Err(JournalError::Full { path, source });
            }
            return Err(JournalError::Unknown { path, source });
        }
        self.file.flush().map_err(|source| JournalError::Unknown {
            path: path.to_owned(),
            source,
        })?;
        (self.at, self.head, self.dirty_end) = (end, head, 0);
        if let Some(file) = self.files.last_mut() {
            file.last = head.seq;
        }
        Ok(head)
    }

    /// The oldest file, when it may go.
    fn trimmable(&self, upto: u64) -> Option<&JournalFile> {
        let oldest = self.files.first().filter(|_| self.before_head() > 0)?;
        (oldest.last <= upto).then_some(&oldest.file)
    }

    /// How many files stand before the one that holds the head.
    fn before_head(&self) -> usize {
        let holds_frames = self.files.iter().rposition(SurveyedFile::has_frames);
        holds_frames.unwrap_or_default()
    }
}

/// Makes a file that holds no frame as long as its first frame needs.
fn lengthen(writing: &mut Writing, frame_len: u64) -> Result<(), JournalError> {
    let path = writing.file.path();
    let (start, dirty) = (writing.len, writing.len..frame_len);
    let lengthened = files::zero(&writing.file, start, dirty.end);
    lengthened.map_err(|source| {
        let path = path.to_owned();
        if is_full(&source) {
            JournalError::Full { path, source }
        } else {
            JournalError::Unknown { path, source }
        }
    })?;
    flush(&writing.file, path)?;
    writing.len = frame_len;
    Ok(())
}

fn flush(file: &DiskFile, path: &Path) -> Result<(), JournalError> {
    file.flush().map_err(|source| JournalError::Unknown {
        path: path.to_owned(),
        source,
    })
}

fn no_files(dir: &Path) -> JournalError {
    super::survey::corrupt(dir, 0, "the directory holds no journal file")
}
