use std::ops::Range;
use std::sync::Arc;

use ledger::store::{BlobError, BlobInfo, Blobs};

use super::{Fault, Plan};

/// Blobs whose puts and deletions fail as planned.
#[derive(Debug)]
pub struct FaultyBlobs {
    inner: Arc<dyn Blobs>,
    plan: Arc<Plan>,
}

impl FaultyBlobs {
    /// Lets the changes of a store fail as planned.
    pub fn new(inner: Arc<dyn Blobs>, plan: Arc<Plan>) -> Self {
        Self { inner, plan }
    }

    fn change(
        &self,
        name: &str,
        change: impl FnOnce() -> Result<(), BlobError>,
    ) -> Result<(), BlobError> {
        let unknown = |fault: Fault| BlobError::Unknown {
            name: name.to_owned(),
            source: fault.error(),
        };
        match self.plan.next() {
            None => change(),
            Some(fault @ Fault::Lost) => Err(unknown(fault)),
            Some(fault @ Fault::Kept) => change().and(Err(unknown(fault))),
            Some(fault @ Fault::Full) => Err(BlobError::Full {
                name: name.to_owned(),
                source: fault.error(),
            }),
        }
    }
}

impl Blobs for FaultyBlobs {
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), BlobError> {
        self.change(name, || self.inner.put(name, bytes))
    }

    fn get(&self, name: &str, range: Range<u64>) -> Result<Vec<u8>, BlobError> {
        self.inner.get(name, range)
    }

    fn list(&self, prefix: &str) -> Result<Vec<BlobInfo>, BlobError> {
        self.inner.list(prefix)
    }

    fn delete(&self, name: &str) -> Result<(), BlobError> {
        self.change(name, || self.inner.delete(name))
    }
}
