//! Numbers: safe integers and finite doubles, nothing that another reader would understand differently.

use serde_json::Number;

use super::Refusal;
use crate::canonical::MAX_SAFE_INTEGER;
use crate::problem::code;

/// Why a number was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberFailure {
    /// Not the grammar of RFC 8259 section 6; the byte of the number where it ends.
    Syntax(usize),
    /// A whole number beyond ±(2^53 − 1), however it is written.
    Unsafe,
    /// Greater than every finite double.
    NotFinite,
}

impl NumberFailure {
    /// The rule in words.
    pub(crate) const fn message(self) -> &'static str {
        match self {
            Self::Syntax(_) => "a number such as -1.5e3 must stand here",
            Self::Unsafe => {
                "whole numbers beyond 2^53 - 1 lose digits in most readers: send a string"
            }
            Self::NotFinite => "the number is greater than any finite double: send a string",
        }
    }

    pub(super) fn refusal(self, at: usize) -> Refusal {
        match self {
            Self::Syntax(offset) => Refusal::syntax(at + offset, self.message()),
            Self::Unsafe | Self::NotFinite => {
                Refusal::not_i_json(code::UNSAFE_NUMBER, self.message())
            }
        }
    }
}

/// Reads a number at the beginning of the text; returns it and its length.
pub(super) fn read(text: &str) -> Result<(Number, usize), NumberFailure> {
    let shape = shape(text.as_bytes())?;
    let written = text.get(..shape.length).unwrap_or_default();
    if shape.integer && shape.length <= 16 {
        // At most 16 characters of digits fit; only -0 needs care, and an integer has none.
        let integer: i64 = written.parse().map_err(|_| NumberFailure::Unsafe)?;
        if integer.unsigned_abs() <= MAX_SAFE_INTEGER {
            return Ok((Number::from(integer), shape.length));
        }
        return Err(NumberFailure::Unsafe);
    }
    let double: f64 = written.parse().map_err(|_| NumberFailure::NotFinite)?;
    whole_or_double(double).map(|number| (number, shape.length))
}

/// The number of a double: an integer when it is whole.
pub(crate) fn whole_or_double(double: f64) -> Result<Number, NumberFailure> {
    if !double.is_finite() {
        return Err(NumberFailure::NotFinite);
    }
    if double.abs() >= 9_007_199_254_740_992.0 {
        return Err(NumberFailure::Unsafe);
    }
    if double.fract() == 0.0 {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole and below 2^53, as just checked"
        )]
        return Ok(Number::from(double as i64));
    }
    Number::from_f64(double).ok_or(NumberFailure::NotFinite)
}

struct Shape {
    length: usize,
    integer: bool,
}

/// The longest beginning that has the grammar of a number.
fn shape(bytes: &[u8]) -> Result<Shape, NumberFailure> {
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    match bytes.get(at) {
        Some(b'0') => at += 1,
        _ => at = some_digits(bytes, at)?,
    }
    let mut integer = true;
    if bytes.get(at) == Some(&b'.') {
        integer = false;
        at = some_digits(bytes, at + 1)?;
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        integer = false;
        at += 1;
        at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
        at = some_digits(bytes, at)?;
    }
    Ok(Shape {
        length: at,
        integer,
    })
}

fn some_digits(bytes: &[u8], from: usize) -> Result<usize, NumberFailure> {
    let count = bytes
        .iter()
        .skip(from)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    if count == 0 {
        Err(NumberFailure::Syntax(from))
    } else {
        Ok(from + count)
    }
}
