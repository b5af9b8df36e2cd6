//! `annals bench query`.

use std::time::Instant;

use anyhow::{Result, bail};
use clap::Args;
use serde_json::json;

use super::latency::{Latencies, Percentiles};
use super::load::{Plan, drive, until_indexed};
use super::questions::{self, Question};
use super::subject::{Subject, Which};
use super::wire::{Target, Wire};
use crate::output::Output;
use crate::progress::Progress;

/// Asked before the clock counts, so that every file has been read once.
const WARM_UP: usize = 3;

/// Measure how fast events are found and counted, over HTTP
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  annals bench query\n  annals bench query --events 200000 --rounds 100 --json\n  \
    annals bench query --url http://127.0.0.1:8420 --account bench --events 0"
)]
pub(super) struct Arguments {
    /// How many events are recorded first; 0 asks about what is there
    #[arg(long, default_value_t = 1_000_000)]
    events: u64,
    /// How often every question is asked
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..))]
    rounds: u64,
    #[command(flatten)]
    plan: Plan,
    /// Print the figures as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    which: Which,
}

/// Fills, asks, measures and reports.
pub(super) fn run(arguments: &Arguments) -> Result<()> {
    let subject = Subject::prepare(&arguments.which)?;
    if arguments.events > 0 {
        let progress = Progress::new("recording events", Some(arguments.events));
        drive(&subject, &arguments.plan, arguments.events, &progress)?;
        until_indexed(&subject)?;
    }
    let mut wire = Target::new(&subject.url, &subject.token)?.connect()?;
    let questions = questions::all(&mut wire, &subject.account, arguments.plan.seed)?;
    let progress = Progress::new("asking", Some(arguments.rounds * questions.len() as u64));
    let mut answers = Vec::new();
    for question in &questions {
        answers.push((
            question.name,
            measure(&mut wire, question, arguments.rounds, &progress)?,
        ));
    }
    drop(progress);
    drop(wire);
    subject.end()?;
    report(arguments, &answers)
}

fn measure(
    wire: &mut Wire,
    question: &Question,
    rounds: u64,
    progress: &Progress,
) -> Result<Percentiles> {
    for _ in 0..WARM_UP {
        questions::ask(wire, &question.path, &question.body)?;
    }
    let body = serde_json::to_vec(&question.body)?;
    let mut latencies = Latencies::default();
    for _ in 0..rounds {
        let begun = Instant::now();
        let answer = wire.post(&question.path, "application/json", &body)?;
        let taken = begun.elapsed();
        if answer.status != 200 {
            bail!("{} answered {}", question.name, answer.status);
        }
        latencies.add(taken);
        progress.add(1);
    }
    Ok(latencies.percentiles())
}

fn report(arguments: &Arguments, answers: &[(&str, Percentiles)]) -> Result<()> {
    let mut output = Output::new();
    if arguments.json {
        let questions: Vec<_> = answers
            .iter()
            .map(|(name, latency)| json!({ "question": name, "latency_ms": latency }))
            .collect();
        output.json(&json!({ "events": arguments.events, "rounds": arguments.rounds, "questions": questions }))?;
        return Ok(output.flush()?);
    }
    output.line(format_args!(
        "{} events, every question {} times, one after the other",
        arguments.events, arguments.rounds
    ))?;
    let head = output.strong(&format!(
        "{:42} {:>10} {:>10} {:>10}",
        "question", "median ms", "p95 ms", "max ms"
    ));
    output.line(head)?;
    for (name, latency) in answers {
        output.line(format_args!(
            "{name:42} {:>10.2} {:>10.2} {:>10.2}",
            latency.p50, latency.p95, latency.max
        ))?;
    }
    Ok(output.flush()?)
}
