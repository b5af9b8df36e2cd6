//! Whether what happened concerns the resources that somebody sees.

use std::collections::BTreeSet;

use event::Target;
use index::ResourceId;

/// The first target is one of a viewer's own resources, or one of these is mentioned and the other targets are his too.
pub(super) fn is_about(own: &BTreeSet<ResourceId>, targets: &[Target]) -> bool {
    let is_own = |target: &Target| {
        own.iter()
            .any(|resource| resource.kind == target.kind && resource.id == target.id)
    };
    let mentioned = || (0..targets.len()).filter(|&at| targets.get(at).is_some_and(is_own));
    let others = |at: usize| {
        let numbered = targets.iter().enumerate();
        numbered.filter_map(move |(other, target)| (other != at).then_some(target))
    };
    targets.first().is_some_and(is_own) || mentioned().any(|at| others(at).all(is_own))
}
