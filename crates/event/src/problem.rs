//! What is wrong with an event, told so that its sender can correct it.

use std::fmt;

/// One thing that is wrong with an event as sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where: an RFC 6901 pointer relative to the event; empty for the event as a whole.
    pub pointer: String,
    /// Which rule is broken, one of [`code`].
    pub code: &'static str,
    /// The rule in words; it never repeats a value, because a value may be secret.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() {
            "the event"
        } else {
            &self.pointer
        };
        write!(f, "{place}: {}", self.message)
    }
}

/// The end of a message that names what was probably meant; empty when nothing is near.
pub(crate) fn did_you_mean(nearest: Option<&str>) -> String {
    nearest
        .map(|nearest| format!("; did you mean `{nearest}`?"))
        .unwrap_or_default()
}

/// The codes of [`Problem`]s, stable across versions.
pub mod code {
    /// A member that must be there is absent, null or empty.
    pub const REQUIRED: &str = "required";
    /// The JSON type is another one.
    pub const WRONG_TYPE: &str = "wrong_type";
    /// No member of this name is known here.
    pub const UNKNOWN_FIELD: &str = "unknown_field";
    /// The member is made by the server and never accepted.
    pub const READ_ONLY: &str = "read_only";
    /// The text is longer than its limit.
    pub const TOO_LONG: &str = "too_long";
    /// There are more elements or keys than the limit.
    pub const TOO_MANY: &str = "too_many";
    /// The JSON of the value, or the whole event, is bigger than its limit.
    pub const TOO_LARGE: &str = "too_large";
    /// The value is none of those that are possible.
    pub const UNKNOWN_VALUE: &str = "unknown_value";
    /// The action cannot be brought into the form `noun.verb`.
    pub const INVALID_ACTION: &str = "invalid_action";
    /// The id is no UUID in lower case with hyphens.
    pub const INVALID_ID: &str = "invalid_id";
    /// The time is not RFC 3339, or outside 1970 to 2261.
    pub const INVALID_TIME: &str = "invalid_time";
    /// The text is no IP address.
    pub const INVALID_ADDRESS: &str = "invalid_address";
    /// The type of a target has characters that types do not have.
    pub const INVALID_TYPE: &str = "invalid_type";
    /// The path is no JSON Pointer.
    pub const INVALID_POINTER: &str = "invalid_pointer";
    /// The number is no safe integer and no finite double.
    pub const UNSAFE_NUMBER: &str = "unsafe_number";
    /// A key stands twice in one object.
    pub const DUPLICATE_KEY: &str = "duplicate_key";
    /// A string holds half of a surrogate pair.
    pub const LONE_SURROGATE: &str = "lone_surrogate";
    /// Arrays and objects nest too deep.
    pub const TOO_DEEP: &str = "too_deep";
    /// The account accepts declared actions only.
    pub const UNDECLARED_ACTION: &str = "undeclared_action";
    /// The account accepts declared metadata only.
    pub const UNDECLARED_FIELD: &str = "undeclared_field";
}
