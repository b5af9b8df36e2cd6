//! What the decisions of an account do to events: names, deprecations, strict mode, reserved names, coverage.

use axum::http::Method;
use serde_json::{Value, json};

use super::{ALIASES, EVENTS, account, approval, declaration};
use crate::harness::{Answer, Tested};

#[tokio::test]
async fn other_names_are_recorded_as_the_action() {
    let tested = Tested::new().await;
    let acme = account(&tested, "acme").await;
    let globex = account(&tested, "globex").await;
    let event = json!({"action": "RoleAdded", "actor": {"type": "user", "id": "usr_1"}});
    let before = acme.recorded(&tested, event.clone()).await;
    assert_eq!(before["action"], "role_added");
    let path = format!("{ALIASES}/role_added");
    let of_role = json!({"action": "role.create"});
    let made = acme.put(&tested, &path, of_role.clone()).await;
    assert_eq!(
        (made.status, &made.json()["aliases"]),
        (201, &json!(["role_added"]))
    );
    assert_eq!(made.json()["pack"], "gale");
    assert_eq!(acme.put(&tested, &path, of_role).await.status, 200);
    let after = acme.recorded(&tested, event.clone()).await;
    assert_eq!(
        (
            &after["action"],
            &after["action_as_sent"],
            &after["event"],
            &after["verb"]
        ),
        (
            &json!("role.create"),
            &json!("RoleAdded"),
            &json!("Role created"),
            &json!("create")
        )
    );
    let other = globex.recorded(&tested, event.clone()).await;
    assert_eq!(other["action"], "role_added");
    for (alias, action, code) in [
        ("role_added", "agent.create", "action_taken"),
        ("agent.create", "role.create", "action_taken"),
        ("guardrails.deploy", "role.create", "action_taken"),
        ("key.create", "role.create", "action_reserved"),
        ("my_key.create", "key.create", "action_reserved"),
    ] {
        let answer = acme
            .put(
                &tested,
                &format!("{ALIASES}/{alias}"),
                json!({"action": action}),
            )
            .await;
        answer.assert_problem(409, code);
    }
    let nobody = json!({"action": "nobody.knows"});
    acme.put(&tested, &format!("{ALIASES}/x.y"), nobody)
        .await
        .assert_problem(404, "action_not_found");
    acme.set(&tested, json!({"packs_off": ["gale"]})).await;
    let off = acme.recorded(&tested, event.clone()).await;
    assert_eq!(
        off["action"], "role.create",
        "the account's own names stay when the pack goes"
    );
    assert_eq!(off["event"], "Role create");
    acme.set(&tested, json!({"packs_off": []})).await;
    assert_eq!(acme.delete(&tested, &path).await.status, 204);
    acme.delete(&tested, &path)
        .await
        .assert_problem(404, "alias_not_found");
    assert_eq!(acme.recorded(&tested, event).await["action"], "role_added");
}

#[tokio::test]
async fn deprecated_actions_are_accepted_all_the_same() {
    let tested = Tested::new().await;
    let acme = account(&tested, "acme").await;
    let path = format!("{EVENTS}/role.create");
    let event = json!({"action": "role.create", "actor": {"type": "user", "id": "usr_1"}});
    let before = acme.append(&tested, event.clone()).await;
    let post = |end: &str, body: Value| {
        let path = format!("{path}/{end}");
        let acme = &acme;
        let tested = &tested;
        async move { acme.ask(tested, Method::POST, &path, Some(body)).await }
    };
    let done = post(
        "deprecate",
        json!({"note": " Old. ", "replaced_by": "agent.create"}),
    )
    .await;
    assert_eq!(done.status, 200, "{done:?}");
    let state = done.json()["deprecated"].clone();
    assert_eq!(
        (&state["note"], &state["replaced_by"]),
        (&json!("Old."), &json!("agent.create"))
    );
    let again = post("deprecate", json!({})).await.json();
    assert_eq!(again["deprecated"], json!({"since": state["since"]}));
    let after = acme.append(&tested, event).await;
    let bare = |answer: &Answer| {
        let mut json = answer.json();
        json["receipts"][0] = Value::Null;
        json["tree_size"] = Value::Null;
        (answer.status, json)
    };
    assert_eq!(bare(&before), bare(&after));
    for wrong in ["role.create", "nobody.knows", "guardrails.deploy"] {
        let answer = post("deprecate", json!({"replaced_by": wrong})).await;
        answer.assert_problem_at(400, "invalid_body", "/replaced_by");
    }
    let long = post("deprecate", json!({"note": "x".repeat(1_025)})).await;
    long.assert_problem_at(400, "invalid_body", "/note");
    let back = acme
        .ask(&tested, Method::POST, &format!("{path}/restore"), None)
        .await;
    assert_eq!(
        (back.status, &back.json()["state"]),
        (200, &json!("active"))
    );
    for reserved in ["audit_log.view", "key.create"] {
        let path = format!("{EVENTS}/{reserved}/deprecate");
        let answer = acme
            .ask(&tested, Method::POST, &path, Some(json!({})))
            .await;
        answer.assert_problem(409, "action_reserved");
    }
}

