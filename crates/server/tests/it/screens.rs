//! What the screens of people need: settings, preferences, views, the catalogue, who made a key.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{browser::Browser, harness::Tested};

async fn with_people() -> (Tested, Browser, Browser) {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.account("globex").await;
    tested.person("lily@example.com", &["acme"]).await;
    tested.person("max@example.com", &["acme", "globex"]).await;
    let lily = Browser::of(&tested, "lily@example.com").await;
    let max = Browser::of(&tested, "max@example.com").await;
    (tested, lily, max)
}

#[tokio::test]
async fn settings_change_in_part_and_stay_after_a_restart() {
    let (tested, lily, _) = with_people().await;
    let path = "/v1/accounts/acme/settings";
    let fresh = json!({
        "name": "acme", "time_zone": null, "week_start": null, "column_set": "account", "packs_off": [],
        "catalog_strict": false, "viewers": null,
        "firewall": {"names": [], "allow": [], "entropy": true, "prefixes": []},
    });
    assert_eq!(lily.get(&tested, path).await.json(), fresh);
    let change = json!({
        "name": "Acme Inc.", "time_zone": "Europe/Berlin", "column_set": "developer",
        "packs_off": ["kilo", "gale", "kilo"],
    });
    let changed = lily.ask(&tested, Method::PATCH, path, Some(change)).await;
    let mut wanted = json!({
        "name": "Acme Inc.", "time_zone": "Europe/Berlin", "week_start": null,
        "column_set": "developer", "packs_off": ["gale", "kilo"], "catalog_strict": false,
        "viewers": null,
        "firewall": {"names": [], "allow": [], "entropy": true, "prefixes": []},
    });
    assert_eq!((changed.status, changed.json()), (200, wanted.clone()));
    let change = json!({"time_zone": null, "week_start": "sat"});
    let changed = lily.ask(&tested, Method::PATCH, path, Some(change)).await;
    wanted["time_zone"] = Value::Null;
    wanted["week_start"] = "sat".into();
    assert_eq!(changed.json(), wanted);
    let account = lily.get(&tested, "/v1/accounts/acme").await.json();
    assert_eq!(account["name"], "Acme Inc.");
    for (change, pointer) in [
        (json!({"name": ""}), "/name"),
        (json!({"name": null, "week_start": "tue"}), "/week_start"),
        (json!({"time_zone": "Mars/Olympus"}), "/time_zone"),
        (json!({"column_set": "all"}), "/column_set"),
        (json!({"packs_off": ["audit_log"]}), "/packs_off"),
        (json!({"colour": "red"}), "/colour"),
    ] {
        lily.ask(&tested, Method::PATCH, path, Some(change))
            .await
            .assert_problem_at(400, "invalid_body", pointer);
    }
    let again = Tested::on(tested.close().await, 2).await;
    assert_eq!(lily.get(&again, path).await.json(), wanted);
}

#[tokio::test]
async fn preferences_are_those_of_one_person_in_one_account() {
    let (tested, lily, max) = with_people().await;
    let path = "/v1/accounts/acme/preferences";
    let fresh = json!({
        "time_zone": null, "week_start": null, "column_set": null, "columns": null,
        "theme": "system", "density": "comfortable", "single_keys": true,
    });
    assert_eq!(lily.get(&tested, path).await.json(), fresh);
    let chosen = json!({
        "time_zone": "Asia/Tokyo", "week_start": "sun", "column_set": null,
        "columns": ["event", "metadata.role_name"],
        "theme": "dark", "density": "compact", "single_keys": false,
    });
    let put = lily
        .ask(&tested, Method::PUT, path, Some(chosen.clone()))
        .await;
    assert_eq!((put.status, put.json()), (200, chosen.clone()));
    assert_eq!(max.get(&tested, path).await.json(), fresh);
    assert_eq!(
        max.get(&tested, "/v1/accounts/globex/preferences")
            .await
            .json(),
        fresh
    );
    for (member, value) in [
        ("time_zone", json!("Mars/Olympus")),
        ("columns", json!([])),
        ("columns", json!(["event", "event"])),
        ("columns", json!([""])),
        ("theme", json!("pink")),
        ("single_keys", json!("yes")),
    ] {
        let mut wrong = chosen.clone();
        wrong[member] = value;
        lily.ask(&tested, Method::PUT, path, Some(wrong))
            .await
            .assert_problem_at(400, "invalid_body", &format!("/{member}"));
    }
    let again = Tested::on(tested.close().await, 2).await;
    assert_eq!(lily.get(&again, path).await.json(), chosen);
}

fn view(name: &str, shared: bool) -> Value {
    let refine = json!([{"column": "result", "op": "eq", "value": "failure"}]);
    json!({"name": name, "shared": shared, "query": {"range": "today", "refine": refine}})
}

