//! Where requests come from: documentation addresses only (RFC 5737, RFC 3849).

/// An address with the text a producer sends for its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Network {
    pub(super) ip: &'static str,
    pub(super) location: &'static str,
}

const fn network(ip: &'static str, location: &'static str) -> Network {
    Network { ip, location }
}

pub(super) const OFFICE: Network = network("203.0.113.10", "Berlin, DE");
pub(super) const SECOND_OFFICE: Network = network("203.0.113.87", "Lisbon, PT");
pub(super) const DATA_CENTRE: Network = network("203.0.113.200", "Frankfurt, DE");

/// At home; a person has one of them.
pub(super) const HOMES: [Network; 8] = [
    network("198.51.100.23", "Berlin, DE"),
    network("198.51.100.58", "Potsdam, DE"),
    network("198.51.100.101", "Lisbon, PT"),
    network("198.51.100.140", "Hamburg, DE"),
    network("198.51.100.177", "Porto, PT"),
    network("198.51.100.212", "Leipzig, DE"),
    network("2001:db8:30:a::17", "Berlin, DE"),
    network("2001:db8:30:b::4c", "Cascais, PT"),
];

/// On the way.
pub(super) const TRAVEL: [Network; 4] = [
    network("2001:db8:40::9a1", "Vienna, AT"),
    network("2001:db8:40::b07", "Zurich, CH"),
    network("198.51.100.250", "Airport Munich, DE"),
    network("2001:db8:41::3", "Train, DE"),
];

/// Networks nobody of the company uses.
pub(super) const STRANGE: [Network; 3] = [
    network("192.0.2.66", "unknown (VPN exit)"),
    network("192.0.2.141", "unknown (hosting provider)"),
    network("2001:db8:bad::1", "unknown (VPN exit)"),
];
