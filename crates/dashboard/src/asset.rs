use std::borrow::Cow;

use crate::Files;

/// One file of the dashboard.
#[derive(Debug)]
pub struct Asset {
    /// The bytes, compressed when `encoding` says so.
    pub bytes: Cow<'static, [u8]>,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// The value of `Content-Encoding`.
    pub encoding: Option<&'static str>,
    /// Whether the name holds a hash of the content, so that it can be kept forever.
    pub immutable: bool,
}

/// The file at a path below `/ui/`; `None` for paths that are no file, which the page itself answers.
///
/// The twin that was compressed at build time is given to who accepts brotli.
pub fn asset(path: &str, accepts_brotli: bool) -> Option<Asset> {
    let content_type = content_type(path)?;
    let immutable = path.starts_with("assets/");
    if accepts_brotli && let Some(file) = Files::get(&format!("{path}.br")) {
        return Some(Asset {
            bytes: file.data,
            content_type,
            encoding: Some("br"),
            immutable,
        });
    }
    Files::get(path).map(|file| Asset {
        bytes: file.data,
        content_type,
        encoding: None,
        immutable,
    })
}

/// Only the kinds that the build makes; the page is never given as a file, because it needs its nonce.
fn content_type(path: &str) -> Option<&'static str> {
    let (_, extension) = path.rsplit_once('.')?;
    Some(match extension {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "json" => "application/json",
        "png" => "image/png",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{asset, content_type};

    #[test]
    fn only_files_of_the_build_are_files() {
        assert!(asset("index.html", true).is_none());
        assert!(asset("../Cargo.toml", false).is_none());
        assert!(asset("a/acme/events", false).is_none());
        assert_eq!(
            content_type("assets/index-1a2b.css"),
            Some("text/css; charset=utf-8")
        );
        assert_eq!(content_type("assets/index-1a2b.css.br"), None);
    }
}
