//! The whole result of a listing, one event per line, ended by a line that says so.

use std::sync::Arc;
use std::time::Duration;

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use index::Hit;
use serde_json::json;

use super::blocking;
use super::stream::{self, Outlet};
use crate::app::App;
use crate::auth::permit::CanRead;
use crate::http::Problem;
use crate::limits::LISTED_AT_ONCE;
use crate::reading::Lens;
use crate::search::listing::{Listing, shown};
use crate::streams::StreamPlace;

/// How many bytes are gathered before a chunk is sent.
const CHUNK_BYTES: usize = 64 * 1024;

/// A result that is streamed.
///
/// It ends without its last line, incomplete, when the log cannot be read any further, when the reader takes nothing for
/// as long as a part of an answer may wait, and when the bearer may not see any more what it has asked for.
pub(super) struct Lines {
    app: Arc<App>,
    permit: CanRead,
    listing: Arc<Listing>,
    /// Given back when the last chunk is sent, or the stream given up.
    _place: StreamPlace,
}

/// Why a stream ends before its last line.
enum Ended {
    /// The reader is gone, or reads nothing.
    Unread,
    /// The bearer may not see it any more.
    NotSeen,
    /// The log cannot be read.
    Failed(Problem),
}

impl Lines {
    pub(super) fn new(
        app: Arc<App>,
        permit: CanRead,
        listing: Listing,
        place: StreamPlace,
    ) -> Self {
        Self {
            app,
            permit,
            listing: Arc::new(listing),
            _place: place,
        }
    }

    /// The answer, which is written from now on.
    pub(super) fn answer(self) -> Response {
        let patience = Duration::from_secs(self.app.config.limits.body_timeout_s);
        let (outlet, body) = stream::body(patience);
        tokio::spawn(async move {
            if let Err(Ended::Failed(problem)) = self.write(&outlet).await {
                problem.log("the stream of a listing ended early");
            }
        });
        ([(CONTENT_TYPE, "application/x-ndjson")], body).into_response()
    }

    async fn write(&self, outlet: &Outlet) -> Result<(), Ended> {
        let (mut count, mut after) = (0, None);
        loop {
            let (app, listing) = (Arc::clone(&self.app), Arc::clone(&self.listing));
            let found = blocking(move || listing.hits(&app, after)).await;
            let found = found.map_err(Ended::Failed)?;
            for hits in found.hits.chunks(LISTED_AT_ONCE) {
                for chunk in self.chunks(hits.to_vec()).await? {
                    self.send(outlet, chunk).await?;
                }
            }
            count += found.hits.len();
            if found.next.is_none() {
                break;
            }
            after = found.next;
        }
        let end = json!({"end": {"count": count, "as_of": self.listing.as_of()}});
        self.send(outlet, format!("{end}\n").into()).await
    }

    /// Some events as lines, in chunks; what of them is seen is worked out anew.
    async fn chunks(&self, hits: Vec<Hit>) -> Result<Vec<Bytes>, Ended> {
        let (app, account) = (Arc::clone(&self.app), Arc::clone(self.permit.account()));
        let lens = Lens::of(&self.app, &self.permit);
        if !self.listing.may_ask(&lens) {
            return Err(Ended::NotSeen);
        }
        let written = blocking(move || {
            let (mut full, mut filling) = (Vec::new(), Vec::new());
            for event in shown(&app, &account, &lens, &hits)? {
                // Writing JSON into memory does not fail.
                let _ = serde_json::to_writer(&mut filling, &event);
                filling.push(b'\n');
                if filling.len() >= CHUNK_BYTES {
                    full.push(std::mem::take(&mut filling).into());
                }
            }
            full.extend((!filling.is_empty()).then(|| filling.into()));
            Ok(full)
        });
        written.await.map_err(Ended::Failed)
    }

    /// Sends a chunk, if the bearer may see it at this moment.
    async fn send(&self, outlet: &Outlet, chunk: Bytes) -> Result<(), Ended> {
        if !self.permit.still_holds(&self.app) {
            return Err(Ended::NotSeen);
        }
        let sent = outlet.send(chunk).await;
        sent.then_some(()).ok_or(Ended::Unread)
    }
}
