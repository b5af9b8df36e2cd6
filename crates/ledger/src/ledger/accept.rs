//! What is refused before it reaches the pool.

use crate::encoded::{EncodedBatch, encoded_len};
use crate::error::{AppendError, CreateLogError};
use crate::limits::{BATCH_BYTES_MAX, ORIGIN_BYTES_MAX, RECORD_BYTES_MAX};
use crate::{Batch, Record};

pub(super) fn check_origin(origin: &str) -> Result<(), CreateLogError> {
    let found = origin.len();
    if found == 0 || found > ORIGIN_BYTES_MAX {
        return Err(CreateLogError::Origin { found });
    }
    Ok(())
}

/// Encodes a batch, on the thread of the caller.
pub(super) fn encode(batch: &Batch) -> Result<EncodedBatch, AppendError> {
    batch.records.iter().try_for_each(check_record)?;
    let found = batch.records.iter().map(encoded_len).sum::<usize>();
    if found > BATCH_BYTES_MAX {
        return Err(AppendError::TooLarge {
            what: "a batch",
            found,
            allowed: BATCH_BYTES_MAX,
        });
    }
    Ok(EncodedBatch::of(batch))
}

pub(super) fn check_record(record: &Record) -> Result<(), AppendError> {
    let found = encoded_len(record);
    if found > RECORD_BYTES_MAX {
        return Err(AppendError::TooLarge {
            what: "a record",
            found,
            allowed: RECORD_BYTES_MAX,
        });
    }
    Ok(())
}
