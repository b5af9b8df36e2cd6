//! What a token says, once its signature is known to be right. Pure.

use serde_json::{Map, Value};
use subtle::ConstantTimeEq;

use super::TokenError;

/// How far the clock of an issuer may be from ours, in seconds.
pub(crate) const SKEW_S: u64 = 60;

/// The claims of a token, or those that the issuer answers about a person.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Claims(Map<String, Value>);

/// For whom, from whom and when a token must be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected<'a> {
    /// The issuer, compared exactly.
    pub(crate) issuer: &'a str,
    /// The audience that the token must name.
    pub(crate) audience: &'a str,
    /// Now, in seconds since 1970 UTC.
    pub(crate) now_s: u64,
}

impl Claims {
    pub(crate) fn new(claims: Map<String, Value>) -> Self {
        Self(claims)
    }

    /// The claim as it is.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// A claim that is text and not empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let text = self.0.get(name)?.as_str()?;
        (!text.is_empty()).then_some(text)
    }

    /// A claim that is one text or a list of them, such as groups; what is no text in it is left out.
    pub(crate) fn texts(&self, name: &str) -> Vec<&str> {
        match self.0.get(name) {
            Some(Value::String(text)) => vec![text],
            Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// Whom the token is for.
    pub(super) fn audiences(&self) -> Vec<&str> {
        self.texts("aud")
    }

    /// Whether a flag is set; some issuers write it as text.
    pub(crate) fn flag(&self, name: &str) -> bool {
        match self.0.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => text == "true",
            _ => false,
        }
    }

    /// Adds what is not there yet: the token itself wins over what is asked for later.
    ///
    /// Whether an address is verified is believed of the address beside it only.
    pub(crate) fn complete(&mut self, mut more: Self) {
        match self.text("email") {
            None => drop(self.0.remove("email_verified")),
            email if email != more.text("email") => drop(more.0.remove("email_verified")),
            _ => {}
        }
        for (name, value) in more.0 {
            self.0.entry(name).or_insert(value);
        }
    }

    /// A time in whole seconds since 1970 UTC (RFC 7519, section 2: a number that may have a fraction).
    fn time(&self, name: &'static str) -> Result<Option<u64>, TokenError> {
        let Some(value) = self.0.get(name) else {
            return Ok(None);
        };
        let seconds = value.as_f64().filter(|s| (0.0..1e15).contains(s));
        let seconds = seconds.ok_or(TokenError::Claim(name))?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "within 0 and 1e15"
        )]
        Ok(Some(seconds as u64))
    }

    /// Checks what every token must say: `iss`, `aud`, `exp`, `nbf` and `iat`, which comes back.
    pub(crate) fn check(&self, expected: &Expected<'_>) -> Result<u64, TokenError> {
        if self.text("iss") != Some(expected.issuer) {
            return Err(TokenError::Issuer);
        }
        if !self.audiences().contains(&expected.audience) {
            return Err(TokenError::Audience);
        }
        let now_s = expected.now_s;
        let expires_s = self.time("exp")?.ok_or(TokenError::Claim("exp"))?;
        if now_s >= expires_s.saturating_add(SKEW_S) {
            return Err(TokenError::Expired);
        }
        let issued_s = self.time("iat")?.ok_or(TokenError::Claim("iat"))?;
        let from_s = self.time("nbf")?.unwrap_or(issued_s).max(issued_s);
        if from_s > now_s.saturating_add(SKEW_S) {
            return Err(TokenError::NotYet);
        }
        Ok(issued_s)
    }

    /// When a token that may be `max_age_s` old ends, in seconds since 1970 UTC; 0 when it does not say.
    pub(crate) fn ends_s(&self, max_age_s: u64) -> u64 {
        let time = |name| self.time(name).ok().flatten().unwrap_or_default();
        let oldest_s = time("iat").saturating_add(max_age_s);
        time("exp").min(oldest_s)
    }

    /// Checks an ID token (OpenID Connect Core 1.0, section 3.1.3.7): also that it was issued to us, for this sign-in.
    pub(crate) fn check_identity(
        &self,
        expected: &Expected<'_>,
        nonce: &str,
    ) -> Result<(), TokenError> {
        self.check(expected)?;
        let party = self.0.get("azp");
        if party.is_some_and(|party| party.as_str() != Some(expected.audience))
            || (party.is_none() && self.audiences().len() > 1)
        {
            return Err(TokenError::Party);
        }
        let said = self.text("nonce").unwrap_or_default();
        if !bool::from(said.as_bytes().ct_eq(nonce.as_bytes())) {
            return Err(TokenError::Nonce);
        }
        self.text("sub").ok_or(TokenError::Claim("sub"))?;
        Ok(())
    }

    /// Checks an access token that may be `max_age_s` old at most.
    pub(crate) fn check_access(
        &self,
        expected: &Expected<'_>,
        max_age_s: u64,
    ) -> Result<(), TokenError> {
        let issued_s = self.check(expected)?;
        let oldest_s = issued_s.saturating_add(max_age_s).saturating_add(SKEW_S);
        if expected.now_s >= oldest_s {
            return Err(TokenError::TooOld);
        }
        self.text("sub").ok_or(TokenError::Claim("sub"))?;
        Ok(())
    }
}
