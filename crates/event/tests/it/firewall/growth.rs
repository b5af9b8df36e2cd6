//! Texts that were made to be slow: the work grows with the length, not with its square.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use event::{Event, Firewall, FirewallRules};
use serde_json::json;

use crate::support::{Account, ORIGIN};

const KIB: usize = 1024;

/// How much slower than in proportion a long text may be: far more than a busy machine makes of it, and far less than
/// the 256 that a square would be.
const SLOWER_MOST: u32 = 30;

fn firewall() -> Firewall {
    let prefixes = vec!["abc".to_owned(), "zzz-zzz".to_owned()];
    let rules = FirewallRules::new(Vec::new(), Vec::new(), prefixes, true)
        .expect("rules within their limits");
    Firewall::new([7; 32], ORIGIN).with_rules(Arc::new(rules))
}

fn repeated(begin: &str, part: &str, length: usize) -> String {
    let mut text = begin.to_owned();
    text.extend(std::iter::repeat_n(part, length / part.len()));
    text
}

/// How long the cleaning of a change takes whose new value is the text.
fn time_of(firewall: &Firewall, event: &mut Event, text: &str) -> Duration {
    for change in &mut event.changes {
        change.new = Some(json!(text));
    }
    let begin = Instant::now();
    black_box(firewall.clean(black_box(event)));
    begin.elapsed()
}

#[test]
fn the_work_on_a_text_grows_with_its_length() {
    let firewall = firewall();
    let change = json!({"path": "/notes", "new": ""});
    let mut event = Account::new().accepted(json!({"action": "a.b", "changes": [change]}));
    for (begin, part) in [
        ("", "cookie: "),
        ("", "cookie:\t"),
        ("", "Authorization: Bearer "),
        ("", "cookie: a=1\n"),
        ("x://", "@"),
        ("x://u:p", "@"),
        ("x://u:", "*@"),
        ("", "x://u:p@"),
        ("", "abc-"),
        ("", "zzz-"),
        ("", "eyJ/"),
        ("", "eyJ."),
        ("", "eyJaaaaaaaaaa.."),
        ("", "password="),
        ("", "password: "),
        ("", "password: \""),
        ("", "\"password\":"),
        ("", "--password "),
        ("", "-----BEGIN "),
        ("", "ghp_"),
        ("", "'"),
        ("", "pwd=1,q7Zk2mXv9RbT4cWn8LpY3sHd,"),
    ] {
        let short = repeated(begin, part, 4 * KIB);
        let short = (0..5)
            .map(|_| time_of(&firewall, &mut event, &short))
            .min()
            .unwrap();
        for times in [64, 256] {
            let text = repeated(begin, part, 4 * KIB * times);
            let times = u32::try_from(times).unwrap();
            let most = short * times * SLOWER_MOST;
            // Once more when something else had the processor.
            let mut tries = (0..2).map(|_| time_of(&firewall, &mut event, &text));
            let long = tries.find(|time| *time < most);
            assert!(
                long.is_some(),
                "{part:?} after {begin:?}: {short:?} became more than {most:?} with {times} times the length"
            );
        }
    }
}

#[test]
fn an_event_far_above_the_limit_is_refused_before_its_parts_are_read() {
    let account = Account::new();
    // Its members are wrong as well, and a secret would make it small: neither is looked at.
    let large = format!("password=\"{}\"", "x".repeat(1024 * KIB));
    let sent = json!({"action": "a.b", "unknown": 1, "changes": [{"path": "/a", "new": large}]});
    let problems = account.read(sent).unwrap_err();
    let told: Vec<_> = problems
        .iter()
        .map(|problem| (problem.pointer.as_str(), problem.code))
        .collect();
    assert_eq!(told, [("", "too_large")]);
    // What the firewall makes small enough is taken, when it was not far above.
    let large = format!("password=\"{}\"", "x".repeat(100 * KIB));
    let sent = json!({"action": "a.b", "changes": [{"path": "/a", "new": large}]});
    assert!(account.accept(sent).is_ok());
}
