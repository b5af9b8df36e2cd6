//! The bytes of a cursor: version, kind, hash of the parameters, numbers, checksum.

use data_encoding::BASE64URL_NOPAD;

use super::{CursorError, ParametersHash};
use crate::limits::CURSOR_BYTES;

const VERSION: u8 = 1;
const CHECKSUM_BYTES: usize = 4;

/// What made a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Listing,
    Tail,
}

impl Kind {
    const fn code(self) -> u8 {
        match self {
            Self::Listing => 1,
            Self::Tail => 2,
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Listing => "a listing",
            Self::Tail => "a tail",
        }
    }
}

/// Puts numbers behind each other, big-endian.
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) fn new(kind: Kind, parameters: &ParametersHash) -> Self {
        let mut bytes = vec![VERSION, kind.code()];
        bytes.extend_from_slice(parameters.as_bytes());
        Self(bytes)
    }

    pub(super) fn number(&mut self, number: u64) {
        self.0.extend_from_slice(&number.to_be_bytes());
    }

    pub(super) fn optional(&mut self, number: Option<i64>) {
        self.0.push(u8::from(number.is_some()));
        self.number(number.unwrap_or_default().cast_unsigned());
    }

    pub(super) fn finish(mut self) -> String {
        let checksum = crc32c::crc32c(&self.0);
        self.0.extend_from_slice(&checksum.to_be_bytes());
        BASE64URL_NOPAD.encode(&self.0)
    }
}

/// Takes numbers from the front.
pub(super) struct Reader {
    bytes: Vec<u8>,
    at: usize,
}

impl Reader {
    pub(super) fn new(
        text: &str,
        expected: Kind,
        parameters: &ParametersHash,
    ) -> Result<Self, CursorError> {
        if text.len() > CURSOR_BYTES {
            return Err(CursorError::Damaged);
        }
        let mut bytes = BASE64URL_NOPAD
            .decode(text.as_bytes())
            .map_err(|_| CursorError::Damaged)?;
        let body = bytes
            .len()
            .checked_sub(CHECKSUM_BYTES)
            .ok_or(CursorError::Damaged)?;
        let checksum = bytes.split_off(body);
        if checksum != crc32c::crc32c(&bytes).to_be_bytes() {
            return Err(CursorError::Damaged);
        }
        let mut reader = Self { bytes, at: 0 };
        let [version, kind] = reader.take()?;
        if version != VERSION {
            return Err(CursorError::OtherVersion);
        }
        let found = [Kind::Listing, Kind::Tail]
            .into_iter()
            .find(|known| known.code() == kind)
            .ok_or(CursorError::Damaged)?;
        if found != expected {
            let (expected, found) = (expected.label(), found.label());
            return Err(CursorError::OtherKind { expected, found });
        }
        if reader.take()? != *parameters.as_bytes() {
            return Err(CursorError::OtherParameters);
        }
        Ok(reader)
    }

    pub(super) fn number(&mut self) -> Result<u64, CursorError> {
        self.take().map(u64::from_be_bytes)
    }

    pub(super) fn optional(&mut self) -> Result<Option<i64>, CursorError> {
        let [there] = self.take()?;
        let number = self.number()?.cast_signed();
        match there {
            0 => Ok(None),
            1 => Ok(Some(number)),
            _ => Err(CursorError::Damaged),
        }
    }

    pub(super) fn end(&self) -> Result<(), CursorError> {
        if self.at == self.bytes.len() {
            Ok(())
        } else {
            Err(CursorError::Damaged)
        }
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N], CursorError> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let taken = rest.first_chunk::<N>().ok_or(CursorError::Damaged)?;
        self.at += N;
        Ok(*taken)
    }
}
