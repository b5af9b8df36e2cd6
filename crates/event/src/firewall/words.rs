//! The words of which a name is made: `apiKey`, `API_KEY` and `x-api-key` end in *api* and *key*.

/// The words of a name, from its end; letters beyond ASCII have no case here.
pub(super) struct Words<'a>(pub(super) &'a str);

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let in_word = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
        let bytes = self.0.as_bytes();
        let end = bytes.iter().rposition(in_word)? + 1;
        let mut begin = end - 1;
        while let Some(before) = begin.checked_sub(1)
            && let Some(byte) = bytes.get(before)
            && in_word(byte)
            && !divides(bytes, begin)
        {
            begin = before;
        }
        let word = self.0.get(begin..end)?;
        self.0 = self.0.get(..begin)?;
        Some(word)
    }
}

/// Whether a new word begins at this byte: `api|Key`, `API|Key`.
fn divides(bytes: &[u8], at: usize) -> bool {
    let is = |at: usize, kind: fn(&u8) -> bool| bytes.get(at).is_some_and(kind);
    let capital = is(at, u8::is_ascii_uppercase);
    let after_small = is(at - 1, |byte| {
        byte.is_ascii_lowercase() || byte.is_ascii_digit()
    });
    let last_capital = is(at - 1, u8::is_ascii_uppercase) && is(at + 1, u8::is_ascii_lowercase);
    capital && (after_small || last_capital)
}
