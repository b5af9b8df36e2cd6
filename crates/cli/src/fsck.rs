//! `annals fsck`: reads and hashes everything in a closed data directory.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use sdk::tlog::LeafIndex;
use serde_json::{Value, json};
use server::offline::{self, FsckReport};

use crate::directory::Directory;
use crate::failure::{ALTERED, tell_as};
use crate::output::Output;
use crate::progress::Progress;

/// Check that a data directory is what was once written, while no server runs
///
/// Every entry is hashed again, and every event is compared with what its entry commits to. Nothing is changed.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  annals fsck --data-dir /var/lib/annals\n  annals fsck --data-dir data --json\n\n\
    Exit codes: 0 intact, 1 could not be checked, 2 damaged or altered."
)]
pub(crate) struct Arguments {
    #[command(flatten)]
    directory: Directory,
    /// Print what was found as JSON
    #[arg(long)]
    json: bool,
}

/// Checks and says what was found.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let config = arguments.directory.config();
    let bar = Progress::new("checking", Some(0));
    let report = match offline::fsck(&config, &mut |done, total| bar.set(done, total)) {
        Err(error) if error.is_damage() => return Ok(tell_as(&error.into(), ALTERED)),
        report => report?,
    };
    drop(bar);
    let mut output = Output::new();
    if arguments.json {
        output.json(&as_json(&report))?;
    } else {
        show(&report, &mut output)?;
    }
    output.flush()?;
    Ok(if report.is_clean() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(ALTERED)
    })
}

fn as_json(report: &FsckReport) -> Value {
    let logs = report.logs.iter().map(|log| {
        let root = log.root.map(|root| root.to_string());
        json!({ "origin": &*log.origin, "size": log.size.get(), "root": root })
    });
    let problems = report.problems.iter().map(|problem| {
        json!({
            "place": problem.place,
            "log": problem.log.and_then(|number| origin(report, number.get())),
            "index": problem.index.map(LeafIndex::get),
            "finding": problem.finding.to_string(),
        })
    });
    json!({
        "intact": report.is_clean(),
        "entries": report.entries,
        "segments": report.segments,
        "frames": report.frames,
        "torn_bytes": report.torn_bytes,
        "logs": logs.collect::<Vec<_>>(),
        "problems_found": report.problems_found,
        "problems": problems.collect::<Vec<_>>(),
    })
}

fn show(report: &FsckReport, output: &mut Output) -> Result<()> {
    let verdict = if report.is_clean() {
        "intact"
    } else {
        "damaged or altered"
    };
    let verdict = output.strong(verdict);
    let FsckReport {
        entries,
        segments,
        frames,
        torn_bytes,
        problems_found,
        ..
    } = report;
    let logs = report.logs.len();
    output.line(format_args!(
        "{verdict}: {entries} entries of {logs} logs in {segments} segments and {frames} frames"
    ))?;
    for log in &report.logs {
        let root = log
            .root
            .map_or("unknown, because entries are missing".to_owned(), |root| {
                root.to_string()
            });
        output.line(format_args!(
            "  {}  size {}  root {root}",
            log.origin, log.size
        ))?;
    }
    if *torn_bytes > 0 {
        output.line(format_args!(
            "  {torn_bytes} bytes at the end were cut off by a crash; nobody was told that they stand"
        ))?;
    }
    for problem in &report.problems {
        let log = problem
            .log
            .and_then(|number| origin(report, number.get()))
            .unwrap_or_default();
        let index = problem
            .index
            .map(|index| format!(" entry {index}"))
            .unwrap_or_default();
        output.line(format_args!(
            "  {}: {log}{index} {}",
            problem.place, problem.finding
        ))?;
    }
    let unlisted = problems_found.saturating_sub(report.problems.len() as u64);
    if unlisted > 0 {
        output.line(format_args!("  and {unlisted} more problems"))?;
    }
    Ok(())
}

/// The name of a log, as far as it is known.
fn origin(report: &FsckReport, number: u32) -> Option<String> {
    report
        .logs
        .iter()
        .find(|log| log.number.get() == number)
        .map(|log| log.origin.to_string())
}
