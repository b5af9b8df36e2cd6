use crate::Files;

/// What the build leaves in the page for the nonce.
const PLACE: &str = "%NONCE%";

/// A number used once, which lets the style sheets of the component library into one page.
#[derive(Clone, Debug)]
pub struct Nonce(String);

impl Nonce {
    /// Makes the text of 128 random bits: hexadecimal, so it needs no escape in HTML or in a header.
    pub fn new(random: [u8; 16]) -> Self {
        use std::fmt::Write;
        let mut text = String::with_capacity(32);
        for byte in random {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }
}

/// The one HTML page of the dashboard, for one answer.
pub fn page(nonce: &Nonce) -> String {
    match Files::get("index.html") {
        Some(file) => String::from_utf8_lossy(&file.data).replace(PLACE, &nonce.0),
        None => ABSENT.to_owned(),
    }
}

/// The value of `Content-Security-Policy` of that answer: nothing but this origin, no markup from strings
/// (Trusted Types), no frame around it.
pub fn policy(nonce: &Nonce) -> String {
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{}'; style-src-attr 'none'; \
         font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default",
        nonce.0
    )
}

const ABSENT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Annals</title>\
<h1>This server was built without the dashboard</h1>\
<p>Debug builds, and builds with ANNALS_UI_SKIP=1, leave it out. To have it, install Node.js 20.19 or newer and \
build with <code>cargo build --release</code>, or set ANNALS_UI_DIST to a finished build of <code>web/</code>.</p>\
<p>The API is complete: <a href=\"/docs\">its documentation</a>.</p></html>";

#[cfg(test)]
mod tests {
    use super::{ABSENT, Nonce, PLACE, page, policy};

    #[test]
    fn the_nonce_stands_in_page_and_policy() {
        let nonce = Nonce::new([0xab; 16]);
        let text = "ab".repeat(16);
        assert!(policy(&nonce).contains(&format!("'nonce-{text}'")));
        let page = page(&nonce);
        assert!(!page.contains(PLACE));
        assert!(page == ABSENT || page.contains(&text));
    }
}
