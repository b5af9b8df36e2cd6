//! What an event says: changes, metadata and description.

use serde_json::{Map, Value, json};

use super::super::change::{Course, courses};
use super::super::people::PEOPLE;
use super::super::roster::{Entry, Place};
use super::super::spec::{Before, Fill, Kind};
use super::super::story::By;
use super::{Scene, Stage};

impl Stage {
    /// Adds changes, metadata and description to the event.
    pub(super) fn fill_in(&mut self, scene: &Scene, event: &mut Map<String, Value>) {
        // A refused or failed attempt has changed nothing.
        let changes = if scene.failure.is_none() {
            self.changes(scene)
        } else {
            Vec::new()
        };
        let mut metadata = Map::new();
        for (key, fill) in scene.spec.fields.iter().copied().flatten() {
            let fact = self.fact(scene, *fill, &changes);
            metadata.insert((*key).to_owned(), fact);
        }
        metadata.extend(
            scene
                .cue
                .facts
                .iter()
                .map(|(key, value)| ((*key).to_owned(), value.clone())),
        );
        if let Some(description) = self.description(scene, &metadata) {
            event.insert("description".into(), description.into());
        }
        if !changes.is_empty() {
            event.insert("changes".into(), changes.into());
        }
        if !metadata.is_empty() {
            event.insert("metadata".into(), metadata.into());
        }
    }

    fn changes(&mut self, scene: &Scene) -> Vec<Value> {
        let Some((place, entry)) = scene
            .targets
            .first()
            .and_then(|place| Some((*place, self.roster.get(*place)?)))
        else {
            return Vec::new();
        };
        let courses = courses(entry.kind, &entry.id);
        match scene.spec.before {
            Before::Silent => Vec::new(),
            Before::Edited => {
                let first = self.random.pick(courses).map(|course| course.0);
                let second = self
                    .random
                    .pick(courses)
                    .map(|course| course.0)
                    .filter(|_| self.random.in_thousand(300));
                let edited = |course: &&Course| Some(course.0) == first || Some(course.0) == second;
                courses
                    .iter()
                    .filter(edited)
                    .filter_map(|course| self.turn(place, course))
                    .collect()
            }
            Before::EditedAt(path) => courses
                .iter()
                .filter(|course| course.0 == path)
                .filter_map(|course| self.turn(place, course))
                .collect(),
            Before::Fresh => {
                let begun = courses
                    .iter()
                    .filter_map(|(path, values)| Some((path, values.first()?)));
                begun
                    .map(|(path, value)| json!({"path": path, "new": value.to_json()}))
                    .collect()
            }
            Before::Gone => {
                let held = courses.iter().filter_map(|(path, values)| {
                    let turn = self.turns.get(&(place, *path)).copied().unwrap_or(0);
                    Some((path, values.get(turn % values.len())?))
                });
                held.map(|(path, value)| json!({"path": path, "old": value.to_json()}))
                    .collect()
            }
            Before::OtherRole => self.other_role(scene).into_iter().collect(),
            Before::OtherName => {
                let at_ms = scene.cue.at_ms;
                vec![
                    json!({"path": "/name", "old": entry.name(at_ms - 1), "new": entry.name(at_ms)}),
                ]
            }
        }
    }

    /// The next value of one member, with the one it had.
    fn turn(&mut self, place: Place, (path, values): &Course) -> Option<Value> {
        let turn = self.turns.entry((place, path)).or_insert(0);
        let old = values.get(*turn % values.len())?;
        *turn += 1;
        let new = values.get(*turn % values.len())?;
        Some(json!({"path": path, "old": old.to_json(), "new": new.to_json()}))
    }

    fn other_role(&mut self, scene: &Scene) -> Option<Value> {
        let at_ms = scene.cue.at_ms;
        let new = self.of_kind(scene, Kind::Role)?.name(at_ms).to_owned();
        let (_, old) = self.roster.entries().find(|(_, entry)| {
            entry.kind == Kind::Role && entry.exists(at_ms) && entry.name(at_ms) != new
        })?;
        Some(json!({"path": "/role", "old": old.name(at_ms), "new": new}))
    }

