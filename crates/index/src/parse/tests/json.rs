//! Filters and criteria as JSON.

use super::*;
use crate::error::code;
use crate::query::Match;

fn problems(value: &Value) -> Vec<(String, &'static str)> {
    let problems = filter(value, "/filter").expect_err("this is no filter");
    problems
        .into_iter()
        .map(|problem| (problem.pointer, problem.code))
        .collect()
}

/// The problems of one criterion, which stands at `/refine/0`.
fn refused(criterion: &Value) -> Vec<(String, &'static str)> {
    let problems = criteria(&json!([criterion]), "/refine").expect_err("this is no criterion");
    problems
        .into_iter()
        .map(|problem| {
            (
                problem.pointer.trim_start_matches("/refine/0").to_owned(),
                problem.code,
            )
        })
        .collect()
}

#[test]
fn the_example_of_the_contract_is_read() {
    let sent = json!({"match": "all", "criteria": [
        {"column": "category", "op": "eq", "value": "Roles"},
        {"column": "user", "op": "ne", "value": "usr_1"},
        {"column": "action", "op": "in", "value": ["user.login", "user.logout"]},
    ]});
    let read = filter(&sent, "").expect("it is a filter");
    assert_eq!(read.matching, Match::All);
    let logins = [text_operand("user.login"), text_operand("user.logout")];
    let wanted = [
        one("category", Operator::Eq, text_operand("Roles")),
        one("user", Operator::Ne, text_operand("usr_1")),
        Criterion {
            column: Column::Action,
            op: Operator::In,
            value: CriterionValue::Many(logins.to_vec()),
        },
    ];
    assert_eq!(read.criteria, wanted);
    assert_eq!(read.to_json(), sent);
    let any = filter(&json!({"match": "any", "criteria": []}), "").expect("it is a filter");
    assert_eq!((any.matching, any.criteria), (Match::Any, vec![]));
}

#[test]
fn values_have_the_shape_of_their_column() {
    let check = |column: &str, op: &str, sent: Value, operand: Operand| {
        let criterion = criterion(&json!({"column": column, "op": op, "value": sent}), "");
        let op = Operator::from_name(op).expect("tests name operators");
        assert_eq!(
            criterion,
            Ok(one(column, op, operand)),
            "{column} {op} {sent}"
        );
    };
    check("ip", "eq", json!("203.0.113.7"), address("203.0.113.7"));
    check(
        "ip",
        "ne",
        json!("::ffff:203.0.113.7"),
        address("203.0.113.7"),
    );
    check("ip", "eq", json!("2001:DB8:0::1"), address("2001:db8::1"));
    check(
        "ip",
        "in_network",
        json!("203.0.113.7/24"),
        network("203.0.113.0/24"),
    );
    check(
        "ip",
        "in_network",
        json!("203.0.113.7"),
        network("203.0.113.7/32"),
    );
    check(
        "ip",
        "in_network",
        json!("::ffff:10.1.2.3/104"),
        network("10.0.0.0/8"),
    );
    check(
        "ip",
        "in_network",
        json!("2001:db8::1/48"),
        network("2001:db8::/48"),
    );
    check("hour", "eq", json!(23), Operand::Hour(23));
    check(
        "weekday",
        "ne",
        json!("sun"),
        Operand::Weekday(Weekday::Sunday),
    );
    check(
        "first_seen",
        "eq",
        json!("network"),
        Operand::FirstTime(FirstTime::Network),
    );
    check(
        "event",
        "eq",
        json!(" Role CREATED"),
        text_operand(" Role CREATED"),
    );
    check("request_id", "eq", json!(""), text_operand(""));
    check(
        "description",
        "contains",
        json!("role "),
        text_operand("role "),
    );
    check("metadata.count", "eq", json!(5), Operand::Json(json!(5)));
    check(
        "metadata.count",
        "ne",
        json!(null),
        Operand::Json(Value::Null),
    );
    check(
        "metadata.a.b c",
        "eq",
        json!({"deep": [1.5]}),
        Operand::Json(json!({"deep": [1.5]})),
    );
    check(
        "metadata.count",
        "starts_with",
        json!("5"),
        text_operand("5"),
    );
    let without = criterion(
        &json!({"column": "user", "op": "not_exists", "value": null}),
        "",
    );
    assert_eq!(
        without.map(|criterion| criterion.value),
        Ok(CriterionValue::Absent)
    );
    let nothing = criterion(&json!({"column": "user", "op": "nin", "value": []}), "");
    assert_eq!(
        nothing.map(|criterion| criterion.value),
        Ok(CriterionValue::Many(vec![]))
    );
}

