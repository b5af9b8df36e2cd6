//! `annals serve`: the server.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::json;
use server::config::Override;
use server::{Config, Running, StartError, SystemClock, SystemRandomness};

use crate::failure::{ALTERED, tell_as};
use crate::output::{self, Output};
use crate::signals;

/// Variables of commands and tests, which begin like those of the server and are none of it.
const NOT_OF_THE_SERVER: [&str; 6] = [
    "ANNALS_ACCOUNT",
    "ANNALS_BINARY",
    "ANNALS_CONFIG",
    "ANNALS_KILL_ROUNDS",
    "ANNALS_TOKEN",
    "ANNALS_URL",
];

/// Run the server
///
/// Settings come from the file, then from variables such as `ANNALS_LISTEN__ADDRESS`, then from the flags.
/// The data directory is initialised when it is absent or empty.
/// SIGTERM and SIGINT end the server gracefully, with exit code 0.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  annals serve\n  \
    annals serve --data-dir /var/lib/annals --listen 0.0.0.0:8420 --tls-cert cert.pem --tls-key key.pem\n  \
    annals serve --config /etc/annals.toml\n  \
    annals serve --print-config > annals.toml\n\n\
    Exit codes: 0 ended as asked, 1 could not start, 2 the data is damaged.")]
pub(crate) struct Arguments {
    /// The configuration file
    #[arg(
        long,
        env = "ANNALS_CONFIG",
        hide_env_values = true,
        value_name = "FILE"
    )]
    config: Option<PathBuf>,
    /// The data directory
    #[arg(long, value_name = "DIR")]
    data_dir: Option<String>,
    /// The address and port; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    /// The certificate chain of the server, PEM
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<String>,
    /// The key of the certificate, PEM
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<String>,
    /// Let people and keys in over plain HTTP, where something else protects the network
    #[arg(long)]
    allow_plain_http: bool,
    /// The name from which all logs take theirs; fixed when the data directory is initialised
    #[arg(long, value_name = "NAME")]
    instance_name: Option<String>,
    /// Print the settings with their manual as a configuration file, and end
    #[arg(long)]
    print_config: bool,
    /// Say where the server listens as a line of JSON
    #[arg(long)]
    json: bool,
}

impl Arguments {
    fn config(&self) -> Result<Config> {
        let flags = [
            ("--data-dir", "", "data_dir", &self.data_dir),
            ("--instance-name", "", "instance_name", &self.instance_name),
            ("--listen", "listen", "address", &self.listen),
            ("--tls-cert", "tls", "cert", &self.tls_cert),
            ("--tls-key", "tls", "key", &self.tls_key),
        ];
        let mut overrides: Vec<Override> = flags
            .into_iter()
            .filter_map(|(flag, section, field, value)| {
                Some(Override {
                    flag,
                    section,
                    field,
                    value: value.clone()?,
                })
            })
            .collect();
        if self.allow_plain_http {
            overrides.push(Override {
                flag: "--allow-plain-http",
                section: "listen",
                field: "allow_plain_http",
                value: "true".to_owned(),
            });
        }
        Ok(Config::load(
            self.config.as_deref(),
            environment(),
            &overrides,
        )?)
    }
}

/// The variables that may be settings; one that is not text is none.
fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .filter(|(name, _)| !NOT_OF_THE_SERVER.contains(&name.as_str()))
}

/// Serves until a signal comes.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let config = arguments.config()?;
    if arguments.print_config {
        let mut output = Output::new();
        output.bytes(config.to_toml().as_bytes())?;
        output.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    server::telemetry::init(&config.log)?;
    let data_dir = config.instance.data_dir.display().to_string();
    runtime()?.block_on(async {
        let signals = signals::Signals::new()?;
        match server::start(config, Arc::new(SystemClock), Arc::new(SystemRandomness)).await {
            Ok(running) => {
                // A server serves also when nobody reads where it listens.
                let _ = announce(&running, &data_dir, arguments.json);
                until_stopped(running, signals).await
            }
            Err(error) => Ok(not_started(error)),
        }
    })
}

/// The runtime of a server: a thread per processor.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("starting the runtime")
}

/// Waits for a signal, or for a ledger that can no longer be written, and stops; a second signal ends the process at once, which loses nothing acknowledged.
pub(crate) async fn until_stopped(
    running: Running,
    mut signals: signals::Signals,
) -> Result<ExitCode> {
    let failure = tokio::select! {
        () = signals.next() => None,
        why = running.failure() => Some(why),
    };
    tokio::select! {
        stopped = running.stop() => stopped.context("stopping")?,
        () = signals.next() => bail!("ended before everything was closed; the next start recovers"),
    }
    match failure {
        None => Ok(ExitCode::SUCCESS),
        Some(why) => {
            bail!("nothing more can be recorded: {why}; the next start finds out what was stored")
        }
    }
}

/// Says why the server did not start; damaged data has an exit code of its own.
pub(crate) fn not_started(error: StartError) -> ExitCode {
    let code = if error.is_damage() {
        ALTERED
    } else {
        crate::failure::FAILED
    };
    tell_as(&anyhow::Error::new(error), code)
}

/// The address of a running server as a client writes it.
pub(crate) fn url(running: &Running) -> String {
    let scheme = if running.is_tls() { "https" } else { "http" };
    format!("{scheme}://{}", running.address())
}

fn announce(running: &Running, data_dir: &str, as_json: bool) -> Result<()> {
    let url = url(running);
    let mut output = Output::new();
    if as_json {
        output.json(&json!({
            "url": url,
            "docs": format!("{url}{}", sdk::api::path::DOCS),
            "instance": running.instance_name(),
            "version": env!("CARGO_PKG_VERSION"),
            "has_keys": running.has_keys(),
            "dashboard": dashboard(&url),
            "setup_needed": running.setup_code().is_some(),
        }))?;
    } else {
        output.line(format_args!("listening on {url}"))?;
        output.line(format_args!("dashboard: {}", dashboard(&url)))?;
        output.line(format_args!("documentation: {url}{}", sdk::api::path::DOCS))?;
    }
    output.flush()?;
    if let Some(code) = running.setup_code() {
        // Standard error and no line of the log: whoever has the code becomes the owner.
        output::note(&format!(
            "Nobody can sign in yet. Whoever opens this link first becomes the owner; it ends with this process:\n  \
             {}setup#code={code}",
            dashboard(&url)
        ));
    }
    if !running.has_keys() {
        output::note(&format!(
            "There is no key yet, so no program can ask for anything. Make one in the dashboard, or here:\n  \
             annals admin key create --data-dir {data_dir} --account acme --permissions events:write,audit:read"
        ));
    }
    Ok(())
}

/// Where people look at what was recorded.
pub(crate) fn dashboard(url: &str) -> String {
    format!("{url}/ui/")
}
