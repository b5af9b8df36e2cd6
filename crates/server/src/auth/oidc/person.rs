//! Whom a provider has presented: what is taken over from its claims, and what is not believed. Pure.

use api::ErrorCode;
use serde_json::Value;

use super::Claims;
use crate::{config::OidcProvider, limits::NAME_BYTES_MAX};

/// Somebody whom a provider vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Presented {
    /// What the provider calls the person, and nobody else ever.
    pub(crate) subject: String,
    /// The address, as the provider writes it.
    pub(crate) email: String,
    /// Whether the provider says that the person has this address.
    pub(crate) is_verified: bool,
    /// Whether the operator has given the domain of the address into the hands of this provider.
    pub(crate) is_own_domain: bool,
    /// The name.
    pub(crate) name: String,
    /// The groups.
    pub(crate) groups: Vec<String>,
}

/// Why somebody is not let in, in a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unfit {
    pub(crate) code: ErrorCode,
    pub(crate) detail: &'static str,
}

impl Unfit {
    pub(crate) fn new(code: ErrorCode, detail: &'static str) -> Self {
        Self { code, detail }
    }
}

impl OidcProvider {
    /// Whether the operator has given the domain of this address into the hands of the provider.
    pub(crate) fn speaks_for(&self, email: &str) -> bool {
        let domain = domain_of(email);
        self.email_domains.contains(&domain)
    }
}

/// The domain of an address, in lower case.
pub(crate) fn domain_of(email: &str) -> String {
    let (_, domain) = email.rsplit_once('@').unwrap_or_default();
    domain.trim().to_lowercase()
}

/// Reads the claims of `provider`, one of `all` that are configured.
pub(crate) fn presented(
    provider: &OidcProvider,
    all: &[OidcProvider],
    claims: &Claims,
) -> Result<Presented, Unfit> {
    let subject = claims
        .text("sub")
        .filter(|subject| subject.len() <= NAME_BYTES_MAX);
    let subject = subject.ok_or(Unfit::new(
        ErrorCode::IdentityInvalid,
        "the provider names the person in a way that cannot be kept",
    ))?;
    let email = claims
        .text("email")
        .map(str::trim)
        .filter(|email| is_address(email));
    let email = email.ok_or(Unfit::new(
        ErrorCode::EmailUnverified,
        "the provider names no e-mail address of the person",
    ))?;
    let is_verified = claims.flag("email_verified");
    if provider.require_verified_email && !is_verified {
        let detail = "the provider has not verified the e-mail address of the person";
        return Err(Unfit::new(ErrorCode::EmailUnverified, detail));
    }
    let is_own_domain = provider.speaks_for(email);
    let of_another = all.iter().any(|other| other.speaks_for(email));
    if !is_own_domain && (of_another || !provider.email_domains.is_empty()) {
        let detail = "the provider does not speak for the domain of the e-mail address";
        return Err(Unfit::new(ErrorCode::EmailForeign, detail));
    }
    if groups_are_elsewhere(provider, claims) {
        let detail = "the person is in more groups than the provider puts into its token";
        return Err(Unfit::new(ErrorCode::GroupsUnknown, detail));
    }
    let named = ["name", "preferred_username"]
        .into_iter()
        .find_map(|claim| claims.text(claim));
    let groups = claims.texts(&provider.groups_claim);
    Ok(Presented {
        subject: subject.to_owned(),
        email: email.to_owned(),
        is_verified,
        is_own_domain,
        name: named
            .and_then(plain_name)
            .unwrap_or_else(|| email.to_owned()),
        groups: groups.into_iter().map(str::to_owned).collect(),
    })
}

/// Whether the groups that the rules need are not in the token but somewhere else (OpenID Connect Core 1.0, section
/// 5.6.2): to take them for none would take memberships away.
fn groups_are_elsewhere(provider: &OidcProvider, claims: &Claims) -> bool {
    let elsewhere = claims
        .get("_claim_names")
        .and_then(|names| names.get(&provider.groups_claim));
    !provider.rules.is_empty()
        && claims.get(&provider.groups_claim).is_none()
        && elsewhere.is_some_and(Value::is_string)
}

fn is_address(email: &str) -> bool {
    let is_whole = email.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && !domain.is_empty() && !domain.contains('@')
    });
    let is_clean = !email.chars().any(|c| c.is_control() || c.is_whitespace());
    is_whole && is_clean && email.len() <= NAME_BYTES_MAX
}

