//! Until when and from where rights hold: nobody gives any that hold longer, or from elsewhere, than his own.

use event::Timestamp;
use ipnet::IpNet;

use super::AdminError;
use crate::{
    auth::Principal,
    control::{AccountId, Key},
    instance::Instance,
};

/// Until when and from where rights hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// When they end, in milliseconds since 1970 UTC; `None` when they do not.
    pub(crate) end_ms: Option<u64>,
    /// The networks in which they hold; everywhere when empty.
    pub(crate) networks: Vec<IpNet>,
}

impl Bounds {
    /// What in `given` goes beyond this, for a sentence about whose rights these are.
    pub(crate) fn exceeded_by(&self, given: &Self) -> Option<String> {
        if let Some(end_ms) = self.end_ms
            && given.end_ms.is_none_or(|given_ms| given_ms > end_ms)
        {
            let end = Timestamp::from_ms(end_ms);
            return Some(format!(
                "its own rights end at {end}, so what it gives ends then at the latest: choose an expiry up to {end}"
            ));
        }
        // Two halves cover their whole.
        let own = IpNet::aggregate(&self.networks);
        let within = |network: &IpNet| own.iter().any(|own| own.contains(network));
        let is_inside = !given.networks.is_empty() && given.networks.iter().all(within);
        if own.is_empty() || is_inside {
            return None;
        }
        let own: Vec<String> = own.iter().map(ToString::to_string).collect();
        Some(format!(
            "its own rights hold in {} only, and what it gives must not hold elsewhere",
            own.join(", ")
        ))
    }
}

impl From<&Key> for Bounds {
    fn from(key: &Key) -> Self {
        Self {
            end_ms: key.revoked_ms().or(key.expires_ms),
            networks: key.networks.clone(),
        }
    }
}

impl Instance {
    /// Until when and from where the rights of `by` hold now, in an account or in the whole instance.
    ///
    /// Sessions and access tokens are ways in, which are renewed: their own end is none of the rights.
    pub(super) fn bounds_of(&self, by: &Principal, account: Option<&AccountId>) -> Bounds {
        let ended = || Bounds {
            end_ms: Some(self.clock.now_ms()),
            networks: Vec::new(),
        };
        match (by, account) {
            (Principal::Key(key), _) => {
                let now = self.control.keys.get(&key.id);
                Bounds::from(now.as_deref().unwrap_or(key))
            }
            (Principal::Person(_), Some(account)) => {
                let own = self.membership_of(by, account);
                own.map_or_else(ended, |own| Bounds {
                    end_ms: own.expires_ms,
                    networks: Vec::new(),
                })
            }
            (Principal::Viewer(token), _) => Bounds {
                end_ms: Some(token.expires_ms),
                networks: Vec::new(),
            },
            (Principal::Person(_), None) | (Principal::AccessToken(_) | Principal::Operator, _) => {
                Bounds::default()
            }
        }
    }

    /// Refuses a key that would hold longer, or from elsewhere, than the rights of `by`; what it has already stays.
    ///
    /// Ask it where nobody else changes keys: whoever asked may have lost what he had when the request came.
    pub(super) fn may_bound(
        &self,
        by: &Principal,
        account: Option<&AccountId>,
        before: Option<&Bounds>,
        given: &Bounds,
    ) -> Result<(), AdminError> {
        if before.is_some_and(|before| before.exceeded_by(given).is_none()) {
            return Ok(());
        }
        match self.bounds_of(by, account).exceeded_by(given) {
            None => Ok(()),
            Some(beyond) => Err(AdminError::Beyond {
                detail: format!("{} cannot give this key: {beyond}", by.described()),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(end_ms: Option<u64>, networks: &[&str]) -> Bounds {
        let networks = networks.iter().map(|network| network.parse().unwrap());
        Bounds {
            end_ms,
            networks: networks.collect(),
        }
    }

    #[test]
    fn nothing_exceeds_what_has_no_bounds() {
        let endless = Bounds::default();
        for given in [
            bounds(None, &[]),
            bounds(Some(1), &["10.0.0.0/8"]),
            bounds(None, &["::/0"]),
        ] {
            assert_eq!(endless.exceeded_by(&given), None);
        }
    }

    #[test]
    fn ends_and_networks_are_compared() {
        let own = bounds(Some(7), &["10.0.0.0/25", "10.0.0.128/25", "2001:db8::/32"]);
        for (given, exceeds) in [
            (bounds(Some(7), &["10.0.0.0/24"]), false),
            (bounds(Some(6), &["10.0.0.9/32", "2001:db8:1::/48"]), false),
            (bounds(Some(8), &["10.0.0.0/24"]), true),
            (bounds(None, &["10.0.0.0/24"]), true),
            (bounds(Some(7), &[]), true),
            (bounds(Some(7), &["10.0.0.0/23"]), true),
            (bounds(Some(7), &["10.0.0.0/24", "192.0.2.1/32"]), true),
        ] {
            assert_eq!(own.exceeded_by(&given).is_some(), exceeds, "{given:?}");
        }
    }
}
