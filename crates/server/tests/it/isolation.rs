//! Two accounts in which every string is marked, and many random requests: nobody gets a byte of the other one.

use std::collections::BTreeMap;

use axum::http::{Method, Request};
use serde_json::{Map, Value, json};
use testkit::seed::Seed;

use crate::{
    browser::Browser,
    harness::{Answer, Tested, request},
};

/// In every text of the account of those who ask.
const OWN: &str = "amberfalcon";
/// In every text of the other account; what is asked for may begin like it and never is it.
const FOREIGN: &str = "cobaltheron";
/// In every event of the other account, whatever is hidden: the end of the name of its log.
const FOREIGN_LOG: &str = "/a/globex";
const REQUESTS: usize = 10_000;
const EVENTS: usize = 40;

/// Things of both accounts by the parameters of paths that name them, and cursors.
#[derive(Default)]
struct Loot {
    own: BTreeMap<&'static str, Vec<String>>,
    foreign: BTreeMap<&'static str, Vec<String>>,
    /// Cursors of both, with the parameters that belong to them.
    cursors: Vec<String>,
}

/// Fills an account with events, people, a role, a key and a view, and gives their ids.
async fn fill(tested: &Tested, account: &str, mark: &str) -> BTreeMap<&'static str, Vec<String>> {
    let all: Vec<&str> = api::Permission::ALL.iter().map(|it| it.as_str()).collect();
    let named = json!({"account": account, "name": format!("{mark} key"), "permissions": all});
    let key = tested.key_with(named).await;
    let mut loot: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    loot.insert("key", vec![key.id.clone()]);
    let events: Vec<Value> = (0..EVENTS).map(|n| event_of(mark, account, n)).collect();
    let path = format!("/v1/accounts/{account}/events?wait=indexed");
    let answer = tested.post(&path, &key.token, json!(events)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    let email = format!("{mark}@example.com");
    let member = tested.member(&email, account, "owner", json!({})).await;
    loot.insert("member", vec![member]);
    let role = tested
        .role(account, &format!("{mark} role"), &["audit:read"])
        .await;
    loot.insert("role", vec![role]);
    let view = json!({"name": format!("{mark} view"), "shared": true, "query": {"q": mark}});
    let views = format!("/v1/accounts/{account}/views");
    let view = tested.post(&views, &key.token, view).await;
    assert_eq!(view.status, 201, "{view:?}");
    let list = format!("/v1/accounts/{account}/events?range=all_time&limit={EVENTS}");
    let listed = tested.get(&list, &key.token).await.json();
    let ids = listed["events"].as_array().unwrap().iter();
    let ids: Vec<String> = ids
        .map(|it| it["id"].as_str().unwrap().to_owned())
        .collect();
    loot.insert("event", ids);
    let mut targets: Vec<String> = (0..5).map(|n| format!("{account}-target-{n}")).collect();
    targets.push(view.json()["id"].as_str().unwrap().to_owned());
    loot.insert("id", targets);
    let mut cursors = Vec::new();
    for path in [
        format!("/v1/accounts/{account}/events?range=all_time&limit=2"),
        format!("/v1/accounts/{account}/events/tail?wait_s=0&limit=2"),
        format!("/v1/accounts/{account}/resources/agent?limit=1"),
        format!("/v1/accounts/{account}/keys?limit=1"),
    ] {
        let page = tested.get(&path, &key.token).await.json();
        cursors.extend(page["next_cursor"].as_str().map(str::to_owned));
    }
    assert!(cursors.len() >= 3, "{cursors:?}");
    loot.insert("cursor", cursors);
    loot
}

