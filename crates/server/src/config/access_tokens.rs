//! `[[access_tokens]]`: whose access tokens the API takes beside keys of its own.

use api::Permission;
use serde::Deserialize;

use super::{
    setting::{Given, Setting, list, quoted},
    tables::{address, tables, unique, written},
};
use crate::{
    auth::oidc::Algorithm,
    control::AccountId,
    limits::{FOREIGN_RULES_MAX, PROVIDERS_MAX},
};

/// An issuer whose access tokens are taken.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessTokens {
    /// The issuer, exactly as its tokens name it.
    pub issuer: String,
    /// The audience that every token must name.
    pub audience: String,
    /// The signatures that are taken.
    #[serde(default = "algorithms")]
    pub algorithms: Vec<Algorithm>,
    /// How old a token may be at most, whatever it says about its end.
    #[serde(default = "max_age_minutes")]
    pub max_age_minutes: u64,
    /// What the bearers are in the log.
    #[serde(default)]
    pub actor: AccessTokenActor,
    /// Which claim gives what in which account; all rules that fit count.
    #[serde(default)]
    pub rules: Vec<AccessTokenRule>,
}

/// What the bearer of an access token is in the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessTokenActor {
    /// A program.
    #[default]
    Service,
    /// A person.
    User,
}

/// What the bearer of a token with a claim may do in an account.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessTokenRule {
    /// The claim: a text, a list of texts, or words separated by spaces.
    pub claim: String,
    /// The text, or the entry or word that must be in it.
    pub value: String,
    /// The id of the account.
    pub account: String,
    /// What the bearer may do in it.
    pub permissions: Vec<Permission>,
}

fn algorithms() -> Vec<Algorithm> {
    vec![Algorithm::RS256, Algorithm::ES256]
}

fn max_age_minutes() -> u64 {
    24 * 60
}

impl AccessTokens {
    fn check(&self) -> Result<(), String> {
        address(&self.issuer)?;
        if self.audience.trim().is_empty() {
            return Err("audience is empty".to_owned());
        }
        if self.algorithms.is_empty() {
            return Err("algorithms are empty".to_owned());
        }
        if !(1..=10_080).contains(&self.max_age_minutes) {
            return Err("max_age_minutes: expected 1 to 10080".to_owned());
        }
        if self.rules.len() > FOREIGN_RULES_MAX {
            return Err(format!("there are more than {FOREIGN_RULES_MAX} rules"));
        }
        for rule in &self.rules {
            rule.account
                .parse::<AccountId>()
                .map_err(|error| format!("a rule names no account: {error}"))?;
            if rule.claim.is_empty() || rule.value.is_empty() || rule.permissions.is_empty() {
                return Err("a rule lacks its claim, its value or its permissions".to_owned());
            }
        }
        Ok(())
    }
}

impl Setting for Vec<AccessTokens> {
    fn read(given: Given<'_>) -> Result<Self, String> {
        let issuers: Self = tables(given)?;
        for issuer in &issuers {
            issuer
                .check()
                .map_err(|why| format!("the issuer {}: {why}", quoted(&issuer.issuer)))?;
        }
        unique(issuers.iter().map(|issuer| issuer.issuer.as_str()))?;
        if issuers.len() > PROVIDERS_MAX {
            return Err(format!("there are more than {PROVIDERS_MAX}"));
        }
        Ok(issuers)
    }

    fn to_toml(&self) -> Option<String> {
        Some(list(self.iter().map(|issuer| {
            let algorithms = issuer.algorithms.iter().map(|known| quoted(known.as_str()));
            let rules = issuer.rules.iter().map(|rule| {
                let permissions = rule.permissions.iter().map(|known| quoted(known.as_str()));
                written(&[
                    ("claim", Some(quoted(&rule.claim))),
                    ("value", Some(quoted(&rule.value))),
                    ("account", Some(quoted(&rule.account))),
                    ("permissions", Some(list(permissions))),
                ])
            });
            let actor = match issuer.actor {
                AccessTokenActor::Service => "service",
                AccessTokenActor::User => "user",
            };
            written(&[
                ("issuer", Some(quoted(&issuer.issuer))),
                ("audience", Some(quoted(&issuer.audience))),
                ("algorithms", Some(list(algorithms))),
                ("max_age_minutes", Some(issuer.max_age_minutes.to_string())),
                ("actor", Some(quoted(actor))),
                ("rules", Some(list(rules))),
            ])
        })))
    }
}
