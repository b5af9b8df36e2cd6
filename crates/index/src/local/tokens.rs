//! The inverted token index of a segment: which texts have which words.
//!
//! It points to texts, not to rows: a name that a million rows share is in the list of its words once.

use memchr::memmem::Finder;

use super::bits::Bits;
use super::intern::Interner;
use super::lists;
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
    /// The lists, as [`lists`] writes them.
    pub(crate) lists: Vec<u8>,
}

impl Tokens {
    /// The words of every text that free text searches.
    pub(crate) fn of(parts: &Parts) -> Self {
        let mut found = Found::default();
        for id in searched(parts)
            .iter()
            .filter_map(|id| u32::try_from(id).ok())
        {
            found.add(id, parts.strings.get(id));
        }
        for dim in Dim::SEARCHED_TEXTS {
            let first = parts.first_searched(dim);
            if let Some(texts) = parts.column(dim).dictionary.texts() {
                let mut number = first;
                texts.for_each(|_, text| {
                    found.add(number, text);
                    number += 1;
                });
            }
        }
        let Found {
            words: found,
            texts,
            ..
        } = found;
        let mut order: Vec<(&str, &Vec<u32>)> = found.iter().zip(&texts).collect();
        order.sort_unstable();
        let mut tokens = Self::default();
        for (word, texts) in order {
            tokens.push(word, texts);
        }
        tokens.finish()
    }

    /// The words of the texts of several inputs, whose texts were given new ids in the same order.
    pub(crate) fn merge(inputs: &[&Self], renamed: &[Vec<u32>]) -> Self {
        let mut all: Vec<(&str, usize, u32)> = Vec::new();
        for (input, tokens) in inputs.iter().enumerate() {
            all.extend(
                tokens
                    .words
                    .iter()
                    .zip(0..)
                    .map(|(text, word)| (text, input, word)),
            );
        }
        all.sort_by(|a, b| a.0.cmp(b.0));
        let mut tokens = Self::default();
        let mut texts: Vec<u32> = Vec::new();
        for same in all.chunk_by(|a, b| a.0 == b.0) {
            texts.clear();
            for &(_, input, word) in same {
                let (Some(from), Some(renamed)) = (inputs.get(input), renamed.get(input)) else {
                    continue;
                };
                let new = lists::runs(from.list(word)).filter_map(|run| renamed.get(run));
                texts.extend(new.flatten());
            }
            if same.len() > 1 {
                #[expect(
                    clippy::stable_sort_primitive,
                    reason = "the lists are sorted runs, which only the stable sort merges"
                )]
                texts.sort();
                texts.dedup();
            }
            if let Some((word, _, _)) = same.first() {
                tokens.push(word, &texts);
            }
        }
        tokens.finish()
    }

    fn push(&mut self, word: &str, texts: &[u32]) {
        self.words.push(word);
        // `limits::SEGMENT_TEXT_BYTES` keeps the lists below 4 GiB.
        self.starts
            .push(u32::try_from(self.lists.len()).unwrap_or(u32::MAX));
        lists::write(&mut self.lists, texts);
    }

    fn finish(mut self) -> Self {
        self.starts
            .push(u32::try_from(self.lists.len()).unwrap_or(u32::MAX));
        self.lists.shrink_to_fit();
        self
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
            for run in lists::runs(self.list(word)) {
                bits.insert_all(run);
            }
        }
        bits
    }

    /// The texts that have a word with `part`: open before it, other letters may stand there, and so after it.
    pub(crate) fn texts_around(
        &self,
        part: &str,
        open_before: bool,
        open_after: bool,
        texts: usize,
    ) -> Bits {
        if !open_before {
            return self.texts_with(part, open_after, texts);
        }
        let mut bits = Bits::none(texts);
        let finder = Finder::new(part);
        for (word, text) in (0..).zip(self.words.iter()) {
            let fits = if open_after {
                finder.find(text.as_bytes()).is_some()
            } else {
                text.ends_with(part)
            };
            if fits {
                lists::runs(self.list(word)).for_each(|run| bits.insert_all(run));
            }
        }
        bits
    }

    fn list(&self, word: u32) -> &[u8] {
        let bound = |at: u32| self.starts.get(at as usize).map_or(0, |&at| at as usize);
        self.lists
            .get(bound(word)..bound(word + 1))
            .unwrap_or_default()
    }

    /// Bytes of memory.
    pub(crate) fn bytes(&self) -> usize {
        self.words.bytes() + self.starts.len() * 4 + self.lists.len()
    }
}

/// Words in the order in which they were found.
#[derive(Default)]
struct Found {
    words: Strings,
    interner: Interner,
    texts: Vec<Vec<u32>>,
}

impl Found {
    /// Adds the words of a text, whose number is not below those before.
    fn add(&mut self, number: u32, text: &str) {
        for word in words(text) {
            let word = self.interner.id(&mut self.words, &word);
            match self.texts.get_mut(word as usize) {
                Some(texts) if texts.last() == Some(&number) => {}
                Some(texts) => texts.push(number),
                None => self.texts.push(vec![number]),
            }
        }
    }
}

/// The ids of the shared texts that stand in searched components.
fn searched(parts: &Parts) -> Bits {
    let mut bits = Bits::none(parts.strings.len());
    for dim in Dim::ALL {
        let column = parts.column(dim);
        for tuple in column.dictionary.tuples() {
            for component in dim.searched() {
                if let Some(&id) = tuple.get(*component) {
                    bits.insert(id as usize);
                }
            }
        }
    }
    bits
}