/// An event in which every text holds the mark; ids of targets name the account, so that they can be asked for.
fn event_of(mark: &str, account: &str, n: usize) -> Value {
    let action = ["user.login", "agent.update", "role.create"][n % 3];
    json!({
        "action": action,
        "actor": {
            "type": "user", "id": format!("{mark}-user-{}", n % 7), "name": format!("{mark} User {}", n % 7),
            "email": format!("{mark}{}@example.com", n % 7), "metadata": {"team": format!("{mark} team")},
        },
        "targets": [{
            "type": "agent", "id": format!("{account}-target-{}", n % 5), "name": format!("{mark} Agent {}", n % 5),
            "metadata": {"model": format!("{mark} model")},
        }],
        "description": format!("{mark} changed something {n}"),
        "changes": [{"path": "/name", "old": format!("{mark} old {n}"), "new": format!("{mark} new {n}")}],
        "context": {
            "ip": format!("203.0.113.{}", n % 200), "user_agent": format!("{mark}/1.0"),
            "request_id": format!("{mark}-request-{n}"),
        },
        "outcome": {"result": "failure", "reason": format!("{mark} reason"), "code": format!("{mark}_code")},
        "metadata": {"note": format!("{mark} note {n}"), "rows": n},
    })
}

/// Who asks: with a key or in a browser; none of them is anything in the other account.
enum Asker {
    Key(String),
    Person(Browser),
}

async fn askers(tested: &Tested) -> Vec<Asker> {
    let all: Vec<&str> = api::Permission::ALL.iter().map(|it| it.as_str()).collect();
    let mut askers = vec![
        Asker::Key(tested.key(Some("acme"), &all).await),
        Asker::Key(tested.key(Some("acme"), &["audit:read"]).await),
    ];
    let hides = ["names", "text", "metadata"];
    let blind = tested
        .role_that_hides("acme", "Blind", &["audit:read"], &hides)
        .await;
    let target = json!({"resources": [{"type": "agent", "id": "acme-target-1"}]});
    for (name, role, more) in [
        ("owner", "owner", json!({})),
        ("admin", "admin", json!({})),
        ("auditor", "auditor", json!({})),
        ("scoped", "auditor", target),
        ("blind", &*blind, json!({})),
        ("member", "member", json!({})),
        ("operator", "auditor", json!({"operator": true})),
    ] {
        let email = format!("{name}.{OWN}@example.com");
        tested.member(&email, "acme", role, more).await;
        askers.push(Asker::Person(Browser::of(tested, &email).await));
    }
    askers
}

impl Asker {
    async fn ask(&self, tested: &Tested, asked: &Asked) -> Answer {
        let (method, body) = (asked.method.clone(), asked.body.clone());
        let request: Request<_> = match self {
            Self::Key(token) => request(method, &asked.path, Some(token), body),
            Self::Person(browser) => browser.request(method, &asked.path, body),
        };
        tested.send(request).await
    }
}

struct Asked {
    method: Method,
    path: String,
    body: Option<Value>,
}

/// An operation with the names of its parameters.
struct Described {
    id: String,
    method: Method,
    path: String,
    query: Vec<String>,
    has_body: bool,
}

async fn described(tested: &Tested) -> Vec<Described> {
    let document = tested
        .send(request(Method::GET, "/openapi.json", None, None))
        .await
        .json();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let query = parameters
                .filter(|it| it["in"] == "query")
                .map(|it| it["name"].as_str().unwrap().to_owned());
            let method: Method = method.to_uppercase().parse().unwrap();
            // Signing in and out would end what asks; those have tests of their own.
            let is_about_oneself = path.starts_with("/v1/session") || path == "/v1/setup";
            if is_about_oneself && method != Method::GET {
                continue;
            }
            operations.push(Described {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                query: query.collect(),
                has_body: operation["requestBody"].is_object(),
                path: path.clone(),
                method,
            });
        }
    }
    operations
}

impl Loot {
    fn any(&self, seed: &mut Seed, name: &str, only_foreign: bool) -> String {
        let pool = if only_foreign || seed.percent(60) {
            &self.foreign
        } else {
            &self.own
        };
        let things = pool.get(name).unwrap_or_else(|| {
            let kinds: Vec<&Vec<String>> = pool.values().collect();
            *seed.pick(&kinds)
        });
        seed.pick(things).clone()
    }

