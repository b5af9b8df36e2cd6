//! `GET /v1/accounts/{account}/catalog`.

use std::sync::Arc;

use api::catalog::{Catalog, CatalogEvent, CatalogField, CatalogPack, CatalogResourceType};
use axum::{Json, extract::State};
use event::{
    PackId,
    catalogue::{Declared, Field, FieldKind, FieldPlace},
};

use crate::{app::App, auth::permit::CanSee};

/// Reads what the events of an account mean: packs, kinds of resources, and the actions that are declared.
#[utoipa::path(get, path = api::path::CATALOG, operation_id = "catalog.read", tag = "settings",
    params(("account" = String, Path, description = "The id of the account.")),
    responses((status = 200, description = "The catalogue.", body = Catalog)))]
pub(crate) async fn read(State(app): State<Arc<App>>, permit: CanSee) -> Json<Catalog> {
    let packs_off = &permit.account().settings.packs_off;
    let catalogue = app.catalogue_of(permit.account());
    let pack = |pack: PackId| CatalogPack {
        id: pack.as_str().to_owned(),
        title: title(pack).to_owned(),
        on: !packs_off.contains(&pack),
    };
    let types = catalogue.resource_types().map(|kind| CatalogResourceType {
        kind: kind.kind.clone(),
        singular: kind.noun.clone(),
        plural: kind.plural.clone(),
    });
    Json(Catalog {
        packs: PackId::ALL.into_iter().map(pack).collect(),
        resource_types: types.collect(),
        events: catalogue.declarations().map(declared).collect(),
    })
}

fn declared(declared: &Declared) -> CatalogEvent {
    let targets = declared.target_type.iter().chain(&declared.further_targets);
    CatalogEvent {
        action: declared.action.clone(),
        event: declared.event.clone(),
        category: declared.category.clone(),
        description: declared.description.clone(),
        verb: declared.verb.as_str().to_owned(),
        pack: declared.pack.map_or("", PackId::as_str).to_owned(),
        aliases: declared.aliases.clone(),
        fields: declared.fields.iter().map(field).collect(),
        targets: targets.cloned().collect(),
    }
}

fn field(field: &Field) -> CatalogField {
    CatalogField {
        key: field.key.clone(),
        place: match field.place {
            FieldPlace::Metadata => "metadata",
            FieldPlace::ActorId => "actor.id",
            FieldPlace::ContextIp => "context.ip",
        }
        .to_owned(),
        label: field.label.clone(),
        kind: match field.kind {
            FieldKind::Text => "text",
            FieldKind::Id => "id",
            FieldKind::Number => "number",
            FieldKind::Boolean => "boolean",
            FieldKind::List => "list",
            FieldKind::Email => "email",
            FieldKind::Address => "address",
        }
        .to_owned(),
    }
}

/// The name of a pack for people.
fn title(pack: PackId) -> &'static str {
    match pack {
        PackId::Gale => "GALE",
        PackId::Kilo => "Kilo",
        PackId::LiveAgent => "LiveAgent",
        PackId::Generic => "Generic",
        PackId::AuditLog => "Audit log",
    }
}
