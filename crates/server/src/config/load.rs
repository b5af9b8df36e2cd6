//! From file, environment and flags to one [`Config`], or all that is wrong with them.

use std::{fmt, fs, io, path::Path};

use toml::{Table, Value};

use super::{Config, environment, section::SetError, setting::Given};
use crate::limits::{BODY_BYTES_MAX, CONFIG_BYTES_MAX};

/// A setting from the command line, which wins over everything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// The flag, for messages, such as `--listen`.
    pub flag: &'static str,
    /// The section in the file; empty for the top.
    pub section: &'static str,
    /// The field in the section.
    pub field: &'static str,
    /// The value as typed.
    pub value: String,
}

/// One wrong setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it was set: the file, a variable or a flag.
    pub origin: String,
    /// The field, such as `listen.address`; empty when it is not one field.
    pub field: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field.is_empty() {
            write!(f, "{}: {}", self.origin, self.message)
        } else {
            write!(f, "{}: {}: {}", self.origin, self.field, self.message)
        }
    }
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file could not be read.
    #[error("cannot read the configuration file {path}")]
    Read {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// Settings are wrong; all of them are listed.
    #[error("the configuration is wrong:\n{}", .0.iter().map(|problem| format!("  {problem}")).collect::<Vec<_>>().join("\n"))]
    Wrong(Vec<Problem>),
}

impl Config {
    /// Reads `file`, then the `ANNALS_*` variables of `environment`, then `overrides`; later ones win.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
        overrides: &[Override],
    ) -> Result<Self, ConfigError> {
        let text = file.map(read).transpose()?;
        let origin = file
            .map(|path| path.display().to_string())
            .unwrap_or_default();
        Self::assemble(
            text.as_deref().map(|text| (origin.as_str(), text)),
            environment,
            overrides,
        )
        .map_err(ConfigError::Wrong)
    }

    /// As [`Self::load`], with the file already read and named for messages.
    pub(super) fn assemble(
        file: Option<(&str, &str)>,
        variables: impl IntoIterator<Item = (String, String)>,
        overrides: &[Override],
    ) -> Result<Self, Vec<Problem>> {
        let mut assembly = Assembly {
            config: Self::default(),
            problems: Vec::new(),
        };
        if let Some((origin, text)) = file {
            assembly.file(origin, text);
        }
        for (variable, value) in variables {
            if let Some((section, field)) = environment::field_of(&variable) {
                assembly.set(&variable, &section, &field, Given::Text(&value));
            }
        }
        for given in overrides {
            assembly.set(
                given.flag,
                given.section,
                given.field,
                Given::Text(&given.value),
            );
        }
        assembly.check();
        if assembly.problems.is_empty() {
            Ok(assembly.config)
        } else {
            Err(assembly.problems)
        }
    }
}

fn read(path: &Path) -> Result<String, ConfigError> {
    let failed = |source| ConfigError::Read {
        path: path.display().to_string(),
        source,
    };
    if fs::metadata(path).map_err(failed)?.len() > CONFIG_BYTES_MAX {
        return Err(failed(io::Error::from(io::ErrorKind::FileTooLarge)));
    }
    fs::read_to_string(path).map_err(failed)
}

struct Assembly {
    config: Config,
    problems: Vec<Problem>,
}

impl Assembly {
    fn file(&mut self, origin: &str, text: &str) {
        let table = match text.parse::<Table>() {
            Ok(table) => table,
            Err(error) => return self.report(origin, "", &error.to_string()),
        };
        for (name, value) in &table {
            match value {
                Value::Table(fields) if self.config.section_mut(name).is_some() => {
                    for (field, value) in fields {
                        self.set(origin, name, field, Given::Toml(value));
                    }
                }
                _ => self.set(origin, "", name, Given::Toml(value)),
            }
        }
    }

    fn set(&mut self, origin: &str, section: &str, field: &str, given: Given<'_>) {
        let path = if section.is_empty() {
            field.to_owned()
        } else {
            format!("{section}.{field}")
        };
        let result = match self.config.section_mut(section) {
            Some(section) => section.set(field, given),
            None => Err(SetError::Unknown),
        };
        match result {
            Ok(()) => {}
            Err(SetError::Invalid(message)) => self.report(origin, &path, &message),
            Err(SetError::Unknown) => {
                let message = format!(
                    "there is no such setting; there are {}",
                    self.names_beside(section)
                );
                self.report(origin, &path, &message);
            }
        }
    }

    /// The names that could have stood in `section`.
    fn names_beside(&self, section: &str) -> String {
        let sections = self.config.sections();
        let (name, known) = sections
            .iter()
            .find(|(name, _)| *name == section)
            .unwrap_or(&sections[0]);
        let mut names: Vec<String> = known
            .fields()
            .iter()
            .map(|field| field.name.to_owned())
            .collect();
        if name.is_empty() {
            names.extend(sections.iter().map(|(name, _)| format!("[{name}]")).skip(1));
        }
        names.join(", ")
    }

    fn report(&mut self, origin: &str, field: &str, message: &str) {
        let message = message.trim_end().to_owned();
        self.problems.push(Problem {
            origin: origin.to_owned(),
            field: field.to_owned(),
            message,
        });
    }

    /// What no single field can see.
    fn check(&mut self) {
        let config = &self.config;
        let mut found: Vec<(&str, String)> = Vec::new();
        if config.tls.cert.is_some() != config.tls.key.is_some() {
            found.push((
                "tls",
                "cert and key are set together or not at all".to_owned(),
            ));
        }
        let limits = &config.limits;
        for (field, value, max) in [
            (
                "limits.body_bytes_max",
                limits.body_bytes_max,
                BODY_BYTES_MAX,
            ),
            (
                "limits.bodies_bytes_max",
                limits.bodies_bytes_max,
                u64::from(u32::MAX),
            ),
            ("limits.requests_max", limits.requests_max, 1 << 20),
            ("limits.connections_max", limits.connections_max, 1 << 20),
            (
                "limits.key_requests_per_second",
                limits.key_requests_per_second.unwrap_or(1),
                1_000_000,
            ),
            (
                "limits.account_requests_per_second",
                limits.account_requests_per_second.unwrap_or(1),
                1_000_000,
            ),
            (
                "limits.account_events_per_second",
                limits.account_events_per_second.unwrap_or(1),
                1_000_000,
            ),
            ("limits.header_timeout_s", limits.header_timeout_s, 3_600),
            ("limits.body_timeout_s", limits.body_timeout_s, 3_600),
            ("limits.request_timeout_s", limits.request_timeout_s, 3_600),
            ("limits.drain_timeout_s", limits.drain_timeout_s, 3_600),
            ("sessions.idle_hours", config.sessions.idle_hours, 8_760),
            (
                "sessions.absolute_hours",
                config.sessions.absolute_hours,
                8_760,
            ),
        ] {
            if !(1..=max).contains(&value) {
                found.push((field, format!("expected 1 to {max}")));
            }
        }
        if limits.bodies_bytes_max < limits.body_bytes_max {
            found.push((
                "limits.bodies_bytes_max",
                "expected at least body_bytes_max".to_owned(),
            ));
        }
        for (field, message) in found {
            self.report("configuration", field, &message);
        }
        self.check_events();
    }

    fn check_events(&mut self) {
        for (field, most) in self.config.events.raised() {
            self.report(
                "configuration",
                &format!("events.{field}"),
                &format!("expected at most {most}"),
            );
        }
    }
}
