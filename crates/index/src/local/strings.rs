//! The texts of a segment, each stored once.

/// Distinct texts; a text's id is its rank in byte order in tables that `merge` made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// A table from its concatenated text and where each text ends, or `None` when they do not fit together.
    pub(crate) fn from_parts(text: String, ends: Vec<u32>) -> Option<Self> {
        let ascending =
            ends.is_sorted() && ends.last().copied().unwrap_or(0) as usize == text.len();
        let whole = ends.iter().all(|&end| text.is_char_boundary(end as usize));
        (ascending && whole).then_some(Self { text, ends })
    }

    /// The concatenated text and where each text ends.
    pub(crate) fn parts(&self) -> (&str, &[u32]) {
        (&self.text, &self.ends)
    }

    /// How many texts.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Bytes of memory.
    pub(crate) fn bytes(&self) -> usize {
        self.text.len() + self.ends.len() * 4
    }

    /// Bytes of text.
    pub(crate) fn text_len(&self) -> usize {
        self.text.len()
    }

    /// Adds a text and returns its id; the caller knows that it is new.
    pub(crate) fn push(&mut self, text: &str) -> u32 {
        let id = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.text.push_str(text);
        // `limits::SEGMENT_TEXT_BYTES` keeps a table far below 4 GiB.
        self.ends
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        id
    }

    /// The text with this id; empty when there is none.
    #[inline]
    pub(crate) fn get(&self, id: u32) -> &str {
        let at = id as usize;
        let Some(&end) = self.ends.get(at) else {
            return "";
        };
        let start = match at.checked_sub(1).and_then(|before| self.ends.get(before)) {
            Some(&start) => start,
            None => 0,
        };
        self.text
            .get(start as usize..end as usize)
            .unwrap_or_default()
    }

    /// The id of `text` in a sorted table.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        let at = self.lower_bound(text);
        (self.get(at) == text && (at as usize) < self.len()).then_some(at)
    }

    /// The first id of a sorted table whose text is not before `text`.
    pub(crate) fn lower_bound(&self, text: &str) -> u32 {
        let (mut low, mut high) = (0, u32::try_from(self.len()).unwrap_or(u32::MAX));
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle) < text {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The ids of a sorted table whose texts begin with `prefix`.
    pub(crate) fn with_prefix(&self, prefix: &str) -> std::ops::Range<u32> {
        let start = self.lower_bound(prefix);
        let (mut low, mut high) = (start, u32::try_from(self.len()).unwrap_or(u32::MAX));
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle).starts_with(prefix) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        start..low
    }

    /// All texts in order of their ids.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(|id| self.get(id))
    }
}
