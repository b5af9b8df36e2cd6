//! The task that records notices: one owner of the throttle, the same way into the ledger as every event.

use std::sync::Arc;
use std::time::Duration;

use event::NewEvent;
use ledger::{AppendError, Batch, BatchMode};
use tokio::sync::mpsc;
use tokio::time::MissedTickBehavior;

use super::failure::of_failure;
use super::notice::Notice;
use super::sentence::{Sentence, of_change, of_read, of_refusal, of_removal};
use super::throttle::Throttle;
use crate::instance::Instance;
use crate::randomness;
use crate::recording::Recording;

/// How often windows that are over are looked for.
const TICK: Duration = Duration::from_secs(5);

/// How often a change is tried again while the ledger is full or overloaded, once a tick.
const TRIES_MAX: u32 = 12;

/// Why a notice could not be recorded.
#[derive(Debug, thiserror::Error)]
enum RecordError {
    #[error("find the account in whose log it is recorded")]
    NoAccount,
    #[error("make an event of it: {0}")]
    Invalid(String),
    #[error("append it")]
    Append(#[source] AppendError),
}

/// Records notices until [`Notice::Finish`] comes or every sender is gone; what was only counted is recorded then.
pub(crate) async fn record(instance: Arc<Instance>, mut notices: mpsc::Receiver<Notice>) {
    let mut throttle = Throttle::new();
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let notice = tokio::select! {
            notice = notices.recv() => notice,
            _ = tick.tick() => {
                for due in throttle.due(instance.clock.now_ms()) {
                    write(&instance, due.sample, due.count).await;
                }
                continue;
            }
        };
        match notice {
            Some(Notice::Change(change)) => write(&instance, of_change(&change), 1).await,
            Some(Notice::Read(read)) => {
                note(&instance, &mut throttle, of_read(&read), 1, read.at_ms).await;
            }
            Some(Notice::Failure(failed)) => {
                note(
                    &instance,
                    &mut throttle,
                    of_failure(&failed),
                    1,
                    failed.at_ms,
                )
                .await;
            }
            Some(Notice::Removal(removal)) => {
                note(
                    &instance,
                    &mut throttle,
                    of_removal(&removal),
                    removal.count,
                    removal.at_ms,
                )
                .await;
            }
            Some(Notice::Refusal(refusal)) => {
                note(
                    &instance,
                    &mut throttle,
                    of_refusal(&refusal),
                    1,
                    refusal.at_ms,
                )
                .await;
            }
            Some(Notice::Finish) | None => break,
        }
    }
    for due in throttle.drain() {
        write(&instance, due.sample, due.count).await;
    }
}

async fn note(
    instance: &Instance,
    throttle: &mut Throttle<Sentence>,
    (key, sentence): (super::throttle::Key, Sentence),
    count: u64,
    at_ms: u64,
) {
    if let Some(due) = throttle.note_many(key, sentence, count, at_ms) {
        write(instance, due.sample, due.count).await;
    }
}

/// Appends an event; a ledger that is overloaded is asked again, what breaks a limit is recorded
/// without its details, and anything else is reported to the operator.
async fn write(instance: &Instance, sentence: Sentence, count: u64) {
    let mut sentence = sentence.counted(count);
    let mut is_reduced = false;
    for _ in 0..TRIES_MAX {
        match append(instance, &sentence).await {
            Ok(()) => return,
            Err(RecordError::Append(AppendError::Overloaded { .. } | AppendError::Full)) => {
                tokio::time::sleep(TICK).await;
            }
            Err(error @ RecordError::Invalid(_)) if !is_reduced => {
                tracing::warn!(
                    account = sentence.account.as_str(),
                    error = &error as &dyn std::error::Error,
                    "an event of the audit log about itself is recorded without its details"
                );
                sentence = sentence.reduced();
                is_reduced = true;
            }
            Err(error) => {
                tracing::error!(
                    account = sentence.account.as_str(),
                    error = &error as &dyn std::error::Error,
                    "an event of the audit log about itself was not recorded"
                );
                return;
            }
        }
    }
    tracing::error!(
        account = sentence.account.as_str(),
        "an event of the audit log about itself found no room"
    );
}

async fn append(instance: &Instance, sentence: &Sentence) -> Result<(), RecordError> {
    let account = instance
        .control
        .accounts
        .get(&sentence.account)
        .ok_or(RecordError::NoAccount)?;
    let recording = Recording::of(instance, &account.id, Some(&account));
    let invalid = |problems: Vec<event::Problem>| {
        let places: Vec<String> = problems
            .iter()
            .map(|problem| format!("{} {}", problem.pointer, problem.code))
            .collect();
        RecordError::Invalid(places.join(", "))
    };
    let sent = NewEvent::from_value(sentence.event.clone(), &recording.limits).map_err(invalid)?;
    let accepted = recording
        .seal(
            sent,
            &sentence.client.0,
            instance.now(),
            randomness::array(instance.randomness.as_ref()),
        )
        .map_err(invalid)?;
    let batch = Batch {
        log: account.log,
        records: vec![accepted.record],
        mode: BatchMode::AllOrNothing,
    };
    instance
        .ledger
        .append(batch)
        .await
        .map(|_| ())
        .map_err(RecordError::Append)
}
