//! `annals admin key`.

use anyhow::Result;
use clap::{Args, Subcommand};
use sdk::api::admin::NewAdminKey;
use sdk::api::key::{Key, KeyRotation};
use sdk::api::{HiddenFacet, Permission};
use serde_json::json;

use super::Place;
use super::way::Way;
use crate::output::{self, Output, printable};

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create a key, and its account when there is none; its token is printed now and never again
    #[command(after_help = "Examples:\n  \
        annals admin key create --data-dir data --account acme --permissions events:write,audit:read\n  \
        annals admin key create --data-dir data --permissions accounts:write,keys:write --name provisioning --json\n  \
        annals admin key create --data-dir data --account acme --permissions audit:read --hide context \\\n      \
        --network 203.0.113.0/24 --network 2001:db8::/32\n\n\
        Permissions: audit:read, audit:export, audit:verify, audit:redact, events:write, catalog:write,\n  \
        streams:write, keys:write, members:write, retention:write, accounts:write,\n  \
        accounts:create_on_append, audit:read_sensitive.")]
    Create(Create),
    /// List keys, the revoked ones included
    #[command(after_help = "Examples:\n  annals admin key list --data-dir data --account acme")]
    List(List),
    /// Replace a key by another with the same rights; the token of the new one is printed now and never again
    #[command(
        after_help = "Examples:\n  annals admin key rotate --data-dir data key_abcdefghijklmnop\n  \
        annals admin key rotate --data-dir data key_abcdefghijklmnop --overlap-minutes 0"
    )]
    Rotate(Rotate),
    /// Revoke a key, at once
    #[command(
        after_help = "Examples:\n  annals admin key revoke --data-dir data key_abcdefghijklmnop"
    )]
    Revoke(Revoke),
}

/// What a key is created with.
#[derive(Debug, Args)]
pub(super) struct Create {
    /// The account it is for; the whole instance when absent
    #[arg(long, value_name = "ID")]
    account: Option<String>,
    /// What it may do, separated by commas
    #[arg(long, required = true, value_delimiter = ',')]
    permissions: Vec<Permission>,
    /// A name for people
    #[arg(long, default_value = "command line")]
    name: String,
    /// When it stops working (RFC 3339); never when absent
    #[arg(long, value_name = "TIME")]
    expires_at: Option<String>,
    /// A network from which it works, such as 203.0.113.0/24, or an address; may be given several times
    #[arg(long = "network", value_name = "NETWORK")]
    networks: Vec<String>,
    /// A part of events that it does not see: actor, names, targets, context, changes, text, metadata; several times
    #[arg(long, value_name = "PART", value_parser = facet, value_delimiter = ',')]
    hide: Vec<HiddenFacet>,
    #[command(flatten)]
    place: Place,
}

/// Which keys are listed.
#[derive(Debug, Args)]
pub(super) struct List {
    /// Those of this account only
    #[arg(long, value_name = "ID")]
    account: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// Which key is replaced.
#[derive(Debug, Args)]
pub(super) struct Rotate {
    /// The id of the key, `key_…`
    id: String,
    /// How many minutes the replaced key works beside the new one, 0 to 10080; a day when absent
    #[arg(long, value_name = "MINUTES")]
    overlap_minutes: Option<u64>,
    #[command(flatten)]
    place: Place,
}

/// Which key is revoked.
#[derive(Debug, Args)]
pub(super) struct Revoke {
    /// The id of the key, `key_…`
    id: String,
    #[command(flatten)]
    place: Place,
}

impl Command {
    pub(super) fn place(&self) -> &Place {
        match self {
            Self::Create(create) => &create.place,
            Self::List(list) => &list.place,
            Self::Rotate(rotate) => &rotate.place,
            Self::Revoke(revoke) => &revoke.place,
        }
    }
}

/// Does it and prints what came of it.
pub(super) async fn run(command: &Command, way: &Way, output: &mut Output) -> Result<()> {
    let as_json = command.place().json;
    match command {
        Command::Create(create) => {
            let created = way.create_key(create.request()).await?;
            if as_json {
                return Ok(output.json(&created)?);
            }
            // The token alone on standard output, so that it can be piped to where secrets are kept.
            output::note(&format!(
                "key {}; this is its token, which is shown only now:",
                created.id
            ));
            output.line(&created.token)?;
        }
        Command::List(list) => {
            for key in way.keys(list.account.as_deref()).await? {
                if as_json {
                    output.json(&key)?;
                } else {
                    output.line(line(&key))?;
                }
            }
        }
        Command::Rotate(rotate) => {
            let overlap_minutes = rotate.overlap_minutes;
            let rotation = KeyRotation { overlap_minutes };
            let rotated = way.rotate_key(&rotate.id, rotation).await?;
            if as_json {
                return Ok(output.json(&rotated)?);
            }
            output::note(&format!(
                "key {} replaces {}, which works until {}; this is its token, which is shown only now:",
                rotated.id, rotated.replaces.id, rotated.replaces.expires_at
            ));
            output.line(&rotated.token)?;
        }
        Command::Revoke(revoke) => {
            way.revoke_key(&revoke.id).await?;
            if as_json {
                output.json(&json!({ "id": revoke.id, "revoked": true }))?;
            } else {
                output.line(format_args!("{} no longer works", revoke.id))?;
            }
        }
    }
    Ok(())
}

impl Create {
    fn request(&self) -> NewAdminKey {
        NewAdminKey {
            account: self.account.clone(),
            name: self.name.clone(),
            permissions: self.permissions.clone(),
            expires_at: self.expires_at.clone(),
            hide: self.hide.clone(),
            networks: self.networks.clone(),
        }
    }
}

/// Reads a part of events that can be hidden.
fn facet(text: &str) -> Result<HiddenFacet, String> {
    let names = || HiddenFacet::ALL.iter().map(|facet| facet.as_str());
    HiddenFacet::from_name(text)
        .ok_or_else(|| format!("expected one of {}", names().collect::<Vec<_>>().join(", ")))
}

fn line(key: &Key) -> String {
    let permissions: Vec<&str> = key
        .permissions
        .iter()
        .map(|permission| permission.as_str())
        .collect();
    let state = match (&key.revoked_at, &key.expires_at) {
        (Some(at), _) => format!("revoked {at}"),
        (None, Some(at)) if key.replaced_by.is_some() => format!("replaced, until {at}"),
        (None, Some(at)) => format!("until {at}"),
        (None, None) => "valid".to_owned(),
    };
    let account = key.account.as_deref().unwrap_or("(instance)");
    format!(
        "{}  {account}  {}  {state}  {}",
        key.id,
        printable(&key.name),
        permissions.join(",")
    )
}
