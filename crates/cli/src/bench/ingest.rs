//! `annals bench ingest`.

use anyhow::Result;
use clap::Args;
use serde_json::json;

use super::load::{Measured, Plan, drive, until_indexed};
use super::subject::{Subject, Which};
use crate::output::Output;
use crate::progress::Progress;

/// Measure how fast events are recorded: every answer means that its events are on disk
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  annals bench ingest --events 500000 --data-dir /mnt/fast/bench\n  \
    annals bench ingest --rate 20000 --batch 100\n  \
    annals bench ingest --url http://127.0.0.1:8420 --account bench --json"
)]
pub(super) struct Arguments {
    /// How many events
    #[arg(long, default_value_t = 200_000)]
    events: u64,
    #[command(flatten)]
    plan: Plan,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    which: Which,
}

/// Sends, measures and reports.
pub(super) fn run(arguments: &Arguments) -> Result<()> {
    let subject = Subject::prepare(&arguments.which)?;
    let progress = Progress::new("events", Some(arguments.events));
    let measured = drive(&subject, &arguments.plan, arguments.events, &progress)?;
    drop(progress);
    let indexed_after_ms = until_indexed(&subject)?.as_millis();
    subject.end()?;
    report(arguments, &measured, indexed_after_ms)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of events stay far below 2^53"
)]
fn report(arguments: &Arguments, measured: &Measured, indexed_after_ms: u128) -> Result<()> {
    let Measured {
        events,
        bytes,
        requests,
        refused,
        seconds,
        ref latencies,
    } = *measured;
    let (events_per_s, mb_per_s) = (events as f64 / seconds, bytes as f64 / seconds / 1e6);
    let percentiles = latencies.percentiles();
    let plan = &arguments.plan;
    let mut output = Output::new();
    if arguments.json {
        output.json(&json!({
            "events": events,
            "requests": requests,
            "refused": refused,
            "connections": plan.connections,
            "batch": plan.batch,
            "rate": plan.rate,
            "seconds": seconds,
            "events_per_s": events_per_s.round(),
            "mb_per_s": (mb_per_s * 10.0).round() / 10.0,
            "latency_ms": percentiles,
            "indexed_after_ms": indexed_after_ms,
        }))?;
        return Ok(output.flush()?);
    }
    let mode = plan.rate.map_or("as fast as it goes".to_owned(), |rate| {
        format!("{rate} events/s wanted")
    });
    output.line(format_args!(
        "{events} events in {requests} requests of {}, {} connections, {mode}",
        plan.batch, plan.connections
    ))?;
    output.line(format_args!(
        "  {events_per_s:.0} events/s durable, {mb_per_s:.1} MB/s, {seconds:.2} s"
    ))?;
    output.line(format_args!(
        "  per request: p50 {:.2} ms, p95 {:.2} ms, p99 {:.2} ms, max {:.2} ms; {refused} were sent again",
        percentiles.p50, percentiles.p95, percentiles.p99, percentiles.max
    ))?;
    output.line(format_args!(
        "  a search found the last event {indexed_after_ms} ms after its answer"
    ))?;
    Ok(output.flush()?)
}
