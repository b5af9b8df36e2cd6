//! Words and phrases in the texts of an event.

use event::Event;
use index::FreeText;
use index::words::words;
use serde_json::Value;

/// Whether every word and every phrase occurs in some text of the event.
pub(super) fn matches(text: &FreeText, event: &Event) -> bool {
    let texts = texts(event);
    let occurs =
        |wanted: &str, prefix: bool| texts.iter().any(|text| occurs_in(text, wanted, prefix));
    text.words
        .iter()
        .all(|word| occurs(&word.text, word.prefix))
        && text.phrases.iter().all(|phrase| occurs(phrase, false))
}

/// Whether the words of `wanted` follow each other directly in the text.
fn occurs_in(text: &str, wanted: &str, prefix: bool) -> bool {
    // Words have no spaces, so joined by spaces they can be compared as texts.
    let joined = |text: &str| format!(" {}", words(text).collect::<Vec<_>>().join(" "));
    let (text, wanted) = (joined(text) + " ", joined(wanted));
    if prefix {
        text.contains(&wanted)
    } else {
        text.contains(&(wanted + " "))
    }
}

/// Description, event, category, action, actor (id, name, e-mail), targets (id, name), and the strings among the
/// values of metadata and changes.
fn texts(event: &Event) -> Vec<String> {
    let actor = &event.actor;
    let mut texts = vec![
        event.event.clone(),
        event.category.clone(),
        event.action.clone(),
    ];
    texts.extend(event.description.clone());
    texts.extend(event.actor_key().map(std::borrow::Cow::into_owned));
    texts.extend(actor.name.clone());
    texts.extend(actor.email.clone());
    for target in &event.targets {
        texts.push(target.id.clone());
        texts.extend(target.name.clone());
    }
    for value in event.metadata.values() {
        add_strings(value, &mut texts);
    }
    for change in &event.changes {
        for value in change.old.iter().chain(&change.new) {
            add_strings(value, &mut texts);
        }
    }
    texts
}

fn add_strings(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(elements) => elements
            .iter()
            .for_each(|element| add_strings(element, texts)),
        Value::Object(members) => members
            .values()
            .for_each(|member| add_strings(member, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
