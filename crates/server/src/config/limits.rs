use super::section::section;
use crate::limits as reasons;

section! {
    /// How much is taken at once. What a client may rely on can be lowered, never raised.
    Limits {
        /// The largest body of a request in bytes, after decompression; at most 16777216.
        body_bytes_max: u64 = reasons::BODY_BYTES_MAX,
        /// Bytes of request bodies that are held at one time; beyond it the answer is 503.
        bodies_bytes_max: u64 = reasons::BODIES_BYTES_MAX,
        /// Requests that are worked on at one time; beyond it the answer is 503.
        requests_max: u64 = reasons::REQUESTS_MAX,
        /// Requests that one key may make in a second, and at once after a second of rest; beyond it the answer is 429.
        /// No limit when not set.
        key_requests_per_second: Option<u64> = None,
        /// Requests to one account in a second, by whoever may see it, and at once after a second of rest; beyond it the
        /// answer is 429. No limit when not set.
        account_requests_per_second: Option<u64> = None,
        /// Events sent to one account in a second; beyond it the answer is 429 and nothing of the request is stored. A
        /// larger request needs a second of rest, and is paid for afterwards. No limit when not set.
        account_events_per_second: Option<u64> = None,
        /// Open connections; beyond it new ones wait to be accepted.
        connections_max: u64 = reasons::CONNECTIONS_MAX,
        /// Seconds within which the head of a request must have come.
        header_timeout_s: u64 = reasons::HEADER_TIMEOUT_S,
        /// Seconds within which the body of a request must have come, and a part of an answer been taken.
        body_timeout_s: u64 = reasons::BODY_TIMEOUT_S,
        /// Seconds after which an answer that has not begun is given up.
        request_timeout_s: u64 = reasons::REQUEST_TIMEOUT_S,
        /// Seconds that requests have to finish when the server stops.
        drain_timeout_s: u64 = reasons::DRAIN_TIMEOUT_S,
    }
}
