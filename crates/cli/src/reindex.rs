//! `annals reindex`: builds the index of a closed data directory again.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use clap::Args;
use serde_json::json;
use server::offline::{self, ReindexError};
use server::{SystemClock, SystemRandomness};

use crate::directory::Directory;
use crate::failure::{ALTERED, tell_as};
use crate::output::Output;
use crate::progress::Progress;
use crate::serve::runtime;

/// Build the index again from the log, while no server runs
///
/// Nothing of the log is changed, and nothing is lost when this is interrupted: the next start goes on.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  annals reindex --data-dir /var/lib/annals\n  annals reindex --data-dir data --json"
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    directory: Directory,
    /// Print the number of events as JSON
    #[arg(long)]
    json: bool,
}

/// Removes the index, builds it, and says how many events it has.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let config = arguments.directory.config();
    let bar = Progress::new("indexing", Some(0));
    let progress = |done, total| bar.set(done, total);
    let (clock, randomness) = (Arc::new(SystemClock), Arc::new(SystemRandomness));
    let built = runtime()?.block_on(offline::reindex(&config, clock, randomness, &progress));
    let events = match built {
        Err(ReindexError::Open(error)) if error.is_damage() => {
            return Ok(tell_as(&error.into(), ALTERED));
        }
        built => built?,
    };
    drop(bar);
    let mut output = Output::new();
    if arguments.json {
        output.json(&json!({ "events": events }))?;
    } else {
        output.line(format_args!("the index is built again: {events} events"))?;
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}
