//! `POST /v1/accounts/{account}/events`: durable when it answers.

use std::sync::Arc;
use std::time::Duration;

use api::receipt::{AppendResult, Appended, PartlyAppended, Receipt};
use api::{ErrorCode, ProblemItem};
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use event::{EventId, Timestamp};
use ledger::{Batch, BatchMode, LogNumber, Refused};
use serde::Deserialize;
use tlog::TreeSize;

use crate::app::App;
use crate::audit::{Failed, Failure};
use crate::auth::permit::CanAppend;
use crate::control::AccountId;
use crate::http::body::RequestBody;
use crate::http::extract::Parameters;
use crate::http::problem::events::{refused_at, wrong_events};
use crate::http::{Problem, RequestId};
use crate::ingest::{self, Format};
use crate::recording::{Accepted, Ahead, RANDOMNESS_BYTES, Recording};
use crate::removed::{Removed, Taken};
use crate::sealing::in_turn;

/// How long an append waits for `wait` before it answers without.
const WAIT_MAX: Duration = Duration::from_secs(10);

/// Bodies above this many bytes are parsed on a thread that may block, so that other requests go on.
const INLINE_BYTES_MAX: usize = 32 * 1024;

/// Parameters of an append.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AppendParameters {
    /// `true` stores the valid events and answers 200 with a result for each; else it is all or nothing.
    partial: Option<bool>,
    /// `indexed` answers once a search finds the events, but after ten seconds at the latest.
    wait: Option<String>,
}

/// Records events, all or nothing.
///
/// The body is an event, an array of events (`application/json`) or one event per line (`application/x-ndjson`),
/// at most 10,000 events or 16 MiB after decompression (`gzip`, `zstd`).
/// Receipts stand in the order of the request; every one of them is durable.
/// The same id with the same event answers the first receipt with `duplicate: true`; with another event it is 409.
#[utoipa::path(
    post, path = api::path::EVENTS, operation_id = "events.append", tag = "events",
    params(("account" = String, Path, description = "The id of the account."), AppendParameters),
    request_body(content(
        (api::event::NewEvent = "application/json"),
        (String = "application/x-ndjson"),
    )),
    responses(
        (status = 201, description = "Everything is stored.", body = Appended),
        (status = 200, description = "With `partial`: a result for each event.", body = PartlyAppended),
    )
)]
pub(crate) async fn append(
    State(app): State<Arc<App>>,
    permit: CanAppend,
    Extension(request_id): Extension<RequestId>,
    Parameters(parameters): Parameters<AppendParameters>,
    body: RequestBody,
) -> Result<Response, Problem> {
    let waits = waits(parameters.wait.as_deref())?;
    let partial = parameters.partial.unwrap_or(false);
    let format = Format::of_content_type(&body.content_type).ok_or_else(|| {
        Problem::new(
            ErrorCode::UnsupportedMediaType,
            "send the events as application/json or application/x-ndjson",
        )
    })?;
    let prepared = prepare(&app, &permit, format, body).await?;
    if !partial && let Some(problem) = wrong_events(wrong(&prepared)) {
        return Err(problem);
    }
    let good = prepared.iter().filter(|event| event.is_ok()).count();
    permit.count_events(&app, good as u64)?;
    // A key may create the account only now, when the events are known to be good: a bad request opens nothing.
    let account = permit.open(&app).await?;
    let (stored, removed) = store(&app, account.log, prepared, partial).await?;
    removed.tell(&app, &account.id, permit.principal(), permit.client());
    let tree_size = app.ledger.size(account.log).unwrap_or(TreeSize::ZERO);
    let waited = if waits {
        Some(wait_indexed(&app, account.log, tree_size).await)
    } else {
        None
    };
    let answer = Answer {
        origin: app.origin(&account.id),
        tree_size: tree_size.get(),
        waited,
    };
    Ok(if partial {
        answer.partly(&stored, &request_id)
    } else {
        answer.whole(&stored)
    })
}

fn waits(wait: Option<&str>) -> Result<bool, Problem> {
    match wait {
        None => Ok(false),
        Some("indexed") => Ok(true),
        Some("published") => {
            let message = "this server does not publish checkpoints";
            Err(
                Problem::new(ErrorCode::NotAvailable, message).item(ProblemItem {
                    index: None,
                    pointer: "/wait".to_owned(),
                    code: ErrorCode::NotAvailable.as_str().to_owned(),
                    message: message.to_owned(),
                }),
            )
        }
        Some(_) => Err(Problem::parameter("wait", "must be `indexed`")),
    }
}

/// An event that is ready for the ledger, or all that is wrong with it.
type Prepared = Result<Accepted, Vec<event::Problem>>;

fn wrong(prepared: &[Prepared]) -> impl Iterator<Item = (usize, &Vec<event::Problem>)> {
    prepared
        .iter()
        .enumerate()
        .filter_map(|(place, event)| event.as_ref().err().map(|problems| (place, problems)))
}

/// What became of an event.
type Outcome = Result<(EventId, ledger::Receipt), Unstored>;

enum Unstored {
    Invalid(Vec<event::Problem>),
    Refused(Refused),
}

