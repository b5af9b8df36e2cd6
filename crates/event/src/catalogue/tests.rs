mod activity;
mod declare;
mod evolution;
mod own;
mod seeds;
mod sentence;

use super::*;

#[test]
fn every_pack_is_read() {
    let read: Vec<_> = Pack::all()
        .iter()
        .map(|pack| (pack.id, pack.events.len()))
        .collect();
    let expected = [
        (PackId::Gale, 25),
        (PackId::Kilo, 21),
        (PackId::LiveAgent, 18),
        (PackId::Generic, 27),
    ];
    // The last pack grows with what Annals can do; the others are as their sources are printed.
    let (own, printed) = read.split_last().unwrap();
    assert_eq!(printed, expected);
    assert_eq!(own.0, PackId::AuditLog);
    assert!(own.1 > 50, "{own:?}");
}

#[test]
fn packs_share_no_action_and_no_alias() {
    let mut seen = BTreeMap::new();
    for pack in Pack::all() {
        for event in &pack.events {
            for name in std::iter::once(&event.action).chain(&event.aliases) {
                assert_eq!(seen.insert(name, pack.id), None, "{name} is declared twice");
            }
        }
    }
}

#[test]
fn packs_agree_about_types() {
    let mut seen: BTreeMap<&str, &ResourceType> = BTreeMap::new();
    for kind in Pack::all().iter().flat_map(|pack| &pack.types) {
        assert_eq!(
            *seen.entry(&kind.kind).or_insert(kind),
            kind,
            "{} has two sets of names",
            kind.kind
        );
    }
    for declared in Catalogue::all().declarations() {
        for kind in declared.target_type.iter().chain(&declared.further_targets) {
            assert!(
                seen.contains_key(kind.as_str()),
                "{}: nothing names the type {kind}",
                declared.action
            );
        }
    }
}

#[test]
fn a_pack_turned_off_takes_only_its_own_declarations() {
    let all = Catalogue::all();
    for off in PackId::SWITCHABLE {
        let on: Vec<_> = PackId::SWITCHABLE
            .into_iter()
            .filter(|pack| *pack != off)
            .collect();
        let without = Catalogue::with_packs(&on);
        for declared in all.declarations() {
            let left = without.get(&declared.action);
            assert_eq!(
                left.is_none(),
                declared.pack == Some(off),
                "{} without {off}",
                declared.action
            );
            assert!(left.is_none_or(|left| left == declared));
        }
        assert!(without.resource_types().eq(all.resource_types()));
    }
}

#[test]
fn the_own_pack_stays_on() {
    let catalogue = Catalogue::with_packs(&[]);
    assert_eq!(catalogue.category_label("access.denied", None), "Audit log");
    assert_eq!(
        catalogue.category_label("audit_log.view", Some("Sent")),
        "Audit log"
    );
    assert_eq!(catalogue.category_label("role.create", None), "Role");
}

#[test]
fn labels_are_declared_else_sent_else_derived() {
    let catalogue = Catalogue::all();
    let check = |action, sent, event: &str, category: &str| {
        assert_eq!(catalogue.event_label(action, sent), event);
        assert_eq!(catalogue.category_label(action, sent), category);
    };
    check("role.create", Some("Sent"), "Role created", "Roles");
    check(
        "organization.user.send_invite",
        None,
        "user invite",
        "Organization",
    );
    check("invoice.line_item.approve", Some("Sent"), "Sent", "Sent");
    check(
        "invoice.line_item.approve",
        None,
        "Invoice line item approve",
        "Invoice",
    );
    assert_eq!(derived_event("role.create"), "Role create");
    assert_eq!(derived_category("role.create"), "Role");
    assert_eq!(derived_category("model_api_key.create"), "Model api key");
}

#[test]
fn an_undeployed_target_still_exists() {
    assert!(Verb::Delete.ends_target("agent.delete"));
    assert!(!Verb::Delete.ends_target("model.undeploy"));
    assert!(!Verb::Update.ends_target("agent.delete"));
}

#[test]
fn verbs_are_told_from_the_last_word() {
    let check = |action, verb| assert_eq!(Verb::of_action(action), verb, "{action}");
    check("role.create", Verb::Create);
    check("model.finetune_start", Verb::Create);
    check("access.grant", Verb::Create);
    check("member_rename", Verb::Update);
    check("password.reset", Verb::Update);
    check("model.undeploy", Verb::Delete);
    check("cache.purge", Verb::Delete);
    check("report.download", Verb::Read);
    check("events.search", Verb::Read);
    check("user.login", Verb::Other);
    check("created", Verb::Other);
    check("recreate", Verb::Other);
    check("", Verb::Other);
    for verb in Verb::ALL {
        assert_eq!(Verb::from_name(verb.as_str()), Some(verb));
    }
    assert_eq!(Verb::from_name("Create"), None);
}

#[test]
fn only_taking_back_an_invitation_contradicts_its_last_word() {
    let catalogue = Catalogue::all();
    let contradicts = |declared: &&Declared| {
        let told = Verb::of_action(&declared.action);
        told != Verb::Other && told != declared.verb
    };
    let found: Vec<_> = catalogue
        .declarations()
        .filter(contradicts)
        .map(|declared| &declared.action)
        .collect();
    assert_eq!(found, ["organization.user.revoke_invite"]);
}

#[test]
fn aliases_mean_the_action_they_stand_for() {
    let catalogue = Catalogue::all();
    assert_eq!(
        catalogue.canonical("ai_copilot_bot.create"),
        "assist_bot.create"
    );
    assert_eq!(
        catalogue.get("guardrails.deploy"),
        catalogue.get("guardrail.deploy")
    );
    assert_eq!(catalogue.canonical("role.create"), "role.create");
    assert_eq!(catalogue.canonical("nobody.knows"), "nobody.knows");
}

#[test]
fn the_nearest_action_is_found() {
    let catalogue = Catalogue::all();
    let check = |text, expected| assert_eq!(catalogue.nearest(text), expected, "{text}");
    check("Login!", Some("user.login"));
    check("role.craete", Some("role.create"));
    check("role/created", Some("role.create"));
    check("Role Created", Some("role.create"));
    check("agents.create", Some("agent.create"));
    check(
        "organisation.settings.change",
        Some("organization.settings.change"),
    );
    check("acess.denied", Some("access.denied"));
    check("quantum.entangle", None);
    check("", None);
    check("!!!", None);
    check(&"x".repeat(100_000), None);
    assert_eq!(
        catalogue.nearest_field("model.deploy", "top-p"),
        Some("top_p")
    );
    assert_eq!(
        catalogue.nearest_field("model.deploy", "max_replica"),
        Some("max_replicas")
    );
    assert_eq!(catalogue.nearest_field("model.deploy", "shoe_size"), None);
    assert_eq!(catalogue.nearest_field("nobody.knows", "top_p"), None);
}

#[test]
fn types_without_names_get_derived_ones() {
    let catalogue = Catalogue::all();
    let check = |kind: &str, plural: &str, with_article: &str| {
        let named = catalogue.resource_type(kind);
        assert_eq!(
            (named.plural.as_str(), named.with_article().as_str()),
            (plural, with_article)
        );
    };
    check("agent", "Agents", "an agent");
    check("automation_rule", "Automation Rules", "an automation rule");
    check("inbox", "Inboxes", "an inbox");
    check("user", "Users", "a user");
    check("price_list", "Price lists", "a price list");
    check("policy", "Policies", "a policy");
    check("survey", "Surveys", "a survey");
    check("branch", "Branches", "a branch");
}
