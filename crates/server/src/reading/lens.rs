//! What one reader gets of the events of an account: hidden parts are taken out before anything is made from an event.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use api::ProblemItem;
use data_encoding::HEXLOWER;
use event::{Catalogue, Change, Event, Facet, Facets};
use index::{Column, FirstSeen, QueryPart};
use serde_json::{Map, Value, json};

use super::{Checked, ReadingError, render};
use crate::app::App;
use crate::auth::Sight;
use crate::auth::permit::AccountPermit;

/// What a reader sees of each event, and by which catalogue it is told.
///
/// A hidden facet is taken out of an event before the event is read, so that no sentence is made from it; its hash
/// `c_j` stands under `hidden` instead, and with it the commitment can still be computed (`integrity.md` 2.3).
/// A facet that an event does not have hides nothing and is not named there.
///
/// A *sensitive* key is one that some declaration of the account calls so.
/// Who may not read sensitive fields gets the metadata without it, whatever the action; and changes without both values
/// where a segment of the path, or a member anywhere inside of a value, has the name of the key: the same value travels
/// as `metadata.salary` and as the change of `/salary`. The path stays, as that there is such a field is no secret.
/// The hash of the facet then stands under `hidden`, because what is left of it proves nothing.
/// Free data of actors and targets, and what the sender wrote into a sentence, is not looked into: it belongs to the
/// facets *names* and *text*, which can be hidden.
#[derive(Clone, Debug)]
pub(crate) struct Lens {
    hide: BTreeSet<Facet>,
    /// The keys that are withheld.
    withheld: BTreeSet<String>,
    catalogue: Arc<Catalogue>,
    origin: String,
}

impl Lens {
    /// What the bearer of a permit sees now.
    pub(crate) fn of<D>(app: &App, permit: &AccountPermit<D>) -> Self {
        let account = permit.account();
        let origin = app.origin(&account.id);
        Self::new(&permit.sight(), app.catalogue_of(account), origin)
    }

    /// What is seen of the events of a log by who has this sight; the catalogue is that of the account.
    pub(crate) fn new(sight: &Sight, catalogue: Arc<Catalogue>, origin: String) -> Self {
        let withheld = if sight.sensitive {
            BTreeSet::new()
        } else {
            catalogue.sensitive_keys().clone()
        };
        Self {
            hide: sight.hide.iter().map(|hidden| hidden.facet()).collect(),
            withheld,
            catalogue,
            origin,
        }
    }

    /// The catalogue of the account.
    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Whether a facet is seen.
    pub(crate) fn sees(&self, facet: Facet) -> bool {
        !self.hide.contains(&facet)
    }

    /// Whether a part of a question looks only at what is seen.
    ///
    /// Where any key is withheld, sentences and free text are not to be asked about: they are made from all keys.
    pub(crate) fn sees_part(&self, part: QueryPart<'_>) -> bool {
        let sees_keys = match part {
            QueryPart::Column(Column::Metadata(key)) => !self.withheld.contains(key),
            QueryPart::Column(Column::Description) | QueryPart::Text => self.withheld.is_empty(),
            QueryPart::Column(_) | QueryPart::Resource => true,
        };
        sees_keys && part.draws_from().iter().all(|facet| self.sees(*facet))
    }

    /// The names of what is not to be asked about, keys of metadata that are withheld included.
    pub(crate) fn hidden_columns(&self) -> Vec<String> {
        let any_key = Column::Metadata(String::new());
        let columns: Vec<Column> = Column::named().collect();
        let named = columns.iter().map(QueryPart::Column);
        let parts = named.chain([QueryPart::Text, QueryPart::Resource]);
        let hidden = parts.filter(|part| !self.sees_part(*part));
        let mut names: Vec<String> = hidden.map(|part| part.name()).collect();
        if self.sees_part(QueryPart::Column(&any_key)) {
            names.extend(self.withheld.iter().map(|key| format!("metadata.{key}")));
        } else {
            names.push("metadata.*".to_owned());
        }
        names
    }

