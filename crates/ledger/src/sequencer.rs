//! The one thread that writes the journal.
//!
//! Batching is natural: while one frame is flushed the pool fills, and whatever waits then goes into the next
//! frame. There is never more than one frame in flight, so only the last one can be torn.

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::oneshot;

use crate::clock::Clock;
use crate::commit::{self, Advance, Misfit};
use crate::dedup::{DedupError, Seen};
use crate::encoded::EncodedBatch;
use crate::error::{AppendError, CreateLogError};
use crate::plan::{Outcome, Plan, Pooled, plan};
use crate::pool::Work;
use crate::record::BatchMode;
use crate::shared::Shared;
use crate::state::Taken;
use crate::store::{Frame, FrameKind, Head, JournalError, NewFrame};
use crate::{Batch, LogNumber, Record};

/// The bytes of commits after which the sealer is woken: often enough that the next file is ready in time.
const WAKE_SEALER_BYTES: usize = 4 << 20;

type Reply = oneshot::Sender<Result<Outcome, AppendError>>;

/// The writer of a journal.
pub(crate) struct Sequencer {
    shared: Arc<Shared>,
    clock: Arc<dyn Clock>,
    /// The newest frame; only this thread appends.
    head: Head,
    wake_sealer: Box<dyn Fn() + Send>,
    /// Bytes since the sealer was last woken.
    unannounced: usize,
}