#[tokio::test]
async fn a_strict_account_takes_what_is_declared() {
    let tested = Tested::new().await;
    let acme = account(&tested, "acme").await;
    let globex = account(&tested, "globex").await;
    acme.put(&tested, &format!("{EVENTS}/invoice.approve"), declaration())
        .await;
    acme.set(&tested, json!({"catalog_strict": true})).await;
    let unknown = json!({"action": "invoice.aprove"});
    let refused = acme.append(&tested, unknown.clone()).await;
    let problem = refused.assert_problem(422, "event_invalid");
    assert_eq!(problem["errors"][0]["code"], "undeclared_action");
    let message = problem["errors"][0]["message"].as_str().unwrap();
    assert!(message.contains("`invoice.approve`"), "{message}");
    let mut field = approval();
    field["metadata"]["amount_dew"] = json!(1);
    let refused = acme.append(&tested, field.clone()).await;
    let problem = refused.assert_problem(422, "event_invalid");
    assert_eq!(problem["errors"][0]["pointer"], "/metadata/amount_dew");
    assert!(
        problem["errors"][0]["message"]
            .as_str()
            .unwrap()
            .contains("`amount_due`")
    );
    assert_eq!(globex.append(&tested, unknown.clone()).await.status, 201);
    let batch = json!([approval(), unknown, approval(), field]);
    let path = "/v1/accounts/acme/events?partial=true&wait=indexed";
    let partly = tested.post(path, &acme.token, batch).await;
    assert_eq!(partly.status, 200);
    let results = partly.json()["results"].as_array().unwrap().clone();
    let stored: Vec<bool> = results
        .iter()
        .map(|result| result["receipt"].is_object())
        .collect();
    assert_eq!(stored, [true, false, true, false]);
    assert_eq!(results[1]["problem"]["errors"][0]["index"], 1);
    // What Annals records about itself is never refused: this change of settings is one such event.
    acme.set(&tested, json!({"name": "Acme"})).await;
    acme.set(&tested, json!({"catalog_strict": false})).await;
    assert_eq!(
        acme.append(&tested, json!({"action": "any.thing"}))
            .await
            .status,
        201
    );
}

#[tokio::test]
async fn products_do_not_send_what_the_audit_log_records_about_itself() {
    let tested = Tested::new().await;
    let acme = account(&tested, "acme").await;
    for action in ["audit_log.view", "audit_log.later", "AuditLog:View"] {
        let answer = acme.append(&tested, json!({"action": action})).await;
        let problem = answer.assert_problem(422, "event_invalid");
        assert_eq!(problem["errors"][0]["code"], "reserved", "{action}");
        assert_eq!(problem["errors"][0]["pointer"], "/action");
    }
    // Words that products have as well are theirs, and not told as if the audit log spoke about itself.
    for (action, category) in [("key.create", "Key"), ("account.create", "Account")] {
        let answer = acme.append(&tested, json!({"action": action})).await;
        assert_eq!(answer.status, 201, "{action}: {answer:?}");
        let path = format!("/v1/accounts/acme/events?q=action:{action}&range=all_time&limit=1");
        let found = tested.get(&path, &acme.token).await.json();
        assert_eq!(found["events"][0]["category"], category, "{found}");
    }
    let mut batch = vec![approval(); 2];
    batch[0]["action"] = json!("audit_log.key");
    let path = "/v1/accounts/acme/events?partial=true";
    let partly = tested.post(path, &acme.token, json!(batch)).await.json();
    assert!(partly["results"][0]["problem"].is_object());
    assert!(partly["results"][1]["receipt"].is_object());
}

