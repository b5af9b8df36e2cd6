use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

use super::ROOT;

/// What the first-level heading of a page says.
pub(super) fn title(markdown: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for event in parser(markdown) {
        match event {
            Event::Start(Tag::Heading {
                level: HeadingLevel::H1,
                ..
            }) => inside = true,
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => break,
            Event::Text(part) | Event::Code(part) if inside => text.push_str(&part),
            _ => {}
        }
    }
    text
}

/// The body of a page. Links between pages lead to their addresses; an image that is not there leaves no hole.
pub(super) fn html(markdown: &str, has_image: impl Fn(&str) -> bool) -> String {
    let mut html = String::new();
    let mut skipped = false;
    let events = parser(markdown).filter_map(|event| match event {
        Event::Start(Tag::Image { ref dest_url, .. }) if !has_image(dest_url) => {
            skipped = true;
            None
        }
        Event::End(TagEnd::Image) if skipped => {
            skipped = false;
            None
        }
        _ if skipped => None,
        Event::Start(Tag::Image {
            link_type,
            dest_url,
            title,
            id,
        }) => Some(Event::Start(Tag::Image {
            link_type,
            dest_url: CowStr::from(format!("{ROOT}{dest_url}")),
            title,
            id,
        })),
        Event::Start(Tag::Link {
            link_type,
            dest_url,
            title,
            id,
        }) => Some(Event::Start(Tag::Link {
            link_type,
            dest_url: address(dest_url),
            title,
            id,
        })),
        other => Some(other),
    });
    push_html(&mut html, events);
    // A paragraph that held nothing but an absent image.
    html.replace("<p></p>\n", "")
}

/// The links that a page has, as they are written.
#[cfg(test)]
pub(super) fn links(markdown: &str) -> Vec<String> {
    let urls = parser(markdown).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    });
    urls.collect()
}

/// The images that a page shows, as they are written.
#[cfg(test)]
pub(super) fn images(markdown: &str) -> Vec<String> {
    let urls = parser(markdown).filter_map(|event| match event {
        Event::Start(Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    });
    urls.collect()
}

/// Tables are the only extension. HTML inside Markdown is not passed on: the guide has none.
fn parser(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES)
        .filter(|event| !matches!(event, Event::Html(_) | Event::InlineHtml(_)))
}

/// `filter.md` becomes the address of that page.
fn address(url: CowStr<'_>) -> CowStr<'_> {
    match url.strip_suffix(".md") {
        Some(name) if !name.contains('/') => CowStr::from(format!("{ROOT}{name}")),
        _ => url,
    }
}
