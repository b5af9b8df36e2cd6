//! `annals admin`: accounts, keys, members and roles without a token, by whoever owns the data directory.

mod account;
mod key;
mod member;
mod person;
mod role;
mod way;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};

use crate::directory::Directory;
use crate::output::Output;
use crate::serve::runtime;
use way::Way;

/// Make accounts, keys, members and roles, as the owner of the data directory
///
/// Works on the directory itself, or, when a server runs on it, through the socket in it.
/// The directory is initialised when it is absent or empty.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    annals admin account create --data-dir data acme --name 'Acme Inc.'\n  \
    annals admin key create --data-dir data --account acme --permissions events:write,audit:read\n  \
    annals admin key list --data-dir data\n  \
    annals admin key revoke --data-dir data key_abcdefghijklmnop\n  \
    annals admin member add --data-dir data --account acme --email lily@example.com --name 'Lily Ari'\n  \
    annals admin role list --data-dir data --account acme")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    subject: Subject,
}

#[derive(Debug, Subcommand)]
enum Subject {
    /// Accounts: create, list
    #[command(subcommand)]
    Account(account::Command),
    /// API keys: create, list, revoke
    #[command(subcommand)]
    Key(key::Command),
    /// People who sign in to the dashboard: add, list, set-role, remove, operator
    #[command(subcommand)]
    Member(member::Command),
    /// What members may do: list, create, delete
    #[command(subcommand)]
    Role(role::Command),
}

/// Where, and how the answer is printed.
#[derive(Debug, Args)]
struct Place {
    #[command(flatten)]
    directory: Directory,
    /// The name of the instance, when this initialises the directory
    #[arg(long, value_name = "NAME")]
    instance_name: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Subject {
    fn place(&self) -> &Place {
        match self {
            Self::Account(command) => command.place(),
            Self::Key(command) => command.place(),
            Self::Member(command) => command.place(),
            Self::Role(command) => command.place(),
        }
    }
}

/// Opens the directory or its socket, does one thing, and closes it.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let place = arguments.subject.place();
    let mut output = Output::new();
    runtime()?.block_on(async {
        let way = match Way::open(place).await? {
            Ok(way) => way,
            Err(code) => return Ok(code),
        };
        let done = match &arguments.subject {
            Subject::Account(command) => account::run(command, &way, &mut output).await,
            Subject::Key(command) => key::run(command, &way, &mut output).await,
            Subject::Member(command) => member::run(command, &way, &mut output).await,
            Subject::Role(command) => role::run(command, &way, &mut output).await,
        };
        way.close().await?;
        done?;
        output.flush()?;
        Ok(ExitCode::SUCCESS)
    })
}
