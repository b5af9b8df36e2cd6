//! The server that is measured: one that runs somewhere, or one of our own on fresh data.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Args;
use sdk::api::Permission;
use server::{Running, SystemClock, SystemRandomness};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::{local, serve};

/// Which server is measured.
///
/// The address is taken from the command line only: no variable may send made-up events to a server in use.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is measured")]
pub(super) struct Which {
    /// A server that runs; without it, one is started here, on fresh data
    #[arg(long, requires = "token", conflicts_with = "data_dir")]
    url: Option<String>,
    /// The key for --url: events:write and audit:read
    #[arg(long, env = "ANNALS_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// The account that the events go to
    #[arg(long, default_value = "bench")]
    account: String,
    /// Where a server of our own keeps its data, to choose the disk; removed afterwards when absent
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
}

/// A server to be measured.
pub(super) struct Subject {
    pub(super) url: String,
    pub(super) token: String,
    pub(super) account: String,
    own: Option<Own>,
}

/// A server in this process. Fields drop in order: the server ends before its data goes.
struct Own {
    running: Running,
    runtime: Runtime,
    _data: Option<TempDir>,
}

impl Subject {
    /// Starts a server unless there is one.
    pub(super) fn prepare(which: &Which) -> Result<Self> {
        let account = which.account.clone();
        if let (Some(url), Some(token)) = (&which.url, &which.token) {
            return Ok(Self {
                url: url.clone(),
                token: token.clone(),
                account,
                own: None,
            });
        }
        let (dir, data) = if let Some(dir) = &which.data_dir {
            (dir.clone(), None)
        } else {
            let data = tempfile::Builder::new().prefix("annals-bench-").tempdir();
            let data = data.context("making a temporary directory")?;
            (data.path().join("data"), Some(data))
        };
        let config = local::config(dir, SocketAddr::from(([127, 0, 0, 1], 0)));
        server::telemetry::init(&config.log)?;
        let runtime = serve::runtime()?;
        let (running, token) = runtime.block_on(async {
            let running =
                server::start(config, Arc::new(SystemClock), Arc::new(SystemRandomness)).await?;
            let permissions = [Permission::EventsWrite, Permission::AuditRead];
            let token = local::create_key(&running, Some(&account), "bench", &permissions).await?;
            anyhow::Ok((running, token))
        })?;
        let url = serve::url(&running);
        Ok(Self {
            url,
            token,
            account,
            own: Some(Own {
                running,
                runtime,
                _data: data,
            }),
        })
    }

    /// Ends a server of our own.
    pub(super) fn end(self) -> Result<()> {
        match self.own {
            None => Ok(()),
            Some(own) => own
                .runtime
                .block_on(own.running.stop())
                .context("stopping the measured server"),
        }
    }
}