async fn names(tested: &Tested, browser: &Browser) -> Vec<String> {
    let listed = browser.get(tested, "/v1/accounts/acme/views").await.json();
    let views = listed["views"].as_array().unwrap();
    let named = views.iter().filter(|view| view["built_in"] == false);
    named
        .map(|view| view["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn views_are_ones_own_or_everybodys() {
    let (tested, lily, max) = with_people().await;
    let path = "/v1/accounts/acme/views";
    let own = lily.post(&tested, path, view("Own", false)).await;
    assert_eq!(own.status, 201, "{own:?}");
    let own = own.json();
    assert_eq!(
        (&own["mine"], &own["shared"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(own["query"], view("", false)["query"]);
    let shared = lily.post(&tested, path, view("Shared", true)).await.json();
    assert_eq!(names(&tested, &lily).await, ["Own", "Shared"]);
    assert_eq!(names(&tested, &max).await, ["Shared"]);
    lily.post(&tested, path, view("Own", true))
        .await
        .assert_problem(409, "name_taken");
    let same = max.post(&tested, path, view("Own", false)).await;
    assert_eq!(same.status, 201, "names are unique per person");

    let of = |view: &Value| format!("{path}/{}", view["id"].as_str().unwrap());
    for method in [Method::PATCH, Method::DELETE] {
        let body = (method == Method::PATCH).then(|| json!({"name": "x"}));
        for id in [of(&own), format!("{path}/view_x")] {
            max.ask(&tested, method.clone(), &id, body.clone())
                .await
                .assert_problem(404, "view_not_found");
        }
        let built_in = format!("{path}/failed_and_denied");
        max.ask(&tested, method, &built_in, body)
            .await
            .assert_problem(403, "permission_missing");
    }
    let change = json!({"name": "Ours", "columns": ["event"]});
    let changed = max
        .ask(&tested, Method::PATCH, &of(&shared), Some(change))
        .await;
    assert_eq!(changed.status, 200, "{changed:?}");
    assert_eq!(names(&tested, &lily).await, ["Ours", "Own"]);
    let reader = tested.key(Some("acme"), &["audit:read"]).await;
    for (method, body) in [
        (Method::PATCH, Some(json!({"name": "x"}))),
        (Method::DELETE, None),
    ] {
        tested
            .ask(method, &of(&shared), &reader, body)
            .await
            .assert_problem(403, "permission_missing");
    }
    tested
        .post(path, &reader, view("x", true))
        .await
        .assert_problem(403, "permission_missing");
    let change = json!({"columns": null});
    let changed = lily
        .ask(&tested, Method::PATCH, &of(&shared), Some(change))
        .await
        .json();
    assert_eq!(
        (&changed["columns"], &changed["mine"]),
        (&Value::Null, &json!(true))
    );

    let again = Tested::on(tested.close().await, 2).await;
    assert_eq!(names(&again, &lily).await, ["Ours", "Own"]);
    let gone = lily.ask(&again, Method::DELETE, &of(&own), None).await;
    assert_eq!(gone.status, 204);
    assert_eq!(names(&again, &lily).await, ["Ours"]);
}

#[tokio::test]
async fn a_view_that_could_not_be_asked_is_refused_with_its_place() {
    let (tested, lily, _) = with_people().await;
    let path = "/v1/accounts/acme/views";
    let bad = |column: &str| json!({"column": column, "op": "eq", "value": "x"});
    for (query, pointer) in [
        (json!({"range": "sometime"}), "/query/range"),
        (
            json!({"range": "today", "from": "2026-01-01"}),
            "/query/range",
        ),
        (json!({"to": "tomorrow"}), "/query/to"),
        (
            json!({"refine": [bad("user"), bad("colour")]}),
            "/query/refine/1/column",
        ),
        (
            json!({"filter": {"match": "some", "criteria": []}}),
            "/query/filter/match",
        ),
        (
            json!({"filter": {"match": "any", "criteria": [{"column": "hour", "op": "eq", "value": 24}]}}),
            "/query/filter/criteria/0/value",
        ),
        (json!({"q": "\"open"}), "/query/q"),
        (json!({"sort": "x"}), "/query/sort"),
    ] {
        let answer = lily
            .post(&tested, path, json!({"name": "x", "query": query}))
            .await;
        answer.assert_problem_at(400, "invalid_body", pointer);
    }
    for name in ["", "  ", &"x".repeat(121), "a\nb"] {
        lily.post(&tested, path, json!({"name": name, "query": {}}))
            .await
            .assert_problem_at(400, "invalid_body", "/name");
    }
    let long = json!({"name": "x", "query": {"q": "x ".repeat(5_000)}});
    let refused = lily.post(&tested, path, long).await;
    assert_eq!(refused.status, 400, "{refused:?}");
}

#[tokio::test]
async fn nobody_has_more_than_two_hundred_views() {
    let (tested, lily, _) = with_people().await;
    let path = "/v1/accounts/acme/views";
    for n in 0..200 {
        let made = lily.post(&tested, path, view(&n.to_string(), false)).await;
        assert_eq!(made.status, 201, "{n}: {made:?}");
    }
    lily.post(&tested, path, view("one more", false))
        .await
        .assert_problem(409, "too_many");
}

#[tokio::test]
async fn built_in_views_can_be_asked() {
    let (tested, lily, _) = with_people().await;
    let listed = lily.get(&tested, "/v1/accounts/acme/views").await.json();
    let views = listed["views"].as_array().unwrap();
    let ids: Vec<&Value> = views.iter().map(|view| &view["id"]).collect();
    assert_eq!(
        ids,
        [
            "failed_and_denied",
            "role_and_access_changes",
            "new_networks",
            "outside_usual_hours"
        ]
    );
    for view in views {
        let search = lily
            .post(
                &tested,
                "/v1/accounts/acme/events/search",
                view["query"].clone(),
            )
            .await;
        assert_eq!(search.status, 200, "{}: {search:?}", view["id"]);
    }
}

#[tokio::test]
async fn the_catalogue_tells_packs_kinds_and_actions() {
    let (tested, lily, _) = with_people().await;
    let path = "/v1/accounts/acme/catalog";
    let all = lily.get(&tested, path).await.json();
    let pack = |catalogue: &Value, id: &str| {
        let packs = catalogue["packs"].as_array().unwrap();
        packs.iter().find(|pack| pack["id"] == id).unwrap().clone()
    };
    let event = |catalogue: &Value, action: &str| {
        let events = catalogue["events"].as_array().unwrap();
        events
            .iter()
            .find(|event| event["action"] == action)
            .cloned()
    };
    assert_eq!(
        pack(&all, "gale"),
        json!({"id": "gale", "title": "GALE", "on": true})
    );
    let role = event(&all, "role.create").unwrap();
    assert_eq!(
        (
            &role["event"],
            &role["category"],
            &role["verb"],
            &role["pack"]
        ),
        (
            &json!("Role created"),
            &json!("Roles"),
            &json!("create"),
            &json!("gale")
        )
    );
    let fields = role["fields"].as_array().unwrap();
    let id = json!({
        "key": "role_id", "place": "metadata", "label": "Role ID", "type": "id", "sensitive": false,
    });
    assert!(fields.contains(&id), "{fields:?}");
    let kinds = all["resource_types"].as_array().unwrap();
    assert!(kinds.contains(
        &json!({"type": "automation_rule", "singular": "automation rule", "plural": "Automation Rules"})
    ));
    let off = json!({"packs_off": ["gale"]});
    let settings = "/v1/accounts/acme/settings";
    lily.ask(&tested, Method::PATCH, settings, Some(off)).await;
    let some = lily.get(&tested, path).await.json();
    assert_eq!(pack(&some, "gale")["on"], false);
    assert!(event(&some, "role.create").is_none());
    assert!(event(&some, "access.denied").is_some());
}

#[tokio::test]
async fn a_key_tells_who_made_it() {
    let (tested, lily, _) = with_people().await;
    let first = tested.key(Some("acme"), &["keys:write"]).await;
    let path = "/v1/accounts/acme/keys";
    let new = json!({"name": "by lily", "permissions": ["audit:read"]});
    assert_eq!(lily.post(&tested, path, new).await.status, 201);
    let new = json!({"name": "by key", "permissions": ["keys:write"]});
    assert_eq!(tested.post(path, &first, new).await.status, 201);
    let listed = lily.get(&tested, path).await.json();
    let by: Vec<&Value> = listed["keys"]
        .as_array()
        .unwrap()
        .iter()
        .map(|key| &key["created_by"]["name"])
        .collect();
    let mut by: Vec<&str> = by.into_iter().map(|name| name.as_str().unwrap()).collect();
    by.sort_unstable();
    assert_eq!(by, ["Operator", "lily", "test"]);
    let again = Tested::on(tested.close().await, 2).await;
    assert_eq!(lily.get(&again, path).await.json(), listed);
}

#[tokio::test]
async fn changes_of_a_view_at_the_same_time_do_not_undo_each_other() {
    let (tested, lily, _) = with_people().await;
    let path = "/v1/accounts/acme/views";
    let made = lily.post(&tested, path, view("First", false)).await.json();
    let of = format!("{path}/{}", made["id"].as_str().unwrap());
    for round in 0..8 {
        let (name, columns) = (format!("Name {round}"), json!(["ip", format!("c{round}")]));
        let (one, other) = tokio::join!(
            lily.ask(&tested, Method::PATCH, &of, Some(json!({"name": name}))),
            lily.ask(
                &tested,
                Method::PATCH,
                &of,
                Some(json!({"columns": columns}))
            ),
        );
        assert_eq!((one.status, other.status), (200, 200));
        let listed = lily.get(&tested, path).await.json();
        let views = listed["views"].as_array().unwrap();
        let now = views.iter().find(|view| view["id"] == made["id"]).unwrap();
        assert_eq!((&now["name"], &now["columns"]), (&json!(name), &columns));
    }
    let (one, other) = tokio::join!(
        lily.ask(&tested, Method::DELETE, &of, None),
        lily.ask(&tested, Method::DELETE, &of, None),
    );
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 404]);
}
