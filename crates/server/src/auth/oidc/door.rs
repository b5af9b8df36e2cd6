//! All providers, and the sign-ins that people have begun with them.

use std::{io, path::PathBuf, sync::Arc};

use super::{Fetcher, Pendings, Provider};
use crate::config::OidcProvider;

/// Where people come in whom somebody else vouches for.
#[derive(Debug)]
pub(crate) struct Door {
    /// As they are configured.
    pub(crate) configured: Arc<Vec<OidcProvider>>,
    providers: Vec<Provider>,
    pub(crate) fetcher: Fetcher,
    pub(crate) pendings: Pendings,
}

/// The secret of a provider could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the secret of the provider {provider} from {path}")]
pub struct SecretUnreadable {
    /// The id of the provider.
    pub provider: String,
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

impl Door {
    /// Reads the secrets of all providers.
    pub(crate) fn open(configured: &[OidcProvider]) -> Result<Self, SecretUnreadable> {
        let providers = configured.iter().map(|provider| {
            Provider::open(provider.clone()).map_err(|source| SecretUnreadable {
                provider: provider.id.clone(),
                path: provider.client_secret_file.clone().unwrap_or_default(),
                source,
            })
        });
        Ok(Self {
            providers: providers.collect::<Result<_, _>>()?,
            configured: Arc::new(configured.to_vec()),
            fetcher: Fetcher::default(),
            pendings: Pendings::default(),
        })
    }

    /// The provider with this id.
    pub(crate) fn provider(&self, id: &str) -> Option<&Provider> {
        self.providers
            .iter()
            .find(|provider| provider.config.id == id)
    }

    /// The providers for whoever types this address: those for everybody, and those of its domain.
    ///
    /// The answer is the same whether anybody has this address.
    pub(crate) fn offered(&self, email: Option<&str>) -> impl Iterator<Item = &OidcProvider> {
        self.configured.iter().filter(move |provider| {
            provider.email_domains.is_empty()
                || email.is_some_and(|email| provider.speaks_for(email))
        })
    }
}
