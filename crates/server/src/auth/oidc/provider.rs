//! A provider of OpenID Connect: where a sign-in begins, and what comes of the code that the person brings back.

use std::{fmt, fs, io, sync::Arc};

use data_encoding::{BASE64, BASE64URL_NOPAD};
use ledger::Clock;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::{
    Algorithm, Claims, Expected, FetchError, Fetcher, Issuer, IssuerError, Kind, Metadata, Pending,
    TokenError, Unverified, fetch::in_time,
};
use crate::{config::OidcProvider, limits::FOREIGN_SIGN_INS_MAX};

/// A provider as it is configured, with what is known about its issuer.
#[derive(Debug)]
pub(crate) struct Provider {
    pub(crate) config: OidcProvider,
    secret: Option<Secret>,
    issuer: Arc<Issuer>,
    /// Places for sign-ins whose code is exchanged.
    finishing: Semaphore,
}

/// The secret of a registration. Never shown by `Debug`.
struct Secret(String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

/// What the browser brings back from the provider. `Debug` does not show the code.
pub(crate) struct Brought {
    /// What is exchanged for an ID token.
    pub(crate) code: String,
    /// Who says that it has answered (RFC 9207).
    pub(crate) issuer: Option<String>,
}

impl fmt::Debug for Brought {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Brought")
            .field("issuer", &self.issuer)
            .finish_non_exhaustive()
    }
}

/// Why a sign-in with a provider came to nothing, before anything is known about the person.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProviderError {
    #[error(transparent)]
    Issuer(#[from] IssuerError),
    #[error("cannot exchange the code")]
    Exchange(#[from] FetchError),
    #[error("too many sign-ins wait for the provider")]
    Crowded,
    #[error("the provider does not say where people sign in")]
    NoEndpoint,
    #[error("the answer of the provider holds no ID token")]
    NoToken,
    #[error("the ID token is not believed")]
    Token(#[from] TokenError),
    #[error("another provider than the one that was asked has answered")]
    OtherIssuer,
    #[error("what the provider tells about the person is about another one")]
    OtherPerson,
}

impl ProviderError {
    /// Whether it may be different when it is tried again later.
    pub(crate) fn is_outage(&self) -> bool {
        match self {
            Self::Issuer(_) | Self::Crowded => true,
            Self::Exchange(error) => match error {
                FetchError::Status(status) => !status.is_client_error(),
                _ => true,
            },
            Self::NoEndpoint
            | Self::NoToken
            | Self::Token(_)
            | Self::OtherIssuer
            | Self::OtherPerson => false,
        }
    }
}

impl Provider {
    /// A provider with the secret that its file holds.
    pub(crate) fn open(config: OidcProvider) -> io::Result<Self> {
        let secret = match &config.client_secret_file {
            None => None,
            Some(path) => Some(Secret(fs::read_to_string(path)?.trim().to_owned())),
        };
        Ok(Self {
            issuer: Issuer::new(config.issuer.clone()),
            secret,
            config,
            finishing: Semaphore::new(FOREIGN_SIGN_INS_MAX),
        })
    }

    /// The address to which the browser is sent (OpenID Connect Core 1.0, section 3.1.2.1; PKCE: RFC 7636).
    pub(crate) async fn begin(
        &self,
        fetcher: &Fetcher,
        clock: &dyn Clock,
        state: &str,
        pending: &Pending,
    ) -> Result<String, ProviderError> {
        let known = self.issuer.known(fetcher, clock, |_| false).await?;
        let endpoint = known.metadata.authorization.as_ref();
        let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(&pending.verifier));
        let scopes = self.config.scopes.join(" ");
        let address = endpoint.ok_or(ProviderError::NoEndpoint)?.with_query(&[
            ("response_type", "code"),
            ("client_id", &self.config.client_id),
            ("redirect_uri", &pending.redirect_uri),
            ("scope", &scopes),
            ("state", state),
            ("nonce", &pending.nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        Ok(address)
    }

    /// Exchanges the code, checks the ID token, and asks for what it does not tell about the person.
    pub(crate) async fn finish(
        &self,
        fetcher: &Fetcher,
        clock: &dyn Clock,
        answer: &Brought,
        pending: &Pending,
    ) -> Result<Claims, ProviderError> {
        let place = self.finishing.try_acquire();
        let _place = place.map_err(|_| ProviderError::Crowded)?;
        in_time(self.claims(fetcher, clock, answer, pending)).await
    }

    async fn claims(
        &self,
        fetcher: &Fetcher,
        clock: &dyn Clock,
        brought: &Brought,
        pending: &Pending,
    ) -> Result<Claims, ProviderError> {
        let known = self.issuer.known(fetcher, clock, |_| false).await?;
        // So no other provider can have its codes taken here (RFC 9207, section 2.4).
        let is_ours = match &brought.issuer {
            Some(issuer) => issuer == self.issuer.name(),
            None => !known.metadata.names_itself,
        };
        if !is_ours {
            return Err(ProviderError::OtherIssuer);
        }
        let code = &brought.code;
        let answer = self
            .exchange(fetcher, &known.metadata, code, pending)
            .await?;
        let text = answer.get("id_token").and_then(Value::as_str);
        let token = Unverified::parse(text.ok_or(ProviderError::NoToken)?, Kind::Identity)?;
        let known = self
            .issuer
            .known(fetcher, clock, |keys| token.lacks_key(keys))
            .await?;
        let mut claims = token.verified(&known.keys, &Algorithm::ALL)?;
        let expected = Expected {
            issuer: self.issuer.name(),
            audience: &self.config.client_id,
            now_s: clock.now_ms() / 1_000,
        };
        claims.check_identity(&expected, &pending.nonce)?;
        let access = answer.get("access_token").and_then(Value::as_str);
        let wants_groups = !self.config.rules.is_empty();
        let is_complete = claims.text("email").is_some()
            && (!wants_groups || claims.get(&self.config.groups_claim).is_some());
        if let (Some(endpoint), Some(access), false) =
            (&known.metadata.userinfo, access, is_complete)
        {
            let more = fetcher.read(endpoint, Some(access)).await?;
            let Value::Object(more) = more else {
                return Err(FetchError::NotJson.into());
            };
            let more = Claims::new(more);
            // Section 5.3.2: what names another person must not be used.
            if more.text("sub") != claims.text("sub") {
                return Err(ProviderError::OtherPerson);
            }
            claims.complete(more);
        }
        Ok(claims)
    }

    async fn exchange(
        &self,
        fetcher: &Fetcher,
        metadata: &Metadata,
        code: &str,
        pending: &Pending,
    ) -> Result<Value, ProviderError> {
        let endpoint = metadata.token.as_ref().ok_or(ProviderError::NoEndpoint)?;
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &pending.redirect_uri),
            ("code_verifier", &pending.verifier),
        ];
        let mut header = None;
        match &self.secret {
            Some(secret) if !metadata.secret_in_body => {
                header = Some(basic(&self.config.client_id, &secret.0));
            }
            Some(secret) => {
                form.push(("client_id", &self.config.client_id));
                form.push(("client_secret", &secret.0));
            }
            None => form.push(("client_id", &self.config.client_id)),
        }
        Ok(fetcher.post(endpoint, &form, header.as_deref()).await?)
    }
}

/// The header with which a client proves itself (RFC 6749, section 2.3.1).
fn basic(client_id: &str, secret: &str) -> String {
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", encoded(client_id), encoded(secret));
    format!("Basic {}", BASE64.encode(pair.as_bytes()))
}
