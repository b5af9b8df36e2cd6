//! Values before and after.

use serde_json::{Value, json};

use super::spec::Kind;

/// A value that something can have.
#[derive(Debug, Clone, Copy)]
pub(super) enum Datum {
    Text(&'static str),
    Whole(i64),
    Hundredths(u32),
    Flag(bool),
    List(&'static [&'static str]),
}

impl Datum {
    pub(super) fn to_json(self) -> Value {
        match self {
            Self::Text(text) => text.into(),
            Self::Whole(number) => number.into(),
            Self::Hundredths(number) => json!(f64::from(number) / 100.0),
            Self::Flag(flag) => flag.into(),
            Self::List(items) => json!(items),
        }
    }
}

use Datum::{Flag, Hundredths, List, Text, Whole};

/// The values one member of a thing goes through, again and again.
pub(super) type Course = (&'static str, &'static [Datum]);

/// What can change about this thing.
pub(super) fn courses(kind: Kind, id: &str) -> &'static [Course] {
    match kind {
        Kind::Agent => AGENT,
        Kind::Role | Kind::AccessRole => ROLE,
        Kind::Customer => CUSTOMER,
        Kind::Document | Kind::Report => PAPER,
        Kind::Setting => of_setting(id),
        Kind::Organization => ORGANIZATION,
        Kind::AutomationRule => RULE,
        Kind::Inbox | Kind::InboxCollaborator | Kind::InboxWebhook | Kind::Team => DESK,
        Kind::AssistBot | Kind::Mode => BOT,
        _ => ANYTHING,
    }
}

fn of_setting(id: &str) -> &'static [Course] {
    match id {
        "session_lifetime" => SESSION_LIFETIME,
        "password_policy" => PASSWORD_POLICY,
        "allowed_networks" => ALLOWED_NETWORKS,
        "data_residency" => &[("/region", &[Text("eu-central"), Text("eu-west")])],
        "notification_channels" => NOTIFICATION_CHANNELS,
        _ => FLAGS,
    }
}

const AGENT: &[Course] = &[
    (
        "/temperature",
        &[Hundredths(20), Hundredths(70), Hundredths(40)],
    ),
    (
        "/instructions_version",
        &[Whole(11), Whole(12), Whole(13), Whole(14), Whole(15)],
    ),
    (
        "/model_id",
        &[
            Text("mdl_atlas7"),
            Text("mdl_northwind"),
            Text("mdl_kestrel"),
        ],
    ),
    (
        "/tools",
        &[
            List(&["search"]),
            List(&["search", "tickets"]),
            List(&["search", "tickets", "refunds"]),
        ],
    ),
];

const ROLE: &[Course] = &[(
    "/permissions",
    &[
        List(&["read"]),
        List(&["read", "export"]),
        List(&["read", "export", "verify"]),
        List(&["read", "verify"]),
    ],
)];

const CUSTOMER: &[Course] = &[
    (
        "/billing/iban_last4",
        &[Text("4411"), Text("9026"), Text("7718")],
    ),
    (
        "/contact/email",
        &[
            Text("office@customer.example"),
            Text("accounts@customer.example"),
        ],
    ),
    (
        "/credit_limit",
        &[Whole(10_000), Whole(25_000), Whole(18_000)],
    ),
    (
        "/tags",
        &[
            List(&["pilot"]),
            List(&["pilot", "priority"]),
            List(&["priority"]),
        ],
    ),
];

const PAPER: &[Course] = &[
    ("/version", &[Whole(1), Whole(2), Whole(3), Whole(4)]),
    (
        "/shared_with",
        &[List(&[]), List(&["support"]), List(&["support", "finance"])],
    ),
];

const ORGANIZATION: &[Course] = &[
    (
        "/allowed_models",
        &[
            List(&["atlas-7b", "northwind-large"]),
            List(&["atlas-7b", "northwind-large", "atlas-70b"]),
            List(&["atlas-7b", "atlas-70b", "kestrel-13b"]),
        ],
    ),
    (
        "/sso/domain",
        &[
            Text("acme-robotics.example"),
            Text("login.acme-robotics.example"),
        ],
    ),
];

const RULE: &[Course] = &[
    ("/condition/wait_hours", &[Whole(24), Whole(48), Whole(12)]),
    ("/active", &[Flag(true), Flag(false)]),
];

const DESK: &[Course] = &[
    ("/auto_assign", &[Flag(false), Flag(true)]),
    (
        "/working_hours",
        &[Text("Mo-Fr 08:00-18:00"), Text("Mo-Sa 08:00-20:00")],
    ),
];

const BOT: &[Course] = &[
    (
        "/greeting",
        &[
            Text("Hello! How can I help?"),
            Text("Good day. What is it about?"),
        ],
    ),
    (
        "/confidence",
        &[Hundredths(60), Hundredths(75), Hundredths(80)],
    ),
];

const ANYTHING: &[Course] = &[
    ("/label", &[Text("Draft"), Text("Reviewed"), Text("Final")]),
    ("/keep_days", &[Whole(365), Whole(730), Whole(1_095)]),
];

const SESSION_LIFETIME: &[Course] = &[("/lifetime", &[Text("8h"), Text("12h"), Text("4h")])];

const PASSWORD_POLICY: &[Course] = &[
    ("/minimum_length", &[Whole(10), Whole(12), Whole(14)]),
    ("/passkeys", &[Flag(false), Flag(true)]),
];

const ALLOWED_NETWORKS: &[Course] = &[(
    "/networks",
    &[
        List(&["203.0.113.0/24"]),
        List(&["203.0.113.0/24", "198.51.100.0/24"]),
        List(&["203.0.113.0/24", "2001:db8:30::/48"]),
    ],
)];

const NOTIFICATION_CHANNELS: &[Course] = &[(
    "/channels",
    &[
        List(&["e-mail"]),
        List(&["e-mail", "chat"]),
        List(&["chat", "pager"]),
    ],
)];

const FLAGS: &[Course] = &[(
    "/flags",
    &[
        List(&["beta_search"]),
        List(&["beta_search", "new_inbox"]),
        List(&["new_inbox"]),
    ],
)];
