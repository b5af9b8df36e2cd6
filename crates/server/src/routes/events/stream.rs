//! Answers that are written while they are read: bounded in memory, ended by a line that says so.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::{Body, HttpBody};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use hyper::body::Frame;
use serde_json::json;
use tokio::sync::mpsc;

use crate::app::App;
use crate::control::Account;
use crate::search::listing::Listing;

/// How many chunks may wait for a slow reader; the reading of the log waits with it.
const CHUNKS_WAITING_MAX: usize = 4;

/// How many bytes are gathered before a chunk is sent.
const CHUNK_BYTES: usize = 64 * 1024;

/// A body whose chunks come from another task; it ends when the sender is dropped.
pub(super) struct Chunks(mpsc::Receiver<Bytes>);

impl Chunks {
    /// The body and the way to fill it.
    pub(super) fn new() -> (mpsc::Sender<Bytes>, Self) {
        let (sender, receiver) = mpsc::channel(CHUNKS_WAITING_MAX);
        (sender, Self(receiver))
    }

    /// The body of a response.
    pub(super) fn into_body(self) -> Body {
        Body::new(UnsyncBoxBody::new(self))
    }
}

impl HttpBody for Chunks {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0
            .poll_recv(context)
            .map(|chunk| chunk.map(|bytes| Ok(Frame::data(bytes))))
    }
}

/// The whole result of a listing, one event per line.
///
/// The last line tells the count; when the log cannot be read any further it is missing, and the result incomplete.
pub(super) fn lines(app: Arc<App>, account: Arc<Account>, listing: Listing) -> Response {
    let (sender, chunks) = Chunks::new();
    tokio::task::spawn_blocking(move || {
        let mut waiting = Vec::with_capacity(CHUNK_BYTES);
        let counted = listing.each(&app, &account, |event| {
            // Writing JSON into memory does not fail.
            let _ = serde_json::to_writer(&mut waiting, &event);
            waiting.push(b'\n');
            waiting.len() < CHUNK_BYTES
                || sender
                    .blocking_send(std::mem::take(&mut waiting).into())
                    .is_ok()
        });
        match counted {
            Ok(count) => {
                let end = json!({"end": {"count": count, "as_of": listing.as_of()}});
                waiting.extend_from_slice(end.to_string().as_bytes());
                waiting.push(b'\n');
            }
            Err(problem) => problem.log("the stream of a listing ended early"),
        }
        // A reader that is gone has no use for the rest.
        let _ = sender.blocking_send(waiting.into());
    });
    ([(CONTENT_TYPE, "application/x-ndjson")], chunks.into_body()).into_response()
}