/// Why the loop ends early.
#[derive(Debug, thiserror::Error)]
enum Fatal {
    #[error("cannot append to the journal")]
    Journal(#[from] JournalError),
    #[error("cannot ask the dedup index")]
    Dedup(#[from] DedupError),
    #[error("a frame does not fit the logs it was planned for")]
    Misfit(#[from] Misfit),
}

impl Sequencer {
    pub(crate) fn new(
        shared: Arc<Shared>,
        clock: Arc<dyn Clock>,
        wake_sealer: Box<dyn Fn() + Send>,
    ) -> Self {
        let head = shared.journal.head();
        Self {
            shared,
            clock,
            head,
            wake_sealer,
            unannounced: 0,
        }
    }

    /// Serves the pool until it is closed, stopped, or the state on the disk is unknown.
    pub(crate) fn run(mut self) {
        loop {
            let done = match self.shared.pool.take() {
                Work::Batches(batches) => self.commit(batches),
                Work::Create(origin, genesis, reply) => self.create(&origin, *genesis, reply),
                Work::Close => {
                    let closed = self.append(FrameKind::Close, &[]);
                    closed.unwrap_or_else(|error| self.shared.poison(&Fatal::from(error)));
                    return;
                }
                Work::Stop => return,
            };
            if let Err(fatal) = done {
                self.shared.poison(&fatal);
                return;
            }
        }
    }

    /// One plan, one frame, one flush; then everybody is told.
    fn commit(&mut self, batches: Vec<(EncodedBatch, Reply)>) -> Result<(), Fatal> {
        let mut replies = Vec::with_capacity(batches.len());
        let mut pool = Vec::with_capacity(batches.len());
        for (batch, reply) in batches {
            replies.push(reply);
            pool.push(batch);
        }
        match self.commit_planned(pool) {
            Ok(outcomes) => {
                let answers = outcomes.into_iter().map(Ok);
                answer(replies, answers);
                Ok(())
            }
            Err(Fatal::Journal(JournalError::Full { .. })) => {
                answer(replies, std::iter::repeat(Err(AppendError::Full)));
                Ok(())
            }
            Err(fatal) => {
                // Poisoned before anybody hears of it, so that whoever tries again is refused.
                self.shared.poison(&fatal);
                answer(replies, std::iter::repeat(Err(AppendError::Poisoned)));
                Err(fatal)
            }
        }
    }

    fn commit_planned(&mut self, batches: Vec<EncodedBatch>) -> Result<Vec<Outcome>, Fatal> {
        let pool = batches.into_iter().map(|batch| self.look_up(batch));
        let pool = pool.collect::<Result<Vec<_>, _>>()?;
        let Plan { commit, outcomes } = plan(&self.shared.state(), &pool, self.clock.now_ms())?;
        drop(pool);
        if let Some(commit) = commit {
            let body = Bytes::from(commit.body);
            self.append_and_publish(FrameKind::Commit, body, commit.advance)?;
        }
        Ok(outcomes)
    }

    /// Asks what is known about the keys of a batch. Keys that we made need no question.
    fn look_up(&self, batch: EncodedBatch) -> Result<Pooled, DedupError> {
        let seen = batch.records.iter().map(|record| match record.dedup {
            Some(dedup) if dedup.tag.is_some() => {
                self.shared.dedup.lookup(batch.log.get(), &dedup.key)
            }
            _ => Ok(None),
        });
        let seen = seen.collect::<Result<Vec<Option<Seen>>, _>>();
        if let Err(error) = &seen
            && error.is_damage()
        {
            // Durable, so that the next start builds it again from journal and payload.
            self.shared.dedup.clear()?;
        }
        Ok(Pooled { seen: seen?, batch })
    }

    fn create(
        &mut self,
        origin: &str,
        genesis: Record,
        reply: oneshot::Sender<Result<LogNumber, CreateLogError>>,
    ) -> Result<(), Fatal> {
        let number = match self.shared.state().next_number(origin) {
            Ok(number) => number,
            Err(taken) => {
                let _ = reply.send(Err(refuse(taken)));
                return Ok(());
            }
        };
        let created = self.create_numbered(number, origin, genesis);
        let (answer, done) = match created {
            Ok(()) => (Ok(number), Ok(())),
            Err(Fatal::Journal(JournalError::Full { .. })) => {
                (Err(CreateLogError::Append(AppendError::Full)), Ok(()))
            }
            Err(fatal) => {
                self.shared.poison(&fatal);
                (
                    Err(CreateLogError::Append(AppendError::Poisoned)),
                    Err(fatal),
                )
            }
        };
        // Whoever asked may have gone; the log is there all the same.
        let _ = reply.send(answer);
        done
    }

    fn create_numbered(
        &mut self,
        number: LogNumber,
        origin: &str,
        genesis: Record,
    ) -> Result<(), Fatal> {
        let batch = EncodedBatch::of(&Batch {
            log: number,
            records: vec![genesis],
            mode: BatchMode::AllOrNothing,
        });
        let mut record = Vec::with_capacity(batch.bytes.len());
        for encoded in &batch.records {
            let first = tlog::LeafIndex::FIRST;
            batch.place(encoded, self.clock.now_ms(), first, &mut record);
        }
        let body = commit::account_body(number, origin, &record);
        let advance = Advance::of(&self.shared.state(), FrameKind::Account, &body)?;
        self.append_and_publish(FrameKind::Account, body.into(), advance)
    }

    fn append_and_publish(
        &mut self,
        kind: FrameKind,
        body: Bytes,
        advance: Advance,
    ) -> Result<(), Fatal> {
        let after = self.head;
        self.append(kind, &body)?;
        let frame = Frame {
            after,
            head: self.head,
            kind,
            body,
        };
        self.unannounced += frame.body.len();
        self.shared.publish(frame, advance)?;
        if self.unannounced >= WAKE_SEALER_BYTES || self.shared.journal.full() >= after.seq {
            self.unannounced = 0;
            (self.wake_sealer)();
        }
        Ok(())
    }

    fn append(&mut self, kind: FrameKind, body: &[u8]) -> Result<(), JournalError> {
        self.head = self.shared.journal.append(&NewFrame {
            after: self.head,
            kind,
            body,
        })?;
        Ok(())
    }
}

/// Whoever asked may have gone; what was committed stays.
fn answer(replies: Vec<Reply>, answers: impl Iterator<Item = Result<Outcome, AppendError>>) {
    for (reply, answer) in replies.into_iter().zip(answers) {
        let _ = reply.send(answer);
    }
}

fn refuse(taken: Taken) -> CreateLogError {
    match taken {
        Taken::Origin => CreateLogError::Exists,
        Taken::Slot(other) => CreateLogError::SlotTaken { other },
        Taken::Numbers => CreateLogError::TooMany,
    }
}
