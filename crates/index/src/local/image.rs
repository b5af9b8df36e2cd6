//! The bytes of a segment on disk.
//!
//! ```text
//! magic "AnIx"  version u32  log u32  first u64  next u64
//! occurred [i64]  offsets [u32]  first_seen [u8]  texts: ends [u32] text [u8]
//! ten columns, each: (0 u8  tuples [u32]) or (1 u8  texts u64  unpacked u64  starts [u32]  blocks [u8])
//!                    listed u8  (counts codes)?  codes
//! words: ends [u32] text [u8]  starts [u32]  lists [u8]
//! crc32c u32 of all bytes before it
//! ```
//! Numbers are little-endian; an array is its length as u64 and its elements; codes are their width (1, 2, 4) as u8
//! and an array.
//! The version counts up with every change of this layout: an index of another version is rebuilt, never converted.

use super::bytes::{Reader, Writer, checked};
use super::codes::Codes;
use super::column::{Column, Lists};
use super::dictionary::Dictionary;
use super::packed::Packed;
use super::parts::Parts;
use super::schema::Dim;
use super::strings::Strings;
use super::tokens::Tokens;

const MAGIC: &[u8; 4] = b"AnIx";
const VERSION: u32 = 1;

/// The bytes of a segment of `log`.
pub(crate) fn encode(log: u32, parts: &Parts, tokens: &Tokens) -> Vec<u8> {
    let mut image = Writer(Vec::with_capacity(parts.bytes() + tokens.bytes() + 1024));
    image.0.extend_from_slice(MAGIC);
    image.u32(VERSION);
    image.u32(log);
    image.u64(parts.first);
    image.u64(parts.next);
    image.array(&parts.occurred, i64::to_le_bytes);
    image.array(&parts.offsets, u32::to_le_bytes);
    image.bytes(&parts.first_seen);
    image.strings(&parts.strings);
    for dim in Dim::ALL {
        let column = parts.column(dim);
        image.dictionary(&column.dictionary);
        image.0.push(u8::from(column.lists.is_some()));
        if let Some(lists) = &column.lists {
            image.codes(&lists.counts);
        }
        image.codes(&column.codes);
    }
    image.strings(&tokens.words);
    image.array(&tokens.starts, u32::to_le_bytes);
    image.bytes(&tokens.lists);
    image.seal()
}

/// The segment in `image`, or what is wrong with it.
pub(crate) fn decode(log: u32, image: &[u8]) -> Result<(Parts, Tokens), &'static str> {
    let body = checked(image)?;
    let mut reader = Reader(body);
    if reader.take(4)? != MAGIC {
        return Err("not a segment");
    }
    if reader.u32()? != VERSION {
        return Err("a segment of another version");
    }
    if reader.u32()? != log {
        return Err("a segment of another log");
    }
    let mut parts = Parts::new(reader.u64()?);
    parts.next = reader.u64()?;
    parts.occurred = reader.array(i64::from_le_bytes)?;
    parts.offsets = reader.array(u32::from_le_bytes)?;
    parts.first_seen = reader.bytes()?.to_vec();
    parts.strings = reader.strings()?;
    for dim in Dim::ALL {
        let column = reader.column(dim)?;
        if column_rows(&column) != parts.rows() {
            return Err("a column with another number of rows");
        }
        *parts.column_mut(dim) = column;
    }
    let tokens = Tokens {
        words: reader.strings()?,
        starts: reader.array(u32::from_le_bytes)?,
        lists: reader.bytes()?.to_vec(),
    };
    let rows = parts.rows();
    if parts.offsets.len() != rows || parts.first_seen.len() != rows || !reader.0.is_empty() {
        return Err("arrays of different lengths");
    }
    Ok((parts, tokens))
}

fn column_rows(column: &Column) -> usize {
    match &column.lists {
        None => column.codes.len(),
        Some(lists) => {
            let total = lists.marks.last().copied().unwrap_or(0) as usize;
            if total == column.codes.len() {
                lists.counts.len()
            } else {
                usize::MAX
            }
        }
    }
}

impl Writer {
    fn strings(&mut self, strings: &Strings) {
        let (text, ends) = strings.parts();
        self.array(ends, u32::to_le_bytes);
        self.bytes(text.as_bytes());
    }

    fn dictionary(&mut self, dictionary: &Dictionary) {
        match dictionary {
            Dictionary::Tuples { cells, .. } => {
                self.0.push(0);
                self.array(cells, u32::to_le_bytes);
            }
            Dictionary::Growing(texts) => self.texts(&Packed::of(texts)),
            Dictionary::Texts(texts) => self.texts(texts),
        }
    }

    fn texts(&mut self, texts: &Packed) {
        self.0.push(1);
        self.u64(texts.len as u64);
        self.u64(texts.text_len as u64);
        self.array(&texts.starts, u32::to_le_bytes);
        self.bytes(&texts.bytes);
    }

    fn codes(&mut self, codes: &Codes) {
        match codes {
            Codes::Narrow(codes) => {
                self.0.push(1);
                self.bytes(codes);
            }
            Codes::Middle(codes) => {
                self.0.push(2);
                self.array(codes, u16::to_le_bytes);
            }
            Codes::Wide(codes) => {
                self.0.push(4);
                self.array(codes, u32::to_le_bytes);
            }
        }
    }
}

impl Reader<'_> {
    fn strings(&mut self) -> Result<Strings, &'static str> {
        let ends = self.array(u32::from_le_bytes)?;
        let text =
            String::from_utf8(self.bytes()?.to_vec()).map_err(|_| "text that is not UTF-8")?;
        Strings::from_parts(text, ends).ok_or("texts that overlap")
    }

    fn codes(&mut self) -> Result<Codes, &'static str> {
        match self.u8()? {
            1 => Ok(Codes::Narrow(self.bytes()?.to_vec())),
            2 => Ok(Codes::Middle(self.array(u16::from_le_bytes)?)),
            4 => Ok(Codes::Wide(self.array(u32::from_le_bytes)?)),
            _ => Err("codes of an unknown width"),
        }
    }

    fn column(&mut self, dim: Dim) -> Result<Column, &'static str> {
        let mut column = Column::new(dim);
        column.dictionary = match (self.u8()?, dim.width()) {
            (0, Some(width)) => Dictionary::Tuples {
                width,
                cells: self.array(u32::from_le_bytes)?,
            },
            (1, None) => Dictionary::Texts(Packed {
                len: self.count()?,
                text_len: self.count()?,
                starts: self.array(u32::from_le_bytes)?,
                bytes: self.bytes()?.to_vec(),
            }),
            _ => return Err("a column of another kind"),
        };
        column.lists = match (self.u8()?, dim.listed()) {
            (0, false) => None,
            (1, true) => {
                let counts = self.codes()?;
                let marks = Lists::marks_of(&counts);
                Some(Lists { counts, marks })
            }
            _ => return Err("a column of another kind"),
        };
        column.codes = self.codes()?;
        Ok(column)
    }
}
