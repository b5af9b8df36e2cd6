//! How errors of recording and reading events become refusals.

use api::{ErrorCode, ProblemItem};
use ledger::{AppendError, Refused};

use super::Damage;
use super::Problem;
use crate::ingest::BodyRefused;
use crate::reading::ReadingError;
use ledger::ReadError;

/// The most wrong things that one answer lists.
///
/// A batch of 10,000 events with the same mistake is understood after a hundred.
const ITEMS_MAX: usize = 100;

/// A body that is refused as a whole.
impl From<BodyRefused> for Problem {
    fn from(refused: BodyRefused) -> Self {
        let code = match refused {
            BodyRefused::NotJson { .. } | BodyRefused::NotEvents => ErrorCode::InvalidBody,
            BodyRefused::TooManyEvents => ErrorCode::TooLarge,
        };
        Self::new(code, refused.to_string())
    }
}

/// A batch that the ledger did not take; what it refused of it is answered by [`refused_at`].
impl From<AppendError> for Problem {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Refused { position, refused } => refused_at(position, refused),
            AppendError::Overloaded { retry_after_ms } => Self::new(
                ErrorCode::Overloaded,
                "too many events are waiting to be stored; none of these was",
            )
            .retry_after_s(retry_after_ms.div_ceil(1_000).max(1)),
            AppendError::Full => Self::new(
                ErrorCode::StorageFull,
                "the disk is full; nothing of the request was stored",
            )
            .retry_after_s(30),
            AppendError::Closed => Self::new(
                ErrorCode::NotReady,
                "the server is stopping; nothing was stored",
            ),
            other => Self::caused_by(ErrorCode::Internal, &other),
        }
    }
}

/// The events that break a rule, each problem with the place of its event; `None` when there is none.
pub(crate) fn wrong_events<'a>(
    wrong: impl Iterator<Item = (usize, &'a Vec<event::Problem>)>,
) -> Option<Problem> {
    let items: Vec<ProblemItem> = wrong
        .flat_map(|(place, problems)| problems.iter().map(move |problem| (place, problem)))
        .take(ITEMS_MAX)
        .map(|(place, problem)| ProblemItem {
            index: Some(place),
            pointer: problem.pointer.clone(),
            code: problem.code.to_owned(),
            message: problem.message.clone(),
        })
        .collect();
    let first = items.first()?;
    let detail = format!(
        "event {}: {}",
        first.index.unwrap_or_default(),
        first.message
    );
    Some(Problem::new(ErrorCode::EventInvalid, detail).items(items))
}

/// The event at `place` of the request whose id is taken.
pub(crate) fn refused_at(place: usize, why: Refused) -> Problem {
    let code = match why {
        Refused::Conflict { .. } => ErrorCode::IdConflict,
        Refused::Erased => ErrorCode::Erased,
    };
    let message = match why {
        Refused::Conflict { index } => format!("the id belongs to another event, at index {index}"),
        Refused::Erased => "the id belongs to an event whose contents were erased".to_owned(),
    };
    Problem::new(code, message.clone()).item(ProblemItem {
        index: Some(place),
        pointer: "/id".to_owned(),
        code: code.as_str().to_owned(),
        message,
    })
}

/// An event that cannot be shown.
impl From<ReadingError> for Problem {
    fn from(error: ReadingError) -> Self {
        let damage = damage_of(&error);
        let problem = Self::caused_by(ErrorCode::Internal, &error);
        match damage {
            Some(damage) => problem.damaged(damage),
            None => problem,
        }
    }
}

/// What the error says about stored bytes; `None` when they are fine.
fn damage_of(error: &ReadingError) -> Option<Damage> {
    let index = match error {
        ReadingError::Altered(index) => Some(index.get()),
        ReadingError::Ledger(ReadError::Lost { index, .. } | ReadError::Entry { index, .. }) => {
            Some(*index)
        }
        ReadingError::Ledger(read) if read.kind() == ledger::ErrorKind::Corrupt => None,
        _ => return None,
    };
    let reason = match error {
        ReadingError::Ledger(read) => read.to_string(),
        other => other.to_string(),
    };
    Some(Damage { index, reason })
}

/// A question that the index could not answer.
impl From<index::IndexError> for Problem {
    fn from(error: index::IndexError) -> Self {
        Self::caused_by(ErrorCode::Internal, &error)
    }
}

impl Problem {
    /// A refusal for one parameter with a code of its own.
    pub(crate) fn parameter_as(code: ErrorCode, name: &str, message: String) -> Self {
        Self::new(code, message.clone()).item(ProblemItem {
            index: None,
            pointer: format!("/{name}"),
            code: code.as_str().to_owned(),
            message,
        })
    }
}
