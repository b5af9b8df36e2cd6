//! Names for the kinds of things that events are about.

use serde::{Deserialize, Serialize};

use super::label::sentence_case;

/// A kind of thing with a log of its own, such as an agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceType {
    /// The type as it stands in targets: `automation_rule`.
    #[serde(rename = "type")]
    pub kind: String,
    /// One of them, inside a sentence: `automation rule`.
    pub noun: String,
    /// Several of them, as a heading: `Automation Rules`.
    pub plural: String,
    /// The indefinite article where its sound is not told by the first letter: `a user`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
}

impl ResourceType {
    /// The names of a type that nobody declared: `price_list` → *price list*, *Price lists*.
    pub fn derived(kind: &str) -> Self {
        let noun = kind.replace(['.', '_', '-'], " ");
        let plural = sentence_case(&plural_of(&noun));
        Self {
            kind: kind.to_owned(),
            noun,
            plural,
            article: None,
        }
    }

    /// The noun with its indefinite article: `an automation rule`.
    pub fn with_article(&self) -> String {
        let vowel = self
            .noun
            .starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
        let article = self
            .article
            .as_deref()
            .unwrap_or(if vowel { "an" } else { "a" });
        format!("{article} {}", self.noun)
    }
}

fn plural_of(noun: &str) -> String {
    let consonant_y = noun
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    if let Some(stem) = consonant_y {
        return format!("{stem}ies");
    }
    let hissing = ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|ending| noun.ends_with(ending));
    if hissing {
        format!("{noun}es")
    } else {
        format!("{noun}s")
    }
}
