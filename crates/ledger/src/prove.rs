//! Hashes of the trees, and the proofs made of them.
//!
//! Nodes of level 8 stand in the spine; lower ones are hashed again from at most 128 entries, higher ones from the
//! nodes of level 8 below them: 32 bytes read per 256 entries of the log at the most.

use tlog::{
    ENTRY_LEN, Frontier, Hash, LeafIndex, NodeId, TreeSize, consistency_proof, inclusion_proof,
    leaf_hash,
};

use crate::LogNumber;
use crate::error::{ProveError, ReadError};
use crate::limits::READ_RECORDS_MAX;
use crate::shared::Shared;
use crate::store::segment::spine::KEPT_LEVEL;
use crate::tail::TailRecord;

impl Shared {
    /// The bytes of entries from `from` on: at most `max` and [`READ_RECORDS_MAX`], fewer where the log ends.
    pub(crate) fn entries(
        &self,
        log: LogNumber,
        from: LeafIndex,
        max: usize,
    ) -> Result<Vec<[u8; ENTRY_LEN]>, ReadError> {
        let left = self.size(log)?.get().saturating_sub(from.get());
        let wanted = usize::try_from(left)
            .unwrap_or(usize::MAX)
            .min(max)
            .min(READ_RECORDS_MAX);
        let mut entries = Vec::with_capacity(wanted);
        while entries.len() < wanted {
            let at = LeafIndex::new(from.get() + entries.len() as u64);
            let in_tail = self.tail().find(log, at);
            if let Some(view) = in_tail.as_ref().and_then(TailRecord::view) {
                entries.push(*view.entry);
                continue;
            }
            let sealed = self.segments.entries(log, at, wanted - entries.len());
            let sealed = sealed.map_err(ReadError::Segment)?.ok_or(ReadError::Lost {
                log,
                index: at.get(),
            })?;
            entries.extend(sealed.entries);
        }
        Ok(entries)
    }

    /// The root of the first `size` entries of a log.
    pub(crate) fn root(&self, log: LogNumber, size: TreeSize) -> Result<Hash, ProveError> {
        self.check_size(log, size)?;
        tlog::root(size, |node| self.node(log, node)).map_err(ProveError::Read)
    }

    pub(crate) fn prove_inclusion(
        &self,
        log: LogNumber,
        index: LeafIndex,
        size: TreeSize,
    ) -> Result<Vec<Hash>, ProveError> {
        self.check_size(log, size)?;
        Ok(inclusion_proof(index, size, |node| self.node(log, node))?)
    }

    pub(crate) fn prove_consistency(
        &self,
        log: LogNumber,
        from: TreeSize,
        to: TreeSize,
    ) -> Result<Vec<Hash>, ProveError> {
        self.check_size(log, to)?;
        Ok(consistency_proof(from, to, |node| self.node(log, node))?)
    }

    fn check_size(&self, log: LogNumber, size: TreeSize) -> Result<(), ProveError> {
        let committed = self.size(log).map_err(ProveError::Read)?;
        if size > committed {
            return Err(ProveError::NotCommitted { size, committed });
        }
        Ok(())
    }

    /// A node whose leaves are all committed.
    fn node(&self, log: LogNumber, node: NodeId) -> Result<Hash, ReadError> {
        match node.level.checked_sub(KEPT_LEVEL) {
            None => self.low_node(log, node),
            Some(above) => self.high_node(log, node.index << above, 1 << above),
        }
    }

    /// A node below the level that is kept, from its entries.
    fn low_node(&self, log: LogNumber, node: NodeId) -> Result<Hash, ReadError> {
        let first = LeafIndex::new(node.index << node.level);
        let entries = self.entries(log, first, 1 << node.level)?;
        let mut subtree = Frontier::new();
        for entry in &entries {
            subtree.push(leaf_hash(entry));
        }
        Ok(subtree.root())
    }

    /// The root over `count` nodes of the kept level, a power of two.
    fn high_node(&self, log: LogNumber, first: u64, count: u64) -> Result<Hash, ReadError> {
        // A subtree hashes its inner nodes as a tree hashes its leaf hashes, so that one frontier does both.
        let mut subtree = Frontier::new();
        let end = first + count;
        let mut next = first;
        while next < end {
            let kept = self.segments.kept_nodes(log, next, end - next);
            let kept = kept.map_err(ReadError::Segment)?;
            if kept.is_empty() {
                subtree.push(self.tile(log, next)?);
                next += 1;
            }
            for node in kept {
                subtree.push(node);
                next += 1;
            }
        }
        Ok(subtree.root())
    }

    /// A node of the kept level that no segment keeps yet, from its 256 entries.
    fn tile(&self, log: LogNumber, index: u64) -> Result<Hash, ReadError> {
        let level = KEPT_LEVEL;
        self.low_node(log, NodeId { level, index })
    }
}
