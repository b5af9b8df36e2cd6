//! Decides what an event does for the first time in its log: a user an action, a user a network.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;

use event::Event;
use foldhash::fast::FixedState;

use super::parts::Parts;
use super::schema::{Dim, actor, kind};
use crate::answer::FirstSeen;

/// Everything that was seen in one log.
///
/// Remembered are keyed 64-bit hashes, 8 bytes each: among a million pairs the chance that two are confused at all is
/// below one in ten million, and nobody can aim at it, because the key is drawn anew at each start.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    hasher: RandomState,
    pairs: HashSet<u64, FixedState>,
}

/// The two questions, so that a network never answers for an action.
#[derive(Clone, Copy, Hash)]
enum Pair<'a> {
    Action(&'a str, &'a str),
    Network(&'a str, Network),
}

/// The part of an address that names a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Network {
    V4([u8; 3]),
    V6([u16; 3]),
}

fn network_of(ip: IpAddr) -> Network {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            Network::V4([a, b, c])
        }
        IpAddr::V6(ip) => {
            let [a, b, c, ..] = ip.segments();
            Network::V6([a, b, c])
        }
    }
}

impl Seen {
    /// Decides for the next event of the log and remembers it; somebody without an id or e-mail does nothing first.
    pub(crate) fn decide(&mut self, event: &Event) -> FirstSeen {
        let Some(user) = event.actor_key() else {
            return FirstSeen::default();
        };
        let user = user.as_ref();
        FirstSeen {
            action: self.remember(Pair::Action(user, &event.action)),
            network: event
                .context
                .ip
                .is_some_and(|ip| self.remember(Pair::Network(user, network_of(ip)))),
        }
    }

    /// Remembers what the rows of a segment did first; the other rows did nothing that is not remembered then.
    pub(crate) fn learn(&mut self, parts: &Parts) {
        for row in 0..parts.rows() {
            let first = parts.first_seen(row);
            if !first.action && !first.network {
                continue;
            }
            let text = |dim, component| {
                let code = parts.column(dim).codes.get(row);
                parts.text(dim, code, component)
            };
            let Some(user) = text(Dim::Actor, actor::ID) else {
                continue;
            };
            if first.action
                && let Some(action) = text(Dim::Kind, kind::ACTION)
            {
                self.remember(Pair::Action(user, action));
            }
            if first.network
                && let Some(ip) = text(Dim::Ip, 0).and_then(|ip| ip.parse().ok())
            {
                self.remember(Pair::Network(user, network_of(ip)));
            }
        }
    }

    fn remember(&mut self, pair: Pair<'_>) -> bool {
        self.pairs.insert(self.hasher.hash_one(pair))
    }
}
