//! A file as the disk and as the process see it.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::seed::Seed;

/// Bytes of a page in memory; pages of zeros are not kept, because journals are preallocated.
const PAGE: usize = 4096;

/// Bytes that a disk writes whole or not at all.
const SECTOR: usize = 512;

/// The content of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    length: u64,
    pages: BTreeMap<u64, [u8; PAGE]>,
}

impl Content {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut content = Self::default();
        content.write(0, bytes);
        content
    }

    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// The pages that are not all zeros, with their offsets.
    pub(super) fn pages(&self) -> impl Iterator<Item = (u64, &[u8])> {
        self.pages.iter().map(|(page, bytes)| {
            let at = page * PAGE as u64;
            let inside = usize::try_from(self.length - at).map_or(PAGE, |left| left.min(PAGE));
            (at, bytes.get(..inside).unwrap_or(bytes))
        })
    }

    fn write(&mut self, at: u64, bytes: &[u8]) {
        let (mut at, mut bytes) = (at, bytes);
        while !bytes.is_empty() {
            let (page, offset) = (
                at / PAGE as u64,
                usize::try_from(at % PAGE as u64).unwrap_or_default(),
            );
            let (now, later) = bytes.split_at(bytes.len().min(PAGE - offset));
            let zeros = now.iter().all(|byte| *byte == 0);
            if !zeros || self.pages.contains_key(&page) {
                let kept = self.pages.entry(page).or_insert([0; PAGE]);
                if let Some(slot) = kept.get_mut(offset..offset + now.len()) {
                    slot.copy_from_slice(now);
                }
            }
            at += now.len() as u64;
            bytes = later;
        }
        self.length = self.length.max(at);
    }

    fn set_length(&mut self, length: u64) {
        if length < self.length {
            let cut = length / PAGE as u64;
            self.pages.retain(|page, _| *page <= cut);
            let inside = usize::try_from(length % PAGE as u64).unwrap_or_default();
            if let Some(rest) = self
                .pages
                .get_mut(&cut)
                .and_then(|page| page.get_mut(inside..))
            {
                rest.fill(0);
            }
        }
        self.length = length;
    }
}

/// A change of a file that is not flushed yet.
#[derive(Clone, Debug)]
pub(super) enum Unflushed {
    Write { at: u64, bytes: Bytes },
    SetLength(u64),
}

impl Unflushed {
    fn apply(&self, content: &mut Content) {
        match self {
            Self::Write { at, bytes } => content.write(*at, bytes),
            Self::SetLength(length) => content.set_length(*length),
        }
    }

    /// Applies the sectors of a write that chance keeps.
    fn apply_torn(&self, content: &mut Content, seed: &mut Seed) {
        let Self::Write { at, bytes } = self else {
            return self.apply(content);
        };
        let mut at = *at;
        let mut rest = bytes.as_ref();
        while !rest.is_empty() {
            let to_boundary = SECTOR - usize::try_from(at % SECTOR as u64).unwrap_or_default();
            let (sector, later) = rest.split_at(rest.len().min(to_boundary));
            if seed.percent(50) {
                content.write(at, sector);
            }
            at += sector.len() as u64;
            rest = later;
        }
    }
}

/// A file without its name.
#[derive(Clone, Debug, Default)]
pub(super) struct File {
    durable: Content,
    unflushed: Vec<Unflushed>,
}

impl File {
    pub(super) fn durable(content: Content) -> Self {
        Self {
            durable: content,
            unflushed: Vec::new(),
        }
    }

    pub(super) fn change(&mut self, change: Unflushed) {
        self.unflushed.push(change);
    }

    pub(super) fn flush(&mut self) {
        for change in self.unflushed.drain(..) {
            change.apply(&mut self.durable);
        }
    }

    pub(super) fn is_flushed(&self) -> bool {
        self.unflushed.is_empty()
    }

    /// What the process sees.
    pub(super) fn live(&self) -> Content {
        let mut content = self.durable.clone();
        self.unflushed
            .iter()
            .for_each(|change| change.apply(&mut content));
        content
    }

    /// What a power failure could leave.
    pub(super) fn after_crash(&self, seed: &mut Seed) -> Content {
        let mut content = self.durable.clone();
        for change in &self.unflushed {
            match seed.below(3) {
                0 => {}
                1 => change.apply(&mut content),
                _ => change.apply_torn(&mut content, seed),
            }
        }
        content
    }
}