    /// The parts that are not to be asked about, each with its place in the request.
    pub(crate) fn hidden_among<'a>(
        &self,
        parts: impl IntoIterator<Item = (String, QueryPart<'a>)>,
    ) -> Vec<ProblemItem> {
        let hidden = |(pointer, part): (String, QueryPart<'_>)| {
            (!self.sees_part(part)).then(|| ProblemItem {
                index: None,
                pointer,
                code: api::ErrorCode::ColumnHidden.as_str().to_owned(),
                message: format!("the column `{}` is hidden from you", part.name()),
            })
        };
        parts.into_iter().filter_map(hidden).collect()
    }

    /// The event as the API answers it to this reader.
    pub(crate) fn show(
        &self,
        checked: &Checked,
        first_seen: FirstSeen,
    ) -> Result<Map<String, Value>, ReadingError> {
        let index = checked.stored.index;
        let schema = |source| ReadingError::Schema(index, source);
        let mut taken = BTreeSet::new();
        let mut event = if self.hide.is_empty() {
            Event::from_facets(&checked.facets)
        } else {
            let has = |facet: &Facet| checked.facets.get(*facet).is_some();
            taken.extend(self.hide.iter().copied().filter(has));
            Event::from_facets(&without(&checked.facets, &taken))
        }
        .map_err(schema)?;
        self.withhold(&mut event, &mut taken);
        let mut shown = render::render(
            &checked.stored,
            &event,
            self.first_seen(first_seen),
            &self.catalogue,
            &self.origin,
        );
        if !taken.is_empty() {
            shown.insert("hidden".to_owned(), json!(hashes(checked, &taken)));
        }
        Ok(shown)
    }

    /// Takes out what only readers of sensitive fields see, and notes the facets that are not whole any more.
    fn withhold(&self, event: &mut Event, taken: &mut BTreeSet<Facet>) {
        if self.withheld.is_empty() {
            return;
        }
        let keys = event.metadata.len();
        event.metadata.retain(|key, _| !self.withheld.contains(key));
        if event.metadata.len() < keys {
            taken.insert(Facet::Metadata);
        }
        for change in &mut event.changes {
            if is_named(change, &self.withheld) {
                (change.old, change.new) = (None, None);
                taken.insert(Facet::Changes);
            }
        }
    }

    /// The flags that tell nothing of a hidden facet.
    fn first_seen(&self, flags: FirstSeen) -> FirstSeen {
        let actor = self.sees(Facet::Actor);
        FirstSeen {
            action: flags.action && actor,
            network: flags.network && actor && self.sees(Facet::Context),
        }
    }
}

fn without(facets: &Facets, taken: &BTreeSet<Facet>) -> Facets {
    let taken = taken.iter().copied();
    taken.fold(facets.clone(), Facets::without)
}

/// The hash of each of some facets, as the commitment has it.
fn hashes(checked: &Checked, facets: &BTreeSet<Facet>) -> BTreeMap<&'static str, String> {
    let all = event::facet_hashes(&checked.facets, &checked.seed);
    let numbered = Facet::ALL.into_iter().zip(all);
    numbered
        .filter(|(facet, _)| facets.contains(facet))
        .map(|(facet, hash)| (facet.as_str(), HEXLOWER.encode(&hash)))
        .collect()
}

/// Whether the path of a change, or a member inside of its values, has one of these names.
pub(super) fn is_named(change: &Change, names: &BTreeSet<String>) -> bool {
    // The segments of a JSON Pointer (RFC 6901 3).
    let mut segments = change.path.split('/').skip(1);
    let in_path = segments.any(|segment| {
        let name = segment.replace("~1", "/").replace("~0", "~");
        names.contains(&name)
    });
    let values = change.old.iter().chain(&change.new);
    in_path || values.into_iter().any(|value| has_member(value, names))
}

fn has_member(value: &Value, names: &BTreeSet<String>) -> bool {
    let mut left = vec![value];
    while let Some(value) = left.pop() {
        match value {
            Value::Array(elements) => left.extend(elements),
            Value::Object(members) => {
                if members.keys().any(|name| names.contains(name)) {
                    return true;
                }
                left.extend(members.values());
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    false
}
