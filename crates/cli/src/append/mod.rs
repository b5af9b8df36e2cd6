//! `annals append`: events from a file or standard input into a log.

mod input;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;
use sdk::api::receipt::{AppendResult, Receipt};
use sdk::{Account, Events};
use serde_json::json;

use crate::connection::{Connection, block_on};
use crate::failure::FAILED;
use crate::output::{self, Output, printable};
use crate::progress::Progress;
use input::Input;

/// Record events: JSON objects one after another (NDJSON), or an array of them
///
/// Events without an id are given one. Events are sent in batches; a batch is stored as a whole or not at all,
/// and what was acknowledged is on disk.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    echo '{\"action\":\"role.create\",\"actor\":{\"type\":\"user\",\"id\":\"usr_1\"}}' | annals append --account acme\n  \
    annals append --account acme --partial events.ndjson\n  \
    zcat events.ndjson.gz | annals append --account acme --json > receipts.ndjson")]
pub(crate) struct Arguments {
    /// The file; standard input when absent or `-`
    file: Option<PathBuf>,
    /// Events of one request, 1 to 10000
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    batch: u64,
    /// Store the valid events of a batch although others are refused; the refused ones are told, exit code 1
    #[arg(long)]
    partial: bool,
    /// Wait until a search finds the events
    #[arg(long, conflicts_with = "partial")]
    wait: bool,
    /// Print a line of JSON per event: its receipt, or its problem
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    connection: Connection,
}

/// What became of all events so far.
#[derive(Default)]
struct Tally {
    sent: u64,
    stored: u64,
    duplicates: u64,
    refused: u64,
    tree_size: u64,
}

/// Sends all events and tells what became of them.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let client = arguments.connection.client()?;
    let account = client.account(&arguments.connection.account);
    let mut input = Input::open(arguments.file.as_deref())?;
    let mut output = Output::new();
    let progress = Progress::new("events", None);
    let mut tally = Tally::default();
    block_on(async {
        let mut events = Events::new();
        while input.fill(&mut events, usize::try_from(arguments.batch)?)? {
            send(arguments, account, &events, &mut tally, &mut output).await?;
            progress.add(events.len() as u64);
            events.clear();
        }
        Ok(())
    })?;
    drop(progress);
    if !arguments.json {
        let Tally {
            stored,
            duplicates,
            refused,
            tree_size,
            ..
        } = tally;
        output.line(format_args!(
            "{stored} events stored, {duplicates} of them were there before, {refused} refused; the log has {tree_size} entries"
        ))?;
    }
    output.flush()?;
    Ok(if tally.refused == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(FAILED)
    })
}

async fn send(
    arguments: &Arguments,
    account: Account<'_>,
    events: &Events,
    tally: &mut Tally,
    output: &mut Output,
) -> Result<()> {
    let first = tally.sent;
    let failed = || {
        format!("sending the batch that begins with event {first}; the events before it are stored")
    };
    let results = if arguments.partial {
        let answer = account.append_partly(events).await.with_context(failed)?;
        tally.tree_size = answer.tree_size;
        answer.results
    } else {
        let answer = if arguments.wait {
            account.append_and_wait(events).await.with_context(failed)?
        } else {
            account.append(events).await.with_context(failed)?
        };
        tally.tree_size = answer.tree_size;
        answer
            .receipts
            .into_iter()
            .map(|receipt| AppendResult {
                receipt: Some(receipt),
                problem: None,
            })
            .collect()
    };
    for (place, result) in results.iter().enumerate() {
        tell(arguments.json, first + place as u64, result, tally, output)?;
    }
    tally.sent += events.len() as u64;
    Ok(())
}

fn tell(
    as_json: bool,
    place: u64,
    result: &AppendResult,
    tally: &mut Tally,
    output: &mut Output,
) -> Result<()> {
    if let Some(Receipt { duplicate, .. }) = result.receipt {
        tally.stored += 1;
        tally.duplicates += u64::from(duplicate);
    } else {
        tally.refused += 1;
    }
    match result {
        AppendResult {
            receipt: Some(receipt),
            ..
        } if as_json => output.json(receipt)?,
        AppendResult {
            problem: Some(problem),
            ..
        } if as_json => {
            output.json(&json!({ "event": place, "problem": problem }))?;
        }
        AppendResult {
            problem: Some(problem),
            ..
        } => {
            let items = problem
                .errors
                .iter()
                .map(|item| format!("{}: {}", item.pointer, item.message));
            let reasons = items.collect::<Vec<_>>().join("; ");
            let reasons = if reasons.is_empty() {
                &problem.detail
            } else {
                &reasons
            };
            output::note(&printable(&format!("event {place}: {reasons}")));
        }
        AppendResult { .. } => {}
    }
    Ok(())
}
