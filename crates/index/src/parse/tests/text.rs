//! The search text.

use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::error::code;
use crate::query::{FreeText, Word};

/// Words (the last one with `*` when it is a prefix) and phrases (in quotes).
fn check(text: &str, wanted: &[&str], criteria: &[Criterion]) {
    let (found, refined) = from_text(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
    let star = |word: &Word| format!("{}{}", word.text, if word.prefix { "*" } else { "" });
    let mut shown: Vec<String> = found.words.iter().map(star).collect();
    shown.extend(found.phrases.iter().map(|phrase| format!("\"{phrase}\"")));
    assert_eq!(shown, wanted, "{text}");
    assert_eq!(refined, criteria, "{text}");
}

fn equals(column: &str, text: &str) -> Criterion {
    one(column, Operator::Eq, text_operand(text))
}

#[test]
fn words_and_phrases() {
    check("", &[], &[]);
    check("  \t\n ", &[], &[]);
    check("Role", &["role*"], &[]);
    check("role  Created ", &["role", "created*"], &[]);
    check("\"Role created\"", &["\"Role created\""], &[]);
    check("lily \"Role created\"", &["lily", "\"Role created\""], &[]);
    check("\"Role created\" lily", &["lily*", "\"Role created\""], &[]);
    check("\"a\"b\"c\"", &["b\"c\"*", "\"a\""], &[]);
    check(
        r#""say \"yes\" C:\dir \\""#,
        &[r#""say "yes" C:\dir \""#],
        &[],
    );
    check(
        "Lily@Example.com usr_1",
        &["lily@example.com", "usr_1*"],
        &[],
    );
    check("GRÖẞE 日本語", &["größe", "日本語*"], &[]);
    // Without a letter or digit there is nothing to look for.
    check("role & - -- \"\" \"…\" ,", &["role*"], &[]);
}

#[test]
fn columns_and_values() {
    check("category:Roles", &[], &[equals("category", "Roles")]);
    check(
        "-user:usr_1",
        &[],
        &[one("user", Operator::Ne, text_operand("usr_1"))],
    );
    check(
        "event:\"Role created\" lily",
        &["lily*"],
        &[equals("event", "Role created")],
    );
    check("role user:\"\" x", &["role", "x*"], &[equals("user", "")]);
    check("role verb:read", &["role*"], &[equals("verb", "read")]);
    check(
        "target_id:a:b target_id:\"a\"b",
        &["b*"],
        &[equals("target_id", "a:b"), equals("target_id", "a")],
    );
    check("CATEGORY:Roles", &[], &[equals("category", "Roles")]);
    check(
        "ip:::ffff:10.0.0.1 hour:9",
        &[],
        &[
            one("ip", Operator::Eq, address("10.0.0.1")),
            one("hour", Operator::Eq, Operand::Hour(9)),
        ],
    );
    check(
        "weekday:sun -first_seen:network",
        &[],
        &[
            one("weekday", Operator::Eq, Operand::Weekday(Weekday::Sunday)),
            one(
                "first_seen",
                Operator::Ne,
                Operand::FirstTime(FirstTime::Network),
            ),
        ],
    );
}

#[test]
fn metadata_has_types() {
    let check = |sent: &str, key: &str, wanted: Value| {
        let criterion = one(
            &format!("metadata.{key}"),
            Operator::Eq,
            Operand::Json(wanted),
        );
        super::text::check(sent, &[], &[criterion]);
    };
    check("metadata.count:5", "count", json!(5));
    check("metadata.count:-5.5", "count", json!(-5.5));
    check("metadata.count:\"5\"", "count", json!("5"));
    check("metadata.count:007", "count", json!("007"));
    check(
        "metadata.count:12345678901234567890",
        "count",
        json!("12345678901234567890"),
    );
    check("metadata.flag:true", "flag", json!(true));
    check("metadata.flag:null", "flag", json!(null));
    check("metadata.flag:\"null\"", "flag", json!("null"));
    check("metadata.tags:[1]", "tags", json!("[1]"));
    check("metadata.a.b:c:d", "a.b", json!("c:d"));
    check("metadata.\"cost center\":7", "cost center", json!(7));
    check(r#"metadata."a:\"b":x"#, "a:\"b", json!("x"));
    check("metadata.Key:x", "Key", json!("x"));
}

#[test]
fn other_colons_belong_to_words() {
    check("12:30", &["12:30*"], &[]);
    check("usr-1:a arn:", &["usr-1:a", "arn:*"], &[]);
    check("error: disk full", &["error:", "disk", "full*"], &[]);
    check(
        "https://example.com/a?b=c",
        &["https://example.com/a?b=c*"],
        &[],
    );
    check(":x", &[":x*"], &[]);
    check("\"agent:7\"", &["\"agent:7\""], &[]);
}

#[test]
fn what_is_wrong_is_told_with_its_position() {
    let check = |text: &str, position: usize, code: &str| {
        let problem = from_text(text).expect_err("this is no search text");
        assert_eq!(
            (problem.position, problem.code),
            (position, code),
            "{text}: {problem}"
        );
        assert!(
            problem
                .to_string()
                .starts_with(&format!("at character {}: ", position + 1)),
            "{problem}"
        );
    };
    check("role \"created", 5, code::UNCLOSED_QUOTE);
    check(r#""a\""#, 0, code::UNCLOSED_QUOTE);
    check("größe event:\"x", 12, code::UNCLOSED_QUOTE);
    check("role categry:Roles", 5, code::UNKNOWN_COLUMN);
    check("-categry:Roles", 1, code::UNKNOWN_COLUMN);
    check("Note:x", 0, code::UNKNOWN_COLUMN);
    check("metadata.:x", 0, code::UNKNOWN_COLUMN);
    check("metadata:x", 0, code::UNKNOWN_COLUMN);
    check("metadata.\"\":x", 0, code::UNKNOWN_COLUMN);
    check("metadata.\"a b\" x", 14, code::REQUIRED);
    check("category:", 9, code::REQUIRED);
    check("category: Roles", 9, code::REQUIRED);
    check("role -lily", 5, code::UNEXPECTED_VALUE);
    check("-\"role created\"", 0, code::UNEXPECTED_VALUE);
    check("--force", 0, code::UNEXPECTED_VALUE);
    check("hour:24", 5, code::WRONG_TYPE);
    check("hour:\"9\"", 5, code::WRONG_TYPE);
    check("ip:10.0.0.0/8", 3, code::INVALID_ADDRESS);
    check("weekday:monday", 8, code::UNKNOWN_VALUE);
    check(&"a".repeat(4 * 1024 + 1), 0, code::TOO_LONG);
    let many = "user:a ".repeat(101);
    assert_eq!(
        from_text(&many).expect_err("these are too many").code,
        code::TOO_MANY
    );
}

#[test]
fn what_has_no_text_is_not_written() {
    let none = |column: &str, op: Operator, value: CriterionValue| {
        let column: Column = column.parse().expect("tests name columns");
        let criterion = Criterion { column, op, value };
        assert_eq!(
            to_text(&FreeText::default(), std::slice::from_ref(&criterion)),
            None,
            "{criterion:?}"
        );
    };
    none("user", Operator::Exists, CriterionValue::Absent);
    none("user", Operator::In, CriterionValue::Many(vec![]));
    none(
        "user",
        Operator::Contains,
        CriterionValue::One(text_operand("a")),
    );
    none(
        "ip",
        Operator::InNetwork,
        CriterionValue::One(network("10.0.0.0/8")),
    );
    none(
        "metadata.tags",
        Operator::Eq,
        CriterionValue::One(Operand::Json(json!([1]))),
    );
}

/// Texts out of pieces that mean something to the reader.
fn any_text() -> impl Strategy<Value = String> {
    let pieces: &[&str] = &[
        "role",
        "Größe",
        "usr_1",
        "5",
        "true",
        " ",
        "  ",
        "\t",
        "\"",
        "\\",
        "\\\"",
        "-",
        ":",
        "//",
        "category",
        "event:",
        "metadata.",
        "metadata.k",
        "hour:7",
        "ip:",
        "::1",
        "weekday:mon",
        "Note:",
        "error:",
        "&",
        ".",
        "\u{212a}",
    ];
    prop_oneof![
        4 => proptest::collection::vec(select(pieces).prop_map(str::to_owned), 0..12).prop_map(|it| it.concat()),
        1 => "\\PC{0,20}",
        1 => any::<String>(),
    ]
}

/// Criteria that a text can say.
fn any_criterion() -> impl Strategy<Value = Criterion> {
    let value = prop_oneof![
        "\\PC{0,6}".prop_map(Value::from),
        select(
            &[
                "5", "true", "null", "-1.5", "a b", "\"", "a\\", "\\\"", ":", "-x", ""
            ][..]
        )
        .prop_map(Value::from),
    ];
    let json = prop_oneof![
        3 => value.clone(),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => (-1000_i32..1000).prop_map(Value::from),
        1 => (-1000..1000_i32).prop_map(|n| Value::from(f64::from(n) / 8.0)),
    ];
    let metadata = ("[a-z:\" \\\\.]{1,5}", json)
        .prop_map(|(key, value)| (Column::Metadata(key), Operand::Json(value)));
    let texts: Vec<Column> = Column::named()
        .filter(|column| Operator::Contains.applies_to(column))
        .collect();
    let texts = (select(texts), value)
        .prop_map(|(column, value)| (column, text_operand(value.as_str().unwrap_or_default())));
    let others = prop_oneof![
        (0..24_u8).prop_map(|hour| (Column::Hour, Operand::Hour(hour))),
        any::<std::net::Ipv6Addr>().prop_map(|ip| (
            Column::Ip,
            Operand::Address(std::net::IpAddr::V6(ip).to_canonical())
        )),
        select(&FirstTime::ALL[..])
            .prop_map(|first| (Column::FirstSeen, Operand::FirstTime(first))),
    ];
    (prop_oneof![metadata, texts, others], any::<bool>()).prop_map(
        |((column, operand), negated)| Criterion {
            column,
            op: if negated { Operator::Ne } else { Operator::Eq },
            value: CriterionValue::One(operand),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    /// Reading never fails in another way than with a position inside the text, and what is read can be written.
    #[test]
    fn writing_what_was_read_reads_the_same(text in any_text()) {
        match from_text(&text) {
            Ok((words, criteria)) => {
                let written = to_text(&words, &criteria).expect("what was read can be written");
                prop_assert_eq!(from_text(&written), Ok((words, criteria)), "{:?} was written as {:?}", text, written);
            }
            Err(problem) => prop_assert!(problem.position <= text.chars().count()),
        }
    }

    #[test]
    fn criteria_are_read_as_written(criteria in proptest::collection::vec(any_criterion(), 0..4)) {
        let written = to_text(&FreeText::default(), &criteria).expect("each has a text");
        prop_assert_eq!(from_text(&written), Ok((FreeText::default(), criteria.clone())), "{}", written);
        let sent: Vec<Value> = criteria.iter().map(Criterion::to_json).collect();
        prop_assert_eq!(super::super::criteria(&Value::from(sent), ""), Ok(criteria));
    }
}
