//! What `/metrics` tells: counters without account names, because their number has no limit.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

use crate::control::RuleKind;

/// Upper bounds of the latency buckets in seconds: from a cached answer to the longest wait the API offers.
const LATENCY_BUCKETS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Route {
    method: String,
    route: String,
}

/// The counters of the server.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
    events: Counter,
    duplicates: Counter,
    accounts: Gauge,
    entries: Gauge,
    behind: Gauge,
    broken: Gauge,
}

/// What is counted when somebody asks.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sizes {
    /// Accounts.
    pub(crate) accounts: u64,
    /// Entries of all logs.
    pub(crate) entries: u64,
    /// Entries that the index has not applied yet.
    pub(crate) behind: u64,
    /// Whether the ledger can store nothing until the process is started again.
    pub(crate) is_broken: bool,
}

impl Metrics {
    /// All counters at zero, but for `unaudited` and `removed`, which are counted elsewhere.
    pub(crate) fn new(unaudited: &Counter, removed: &Family<RuleKind, Counter>) -> Self {
        let mut registry = Registry::with_prefix("annals");
        let requests = Family::default();
        let seconds =
            Family::new_with_constructor((|| Histogram::new(LATENCY_BUCKETS)) as fn() -> Histogram);
        let (in_flight, events, duplicates) =
            (Gauge::default(), Counter::default(), Counter::default());
        registry.register("http_requests", "Answered requests", requests.clone());
        registry.register_with_unit(
            "http_request",
            "Time to the head of the answer",
            Unit::Seconds,
            seconds.clone(),
        );
        registry.register(
            "http_requests_in_flight",
            "Requests being answered",
            in_flight.clone(),
        );
        registry.register("ingest_events", "Events stored", events.clone());
        registry.register(
            "ingest_duplicates",
            "Events that had been stored before",
            duplicates.clone(),
        );
        registry.register(
            "audit_lost",
            "Reads and refusals that were not recorded for lack of room",
            unaudited.clone(),
        );
        registry.register(
            "firewall_secrets",
            "Secrets that were taken out of events, by kind of rule",
            removed.clone(),
        );
        let gauge = |registry: &mut Registry, name: &str, help: &str| {
            let gauge = Gauge::default();
            registry.register(name, help, gauge.clone());
            gauge
        };
        let accounts = gauge(&mut registry, "accounts", "Accounts");
        let entries = gauge(&mut registry, "log_entries", "Entries of all logs");
        let behind = gauge(
            &mut registry,
            "index_behind_entries",
            "Entries that are stored but not found yet",
        );
        let broken = gauge(
            &mut registry,
            "ledger_broken",
            "1 when nothing can be stored until the process is started again",
        );
        Self {
            registry,
            requests,
            seconds,
            in_flight,
            events,
            duplicates,
            accounts,
            entries,
            behind,
            broken,
        }
    }
}

/// Counts a request as in flight until it is dropped.
#[derive(Debug)]
pub(crate) struct InFlight(Gauge);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    pub(crate) fn request_started(&self) -> InFlight {
        self.in_flight.inc();
        InFlight(self.in_flight.clone())
    }

    /// Counts an answer; `route` is the path as the router knows it, so that the number of series has a limit.
    pub(crate) fn request_finished(
        &self,
        method: &Method,
        route: &str,
        status: StatusCode,
        elapsed: Duration,
    ) {
        let known = matches!(
            method.as_str(),
            "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS"
        );
        let method = if known { method.as_str() } else { "other" }.to_owned();
        let route = route.to_owned();
        let answered = Answered {
            method: method.clone(),
            route: route.clone(),
            status: status.as_u16(),
        };
        self.requests.get_or_create(&answered).inc();
        self.seconds
            .get_or_create(&Route { method, route })
            .observe(elapsed.as_secs_f64());
    }

    /// Counts stored events, and those that had been stored before.
    pub(crate) fn appended<'a>(&self, receipts: impl Iterator<Item = &'a ledger::Receipt>) {
        for receipt in receipts {
            if receipt.duplicate {
                self.duplicates.inc()
            } else {
                self.events.inc()
            };
        }
    }

    /// The OpenMetrics text.
    pub(crate) fn to_text(&self, sizes: Sizes) -> Result<String, std::fmt::Error> {
        let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        self.accounts.set(number(sizes.accounts));
        self.entries.set(number(sizes.entries));
        self.behind.set(number(sizes.behind));
        self.broken.set(i64::from(sizes.is_broken));
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
