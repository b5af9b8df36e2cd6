//! `annals health`: the health check of containers.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use crate::connection::block_on;
use crate::output::Output;

/// Ask a server whether it takes requests: exit code 0 when it does, else 1
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  annals health\n  annals health --url https://audit.example.com --json"
)]
pub(crate) struct Arguments {
    /// The address of the server
    #[arg(
        long,
        env = "ANNALS_URL",
        hide_env_values = true,
        default_value = "http://127.0.0.1:8420"
    )]
    url: String,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

/// Asks once, without a token.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let client = sdk::Client::builder(&arguments.url).build()?;
    let health = block_on(async { Ok(client.health().await?) })?;
    let mut output = Output::new();
    if arguments.json {
        output.json(&health)?;
    } else {
        output.line(format_args!(
            "{} is ready: Annals {}, {}",
            arguments.url, health.version, health.instance
        ))?;
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}
