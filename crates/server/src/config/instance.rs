use std::path::PathBuf;

use super::section::section;

section! {
    /// Where the data is, and under which name.
    Instance {
        /// The data directory: created when it is absent or empty, and used by one process at a time.
        data_dir: PathBuf = PathBuf::from("data"),
        /// The name from which the origins of all logs begin, such as `audit.example.com`.
        /// Fixed when the data directory is initialised; a random `annals.invalid/…` when not set then.
        instance_name: Option<String> = None,
    }
}
