//! The packs against what the products they come from have written down.

use serde::Deserialize;

use super::super::*;

/// One row of the printed table of account-level audit logs.
#[derive(Deserialize)]
struct Printed {
    category: String,
    event: String,
    description: String,
    metadata: Vec<String>,
}

/// The label as printed, with the space before a parenthesis and without the full stop that the print set by mistake.
fn label(printed: &str) -> String {
    printed
        .replace('(', " (")
        .replace("  (", " (")
        .trim_end_matches('.')
        .to_owned()
}

#[test]
fn the_gale_pack_is_the_printed_table() {
    let printed: Vec<Printed> =
        serde_json::from_str(include_str!("../../../tests/vectors/gale_table.json")).unwrap();
    let pack = Pack::all()
        .iter()
        .find(|pack| pack.id == PackId::Gale)
        .unwrap();
    assert_eq!(pack.events.len(), 25);
    assert_eq!(printed.len(), 25);
    for (row, declared) in printed.iter().zip(&pack.events) {
        assert_eq!(declared.category, row.category);
        assert_eq!(declared.event, label(&row.event));
        assert_eq!(declared.description, row.description);
        let labels: Vec<_> = declared
            .fields
            .iter()
            .map(|field| field.label.clone())
            .collect();
        let printed: Vec<_> = row.metadata.iter().map(|text| label(text)).collect();
        assert_eq!(labels, printed, "{}", declared.action);
    }
    let categories: std::collections::BTreeSet<_> =
        pack.events.iter().map(|event| &event.category).collect();
    assert_eq!(categories.len(), 9);
}

#[test]
fn every_gale_event_says_who_and_from_where() {
    for event in &Pack::all()[0].events {
        let place = |label: &str| {
            event
                .fields
                .iter()
                .find(|field| field.label == label)
                .map(|field| field.place)
        };
        assert_eq!(place("User ID"), Some(FieldPlace::ActorId));
        assert_eq!(place("IP Address"), Some(FieldPlace::ContextIp));
        for field in event.metadata_fields() {
            assert_eq!(field.key, field_key(&field.label));
        }
    }
}

#[test]
fn a_deployed_model_has_sixteen_fields() {
    let catalogue = Catalogue::all();
    let fields = &catalogue.get("model.deploy").unwrap().fields;
    let keys: Vec<_> = fields.iter().map(|field| field.key.as_str()).collect();
    let expected = "user_id ip_address model_id model_name model_type hardware_type temperature max_length top_p top_k \
                    stop_sequence inference_batch_size min_replicas max_replicas scale_up_delay scale_down_delay";
    assert_eq!(keys, expected.split_whitespace().collect::<Vec<_>>());
    assert_eq!(keys.len(), 16);
    let fine_tuning = catalogue.get("model.finetune_start").unwrap();
    for key in ["no_of_epochs", "weights_and_biases", "hardware_type"] {
        assert!(fine_tuning.metadata_field(key).is_some(), "{key}");
    }
    assert!(
        catalogue
            .get("dataset.upload")
            .unwrap()
            .metadata_field("file_type_extension")
            .is_some()
    );
}

#[test]
fn the_kilo_pack_has_the_labels_of_its_menu() {
    let menu = [
        ("organization.user.login", "user login"),
        ("organization.user.logout", "user logout"),
        ("organization.user.send_invite", "user invite"),
        ("organization.user.accept_invite", "accept invite"),
        ("organization.user.revoke_invite", "revoke invite"),
        ("organization.settings.change", "settings change"),
        ("organization.purchase_credits", "purchase credits"),
        ("organization.member.remove", "member remove"),
        ("organization.member.change_role", "member change role"),
        ("organization.sso.set_domain", "sso set domain"),
        ("organization.sso.remove_domain", "sso remove domain"),
    ];
    let catalogue = Catalogue::all();
    for (action, label) in menu {
        assert_eq!(catalogue.get(action).unwrap().event, label);
    }
    let unlisted = "promo_credit_granted sso.auto_provision mode.create mode.update mode.delete created token.generate \
                    settings.auto_change member.admin_add member.auto_join";
    for rest in unlisted.split_whitespace() {
        assert_eq!(
            catalogue.get(&format!("organization.{rest}")).unwrap().pack,
            Some(PackId::Kilo)
        );
    }
    assert_eq!(
        Pack::all()[1].events.len(),
        menu.len() + unlisted.split_whitespace().count()
    );
}

#[test]
fn the_live_agent_pack_names_the_inbox_of_every_change() {
    let catalogue = Catalogue::all();
    for kind in [
        "assist_bot",
        "automation_rule",
        "inbox",
        "inbox_collaborator",
        "inbox_webhook",
        "team",
    ] {
        for verb in [Verb::Create, Verb::Update, Verb::Delete] {
            let declared = catalogue.get(&format!("{kind}.{verb}")).unwrap();
            assert_eq!(
                (declared.pack, declared.verb),
                (Some(PackId::LiveAgent), verb)
            );
            assert_eq!(declared.target_type.as_deref(), Some(kind));
            assert!(kind == "inbox" || declared.further_targets == ["inbox"]);
        }
    }
}

#[test]
fn the_generic_pack_covers_its_five_classes() {
    for event in &Pack::all()[3].events {
        let class = event.action.split('.').next().unwrap();
        assert!(
            ["auth", "data", "access", "setting", "system"].contains(&class),
            "{}",
            event.action
        );
        assert_eq!(event.category == "System", class == "system");
    }
    let catalogue = Catalogue::all();
    assert_eq!(catalogue.category_label("system.error", None), "System");
    assert_eq!(catalogue.verb("data.read"), Verb::Read);
}
