//! Connections that send events as fast as they are taken, or at a rate.

use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;
use sdk::api::path;
use server::{Clock, SystemClock};

use super::latency::Latencies;
use super::subject::Subject;
use super::wire::{Target, Wire};
use crate::progress::Progress;
use crate::sample::Load;

/// The events lie in the year that ends now.
const YEAR_MS: u64 = 365 * 24 * 60 * 60 * 1_000;

/// Up to this many events are made before the clock starts: about 1 GiB.
const PREPARED_MAX: u64 = 2_000_000;

/// How long a connection rests when the server has too much to do.
const REST: Duration = Duration::from_millis(20);

/// How events are sent.
#[derive(Clone, Debug, Args)]
pub(super) struct Plan {
    /// Connections that send at the same time
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u64).range(1..=1_000))]
    pub(super) connections: u64,
    /// Events of one request
    #[arg(long, default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    pub(super) batch: u64,
    /// Events per second: requests are due at fixed times, and latency counts from when they were due.
    /// Without it every connection sends its next request when it has its answer
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) rate: Option<u64>,
    /// Another seed makes other events
    #[arg(long, default_value_t = 1)]
    pub(super) seed: u64,
}

/// What was measured.
#[derive(Debug, Default)]
pub(super) struct Measured {
    pub(super) events: u64,
    pub(super) bytes: u64,
    pub(super) requests: u64,
    /// Answers 429 and 503, after which the request was sent again.
    pub(super) refused: u64,
    pub(super) seconds: f64,
    pub(super) latencies: Latencies,
}

/// Requests of one connection: each the number of its events and its body.
struct Batches {
    load: Load,
    left: u64,
    batch: u64,
}

impl Iterator for Batches {
    type Item = (u64, String);

    fn next(&mut self) -> Option<(u64, String)> {
        let count = self.left.min(self.batch);
        let mut body = String::new();
        for _ in 0..count {
            self.load.write(&mut body);
            body.push('\n');
        }
        self.left -= count;
        (count > 0).then_some((count, body))
    }
}

/// When the requests of a connection are due.
#[derive(Clone, Copy)]
struct Pace {
    first: Duration,
    every: Duration,
}

/// Sends `events` events and measures until the last answer.
pub(super) fn drive(
    subject: &Subject,
    plan: &Plan,
    events: u64,
    progress: &Progress,
) -> Result<Measured> {
    let target = Target::new(&subject.url, &subject.token)?;
    let path = path::EVENTS.replace("{account}", &subject.account);
    let mut lanes = Vec::new();
    for number in 0..plan.connections {
        let share = events / plan.connections + u64::from(number < events % plan.connections);
        let begin_ms = SystemClock.now_ms().saturating_sub(YEAR_MS);
        let load = Load::new(
            plan.seed.wrapping_add(number),
            begin_ms,
            YEAR_MS / share.max(1),
        );
        let batches = Batches {
            load,
            left: share,
            batch: plan.batch,
        };
        let batches: Box<dyn Iterator<Item = (u64, String)> + Send> = if events <= PREPARED_MAX {
            Box::new(batches.collect::<Vec<_>>().into_iter())
        } else {
            Box::new(batches)
        };
        lanes.push((target.connect()?, batches, pace(plan, number)));
    }
    let start = Instant::now();
    let parts: Vec<Result<Measured>> = thread::scope(|scope| {
        let path = path.as_str();
        let lanes: Vec<_> = lanes
            .into_iter()
            .map(|(wire, batches, pace)| {
                scope.spawn(move || send_all(wire, path, batches, pace, start, progress))
            })
            .collect();
        lanes
            .into_iter()
            .map(|lane| {
                lane.join()
                    .unwrap_or_else(|_| bail!("a connection panicked"))
            })
            .collect()
    });
    let mut measured = Measured {
        seconds: start.elapsed().as_secs_f64(),
        ..Measured::default()
    };
    for part in parts {
        let part = part?;
        measured.events += part.events;
        measured.bytes += part.bytes;
        measured.requests += part.requests;
        measured.refused += part.refused;
        measured.latencies.merge(&part.latencies);
    }
    Ok(measured)
}

/// The connections take turns: together they keep the rate.
fn pace(plan: &Plan, number: u64) -> Option<Pace> {
    let rate = plan.rate?;
    let between = Duration::from_nanos(plan.batch.saturating_mul(1_000_000_000) / rate);
    let times = |count: u64| between.saturating_mul(u32::try_from(count).unwrap_or(u32::MAX));
    Some(Pace {
        first: times(number),
        every: times(plan.connections),
    })
}

fn send_all(
    mut wire: Wire,
    path: &str,
    batches: impl Iterator<Item = (u64, String)>,
    pace: Option<Pace>,
    start: Instant,
    progress: &Progress,
) -> Result<Measured> {
    let mut measured = Measured::default();
    let mut due = pace.map(|pace| start + pace.first);
    for (count, body) in batches {
        if let Some(due) = due {
            thread::sleep(due.saturating_duration_since(Instant::now()));
        }
        let begun = due.unwrap_or_else(Instant::now);
        loop {
            let answer = wire.post(path, "application/x-ndjson", body.as_bytes())?;
            match answer.status {
                201 => break,
                429 | 503 => measured.refused += 1,
                status => bail!("answer {status}: {}", String::from_utf8_lossy(answer.body)),
            }
            thread::sleep(REST);
        }
        measured.latencies.add(begun.elapsed());
        measured.events += count;
        measured.bytes += body.len() as u64;
        measured.requests += 1;
        progress.add(count);
        due = due.zip(pace).map(|(due, pace)| due + pace.every);
    }
    Ok(measured)
}

/// Waits until a search sees everything that was acknowledged; returns for how long.
pub(super) fn until_indexed(subject: &Subject) -> Result<Duration> {
    let mut wire = Target::new(&subject.url, &subject.token)?.connect()?;
    let path = path::EVENTS.replace("{account}", &subject.account);
    let begun = Instant::now();
    loop {
        // An append with `wait` is acknowledged once a search finds it, and with it everything before.
        let answer = wire.post(&format!("{path}?wait=indexed"), "application/json", MARKER)?;
        let body: serde_json::Value =
            serde_json::from_slice(answer.body).context("reading the answer")?;
        match (
            answer.status,
            body.get("waited").and_then(serde_json::Value::as_bool),
        ) {
            (201, Some(true)) => return Ok(begun.elapsed()),
            (201, _) => {}
            (status, _) => bail!("answer {status}: {body}"),
        }
    }
}

/// The last event of a run.
const MARKER: &[u8] = br#"{"action":"bench.end"}"#;
