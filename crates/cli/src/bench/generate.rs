//! `annals bench gen`.

use anyhow::Result;
use clap::Args;
use sdk::event::Timestamp;

use crate::output::Output;
use crate::progress::Progress;
use crate::sample::Load;

/// Events between two looks at the progress.
const STEP: u64 = 1_000;

/// Write made-up events as NDJSON: the same parameters always write the same bytes
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  annals bench gen --events 100000 > events.ndjson\n  \
    annals bench gen --events 5000 --seed 7 | annals append --account acme"
)]
pub(super) struct Arguments {
    /// How many events
    #[arg(long, default_value_t = 10_000)]
    events: u64,
    /// Another seed makes other events
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// When the first event happened (RFC 3339)
    #[arg(long, default_value = "2026-01-01T00:00:00Z", value_name = "TIME", value_parser = instant)]
    begin: Timestamp,
    /// About how many milliseconds lie between two events
    #[arg(long, default_value_t = 1_000)]
    step_ms: u64,
}

fn instant(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text).map_err(|error| error.to_string())
}

/// Writes all events to standard output.
pub(super) fn run(arguments: &Arguments) -> Result<()> {
    let begin_ms = arguments.begin.ms();
    let mut load = Load::new(arguments.seed, begin_ms, arguments.step_ms);
    let mut output = Output::new();
    let progress = Progress::new("events", Some(arguments.events));
    let mut line = String::new();
    for number in 0..arguments.events {
        line.clear();
        load.write(&mut line);
        output.line(&line)?;
        if number % STEP == 0 {
            progress.add(STEP);
        }
    }
    Ok(output.flush()?)
}
