//! Writing that survives a power failure: content first, then the name, then the directory that holds the name.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use super::DedupError;

/// The ending of files that are still written; such a file counts for nothing.
pub(super) const UNFINISHED: &str = "tmp";

/// Makes the names inside a directory durable.
pub(super) fn flush_directory(dir: &Path) -> Result<(), DedupError> {
    let handle = File::open(dir).map_err(DedupError::read(dir))?;
    handle.sync_all().map_err(DedupError::flush(dir))
}

/// Gives a flushed file its final name and makes the name durable.
pub(super) fn publish(unfinished: &Path, path: &Path, dir: &Path) -> Result<(), DedupError> {
    fs::rename(unfinished, path).map_err(DedupError::write(path))?;
    flush_directory(dir)
}

/// Replaces a whole file: after a crash it holds the old or the new bytes.
pub(super) fn replace(dir: &Path, name: &str, bytes: &[u8]) -> Result<(), DedupError> {
    let path = dir.join(name);
    let unfinished = path.with_extension(UNFINISHED);
    let mut file = File::create(&unfinished).map_err(DedupError::write(&unfinished))?;
    file.write_all(bytes)
        .map_err(DedupError::write(&unfinished))?;
    file.sync_all().map_err(DedupError::flush(&unfinished))?;
    publish(&unfinished, &path, dir)
}
