//! Request bodies: decompressed, bounded one by one and all together, and given up when they come too slowly.

use std::{sync::Arc, time::Duration};

use api::ErrorCode;
use axum::{
    body::Body,
    extract::{FromRequest, Request},
    http::{
        HeaderMap,
        header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE},
    },
};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{
    Problem,
    encoding::{Coding, DecodeError, decode},
};
use crate::{
    app::App,
    config::Limits,
    shares::{Share, Turn},
};

/// Compressed bodies above this are decompressed on a thread that may block, so that other requests go on.
const INLINE_BYTES_MAX: usize = 16 * 1024;

/// How many times the largest body is read and forgotten before the connection is closed on its sender.
const DRAINED_BODIES_MAX: usize = 4;

/// The room for all request bodies together, in KiB.
#[derive(Clone, Debug)]
pub(crate) struct Room {
    all: Arc<Semaphore>,
    /// The part of one account.
    share: Option<Arc<Semaphore>>,
}

/// The room that a body holds, until it is dropped.
#[derive(Debug, Default)]
struct Held {
    all: Option<OwnedSemaphorePermit>,
    share: Option<OwnedSemaphorePermit>,
}

impl Room {
    pub(crate) fn new(limits: &Limits) -> Self {
        let kib = usize::try_from(limits.bodies_bytes_max / 1024).unwrap_or(usize::MAX);
        Self {
            all: Arc::new(Semaphore::new(kib)),
            share: None,
        }
    }

    /// The same, of which the account behind the request takes no more than its part.
    fn within(&self, share: Option<&Share>) -> Self {
        Self {
            all: Arc::clone(&self.all),
            share: share.map(|share| Arc::clone(&share.bodies)),
        }
    }

    /// Adds room for `bytes` more to `held`; false when there is none at present.
    fn reserve(&self, held: &mut Held, bytes: usize) -> bool {
        let Ok(kib) = u32::try_from(bytes.div_ceil(1024)) else {
            return false;
        };
        let own = self.share.as_ref();
        own.is_none_or(|share| add(share, &mut held.share, kib))
            && add(&self.all, &mut held.all, kib)
    }
}

fn add(room: &Arc<Semaphore>, held: &mut Option<OwnedSemaphorePermit>, kib: u32) -> bool {
    match (Arc::clone(room).try_acquire_many_owned(kib), held.as_mut()) {
        (Ok(more), Some(held)) => held.merge(more),
        (Ok(first), None) => *held = Some(first),
        (Err(_), _) => return false,
    }
    true
}

/// The whole body of a request, decompressed.
#[derive(Debug)]
pub(crate) struct RequestBody {
    /// The `Content-Type` as sent; empty when there was none.
    pub(crate) content_type: String,
    /// At most `limits.body_bytes_max` bytes.
    pub(crate) bytes: Bytes,
    /// Holds the room until the body is dropped.
    #[expect(dead_code, reason = "held for its drop")]
    room: Held,
}

impl FromRequest<Arc<App>> for RequestBody {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        let (parts, body) = request.into_parts();
        let coding = coding(&parts.headers)?;
        let limits = &app.config.limits;
        let max = usize::try_from(limits.body_bytes_max).unwrap_or(usize::MAX);
        if declared_length(&parts.headers).is_some_and(|length| length > limits.body_bytes_max) {
            drain(body, max, limits.body_timeout_s).await;
            return Err(too_large(max));
        }
        let share = parts.extensions.get::<Turn>().and_then(Turn::share);
        let all = app.bodies.within(share.as_deref());
        let mut room = Held::default();
        let arrived = tokio::time::timeout(
            Duration::from_secs(limits.body_timeout_s),
            collect(body, max, &all, &mut room),
        );
        let sent = arrived.await.map_err(|_| {
            let detail = format!(
                "the body did not come within {} seconds",
                limits.body_timeout_s
            );
            Problem::new(ErrorCode::RequestTimeout, detail)
        })??;
        let content_type = parts
            .headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let content_type = content_type.unwrap_or_default().to_owned();
        if coding == Coding::Identity {
            return Ok(Self {
                content_type,
                bytes: sent,
                room,
            });
        }
        let work = move || {
            let mut unpacked = Held::default();
            let bytes = decode(coding, &sent, max, &mut |more| {
                all.reserve(&mut unpacked, more)
            });
            bytes.map(|bytes| (Bytes::from(bytes), unpacked))
        };
        let result = if declared_length(&parts.headers)
            .is_some_and(|length| length <= INLINE_BYTES_MAX as u64)
        {
            work()
        } else {
            tokio::task::spawn_blocking(work)
                .await
                .map_err(|error| Problem::caused_by(ErrorCode::Internal, &error))?
        };
        match result {
            Ok((bytes, room)) => Ok(Self {
                content_type,
                bytes,
                room,
            }),
            Err(DecodeError::TooLarge) => Err(too_large(max)),
            Err(DecodeError::NoRoom) => Err(no_room()),
            Err(DecodeError::Damaged) => Err(Problem::new(
                ErrorCode::CompressionInvalid,
                "the compressed body is damaged or cut off",
            )),
        }
    }
}

fn coding(headers: &HeaderMap) -> Result<Coding, Problem> {
    let mut lines = headers.get_all(CONTENT_ENCODING).iter();
    let (first, second) = (lines.next(), lines.next());
    let coding = match (first, second) {
        (None, _) => Some(Coding::Identity),
        (Some(line), None) => line.to_str().ok().and_then(Coding::of_header),
        (Some(_), Some(_)) => None,
    };
    coding.ok_or_else(|| {
        Problem::new(
            ErrorCode::EncodingUnsupported,
            "send the body as it is, or as gzip or zstd",
        )
    })
}

fn declared_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Reads and forgets the rest of a body that is refused for its size, up to [`DRAINED_BODIES_MAX`] times `max`.
///
/// A client that is still sending when the connection closes sees a broken pipe instead of the refusal.
async fn drain(mut body: Body, max: usize, timeout_s: u64) {
    let reading = async {
        let mut left = max.saturating_mul(DRAINED_BODIES_MAX);
        while let Some(Ok(frame)) = body.frame().await {
            let read = frame.data_ref().map_or(0, Bytes::len);
            match left.checked_sub(read) {
                Some(rest) => left = rest,
                None => break,
            }
        }
    };
    // Whoever is too slow even now gets the refusal, or misses it.
    let _ = tokio::time::timeout(Duration::from_secs(timeout_s), reading).await;
}

/// The bytes of a body as sent, at most `max`, for which `room` is held.
async fn collect(
    mut body: Body,
    max: usize,
    all: &Room,
    room: &mut Held,
) -> Result<Bytes, Problem> {
    let mut whole = BytesMut::new();
    let mut reserved = 0;
    while let Some(frame) = body.frame().await {
        let frame =
            frame.map_err(|_| Problem::new(ErrorCode::InvalidBody, "the body was cut off"))?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        if whole.len() + data.len() > max {
            return Err(too_large(max));
        }
        whole.extend_from_slice(&data);
        if whole.len() > reserved {
            let more = whole.len() - reserved;
            if !all.reserve(room, more) {
                return Err(no_room());
            }
            reserved += more.div_ceil(1024) * 1024;
        }
    }
    Ok(whole.freeze())
}

fn too_large(max: usize) -> Problem {
    Problem::new(
        ErrorCode::TooLarge,
        format!("a body may have {max} bytes, measured after decompression"),
    )
}

fn no_room() -> Problem {
    Problem::new(
        ErrorCode::Overloaded,
        "too many request bodies are being read",
    )
}
