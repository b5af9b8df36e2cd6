//! What a journal directory holds, found without changing anything.

use std::path::Path;

use super::JournalError;
use super::files::{self, JournalFile};
use super::scan::{FileScan, Step};
use crate::store::{Frame, Frames, Head};

/// A journal directory as it was found.
#[derive(Debug)]
pub(crate) struct Survey {
    /// Oldest first; never empty.
    pub(super) files: Vec<SurveyedFile>,
    /// The newest whole frame.
    pub(crate) head: Head,
    /// Where the next frame goes in the newest file.
    pub(super) end: u64,
    /// Where the bytes of a torn frame end that stand there.
    pub(super) torn_end: Option<u64>,
}

/// A file and the frames in it.
#[derive(Clone, Debug)]
pub(super) struct SurveyedFile {
    pub(super) file: JournalFile,
    /// The newest frame in it; one less than the first when it holds none.
    pub(super) last: u64,
}

impl SurveyedFile {
    pub(super) fn has_frames(&self) -> bool {
        self.last >= self.file.first
    }
}

impl Survey {
    /// Reads every frame.
    ///
    /// # Errors
    /// [`JournalError::Corrupt`] when a frame cannot be read although a later one was written,
    /// [`JournalError::Newer`] when one is of a version or type that must not be skipped.
    pub(crate) fn of(dir: &Path) -> Result<Self, JournalError> {
        let files = files::list(dir)?;
        if files.is_empty() {
            return Err(corrupt(dir, 0, "the directory holds no journal file"));
        }
        let mut survey = Self {
            files: Vec::with_capacity(files.len()),
            head: Head::EMPTY,
            end: 0,
            torn_end: None,
        };
        let mut after = None;
        let mut files = files.into_iter().peekable();
        while let Some(file) = files.next() {
            let mut scan = FileScan::open(&file.path, file.first, after)?;
            let finding = loop {
                match scan.next()? {
                    Step::Frame(frame) => after = Some(frame.head),
                    Step::Nothing(finding) => break finding,
                }
            };
            let head = after.or((file.first == 1).then_some(Head::EMPTY));
            let head = head.ok_or_else(|| corrupt(&file.path, 0, finding))?;
            survey.finish_file(&mut scan, &file, files.peek(), head, finding)?;
            after = Some(head);
            survey.files.push(SurveyedFile {
                last: head.seq,
                file,
            });
        }
        Ok(survey)
    }

    /// Judges what stands behind the last whole frame of a file.
    fn finish_file(
        &mut self,
        scan: &mut FileScan,
        file: &JournalFile,
        next: Option<&JournalFile>,
        head: Head,
        finding: &'static str,
    ) -> Result<(), JournalError> {
        (self.head, self.end) = (head, scan.at());
        match next {
            // The next file got its name when every frame before it was durable.
            Some(next) if next.first == head.seq + 1 => Ok(()),
            Some(_) => Err(corrupt(&file.path, scan.at(), finding)),
            None => {
                self.torn_end = scan.end_of_rest()?;
                if self.torn_end.is_some() && scan.later_frame(head.seq + 1)? {
                    return Err(corrupt(&file.path, scan.at(), finding));
                }
                Ok(())
            }
        }
    }

    /// The bytes of a frame that was cut off.
    pub(crate) fn torn_bytes(&self) -> u64 {
        self.torn_end.map_or(0, |end| end - self.end)
    }

    /// The frames that were found, after the one numbered `after`.
    pub(crate) fn frames(&self, after: u64) -> Frames<'static> {
        Box::new(FrameIterator::new(&self.files, after, self.head.seq))
    }
}

/// Frames up to a known head, read file by file.
pub(super) struct FrameIterator {
    /// What is left, newest first.
    files: Vec<JournalFile>,
    scan: Option<FileScan>,
    head: Option<Head>,
    after: u64,
    until: u64,
}

impl FrameIterator {
    pub(super) fn new(files: &[SurveyedFile], after: u64, until: u64) -> Self {
        let needed = files
            .iter()
            .filter(|file| file.has_frames() && file.last > after);
        Self {
            files: needed.rev().map(|file| file.file.clone()).collect(),
            scan: None,
            head: None,
            after,
            until,
        }
    }

    fn step(&mut self) -> Result<Option<Frame>, JournalError> {
        while self.head.is_none_or(|head| head.seq < self.until) {
            let Some(scan) = &mut self.scan else {
                let Some(file) = self.files.pop() else {
                    return Ok(None);
                };
                self.scan = Some(FileScan::open(&file.path, file.first, self.head)?);
                continue;
            };
            match scan.next()? {
                Step::Frame(frame) => {
                    self.head = Some(frame.head);
                    if frame.head.seq > self.after {
                        return Ok(Some(frame));
                    }
                }
                Step::Nothing(finding) => {
                    let expected = self.head.map(|head| head.seq + 1);
                    if self.files.last().map(|next| next.first) != expected {
                        return Err(corrupt(scan.path(), scan.at(), finding));
                    }
                    self.scan = None;
                }
            }
        }
        Ok(None)
    }
}

impl Iterator for FrameIterator {
    type Item = Result<Frame, JournalError>;

    fn next(&mut self) -> Option<Self::Item> {
        let step = self.step().transpose();
        if !matches!(step, Some(Ok(_))) {
            (self.files, self.scan) = (Vec::new(), None);
        }
        step
    }
}

pub(super) fn corrupt(path: &Path, offset: u64, finding: &'static str) -> JournalError {
    JournalError::Corrupt {
        path: path.to_owned(),
        offset,
        finding,
    }
}
