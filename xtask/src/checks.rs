//! The verbs: which checks run, in which order.

use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::web::{self, Journeys};
use crate::workspace::Workspace;
use crate::{step, tidy as rules, tools};

/// The seed of the property tests, so that a run can be repeated; plain `cargo test` explores instead.
const PROPERTY_SEED: &str = "6962";

/// Everything that must pass, cheapest first; the tests run against the optimised binary.
pub(crate) fn test(workspace: &Workspace) -> Result<String> {
    let started = Instant::now();
    tools::ensure(|| workspace.cargo())?;
    step::run(
        "formatting",
        workspace.cargo().args(["fmt", "--all", "--check"]),
    )?;
    step::run(
        "lints",
        cargo(workspace, "clippy")
            .args(["--workspace", "--all-targets"])
            .args(["--", "--deny", "warnings"]),
    )?;
    web::install(workspace)?;
    web::install_test_provider(workspace)?;
    web::check(workspace)?;
    optimised(workspace)?;
    let mut tests = cargo(workspace, "test");
    tests
        .args(["--workspace", "--no-fail-fast"])
        .env("ANNALS_BINARY", workspace.optimised_binary()?);
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        tests.env("PROPTEST_RNG_SEED", PROPERTY_SEED);
    }
    step::run("tests", &mut tests)?;
    web::journeys(workspace, Journeys::Usual)?;
    Ok(format!(
        "formatting, lints, optimised binary, all tests and journeys passed in {}",
        step::seconds(started.elapsed())
    ))
}

/// The journeys in a browser against the optimised binary, and nothing else.
pub(crate) fn e2e(workspace: &Workspace, which: Journeys) -> Result<String> {
    let started = Instant::now();
    tools::ensure(|| workspace.cargo())?;
    web::install(workspace)?;
    optimised(workspace)?;
    web::journeys(workspace, which)?;
    Ok(format!(
        "journeys passed in {}",
        step::seconds(started.elapsed())
    ))
}

fn optimised(workspace: &Workspace) -> Result<()> {
    step::run(
        "the optimised binary",
        cargo(workspace, "build").args(["--profile", "optimised", "--package", "cli"]),
    )
}

/// [`test`], then that it changed no file, then the licences and advisories of all dependencies.
pub(crate) fn ci(workspace: &Workspace) -> Result<String> {
    let before = changed_files(workspace)?;
    let summary = test(workspace)?;
    let after = changed_files(workspace)?;
    if before != after {
        bail!("the checks changed the tree; before:\n{before}after:\n{after}");
    }
    if !step::succeeds(workspace.cargo().args(["deny", "--version"])) {
        bail!("cargo deny is missing: install it with `cargo install --locked cargo-deny`");
    }
    step::run(
        "licences, advisories, sources",
        workspace.cargo().args(["deny", "--workspace", "check"]),
    )?;
    Ok(format!("{summary}; no drift; dependencies allowed"))
}

/// The rules of the house over the tree.
pub(crate) fn tidy(workspace: &Workspace) -> Result<String> {
    let violations = rules::check(workspace)?;
    for violation in &violations {
        println!("{violation}");
    }
    if !violations.is_empty() {
        bail!("{} violations", violations.len());
    }
    Ok("the tree is tidy".to_owned())
}

/// A cargo command that refuses to change `Cargo.lock` where nobody would commit it.
fn cargo(workspace: &Workspace, verb: &str) -> Command {
    let mut command = workspace.cargo();
    command.arg(verb);
    if std::env::var_os("CI").is_some() {
        command.arg("--locked");
    }
    command
}

fn changed_files(workspace: &Workspace) -> Result<String> {
    let mut git = Command::new("git");
    git.current_dir(&workspace.root)
        .args(["status", "--porcelain"]);
    step::output(&mut git)
}
