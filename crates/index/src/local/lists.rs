//! Ascending numbers in few bytes: runs of neighbours, each as its distance from the run before.
//!
//! A run is `distance << 1 | longer` and, when it is longer than one number, its length less 2; both are written 7 bits
//! per byte, lowest first, the highest bit set on all bytes but the last.
//! Texts are numbered in their order, so the texts with a word are often neighbours.

use std::ops::Range;

/// Appends ascending, distinct `numbers`.
pub(crate) fn write(bytes: &mut Vec<u8>, numbers: &[u32]) {
    let mut end = 0;
    for run in numbers.chunk_by(|a, b| a + 1 == *b) {
        let (Some(&first), length) = (run.first(), run.len() as u64) else {
            continue;
        };
        let distance = u64::from(first - end);
        write_varint(bytes, distance << 1 | u64::from(length > 1));
        if length > 1 {
            write_varint(bytes, length - 2);
        }
        end = run.last().map_or(end, |last| last + 1);
    }
}

/// The runs that [`write`] wrote into `bytes`, to the end.
pub(crate) fn runs(bytes: &[u8]) -> Runs<'_> {
    Runs { bytes, end: 0 }
}

/// Runs of neighbouring numbers.
pub(crate) struct Runs<'a> {
    bytes: &'a [u8],
    end: u64,
}

impl Iterator for Runs<'_> {
    type Item = Range<usize>;

    #[inline]
    fn next(&mut self) -> Option<Range<usize>> {
        let head = read_varint(&mut self.bytes)?;
        let length = match head & 1 {
            0 => 1,
            _ => read_varint(&mut self.bytes)?.saturating_add(2),
        };
        let start = self.end.saturating_add(head >> 1);
        self.end = start.saturating_add(length);
        Some(usize::try_from(start).ok()?..usize::try_from(self.end).ok()?)
    }
}

/// Appends a number, 7 bits per byte, lowest first.
pub(crate) fn write_varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        let [low, ..] = value.to_le_bytes();
        bytes.push(low | 0x80);
        value >>= 7;
    }
    let [low, ..] = value.to_le_bytes();
    bytes.push(low);
}

/// Takes off a number that [`write_varint`] appended.
#[inline]
pub(crate) fn read_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    let mut shift = 0;
    loop {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << (shift & 63);
        if byte < 0x80 {
            return Some(value);
        }
        shift += 7;
    }
}
