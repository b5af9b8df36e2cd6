//! Which data directory a command works on.

use std::path::{Path, PathBuf};

use clap::Args;
use server::Config;

/// The directory, found where a server finds it.
#[derive(Debug, Args)]
pub(crate) struct Directory {
    /// The data directory
    #[arg(
        long,
        env = "ANNALS_DATA_DIR",
        hide_env_values = true,
        value_name = "DIR",
        default_value = "data"
    )]
    data_dir: PathBuf,
}

impl Directory {
    /// The path of the directory.
    pub(crate) fn path(&self) -> &Path {
        &self.data_dir
    }

    /// The settings of a server on it, as far as they matter while nothing is served.
    pub(crate) fn config(&self) -> Config {
        let mut config = Config::default();
        config.instance.data_dir.clone_from(&self.data_dir);
        config
    }
}
