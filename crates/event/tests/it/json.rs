//! Strict reading: what is refused, and where.

use event::json::{self, JsonFailure};
use proptest::prelude::*;

use crate::arbitrary;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_bytes_do_harm(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
        let _read = json::parse(&bytes);
    }

    #[test]
    fn no_text_of_json_characters_does_harm(text in r#"[\[\]{}",:0-9eE+\\.trufalsn du-]{0,40}"#) {
        let ours = json::parse(text.as_bytes());
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        // A general reader accepts more than I-JSON, and refuses the same texts for their grammar.
        match ours {
            Ok(_) => prop_assert!(theirs.is_ok()),
            Err(JsonFailure::Syntax { .. }) => prop_assert!(theirs.is_err(), "{}", text),
            Err(JsonFailure::NotIJson { .. }) => {}
        }
    }

    #[test]
    fn a_general_reader_reads_the_same(value in arbitrary::value(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
        let read = json::parse(text.expect("JSON").as_bytes()).expect("I-JSON");
        // Whole doubles become integers, which is the only difference.
        prop_assert_eq!(event::canonical::to_vec(&read), event::canonical::to_vec(&value));
    }

    #[test]
    fn a_changed_byte_never_does_harm(value in arbitrary::value(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut text = serde_json::to_vec(&value).expect("JSON");
        let at = at.index(text.len());
        text[at] = byte;
        let _read = json::parse(&text);
    }
}

#[test]
fn what_is_no_json_is_refused_with_its_line_and_column() {
    let cases: [(&[u8], usize, usize, &str); 24] = [
        (b"", 1, 1, "ends"),
        (b"  \n ", 2, 2, "ends"),
        (b"{\"a\":1\n\"b\":2}", 2, 1, "`,` or `}`"),
        (b"{\"a\" 1}", 1, 6, "`:`"),
        (b"{a:1}", 1, 2, "key in quotes"),
        (b"{\"a\":1,}", 1, 8, "key in quotes"),
        (b"[1,]", 1, 4, "a value"),
        (b"[1 2]", 1, 4, "`,` or `]`"),
        (b"[1", 1, 3, "`,` or `]`"),
        (b"{} {}", 1, 4, "white space"),
        (b"tru", 1, 1, "a value"),
        (b"nul\n", 1, 1, "a value"),
        (b"\"abc", 1, 5, "closing quote"),
        (b"\"a\nb\"", 1, 3, "control"),
        (b"\"a\\", 1, 4, "closing quote"),
        (b"\"\\q\"", 1, 2, "escape"),
        (b"\"\\u12g4\"", 1, 2, "hexadecimal"),
        (b"\"\\u12", 1, 2, "hexadecimal"),
        (b"-", 1, 2, "number"),
        (b"[1.]", 1, 4, "number"),
        (b"1e+", 1, 4, "number"),
        (b"[01]", 1, 3, "`,` or `]`"),
        (b"+1", 1, 1, "a value"),
        (b"[\"a\", \"\xff\"]", 1, 8, "UTF-8"),
    ];
    for (text, line, column, message) in cases {
        let shown = String::from_utf8_lossy(text);
        match json::parse(text) {
            Err(JsonFailure::Syntax {
                line: l,
                column: c,
                message: m,
            }) => {
                assert_eq!((l, c), (line, column), "{shown}: {m}");
                assert!(m.contains(message), "{shown}: {m}");
            }
            other => panic!("{shown}: {other:?}"),
        }
    }
}

#[test]
fn what_is_no_i_json_is_refused_with_its_pointer() {
    let deep = format!("{{\"a\":{}}}", "[".repeat(64) + &"]".repeat(64));
    let deep_pointer = format!("/a{}", "/0".repeat(63));
    let cases: [(&str, &str, &str); 16] = [
        (r#"{"k":1,"k":2}"#, "/k", "duplicate_key"),
        (
            r#"{"m":[0,{"a/b~c":{"k":1,"k":2}}]}"#,
            "/m/1/a~1b~0c/k",
            "duplicate_key",
        ),
        (r#"{"\u006b":1,"k":2}"#, "/k", "duplicate_key"),
        (r#"{"":1,"":2}"#, "/", "duplicate_key"),
        (r#"["a","\ud800"]"#, "/1", "lone_surrogate"),
        (r#"["\ud800\n"]"#, "/0", "lone_surrogate"),
        (r#"["\udc00\ud800"]"#, "/0", "lone_surrogate"),
        (r#"["\ud800\ue000"]"#, "/0", "lone_surrogate"),
        (r#"{"a":{"\udfff":1}}"#, "/a", "lone_surrogate"),
        ("9007199254740992", "", "unsafe_number"),
        (r#"{"n":-9007199254740992}"#, "/n", "unsafe_number"),
        ("[1,12345678901234567890]", "/1", "unsafe_number"),
        ("[1E20]", "/0", "unsafe_number"),
        ("[9007199254740991.9]", "/0", "unsafe_number"),
        ("[-1e999]", "/0", "unsafe_number"),
        (&deep, &deep_pointer, "too_deep"),
    ];
    for (text, pointer, code) in cases {
        match json::parse(text.as_bytes()) {
            Err(JsonFailure::NotIJson {
                pointer: p,
                code: c,
                ..
            }) => assert_eq!((&*p, c), (pointer, code), "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn a_body_of_brackets_does_not_exhaust_the_stack() {
    let text = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
    assert!(matches!(
        json::parse(text.as_bytes()),
        Err(JsonFailure::NotIJson {
            code: "too_deep",
            ..
        })
    ));
}

#[test]
fn what_is_no_json_is_told_first() {
    let cases = [
        ("{\"k\":1,\"k\":2", 1, 12),
        ("[1e300,\n 2,,]", 2, 4),
        ("[\"\\ud800\", tru]", 1, 15),
        (&*format!("{}x", "[".repeat(70)), 1, 71),
    ];
    for (text, line, column) in cases {
        match json::parse(text.as_bytes()) {
            Err(JsonFailure::Syntax {
                line: l, column: c, ..
            }) => assert_eq!((l, c), (line, column), "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn neighbours_are_no_depth() {
    let neighbours = vec![serde_json::json!([{}]); 200];
    let text = serde_json::to_vec(&neighbours).unwrap();
    assert_eq!(json::parse(&text).unwrap(), serde_json::json!(neighbours));
}

#[test]
fn whole_numbers_are_integers_however_they_are_written() {
    let read = json::parse(b"[1,1.0,10e-1,0.01e2,-0.0,-0,1.5]").unwrap();
    assert_eq!(read, serde_json::json!([1, 1, 1, 1, 0, 0, 1.5]));
}
