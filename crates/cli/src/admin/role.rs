//! `annals admin role`.

use anyhow::Result;
use clap::{Args, Subcommand};
use sdk::api::role::{NewRole, Role};
use sdk::api::{HiddenFacet, Permission};
use serde_json::json;
use std::fmt::Write as _;

use super::Place;
use super::way::Way;
use crate::output::{Output, printable};

/// What to do with roles.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the roles of an account, the built-in ones first
    #[command(after_help = "Examples:\n  annals admin role list --data-dir data --account acme")]
    List(List),
    /// Create a role of an account's own; its id is printed
    #[command(after_help = "Examples:\n  \
        annals admin role create --data-dir data --account acme --name Reader --permissions audit:read\n  \
        annals admin role create --data-dir data --account acme --name 'Without names' \\\n    \
        --permissions audit:read,audit:export --hide names,context\n\n\
        Facets that can be hidden: actor, names, targets, context, changes, text, metadata.")]
    Create(Create),
    /// Delete a role of an account's own that nobody has
    #[command(
        after_help = "Examples:\n  annals admin role delete --data-dir data --account acme role_abcdefghijklmnop"
    )]
    Delete(Delete),
}

/// Whose roles are listed.
#[derive(Debug, Args)]
pub(super) struct List {
    /// The account
    #[arg(long, value_name = "ID")]
    account: String,
    #[command(flatten)]
    place: Place,
}

/// What a role is created with.
#[derive(Debug, Args)]
pub(super) struct Create {
    /// The account
    #[arg(long, value_name = "ID")]
    account: String,
    /// A name for people, which no other role of the account has
    #[arg(long)]
    name: String,
    /// What its members may do, separated by commas; nothing when absent
    #[arg(long, value_delimiter = ',')]
    permissions: Vec<Permission>,
    /// Which parts of events its members do not see, separated by commas
    #[arg(long, value_name = "FACETS", value_delimiter = ',', value_parser = facet)]
    hide: Vec<HiddenFacet>,
    #[command(flatten)]
    place: Place,
}

/// Which role is deleted.
#[derive(Debug, Args)]
pub(super) struct Delete {
    /// The id of the role, `role_…`
    id: String,
    /// The account
    #[arg(long, value_name = "ID")]
    account: String,
    #[command(flatten)]
    place: Place,
}

fn facet(text: &str) -> Result<HiddenFacet, String> {
    HiddenFacet::from_name(text).ok_or_else(|| {
        let names: Vec<&str> = HiddenFacet::ALL.iter().map(|it| it.as_str()).collect();
        format!("expected one of {}", names.join(", "))
    })
}

impl Command {
    pub(super) fn place(&self) -> &Place {
        match self {
            Self::List(list) => &list.place,
            Self::Create(create) => &create.place,
            Self::Delete(delete) => &delete.place,
        }
    }
}

/// Does it and prints what came of it.
pub(super) async fn run(command: &Command, way: &Way, output: &mut Output) -> Result<()> {
    let as_json = command.place().json;
    let roles = match command {
        Command::List(list) => way.roles(&list.account).await?,
        Command::Create(create) => {
            let new = NewRole {
                name: create.name.clone(),
                permissions: create.permissions.clone(),
                hide: create.hide.clone(),
            };
            vec![way.create_role(&create.account, new).await?]
        }
        Command::Delete(delete) => {
            way.delete_role(&delete.account, &delete.id).await?;
            if as_json {
                output.json(&json!({ "id": delete.id, "deleted": true }))?;
            } else {
                output.line(format_args!("{} is gone", delete.id))?;
            }
            return Ok(());
        }
    };
    for role in &roles {
        if as_json {
            output.json(role)?;
        } else {
            output.line(line(role))?;
        }
    }
    Ok(())
}

fn line(role: &Role) -> String {
    let permissions: Vec<&str> = role.permissions.iter().map(|it| it.as_str()).collect();
    let hidden: Vec<&str> = role.hide.iter().map(|it| it.as_str()).collect();
    let mut line = format!(
        "{}  {}  {} members  {}",
        role.id,
        printable(&role.name),
        role.members,
        permissions.join(",")
    );
    if !hidden.is_empty() {
        // Writing into a `String` does not fail.
        let _ = write!(line, "  without {}", hidden.join(","));
    }
    line
}
