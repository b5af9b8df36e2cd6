//! How often and when actions came, and what they carried.

use index::Index;
use proptest::prelude::*;
use testkit::events::entries;
use tlog::TreeSize;

use super::states::{Pair, steps};
use super::{asked, config};

proptest! {
    #![proptest_config(config())]

    /// Counts, first and last times, hours and keys of metadata, whatever is asked and however far.
    #[test]
    fn what_is_told_of_actions_is_that_of_the_oracle(
        entries in entries(0..120),
        steps in steps(),
        queries in proptest::collection::vec((asked(), 0..9_usize), 6),
        cut in 0..2_u64,
    ) {
        let pair = Pair::after(&entries, &steps);
        let as_of = TreeSize::new((entries.len() as u64) >> cut);
        for (asked, hours) in queries {
            let told = |index: &dyn Index| {
                index.actions(&asked, as_of, hours).expect("the index is not damaged")
            };
            prop_assert_eq!(told(&pair.local), told(&pair.naive), "{:?}", asked);
        }
    }
}
