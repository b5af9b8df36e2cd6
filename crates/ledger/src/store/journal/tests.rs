use std::fmt::Write;

use bytes::Bytes;
use proptest::prelude::*;

use super::frame::{HEADER_LEN, Header, OVERHEAD, Unreadable, check, decode, encode};
use crate::store::{Chain, FrameKind, Head, NewFrame};

/// A close frame behind frame 4, whose chain is 32 times 0x11; computed by hand from the drawing in
/// `docs/format.md`.
const CLOSE: &str = concat!(
    "414e4a46",
    "01",
    "02",
    "0000",
    "00000003",
    "ba001b05",
    "00000000",
    "0000000000000001",
    "0000000000000005",
    "1111111111111111111111111111111111111111111111111111111111111111",
    "627965",
    "782625ab7919f80aef21bfefc734a9fe707d6ca851e1c318daa58f6249af4adf",
    "bf214d27",
);

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

const AFTER: Head = Head {
    seq: 4,
    chain: Chain([0x11; 32]),
};

fn encoded(kind: FrameKind, body: &[u8]) -> (Bytes, Head) {
    let mut frame = Vec::new();
    let after = AFTER;
    let head = encode(&NewFrame { after, kind, body }, &mut frame);
    (frame.into(), head)
}

#[test]
fn the_bytes_of_a_frame_are_frozen() {
    let (frame, head) = encoded(FrameKind::Close, b"bye");
    assert_eq!(hex(&frame), CLOSE);
    assert_eq!(head.seq, 5);
    assert_eq!(frame.len(), OVERHEAD + 3);
}

#[test]
fn every_flipped_bit_is_found() {
    let (frame, _) = encoded(FrameKind::Commit, b"some body");
    for bit in 0..frame.len() * 8 {
        let mut flipped = frame.to_vec();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(check(&flipped), None, "bit {bit}");
        let read = decode(&AFTER, &flipped.into());
        assert!(matches!(read, Err(Unreadable::Broken(_))), "bit {bit}");
    }
}

#[test]
fn a_frame_stands_behind_one_head_only() {
    let (frame, _) = encoded(FrameKind::Commit, b"some body");
    let mut other = AFTER;
    other.seq = 5;
    assert!(decode(&other, &frame).is_err());
    other = AFTER;
    other.chain.0[31] ^= 1;
    assert!(decode(&other, &frame).is_err());
    assert!(decode(&AFTER, &frame).is_ok());
}

#[test]
fn kinds_have_their_codes() {
    for (code, kind) in [
        (0, None),
        (1, Some(FrameKind::Commit)),
        (2, Some(FrameKind::Close)),
        (3, Some(FrameKind::Epoch)),
        (4, Some(FrameKind::Account)),
        (5, None),
        (127, None),
        (128, Some(FrameKind::Skippable(128))),
        (255, Some(FrameKind::Skippable(255))),
    ] {
        assert_eq!(FrameKind::from_code(code), kind);
        assert!(kind.is_none_or(|kind| kind.code() == code));
    }
}

proptest! {
    #[test]
    fn what_was_written_is_read(body in proptest::collection::vec(any::<u8>(), 0..300), kind in 0_usize..5) {
        let kinds = [
            FrameKind::Commit,
            FrameKind::Close,
            FrameKind::Epoch,
            FrameKind::Account,
            FrameKind::Skippable(200),
        ];
        let (bytes, head) = encoded(kinds[kind], &body);
        let frame = decode(&AFTER, &bytes).unwrap();
        prop_assert_eq!(frame.kind, kinds[kind]);
        prop_assert_eq!(frame.head, head);
        prop_assert_eq!(&frame.body[..], &body[..]);
        let header = Header::decode(bytes.first_chunk::<HEADER_LEN>().unwrap()).unwrap();
        prop_assert_eq!(header.frame_len(), bytes.len() as u64);
    }

    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(decode(&AFTER, &bytes.into()).is_err());
    }
}
