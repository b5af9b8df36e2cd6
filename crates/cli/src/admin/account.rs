//! `annals admin account`.

use anyhow::Result;
use clap::{Args, Subcommand};
use sdk::api::account::{NewAccount, WeekStart};

use super::Place;
use super::way::Way;
use crate::output::{Output, printable};

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create an account
    #[command(
        after_help = "Examples:\n  annals admin account create --data-dir data acme --name 'Acme Inc.'\n  \
        annals admin account create --data-dir data acme --time-zone Europe/Berlin --week-start mon"
    )]
    Create(Create),
    /// List all accounts
    #[command(after_help = "Examples:\n  annals admin account list --data-dir data --json")]
    List(List),
}

/// What an account is created with.
#[derive(Debug, Args)]
pub(super) struct Create {
    /// Its id, as it stands in paths
    id: String,
    /// The name to show; the id when absent
    #[arg(long)]
    name: Option<String>,
    /// The IANA zone of callers who name none
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// The first day of a week of callers who name none: mon, sun or sat
    #[arg(long, value_name = "DAY", value_parser = week_start)]
    week_start: Option<WeekStart>,
    /// Packs of the catalogue that are turned off: `gale`, `kilo`, `live_agent`, `generic`
    #[arg(long, value_name = "PACKS", value_delimiter = ',')]
    packs_off: Vec<String>,
    #[command(flatten)]
    place: Place,
}

/// Which accounts are listed: all.
#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    place: Place,
}

fn week_start(text: &str) -> Result<WeekStart, String> {
    WeekStart::from_name(text).ok_or_else(|| "expected mon, sun or sat".to_owned())
}

impl Command {
    pub(super) fn place(&self) -> &Place {
        match self {
            Self::Create(create) => &create.place,
            Self::List(list) => &list.place,
        }
    }
}

/// Does it and prints what came of it.
pub(super) async fn run(command: &Command, way: &Way, output: &mut Output) -> Result<()> {
    let accounts = match command {
        Command::Create(create) => {
            let new = NewAccount {
                id: create.id.clone(),
                name: create.name.clone(),
                time_zone: create.time_zone.clone(),
                week_start: create.week_start,
                packs_off: create.packs_off.clone(),
            };
            vec![way.create_account(new).await?]
        }
        Command::List(_) => way.accounts().await?,
    };
    for account in &accounts {
        if command.place().json {
            output.json(account)?;
        } else {
            let name = printable(&account.name);
            output.line(format_args!(
                "{}  {name}  {}  {}",
                account.id, account.created_at, account.log
            ))?;
        }
    }
    Ok(())
}
