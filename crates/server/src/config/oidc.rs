//! `[[oidc]]`: where people sign in who have no password here.

use std::path::PathBuf;

use serde::Deserialize;

use super::{
    setting::{Given, Setting, list, quoted},
    tables::{address, slug, tables, unique, written},
};
use crate::limits::{FOREIGN_RULES_MAX, PROVIDERS_MAX};

/// The group of everybody whom a provider knows.
pub const EVERYBODY: &str = "*";

/// A provider of OpenID Connect with which people sign in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcProvider {
    /// Its id here: in addresses, in the log, and in what is stored about people. It must stay.
    pub id: String,
    /// Its name on the sign-in page.
    pub name: String,
    /// The issuer, exactly as its tokens name it.
    pub issuer: String,
    /// As whom Annals is registered there.
    pub client_id: String,
    /// The file with the secret of the registration; without it Annals is a public client.
    pub client_secret_file: Option<PathBuf>,
    /// What is asked for.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
    /// The domains of the addresses that this provider speaks for, in lower case; empty when it is offered to
    /// everybody and speaks for none.
    #[serde(default)]
    pub email_domains: Vec<String>,
    /// The claim that lists the groups of a person.
    #[serde(default = "groups_claim")]
    pub groups_claim: String,
    /// Whether an address counts only when the provider says that it is verified.
    #[serde(default = "yes")]
    pub require_verified_email: bool,
    /// Which group is what in which account; the first rule of an account that fits counts.
    #[serde(default)]
    pub rules: Vec<OidcRule>,
}

/// What the people of a group are in an account.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcRule {
    /// The group as the provider names it, or `*` for everybody.
    pub group: String,
    /// The id of the account.
    pub account: String,
    /// The id of the role in it.
    pub role: String,
}

fn scopes() -> Vec<String> {
    ["openid", "email", "profile"].map(str::to_owned).into()
}

fn groups_claim() -> String {
    "groups".to_owned()
}

fn yes() -> bool {
    true
}

impl OidcProvider {
    fn check(&mut self) -> Result<(), String> {
        slug(&self.id)?;
        address(&self.issuer)?;
        for (member, value) in [
            ("name", &self.name),
            ("client_id", &self.client_id),
            ("groups_claim", &self.groups_claim),
        ] {
            if value.trim().is_empty() {
                return Err(format!("{member} is empty"));
            }
        }
        if !self.scopes.iter().any(|scope| scope == "openid") {
            return Err("scopes lack openid".to_owned());
        }
        for domain in &mut self.email_domains {
            *domain = domain.trim().to_lowercase();
            if domain.is_empty() || domain.contains('@') || !domain.contains('.') {
                return Err(
                    "an entry of email_domains is no domain, such as example.com".to_owned(),
                );
            }
        }
        if self.rules.len() > FOREIGN_RULES_MAX {
            return Err(format!("there are more than {FOREIGN_RULES_MAX} rules"));
        }
        for rule in &self.rules {
            rule.account
                .parse::<crate::control::AccountId>()
                .map_err(|error| format!("a rule names no account: {error}"))?;
            if rule.group.is_empty() || rule.role.is_empty() {
                return Err("a rule lacks its group or its role".to_owned());
            }
        }
        Ok(())
    }
}

impl Setting for Vec<OidcProvider> {
    fn read(given: Given<'_>) -> Result<Self, String> {
        let mut providers: Self = tables(given)?;
        for provider in &mut providers {
            provider
                .check()
                .map_err(|why| format!("the provider {}: {why}", quoted(&provider.id)))?;
        }
        unique(providers.iter().map(|provider| provider.id.as_str()))?;
        if providers.len() > PROVIDERS_MAX {
            return Err(format!("there are more than {PROVIDERS_MAX}"));
        }
        Ok(providers)
    }

    fn to_toml(&self) -> Option<String> {
        Some(list(self.iter().map(|provider| {
            let secret = provider.client_secret_file.as_ref();
            let rules = provider.rules.iter().map(|rule| {
                written(&[
                    ("group", Some(quoted(&rule.group))),
                    ("account", Some(quoted(&rule.account))),
                    ("role", Some(quoted(&rule.role))),
                ])
            });
            let texts = |texts: &[String]| list(texts.iter().map(|text| quoted(text)));
            written(&[
                ("id", Some(quoted(&provider.id))),
                ("name", Some(quoted(&provider.name))),
                ("issuer", Some(quoted(&provider.issuer))),
                ("client_id", Some(quoted(&provider.client_id))),
                (
                    "client_secret_file",
                    secret.map(|path| quoted(&path.to_string_lossy())),
                ),
                ("scopes", Some(texts(&provider.scopes))),
                ("email_domains", Some(texts(&provider.email_domains))),
                ("groups_claim", Some(quoted(&provider.groups_claim))),
                (
                    "require_verified_email",
                    Some(provider.require_verified_email.to_string()),
                ),
                ("rules", Some(list(rules))),
            ])
        })))
    }
}
