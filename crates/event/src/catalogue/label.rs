//! Labels that nobody wrote, derived from names.

/// The event name of an undeclared action: `role.create` → `Role create`.
pub fn derived_event(action: &str) -> String {
    sentence_case(action)
}

/// The category of an undeclared action, from its first part: `role.create` → `Role`.
pub fn derived_category(action: &str) -> String {
    sentence_case(action.split('.').next().unwrap_or(action))
}

/// The metadata key of a label: its words in lower case, joined by `_` (`No. of epochs` → `no_of_epochs`).
pub fn field_key(label: &str) -> String {
    words(label).join("_")
}

/// The words of a name or label in lower case, without what separates them.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The name with `.` and `_` as spaces and its first letter in upper case.
pub(super) fn sentence_case(name: &str) -> String {
    let spaced = name.replace(['.', '_', '-'], " ");
    let mut letters = spaced.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => spaced,
    }
}