    fn path(&self, seed: &mut Seed, operation: &Described) -> String {
        let mut path = String::new();
        // Nothing of the own account is removed or changed: those who ask go on asking.
        let only_foreign = matches!(operation.method, Method::DELETE | Method::PATCH);
        for part in operation.path.split('/').skip(1) {
            let value = match part {
                "{account}" => {
                    let accounts = [
                        "acme", "acme", "acme", "acme", "acme", "acme", "globex", "annals",
                        "GLOBEX", "globe",
                    ];
                    (*seed.pick(&accounts)).to_owned()
                }
                "{type}" => (*seed.pick(&["agent", "user", "member", "key"])).to_owned(),
                parameter if parameter.starts_with('{') => {
                    self.any(seed, parameter.trim_matches(['{', '}']), only_foreign)
                }
                other => other.to_owned(),
            };
            path = format!("{path}/{value}");
        }
        path
    }

    fn criterion(&self, seed: &mut Seed) -> Value {
        let column = *seed.pick(&[
            "category",
            "event",
            "user",
            "action",
            "actor_id",
            "actor_email",
            "target_id",
            "target_type",
            "description",
            "request_id",
            "metadata.note",
            "metadata.rows",
            "result",
            "ip",
        ]);
        let op = *seed.pick(&["eq", "ne", "in", "nin", "contains", "starts_with", "exists"]);
        let text = self.text(seed);
        match op {
            "exists" => json!({"column": column, "op": op}),
            "in" | "nin" => json!({"column": column, "op": op, "value": [text]}),
            _ => json!({"column": column, "op": op, "value": text}),
        }
    }

    /// Something to look for: how foreign texts begin, foreign and own ids, own texts.
    fn text(&self, seed: &mut Seed) -> String {
        match seed.below(5) {
            0 => FOREIGN[..3 + seed.below(6)].to_owned(),
            1 => self.any(seed, "id", true),
            2 => self.any(seed, "event", true),
            3 => format!("{OWN} User {}", seed.below(7)),
            _ => {
                (*seed.pick(&["Roles", "role.create", "agent", "failure", "7", "", "%"])).to_owned()
            }
        }
    }

    /// A value for a member of this name, of a query string or of a body.
    fn value(&self, seed: &mut Seed, name: &str) -> Value {
        match name {
            "range" => json!(seed.pick(&["all_time", "last_30_days", "today", "this_year"])),
            "tz" => json!(seed.pick(&["UTC", "Europe/Berlin", "Asia/Tokyo"])),
            "filter" => {
                let criteria: Vec<Value> =
                    (0..=seed.below(2)).map(|_| self.criterion(seed)).collect();
                json!({"match": seed.pick(&["all", "any"]), "criteria": criteria})
            }
            "refine" => json!([self.criterion(seed)]),
            "q" | "prefix" => json!(self.text(seed)),
            "resource" => json!(format!("agent:{}", self.any(seed, "id", false))),
            "order" => json!(seed.pick(&["asc", "desc"])),
            "count" => json!(seed.percent(50)),
            "as_of" => json!(seed.below(200)),
            "limit" | "size" => json!(1 + seed.below(20)),
            "wait_s" => json!(0),
            "cursor" | "after" => json!(seed.pick(&self.cursors)),
            "column" => json!(seed.pick(&[
                "user",
                "actor_id",
                "target_id",
                "description",
                "metadata.note",
                "event"
            ])),
            "columns" => json!([
                seed.pick(&["user", "category", "target_id", "metadata.note"]),
                "event"
            ]),
            "interval" => json!(seed.pick(&["day", "hour", "month"])),
            "split_by" => json!(seed.pick(&["user", "result", "metadata.note"])),
            _ => json!("x"),
        }
    }

