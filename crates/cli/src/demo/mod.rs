//! `annals demo`: a server with a year of made-up events, gone when it ends.

mod clock;
mod fill;
mod people;

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use serde_json::json;
use server::{SystemClock, SystemRandomness};
use tempfile::TempDir;

use crate::local;
use crate::output::Output;
use crate::sample;
use crate::serve::{dashboard, not_started, runtime, until_stopped, url};
use crate::signals::Signals;
use fill::Access;

/// The account of the demo.
const ACCOUNT: &str = "acme";

/// Who may sign in to the demo.
const OWNER_EMAIL: &str = "admin@acme.example";
const OWNER_NAME: &str = "Demo Admin";

/// Run a server with a year of made-up events, to look around
///
/// The events go the way of every event; only the clock walks through the year.
/// The data goes with the server, unless --data-dir says where to keep it.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  annals demo\n  annals demo --events 200000 --listen 127.0.0.1:9000\n  \
    annals demo --data-dir ./demo        (later: annals serve --data-dir ./demo)"
)]
pub(crate) struct Arguments {
    /// How many events the year has
    #[arg(long, default_value_t = sample::DEFAULT_COUNT)]
    events: usize,
    /// The address and port; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8420", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// Keep the data in this directory, which must be absent or empty
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// Say where the server listens and with what one gets in as a line of JSON
    #[arg(long)]
    json: bool,
}

/// Where the demo's data is, and whether it goes when this does.
enum Home {
    Kept(PathBuf),
    Temporary(TempDir),
}

impl Home {
    fn of(arguments: &Arguments) -> Result<Self> {
        let Some(dir) = &arguments.data_dir else {
            let dir = tempfile::Builder::new().prefix("annals-demo-").tempdir();
            return Ok(Self::Temporary(
                dir.context("making a temporary directory")?,
            ));
        };
        let is_free = match dir.read_dir() {
            Ok(mut entries) => entries.next().is_none(),
            Err(error) => error.kind() == std::io::ErrorKind::NotFound,
        };
        ensure!(
            is_free,
            "{dir} is not empty: the demo begins with fresh data; to serve what is there: annals serve --data-dir {dir}",
            dir = dir.display()
        );
        Ok(Self::Kept(dir.clone()))
    }

    fn path(&self) -> PathBuf {
        match self {
            Self::Kept(dir) => dir.clone(),
            // A directory inside, because the server makes its own.
            Self::Temporary(dir) => dir.path().join("data"),
        }
    }
}

/// Looks whether the address can be had, before time is spent on data; it is taken when there is something to serve.
fn ensure_free(address: SocketAddr) -> Result<()> {
    match TcpListener::bind(address) {
        Ok(_) => Ok(()),
        Err(error) => bail!(
            "cannot listen on {address}: {error}; --listen takes another address, port 0 a free one"
        ),
    }
}

/// Makes the data, then serves it until a signal comes.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    ensure_free(arguments.listen)?;
    let home = Home::of(arguments)?;
    let mut config = local::config(home.path(), arguments.listen);
    config.instance.instance_name = Some("demo.annals.invalid".into());
    server::telemetry::init(&config.log)?;
    runtime()?.block_on(async {
        let mut signals = Signals::new()?;
        let access = tokio::select! {
            filled = fill::fill(&config, arguments.events) => filled?,
            () = signals.next() => return Ok(ExitCode::SUCCESS),
        };
        match server::start(config, Arc::new(SystemClock), Arc::new(SystemRandomness)).await {
            Ok(running) => {
                // A server serves also when nobody reads where it listens.
                let _ = announce(&url(&running), &access, &home, arguments.json);
                until_stopped(running, signals).await
            }
            Err(error) => Ok(not_started(error)),
        }
    })
}

fn announce(url: &str, access: &Access, home: &Home, as_json: bool) -> Result<()> {
    let mut output = Output::new();
    let docs = format!("{url}{}", sdk::api::path::DOCS);
    let data_dir = home.path();
    let Access { token, password } = access;
    if as_json {
        output.json(&json!({
            "url": url, "docs": docs, "account": ACCOUNT, "token": token, "data_dir": data_dir,
            "dashboard": dashboard(url), "email": OWNER_EMAIL, "password": password,
            "members": people::MEMBERS.map(|member| json!({"email": member.email, "role": member.role})),
        }))?;
        return Ok(output.flush()?);
    }
    output.line(format_args!("listening on {url}"))?;
    output.line("")?;
    output.line(format_args!(
        "  account        {ACCOUNT} ({})",
        sample::ACCOUNT_NAME
    ))?;
    output.line(format_args!("  dashboard      {}", dashboard(url)))?;
    output.line(format_args!("  e-mail         {OWNER_EMAIL}"))?;
    output.line(format_args!("  password       {password}"))?;
    output.line("  the same password for")?;
    for member in people::MEMBERS {
        output.line(format_args!("    {:<38} {}", member.email, member.role))?;
    }
    output.line(format_args!("  API key        {token}"))?;
    output.line(format_args!("  documentation  {docs}"))?;
    let kept = matches!(home, Home::Kept(_));
    let fate = if kept {
        "kept"
    } else {
        "removed when the demo ends"
    };
    output.line(format_args!(
        "  data           {} ({fate})",
        data_dir.display()
    ))?;
    output.line("")?;
    output.line("Try:")?;
    output.line(format_args!(
        "  curl -H 'Authorization: Bearer {token}' '{url}/v1/accounts/{ACCOUNT}/events?limit=3'"
    ))?;
    output.line(format_args!(
        "  export ANNALS_URL={url} ANNALS_TOKEN={token} ANNALS_ACCOUNT={ACCOUNT}"
    ))?;
    output.line("  annals query --range last_90_days --where result:ne:success")?;
    Ok(output.flush()?)
}
