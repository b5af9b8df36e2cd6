//! Which variable of the environment sets which field.

/// Variables of the command line and of its tests, which begin alike and set nothing here.
const OF_OTHERS: [&str; 6] = [
    "ANNALS_ACCOUNT",
    "ANNALS_BINARY",
    "ANNALS_CONFIG",
    "ANNALS_KILL_ROUNDS",
    "ANNALS_TOKEN",
    "ANNALS_URL",
];

/// The section and field that `variable` names, or `None` when it is not for the server.
///
/// `ANNALS_DATA_DIR` is a field at the top of the file, `ANNALS_LISTEN__ADDRESS` one of `[listen]`.
pub(super) fn field_of(variable: &str) -> Option<(String, String)> {
    if OF_OTHERS.contains(&variable) {
        return None;
    }
    let path = variable.strip_prefix("ANNALS_")?.to_ascii_lowercase();
    Some(match path.split_once("__") {
        Some((section, field)) => (section.to_owned(), field.to_owned()),
        None => (String::new(), path),
    })
}
