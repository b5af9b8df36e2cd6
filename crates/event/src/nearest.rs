//! Which known member a mistaken name most likely means.

/// The known name that differs least from the given one, if it differs little.
///
/// Case, `_` and `-` do not count; a third of the letters may be wrong.
pub(crate) fn name<'a>(given: &str, known: &[&'a str]) -> Option<&'a str> {
    let given = letters(given);
    let tolerated = (given.len() / 3).clamp(1, 4);
    known
        .iter()
        .map(|name| (distance(&given, &letters(name)), *name))
        .filter(|(distance, _)| *distance <= tolerated)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Longer names are cut: no member has as many letters.
const COMPARED: usize = 32;

fn letters(name: &str) -> Vec<char> {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .take(COMPARED)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// Levenshtein's distance.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (line, a) in left.iter().enumerate() {
        let mut diagonal = line;
        let mut before = line + 1;
        let mut next = vec![before];
        for (b, above) in right.iter().zip(row.iter().skip(1)) {
            let least = (diagonal + usize::from(a != b))
                .min(above + 1)
                .min(before + 1);
            diagonal = *above;
            before = least;
            next.push(least);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
