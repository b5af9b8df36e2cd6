//! `annals admin member`.

use std::fmt::Write as _;
use std::io::Read;

use anyhow::{Context, Result, ensure};
use clap::{Args, Subcommand};
use sdk::api::admin::NewAdminMember;
use sdk::api::member::{Member, MemberChange, MemberResource};
use serde_json::json;

use super::way::Way;
use super::{
    Place,
    person::{self, Reset},
};
use crate::output::{self, Output, printable};

/// The longest password that is read, in bytes; longer ones are refused in any case.
const PASSWORD_BYTES_MAX: u64 = 1_024;

/// What to do with members.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a person a member of an account; a new person gets a password, which is printed now and never again
    #[command(after_help = "Examples:\n  \
        annals admin member add --data-dir data --account acme --email lily@example.com --name 'Lily Ari'\n  \
        annals admin member add --data-dir data --account acme --email max@example.com --name 'Max Roe' \\\n    \
        --role auditor --resource agent:7 --resource agent:9 --expires-at 2027-01-01T00:00:00Z\n  \
        annals admin member add --data-dir data --account acme --email lily@example.com --name 'Lily Ari' \\\n    \
        --password-stdin < password.txt\n\n\
        Roles: owner, admin, compliance, auditor, developer, member, or the id of a role of the account's own.\n\
        To set a new password: annals admin member reset.")]
    Add(Add),
    /// List members
    #[command(after_help = "Examples:\n  annals admin member list --data-dir data --account acme")]
    List(List),
    /// Change what a member is, at once; what is not given stays
    #[command(after_help = "Examples:\n  \
        annals admin member set-role --data-dir data --account acme --email max@example.com --role admin\n  \
        annals admin member set-role --data-dir data --account acme --email max@example.com --all-resources --no-end")]
    SetRole(SetRole),
    /// Remove a person from an account; out of the last one, the person can no longer sign in
    #[command(after_help = "Examples:\n  \
        annals admin member remove --data-dir data --account acme --email lily@example.com")]
    Remove(Remove),
    /// Make a person an operator of the instance, who creates accounts, or no longer one
    #[command(after_help = "Examples:\n  \
        annals admin member operator --data-dir data lily@example.com --on\n  \
        annals admin member operator --data-dir data lily@example.com --off\n\n\
        An operator sees which accounts exist, and what is in those only of which it is a member.")]
    Operator(Operator),
    /// Make a link with which a person chooses a new password; it works once, for an hour
    #[command(after_help = "Examples:\n  \
        annals admin member reset --data-dir data lily@example.com\n  \
        annals admin member reset --data-dir data lily@example.com --public-url https://audit.example.com\n\n\
        All sessions of the person end when it is used; the second factor stays.")]
    Reset(Reset),
    /// End all sessions of a person
    #[command(
        after_help = "Examples:\n  annals admin member sessions-end --data-dir data lily@example.com"
    )]
    SessionsEnd(person::Person),
    /// Take the second factor of a person away, who lost it and the recovery codes
    #[command(after_help = "Examples:\n  \
        annals admin member second-factor-remove --data-dir data lily@example.com")]
    SecondFactorRemove(person::Person),
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
    /// The id of its role; owner when absent, or what the person is already
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    #[command(flatten)]
    confined: Confined,
    /// Let the person create accounts, too
    #[arg(long)]
    operator: bool,
    /// Read the password of a new person from the first line of standard input
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    place: Place,
}

/// What a membership is confined to.
#[derive(Debug, Args)]
struct Confined {
    /// A resource whose log it may see; may be given often, everything when absent
    #[arg(long, value_name = "TYPE:ID", value_parser = resource)]
    resource: Vec<MemberResource>,
    /// When the membership ends (RFC 3339); never when absent
    #[arg(long, value_name = "TIME")]
    expires_at: Option<String>,
}

/// What a member is from now on.
#[derive(Debug, Args)]
pub(super) struct SetRole {
    /// The account
    #[arg(long, value_name = "ID")]
    account: String,
    /// The address with which the person signs in
    #[arg(long)]
    email: String,
    /// The id of its role
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    #[command(flatten)]
    confined: Confined,
    /// Let it see everything that its role sees
    #[arg(long, conflicts_with = "resource")]
    all_resources: bool,
    /// Let the membership last
    #[arg(long, conflicts_with = "expires_at")]
    no_end: bool,
    #[command(flatten)]
    place: Place,
}

/// Who is an operator, or no longer one.
#[derive(Debug, Args)]
pub(super) struct Operator {
    /// The address with which the person signs in
    email: String,
    /// Make the person an operator
    #[arg(long, conflicts_with = "off", required_unless_present = "off")]
    on: bool,
    /// Make the person an operator no longer
    #[arg(long)]
    off: bool,
    #[command(flatten)]
    place: Place,
}

fn resource(text: &str) -> Result<MemberResource, String> {
    // Types have no colon, so the first one separates and the id may have more.
    let parts = text.split_once(':');
    let (kind, id) = parts.ok_or("expected a type, a colon and an id, such as agent:7")?;
    Ok(MemberResource {
        kind: kind.to_owned(),
        id: id.to_owned(),
    })
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
            Self::SetRole(set) => &set.place,
            Self::Remove(remove) => &remove.place,
            Self::Reset(reset) => &reset.place,
            Self::SessionsEnd(person) | Self::SecondFactorRemove(person) => &person.place,
            Self::Operator(operator) => &operator.place,
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
        Command::SetRole(set) => {
            let changed = way
                .change_member(&set.account, &set.email, set.change())
                .await?;
            if as_json {
                output.json(&changed)?;
            } else {
                output.line(line(&changed))?;
            }
        }
        Command::Operator(operator) => {
            way.set_operator(&operator.email, operator.on).await?;
            if as_json {
                output.json(&json!({ "email": operator.email, "operator": operator.on }))?;
            } else {
                let what = if operator.on { "is" } else { "is not" };
                output.line(format_args!(
                    "{} {what} an operator of the instance",
                    printable(&operator.email)
                ))?;
            }
        }
        Command::Reset(reset) => reset.run(way, output).await?,
        Command::SessionsEnd(person) => person.end_sessions(way, output).await?,
        Command::SecondFactorRemove(person) => person.remove_second_factor(way, output).await?,
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
            role: self.role.clone(),
            resources: self.confined.resources(),
            expires_at: self.confined.expires_at.clone(),
            operator: self.operator,
        })
    }
}

impl Confined {
    fn resources(&self) -> Option<Vec<MemberResource>> {
        (!self.resource.is_empty()).then(|| self.resource.clone())
    }
}

impl SetRole {
    fn change(&self) -> MemberChange {
        let resources = self.confined.resources().map(Some);
        let expires_at = self.confined.expires_at.clone().map(Some);
        MemberChange {
            role: self.role.clone(),
            resources: resources.or(self.all_resources.then_some(None)),
            expires_at: expires_at.or(self.no_end.then_some(None)),
        }
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
    let mut line = format!(
        "{}  {}  {}  {}  {}",
        member.account,
        printable(&member.email),
        printable(&member.name),
        member.id,
        printable(&member.role_name)
    );
    for resource in member.resources.iter().flatten() {
        // Writing into a `String` does not fail.
        let _ = write!(line, " {}:{}", resource.kind, printable(&resource.id));
    }
    if let Some(at) = &member.expires_at {
        // Writing into a `String` does not fail.
        let _ = write!(line, " until {at}");
    }
    if member.operator {
        line += " operator";
    }
    line
}
