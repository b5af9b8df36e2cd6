//! Content codings of request bodies. Pure: bytes in, bytes out, and never more than was allowed.

use std::io::{BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use crate::limits::ZSTD_WINDOW_LOG_MAX;

/// How a body is compressed (RFC 9110, section 8.4.1; RFC 8878).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Identity,
    Gzip,
    Zstd,
}

/// Why a body could not be decompressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DecodeError {
    /// The bytes are damaged or cut off.
    Damaged,
    /// The decompressed body is larger than allowed; reading stopped there.
    TooLarge,
    /// There is no room for so much at present.
    NoRoom,
}

impl Coding {
    /// The coding of a `Content-Encoding`; `None` when it is not supported, or several are stacked.
    pub(super) fn of_header(value: &str) -> Option<Self> {
        let value = value.trim();
        let is = |name: &str| value.eq_ignore_ascii_case(name);
        match () {
            () if value.is_empty() || is("identity") => Some(Self::Identity),
            () if is("gzip") || is("x-gzip") => Some(Self::Gzip),
            () if is("zstd") => Some(Self::Zstd),
            () => None,
        }
    }
}

/// The decompressed body, at most `max` bytes; `reserve` is asked before the result grows by so many bytes.
pub(super) fn decode(
    coding: Coding,
    body: &[u8],
    max: usize,
    reserve: &mut dyn FnMut(usize) -> bool,
) -> Result<Vec<u8>, DecodeError> {
    match coding {
        Coding::Identity => Ok(body.to_vec()),
        Coding::Gzip => read(&mut MultiGzDecoder::new(body), max, reserve),
        Coding::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(BufReader::new(body))
                .map_err(|_| DecodeError::NoRoom)?;
            decoder
                .window_log_max(ZSTD_WINDOW_LOG_MAX)
                .map_err(|_| DecodeError::NoRoom)?;
            if body.is_empty() {
                Err(DecodeError::Damaged)
            } else {
                read(&mut decoder, max, reserve)
            }
        }
    }
}

fn read(
    from: &mut impl Read,
    max: usize,
    reserve: &mut dyn FnMut(usize) -> bool,
) -> Result<Vec<u8>, DecodeError> {
    const STEP: usize = 64 * 1024;
    let mut whole = Vec::new();
    loop {
        if !reserve(STEP) {
            return Err(DecodeError::NoRoom);
        }
        let allowed = u64::try_from(STEP.min(max + 1 - whole.len())).unwrap_or(u64::MAX);
        let more = from
            .by_ref()
            .take(allowed)
            .read_to_end(&mut whole)
            .map_err(|_| DecodeError::Damaged)?;
        if whole.len() > max {
            return Err(DecodeError::TooLarge);
        }
        if more == 0 {
            return Ok(whole);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ::zstd::encode_all(bytes, 3).unwrap()
    }

    fn decoded(coding: Coding, body: &[u8], max: usize) -> Result<Vec<u8>, DecodeError> {
        decode(coding, body, max, &mut |_| true)
    }

    #[test]
    fn headers_name_one_coding() {
        for (value, coding) in [
            ("gzip", Some(Coding::Gzip)),
            (" X-GZIP ", Some(Coding::Gzip)),
            ("Zstd", Some(Coding::Zstd)),
            ("identity", Some(Coding::Identity)),
            ("", Some(Coding::Identity)),
            ("br", None),
            ("gzip, zstd", None),
            ("deflate", None),
        ] {
            assert_eq!(Coding::of_header(value), coding, "{value}");
        }
    }

    #[test]
    fn bodies_are_whole_up_to_the_limit_and_refused_beyond() {
        let body: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        for (coding, packed) in [(Coding::Gzip, gzip(&body)), (Coding::Zstd, zstd(&body))] {
            assert_eq!(decoded(coding, &packed, body.len()).unwrap(), body);
            assert_eq!(
                decoded(coding, &packed, body.len() - 1),
                Err(DecodeError::TooLarge)
            );
            assert_eq!(
                decoded(coding, &packed[..packed.len() - 1], body.len()),
                Err(DecodeError::Damaged)
            );
            assert_eq!(decoded(coding, b"{}", 10), Err(DecodeError::Damaged));
            assert_eq!(decoded(coding, b"", 10), Err(DecodeError::Damaged));
            let twice = [packed.clone(), packed.clone()].concat();
            assert_eq!(
                decoded(coding, &twice, body.len() * 2).unwrap().len(),
                body.len() * 2
            );
        }
    }

    #[test]
    fn a_bomb_stops_at_the_limit_and_a_body_without_room_at_once() {
        let bomb = vec![0_u8; 4 * 1024 * 1024];
        for (coding, packed) in [(Coding::Gzip, gzip(&bomb)), (Coding::Zstd, zstd(&bomb))] {
            let mut reserved = 0;
            let result = decode(coding, &packed, 1_000_000, &mut |bytes| {
                reserved += bytes;
                true
            });
            assert_eq!(result, Err(DecodeError::TooLarge));
            assert!(reserved <= 1_000_000 + 128 * 1024, "{reserved}");
            assert_eq!(
                decode(coding, &packed, 1_000_000, &mut |_| false),
                Err(DecodeError::NoRoom)
            );
        }
    }

    #[test]
    fn a_zstd_window_beyond_the_limit_is_refused() {
        let mut encoder = ::zstd::Encoder::new(Vec::new(), 3).unwrap();
        encoder.window_log(27).unwrap();
        encoder.write_all(&vec![7; 1024]).unwrap();
        let packed = encoder.finish().unwrap();
        assert_eq!(
            decoded(Coding::Zstd, &packed, 4096),
            Err(DecodeError::Damaged)
        );
    }
}
