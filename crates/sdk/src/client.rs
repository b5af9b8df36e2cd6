//! One server, one token: how a request becomes an answer or an error.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use api::path;
use hyper::header::HeaderValue;

use crate::address::Address;
use crate::call::Call;
use crate::identity::{EventIds, SystemIds};
use crate::transport::Transport;
use crate::{Account, Error, Retry};

/// A client of one server with one token. Cheap to clone; connections are shared and kept alive.
#[derive(Clone)]
pub struct Client {
    pub(crate) address: Address,
    pub(crate) transport: Transport,
    pub(crate) authorization: Option<HeaderValue>,
    pub(crate) retry: Retry,
    ids: Arc<dyn EventIds>,
}

/// Shows the server, never the token.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("server", &self.address.as_str())
            .finish_non_exhaustive()
    }
}

/// What a [`Client`] may be given beyond its address.
pub struct Builder {
    address: String,
    token: Option<String>,
    retry: Retry,
    ids: Arc<dyn EventIds>,
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

impl Builder {
    /// The token: an API key, `ann_…`.
    #[must_use]
    pub fn token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    /// How often a request is sent again.
    #[must_use]
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Where ids of events come from that have none.
    #[must_use]
    pub fn ids(mut self, ids: Arc<dyn EventIds>) -> Self {
        self.ids = ids;
        self
    }

    /// The client; nothing is sent yet.
    pub fn build(self) -> Result<Client, Error> {
        let address = Address::parse(&self.address)?;
        let authorization = self.token.as_deref().map(bearer).transpose()?;
        let transport = Transport::tcp(address.is_tls())?;
        Ok(Client {
            address,
            transport,
            authorization,
            retry: self.retry,
            ids: self.ids,
        })
    }
}

fn bearer(token: &str) -> Result<HeaderValue, Error> {
    let mut value =
        HeaderValue::from_str(&format!("Bearer {}", token.trim())).map_err(|_| Error::Token)?;
    value.set_sensitive(true);
    Ok(value)
}

impl Client {
    /// A client of the server at `url` (`http://…` or `https://…`) with an API key.
    pub fn new(url: &str, token: &str) -> Result<Self, Error> {
        Self::builder(url).token(token).build()
    }

    /// A client that is described step by step; without a token it can only ask for [`Self::health`].
    pub fn builder(url: &str) -> Builder {
        Builder {
            address: url.to_owned(),
            token: None,
            retry: Retry::default(),
            ids: Arc::new(SystemIds),
        }
    }

    /// A client over a socket of the file system, where no token is asked for.
    pub(crate) fn over(transport: Transport) -> Result<Self, Error> {
        let address = Address::parse("http://annals")?;
        Ok(Self {
            address,
            transport,
            authorization: None,
            retry: Retry::NEVER,
            ids: Arc::new(SystemIds),
        })
    }

    /// Requests about one account.
    pub fn account<'a>(&'a self, id: &'a str) -> Account<'a> {
        Account::new(self, id)
    }

    /// The address of the server.
    pub fn url(&self) -> &str {
        self.address.as_str()
    }

    pub(crate) fn ids(&self) -> &dyn EventIds {
        &*self.ids
    }

    /// The accounts that the token may see, a page at a time: `cursor` is the `next_cursor` of the page before.
    pub async fn accounts(&self, cursor: Option<&str>) -> Result<api::account::AccountPage, Error> {
        self.call(Call::get(crate::address::with_query(
            path::ACCOUNTS.into(),
            &[("cursor", cursor)],
        )))
        .await
    }

    /// Creates an account. Not repeated when the connection breaks: look with [`Self::accounts`] then.
    pub async fn create_account(
        &self,
        account: &api::account::NewAccount,
    ) -> Result<api::account::Account, Error> {
        self.call(Call::post(path::ACCOUNTS.into(), account)?).await
    }

    /// Who the bearer of the token is.
    pub async fn introspect(&self) -> Result<api::key::Introspection, Error> {
        self.call(Call::post(path::INTROSPECT.into(), &serde_json::Map::new())?.repeatable())
            .await
    }

    /// Whether the server takes requests; needs no token and is asked once.
    pub async fn health(&self) -> Result<api::health::Health, Error> {
        let call = Call {
            patience: Duration::from_secs(5),
            repeatable: false,
            ..Call::get(path::READYZ.into())
        };
        self.call(call).await
    }
}
