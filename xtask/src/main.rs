//! The toolbox: what plain cargo does not do.
//!
//! `cargo xtask test` runs everything that must pass, and is what continuous integration runs.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line tool talks to its terminal"
)]

mod checks;
mod step;
mod tidy;
mod tools;
mod web;
mod workspace;

use std::process::ExitCode;

use web::Journeys;
use workspace::Workspace;

const USAGE: &str = "\
usage: cargo xtask <verb>

  test   install what is missing, then formatting, lints, the optimised binary, all tests, the journeys in a browser
  e2e    the optimised binary and the journeys only; `--full` checks accessibility on every screen in every state
  ci     test, then licences and advisories, and that no tracked file was changed by it
  tidy   the rules of the house only: floors, names, lengths, leftovers, dependencies, Markdown";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(verb), option, None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return usage();
    };
    let which = match (verb.as_str(), option.as_deref()) {
        (_, None) => Journeys::Usual,
        ("e2e", Some("--full")) => Journeys::Full,
        _ => return usage(),
    };
    let outcome = match verb.as_str() {
        "test" => Workspace::find().and_then(|workspace| checks::test(&workspace)),
        "e2e" => Workspace::find().and_then(|workspace| checks::e2e(&workspace, which)),
        "ci" => Workspace::find().and_then(|workspace| checks::ci(&workspace)),
        "tidy" => Workspace::find().and_then(|workspace| checks::tidy(&workspace)),
        _ => return usage(),
    };
    match outcome {
        Ok(summary) => {
            println!("xtask {verb}: {summary}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("xtask {verb}: failed: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}
