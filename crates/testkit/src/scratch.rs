//! Directories for tests that write and flush all the time.

use std::path::Path;

use tempfile::TempDir;

/// Where Linux keeps files in memory.
const IN_MEMORY: &str = "/dev/shm";

/// A directory that is removed when it is dropped, in memory where the system has such a place.
///
/// A flush costs nothing there; what a power failure leaves is a matter of [`crash`](crate::crash), not of the disk.
pub fn directory() -> TempDir {
    let in_memory = Path::new(IN_MEMORY);
    let made = if in_memory.is_dir() {
        TempDir::new_in(in_memory)
    } else {
        TempDir::new()
    };
    made.expect("a directory can be made")
}
