use std::net::SocketAddr;

use ipnet::IpNet;

use super::section::section;

section! {
    /// Where requests come from.
    Listen {
        /// The address and port; port 0 takes a free one.
        address: SocketAddr = SocketAddr::from(([127, 0, 0, 1], 8420)),
        /// Accept that tokens cross the network in clear when the address is not loopback and there is no `[tls]`:
        /// for a network where something else encrypts. Without it every start warns.
        allow_plain_http: bool = false,
        /// Networks of proxies whose `X-Forwarded-For` and `Forwarded` are believed.
        trusted_proxies: Vec<IpNet> = Vec::new(),
    }
}
