//! The programs of the system that building and testing need, and how to get them.

use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::step;

/// A program, the Debian packages that bring it, and what needs it.
struct Tool {
    program: &'static str,
    packages: &'static [&'static str],
    needed_for: &'static str,
}

const TOOLS: &[Tool] = &[
    Tool {
        program: "cc",
        packages: &["gcc", "libc6-dev"],
        needed_for: "linking, and building the C parts of dependencies",
    },
    Tool {
        program: "git",
        packages: &["git"],
        needed_for: "seeing whether a check changed the tree",
    },
    Tool {
        program: "chromium",
        packages: &["chromium"],
        needed_for: "the journeys of the dashboard",
    },
];

/// The parts of the Rust toolchain beyond cargo: the subcommand and the component that brings it.
const COMPONENTS: &[(&str, &str)] = &[("fmt", "rustfmt"), ("clippy", "clippy")];

/// Installs what is missing where that needs no question, else fails with what to install.
pub(crate) fn ensure(cargo: impl Fn() -> Command) -> Result<()> {
    for (subcommand, component) in COMPONENTS {
        if !step::succeeds(cargo().args([*subcommand, "--version"])) {
            bail!(
                "cargo {subcommand} is missing: install it with `rustup component add {component}`"
            );
        }
    }
    let missing = missing(present);
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing
        .iter()
        .flat_map(|tool| tool.packages)
        .copied()
        .collect();
    let reasons: Vec<String> = missing
        .iter()
        .map(|tool| format!("{} ({})", tool.program, tool.needed_for))
        .collect();
    let Some(apt) = apt_get() else {
        bail!(
            "missing: {}; install the packages {} and run this again",
            reasons.join(", "),
            packages.join(" ")
        );
    };
    println!("missing: {}", reasons.join(", "));
    step::run("package lists", apt().arg("update"))?;
    step::run(
        "packages",
        apt()
            .args(["install", "--yes", "--no-install-recommends"])
            .args(packages),
    )
    .context("installing what is missing")
}

fn missing(present: impl Fn(&str) -> bool) -> Vec<&'static Tool> {
    TOOLS.iter().filter(|tool| !present(tool.program)).collect()
}

fn present(program: &str) -> bool {
    step::succeeds(Command::new(program).arg("--version"))
}

/// How to call `apt-get` without being asked for anything, or `None` where that is not possible.
fn apt_get() -> Option<impl Fn() -> Command> {
    if !present("apt-get") {
        return None;
    }
    let root = step::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !root && !step::succeeds(Command::new("sudo").args(["--non-interactive", "true"])) {
        return None;
    }
    Some(move || {
        let mut command = if root {
            Command::new("env")
        } else {
            let mut sudo = Command::new("sudo");
            sudo.args(["--non-interactive", "env"]);
            sudo
        };
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]);
        command
    })
}

#[cfg(test)]
mod tests {
    use super::{TOOLS, missing, present};

    #[test]
    fn a_program_is_present_when_it_answers() {
        assert!(present("cargo"));
        assert!(!present("a-program-that-nobody-wrote"));
    }

    #[test]
    fn what_is_missing_names_packages_and_a_reason() {
        assert!(missing(|_| true).is_empty());
        let only_cc: Vec<_> = missing(|program| program != "cc")
            .iter()
            .map(|tool| (tool.program, tool.packages))
            .collect();
        assert_eq!(only_cc, [("cc", ["gcc", "libc6-dev"].as_slice())]);
        for tool in TOOLS {
            assert!(!tool.packages.is_empty() && !tool.needed_for.is_empty());
        }
    }
}
