//! `annals admin member`.

use std::io::Read;

use anyhow::{Context, Result, ensure};
use clap::{Args, Subcommand};
use sdk::api::admin::NewAdminMember;
use sdk::api::member::Member;
use serde_json::json;

use super::Place;
use super::way::Way;
use crate::output::{self, Output, printable};

/// The longest password that is read, in bytes; longer ones are refused in any case.
const PASSWORD_BYTES_MAX: u64 = 1_024;

/// What to do with members.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a person the owner of an account; a new person gets a password, which is printed now and never again
    #[command(after_help = "Examples:\n  \
        annals admin member add --data-dir data --account acme --email lily@example.com --name 'Lily Ari'\n  \
        annals admin member add --data-dir data --account acme --email lily@example.com --name 'Lily Ari' \\\n    \
        --password-stdin < password.txt\n\n\
        To set a new password: remove the person from all accounts, and add it again.")]
    Add(Add),
    /// List members
    #[command(after_help = "Examples:\n  annals admin member list --data-dir data --account acme")]
    List(List),
    /// Remove a person from an account; out of the last one, the person can no longer sign in
    #[command(after_help = "Examples:\n  \
        annals admin member remove --data-dir data --account acme --email lily@example.com")]
    Remove(Remove),
}

/// Who becomes a member of what.
#[derive(Debug, Args)]
pub(super) struct Add {
    /// The account, which exists
    #[arg(long, value_name = "ID")]
    account: String,
    /// The address with which the person signs in
    #[arg(long)]
    email: String,
    /// The name of the person
    #[arg(long)]
    name: String,
    /// Let the person create accounts, too
    #[arg(long)]
    operator: bool,
    /// Read the password of a new person from the first line of standard input
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    place: Place,
}

/// Which members are listed.
#[derive(Debug, Args)]
pub(super) struct List {
    /// Those of this account only
    #[arg(long, value_name = "ID")]
    account: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// Whose membership of what ends.
#[derive(Debug, Args)]
pub(super) struct Remove {
    /// The account
    #[arg(long, value_name = "ID")]
    account: String,
    /// The address with which the person signs in
    #[arg(long)]
    email: String,
    #[command(flatten)]
    place: Place,
}

impl Command {
    pub(super) fn place(&self) -> &Place {
        match self {
            Self::Add(add) => &add.place,
            Self::List(list) => &list.place,
            Self::Remove(remove) => &remove.place,
        }
    }
}

/// Does it and prints what came of it.
pub(super) async fn run(command: &Command, way: &Way, output: &mut Output) -> Result<()> {
    let as_json = command.place().json;
    match command {
        Command::Add(add) => {
            let added = way.add_member(add.request()?).await?;
            if as_json {
                return Ok(output.json(&added)?);
            }
            let Some(password) = &added.password else {
                return Ok(output.line(line(&added.member))?);
            };
            // The password alone on standard output, so that it can be piped to where secrets are kept.
            output::note(&format!(
                "{}\nthis is the password, which is shown only now:",
                line(&added.member)
            ));
            output.line(password)?;
        }
        Command::List(list) => {
            for member in way.members(list.account.as_deref()).await? {
                if as_json {
                    output.json(&member)?;
                } else {
                    output.line(line(&member))?;
                }
            }
        }
        Command::Remove(remove) => {
            way.remove_member(&remove.account, &remove.email).await?;
            if as_json {
                let done =
                    json!({ "account": remove.account, "email": remove.email, "removed": true });
                output.json(&done)?;
            } else {
                output.line(format_args!(
                    "{} is no longer a member of {}",
                    printable(&remove.email),
                    remove.account
                ))?;
            }
        }
    }
    Ok(())
}

impl Add {
    fn request(&self) -> Result<NewAdminMember> {
        Ok(NewAdminMember {
            account: self.account.clone(),
            email: self.email.clone(),
            name: self.name.clone(),
            password: self.password_stdin.then(password_of_stdin).transpose()?,
            operator: self.operator,
        })
    }
}

/// The first line of standard input, without its end.
fn password_of_stdin() -> Result<String> {
    let mut text = String::new();
    std::io::stdin()
        .take(PASSWORD_BYTES_MAX)
        .read_to_string(&mut text)
        .context("reading the password from standard input")?;
    let line = text.lines().next().unwrap_or_default().to_owned();
    ensure!(!line.is_empty(), "there is no password on standard input");
    Ok(line)
}

fn line(member: &Member) -> String {
    let operator = if member.operator { " operator" } else { "" };
    format!(
        "{}  {}  {}  {}  {}{operator}",
        member.account,
        printable(&member.email),
        printable(&member.name),
        member.id,
        member.role.as_str()
    )
}
