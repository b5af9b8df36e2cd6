//! The inverted token index of a segment: which texts have which words.
//!
//! It points to texts, not to rows: a name that a million rows share is in the list of its words once.

use super::bits::Bits;
use super::intern::Interner;
use super::parts::Parts;
use super::schema::Dim;
use super::strings::Strings;
use crate::words::words;

/// Words in order and for each the ascending ids of the texts that have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tokens {
    /// The words.
    pub(crate) words: Strings,
    /// Where the list of each word begins, and at last where all end.
    pub(crate) starts: Vec<u32>,
    /// The lists: differences between ids, 7 bits per byte, the highest bit set on all but the last.
    pub(crate) lists: Vec<u8>,
}

impl Tokens {
    /// The words of every text that free text searches.
    pub(crate) fn of(parts: &Parts) -> Self {
        let mut found = Strings::default();
        let mut interner = Interner::default();
        let mut last: Vec<u32> = Vec::new();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for id in searched(parts)
            .iter()
            .filter_map(|id| u32::try_from(id).ok())
        {
            for word in words(parts.strings.get(id)) {
                let word = interner.id(&mut found, &word);
                match last.get_mut(word as usize) {
                    Some(last) if *last == id => continue,
                    Some(last) => *last = id,
                    None => last.push(id),
                }
                pairs.push((word, id));
            }
        }
        Self::arrange(&found, &pairs)
    }

    /// Orders words, and the pairs (word, text), whose texts ascend, by word.
    fn arrange(found: &Strings, pairs: &[(u32, u32)]) -> Self {
        let mut order: Vec<(&str, u32)> = found.iter().zip(0_u32..).collect();
        order.sort_unstable();
        let mut rank = vec![0_u32; order.len()];
        let mut words = Strings::default();
        for (text, old) in &order {
            let new = words.push(text);
            if let Some(slot) = rank.get_mut(*old as usize) {
                *slot = new;
            }
        }
        let mut sorted: Vec<(u32, u32)> = pairs
            .iter()
            .map(|(word, text)| (rank.get(*word as usize).copied().unwrap_or(0), *text))
            .collect();
        sorted.sort_unstable();
        let mut starts = Vec::with_capacity(words.len() + 1);
        let mut lists = Vec::new();
        let mut before = 0;
        for (word, text) in sorted {
            while starts.len() <= word as usize {
                starts.push(u32::try_from(lists.len()).unwrap_or(u32::MAX));
                before = 0;
            }
            write_varint(&mut lists, text - before);
            before = text;
        }
        starts.push(u32::try_from(lists.len()).unwrap_or(u32::MAX));
        lists.shrink_to_fit();
        Self {
            words,
            starts,
            lists,
        }
    }

    /// The texts of a table of `texts` that have `word`, or with `prefix` a word that begins with it.
    pub(crate) fn texts_with(&self, word: &str, prefix: bool, texts: usize) -> Bits {
        let mut bits = Bits::none(texts);
        let found = if prefix {
            self.words.with_prefix(word)
        } else {
            self.words.find(word).map_or(0..0, |word| word..word + 1)
        };
        for word in found {
            let bound = |at: u32| self.starts.get(at as usize).map_or(0, |&at| at as usize);
            let list = self.lists.get(bound(word)..bound(word + 1));
            let mut id = 0;
            for step in Varints(list.unwrap_or_default()) {
                id += step as usize;
                bits.insert(id);
            }
        }
        bits
    }

    /// Bytes of memory.
    pub(crate) fn bytes(&self) -> usize {
        self.words.bytes() + self.starts.len() * 4 + self.lists.len()
    }
}

/// The ids of the texts that stand in searched components.
fn searched(parts: &Parts) -> Bits {
    let mut bits = Bits::none(parts.strings.len());
    for dim in Dim::ALL {
        let column = parts.column(dim);
        for tuple in column.tuples.chunks_exact(column.width) {
            for component in dim.searched() {
                if let Some(&id) = tuple.get(*component) {
                    bits.insert(id as usize);
                }
            }
        }
    }
    bits
}

fn write_varint(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        let [low, ..] = value.to_le_bytes();
        bytes.push(low | 0x80);
        value >>= 7;
    }
    let [low, ..] = value.to_le_bytes();
    bytes.push(low);
}

/// Reads what [`write_varint`] wrote, to the end.
struct Varints<'a>(&'a [u8]);

impl Iterator for Varints<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let mut value = 0;
        let mut shift = 0;
        loop {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            value |= u32::from(byte & 0x7f) << (shift & 31);
            if byte < 0x80 {
                return Some(value);
            }
            shift += 7;
        }
    }
}
