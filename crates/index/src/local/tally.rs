//! Counts how many selected rows have which code.

use std::ops::Range;

use super::bits::Ones;
use super::codes::Codes;
use super::column::{Column, Lists};
use super::segment::Selection;

/// How many rows have which code of a dictionary, or which of a few fixed values.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    counts: Vec<u32>,
    touched: Vec<u32>,
}

impl Tally {
    /// Nothing counted yet, for codes below `distinct`.
    pub(crate) fn new(distinct: usize) -> Self {
        Self {
            counts: vec![0; distinct],
            touched: Vec::new(),
        }
    }

    /// Counts one row with a code.
    #[inline]
    pub(crate) fn add(&mut self, code: u32) {
        if let Some(count) = self.counts.get_mut(code as usize) {
            if *count == 0 {
                self.touched.push(code);
            }
            *count += 1;
        }
    }

    /// Takes out what was counted, code by code, and is empty again.
    pub(crate) fn drain(&mut self) -> impl Iterator<Item = (u32, u64)> {
        // Neighbouring codes have neighbouring texts, so visiting many in order is kinder to caches.
        if self.touched.len() > self.counts.len() / 8 {
            self.touched.clear();
            let all = 0..u32::try_from(self.counts.len()).unwrap_or(u32::MAX);
            self.touched.extend(all);
        }
        let counts = &mut self.counts;
        self.touched.drain(..).filter_map(|code| {
            let count = counts.get_mut(code as usize).map_or(0, std::mem::take);
            (count > 0).then_some((code, u64::from(count)))
        })
    }

    /// Counts the selected rows among `rows` by their codes in a column.
    ///
    /// With `component`, a row that has several codes with the same text there counts for the first of them only.
    pub(crate) fn count(
        &mut self,
        column: &Column,
        component: Option<usize>,
        selection: &Selection,
        rows: &Range<usize>,
    ) {
        if let Some(lists) = &column.lists {
            return self.count_lists(column, lists, component, selection, rows);
        }
        match &column.codes {
            Codes::Narrow(codes) => self.count_codes(codes, selection, rows),
            Codes::Middle(codes) => self.count_codes(codes, selection, rows),
            Codes::Wide(codes) => self.count_codes(codes, selection, rows),
        }
    }

    fn count_codes<T: Copy + Into<u32>>(
        &mut self,
        codes: &[T],
        selection: &Selection,
        rows: &Range<usize>,
    ) {
        for (word, bits) in selection.words_in(rows) {
            let base = word * 64;
            let Some(codes) = codes.get(base..(base + 64).min(codes.len())) else {
                return;
            };
            if bits == u64::MAX {
                for &code in codes {
                    self.add(code.into());
                }
                continue;
            }
            for bit in Ones(bits) {
                if let Some(&code) = codes.get(bit) {
                    self.add(code.into());
                }
            }
        }
    }

    fn count_lists(
        &mut self,
        column: &Column,
        lists: &Lists,
        component: Option<usize>,
        selection: &Selection,
        rows: &Range<usize>,
    ) {
        for (word, bits) in selection.words_in(rows) {
            if bits == 0 {
                continue;
            }
            let mut at = lists.marks.get(word).map_or(0, |&start| start as usize);
            for row in word * 64..(word * 64 + 64).min(lists.counts.len()) {
                let end = at + lists.counts.get(row) as usize;
                if bits >> (row % 64) & 1 == 1 {
                    self.count_list(column, component, at..end);
                }
                at = end;
            }
        }
    }

    fn count_list(&mut self, column: &Column, component: Option<usize>, list: Range<usize>) {
        let repeated = |at: usize| {
            let Some(component) = component else {
                return false;
            };
            // Lists are a handful long, so looking back costs less than a set.
            let value = |at: usize| column.component(column.codes.get(at), component);
            (list.start..at).any(|before| value(before) == value(at))
        };
        for at in list.clone() {
            if !repeated(at) {
                self.add(column.codes.get(at));
            }
        }
    }
}
