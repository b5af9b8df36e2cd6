//! The log of the process, on standard error.

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::{Log, LogFormat};

/// Why the log could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The level in the configuration is not one.
    #[error("cannot read log.level: {0}")]
    Level(String),
    /// Something else in the process has set up a log.
    #[error("a log is set up already")]
    Taken,
}

/// Sets up the log for the whole process; call once, before anything is started.
pub fn init(log: &Log) -> Result<(), TelemetryError> {
    let level =
        EnvFilter::try_new(&log.level).map_err(|error| TelemetryError::Level(error.to_string()))?;
    let lines = fmt::layer().with_writer(std::io::stderr);
    let registry = tracing_subscriber::registry().with(level);
    match log.format {
        LogFormat::Json => registry.with(lines.json().flatten_event(true)).try_init(),
        LogFormat::Text => {
            let coloured = std::io::IsTerminal::is_terminal(&std::io::stderr());
            registry.with(lines.with_ansi(coloured)).try_init()
        }
    }
    .map_err(|_| TelemetryError::Taken)
}
