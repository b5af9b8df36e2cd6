//! Every operation of the document, asked by every kind of person: the answer follows from the tables.

use axum::http::Method;
use serde_json::json;

use crate::{
    authorisation::{Demand, Operation, demanding},
    browser::Browser,
    harness::{Answer, Tested},
};

/// What a role may do, as the contract has it; the source has its own table.
const ROLES: &[(&str, &[&str])] = &[
    (
        "owner",
        &[
            "audit:read",
            "audit:export",
            "audit:verify",
            "audit:redact",
            "events:write",
            "catalog:write",
            "streams:write",
            "keys:write",
            "members:write",
            "retention:write",
            "accounts:write",
            "accounts:create_on_append",
            "audit:read_sensitive",
        ],
    ),
    (
        "admin",
        &[
            "audit:read",
            "audit:export",
            "audit:verify",
            "events:write",
            "catalog:write",
            "streams:write",
            "keys:write",
            "members:write",
            "accounts:write",
            "accounts:create_on_append",
            "audit:read_sensitive",
        ],
    ),
    (
        "compliance",
        &[
            "audit:read",
            "audit:export",
            "audit:verify",
            "audit:redact",
            "retention:write",
        ],
    ),
    ("auditor", &["audit:read", "audit:export", "audit:verify"]),
    (
        "developer",
        &[
            "events:write",
            "catalog:write",
            "streams:write",
            "keys:write",
        ],
    ),
    ("member", &[]),
];

