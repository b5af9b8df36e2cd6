use super::*;

fn parsed(format: Format, body: &str) -> Result<Vec<Parsed>, BodyRefused> {
    parse(format, body.as_bytes(), &Limits::default())
}

const EVENT: &str = r#"{"action":"role.create","actor":{"type":"user","id":"u"}}"#;

#[test]
fn content_types_choose_the_format() {
    assert_eq!(
        Format::of_content_type("application/json; charset=utf-8"),
        Some(Format::Json)
    );
    assert_eq!(
        Format::of_content_type("Application/X-NDJSON"),
        Some(Format::Ndjson)
    );
    assert_eq!(Format::of_content_type("text/plain"), None);
}

#[test]
fn an_object_an_array_and_lines_carry_events() {
    assert_eq!(parsed(Format::Json, EVENT).unwrap().len(), 1);
    assert_eq!(
        parsed(Format::Json, &format!("[{EVENT},{EVENT}]"))
            .unwrap()
            .len(),
        2
    );
    assert_eq!(
        parsed(Format::Ndjson, &format!("{EVENT}\n\n{EVENT}\r\n"))
            .unwrap()
            .len(),
        2
    );
    assert_eq!(parsed(Format::Json, "[]").unwrap().len(), 0);
}

#[test]
fn a_line_that_is_not_json_is_named() {
    let refused = parsed(Format::Ndjson, &format!("{EVENT}\n\n{{\"action\":}}\n")).unwrap_err();
    assert!(
        matches!(refused, BodyRefused::NotJson { line: 3, .. }),
        "{refused}"
    );
    let refused = parsed(Format::Json, "[\n{},\n{,}]").unwrap_err();
    assert!(
        matches!(refused, BodyRefused::NotJson { line: 3, .. }),
        "{refused}"
    );
}

#[test]
fn json_that_holds_no_events_is_refused() {
    assert_eq!(
        parsed(Format::Json, "42").unwrap_err(),
        BodyRefused::NotEvents
    );
    assert!(matches!(
        parsed(Format::Json, ""),
        Err(BodyRefused::NotJson { .. })
    ));
}

#[test]
fn a_duplicate_key_is_wrong_alone() {
    let body = format!(r#"[{EVENT},{{"action":"a.b","metadata":{{"k":1,"k":2}}}},{EVENT}]"#);
    let events = parsed(Format::Json, &body).unwrap();
    assert!(events[0].is_ok() && events[2].is_ok());
    let problems = events[1].as_ref().err().unwrap();
    assert_eq!(
        (problems[0].pointer.as_str(), problems[0].code),
        ("/metadata/k", "duplicate_key")
    );
}

#[test]
fn more_events_than_a_request_may_carry_are_refused() {
    let body = vec!["{}"; EVENTS_PER_REQUEST_MAX + 1];
    assert_eq!(
        parsed(Format::Json, &format!("[{}]", body.join(","))).unwrap_err(),
        BodyRefused::TooManyEvents
    );
    assert_eq!(
        parsed(Format::Ndjson, &body.join("\n")).unwrap_err(),
        BodyRefused::TooManyEvents
    );
}
