use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ledger::store::{BlobError, BlobInfo, Blobs};

/// Blobs in memory. Clones share them: a clone is what the next process opens.
#[derive(Clone, Debug, Default)]
pub struct MemoryBlobs {
    blobs: Arc<Mutex<BTreeMap<String, Put>>>,
}

/// What was put under a name; the bytes stay here after a deletion, because a name never changes its bytes.
#[derive(Debug)]
struct Put {
    bytes: Vec<u8>,
    deleted: bool,
}

impl MemoryBlobs {
    /// Without blobs.
    pub fn new() -> Self {
        Self::default()
    }

    fn stored(&self) -> MutexGuard<'_, BTreeMap<String, Put>> {
        self.blobs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a name is one that every store can hold.
fn is_name(name: &str) -> bool {
    let is_part = |part: &str| {
        let allowed =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte);
        !matches!(part, "" | "." | "..") && part.bytes().all(allowed)
    };
    name.split('/').all(is_part)
}

impl Blobs for MemoryBlobs {
    /// # Panics
    /// When the name is not portable, or was ever put with other bytes.
    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), BlobError> {
        assert!(is_name(name), "{name:?} is no name of a blob");
        let mut stored = self.stored();
        let put = stored.entry(name.to_owned()).or_insert_with(|| Put {
            bytes: bytes.to_vec(),
            deleted: false,
        });
        assert!(
            put.bytes == bytes,
            "the immutable blob {name} is put with other bytes"
        );
        put.deleted = false;
        Ok(())
    }

    fn get(&self, name: &str, range: Range<u64>) -> Result<Vec<u8>, BlobError> {
        let missing = || BlobError::Missing {
            name: name.to_owned(),
        };
        let stored = self.stored();
        let put = stored
            .get(name)
            .filter(|put| !put.deleted)
            .ok_or_else(missing)?;
        let start = usize::try_from(range.start).map_err(|_| missing())?;
        let end = usize::try_from(range.end).map_err(|_| missing())?;
        put.bytes
            .get(start..end)
            .map(<[u8]>::to_vec)
            .ok_or_else(missing)
    }

    fn list(&self, prefix: &str) -> Result<Vec<BlobInfo>, BlobError> {
        let stored = self.stored();
        let listed = stored
            .iter()
            .filter(|(name, put)| name.starts_with(prefix) && !put.deleted);
        Ok(listed
            .map(|(name, put)| BlobInfo {
                name: name.clone(),
                len: put.bytes.len() as u64,
            })
            .collect())
    }

    fn delete(&self, name: &str) -> Result<(), BlobError> {
        if let Some(put) = self.stored().get_mut(name) {
            put.deleted = true;
        }
        Ok(())
    }
}
