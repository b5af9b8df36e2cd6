//! `annals bench`: made-up events, how fast they are recorded, and how fast they are found.

mod generate;
mod ingest;
mod latency;
mod load;
mod query;
mod questions;
mod subject;
mod wire;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};

/// Measure a server, or make events to measure others with
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    annals bench gen --events 100000 > events.ndjson\n  \
    annals bench ingest --events 500000\n  \
    annals bench ingest --rate 20000 --batch 100 --json\n  \
    annals bench query --events 1000000")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Gen(generate::Arguments),
    Ingest(ingest::Arguments),
    Query(query::Arguments),
}

/// Measures.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    match &arguments.what {
        What::Gen(arguments) => generate::run(arguments)?,
        What::Ingest(arguments) => ingest::run(arguments)?,
        What::Query(arguments) => query::run(arguments)?,
    }
    Ok(ExitCode::SUCCESS)
}
