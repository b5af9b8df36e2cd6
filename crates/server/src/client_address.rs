//! Whose address an event gets when the product did not send one.
//!
//! The address that connected is the truth, unless it is a trusted proxy: then the right-most hop that is not
//! trusted is believed, and nothing to the left of it, because a client can write that itself.

use std::net::IpAddr;

use axum::http::HeaderMap;
use event::ClientAddress;
use ipnet::IpNet;

/// The longest forwarding header that is read; a longer one is not believed.
const FORWARDED_BYTES_MAX: usize = 2_048;

/// The address of the client behind `peer`, given the headers of the request and the trusted networks.
///
/// `X-Forwarded-For` and `Forwarded` (RFC 7239) are read only when `peer` is trusted.
/// When both are there and disagree, one of them passed through a proxy that does not set it, so neither is believed.
pub(crate) fn resolve(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> ClientAddress {
    let peer = peer.to_canonical();
    let direct = ClientAddress {
        ip: Some(peer),
        peer_ip: None,
        forwarded: None,
    };
    if !is_trusted(peer, trusted) {
        return direct;
    }
    let x_forwarded_for = joined(headers, "x-forwarded-for");
    let forwarded = joined(headers, "forwarded");
    let from_x = x_forwarded_for
        .as_deref()
        .and_then(|text| client_of(text.split(',').map(str::trim), trusted));
    let from_standard = forwarded
        .as_deref()
        .and_then(|text| client_of(text.split(',').map(for_of), trusted));
    let (ip, header) = match (from_x, from_standard) {
        (Some(ip), None) if forwarded.is_none() => (ip, x_forwarded_for),
        (None, Some(ip)) if x_forwarded_for.is_none() => (ip, forwarded),
        (Some(ip), Some(same)) if ip == same => (ip, x_forwarded_for),
        _ => return direct,
    };
    ClientAddress {
        ip: Some(ip),
        peer_ip: (ip != peer).then_some(peer),
        forwarded: header,
    }
}

/// Whether the address lies in one of the networks.
pub(crate) fn is_trusted(ip: IpAddr, trusted: &[IpNet]) -> bool {
    trusted.iter().any(|network| network.contains(&ip))
}

/// All lines of a header as one list, as RFC 9110 5.3 allows.
fn joined(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines: Vec<&str> = headers
        .get_all(name)
        .iter()
        .map(|line| line.to_str().unwrap_or(""))
        .collect();
    let text = lines.join(", ");
    (!lines.is_empty() && text.len() <= FORWARDED_BYTES_MAX).then_some(text)
}

/// The right-most hop that is not trusted, or the left-most when all are; `None` when a hop on the way is no address.
fn client_of<'a>(
    hops: impl DoubleEndedIterator<Item = &'a str>,
    trusted: &[IpNet],
) -> Option<IpAddr> {
    let mut last = None;
    for hop in hops.rev() {
        let ip = address_of(hop)?;
        last = Some(ip);
        if !is_trusted(ip, trusted) {
            break;
        }
    }
    last
}

/// The value of `for=` of one element of `Forwarded`; empty when there is none.
fn for_of(element: &str) -> &str {
    element
        .split(';')
        .filter_map(|pair| pair.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("for"))
        .map_or("", |(_, value)| value.trim().trim_matches('"'))
}

/// Reads `203.0.113.7`, `203.0.113.7:80`, `2001:db8::1`, `[2001:db8::1]` and `[2001:db8::1]:80`.
fn address_of(hop: &str) -> Option<IpAddr> {
    let bare = match hop.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None if hop.matches(':').count() == 1 => hop.split(':').next().unwrap_or_default(),
        None => hop,
    };
    bare.parse::<IpAddr>().ok().map(|ip| ip.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(peer: &str, headers: &[(&'static str, &str)]) -> (String, Option<String>) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        let trusted = [
            "10.0.0.0/8".parse().unwrap(),
            "2001:db8:ffff::/48".parse().unwrap(),
        ];
        let address = resolve(peer.parse().unwrap(), &map, &trusted);
        (
            address.ip.unwrap().to_string(),
            address.peer_ip.map(|ip| ip.to_string()),
        )
    }

    #[test]
    fn the_peer_is_the_client_without_a_trusted_proxy() {
        let spoofed = [("x-forwarded-for", "198.51.100.1")];
        assert_eq!(
            resolved("203.0.113.7", &spoofed),
            ("203.0.113.7".into(), None)
        );
        assert_eq!(
            resolved("::ffff:203.0.113.7", &[]),
            ("203.0.113.7".into(), None)
        );
    }

    #[test]
    fn the_right_most_untrusted_hop_is_the_client() {
        let behind = Some("10.0.0.1".to_owned());
        let cases = [
            (vec![("x-forwarded-for", "203.0.113.7")], "203.0.113.7"),
            (
                vec![("x-forwarded-for", "1.1.1.1, 203.0.113.7, 10.9.9.9")],
                "203.0.113.7",
            ),
            (
                vec![
                    ("x-forwarded-for", "1.1.1.1"),
                    ("x-forwarded-for", "203.0.113.7:4711"),
                ],
                "203.0.113.7",
            ),
            (
                vec![(
                    "forwarded",
                    "for=1.1.1.1, For=\"[2001:db8::7]:80\";proto=https",
                )],
                "2001:db8::7",
            ),
            (
                vec![
                    ("x-forwarded-for", "203.0.113.7"),
                    ("forwarded", "for=203.0.113.7"),
                ],
                "203.0.113.7",
            ),
        ];
        for (headers, ip) in cases {
            assert_eq!(
                resolved("10.0.0.1", &headers),
                (ip.into(), behind.clone()),
                "{headers:?}"
            );
        }
    }

    #[test]
    fn a_header_that_cannot_be_believed_leaves_the_peer() {
        for headers in [
            vec![
                ("x-forwarded-for", "203.0.113.7"),
                ("forwarded", "for=1.1.1.1"),
            ],
            vec![("x-forwarded-for", "not an address")],
            vec![("x-forwarded-for", "203.0.113.7, unknown")],
            vec![("forwarded", "by=10.0.0.1")],
        ] {
            assert_eq!(
                resolved("10.0.0.1", &headers),
                ("10.0.0.1".into(), None),
                "{headers:?}"
            );
        }
    }
}
