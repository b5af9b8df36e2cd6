//! `annals tail`: what comes into a log, as it comes.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use sdk::Since;

use crate::connection::{Connection, block_on};
use crate::output::{self, Output};
use crate::query::{PAGE_MAX, Table};

/// Print events as they come into the log, until interrupted
///
/// In log order, so that an event which is recorded late is not missed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  annals tail --account acme\n  \
    annals tail --account acme --json | my-consumer\n  \
    annals tail --account acme --limit 100 --after eyJ2Ijox…")]
pub(crate) struct Arguments {
    /// Go on after this cursor, which an earlier tail printed when it ended; from now on when absent
    #[arg(long, value_name = "CURSOR")]
    after: Option<String>,
    /// Begin with the first event of the log
    #[arg(long, conflicts_with = "after")]
    from_start: bool,
    /// End after so many events
    #[arg(long)]
    limit: Option<u64>,
    /// The time zone of what is printed: an IANA name
    #[arg(long, default_value = "UTC")]
    tz: String,
    /// Print one event per line as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    connection: Connection,
}

impl Arguments {
    fn since(&self) -> Since {
        match &self.after {
            Some(cursor) => Since::Cursor(cursor.clone()),
            None if self.from_start => Since::Beginning,
            None => Since::Now,
        }
    }
}

/// Follows until the limit or an interrupt; then the cursor is told on standard error.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let client = arguments.connection.client()?;
    let account = client.account(&arguments.connection.account);
    let mut tail = account.tail(arguments.since());
    block_on(async {
        tokio::select! {
            followed = follow(arguments, &mut tail) => followed,
            interrupted = tokio::signal::ctrl_c() => Ok(interrupted?),
        }
    })?;
    if let Some(cursor) = tail.cursor() {
        output::note(&format!("to go on: annals tail --after {cursor}"));
    }
    Ok(ExitCode::SUCCESS)
}

async fn follow(arguments: &Arguments, tail: &mut sdk::Tail<'_>) -> Result<()> {
    let mut output = Output::new();
    let mut table = None;
    let mut left = arguments.limit.unwrap_or(u64::MAX);
    while left > 0 {
        // Never more than is printed: the cursor stands after the last event of the answer.
        tail.set_limit(u32::try_from(left).unwrap_or(PAGE_MAX).min(PAGE_MAX));
        let page = tail.next().await?;
        let events = page.events.as_slice();
        left = left.saturating_sub(events.len() as u64);
        if arguments.json {
            events.iter().try_for_each(|event| output.json(event))?;
        } else if !events.is_empty() {
            let table = match &mut table {
                Some(table) => table,
                None => table.insert(Table::begin(&arguments.tz, events, &mut output)?),
            };
            table.rows(events, &mut output)?;
        }
        output.flush()?;
    }
    Ok(())
}
