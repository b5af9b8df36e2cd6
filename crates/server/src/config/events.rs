use event::Limits;

use super::section::section;

section! {
    /// How large an event may be. Each can be lowered, never raised: clients rely on what they may send.
    Events {
        /// The whole event in bytes, as the sum of its canonical facets.
        event_bytes: usize = Limits::CEILING.event_bytes,
        /// Ids, names, e-mail addresses and labels in bytes.
        name_bytes: usize = Limits::CEILING.name_bytes,
        /// Links, user agents and the paths of changes in bytes.
        line_bytes: usize = Limits::CEILING.line_bytes,
        /// The description and the reason of the outcome in bytes.
        text_bytes: usize = Limits::CEILING.text_bytes,
        /// Entries of `on_behalf_of`.
        on_behalf_of: usize = Limits::CEILING.on_behalf_of,
        /// Entries of `targets`.
        targets: usize = Limits::CEILING.targets,
        /// Entries of `changes`.
        changes: usize = Limits::CEILING.changes,
        /// Keys of one `metadata` object.
        metadata_keys: usize = Limits::CEILING.metadata_keys,
        /// One key of a `metadata` object in bytes.
        metadata_key_bytes: usize = Limits::CEILING.metadata_key_bytes,
        /// One value of a `metadata` object in bytes of JSON.
        metadata_value_bytes: usize = Limits::CEILING.metadata_value_bytes,
    }
}

impl Events {
    /// The limits as events are checked against them.
    pub(crate) fn limits(&self) -> Limits {
        Limits {
            event_bytes: self.event_bytes,
            name_bytes: self.name_bytes,
            line_bytes: self.line_bytes,
            text_bytes: self.text_bytes,
            on_behalf_of: self.on_behalf_of,
            targets: self.targets,
            changes: self.changes,
            metadata_keys: self.metadata_keys,
            metadata_key_bytes: self.metadata_key_bytes,
            metadata_value_bytes: self.metadata_value_bytes,
        }
    }

    /// The settings that are above what they may be, with the most they may be.
    pub(super) fn raised(&self) -> Vec<(&'static str, u64)> {
        use super::section::Section;
        let number = |field: &super::section::Field| {
            field
                .value
                .as_ref()
                .and_then(|value| value.parse::<u64>().ok())
        };
        let fields = self.fields();
        let ceiling = Self::default().fields();
        let pairs = fields
            .iter()
            .zip(&ceiling)
            .filter(|(field, most)| number(field) > number(most));
        pairs
            .map(|(field, most)| (field.name, number(most).unwrap_or(0)))
            .collect()
    }
}
