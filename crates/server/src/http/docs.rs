//! The API for people: one static page made from the OpenAPI document, without scripts and without other servers.

use std::sync::Arc;

use api::ErrorCode;
use axum::{
    extract::State,
    http::{
        HeaderValue,
        header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    },
    response::IntoResponse,
};
use data_encoding::BASE64;
use serde_json::Value;
use sha2::{Digest, Sha256};
use utoipa::openapi::OpenApi;

use crate::app::App;

/// Nothing but the style of the page itself, which stands in the policy by its hash.
fn policy() -> String {
    let hash = BASE64.encode(&Sha256::digest(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;\
color:#1a1a1a;background:#fff}code,pre{font:14px/1.4 ui-monospace,monospace}h3{margin-top:2rem;border-top:1px solid #ccc;\
padding-top:1rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.25rem .75rem \
.25rem 0;border-bottom:1px solid #ddd}a{color:#0b57d0}@media(prefers-color-scheme:dark){body{color:#e8e8e8;\
background:#121212}a{color:#8ab4f8}td,th{border-color:#333}h3{border-color:#333}}";

/// `GET /openapi.json`.
#[utoipa::path(get, path = api::path::OPENAPI, operation_id = "openapi", tag = "operations",
    responses((status = 200, description = "This document.", body = Object)))]
pub(crate) async fn openapi(State(app): State<Arc<App>>) -> impl IntoResponse {
    (
        [(CONTENT_TYPE, "application/json")],
        app.document.json.clone(),
    )
}

/// `GET /docs`.
#[utoipa::path(get, path = api::path::DOCS, operation_id = "docs", tag = "operations",
    responses((status = 200, description = "This document for people.", content_type = "text/html", body = String)))]
pub(crate) async fn docs(State(app): State<Arc<App>>) -> impl IntoResponse {
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        (
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_str(&policy())
                .unwrap_or(HeaderValue::from_static("default-src 'none'")),
        ),
    ];
    (headers, app.document.html.clone())
}

/// The page for a document.
pub(super) fn page(description: &OpenApi) -> String {
    let document = serde_json::to_value(description).unwrap_or_default();
    let mut page = Page(String::new());
    page.document(&document);
    page.0
}

struct Page(String);

