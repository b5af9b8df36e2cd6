//! The guide for people, embedded into the binary: its pages of Markdown and their images.
//!
//! The pages are rendered once. They need no script, and one style sheet that the policy names by its hash.

mod frame;
mod render;

use std::borrow::Cow;
use std::sync::LazyLock;

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

/// Where the pages stand; the links between them are made for this place.
pub const ROOT: &str = "/docs/guide/";

/// The pages in the order in which they are read: the name in the address, as `LearnMore` of the dashboard knows it.
pub const NAMES: [&str; 9] = [
    "what-audit-logs-are",
    "view-the-log",
    "filter",
    "choose-a-time",
    "read-an-entry",
    "event-catalogue",
    "people",
    "verify",
    "single-sign-on",
];

#[derive(rust_embed::RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../docs/guide"]
struct Source;

/// One page of the guide.
#[derive(Clone, Debug)]
pub struct Page {
    /// The name in the address; empty for the list of pages.
    pub name: &'static str,
    /// Its only heading of the first level, as text.
    pub title: String,
    /// The whole document.
    pub html: String,
}

static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
    let rendered: Vec<_> = NAMES.iter().map(|name| (*name, markdown(name))).collect();
    let parts: Vec<frame::Part> = rendered
        .iter()
        .map(|(name, text)| frame::Part {
            name,
            title: render::title(text),
            body: render::html(text, has_image),
        })
        .collect();
    let pages = parts.iter().map(|part| frame::page(part, &parts));
    pages.chain([frame::index(&parts)]).collect()
});

static POLICY: LazyLock<String> = LazyLock::new(|| {
    let hash = BASE64.encode(&Sha256::digest(frame::STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'"
    )
});

/// The page of this name, or the list of pages for the empty name.
pub fn page(name: &str) -> Option<Page> {
    PAGES.iter().find(|page| page.name == name).cloned()
}

/// The value of `Content-Security-Policy` for every page: no script, one style sheet, images of this origin.
pub fn policy() -> &'static str {
    &POLICY
}

/// The bytes of an image, `image/png`; `None` when there is none of this name.
pub fn image(file: &str) -> Option<Cow<'static, [u8]>> {
    if file.contains('/') {
        return None;
    }
    Source::get(&format!("images/{file}")).map(|found| found.data)
}

fn has_image(path: &str) -> bool {
    Source::get(path).is_some()
}

/// The Markdown of a page; empty only when a file is missing, which the tests refuse.
fn markdown(name: &str) -> String {
    Source::get(&format!("{name}.md"))
        .map(|file| String::from_utf8_lossy(&file.data).into_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
