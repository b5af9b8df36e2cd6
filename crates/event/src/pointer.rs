//! Places in a JSON document (RFC 6901), made into text only when something is wrong there.

/// A place, as a chain from the innermost token to the root; building it costs nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place<'a> {
    Root,
    Key(&'a Self, &'a str),
    Index(&'a Self, usize),
}

impl<'a> Place<'a> {
    pub(crate) const fn key(&'a self, key: &'a str) -> Self {
        Self::Key(self, key)
    }

    pub(crate) const fn index(&'a self, index: usize) -> Self {
        Self::Index(self, index)
    }

    /// The keys on the way, from the innermost to the root.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'a str> {
        let mut next = Some(*self);
        std::iter::from_fn(move || {
            loop {
                match next? {
                    Self::Root => return None,
                    Self::Key(parent, key) => {
                        next = Some(*parent);
                        return Some(key);
                    }
                    Self::Index(parent, _) => next = Some(*parent),
                }
            }
        })
    }

    /// The pointer as text, `/metadata/role_id`; empty for the root.
    pub(crate) fn pointer(&self) -> String {
        let mut pointer = String::new();
        self.write(&mut pointer);
        pointer
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Root => {}
            Self::Key(parent, key) => {
                parent.write(out);
                push_token(out, key);
            }
            Self::Index(parent, index) => {
                parent.write(out);
                push_token(out, &index.to_string());
            }
        }
    }
}

/// Appends a reference token: `~` and `/` are escaped (RFC 6901 section 3).
pub(crate) fn push_token(out: &mut String, token: &str) {
    out.push('/');
    for c in token.chars() {
        match c {
            '~' => out.push_str("~0"),
            '/' => out.push_str("~1"),
            _ => out.push(c),
        }
    }
}

/// Whether the text is a JSON Pointer: empty, or tokens that each begin with `/` and escape `~`.
pub(crate) fn is_pointer(text: &str) -> bool {
    let escaped = |rest: &str| {
        rest.split('~')
            .skip(1)
            .all(|after| after.starts_with(['0', '1']))
    };
    text.is_empty() || (text.starts_with('/') && escaped(text))
}
