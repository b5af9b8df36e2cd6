use data_encoding::BASE64URL_NOPAD;
use proptest::prelude::*;
use serde_json::json;

use super::*;

fn parameters() -> ParametersHash {
    ParametersHash::of_url(3, [("range", "today"), ("q", "role")])
}

fn cursor() -> Cursor {
    Cursor {
        parameters: parameters(),
        range: TimeRange {
            from: Some(-5),
            to: None,
        },
        tree_size: TreeSize::new(u64::MAX),
        place: Place {
            occurred_at_ns: i64::MIN,
            index: LeafIndex::new(7),
        },
        order: Order::Asc,
    }
}

/// A cursor with other bytes and a checksum that fits.
fn resealed(text: &str, change: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut bytes = BASE64URL_NOPAD
        .decode(text.as_bytes())
        .expect("a cursor is base64url");
    bytes.truncate(bytes.len() - 4);
    change(&mut bytes);
    let checksum = crc32c::crc32c(&bytes);
    bytes.extend_from_slice(&checksum.to_be_bytes());
    BASE64URL_NOPAD.encode(&bytes)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn what_is_written_is_read(
        from in any::<Option<i64>>(), to in any::<Option<i64>>(), size in any::<u64>(), at in any::<i64>(),
        index in any::<u64>(), ascending in any::<bool>(),
    ) {
        let cursor = Cursor {
            parameters: parameters(),
            range: TimeRange { from, to },
            tree_size: TreeSize::new(size),
            place: Place { occurred_at_ns: at, index: LeafIndex::new(index) },
            order: if ascending { Order::Asc } else { Order::Desc },
        };
        let text = cursor.encode();
        prop_assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{}", text);
        prop_assert_eq!(Cursor::decode(&text, &parameters()), Ok(cursor));
        let tail = TailCursor { parameters: parameters(), next: LeafIndex::new(index) };
        prop_assert_eq!(TailCursor::decode(&tail.encode(), &parameters()), Ok(tail));
    }

    /// Whatever somebody sends is answered, never with the place of another text.
    #[test]
    fn anything_else_is_damaged(text in "[A-Za-z0-9_-]{0,140}|.{0,40}") {
        prop_assert_eq!(Cursor::decode(&text, &parameters()), Err(CursorError::Damaged));
        prop_assert_eq!(TailCursor::decode(&text, &parameters()), Err(CursorError::Damaged));
    }

    #[test]
    fn every_changed_character_is_noticed(at in 0..91_usize, to in "[A-Za-z0-9_-]") {
        let mut text = cursor().encode();
        prop_assume!(text.get(at..=at).is_some_and(|here| here != to));
        text.replace_range(at..=at, &to);
        prop_assert_eq!(Cursor::decode(&text, &parameters()), Err(CursorError::Damaged));
    }
}

#[test]
fn a_cut_or_longer_text_is_damaged() {
    let text = cursor().encode();
    for end in 0..text.len() {
        assert_eq!(
            Cursor::decode(&text[..end], &parameters()),
            Err(CursorError::Damaged),
            "{end}"
        );
    }
    for more in ["A", "AAAA", "=", " ", "\n"] {
        assert_eq!(
            Cursor::decode(&format!("{text}{more}"), &parameters()),
            Err(CursorError::Damaged),
            "{more:?}"
        );
    }
}

#[test]
fn a_text_that_fits_its_checksum_is_checked_all_the_same() {
    let text = cursor().encode();
    let decode = |text: &str| Cursor::decode(text, &parameters());
    assert_eq!(
        decode(&resealed(&text, |_| ())),
        Ok(cursor()),
        "the test seals as the code does"
    );
    assert_eq!(
        decode(&resealed(&text, |bytes| bytes[0] = 2)),
        Err(CursorError::OtherVersion)
    );
    assert_eq!(
        decode(&resealed(&text, |bytes| bytes[1] = 9)),
        Err(CursorError::Damaged)
    );
    assert_eq!(
        decode(&resealed(&text, |bytes| bytes[18] = 2)),
        Err(CursorError::Damaged),
        "an end is there or not"
    );
    assert_eq!(
        decode(&resealed(&text, |bytes| *bytes
            .last_mut()
            .expect("bytes") = 2)),
        Err(CursorError::Damaged)
    );
    assert_eq!(
        decode(&resealed(&text, |bytes| bytes.push(0))),
        Err(CursorError::Damaged)
    );
    assert_eq!(
        decode(&resealed(&text, Vec::clear)),
        Err(CursorError::Damaged)
    );
}

#[test]
fn a_cursor_of_something_else_is_named() {
    let tail = TailCursor {
        parameters: parameters(),
        next: LeafIndex::new(5),
    };
    let listing_for_tail = TailCursor::decode(&cursor().encode(), &parameters());
    assert_eq!(
        listing_for_tail,
        Err(CursorError::OtherKind {
            expected: "a tail",
            found: "a listing"
        })
    );
    let tail_for_listing = Cursor::decode(&tail.encode(), &parameters());
    assert_eq!(
        tail_for_listing,
        Err(CursorError::OtherKind {
            expected: "a listing",
            found: "a tail"
        })
    );
    let of_another_log = ParametersHash::of_url(4, [("range", "today"), ("q", "role")]);
    assert_eq!(
        Cursor::decode(&cursor().encode(), &of_another_log),
        Err(CursorError::OtherParameters)
    );
}

#[test]
fn the_hash_is_that_of_the_parameters() {
    let url =
        |pairs: &[(&'static str, &'static str)]| ParametersHash::of_url(3, pairs.iter().copied());
    let same =
        |pairs: &[(&'static str, &'static str)]| assert_eq!(url(pairs), parameters(), "{pairs:?}");
    same(&[("q", "role"), ("range", "today")]);
    same(&[
        ("q", "role"),
        ("range", "today"),
        ("cursor", "x"),
        ("limit", "5"),
        ("count", "true"),
    ]);
    let other =
        |pairs: &[(&'static str, &'static str)]| assert_ne!(url(pairs), parameters(), "{pairs:?}");
    other(&[("range", "today")]);
    other(&[("range", "today"), ("q", "Role")]);
    other(&[("range", "today"), ("q", "role"), ("order", "desc")]);
    other(&[("range", "todayq"), ("", "role")]);
    other(&[("range", "today"), ("q", "role"), ("q", "role")]);

    let json = |value: serde_json::Value| {
        ParametersHash::of_json(3, value.as_object().expect("an object"))
    };
    let first = json(json!({"q": "role", "filter": {"match": "all", "criteria": []}}));
    assert_eq!(
        first,
        json(json!({"filter": {"criteria": [], "match": "all"}, "q": "role", "limit": 3}))
    );
    assert_ne!(
        first,
        json(json!({"q": "role", "filter": {"match": "any", "criteria": []}}))
    );
    assert_ne!(
        json(json!({"q": "role", "range": "today"})),
        parameters(),
        "a body is no URL"
    );
}