/// A criterion, where it is wrong, and the code.
const REFUSED: &str = r#"
"category" | | wrong_type
{"op": "exists"} | /column | required
{"column": "user"} | /op | required
{"column": "user", "op": "eq"} | /value | required
{"column": 1, "op": "exists"} | /column | wrong_type
{"column": "user", "op": null} | /op | wrong_type
{"column": "User", "op": "exists"} | /column | unknown_column
{"column": "metadata", "op": "exists"} | /column | unknown_column
{"column": "metadata.", "op": "exists"} | /column | unknown_column
{"column": "user", "op": "EQ", "value": "a"} | /op | unknown_operator
{"column": "user", "op": "in_network", "value": "10.0.0.0/8"} | /op | operator_does_not_apply
{"column": "ip", "op": "contains", "value": "10."} | /op | operator_does_not_apply
{"column": "hour", "op": "starts_with", "value": "1"} | /op | operator_does_not_apply
{"column": "first_seen", "op": "contains", "value": "a"} | /op | operator_does_not_apply
{"column": "user", "op": "eq", "value": 5} | /value | wrong_type
{"column": "user", "op": "eq", "value": ["a"]} | /value | wrong_type
{"column": "user", "op": "eq", "value": null} | /value | wrong_type
{"column": "user", "op": "in", "value": "a"} | /value | wrong_type
{"column": "user", "op": "in"} | /value | wrong_type
{"column": "user", "op": "in", "value": ["a", 5]} | /value/1 | wrong_type
{"column": "user", "op": "exists", "value": true} | /value | unexpected_value
{"column": "user", "op": "contains", "value": " "} | /value | required
{"column": "metadata.k", "op": "contains", "value": 5} | /value | wrong_type
{"column": "ip", "op": "eq", "value": "10.0.0.0/8"} | /value | invalid_address
{"column": "ip", "op": "in", "value": ["10.0.0.1", "10.0.0"]} | /value/1 | invalid_address
{"column": "ip", "op": "in_network", "value": "10.0.0.0/33"} | /value | invalid_address
{"column": "hour", "op": "eq", "value": 24} | /value | wrong_type
{"column": "hour", "op": "eq", "value": "9"} | /value | wrong_type
{"column": "weekday", "op": "eq", "value": "Mon"} | /value | unknown_value
{"column": "first_seen", "op": "eq", "value": "ip"} | /value | unknown_value
{"column": "metadata.n", "op": "eq", "value": [9007199254740992]} | /value | unsafe_number
{"column": "user", "op": "exists", "vAlue/~": 1} | /vAlue~1~0 | unknown_field
"#;

#[test]
fn what_is_wrong_is_told_with_its_pointer() {
    for line in REFUSED.trim().lines() {
        let parts: Vec<&str> = line.split('|').map(str::trim).collect();
        let sent = serde_json::from_str(parts[0]).expect("the table has JSON");
        assert_eq!(refused(&sent), [(parts[1].to_owned(), parts[2])], "{line}");
    }
}

#[test]
fn values_and_names_have_limits() {
    let long = json!({"column": "user", "op": "eq", "value": "a".repeat(8 * 1024 + 1)});
    assert_eq!(refused(&long), [("/value".to_owned(), code::TOO_LONG)]);
    let long = json!({"column": format!("metadata.{}", "k".repeat(65)), "op": "exists"});
    assert_eq!(
        refused(&long),
        [("/column".to_owned(), code::UNKNOWN_COLUMN)]
    );
    let many = json!({"column": "user", "op": "in", "value": vec!["a"; 1_001]});
    assert_eq!(refused(&many), [("/value".to_owned(), code::TOO_MANY)]);
}

#[test]
fn a_criterion_is_never_a_group() {
    let group = json!({"match": "any", "criteria": [{"column": "user", "op": "exists"}]});
    let sent = json!({"match": "all", "criteria": [group, {"column": "user", "op": "exists"}]});
    assert_eq!(
        problems(&sent),
        [("/filter/criteria/0".to_owned(), code::NESTED_GROUP)]
    );
    let mixed = json!({"column": "user", "op": "exists", "criteria": []});
    assert_eq!(refused(&mixed), [(String::new(), code::NESTED_GROUP)]);
}

#[test]
fn a_filter_has_its_two_members() {
    let check = |sent: Value, pointer: &str, code: &'static str| {
        assert_eq!(problems(&sent), [(pointer.to_owned(), code)], "{sent}");
    };
    check(json!([]), "/filter", code::WRONG_TYPE);
    check(json!({"criteria": []}), "/filter/match", code::REQUIRED);
    check(json!({"match": "all"}), "/filter/criteria", code::REQUIRED);
    check(
        json!({"match": "ALL", "criteria": []}),
        "/filter/match",
        code::UNKNOWN_VALUE,
    );
    check(
        json!({"match": "all", "criteria": {}}),
        "/filter/criteria",
        code::WRONG_TYPE,
    );
    check(
        json!({"match": "all", "criteria": [], "limit": 5}),
        "/filter/limit",
        code::UNKNOWN_FIELD,
    );
    let row = json!({"column": "user", "op": "exists"});
    check(
        json!({"match": "all", "criteria": vec![row; 101]}),
        "/filter/criteria",
        code::TOO_MANY,
    );
}

#[test]
fn all_problems_are_told_at_once_and_no_value_is_repeated() {
    let sent = json!({"match": "some-secret", "criteria": [
        {"column": "usr", "op": "is", "value": "some-secret"},
        {"column": "ip", "op": "eq", "value": "some-secret"},
    ]});
    let told = filter(&sent, "").expect_err("this is no filter");
    let pointers: Vec<&str> = told
        .iter()
        .map(|problem| problem.pointer.as_str())
        .collect();
    assert_eq!(
        pointers,
        [
            "/match",
            "/criteria/0/column",
            "/criteria/0/op",
            "/criteria/1/value"
        ]
    );
    for problem in told {
        assert!(!problem.to_string().contains("some-secret"), "{problem}");
    }
}
