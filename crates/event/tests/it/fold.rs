//! Equality that ignores case.

use event::{fold, fold_cow};
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn folding_twice_is_folding_once(text in any::<String>()) {
        let folded = fold(&text);
        prop_assert_eq!(fold(&folded), folded.clone());
        prop_assert_eq!(fold_cow(&text), folded);
    }

    #[test]
    fn spaces_around_do_not_count(text in any::<String>()) {
        prop_assert_eq!(fold(&format!(" \t{text}\u{a0}\n")), fold(&text));
    }

    #[test]
    fn letters_keep_their_number(text in any::<String>()) {
        prop_assert_eq!(fold(&text).chars().count(), text.trim().chars().count());
    }
}

#[test]
fn equal_but_for_case() {
    for (left, right) in [
        ("Role Created", "  role created "),
        ("ÄRGER", "ärger"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("ſtraße", "STRAßE"),
        ("\u{212a}elvin", "kelvin"),
        ("Ᏸ", "ᏸ"),
        ("İ", "İ"),
    ] {
        assert_eq!(fold(left), fold(right), "{left} {right}");
    }
}

#[test]
fn different_even_so() {
    // One character for one character: what would need two stays different, and no language has its own rule.
    for (left, right) in [
        ("straße", "strasse"),
        ("İ", "i"),
        ("ı", "i"),
        ("é", "e"),
        ("e\u{301}", "é"),
        ("a b", "a  b"),
    ] {
        assert_ne!(fold(left), fold(right), "{left} {right}");
    }
}
