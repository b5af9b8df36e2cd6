//! How big an event and its parts may be, and why.

/// The limits that are in force; an operator may lower them, never raise them.
///
/// All lengths are bytes of UTF-8.
/// Lowering a limit concerns new events only: what is stored stays readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The whole event: the sum of its canonical facets.
    ///
    /// Published entry formats count lengths in 16 bits (C2SP `tlog-tiles`), and a page of 1,000 events stays below
    /// 64 MiB.
    pub event_bytes: usize,
    /// Ids, names, e-mail addresses, labels, locations, codes and the action as sent.
    ///
    /// An e-mail address has at most 254 bytes (RFC 5321), a UUID 36, an ARN rarely more than 200.
    pub name_bytes: usize,
    /// Links, user agents, change paths and the forwarding header.
    ///
    /// Browsers and proxies cut longer ones themselves.
    pub line_bytes: usize,
    /// `description` and `outcome.reason`: a few pages that a person could read.
    pub text_bytes: usize,
    /// Entries of `on_behalf_of`: longer chains of delegation have not been seen.
    pub on_behalf_of: usize,
    /// Entries of `targets`: each of them is a log that the event belongs to.
    pub targets: usize,
    /// Entries of `changes`: a form has fewer fields.
    pub changes: usize,
    /// Keys of one `metadata` object: each can become a column of a filter.
    pub metadata_keys: usize,
    /// One key of a `metadata` object: it is shown as a label and typed in filters.
    pub metadata_key_bytes: usize,
    /// One value of a `metadata` object, a text or else its canonical JSON: labelled data, not documents.
    pub metadata_value_bytes: usize,
}

impl Limits {
    /// The contract: what every installation accepts unless its operator lowers it.
    pub const CEILING: Self = Self {
        event_bytes: 64 * 1024,
        name_bytes: 256,
        line_bytes: 2 * 1024,
        text_bytes: 8 * 1024,
        on_behalf_of: 16,
        targets: 32,
        changes: 200,
        metadata_keys: 50,
        metadata_key_bytes: 64,
        metadata_value_bytes: 4 * 1024,
    };

    /// These limits, none of them above the contract.
    #[must_use]
    pub fn capped(self) -> Self {
        let most = Self::CEILING;
        Self {
            event_bytes: self.event_bytes.min(most.event_bytes),
            name_bytes: self.name_bytes.min(most.name_bytes),
            line_bytes: self.line_bytes.min(most.line_bytes),
            text_bytes: self.text_bytes.min(most.text_bytes),
            on_behalf_of: self.on_behalf_of.min(most.on_behalf_of),
            targets: self.targets.min(most.targets),
            changes: self.changes.min(most.changes),
            metadata_keys: self.metadata_keys.min(most.metadata_keys),
            metadata_key_bytes: self.metadata_key_bytes.min(most.metadata_key_bytes),
            metadata_value_bytes: self.metadata_value_bytes.min(most.metadata_value_bytes),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::CEILING
    }
}

/// How deep arrays and objects may nest in JSON that is read: enough for any real document, little stack.
pub const MAX_DEPTH: usize = 64;

/// How many problems of one event are told: a person corrects the first ones first, and the answer stays small.
pub const MAX_PROBLEMS: usize = 64;

/// How much of an unknown name a message repeats: enough to recognise it.
pub const SHOWN_NAME_CHARS: usize = 64;

/// How far ahead of its receipt an event may say it happened before that is flagged, in nanoseconds: five minutes,
/// which clocks kept by NTP never differ by.
pub const CLOCK_SKEW_NS: i64 = 5 * 60 * 1_000_000_000;

/// The most bytes that accepting adds to an event: labels, id, times and the client's address.
///
/// Events further below the limit than this need not be measured again.
/// The forwarding header alone can have 12 KiB when every byte of it must be escaped.
pub(crate) const ADDED_BYTES: usize = 16 * 1024;

/// How much larger than the limit an event may be as it is sent, in bytes: names of absent members, empty values and
/// secrets, which are not kept.
///
/// What is larger is refused before anything else is read of it, so that the work on an event is bounded by its limit
/// and not by that of the request.
pub(crate) const NOT_KEPT_BYTES: usize = 64 * 1024;