impl Page {
    fn document(&mut self, document: &Value) {
        let title = text(document, "/info/title");
        self.raw(&format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title} API</title><style>{STYLE}</style></head>\
             <body><h1>{title} API</h1>"
        ));
        self.paragraphs(text(document, "/info/description"));
        self.raw("<p>The same as <a href=\"/openapi.json\">OpenAPI 3.1</a>.</p><p>");
        let tags = document.get("tags").and_then(Value::as_array);
        let tags: Vec<&Value> = tags.into_iter().flatten().collect();
        for tag in &tags {
            let name = text(tag, "/name");
            self.raw(&format!("<a href=\"#tag-{name}\">{name}</a> "));
        }
        self.raw("<a href=\"#problems\">problems</a> <a href=\"#schemas\">schemas</a></p>");
        for tag in tags {
            let name = text(tag, "/name");
            self.raw(&format!("<h2 id=\"tag-{name}\">{}</h2>", capitalised(name)));
            self.paragraphs(text(tag, "/description"));
            self.operations(document, name);
        }
        self.raw("<h2 id=\"problems\">Problems</h2><table><tr><th>Code</th><th>Status</th><th>Meaning</th></tr>");
        for code in ErrorCode::ALL {
            let name = code.as_str();
            self.raw(&format!(
                "<tr id=\"problem-{name}\"><td><code>{name}</code></td><td>{}</td><td>",
                code.status()
            ));
            self.prose(code.meaning().trim());
            self.raw("</td></tr>");
        }
        self.raw("</table><h2 id=\"schemas\">Schemas</h2>");
        for (name, schema) in members(document, "/components/schemas") {
            self.schema(name, schema);
        }
        self.raw("</body></html>");
    }

    /// The operations of one tag.
    fn operations(&mut self, document: &Value, tag: &str) {
        for (path, item) in members(document, "/paths") {
            for method in ["get", "post", "put", "patch", "delete"] {
                let operation = item.get(method);
                if let Some(operation) = operation.filter(|one| text(one, "/tags/0") == tag) {
                    self.operation(method, path, operation);
                }
            }
        }
    }

    fn operation(&mut self, method: &str, path: &str, operation: &Value) {
        let id = text(operation, "/operationId");
        self.raw(&format!(
            "<h3 id=\"{id}\"><code>{} ",
            method.to_ascii_uppercase()
        ));
        self.escaped(path);
        self.raw("</code></h3>");
        self.paragraphs(text(operation, "/summary"));
        self.paragraphs(text(operation, "/description"));
        let parameters = operation.get("parameters").and_then(Value::as_array);
        if let Some(parameters) = parameters.filter(|parameters| !parameters.is_empty()) {
            self.raw("<table><tr><th>Parameter</th><th>In</th><th>Meaning</th></tr>");
            for parameter in parameters {
                self.row(&[
                    text(parameter, "/name"),
                    text(parameter, "/in"),
                    text(parameter, "/description"),
                ]);
            }
            self.raw("</table>");
        }
        for (kind, content) in members(operation, "/requestBody/content") {
            self.body("Body", kind, content);
        }
        for (status, response) in members(operation, "/responses") {
            let contents: Vec<_> = members(response, "/content").collect();
            for (kind, content) in &contents {
                self.body(status, kind, content);
            }
            if contents.is_empty() {
                self.raw(&format!("<p>{status}: "));
                self.prose(text(response, "/description"));
                self.raw("</p>");
            }
        }
    }

    fn body(&mut self, what: &str, kind: &str, content: &Value) {
        self.raw(&format!("<p>{what}: <code>"));
        self.escaped(kind);
        self.raw("</code> ");
        let schema = content.get("schema").unwrap_or(&Value::Null);
        self.kind(schema);
        self.raw("</p>");
    }

    fn schema(&mut self, name: &str, schema: &Value) {
        self.raw(&format!("<h3 id=\"schema-{name}\">{name}</h3>"));
        self.paragraphs(text(schema, "/description"));
        let values = schema.get("enum").and_then(Value::as_array);
        if let Some(values) = values {
            let values: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            self.paragraphs(&values.join(", "));
        }
        let mut properties = members(schema, "/properties").peekable();
        if properties.peek().is_some() {
            self.raw("<table><tr><th>Member</th><th>Type</th><th>Meaning</th></tr>");
            for (member, property) in properties {
                self.raw("<tr><td><code>");
                self.escaped(member);
                self.raw("</code></td><td>");
                self.kind(property);
                self.raw("</td><td>");
                self.prose(text(property, "/description"));
                self.raw("</td></tr>");
            }
            self.raw("</table>");
        }
    }

    /// The type of a schema, as a link where it has a name.
    fn kind(&mut self, schema: &Value) {
        if let Some(name) = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|name| name.rsplit('/').next())
        {
            self.raw(&format!("<a href=\"#schema-{name}\">{name}</a>"));
            return;
        }
        let several = ["oneOf", "anyOf", "allOf"]
            .iter()
            .find_map(|key| schema.get(*key)?.as_array());
        if let Some(several) = several {
            for (n, one) in several.iter().enumerate() {
                self.raw(if n == 0 { "" } else { " or " });
                self.kind(one);
            }
            return;
        }
        match schema.get("type") {
            Some(Value::String(kind)) => self.escaped(kind),
            Some(Value::Array(kinds)) => {
                let kinds: Vec<&str> = kinds.iter().filter_map(Value::as_str).collect();
                self.escaped(&kinds.join(" or "));
            }
            _ => self.raw("any"),
        }
        if let Some(items) = schema.get("items") {
            self.raw(" of ");
            self.kind(items);
        }
    }

    fn row(&mut self, cells: &[&str]) {
        self.raw("<tr>");
        for cell in cells {
            self.raw("<td>");
            self.prose(cell);
            self.raw("</td>");
        }
        self.raw("</tr>");
    }

    fn paragraphs(&mut self, text: &str) {
        for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
            self.raw("<p>");
            self.prose(paragraph);
            self.raw("</p>");
        }
    }

    /// Text in which what stands between backticks is code.
    fn prose(&mut self, text: &str) {
        let mut parts = text.split('`');
        self.escaped(parts.next().unwrap_or_default());
        while let Some(code) = parts.next() {
            let Some(after) = parts.next() else {
                // A backtick without its partner is one.
                self.raw("`");
                self.escaped(code);
                return;
            };
            self.raw("<code>");
            self.escaped(code);
            self.raw("</code>");
            self.escaped(after);
        }
    }

    fn raw(&mut self, html: &str) {
        self.0.push_str(html);
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                c => self.0.push(c),
            }
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn members<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = (&'a str, &'a Value)> {
    let members = value.pointer(pointer).and_then(Value::as_object);
    members
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.as_str(), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_stands_between_backticks() {
        for (text, html) in [
            ("plain <b>", "plain &lt;b&gt;"),
            ("`a<b`", "<code>a&lt;b</code>"),
            ("send `x` or `y`.", "send <code>x</code> or <code>y</code>."),
            ("an odd ` one", "an odd ` one"),
            ("`a` and ` one", "<code>a</code> and ` one"),
        ] {
            let mut page = Page(String::new());
            page.prose(text);
            assert_eq!(page.0, html);
        }
    }
}
