//! Randomness repeats itself and covers its range.

use testkit::seed::Seed;

#[test]
fn one_number_gives_one_sequence() {
    let draw = |number| {
        let mut seed = Seed::new(number);
        (
            seed.number(),
            seed.below(1000),
            seed.bytes::<20>(),
            seed.fork().number(),
        )
    };
    assert_eq!(draw(1), draw(1));
    assert_ne!(draw(1), draw(2));
}

#[test]
fn every_value_below_the_end_occurs_and_no_other() {
    let mut seed = Seed::new(3);
    let mut counts = [0; 7];
    (0..7000).for_each(|_| counts[seed.below(7)] += 1);
    assert!(
        counts.iter().all(|count| (800..1200).contains(count)),
        "{counts:?}"
    );
    assert_eq!(seed.below(0), 0);
    assert!(!seed.percent(0) && seed.percent(100));
}