#[tokio::test]
async fn an_own_declaration_and_a_pack_of_the_same_name_do_not_mix() {
    let tested = Tested::new().await;
    let acme = account(&tested, "acme").await;
    let path = format!("{EVENTS}/role.create");
    let event = json!({"action": "role.create", "actor": {"type": "user", "id": "usr_1"}});
    let of_pack = acme.recorded(&tested, event.clone()).await;
    acme.set(&tested, json!({"packs_off": ["gale"]})).await;
    let listed = tested
        .get("/v1/accounts/acme/events?range=all_time", &acme.token)
        .await
        .json();
    let shown = listed["events"].as_array().unwrap();
    let shown = shown.iter().find(|it| it["id"] == of_pack["id"]).unwrap();
    assert_eq!(
        (&shown["verb"], &shown["activity"]),
        (&of_pack["verb"], &of_pack["activity"])
    );
    let mut own = declaration();
    own["fields"] = json!([]);
    let refused = acme.put(&tested, &path, own.clone()).await;
    let problem = refused.assert_problem(409, "evolution_refused");
    assert_eq!(
        problem["errors"][0]["pointer"], "/verb",
        "it was recorded as the pack declares it"
    );
    let pack_fields = {
        acme.set(&tested, json!({"packs_off": []})).await;
        let fields = acme.action(&tested, "role.create").await["fields"].clone();
        acme.set(&tested, json!({"packs_off": ["gale"]})).await;
        fields
    };
    own["verb"] = json!("create");
    own["target_type"] = json!("role");
    own["fields"] = pack_fields;
    let made = acme.put(&tested, &path, own).await;
    assert_eq!(made.status, 201, "{made:?}");
    for packs_off in [json!(["gale"]), json!([])] {
        acme.set(&tested, json!({"packs_off": packs_off})).await;
        let known = acme.action(&tested, "role.create").await;
        assert_eq!(
            (&known["own"], &known["event"]),
            (&json!(true), &json!("Invoice approved"))
        );
        assert_eq!(
            acme.recorded(&tested, event.clone()).await["event"],
            "Invoice approved"
        );
    }
    let again = Tested::on(tested.close().await, 2).await;
    assert_eq!(
        acme.recorded(&again, event).await["event"],
        "Invoice approved"
    );
}

#[tokio::test]
async fn coverage_compares_what_is_declared_with_what_came() {
    let tested = Tested::new().await;
    let acme = account(&tested, "acme").await;
    acme.put(&tested, &format!("{EVENTS}/invoice.approve"), declaration())
        .await;
    acme.put(&tested, &format!("{EVENTS}/invoice.sign"), declaration())
        .await;
    let mut surplus = approval();
    surplus["metadata"]["colour"] = json!("red");
    acme.append(&tested, json!([approval(), surplus])).await;
    acme.append(&tested, json!({"action": "ship.sink"})).await;
    let coverage = acme.coverage(&tested).await;
    assert_eq!(coverage["never_seen"], json!(["invoice.sign"]));
    assert_eq!(
        coverage["packs_never_seen"],
        json!(["gale", "kilo", "live_agent", "generic"])
    );
    let undeclared = coverage["undeclared"].as_array().unwrap();
    assert_eq!(undeclared.len(), 1, "{coverage}");
    assert_eq!(
        (&undeclared[0]["action"], &undeclared[0]["count"]),
        (&json!("ship.sink"), &json!(1))
    );
    assert_eq!(undeclared[0]["first_at"], undeclared[0]["last_at"]);
    assert_eq!(
        coverage["undeclared_fields"],
        json!([{"action": "invoice.approve", "key": "colour", "count": 1}])
    );
    assert_eq!(coverage["silent"], json!([]));
    acme.set(&tested, json!({"packs_off": ["kilo"]})).await;
    let coverage = acme.coverage(&tested).await;
    assert_eq!(
        coverage["packs_never_seen"],
        json!(["gale", "live_agent", "generic"])
    );
}

#[tokio::test]
async fn coverage_names_what_came_regularly_and_has_stopped() {
    let tested = Tested::new().await;
    let acme = account(&tested, "acme").await;
    let started = server::Clock::now_ms(&*tested.clock);
    let hourly: Vec<Value> = (0..48)
        .map(|hour| {
            let at = event::Timestamp::from_ms(started + hour * 3_600_000);
            json!({"action": "backup.run", "occurred_at": at.to_string()})
        })
        .collect();
    tested.clock.advance_ms(48 * 3_600_000);
    acme.append(&tested, json!(hourly)).await;
    assert_eq!(acme.coverage(&tested).await["silent"], json!([]));
    tested.clock.advance_ms(24 * 3_600_000);
    let silent = acme.coverage(&tested).await["silent"].clone();
    let last = event::Timestamp::from_ms(started + 47 * 3_600_000).to_string();
    assert_eq!(
        silent,
        json!([{"action": "backup.run", "last_at": last, "usual_gap_s": 3_600}])
    );
}
