//! The identity of an event: a UUID in its one spelling.

use std::fmt;
use std::str::FromStr;

/// The id of an event: the 16 bytes of a UUID (RFC 9562), of any version when a client made it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId([u8; 16]);

/// The text is no UUID as 32 lower-case hexadecimal digits with hyphens, `8-4-4-4-12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("reading an event id: not a UUID in lower case with hyphens")]
pub struct ParseEventIdError;

/// Where the hyphens stand in the text of 36 bytes.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

impl EventId {
    /// The id of these bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes of the UUID, in network order.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Reads the one accepted spelling, `0198f2d4-6c1e-7a55-9d0a-3f0f6f1c9e21`.
    pub fn parse(text: &str) -> Result<Self, ParseEventIdError> {
        if text.len() != 36 {
            return Err(ParseEventIdError);
        }
        let mut bytes = [0_u8; 16];
        let mut digits = 0;
        for (at, byte) in text.bytes().enumerate() {
            if HYPHENS.contains(&at) {
                if byte != b'-' {
                    return Err(ParseEventIdError);
                }
                continue;
            }
            let digit = match byte {
                b'0'..=b'9' => byte - b'0',
                b'a'..=b'f' => byte - b'a' + 10,
                _ => return Err(ParseEventIdError),
            };
            if let Some(place) = bytes.get_mut(digits / 2) {
                *place = *place << 4 | digit;
            }
            digits += 1;
        }
        Ok(Self(bytes))
    }

    /// A UUID of version 7 (RFC 9562 5.7): 48 bits of the time, then 74 of the random bits.
    pub fn v7(unix_ms: u64, random: [u8; 10]) -> Self {
        let [_, _, t0, t1, t2, t3, t4, t5] = unix_ms.to_be_bytes();
        let [r0, r1, r2, r3, r4, r5, r6, r7, r8, r9] = random;
        Self([
            t0,
            t1,
            t2,
            t3,
            t4,
            t5,
            0x70 | r0 & 0x0f,
            r1,
            0x80 | r2 & 0x3f,
            r3,
            r4,
            r5,
            r6,
            r7,
            r8,
            r9,
        ])
    }

    /// The text in ASCII.
    pub(crate) fn encode(&self) -> [u8; 36] {
        let mut text = [b'-'; 36];
        let places = (0..36).filter(|at| !HYPHENS.contains(at));
        let digits = self.0.iter().flat_map(|byte| [byte >> 4, byte & 0x0f]);
        for (at, digit) in places.zip(digits) {
            if let Some(place) = text.get_mut(at) {
                *place = crate::hex::digit(digit);
            }
        }
        text
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(std::str::from_utf8(&self.encode()).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EventId({self})")
    }
}

impl FromStr for EventId {
    type Err = ParseEventIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}
