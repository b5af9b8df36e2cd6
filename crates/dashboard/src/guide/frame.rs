use std::fmt::Write;

use super::{Page, ROOT};

/// A rendered page before its frame.
pub(super) struct Part {
    pub(super) name: &'static str,
    pub(super) title: String,
    pub(super) body: String,
}

/// The colours and sizes of the dashboard, in light and in dark.
pub(super) const STYLE: &str = include_str!("guide.css");

const INDEX_TITLE: &str = "Guide";

/// A page with the way to all others.
pub(super) fn page(part: &Part, all: &[Part]) -> Page {
    let at = all.iter().position(|one| one.name == part.name);
    let next = at
        .and_then(|at| all.get(at + 1))
        .map_or_else(String::new, |next| {
            format!(
                "<p class=\"next\">Next: <a href=\"{ROOT}{}\">{}</a></p>",
                next.name,
                escaped(&next.title)
            )
        });
    Page {
        name: part.name,
        title: part.title.clone(),
        html: document(&part.title, part.name, all, &format!("{}{next}", part.body)),
    }
}

/// The list of pages.
pub(super) fn index(all: &[Part]) -> Page {
    let mut body = String::from("<h1>Guide</h1>\n<p>How to use the audit log.</p>\n<ul>\n");
    for part in all {
        // Writing to a String cannot fail.
        let _ = writeln!(
            body,
            "<li><a href=\"{ROOT}{}\">{}</a></li>",
            part.name,
            escaped(&part.title)
        );
    }
    body.push_str("</ul>\n");
    Page {
        name: "",
        title: INDEX_TITLE.to_owned(),
        html: document(INDEX_TITLE, "", all, &body),
    }
}

fn document(title: &str, name: &str, all: &[Part], body: &str) -> String {
    let mut links = String::new();
    for part in all {
        let current = if part.name == name {
            " aria-current=\"page\""
        } else {
            ""
        };
        let _ = writeln!(
            links,
            "<li><a href=\"{ROOT}{}\"{current}>{}</a></li>",
            part.name,
            escaped(&part.title)
        );
    }
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <link rel=\"icon\" type=\"image/svg+xml\" href=\"/ui/favicon.svg\">\n\
         <title>{} · Annals</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#content\">Skip to content</a>\n\
         <header><a href=\"{ROOT}\">Annals guide</a><a href=\"/ui/\">Open the dashboard</a></header>\n\
         <div class=\"columns\">\n<nav aria-label=\"Guide\"><ul>\n{links}</ul></nav>\n\
         <main id=\"content\" tabindex=\"-1\">\n{body}</main>\n</div>\n</body>\n</html>\n",
        escaped(title)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
