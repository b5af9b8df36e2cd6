//! The checks of the dashboard: its packages, its lints and pure tests, and the journeys in a real browser.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::step;
use crate::workspace::Workspace;

/// What Vite needs; an older one fails late and unreadably.
const NODE_AT_LEAST: (u32, u32) = (20, 19);

/// Which journeys run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Journeys {
    /// All journeys, and accessibility on a pairwise set of screens.
    Usual,
    /// The same, with accessibility on the full product of screens, themes, widths and states.
    Full,
}

/// Where the packages of the OpenID provider are with which the server is tested.
const TEST_PROVIDER: &str = "crates/server/tests/oidc";

/// Installs the packages of the dashboard.
pub(crate) fn install(workspace: &Workspace) -> Result<()> {
    install_in(&directory(workspace), "packages of the dashboard")
}

/// Installs the packages of the OpenID provider with which the server is tested.
pub(crate) fn install_test_provider(workspace: &Workspace) -> Result<()> {
    install_in(
        &workspace.root.join(TEST_PROVIDER),
        "packages of the OpenID provider of the tests",
    )
}

/// Installs the packages of a directory when its lock file says others than those that are there.
fn install_in(directory: &Path, what: &str) -> Result<()> {
    check_node()?;
    let lock = directory.join("package-lock.json");
    let installed = directory.join("node_modules/.lock-copy");
    let wanted = fs::read(&lock).with_context(|| format!("reading {}", lock.display()))?;
    if fs::read(&installed).ok().as_ref() == Some(&wanted) {
        return Ok(());
    }
    step::run(
        what,
        Command::new("npm").current_dir(directory).args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ]),
    )?;
    fs::write(&installed, &wanted).with_context(|| format!("writing {}", installed.display()))
}

/// Format, lints, types and the tests of everything that needs no browser.
pub(crate) fn check(workspace: &Workspace) -> Result<()> {
    step::run(
        "lints and types of the dashboard",
        npm(workspace).args(["run", "--silent", "lint"]),
    )?;
    step::run(
        "unit tests of the dashboard",
        npm(workspace).args(["run", "--silent", "test"]),
    )
}

/// How much the first screen loads, and the journeys, against a binary of the optimised profile.
pub(crate) fn journeys(workspace: &Workspace, which: Journeys) -> Result<()> {
    let binary = workspace.optimised_binary()?;
    if !binary.is_file() {
        bail!(
            "{} is missing: run `cargo build --profile optimised`",
            binary.display()
        );
    }
    step::run(
        "size of the first screen",
        npm(workspace).args(["run", "--silent", "budget"]),
    )?;
    let script = match which {
        Journeys::Usual => "e2e",
        Journeys::Full => "e2e:full",
    };
    step::run(
        "journeys in the browser",
        npm(workspace)
            .args(["run", "--silent", script])
            .env("ANNALS_BINARY", binary),
    )
}

fn directory(workspace: &Workspace) -> PathBuf {
    workspace.root.join("web")
}

fn npm(workspace: &Workspace) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(directory(workspace));
    command
}

fn check_node() -> Result<()> {
    let version = step::output(Command::new("node").arg("--version")).context(
        "the dashboard is built and tested with Node.js 20.19 or newer: install it from https://nodejs.org",
    )?;
    if is_new_enough(&version) {
        return Ok(());
    }
    bail!(
        "node is {}; the dashboard needs 20.19 or newer",
        version.trim()
    )
}

fn is_new_enough(version: &str) -> bool {
    let numbers = version.trim().trim_start_matches('v');
    let mut parts = numbers.split('.').map(str::parse::<u32>);
    match (parts.next(), parts.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= NODE_AT_LEAST,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_new_enough;

    #[test]
    fn versions_of_node_are_compared_as_numbers() {
        assert!(is_new_enough("v20.19.0\n"));
        assert!(is_new_enough("v22.4.1"));
        assert!(!is_new_enough("v20.9.0"));
        assert!(!is_new_enough("v18.20.4"));
        assert!(!is_new_enough("nonsense"));
    }
}
