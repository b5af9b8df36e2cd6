//! Where an action came from.

use std::net::IpAddr;

use serde_json::Value;

use crate::pointer::Place;
use crate::problem::code;
use crate::read::Reader;

/// Where an action came from, as its sender and the server know it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Context {
    /// The address of the person or program; IPv4 is never written as IPv6.
    pub ip: Option<IpAddr>,
    /// The address that connected to the server, when it is another.
    pub peer_ip: Option<IpAddr>,
    /// The forwarding header that was believed, as it came.
    pub forwarded: Option<String>,
    /// The program of the person, at most 2 KiB.
    pub user_agent: Option<String>,
    /// A place in words, at most 256 bytes.
    pub location: Option<String>,
    /// The session in the product, at most 256 bytes.
    pub session_id: Option<String>,
    /// The request in the product, at most 256 bytes.
    pub request_id: Option<String>,
    /// The W3C trace context, at most 256 bytes, as sent.
    pub traceparent: Option<String>,
    /// The part of the product: `ui`, `api`; at most 256 bytes.
    pub source: Option<String>,
}

/// What the server knows about who sends events.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClientAddress {
    /// The address of the client: the peer, or behind trusted proxies the hop that they report.
    pub ip: Option<IpAddr>,
    /// The address that connected, when it is another.
    pub peer_ip: Option<IpAddr>,
    /// The forwarding header that was believed.
    pub forwarded: Option<String>,
}

const MEMBERS: [&str; 7] = [
    "ip",
    "user_agent",
    "location",
    "session_id",
    "request_id",
    "traceparent",
    "source",
];

impl Context {
    pub(crate) fn read(reader: &mut Reader<'_>, value: Value, at: &Place<'_>) -> Self {
        let mut context = Self::default();
        for (key, value) in reader.object(value, at).unwrap_or_default() {
            let at = at.key(&key);
            match key.as_str() {
                "ip" => {
                    let rule = "an IPv4 or IPv6 address without port or zone must stand here";
                    let parse = |text: &str| text.parse::<IpAddr>().map_err(|_| rule);
                    let ip = reader.parsed(&value, &at, code::INVALID_ADDRESS, parse);
                    context.ip = ip.map(|ip| ip.to_canonical());
                }
                "user_agent" => context.user_agent = reader.line(value, &at),
                "location" => context.location = reader.name(value, &at),
                "session_id" => context.session_id = reader.name(value, &at),
                "request_id" => context.request_id = reader.name(value, &at),
                "traceparent" => context.traceparent = reader.name(value, &at),
                "source" => context.source = reader.name(value, &at),
                "peer_ip" | "forwarded" => reader.read_only(&at, &key),
                _ => reader.unknown(&at, &key, &MEMBERS),
            }
        }
        context
    }

    /// Adds what the server saw: the client's address where none was sent, and who really connected.
    pub(crate) fn observe(&mut self, client: &ClientAddress, line_bytes: usize) {
        let client_ip = client.ip.map(|ip| ip.to_canonical());
        let peer = client.peer_ip.map(|ip| ip.to_canonical()).or(client_ip);
        self.ip = self.ip.or(client_ip);
        self.peer_ip = peer.filter(|peer| Some(*peer) != self.ip);
        self.forwarded = client.forwarded.as_deref().and_then(|header| {
            let cut = header.get(..header.floor_char_boundary(line_bytes))?;
            (!cut.is_empty()).then(|| cut.to_owned())
        });
    }
}
