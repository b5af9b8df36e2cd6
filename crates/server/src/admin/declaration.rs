//! Declarations of the catalogue between the wire, the control data and the self-audit.

use std::collections::BTreeMap;

use api::catalog::{CatalogDeclaration, CatalogDeprecated, CatalogField, CatalogFieldDeclaration};
use event::{
    Timestamp, Verb,
    catalogue::{
        Declared, Deprecated, Field, FieldKind, FieldPlace, OwnAction, Sentence, field_key,
    },
};
use serde_json::{Map, Value, json};

use super::{AdminError, catalogue::CatalogueRefusal};

/// Reads a declaration of `action`; its further names are left out, they stand beside it.
pub(crate) fn declared(
    action: &str,
    sent: &CatalogDeclaration,
) -> Result<Declared, CatalogueRefusal> {
    let verb = Verb::from_name(&sent.verb).ok_or_else(|| {
        invalid(
            "/verb",
            "expected `create`, `update`, `delete`, `read` or `other`",
        )
    })?;
    let fields = sent.fields.iter().enumerate().map(field);
    Ok(Declared {
        action: action.to_owned(),
        pack: None,
        event: sent.event.clone(),
        category: sent.category.clone(),
        description: sent.description.clone(),
        verb,
        target_type: sent.target_type.clone(),
        further_targets: sent.further_targets.clone(),
        fields: fields.collect::<Result<_, _>>()?,
        aliases: Vec::new(),
        sentence: sentence("/sentence", sent.sentence.as_deref())?,
        unsuccessful: sentence("/unsuccessful", sent.unsuccessful.as_deref())?,
    })
}

fn field((place, sent): (usize, &CatalogFieldDeclaration)) -> Result<Field, CatalogueRefusal> {
    let kind = sent.kind.as_deref().map_or(Some(FieldKind::Text), named);
    let kind = kind.ok_or_else(|| {
        invalid(
            &format!("/fields/{place}/type"),
            "expected `text`, `id`, `number`, `boolean`, `list`, `email` or `address`",
        )
    })?;
    let stands = sent
        .place
        .as_deref()
        .map_or(Some(FieldPlace::Metadata), named);
    let stands = stands.ok_or_else(|| {
        invalid(
            &format!("/fields/{place}/place"),
            "expected `metadata`, `actor.id` or `context.ip`",
        )
    })?;
    Ok(Field {
        key: sent.key.clone().unwrap_or_else(|| field_key(&sent.label)),
        label: sent.label.clone(),
        kind,
        place: stands,
        sensitive: sent.sensitive.unwrap_or_default(),
    })
}

/// The variant that is written like this.
fn named<T: serde::de::DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(json!(name)).ok()
}

/// How a variant is written.
fn name_of(variant: impl serde::Serialize) -> String {
    match json!(variant) {
        Value::String(name) => name,
        _ => String::new(),
    }
}

fn sentence(pointer: &str, text: Option<&str>) -> Result<Option<Sentence>, CatalogueRefusal> {
    let read = text.map(Sentence::parse).transpose();
    read.map_err(|error| invalid(pointer, &error.to_string()))
}

pub(super) fn invalid(pointer: &str, message: &str) -> CatalogueRefusal {
    CatalogueRefusal::Invalid {
        pointer: pointer.to_owned(),
        message: message.to_owned(),
    }
}

impl From<CatalogueRefusal> for AdminError {
    fn from(refusal: CatalogueRefusal) -> Self {
        Self::Catalogue(refusal)
    }
}

/// A field as the API answers it.
pub(crate) fn described_field(field: &Field) -> CatalogField {
    CatalogField {
        key: field.key.clone(),
        place: name_of(field.place),
        label: field.label.clone(),
        kind: name_of(field.kind),
        sensitive: field.sensitive,
    }
}

/// A deprecation as the API answers it.
pub(crate) fn described_deprecation(deprecated: &Deprecated) -> CatalogDeprecated {
    CatalogDeprecated {
        since: Timestamp::from_ms(deprecated.since_ms).to_string(),
        note: deprecated.note.clone(),
        replaced_by: deprecated.replaced_by.clone(),
    }
}

/// A declaration as it could be sent again.
pub(crate) fn described_declaration(own: &OwnAction) -> Option<CatalogDeclaration> {
    let declared = own.declared.as_ref()?;
    let text = |sentence: &Option<Sentence>| {
        let sentence = sentence.as_ref()?;
        Some(sentence.as_str().to_owned())
    };
    let fields = declared.fields.iter().map(described_field);
    Some(CatalogDeclaration {
        event: declared.event.clone(),
        category: declared.category.clone(),
        description: declared.description.clone(),
        verb: declared.verb.as_str().to_owned(),
        target_type: declared.target_type.clone(),
        further_targets: declared.further_targets.clone(),
        fields: fields
            .map(|field| CatalogFieldDeclaration {
                key: Some(field.key),
                label: field.label,
                kind: Some(field.kind),
                place: Some(field.place),
                sensitive: Some(field.sensitive),
            })
            .collect(),
        aliases: Some(own.aliases.clone()),
        sentence: text(&declared.sentence),
        unsuccessful: text(&declared.unsuccessful),
        version: None,
    })
}

/// What differs between two states of an action, as the changes of an event: fields and other names one by one, so that
/// a change of one does not repeat all of them.
pub(super) fn differences(before: &OwnAction, after: &OwnAction) -> Vec<Value> {
    let (old, new) = (told(before), told(after));
    let mut paths: Vec<&String> = old.keys().chain(new.keys()).collect();
    paths.sort_unstable();
    paths.dedup();
    paths
        .into_iter()
        .map(|path| (path, old.get(path), new.get(path)))
        .filter(|(_, old, new)| old != new)
        .map(|(path, old, new)| {
            let mut change = Map::new();
            change.insert("path".to_owned(), json!(path));
            change.extend(old.map(|old| ("old".to_owned(), old.clone())));
            change.extend(new.map(|new| ("new".to_owned(), new.clone())));
            Value::Object(change)
        })
        .collect()
}

/// What is decided about an action, by the path under which a change of it is told.
fn told(own: &OwnAction) -> BTreeMap<String, Value> {
    let mut told = BTreeMap::new();
    for alias in &own.aliases {
        told.insert(format!("/aliases/{alias}"), json!(true));
    }
    if let Some(deprecated) = &own.deprecated {
        told.insert(
            "/deprecated".to_owned(),
            json!(described_deprecation(deprecated)),
        );
    }
    let Some(declared) = &own.declared else {
        return told;
    };
    for (place, field) in declared.fields.iter().enumerate() {
        let key = field.key.replace('~', "~0").replace('/', "~1");
        let mut field = json!(described_field(field));
        if let Some(members) = field.as_object_mut() {
            members.remove("key");
            members.insert("order".to_owned(), json!(place));
        }
        told.insert(format!("/fields/{key}"), field);
    }
    let Ok(Value::Object(members)) = serde_json::to_value(declared) else {
        return told;
    };
    let apart = ["action", "fields", "aliases"];
    let members = members
        .into_iter()
        .filter(|(name, _)| !apart.contains(&name.as_str()));
    told.extend(members.map(|(name, value)| (format!("/{name}"), value)));
    told
}