/// A name on one line, cut where it is too long.
fn plain_name(name: &str) -> Option<String> {
    let plain: String = name.chars().filter(|c| !c.is_control()).collect();
    let plain = plain.trim();
    let cut = plain
        .get(..plain.floor_char_boundary(NAME_BYTES_MAX))?
        .trim_end();
    (!cut.is_empty()).then(|| cut.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn provider(id: &str, domains: &[&str]) -> OidcProvider {
        OidcProvider {
            id: id.to_owned(),
            name: id.to_owned(),
            issuer: format!("https://{id}.example"),
            client_id: "annals".to_owned(),
            client_secret_file: None,
            scopes: vec!["openid".to_owned()],
            email_domains: domains.iter().map(|domain| (*domain).to_owned()).collect(),
            groups_claim: "groups".to_owned(),
            require_verified_email: true,
            rules: Vec::new(),
        }
    }

    fn read(
        provider: &OidcProvider,
        all: &[OidcProvider],
        claims: Value,
    ) -> Result<Presented, ErrorCode> {
        let Value::Object(claims) = claims else {
            panic!("not an object")
        };
        presented(provider, all, &Claims::new(claims)).map_err(|unfit| unfit.code)
    }

    fn claims(email: &str) -> Value {
        json!({"sub": "1", "email": email, "email_verified": true})
    }

    #[test]
    fn each_domain_is_in_the_hands_of_its_provider() {
        let (corp, open) = (provider("corp", &["corp.example"]), provider("open", &[]));
        let all = [corp.clone(), open.clone()];
        assert!(
            read(&corp, &all, claims("a@CORP.example"))
                .unwrap()
                .is_own_domain
        );
        let anybody = read(&open, &all, claims("a@elsewhere.example")).unwrap();
        assert!(!anybody.is_own_domain && anybody.is_verified);
        for (provider, email) in [
            (&open, "a@corp.example"),
            (&corp, "a@elsewhere.example"),
            (&corp, "a@sub.corp.example"),
        ] {
            assert_eq!(
                read(provider, &all, claims(email)),
                Err(ErrorCode::EmailForeign),
                "{email}"
            );
        }
        for email in [
            "",
            "a",
            "@corp.example",
            "a@",
            "a@b@corp.example",
            "a b@corp.example",
        ] {
            assert_eq!(
                read(&corp, &all, claims(email)),
                Err(ErrorCode::EmailUnverified),
                "{email}"
            );
        }
    }

    #[test]
    fn an_address_counts_when_the_provider_has_verified_it() {
        let mut open = provider("open", &[]);
        for (verified, is_let_in) in [
            (json!(true), true),
            (json!("true"), true),
            (json!(false), false),
            (json!("false"), false),
            (json!(1), false),
            (json!(null), false),
        ] {
            let claims = json!({"sub": "1", "email": "a@x.example", "email_verified": verified});
            assert_eq!(read(&open, &[], claims).is_ok(), is_let_in, "{verified}");
        }
        open.require_verified_email = false;
        let unverified = read(&open, &[], json!({"sub": "1", "email": "a@x.example"})).unwrap();
        assert!(!unverified.is_verified);
    }

    #[test]
    fn groups_that_are_not_told_are_not_taken_for_none() {
        let mut open = provider("open", &[]);
        let overage = json!({
            "sub": "1", "email": "a@x.example", "email_verified": true,
            "_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": "https://x"}},
        });
        assert!(
            read(&open, &[], overage.clone()).is_ok(),
            "no rule needs them"
        );
        open.rules.push(crate::config::OidcRule {
            group: "a".into(),
            account: "acme".into(),
            role: "owner".into(),
        });
        assert_eq!(read(&open, &[], overage), Err(ErrorCode::GroupsUnknown));
        assert_eq!(
            read(&open, &[], claims("a@x.example")).unwrap().groups,
            [""; 0]
        );
    }

    #[test]
    fn names_are_one_line() {
        let open = provider("open", &[]);
        let name = |name: &str| {
            let mut claims = claims("a@x.example");
            claims["name"] = json!(name);
            read(&open, &[], claims).unwrap().name
        };
        assert_eq!(name("Lily\nAri\u{7}"), "LilyAri");
        assert_eq!(name(" \n "), "a@x.example");
        assert_eq!(name(&"ä".repeat(200)).len(), 256);
    }
}
