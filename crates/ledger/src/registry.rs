//! The registry: which log has which number, for the logs whose account frames the journal no longer holds.
//!
//! ```text
//! off len
//!   0   8  magic "ANNREGIS"
//!   8   4  version      1
//!  12   8  covered      the frame up to which every account frame is in here
//!  20   4  count
//!          per log, in the order of the numbers from 0:
//!            8 created ms, 2 length of the origin, the origin
//! last   4  crc32c of everything before
//! ```
//!
//! It is replaced as a whole, durably, before the journal is trimmed; account frames behind `covered` complete it.

#[cfg(test)]
mod tests;

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::LogNumber;
use crate::disk::Disk;
use crate::limits::ORIGIN_BYTES_MAX;
use crate::state::NewLog;
use crate::store::dir::replace;
use crate::wire::Fields;

const MAGIC: [u8; 8] = *b"ANNREGIS";
const VERSION: u32 = 1;

/// A registry as it stands on the disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Registry {
    /// The frame up to which it is complete.
    pub(crate) covered: u64,
    /// In the order of their numbers.
    pub(crate) logs: Vec<NewLog>,
}

/// What is wrong with a registry.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// It cannot be read.
    #[error("cannot read the registry")]
    Read(#[source] io::Error),
    /// It cannot be replaced; the old one stands.
    #[error("cannot write the registry")]
    Write(#[source] io::Error),
    /// It is not what was once written.
    #[error("the registry is damaged: {0}")]
    Damaged(&'static str),
    /// A newer version wrote it.
    #[error("the registry has version {0}, which only a newer version reads")]
    Newer(u32),
}

/// The bytes of a registry without logs.
pub(crate) fn empty() -> Vec<u8> {
    Registry::default().to_bytes()
}

impl Registry {
    pub(crate) fn read(path: &Path) -> Result<Self, RegistryError> {
        Self::from_bytes(&fs::read(path).map_err(RegistryError::Read)?)
    }

    /// Replaces the registry. Durable when it returns.
    pub(crate) fn write(&self, disk: &Disk, path: &Path) -> Result<(), RegistryError> {
        replace(disk, path, &self.to_bytes()).map_err(RegistryError::Write)
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(VERSION.to_be_bytes());
        bytes.extend(self.covered.to_be_bytes());
        // Numbers are u32, so their count fits.
        bytes.extend(
            u32::try_from(self.logs.len())
                .unwrap_or(u32::MAX)
                .to_be_bytes(),
        );
        for log in &self.logs {
            bytes.extend(log.created_ms.to_be_bytes());
            bytes.extend(
                u16::try_from(log.origin.len())
                    .unwrap_or(u16::MAX)
                    .to_be_bytes(),
            );
            bytes.extend(log.origin.as_bytes());
        }
        bytes.extend(crc32c::crc32c(&bytes).to_be_bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, RegistryError> {
        let (body, crc) = bytes
            .split_last_chunk::<4>()
            .ok_or(RegistryError::Damaged("it is too short"))?;
        let mut fields = Fields(body);
        if fields.array() != Some(&MAGIC) {
            return Err(RegistryError::Damaged("it does not begin like a registry"));
        }
        if crc32c::crc32c(body) != u32::from_be_bytes(*crc) {
            return Err(RegistryError::Damaged("its checksum does not match"));
        }
        let too_short = RegistryError::Damaged("it ends early");
        match fields.u32() {
            None => return Err(too_short),
            Some(VERSION) => {}
            Some(other) => return Err(RegistryError::Newer(other)),
        }
        Self::read_logs(&mut fields).ok_or(too_short)
    }

    fn read_logs(fields: &mut Fields<'_>) -> Option<Self> {
        let covered = fields.u64()?;
        let count = fields.u32()?;
        let logs = (0..count).map(|number| {
            let created_ms = fields.u64()?;
            let origin_len = usize::from(fields.u16()?);
            let origin = std::str::from_utf8(fields.take(origin_len)?).ok()?;
            (origin_len <= ORIGIN_BYTES_MAX).then_some(NewLog {
                number: LogNumber::new(number),
                origin: Arc::from(origin),
                created_ms,
            })
        });
        let logs = logs.collect::<Option<_>>()?;
        fields.is_empty().then_some(Self { covered, logs })
    }
}
