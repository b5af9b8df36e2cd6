//! Every limit of the client and why it is what it is.

use std::time::Duration;

/// The largest answer that is read: 1,000 events of 64 KiB, the most that a page can hold.
pub(crate) const ANSWER_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Events of one request; the server refuses more.
pub(crate) const EVENTS_PER_REQUEST_MAX: usize = 10_000;

/// Bytes of one request; the server refuses more.
pub(crate) const BYTES_PER_REQUEST_MAX: usize = 16 * 1024 * 1024;

/// How long one attempt may take: longer than the server works on a request (60 s), so that its own answer comes first.
pub(crate) const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(70);

/// Attempts of a request, the first one included.
pub(crate) const ATTEMPTS: u32 = 5;

/// The pause before the second attempt; it doubles with every further one.
pub(crate) const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The longest pause between attempts, also when the server asks for more.
pub(crate) const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Idle connections that are kept for the next request.
pub(crate) const IDLE_CONNECTIONS_MAX: usize = 16;

/// How long a connection may take to be made: three lost SYN packets.
pub(crate) const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a tail asks the server to wait for something new, in seconds; the server allows up to 30.
pub(crate) const TAIL_WAIT_S: u64 = 20;
