//! Access tokens that others have signed: who their bearer is, and what the rules of the operator give it.

use std::{collections::BTreeMap, sync::Arc};

use api::Permission;
use ledger::Clock;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::oidc::{Claims, Expected, Fetcher, Issuer, IssuerError, Kind, TokenError, Unverified};
use crate::{
    config::{AccessTokenActor, AccessTokenRule, AccessTokens},
    control::AccountId,
    limits::NAME_BYTES_MAX,
};

/// The bearer of an access token that was right when it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessToken {
    /// The issuer and what it calls the bearer, at most 256 bytes.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// What the bearer is in the log.
    pub actor: AccessTokenActor,
    /// What the bearer may do in which account, in the order of [`Permission::ALL`].
    pub permissions: BTreeMap<AccountId, Vec<Permission>>,
    /// When the token ends, in milliseconds since 1970 UTC.
    pub expires_ms: u64,
}

/// Why an access token opens nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AccessTokenError {
    #[error(transparent)]
    Token(#[from] TokenError),
    #[error("the issuer of the token does not answer")]
    Issuer(#[from] IssuerError),
}

impl AccessTokenError {
    /// What the bearer is told: enough to repair a client, and nothing about keys.
    pub(crate) fn told(&self) -> &'static str {
        match self {
            Self::Issuer(_) => "the issuer of the access token does not answer",
            Self::Token(TokenError::Issuer) => {
                "the token is not that of a key or of a known issuer"
            }
            Self::Token(TokenError::Audience) => "the access token is for another audience",
            Self::Token(TokenError::Expired | TokenError::TooOld) => "the access token has expired",
            Self::Token(TokenError::NotYet) => "the access token is not valid yet",
            Self::Token(TokenError::Algorithm) => {
                "the access token is signed with an algorithm that is not allowed"
            }
            Self::Token(_) => "the access token is not believed",
        }
    }
}

/// The issuers whose access tokens are taken.
#[derive(Debug, Default)]
pub(crate) struct AccessTokenIssuers {
    issuers: Vec<(AccessTokens, Arc<Issuer>)>,
    fetcher: Fetcher,
}

impl AccessTokenIssuers {
    pub(crate) fn new(configured: &[AccessTokens]) -> Self {
        let issuers = configured.iter().map(|issuer| {
            let asked = Issuer::new(issuer.issuer.clone());
            (issuer.clone(), asked)
        });
        Self {
            issuers: issuers.collect(),
            fetcher: Fetcher::default(),
        }
    }

    /// Whether a bearer token could be meant for one of the issuers.
    pub(crate) fn may_be(&self, token: &str) -> bool {
        !self.issuers.is_empty() && token.split('.').count() == 3
    }

    /// The bearer of a token that one of the issuers has signed for us.
    pub(crate) async fn bearer(
        &self,
        token: &str,
        clock: &dyn Clock,
    ) -> Result<Arc<AccessToken>, AccessTokenError> {
        let token = Unverified::parse(token, Kind::Access)?;
        let alleged = token.alleged_issuer();
        let found = self
            .issuers
            .iter()
            .find(|(configured, _)| alleged == Some(&configured.issuer));
        let (configured, issuer) = found.ok_or(TokenError::Issuer)?;
        // What is not even meant for us must not make us ask anybody.
        if !token.is_allegedly_for(&configured.audience) {
            return Err(TokenError::Audience.into());
        }
        let known = issuer
            .known(&self.fetcher, clock, |keys| token.lacks_key(keys))
            .await?;
        let claims = token.verified(&known.keys, &configured.algorithms)?;
        let expected = Expected {
            issuer: &configured.issuer,
            audience: &configured.audience,
            now_s: clock.now_ms() / 1_000,
        };
        claims.check_access(&expected, configured.max_age_minutes.saturating_mul(60))?;
        Ok(Arc::new(AccessToken::of(configured, &claims)?))
    }
}

impl AccessToken {
    fn of(configured: &AccessTokens, claims: &Claims) -> Result<Self, TokenError> {
        let plain = |text: &&str| !text.chars().any(char::is_control);
        let subject = claims.text("sub").filter(plain);
        let subject = subject.ok_or(TokenError::Claim("sub"))?;
        let name = ["name", "preferred_username", "client_id", "azp"]
            .into_iter()
            .filter_map(|claim| claims.text(claim))
            .find(plain)
            .unwrap_or(subject);
        Ok(Self {
            id: id_of(&configured.issuer, subject),
            name: name[..name.floor_char_boundary(NAME_BYTES_MAX)].to_owned(),
            actor: configured.actor,
            permissions: permissions(&configured.rules, claims),
            expires_ms: claims
                .ends_s(configured.max_age_minutes.saturating_mul(60))
                .saturating_mul(1_000),
        })
    }

