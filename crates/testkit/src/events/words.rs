//! The vocabularies.

pub(super) const ACTIONS: &[&str] = &[
    "role.create",
    "role.delete",
    "user.login",
    "model_api_key.create",
    "role",
];

pub(super) const EVENTS: &[&str] = &[
    "Role created",
    "role created",
    " ROLE CREATED",
    "Role deleted",
    "Login",
    "Größe geändert",
    "ΣΊΣΥΦΟΣ",
];

pub(super) const CATEGORIES: &[&str] = &["Roles", "roles ", "Login/Logout", "API keys", "Ελληνικά"];

pub(super) const USER_IDS: &[&str] = &[
    "usr_1",
    "USR_1",
    "usr_2",
    "usr_10",
    "lily@example.com",
    "lily ari",
    "System",
    " system ",
];

pub(super) const NAMES: &[&str] = &[
    "Lily Ari",
    "LILY ARI",
    "Lily",
    "lily",
    "System",
    "Größe",
    "GRÖẞE",
    "\u{212a}elvin",
    "usr_1",
    "日本語",
];

pub(super) const EMAILS: &[&str] = &[
    "Lily@Example.com",
    "lily@example.com",
    "LILY@EXAMPLE.COM",
    "ari@example.org",
    "usr_1",
];

pub(super) const TARGET_TYPES: &[&str] = &["role", "Role", "agent", "model"];

pub(super) const TARGET_IDS: &[&str] = &["role_7", "ROLE_7", "7", "a:b:c", "usr_1"];

pub(super) const SOURCES: &[&str] = &["ui", "UI", "api", " api"];

pub(super) const REQUEST_IDS: &[&str] = &["r-1", "R-1", "r-2", "ui"];

pub(super) const SENTENCES: &[&str] = &[
    "Created the role Auditor (EU)",
    "created the role auditor (eu)",
    "  Lily signed in from 203.0.113.7",
    "lily@example.com was invited by usr_1",
    "the role was created",
    "Größe: 5 → 7",
    "日本語 のログ",
];

pub(super) const ADDRESSES: &[&str] = &[
    "203.0.113.7",
    "203.0.113.8",
    "203.0.114.7",
    "10.0.0.1",
    "2001:db8::1",
    "2001:db8:0:1::1",
    "2001:db9::1",
];

pub(super) const NETWORKS: &[&str] = &[
    "203.0.113.0/24",
    "203.0.112.0/22",
    "10.0.0.1/32",
    "0.0.0.0/0",
    "2001:db8::/48",
    "::/0",
    "192.0.2.0/24",
];

pub(super) const KEYS: &[&str] = &["role_id", "count", "tags", "cost center"];

pub(super) const VALUES: &[&str] = &[
    "\"role_7\"",
    "\"Role_7\"",
    "\"\"",
    "\"5\"",
    "5",
    "5.0",
    "5.5",
    "-0.0",
    "0",
    "true",
    "false",
    "null",
    "[]",
    "{}",
    "[\"lily\", 1]",
    "[\"lily\", 1.0]",
    "{\"a\": 1, \"b\": {\"c\": \"deep role\"}}",
    "{\"b\": {\"c\": \"deep role\"}, \"a\": 1}",
];

/// Words and parts of words to look for.
pub(super) const ASKED: &[&str] = &[
    "role",
    "created",
    "lily",
    "lil",
    "usr_1",
    "usr",
    "1",
    "lily@example.com",
    "example.com",
    "größe",
    "gr",
    "σίσυφος",
    "7",
    "kelvin",
    "auditor",
    "eu",
    "nothing",
    "deep",
    "login/logout",
    "日本語",
    "r",
];

/// Phrases to look for.
pub(super) const PHRASES: &[&str] = &[
    "Role created",
    "role  created",
    "the role",
    "lily ari",
    "Auditor (EU)",
    "created role",
    "deep role",
    "203.0.113.7",
];

/// Parts of texts for `contains` and `starts_with`.
pub(super) const PARTS: &[&str] = &[
    "role", "ROLE ", "e c", "lily", "@EXAMPLE", "sys", "GRÖ", "k", "api", "7", "o", "s",
];
