//! Reading the frames of one file, one at a time.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use bytes::Bytes;

use super::JournalError;
use super::frame::{self, HEADER_LEN, Header, MAGIC, Unreadable};
use crate::store::{Frame, Head};

/// Bytes that are read at once: small frames stand close together, large ones are read on their own.
const WINDOW: usize = 256 << 10;

/// A place in a journal file.
#[derive(Debug)]
pub(super) struct FileScan {
    path: PathBuf,
    file: File,
    len: u64,
    /// Where the next frame begins.
    at: u64,
    /// The number of the first frame of the file.
    first: u64,
    /// The head before the next frame; `None` at the begin of the oldest file, where the frame is believed what it
    /// says about the one before, which was trimmed.
    after: Option<Head>,
    window: Bytes,
    window_at: u64,
}

/// What stands at a place.
#[derive(Debug)]
pub(super) enum Step {
    Frame(Frame),
    /// No whole frame: it is torn, damaged, or was never written.
    Nothing(&'static str),
}

impl FileScan {
    /// Begins at the first frame of a file, which has the number `first`.
    pub(super) fn open(path: &Path, first: u64, after: Option<Head>) -> Result<Self, JournalError> {
        let file = File::open(path).map_err(JournalError::file("open", path))?;
        let metadata = file.metadata().map_err(JournalError::file("read", path))?;
        Ok(Self {
            path: path.to_owned(),
            file,
            len: metadata.len(),
            at: 0,
            first,
            after: after.or((first == 1).then_some(Head::EMPTY)),
            window: Bytes::new(),
            window_at: 0,
        })
    }

    /// Where the next frame begins.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the frame at this place and goes behind it.
    pub(super) fn next(&mut self) -> Result<Step, JournalError> {
        let Some(header) = self.header()? else {
            return Ok(Step::Nothing("there is no frame header"));
        };
        let frame_len = header.frame_len();
        if frame_len > self.len - self.at {
            return Ok(Step::Nothing("the frame is longer than the file"));
        }
        let after = self.after.unwrap_or(Head {
            seq: self.first.saturating_sub(1),
            chain: header.prev,
        });
        let len = usize::try_from(frame_len).unwrap_or(usize::MAX);
        let bytes = self.read(self.at, len)?;
        match frame::decode(&after, &bytes) {
            Ok(frame) => {
                self.at += frame_len;
                self.after = Some(frame.head);
                Ok(Step::Frame(frame))
            }
            Err(Unreadable::Broken(finding)) => Ok(Step::Nothing(finding)),
            Err(Unreadable::Newer(what)) => Err(JournalError::Newer {
                path: self.path.clone(),
                offset: self.at,
                what,
            }),
        }
    }

    fn header(&mut self) -> Result<Option<Header>, JournalError> {
        if self.len - self.at < HEADER_LEN as u64 {
            return Ok(None);
        }
        let bytes = self.read(self.at, HEADER_LEN)?;
        Ok(bytes.first_chunk().and_then(Header::decode))
    }

    /// Where the bytes behind this place end that are not zeros, `None` when all are.
    pub(super) fn end_of_rest(&self) -> Result<Option<u64>, JournalError> {
        let mut end = None;
        self.rest(|at, bytes| {
            if let Some(last) = bytes.iter().rposition(|byte| *byte != 0) {
                end = Some(at + last as u64 + 1);
            }
        })?;
        Ok(end)
    }

    /// Whether a whole frame with a later number stands anywhere behind this place.
    ///
    /// What a frame holds cannot pass for one: a frame that begins here is skipped when its own header is right,
    /// and otherwise a header always has zero bytes, which text facets never have.
    pub(super) fn later_frame(&mut self, expected_seq: u64) -> Result<bool, JournalError> {
        let own = self.header()?.filter(|header| header.seq == expected_seq);
        let skip = own.map_or(1, |header| header.frame_len());
        let mut candidates = Vec::new();
        let from = self.at.saturating_add(skip);
        let mut carried: Vec<u8> = Vec::new();
        self.rest(|at, bytes| {
            let carried_len = carried.len() as u64;
            carried.extend_from_slice(bytes);
            let begins = carried.windows(MAGIC.len()).enumerate();
            let found = begins.filter(|(_, window)| *window == MAGIC);
            candidates.extend(found.map(|(offset, _)| at - carried_len + offset as u64));
            // A magic may stand across two windows.
            carried = bytes
                .get(bytes.len().saturating_sub(MAGIC.len() - 1)..)
                .unwrap_or_default()
                .to_vec();
        })?;
        for at in candidates.into_iter().filter(|at| *at >= from) {
            if self.is_frame_at(at, expected_seq)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn is_frame_at(&mut self, at: u64, expected_seq: u64) -> Result<bool, JournalError> {
        if self.len - at < HEADER_LEN as u64 {
            return Ok(false);
        }
        let bytes = self.read(at, HEADER_LEN)?;
        let Some(header) = bytes.first_chunk().and_then(Header::decode) else {
            return Ok(false);
        };
        if header.seq < expected_seq || header.frame_len() > self.len - at {
            return Ok(false);
        }
        let len = usize::try_from(header.frame_len()).unwrap_or(usize::MAX);
        Ok(frame::check(&self.read(at, len)?).is_some())
    }

    fn rest(&self, mut each: impl FnMut(u64, &[u8])) -> Result<(), JournalError> {
        let mut buffer = vec![0; WINDOW];
        let mut at = self.at;
        while at < self.len {
            let len = usize::try_from(self.len - at).unwrap_or(WINDOW).min(WINDOW);
            let part = buffer.get_mut(..len).unwrap_or_default();
            self.read_exact(part, at)?;
            each(at, part);
            at += len as u64;
        }
        Ok(())
    }

    /// Bytes of the file, through the window when they are small.
    fn read(&mut self, at: u64, len: usize) -> Result<Bytes, JournalError> {
        if len >= WINDOW {
            let mut bytes = vec![0; len];
            self.read_exact(&mut bytes, at)?;
            return Ok(bytes.into());
        }
        let inside = |window: &Bytes, window_at: u64| {
            let start = usize::try_from(at.checked_sub(window_at)?).ok()?;
            let slice = window.get(start..start.checked_add(len)?)?;
            // A copy: a frame must not keep the window alive.
            Some(Bytes::copy_from_slice(slice))
        };
        if let Some(bytes) = inside(&self.window, self.window_at) {
            return Ok(bytes);
        }
        let window_len = usize::try_from(self.len - at).unwrap_or(WINDOW).min(WINDOW);
        let mut window = vec![0; window_len];
        self.read_exact(&mut window, at)?;
        (self.window, self.window_at) = (window.into(), at);
        Ok(inside(&self.window, self.window_at).unwrap_or_default())
    }

    fn read_exact(&self, bytes: &mut [u8], at: u64) -> Result<(), JournalError> {
        let read: io::Result<()> = self.file.read_exact_at(bytes, at);
        read.map_err(JournalError::file("read", &self.path))
    }
}