    /// The target of this kind.
    fn of_kind(&self, scene: &Scene, kind: Kind) -> Option<&Entry> {
        scene
            .targets
            .iter()
            .filter_map(|place| self.roster.get(*place))
            .find(|entry| entry.kind == kind)
    }

    fn fact(&mut self, scene: &Scene, fill: Fill, changes: &[Value]) -> Value {
        let at_ms = scene.cue.at_ms;
        match fill {
            Fill::Id(kind) => self
                .of_kind(scene, kind)
                .map_or(Value::Null, |entry| entry.id.clone().into()),
            Fill::Ids(kind) => self
                .of_kind(scene, kind)
                .map_or(json!([]), |entry| json!([entry.id])),
            Fill::Sort(kind) => self
                .of_kind(scene, kind)
                .map_or(Value::Null, |entry| entry.sort.clone().into()),
            Fill::Name(kind) => {
                let place = match self.of_kind(scene, kind) {
                    Some(entry) => return entry.name(at_ms).into(),
                    None => self.roster.pick(kind, at_ms, &mut self.random),
                };
                place
                    .and_then(|place| self.roster.get(place))
                    .map_or("none".into(), |entry| entry.name(at_ms).into())
            }
            Fill::Email => self.email(scene).into(),
            Fill::Whole(least, most) => self.random.between(least, most).into(),
            Fill::Hundredths(least, most) => {
                let hundredths = u32::try_from(self.random.between(least, most)).unwrap_or(0);
                json!(f64::from(hundredths) / 100.0)
            }
            Fill::Word(words) => self.random.pick(words).copied().into(),
            Fill::Words(words) => {
                let first = self.random.pick(words).copied();
                let second = self
                    .random
                    .pick(words)
                    .copied()
                    .filter(|word| Some(*word) != first);
                first.into_iter().chain(second).collect()
            }
            Fill::Gained => only_in(changes, "new", "old"),
            Fill::Lost => only_in(changes, "old", "new"),
        }
    }

    fn email(&self, scene: &Scene) -> String {
        if let Some(person) = scene.cue.about.and_then(|place| PEOPLE.get(place)) {
            return person.email.to_owned();
        }
        match (self.of_kind(scene, Kind::User), scene.by) {
            (Some(user), _) => user.sort.clone(),
            (None, By::Person(place)) => PEOPLE
                .get(place)
                .map_or_else(String::new, |person| person.email.to_owned()),
            (None, _) => "unknown@acme-robotics.example".to_owned(),
        }
    }

    /// The sentence of the producer; what did not succeed is left to the sentence of the catalogue.
    fn description(&self, scene: &Scene, metadata: &Map<String, Value>) -> Option<String> {
        let always_fails = scene.spec.fails.0 == 1_000;
        let says = match scene.cue.says {
            Some(says) => says,
            None if scene.spec.says.is_empty() || (scene.failure.is_some() && !always_fails) => {
                return None;
            }
            None => scene.spec.says,
        };
        let target = scene
            .targets
            .first()
            .and_then(|place| self.roster.get(*place));
        let mut text = says.replace(
            "{target}",
            target.map_or("", |entry| entry.name(scene.cue.at_ms)),
        );
        for (key, value) in metadata {
            let place = format!("{{{key}}}");
            if text.contains(&place) {
                text = text.replace(&place, &in_words(value));
            }
        }
        Some(text)
    }
}

/// The items of the changed lists that stand only on one side.
fn only_in(changes: &[Value], here: &str, there: &str) -> Value {
    let mut items = Vec::new();
    for change in changes {
        let side = |name: &str| {
            change
                .get(name)
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default()
        };
        let others = side(there);
        items.extend(side(here).into_iter().filter(|item| !others.contains(item)));
    }
    items.into()
}

fn in_words(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items.iter().map(in_words).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
