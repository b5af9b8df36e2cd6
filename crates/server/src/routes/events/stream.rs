//! Bodies that are written while they are read: bounded in memory, and given up when nobody reads them.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use hyper::body::Frame;
use tokio::sync::mpsc;

/// How many chunks may wait for a slow reader; the reading of the log waits with it.
const CHUNKS_WAITING_MAX: usize = 4;

/// The chunks that wait; `None` once they are given up.
type Waiting = Arc<Mutex<Option<mpsc::Receiver<Bytes>>>>;

/// A body whose chunks come from another task; it ends when the outlet is dropped.
struct Chunks(Waiting);

/// The way to fill a body.
pub(super) struct Outlet {
    sender: mpsc::Sender<Bytes>,
    waiting: Waiting,
    patience: Duration,
}

/// A body and the way to fill it; a reader that takes nothing for as long as `patience` is given up.
pub(super) fn body(patience: Duration) -> (Outlet, Body) {
    let (sender, receiver) = mpsc::channel(CHUNKS_WAITING_MAX);
    let waiting = Arc::new(Mutex::new(Some(receiver)));
    let chunks = Chunks(Arc::clone(&waiting));
    let outlet = Outlet {
        sender,
        waiting,
        patience,
    };
    (outlet, Body::new(UnsyncBoxBody::new(chunks)))
}

impl Outlet {
    /// Sends a chunk when there is room for it; false when the reader is gone or was given up.
    ///
    /// What waits for a reader that is given up is dropped: a body that is never read would keep it for ever.
    pub(super) async fn send(&self, chunk: Bytes) -> bool {
        let sent = tokio::time::timeout(self.patience, self.sender.send(chunk)).await;
        if sent.is_err() {
            drop(lock(&self.waiting).take());
        }
        matches!(sent, Ok(Ok(())))
    }

    /// Returns when the reader is gone.
    pub(super) async fn closed(&self) {
        self.sender.closed().await;
    }
}

impl HttpBody for Chunks {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match lock(&self.0).as_mut() {
            Some(receiver) => {
                let next = receiver.poll_recv(context);
                next.map(|chunk| chunk.map(|bytes| Ok(Frame::data(bytes))))
            }
            None => Poll::Ready(None),
        }
    }
}

impl Drop for Chunks {
    fn drop(&mut self) {
        // The outlet has a part in it, so that without this it would not learn that the reader is gone.
        drop(lock(&self.0).take());
    }
}

fn lock(waiting: &Waiting) -> std::sync::MutexGuard<'_, Option<mpsc::Receiver<Bytes>>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}
