//! What a client asked for, and what became of it when the process ended before it said so.

use ledger::{Batch, Ledger, LogNumber, Record};
use testkit::check::difference;
use testkit::model::Model;

/// A change of the ledger that a client asked for.
#[derive(Clone, Debug)]
pub(crate) enum Attempt {
    Create { origin: String, genesis: Record },
    Append(Batch),
}

impl Attempt {
    /// Does to a model what the ledger does when the attempt is committed.
    pub(crate) fn commit(&self, model: &mut Model, now_ms: u64) {
        match self {
            Self::Create { origin: _, genesis } => {
                let number = u32::try_from(model.numbers().len()).unwrap();
                model.create_log(LogNumber::new(number), genesis, now_ms);
            }
            // A refused batch changes nothing.
            Self::Append(batch) => drop(model.append(batch, now_ms)),
        }
    }
}

/// Brings a model to what a ledger holds after attempts whose outcome was unknown.
///
/// They were made in this order, so that the ledger holds the first ones, or none: which is tried one by one.
///
/// # Panics
/// When the ledger holds something else.
pub(crate) fn adopt(ledger: &Ledger, model: &mut Model, unknown: &[(Attempt, u64)]) -> usize {
    let mut candidate = model.clone();
    let mut differences = Vec::new();
    for committed in 0..=unknown.len() {
        match unlike(ledger, &candidate) {
            None => {
                *model = candidate;
                return committed;
            }
            Some(difference) => differences.push(difference),
        }
        if let Some((attempt, now_ms)) = unknown.get(committed) {
            attempt.commit(&mut candidate, *now_ms);
        }
    }
    panic!("the ledger holds none of the possible states: {differences:#?}");
}

fn unlike(ledger: &Ledger, model: &Model) -> Option<String> {
    let numbers: Vec<LogNumber> = ledger.logs().iter().map(|info| info.number).collect();
    if numbers != model.numbers() {
        return Some(format!(
            "{} logs instead of {}",
            numbers.len(),
            model.numbers().len()
        ));
    }
    numbers
        .into_iter()
        .find_map(|number| difference(ledger, number, model.log(number)))
}
