//! How the commands that are clients reach their server.

use anyhow::{Context, Result};
use clap::Args;

/// Where the server is, and who asks.
#[derive(Debug, Args)]
#[command(next_help_heading = "Server")]
pub(crate) struct Connection {
    /// The address of the server
    #[arg(
        long,
        env = "ANNALS_URL",
        hide_env_values = true,
        default_value = "http://127.0.0.1:8420"
    )]
    pub(crate) url: String,
    /// An API key, `ann_…`; the variable keeps it out of the list of processes
    #[arg(long, env = "ANNALS_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// The id of the account
    #[arg(long, env = "ANNALS_ACCOUNT", hide_env_values = true)]
    pub(crate) account: String,
}

impl Connection {
    /// A client; nothing is sent yet.
    pub(crate) fn client(&self) -> Result<sdk::Client> {
        let token = self
            .token
            .as_deref()
            .context("there is no token: set ANNALS_TOKEN, or give --token")?;
        Ok(sdk::Client::new(&self.url, token)?)
    }
}

/// Runs what a client does: one thread is enough for one connection.
pub(crate) fn block_on<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("starting the runtime")?
        .block_on(work)
}
