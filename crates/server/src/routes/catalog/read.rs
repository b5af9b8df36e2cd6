//! `GET /v1/accounts/{account}/catalog`.

use std::sync::Arc;

use api::catalog::{Catalog, CatalogEvent, CatalogPack, CatalogResourceType};
use axum::{Json, extract::State};
use event::{
    Catalogue, PackId,
    catalogue::{Declared, Sentence},
};

use crate::{
    admin::{described_deprecation, described_field},
    app::App,
    auth::permit::CanSee,
};

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
    let versions = app.control.decisions.versions_of(&permit.account().id);
    let declared = |declared: &Declared| {
        let version = versions.get(&declared.action).copied().unwrap_or(0);
        described(declared, &catalogue, version)
    };
    Json(Catalog {
        packs: PackId::ALL.into_iter().map(pack).collect(),
        resource_types: types.collect(),
        events: catalogue.declarations().map(declared).collect(),
        strict: permit.account().settings.catalog_strict,
    })
}

/// A declared action as the API answers it.
pub(super) fn described(declared: &Declared, catalogue: &Catalogue, version: u64) -> CatalogEvent {
    let targets = declared.target_type.iter().chain(&declared.further_targets);
    let deprecated = catalogue.deprecation(&declared.action);
    let text = |sentence: &Option<Sentence>| {
        let sentence = sentence.as_ref()?;
        Some(sentence.as_str().to_owned())
    };
    CatalogEvent {
        action: declared.action.clone(),
        event: declared.event.clone(),
        category: declared.category.clone(),
        description: declared.description.clone(),
        verb: declared.verb.as_str().to_owned(),
        pack: declared.pack.map(|pack| pack.as_str().to_owned()),
        own: declared.pack.is_none(),
        version,
        state: deprecated.map_or("active", |_| "deprecated").to_owned(),
        deprecated: deprecated.map(described_deprecation),
        aliases: declared.aliases.clone(),
        target_type: declared.target_type.clone(),
        further_targets: declared.further_targets.clone(),
        sentence: text(&declared.sentence),
        unsuccessful: text(&declared.unsuccessful),
        fields: declared.fields.iter().map(described_field).collect(),
        targets: targets.cloned().collect(),
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
