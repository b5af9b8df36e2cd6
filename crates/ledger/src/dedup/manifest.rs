//! The list of the runs that count, replaced as a whole.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::DedupError;
use super::durable::Directory;
use super::limits::MANIFEST_BYTES_MAX;

/// The name of the manifest inside the directory.
pub(super) const FILE_NAME: &str = "manifest";

/// The first bytes of the manifest.
const MAGIC: [u8; 8] = *b"ANNDDLST";

/// The version of the format that this code writes and reads.
const VERSION: u32 = 1;

/// Which runs count, and what they cover.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// Every commit up to this one is covered by the runs; 0 for none.
    pub(super) covered: u64,
    /// The number of the next run. A number is never used twice.
    pub(super) next_run: u64,
    /// The numbers of the runs, the oldest first.
    pub(super) runs: Vec<u64>,
}

impl Manifest {
    /// Reads the manifest; `None` when the directory has none.
    pub(super) fn read(dir: &Path) -> Result<Option<Self>, DedupError> {
        let path = dir.join(FILE_NAME);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(absent) if absent.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(DedupError::read(&path)(source)),
        };
        let mut bytes = Vec::new();
        file.take(MANIFEST_BYTES_MAX)
            .read_to_end(&mut bytes)
            .map_err(DedupError::read(&path))?;
        Self::from_bytes(&bytes)
            .map(Some)
            .ok_or_else(|| DedupError::damaged(&path, "it is not a whole manifest of this version"))
    }

    /// Makes this the manifest; when this returns it is durable.
    pub(super) fn write(&self, dir: &Directory) -> Result<(), DedupError> {
        dir.replace(FILE_NAME, &self.to_bytes())
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_be_bytes());
        bytes.extend(self.covered.to_be_bytes());
        bytes.extend(self.next_run.to_be_bytes());
        for run in &self.runs {
            bytes.extend(run.to_be_bytes());
        }
        bytes.extend(crc32c::crc32c(&bytes).to_be_bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (body, stored) = bytes.split_last_chunk::<4>()?;
        if crc32c::crc32c(body).to_be_bytes() != *stored {
            return None;
        }
        let rest = body
            .strip_prefix(&MAGIC)?
            .strip_prefix(&VERSION.to_be_bytes())?;
        let (numbers, []) = rest.as_chunks::<8>() else {
            return None;
        };
        let mut numbers = numbers.iter().map(|number| u64::from_be_bytes(*number));
        Some(Self {
            covered: numbers.next()?,
            next_run: numbers.next()?,
            runs: numbers.collect(),
        })
    }
}
