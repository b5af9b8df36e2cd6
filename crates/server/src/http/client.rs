use std::{net::SocketAddr, sync::Arc};

use event::ClientAddress;

/// The address that connected, as an extension of the request; absent on the administration socket.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// Where a request comes from, after trusted proxies; everything unknown on the administration socket.
#[derive(Clone, Debug)]
pub(crate) struct Client(pub(crate) Arc<ClientAddress>);

impl Default for Client {
    fn default() -> Self {
        Self(Arc::new(ClientAddress {
            ip: None,
            peer_ip: None,
            forwarded: None,
        }))
    }
}
