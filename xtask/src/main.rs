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
mod workspace;

use std::process::ExitCode;

use workspace::Workspace;

const USAGE: &str = "\
usage: cargo xtask <verb>

  test   install what is missing, then formatting, lints, the optimised binary, all tests
  ci     test, then licences and advisories, and that no tracked file was changed by it
  tidy   the rules of the house only: floors, names, lengths, leftovers, dependencies, Markdown";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(verb), None) = (arguments.next(), arguments.next()) else {
        return usage();
    };
    let outcome = match verb.as_str() {
        "test" => Workspace::find().and_then(|workspace| checks::test(&workspace)),
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