    /// Whether it opens anything still.
    pub(crate) fn lasts(&self, now_ms: u64) -> bool {
        now_ms < self.expires_ms
    }
}

/// The issuer and the subject; where they are too long together, a hash stands for both beside the issuer.
fn id_of(issuer: &str, subject: &str) -> String {
    let whole = format!("{issuer}|{subject}");
    if whole.len() <= NAME_BYTES_MAX {
        return whole;
    }
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&whole));
    // The configuration takes issuers of 180 bytes at most: 180 + 1 + 7 + 64 are below 256.
    format!("{issuer}|sha256:{hash}")
}

/// What all rules that fit give together.
fn permissions(rules: &[AccessTokenRule], claims: &Claims) -> BTreeMap<AccountId, Vec<Permission>> {
    let mut given: BTreeMap<AccountId, Vec<Permission>> = BTreeMap::new();
    for rule in rules.iter().filter(|rule| fits(rule, claims)) {
        if let Ok(account) = rule.account.parse() {
            let permissions = given.entry(account).or_default();
            permissions.extend(&rule.permissions);
        }
    }
    for permissions in given.values_mut() {
        permissions.sort_unstable();
        permissions.dedup();
    }
    given
}

/// Whether the claim is the text, or has it as an entry, or, where it lists scopes, as a word.
fn fits(rule: &AccessTokenRule, claims: &Claims) -> bool {
    match claims.get(&rule.claim) {
        Some(Value::String(text)) => {
            // Elsewhere a space is a part of the value, which the bearer may have chosen (RFC 8693, section 4.2).
            let is_list = matches!(&*rule.claim, "scope" | "scp");
            *text == rule.value || (is_list && text.split(' ').any(|word| word == rule.value))
        }
        Some(Value::Array(items)) => items.iter().any(|item| item.as_str() == Some(&rule.value)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn rule(
        claim: &str,
        value: &str,
        account: &str,
        permissions: &[Permission],
    ) -> AccessTokenRule {
        AccessTokenRule {
            claim: claim.to_owned(),
            value: value.to_owned(),
            account: account.to_owned(),
            permissions: permissions.to_vec(),
        }
    }

    #[test]
    fn rules_add_up_and_match_whole_words_only() {
        use Permission::{AuditExport, AuditRead, EventsWrite};
        let rules = [
            rule("scope", "audit", "acme", &[AuditRead]),
            rule("roles", "exporter", "acme", &[AuditExport, AuditRead]),
            rule("scope", "audit", "globex", &[EventsWrite]),
        ];
        let given = |claims: Value| {
            let Value::Object(claims) = claims else {
                panic!("not an object")
            };
            permissions(&rules, &Claims::new(claims))
        };
        let (acme, globex) = ("acme".parse().unwrap(), "globex".parse().unwrap());
        let both = given(json!({"scope": "openid audit", "roles": ["exporter", 7]}));
        assert_eq!(both[&acme], [AuditRead, AuditExport]);
        assert_eq!(both[&globex], [EventsWrite]);
        for nothing in [
            json!({}),
            json!({"scope": "audits auditor"}),
            json!({"scope": ["openid audit"]}),
            json!({"scope": {"audit": true}, "roles": "export"}),
            json!({"scope": true}),
            json!({"roles": "my exporter"}),
        ] {
            assert!(given(nothing.clone()).is_empty(), "{nothing}");
        }
    }

    #[test]
    fn ids_fit_into_an_event_and_stay_apart() {
        assert_eq!(id_of("https://a.example", "s"), "https://a.example|s");
        let issuer = format!("https://{}.example", "a".repeat(164));
        assert_eq!(issuer.len(), 180);
        let (one, two) = ("x".repeat(300), format!("{}y", "x".repeat(299)));
        assert!(id_of(&issuer, &one).len() <= NAME_BYTES_MAX);
        assert_ne!(id_of(&issuer, &one), id_of(&issuer, &two));
    }
}