    fn request(&self, seed: &mut Seed, operation: &Described) -> Asked {
        let mut path = self.path(seed, operation);
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        if operation.query.iter().any(|name| name == "cursor") && seed.percent(20) {
            // A cursor with the parameters that it was made with.
            pairs
                .append_pair("range", "all_time")
                .append_pair("limit", "2");
            let cursor: &String = seed.pick(&self.cursors);
            pairs.append_pair("cursor", cursor);
        } else {
            let chance = 5 + seed.below(40);
            for name in &operation.query {
                // Without it a tail waits for what comes.
                let is_rare = matches!(&**name, "cursor" | "as_of");
                if name == "wait_s" || seed.percent(if is_rare { 5 } else { chance }) {
                    let value = self.value(seed, name);
                    let text = value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned);
                    pairs.append_pair(name, &text);
                }
            }
        }
        let query = pairs.finish();
        if !query.is_empty() {
            path = format!("{path}?{query}");
        }
        let body = operation.has_body.then(|| self.body(seed, operation));
        Asked {
            method: operation.method.clone(),
            path,
            body,
        }
    }

    fn body(&self, seed: &mut Seed, operation: &Described) -> Value {
        let mut names = match &*operation.id {
            "events.search" => vec!["order", "count", "limit", "cursor"],
            "events.facets" => vec!["size"],
            "events.histogram" => vec!["split_by"],
            _ => return json!({}),
        };
        names.extend(["range", "tz", "filter", "refine", "q", "resource"]);
        names.retain(|_| seed.percent(30));
        names.extend(match &*operation.id {
            "events.facets" => Some("columns"),
            "events.histogram" => Some("interval"),
            _ => None,
        });
        let members = names
            .into_iter()
            .map(|name| (name.to_owned(), self.value(seed, name)));
        Value::Object(members.collect::<Map<_, _>>())
    }
}

/// Asserts that an answer holds nothing of the other account.
fn check(operation: &Described, asked: &Asked, answer: &Answer) {
    let text = String::from_utf8_lossy(&answer.body);
    let case = || {
        format!(
            "{} {} {:?}: {} {text}",
            asked.method, asked.path, asked.body, answer.status
        )
    };
    assert!(answer.status < 500, "{}", case());
    assert!(!text.contains(FOREIGN), "{}", case());
    // Operators see that the account exists, and what its log is called.
    assert!(
        operation.id == "accounts.list" || !text.contains(FOREIGN_LOG),
        "{}",
        case()
    );
    for value in answer.headers.values() {
        assert!(
            !String::from_utf8_lossy(value.as_bytes()).contains(FOREIGN),
            "{}",
            case()
        );
    }
}

#[tokio::test]
async fn ten_thousand_requests_get_nothing_of_another_account() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.account("globex").await;
    let mut loot = Loot {
        own: fill(&tested, "acme", OWN).await,
        foreign: fill(&tested, "globex", FOREIGN).await,
        ..Loot::default()
    };
    loot.cursors = [&mut loot.own, &mut loot.foreign]
        .into_iter()
        .flat_map(|of| of.remove("cursor").unwrap())
        .collect();
    let askers = askers(&tested).await;
    let operations = described(&tested).await;
    let reads = |it: &&Described| {
        let about = ["/events", "/values", "/resources"];
        it.id != "events.append" && about.iter().any(|part| it.path.contains(part))
    };
    let reading: Vec<&Described> = operations.iter().filter(reads).collect();
    let mut seed = Seed::new(20_261_121);
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut with_own = 0;
    for _ in 0..REQUESTS {
        // Every other request reads events, in whatever way.
        let operation = if seed.percent(50) {
            *seed.pick(&reading)
        } else {
            seed.pick(&operations)
        };
        let asked = loot.request(&mut seed, operation);
        let answer = seed.pick(&askers).ask(&tested, &asked).await;
        check(operation, &asked, &answer);
        let (all, good) = counts.entry(&operation.id).or_default();
        *all += 1;
        *good += usize::from(answer.status < 300);
        with_own += usize::from(String::from_utf8_lossy(&answer.body).contains(OWN));
    }
    for (operation, (all, good)) in &counts {
        println!("{operation}: {all} requests, {good} answered");
    }
    println!("{with_own} answers held texts of the own account");
    assert_eq!(counts.len(), operations.len());
    assert!(with_own > REQUESTS / 20, "{with_own}");
}
