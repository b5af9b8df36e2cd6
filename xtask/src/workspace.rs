//! Where the repository is and what cargo knows about it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::step;

/// The repository, and the answer of `cargo metadata` about its own crates.
pub(crate) struct Workspace {
    /// The directory of the root `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// `cargo metadata --no-deps`, format 1.
    pub(crate) metadata: Value,
}

impl Workspace {
    /// Asks cargo. The root is where this tool was built, so the current directory does not matter.
    pub(crate) fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("finding the directory above xtask")?
            .to_owned();
        let mut command = cargo(&root);
        command.args(["metadata", "--no-deps", "--format-version", "1"]);
        let text = step::output(&mut command)?;
        let metadata = serde_json::from_str(&text).context("reading cargo metadata")?;
        Ok(Self { root, metadata })
    }

    /// A cargo command in the root.
    pub(crate) fn cargo(&self) -> Command {
        cargo(&self.root)
    }

    /// Where cargo puts the binary of the optimised profile.
    pub(crate) fn optimised_binary(&self) -> Result<PathBuf> {
        let target = self
            .metadata
            .get("target_directory")
            .and_then(Value::as_str)
            .context("reading target_directory of cargo metadata")?;
        let name = format!("annals{}", std::env::consts::EXE_SUFFIX);
        Ok(Path::new(target).join("optimised").join(name))
    }
}

fn cargo(root: &Path) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(root);
    command
}
