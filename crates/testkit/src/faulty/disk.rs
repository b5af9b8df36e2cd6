use std::sync::Arc;

use ledger::disk::{Change, Disk, Fate, Watch};

use super::{Fault, Plan};

/// A disk whose changes fail as planned.
///
/// Without space a write is cut in the middle, and what needs no space is done all the same.
#[derive(Debug)]
pub struct FaultyDisk {
    plan: Arc<Plan>,
}

impl FaultyDisk {
    /// The local disk, failing as planned: every change counts as one write of the plan.
    pub fn disk(plan: Arc<Plan>) -> Disk {
        Disk::watched(Arc::new(Self { plan }))
    }
}

impl Watch for FaultyDisk {
    fn decide(&self, change: &Change<'_>) -> Fate {
        match self.plan.next() {
            None => Fate::Done,
            Some(fault @ Fault::Lost) => Fate::Lost(fault.error()),
            Some(fault @ Fault::Kept) => Fate::Kept(fault.error()),
            Some(fault @ Fault::Full) => match change {
                Change::Write { bytes, .. } => Fate::Cut(bytes.len() / 2, fault.error()),
                Change::Remove(_) | Change::FlushDirectory(_) => Fate::Done,
                _ => Fate::Lost(fault.error()),
            },
        }
    }
}