async fn prepare(
    app: &Arc<App>,
    permit: &CanAppend,
    format: Format,
    body: RequestBody,
) -> Result<Vec<Prepared>, Problem> {
    let account = app.control.accounts.get(permit.account_id());
    let recording = Recording::of(app, permit.account_id(), account.as_deref());
    let client = permit.client().clone();
    let large = body.bytes.len() > INLINE_BYTES_MAX;
    let places = Arc::clone(&app.sealing);
    let app = Arc::clone(app);
    let work = move || -> Result<Vec<Prepared>, Problem> {
        let parsed = ingest::parse(format, &body.bytes, &recording.limits)?;
        let mut random = vec![[0; RANDOMNESS_BYTES]; parsed.len()];
        app.randomness.fill(random.as_flattened_mut());
        let now = app.now();
        let each = parsed.into_iter().zip(random);
        Ok(each
            .map(|(sent, random)| recording.accept(sent?, &client.0, now, random))
            .collect())
    };
    if large {
        let turns = Arc::clone(&permit.share().sealing);
        in_turn(turns, places, work)
            .await
            .map_err(|error| Problem::caused_by(ErrorCode::Internal, &error))?
    } else {
        work()
    }
}

/// Stores the events that are valid, and tells what was taken out of those that are new; without `partial` the ledger stores all or nothing.
async fn store(
    app: &App,
    log: LogNumber,
    prepared: Vec<Prepared>,
    partial: bool,
) -> Result<(Vec<Outcome>, Removed), Problem> {
    let mut ids = Vec::with_capacity(prepared.len());
    let mut all_taken: Vec<(usize, Box<Taken>)> = Vec::new();
    let mut most_ahead: Option<Box<Ahead>> = None;
    let mut records = Vec::with_capacity(prepared.len());
    let mut wrong = Vec::new();
    for (place, event) in prepared.into_iter().enumerate() {
        match event {
            Ok(accepted) => {
                if let Some(ahead) = accepted.ahead
                    && most_ahead
                        .as_ref()
                        .is_none_or(|most| most.seconds < ahead.seconds)
                {
                    most_ahead = Some(ahead);
                }
                if let Some(taken) = accepted.taken {
                    all_taken.push((ids.len(), taken));
                }
                ids.push(accepted.id);
                records.push(accepted.record);
            }
            Err(problems) => wrong.push((place, problems)),
        }
    }
    let mode = if partial {
        BatchMode::Each
    } else {
        BatchMode::AllOrNothing
    };
    let receipts = if records.is_empty() {
        Vec::new()
    } else {
        app.ledger.append(Batch { log, records, mode }).await?
    };
    app.metrics.appended(receipts.iter().flatten());
    if let Some(ahead) = most_ahead {
        tell_ahead(app, log, *ahead);
    }
    let mut removed = Removed::default();
    for (place, taken) in &all_taken {
        // A repetition was counted when it came first, and what was refused is not kept.
        if let Some(Ok(receipt)) = receipts.get(*place)
            && !receipt.duplicate
        {
            removed.add(taken);
        }
    }
    let each = ids.into_iter().zip(receipts);
    let mut outcomes: Vec<Outcome> = each
        .map(|(id, receipt)| {
            receipt
                .map(|receipt| (id, receipt))
                .map_err(Unstored::Refused)
        })
        .collect();
    // Ascending places, so that each insertion stands where the event stood in the request.
    for (place, problems) in wrong {
        outcomes.insert(place, Err(Unstored::Invalid(problems)));
    }
    Ok((outcomes, removed))
}

/// Tells the self-audit of events that say that they happen in the future.
fn tell_ahead(app: &App, log: LogNumber, ahead: Ahead) {
    let account = app.control.accounts.of_log(log);
    app.audit.failed(Failed {
        account: account.unwrap_or_else(AccountId::reserved),
        what: Failure::EventsAhead {
            seconds: ahead.seconds,
            producer: ahead.producer,
        },
        at_ms: app.clock.now_ms(),
    });
}

/// Waits until a search finds everything below `size`; false when the time was over first.
pub(crate) async fn wait_indexed(app: &App, log: LogNumber, size: TreeSize) -> bool {
    let mut progress = app.indexed.clone();
    let arrived = async {
        loop {
            progress.mark_unchanged();
            if app.index.applied(log.get()) >= size {
                return true;
            }
            if progress.changed().await.is_err() {
                return false;
            }
        }
    };
    tokio::time::timeout(WAIT_MAX, arrived)
        .await
        .unwrap_or(false)
}

struct Answer {
    origin: String,
    tree_size: u64,
    waited: Option<bool>,
}

impl Answer {
    fn whole(self, outcomes: &[Outcome]) -> Response {
        let receipts = outcomes
            .iter()
            .flatten()
            .map(|(id, receipt)| self.receipt(*id, receipt))
            .collect();
        let body = Appended {
            receipts,
            tree_size: self.tree_size,
            waited: self.waited,
        };
        (StatusCode::CREATED, axum::Json(body)).into_response()
    }

    fn partly(self, outcomes: &[Outcome], request_id: &RequestId) -> Response {
        let results = outcomes
            .iter()
            .enumerate()
            .map(|(place, outcome)| {
                let problem = match outcome {
                    Ok((id, receipt)) => {
                        return AppendResult {
                            receipt: Some(self.receipt(*id, receipt)),
                            problem: None,
                        };
                    }
                    Err(Unstored::Refused(why)) => Some(refused_at(place, *why)),
                    Err(Unstored::Invalid(problems)) => {
                        wrong_events([(place, problems)].into_iter())
                    }
                };
                AppendResult {
                    receipt: None,
                    problem: problem.map(|problem| problem.to_wire(request_id)),
                }
            })
            .collect();
        axum::Json(PartlyAppended {
            results,
            tree_size: self.tree_size,
            waited: self.waited,
        })
        .into_response()
    }

    fn receipt(&self, id: EventId, receipt: &ledger::Receipt) -> Receipt {
        Receipt {
            id: id.to_string(),
            log: self.origin.clone(),
            index: receipt.index.get(),
            leaf_hash: receipt.leaf_hash.to_string(),
            received_at: Timestamp::from_ms(receipt.received_ms).to_string(),
            duplicate: receipt.duplicate,
        }
    }
}
