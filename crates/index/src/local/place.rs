//! Answers about single positions: whoever reads the ledger by position asks here what he may see of it.

use std::ops::Range;

use tlog::LeafIndex;

use super::compile;
use super::log::Piece;
use super::store::{Store, Unreadable};
use crate::answer::FirstSeen;
use crate::scope::Scope;

/// The first `limit` positions of a range at which a scope shows an event, ascending.
pub(crate) fn visible(
    store: &Store,
    pieces: &[Piece],
    scope: &Scope,
    positions: &Range<u64>,
    limit: usize,
) -> Result<Vec<LeafIndex>, Unreadable> {
    let mut found = Vec::new();
    let touches = |piece: &&Piece| piece.first < positions.end && positions.start < piece.next;
    // Pieces follow one another in position, so what they have is in order.
    for piece in pieces.iter().filter(touches) {
        if found.len() >= limit {
            break;
        }
        let segment = store.open_piece(piece)?;
        let shown = compile::visible(scope, &segment);
        let here = segment.positions_in(positions, &shown);
        found.extend(here.into_iter().map(LeafIndex::new));
    }
    found.truncate(limit);
    Ok(found)
}

/// What the event at a position did for the first time; nothing when the scope shows no event there.
pub(crate) fn first_seen(
    store: &Store,
    pieces: &[Piece],
    scope: &Scope,
    position: u64,
) -> Result<FirstSeen, Unreadable> {
    let holds = |piece: &&Piece| (piece.first..piece.next).contains(&position);
    let Some(piece) = pieces.iter().find(holds) else {
        return Ok(FirstSeen::default());
    };
    let segment = store.open_piece(piece)?;
    let is_shown = scope.is_whole() || {
        let shown = compile::visible(scope, &segment);
        !segment
            .positions_in(&(position..position.saturating_add(1)), &shown)
            .is_empty()
    };
    let row = segment.row_of(position).filter(|_| is_shown);
    Ok(row.map_or_else(FirstSeen::default, |row| segment.parts().first_seen(row)))
}
