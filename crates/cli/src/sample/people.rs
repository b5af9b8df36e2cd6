//! Who works at Acme Robotics, and what works there without being a person.

/// What a person does all day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Position {
    Admin,
    Engineer,
    Support,
    Analyst,
    Compliance,
}

/// Somebody of the company.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) email: &'static str,
    pub(super) position: Position,
    /// Joined so many days before now, unless before the year began.
    pub(super) since: Option<u64>,
    /// Left so many days before now.
    pub(super) until: Option<u64>,
    /// Works in the second office.
    pub(super) abroad: bool,
}

const fn person(
    id: &'static str,
    name: &'static str,
    email: &'static str,
    position: Position,
) -> Person {
    Person {
        id,
        name,
        email,
        position,
        since: None,
        until: None,
        abroad: false,
    }
}

impl Person {
    const fn since(self, days_ago: u64) -> Self {
        Self {
            since: Some(days_ago),
            ..self
        }
    }

    const fn until(self, days_ago: u64) -> Self {
        Self {
            until: Some(days_ago),
            ..self
        }
    }

    const fn abroad(self) -> Self {
        Self {
            abroad: true,
            ..self
        }
    }
}

use Position::{Admin, Analyst, Compliance, Engineer, Support};

/// Everybody, of whom the first is the owner.
pub(super) const PEOPLE: [Person; 18] = [
    person(
        "usr_1001",
        "Lily Ari",
        "lily.ari@acme-robotics.example",
        Admin,
    ),
    person(
        "usr_1002",
        "Tomás Quintela",
        "tomas.quintela@acme-robotics.example",
        Admin,
    )
    .abroad(),
    person(
        "usr_1003",
        "Grace Okafor",
        "grace.okafor@acme-robotics.example",
        Engineer,
    ),
    person(
        "usr_1004",
        "Jonas Weidmann",
        "jonas.weidmann@acme-robotics.example",
        Engineer,
    ),
    person(
        "usr_1005",
        "Mei-Ling Zhou",
        "meiling.zhou@acme-robotics.example",
        Engineer,
    )
    .abroad(),
    person(
        "usr_1006",
        "Arjun Bhatt",
        "arjun.bhatt@acme-robotics.example",
        Engineer,
    ),
    person(
        "usr_1007",
        "Sofia Lindqvist",
        "sofia.lindqvist@acme-robotics.example",
        Support,
    ),
    person(
        "usr_1008",
        "Kofi Mensah",
        "kofi.mensah@acme-robotics.example",
        Support,
    ),
    person(
        "usr_1009",
        "Inês Carvalho",
        "ines.carvalho@acme-robotics.example",
        Support,
    )
    .abroad(),
    person(
        "usr_1010",
        "Dmitri Halloran",
        "dmitri.halloran@acme-robotics.example",
        Analyst,
    ),
    person(
        "usr_1011",
        "Aylin Demir",
        "aylin.demir@acme-robotics.example",
        Analyst,
    ),
    person(
        "usr_1012",
        "Ruth Abelson",
        "ruth.abelson@acme-robotics.example",
        Compliance,
    ),
    person(
        "usr_1013",
        "Noor Haddad",
        "noor.haddad@acme-robotics.example",
        Support,
    )
    .since(288),
    person(
        "usr_1014",
        "Émile Fournier",
        "emile.fournier@acme-robotics.example",
        Engineer,
    )
    .since(231),
    person(
        "usr_1015",
        "Priya Raman",
        "priya.raman@acme-robotics.example",
        Engineer,
    )
    .since(164)
    .until(38),
    person(
        "usr_1016",
        "Oskar Nowak",
        "oskar.nowak@acme-robotics.example",
        Support,
    )
    .since(120)
    .abroad(),
    person(
        "usr_1017",
        "Hannah Brandt",
        "hannah.brandt@acme-robotics.example",
        Analyst,
    )
    .since(66),
    person(
        "usr_1018",
        "Walter Kim",
        "walter.kim@contractor.example",
        Engineer,
    )
    .since(205)
    .until(97),
];

/// A program with an identity of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Program {
    pub(super) kind: &'static str,
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) user_agent: &'static str,
    pub(super) source: &'static str,
}

const fn program(
    kind: &'static str,
    id: &'static str,
    name: &'static str,
    agent: &'static str,
) -> Program {
    Program {
        kind,
        id,
        name,
        user_agent: agent,
        source: "api",
    }
}

/// Service accounts and keys.
pub(super) const PROGRAMS: [Program; 5] = [
    program(
        "service",
        "svc_deploy",
        "Deploy pipeline",
        "acme-deploy/3.4",
    ),
    program("service", "svc_sync", "CRM sync", "acme-crm-sync/1.12"),
    program("service", "svc_backup", "Nightly backup", "acme-backup/2.0"),
    program(
        "api_key",
        "key_9f2c",
        "Warehouse loader",
        "python-requests/2.32",
    ),
    program("api_key", "key_41d7", "Billing export", "curl/8.9"),
];

/// What people sit in front of; a person has one of them.
pub(super) const BROWSERS: [&str; 6] = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Edg/141.0.0.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
];
