use std::collections::BTreeSet;

use super::{NAMES, ROOT, Source, image, markdown, page, policy, render};

#[test]
fn every_page_renders_with_one_heading_of_the_first_level() {
    for name in NAMES.into_iter().chain([""]) {
        let page = page(name).unwrap_or_else(|| panic!("{name} is a page"));
        assert!(!page.title.is_empty(), "{name} has a title");
        assert_eq!(page.html.matches("<h1>").count(), 1, "{name}");
        assert!(page.html.contains(&format!("{} · Annals", page.title)));
        for part in ["<script", " style=", " onclick", "javascript:"] {
            assert!(!page.html.contains(part), "{name} holds {part}");
        }
    }
    assert!(page("other").is_none());
    assert!(page("filter.md").is_none());
}

#[test]
fn every_file_is_a_page_that_is_named_and_the_other_way_round() {
    let files: BTreeSet<String> = Source::iter()
        .filter_map(|path| path.strip_suffix(".md").map(str::to_owned))
        .collect();
    assert_eq!(files, NAMES.map(str::to_owned).into());
}

#[test]
fn links_between_pages_resolve() {
    for name in NAMES {
        let text = markdown(name);
        for link in render::links(&text) {
            let other = link
                .strip_suffix(".md")
                .unwrap_or_else(|| panic!("{name}: {link}"));
            let page = page(other).unwrap_or_else(|| panic!("{name} links to {link}"));
            let html = super::page(name).map(|page| page.html).unwrap_or_default();
            assert!(html.contains(&format!("href=\"{ROOT}{}\"", page.name)));
        }
    }
}

#[test]
fn every_image_that_a_page_shows_is_there_and_every_image_is_shown() {
    let named: BTreeSet<String> = NAMES
        .iter()
        .flat_map(|name| render::images(&markdown(name)))
        .collect();
    let there: BTreeSet<String> = Source::iter()
        .filter(|path| path.starts_with("images/"))
        .map(String::from)
        .collect();
    assert_eq!(named, there);
    for path in &there {
        let file = path.trim_start_matches("images/");
        let bytes = image(file).unwrap_or_else(|| panic!("{file} is given"));
        assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{file} is a PNG");
    }
    assert!(image("../filter.md").is_none());
}

#[test]
fn an_absent_image_leaves_no_hole_and_no_words() {
    let html = render::html("a\n\n![the list](images/none.png)\n\nb\n", |_| false);
    assert_eq!(html, "<p>a</p>\n<p>b</p>\n");
    let html = render::html("![the list](images/some.png)\n", |_| true);
    assert!(html.contains("<img src=\"/docs/guide/images/some.png\" alt=\"the list\""));
}

#[test]
fn markup_in_a_page_is_not_passed_on() {
    let html = render::html("a <b>bold</b>\n\n<script>alert(1)</script>\n", |_| true);
    assert_eq!(html, "<p>a bold</p>\n");
}

#[test]
fn the_policy_allows_the_one_style_sheet_and_no_script() {
    assert!(policy().starts_with("default-src 'none'; style-src 'sha256-"));
    assert!(!policy().contains("script-src"));
    assert!(!policy().contains("unsafe"));
}