/// What somebody is in the account `acme`.
#[derive(Debug)]
enum Standing {
    /// A member who may do this.
    In(Vec<&'static str>),
    /// A member who may do this and does not see most of an event.
    Blind(Vec<&'static str>),
    /// Nobody, who has signed in and may or may not be an operator.
    Outside { operator: bool },
    /// Somebody whose session has ended.
    Ended,
}

struct Walker {
    what: String,
    browser: Browser,
    standing: Standing,
}

/// The account, its kinds of people, and those who were or never were its members.
async fn with_everybody() -> (Tested, Vec<Walker>) {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.account("globex").await;
    let mut walkers = Vec::new();
    let mut joins = async |what: &str, role: &str, more, standing| {
        let email = format!("{what}@example.com");
        let id = tested.member(&email, "acme", role, more).await;
        let browser = Browser::of(&tested, &email).await;
        let what = what.to_owned();
        walkers.push(Walker {
            what,
            browser,
            standing,
        });
        id
    };
    for (role, permissions) in ROLES {
        joins(role, role, json!({}), Standing::In(permissions.to_vec())).await;
    }
    let own = ["audit:read", "catalog:write"];
    let desk = tested.role("acme", "Desk", &own).await;
    joins("custom", &desk, json!({}), Standing::In(own.to_vec())).await;
    let agent = json!({"resources": [{"type": "agent", "id": "7"}]});
    let auditor = ROLES[3].1.to_vec();
    joins("scoped", "auditor", agent, Standing::In(auditor)).await;
    let hides = [
        "actor", "names", "targets", "context", "changes", "text", "metadata",
    ];
    let blind = tested
        .role_that_hides("acme", "Blind", &["audit:read"], &hides)
        .await;
    joins(
        "blind",
        &blind,
        json!({}),
        Standing::Blind(vec!["audit:read"]),
    )
    .await;
    let now_ms = server::Clock::now_ms(&*tested.clock);
    let end = event::Timestamp::from_ms(now_ms + 60_000).to_string();
    let outside = || Standing::Outside { operator: false };
    joins("expired", "owner", json!({ "expires_at": end }), outside()).await;
    joins("removed", "owner", json!({}), outside()).await;
    joins("ended", "owner", json!({}), Standing::Ended).await;
    let operator = Standing::Outside { operator: true };
    joins("operator", "owner", json!({"operator": true}), operator).await;

    // Those two stay members of another account, so that their sessions work still.
    for what in ["removed", "operator"] {
        let email = format!("{what}@example.com");
        let other = json!({"account": "globex", "email": email, "name": what});
        let added = tested
            .administer(Method::POST, "/admin/members", Some(other))
            .await;
        assert_eq!(added.status, 201, "{added:?}");
        let path = format!("/admin/members/acme/{email}");
        let gone = tested.administer(Method::DELETE, &path, None).await;
        assert_eq!(gone.status, 204, "{gone:?}");
    }
    let ended = walkers
        .iter()
        .find(|walker| walker.what == "ended")
        .unwrap();
    let out = ended
        .browser
        .ask(&tested, Method::DELETE, "/v1/session", None)
        .await;
    assert_eq!(out.status, 204);
    tested.clock.advance_ms(60_000);
    (tested, walkers)
}

impl Walker {
    async fn ask(&self, tested: &Tested, operation: &Operation) -> Answer {
        let mut path = operation.path_in("acme");
        if operation.id == "events.tail" {
            path += "?wait_s=0";
        }
        let method = operation.method.clone();
        self.browser
            .ask(tested, method, &path, operation.body())
            .await
    }

    /// Asserts that the answer is the one that the tables demand.
    fn judge(&self, operation: &Operation, demand: Demand, answer: &Answer) {
        let case = format!("{} by {}: {answer:?}", operation.id, self.what);
        let let_in = || {
            let problem = answer.json();
            assert!(!matches!(answer.status, 401 | 403 | 500..), "{case}");
            assert_ne!(problem["code"], "account_not_found", "{case}");
        };
        let refused = |status: u16, code: &str| {
            assert_eq!(
                (answer.status, answer.json()["code"].as_str()),
                (status, Some(code)),
                "{case}"
            );
        };
        match (demand, &self.standing) {
            (Demand::Nothing | Demand::Anybody, _) => {}
            (_, Standing::Ended) => refused(401, "unauthenticated"),
            (Demand::Known | Demand::Oneself, _) => let_in(),
            (Demand::InInstance(_) | Demand::Operator, Standing::Outside { operator: true }) => {
                let_in();
            }
            (Demand::InInstance(_) | Demand::Operator, _) => refused(403, "permission_missing"),
            (_, Standing::Outside { .. }) => refused(404, "account_not_found"),
            (Demand::Account, _) => let_in(),
            (Demand::Either(one, other), Standing::In(may) | Standing::Blind(may)) => {
                // What is told of the whole log is not told to whoever sees a part of it.
                let sees_part =
                    self.what == "scoped" || matches!(self.standing, Standing::Blind(_));
                let reads_only = !may.contains(&other);
                if may.contains(&one) || may.contains(&other) {
                    if sees_part && reads_only {
                        refused(403, "permission_missing");
                    } else {
                        let_in();
                    }
                } else {
                    refused(403, "permission_missing");
                }
            }
            (
                Demand::InAccount(needed) | Demand::OfPerson(needed),
                Standing::In(may) | Standing::Blind(may),
            ) => {
                let is_blind = matches!(self.standing, Standing::Blind(_));
                if may.contains(&needed) {
                    // What is hidden cannot be counted either.
                    let is_hidden = answer.json()["code"] == "column_hidden";
                    if is_blind && is_hidden {
                        refused(403, "column_hidden");
                    } else {
                        let_in();
                    }
                    return;
                }
                refused(403, "permission_missing");
                let problem = answer.json();
                assert!(
                    problem["detail"].as_str().unwrap().ends_with(needed),
                    "{case}"
                );
            }
        }
    }
}

#[tokio::test]
async fn every_kind_of_person_gets_what_the_table_says_from_every_operation() {
    let (tested, walkers) = with_everybody().await;
    let operations = demanding(&tested).await;
    let mut asked = 0;
    for walker in &walkers {
        for (operation, demand) in &operations {
            if matches!(demand, Demand::Nothing | Demand::Anybody) {
                continue;
            }
            let answer = walker.ask(&tested, operation).await;
            walker.judge(operation, *demand, &answer);
            asked += 1;
        }
    }
    println!("{asked} answers for {} kinds of people", walkers.len());
    assert_eq!(walkers.len(), 13);
}
