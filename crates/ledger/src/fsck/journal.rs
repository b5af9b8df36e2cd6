//! Checking the journal: frames that are not sealed go through the code of the normal path.

use std::path::Path;

use super::{Check, Finding};
use crate::commit::Advance;
use crate::recover::read_new_log;
use crate::store::dir::JOURNAL;
use crate::store::journal::Survey;
use crate::store::{Frame, FrameKind};
use crate::tail::TailFrame;

impl Check<'_> {
    /// Finds the frames, without cutting off a torn one.
    pub(super) fn open_journal(&mut self, dir: &Path) -> Option<Survey> {
        match Survey::of(dir) {
            Err(error) => {
                self.unreadable(JOURNAL, &error);
                None
            }
            Ok(survey) => {
                self.report.torn_bytes = survey.torn_bytes();
                Some(survey)
            }
        }
    }

    /// Takes the logs from sealed frames of the journal that the registry does not name yet: a crash came between.
    pub(super) fn names_from_journal(&mut self, survey: Option<&Survey>, sealed: u64) {
        let frames = survey.iter().flat_map(|survey| survey.frames(0));
        // The same frames are read again later, and what is wrong with them is reported then.
        let sealed_frames = frames
            .map_while(Result::ok)
            .take_while(|frame| frame.head.seq <= sealed);
        for frame in sealed_frames.filter(|frame| frame.kind == FrameKind::Account) {
            if let Some(new) = read_new_log(&frame)
                && self.state.log(new.number).is_none()
            {
                // A log that cannot be made shows when the segment that holds its entries is checked.
                let _ = self.state.create(&new);
            }
        }
    }

    /// Checks the frames behind the segments.
    pub(super) fn journal(&mut self, survey: Option<&Survey>) {
        let Some(survey) = survey else {
            return;
        };
        if survey.head.seq < self.sealed.seq {
            let finding = Finding::Disagreement("it ends before the newest segment does");
            self.problem(JOURNAL, None, None, finding);
        }
        let mut expected = None;
        for frame in survey.frames(0) {
            let frame = match frame {
                Ok(frame) => frame,
                Err(error) => return self.unreadable(JOURNAL, &error),
            };
            self.report.frames += 1;
            let place = format!("{JOURNAL} frame {}", frame.head.seq);
            if frame.after.seq == self.sealed.seq && frame.after.chain != self.sealed.chain {
                let finding = Finding::Disagreement("it does not chain to the newest segment");
                self.problem(&place, None, None, finding);
            }
            if expected.is_none() && frame.head.seq > self.sealed.seq + 1 {
                let finding = Finding::Disagreement("frames before it are in no segment");
                self.problem(&place, None, None, finding);
            }
            expected = Some(frame.head.seq + 1);
            if frame.head.seq > self.sealed.seq {
                self.frame(&place, frame);
            }
        }
    }

    fn frame(&mut self, place: &str, frame: Frame) {
        let advance = Advance::of(&self.state, frame.kind, &frame.body);
        let mut advance = match advance {
            Ok(advance) => advance,
            Err(misfit) => return self.problem(place, None, None, misfit.into()),
        };
        if let Err(misfit) = advance.apply(&mut self.state) {
            self.problem(place, None, None, misfit.into());
        }
        let frame = TailFrame::new(frame, &mut advance);
        for run in &frame.logs {
            for record in frame.records(run) {
                let index = Some(record.payload.index);
                match (tlog::Entry::decode(record.entry), record.payload.payload()) {
                    (Ok(entry), Some(payload)) if (self.verify)(&entry, &payload) => {}
                    (Ok(_), Some(_)) => {
                        self.problem(place, Some(run.log), index, Finding::Commitment);
                    }
                    (Ok(_), None) => {
                        self.problem(place, Some(run.log), index, Finding::PayloadUnreadable);
                    }
                    (Err(error), _) => {
                        self.problem(place, Some(run.log), index, error.into());
                    }
                }
                self.entry_done();
            }
        }
    }
}
