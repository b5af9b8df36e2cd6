//! Many different texts in few bytes: sorted, each as what it does not share with the one before.
//!
//! Texts stand in blocks of 16, of which the first shares nothing.
//! A text is a number, 7 bits per byte: 0 and the 16 bytes of a UUID (lower case, hyphens), or 1 more than the bytes it
//! shares with the text before, the number of further bytes, and these.

use super::bits::Bits;
use super::lists::{read_varint, write_varint};
use super::strings::Strings;

/// Texts per block: reading one text means reading at most this many.
const BLOCK: usize = 16;

/// Sorted, distinct texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Packed {
    /// How many texts.
    pub(crate) len: usize,
    /// Bytes of all texts, unpacked.
    pub(crate) text_len: usize,
    /// Where each block begins.
    pub(crate) starts: Vec<u32>,
    /// The blocks.
    pub(crate) bytes: Vec<u8>,
}

impl Packed {
    /// The same texts, which must be sorted.
    pub(crate) fn of(strings: &Strings) -> Self {
        let mut packed = Self {
            len: strings.len(),
            text_len: strings.text_len(),
            ..Self::default()
        };
        let mut before = "";
        for (at, text) in strings.iter().enumerate() {
            if at % BLOCK == 0 {
                // `limits::SEGMENT_TEXT_BYTES` keeps the blocks below 4 GiB.
                packed
                    .starts
                    .push(u32::try_from(packed.bytes.len()).unwrap_or(u32::MAX));
                before = "";
            }
            if let Some(uuid) = uuid_bytes(text) {
                packed.bytes.push(0);
                packed.bytes.extend_from_slice(&uuid);
            } else {
                let shared = shared_bytes(before, text);
                write_varint(&mut packed.bytes, shared as u64 + 1);
                write_varint(&mut packed.bytes, (text.len() - shared) as u64);
                packed
                    .bytes
                    .extend_from_slice(text.as_bytes().get(shared..).unwrap_or_default());
            }
            before = text;
        }
        packed.bytes.shrink_to_fit();
        packed
    }

    /// The same texts, to be merged with others.
    pub(crate) fn unpack(&self) -> Strings {
        let mut strings = Strings::default();
        self.for_each(|_, text| {
            strings.push(text);
        });
        strings
    }

    /// Visits all texts in order.
    pub(crate) fn for_each(&self, mut visit: impl FnMut(usize, &str)) {
        let mut reader = Reader::at_block(self, 0);
        for at in 0..self.len {
            if at % BLOCK == 0 {
                reader.text.clear();
            }
            visit(at, reader.next());
        }
    }

    /// Visits those texts in order whose place, more `first`, is one of `wanted`.
    pub(crate) fn for_some(&self, wanted: &Bits, first: usize, mut visit: impl FnMut(usize, &str)) {
        let mut reader = Reader::at_block(self, 0);
        let mut next = 0;
        for place in wanted.iter_in(first..first + self.len).map(|at| at - first) {
            if place < next || place / BLOCK > next / BLOCK {
                reader = Reader::at_block(self, place / BLOCK);
                next = place / BLOCK * BLOCK;
            } else if next % BLOCK == 0 {
                reader.text.clear();
            }
            while next < place {
                reader.next();
                next += 1;
            }
            visit(place, reader.next());
            next += 1;
        }
    }

    /// The text at a place.
    pub(crate) fn get(&self, at: usize) -> String {
        let mut reader = Reader::at_block(self, at / BLOCK);
        for _ in 0..at % BLOCK {
            reader.next();
        }
        reader.next().to_owned()
    }

    /// The place of a text.
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.starts.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if Reader::at_block(self, middle).next() <= text {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let block = low.checked_sub(1)?;
        let mut reader = Reader::at_block(self, block);
        (block * BLOCK..self.len.min((block + 1) * BLOCK)).find(|_| reader.next() == text)
    }

    /// Bytes of memory.
    pub(crate) fn bytes(&self) -> usize {
        self.starts.len() * 4 + self.bytes.len()
    }
}

/// Reads texts one after another from the beginning of a block on.
struct Reader<'a> {
    left: &'a [u8],
    text: Vec<u8>,
}

impl<'a> Reader<'a> {
    fn at_block(packed: &'a Packed, block: usize) -> Self {
        let start = packed
            .starts
            .get(block)
            .map_or(usize::MAX, |&at| at as usize);
        Self {
            left: packed.bytes.get(start..).unwrap_or_default(),
            text: Vec::new(),
        }
    }

    /// The next text; empty beyond the last.
    fn next(&mut self) -> &str {
        match read_varint(&mut self.left).and_then(|head| usize::try_from(head).ok()) {
            Some(0) => {
                if let Some((uuid, rest)) = self.left.split_first_chunk::<16>() {
                    self.left = rest;
                    write_uuid(*uuid, &mut self.text);
                }
            }
            Some(shared) => {
                self.text.truncate(shared - 1);
                let further = read_varint(&mut self.left)
                    .and_then(|length| self.left.split_at_checked(usize::try_from(length).ok()?));
                if let Some((further, rest)) = further {
                    self.left = rest;
                    self.text.extend_from_slice(further);
                }
            }
            None => self.text.clear(),
        }
        std::str::from_utf8(&self.text).unwrap_or_default()
    }
}

/// How many bytes two texts share at their beginnings, whole characters only.
fn shared_bytes(a: &str, b: &str) -> usize {
    let equal = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    (0..=equal)
        .rev()
        .find(|&at| b.is_char_boundary(at))
        .unwrap_or(0)
}

/// The hyphens of a UUID.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

/// The bytes of a UUID that is written as [`write_uuid`] writes it.
fn uuid_bytes(text: &str) -> Option<[u8; 16]> {
    if text.len() != 36 {
        return None;
    }
    let mut uuid = 0_u128;
    for (at, byte) in text.bytes().enumerate() {
        let digit = match byte {
            b'-' if HYPHENS.contains(&at) => continue,
            _ if HYPHENS.contains(&at) => return None,
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            _ => return None,
        };
        uuid = uuid << 4 | u128::from(digit);
    }
    Some(uuid.to_be_bytes())
}

fn write_uuid(uuid: [u8; 16], text: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    text.clear();
    for byte in uuid {
        if HYPHENS.contains(&text.len()) {
            text.push(b'-');
        }
        for digit in [byte >> 4, byte & 15] {
            text.push(DIGITS.get(usize::from(digit)).copied().unwrap_or(b'0'));
        }
    }
}

#[cfg(test)]
mod tests;
