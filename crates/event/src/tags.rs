//! Keyed tags that stand beside an entry, so that a repeated event is recognised without telling its id or content.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::id::EventId;

const KEY_TAG: u8 = 0x01;
const CONTENT_TAG: u8 = 0x02;

/// What the id of an event is found by: the first 16 bytes of HMAC-SHA256(secret, 0x01 ‖ origin ‖ 0x00 ‖ UUID).
pub fn dedup_key(secret: &[u8; 32], origin: &str, id: &EventId) -> [u8; 16] {
    first(&keyed(
        secret,
        &[&[KEY_TAG], origin.as_bytes(), &[0], id.as_bytes()],
    ))
}

/// What tells two events of one id apart: the first 8 bytes of HMAC-SHA256(secret, 0x02 ‖ origin ‖ 0x00 ‖ event).
///
/// The event is the canonical JSON of what was sent ([`crate::NewEvent::canonical_as_sent`]).
pub fn content_tag(secret: &[u8; 32], origin: &str, canonical_as_sent: &[u8]) -> [u8; 8] {
    first(&keyed(
        secret,
        &[&[CONTENT_TAG], origin.as_bytes(), &[0], canonical_as_sent],
    ))
}

/// HMAC-SHA256 (RFC 2104) of the pieces one after the other.
fn keyed(secret: &[u8; 32], pieces: &[&[u8]]) -> [u8; 32] {
    let mut mac = keyed_start(secret);
    for piece in pieces {
        mac.update(piece);
    }
    mac.finalize().into_bytes().into()
}

/// HMAC-SHA256 before its message.
pub(crate) fn keyed_start(secret: &[u8; 32]) -> Hmac<Sha256> {
    // RFC 2104 pads a short key with zeros to the block of the hash.
    let mut block = [0; 64];
    for (place, byte) in block.iter_mut().zip(secret) {
        *place = *byte;
    }
    Hmac::new(&block.into())
}

/// The first bytes of a hash.
pub(crate) fn first<const N: usize>(hash: &[u8; 32]) -> [u8; N] {
    std::array::from_fn(|at| hash.get(at).copied().unwrap_or_default())
}
