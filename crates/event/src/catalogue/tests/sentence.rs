//! Reading and filling in sentences.

use super::super::sentence::{Place, Sentence, SentenceFailure};

fn fill(text: &str, known: &[(Place, &str)]) -> Option<String> {
    let find = |place: &Place| {
        known
            .iter()
            .find(|(name, _)| name == place)
            .map(|(_, value)| (*value).to_owned())
    };
    Sentence::parse(text).unwrap().fill(&find)
}

#[test]
fn places_are_filled_in() {
    let known = [
        (Place::Target, "Auditor"),
        (Place::TargetId, "7"),
        (Place::Metadata("role_name".into()), ""),
    ];
    let check = |text, expected: Option<&str>| {
        assert_eq!(fill(text, &known).as_deref(), expected, "{text}");
    };
    check("Logged in", Some("Logged in"));
    check(
        "Created the role {target}",
        Some("Created the role Auditor"),
    );
    check("{target} (#{target.id})", Some("Auditor (#7)"));
    check(
        "Deployed {target}[ on {metadata.hardware}]",
        Some("Deployed Auditor"),
    );
    check(
        "Deployed[ {target}][ as {context.ip}].",
        Some("Deployed Auditor."),
    );
    check("Assigned{metadata.role_name}", Some("Assigned"));
    check("Deployed {metadata.hardware}", None);
    check("", Some(""));
}

#[test]
fn mistakes_are_named() {
    let check = |text: &str, failure: SentenceFailure| {
        assert_eq!(Sentence::parse(text), Err(failure), "{text}");
    };
    let unknown = |name: &str| SentenceFailure::UnknownPlace {
        name: name.to_owned(),
    };
    check("{targets}", unknown("targets"));
    check("{metadata.}", unknown("metadata."));
    check("{}", unknown(""));
    for (text, bracket) in [
        ("a]", ']'),
        ("[a", '['),
        ("[[a]]", '['),
        ("{a", '{'),
        ("a}", '}'),
        ("[{target]}", '{'),
    ] {
        check(text, SentenceFailure::Unbalanced { bracket });
    }
}

#[test]
fn a_sentence_is_written_as_it_was_read() {
    let text = "Deleted {a target.noun}[ (#{target.id})]";
    let sentence: Sentence = serde_json::from_value(text.into()).unwrap();
    assert_eq!(sentence.as_str(), text);
    assert_eq!(serde_json::to_value(&sentence).unwrap(), text);
}

#[test]
fn a_sentence_that_is_filled_in_has_an_end() {
    let reason = "ä".repeat(4 * 1024);
    let known = [(Place::Reason, reason.as_str())];
    for text in [
        "{outcome.reason}".repeat(64),
        "[{outcome.reason} {outcome.reason}]".repeat(30),
        "x".to_owned() + &"{outcome.reason}".repeat(63),
    ] {
        let told = fill(&text, &known).unwrap();
        assert!((8_190..=8_192).contains(&told.len()), "{}", told.len());
    }
    // What is unknown behind the end leaves no sentence, as it does before.
    let text = "{outcome.reason}{outcome.reason}{context.ip}";
    assert_eq!(fill(text, &known), None);
}
