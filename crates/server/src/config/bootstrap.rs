use std::path::PathBuf;

use toml::Value;

use super::{
    section::section,
    setting::{Given, Setting, quoted},
};

section! {
    /// What a container needs before the first request. Applied at every start; what is already there stays as it is.
    Bootstrap {
        /// The first owner: `{ email = "lily@example.com", name = "Lily Ari", password_file = "/run/secrets/owner" }`.
        /// It is made while nobody can sign in; when its file is absent a password is made and written to it with mode
        /// 0600. A string is the name of the first key of the instance instead.
        owner: BootstrapOwner = BootstrapOwner::Key("owner".to_owned()),
        /// The file that holds the token of the first key of the instance, which may do everything.
        /// When it is absent a token is made and written to it with mode 0600; when it is there, its token is let in.
        key_file: Option<PathBuf> = None,
        /// Accounts that must exist, as ids or as `{ id = "acme", name = "Acme Inc." }`.
        accounts: Vec<BootstrapAccount> = Vec::new(),
    }
}

/// Who owns the instance from its first start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BootstrapOwner {
    /// Nobody but the first key, which has this name.
    Key(String),
    /// A person who signs in.
    Person {
        /// The address with which the person signs in.
        email: String,
        /// The name; the address when absent.
        name: Option<String>,
        /// The file that holds the password.
        password_file: PathBuf,
    },
}

impl Setting for BootstrapOwner {
    fn read(given: Given<'_>) -> Result<Self, String> {
        match given {
            Given::Text(text) if text.trim_start().starts_with('{') => {
                let parsed = format!("owner = {text}").parse::<toml::Table>();
                let parsed = parsed.map_err(|_| wrong_owner())?;
                parsed.get("owner").ok_or_else(wrong_owner).and_then(owner)
            }
            Given::Text(name) => Ok(Self::Key(name.to_owned())),
            Given::Toml(value) => owner(value),
        }
    }

    fn to_toml(&self) -> Option<String> {
        Some(match self {
            Self::Key(name) => quoted(name),
            Self::Person {
                email,
                name,
                password_file,
            } => {
                let name = name.as_ref();
                let name = name.map(|name| format!(", name = {}", quoted(name)));
                format!(
                    "{{ email = {}{}, password_file = {} }}",
                    quoted(email),
                    name.unwrap_or_default(),
                    quoted(&password_file.to_string_lossy())
                )
            }
        })
    }
}

fn wrong_owner() -> String {
    "expected { email = \"…\", name = \"…\", password_file = \"…\" }, or the name of a key"
        .to_owned()
}

fn owner(value: &Value) -> Result<BootstrapOwner, String> {
    let table = match value {
        Value::String(name) => return Ok(BootstrapOwner::Key(name.clone())),
        Value::Table(table) => table,
        _ => return Err(wrong_owner()),
    };
    let known = ["email", "name", "password_file"];
    let text = |name: &str| {
        table
            .get(name)
            .map(|value| value.as_str().map(str::to_owned))
    };
    let is_text = known.iter().all(|name| text(name) != Some(None));
    if !is_text || table.keys().any(|key| !known.contains(&key.as_str())) {
        return Err(wrong_owner());
    }
    let required = |name: &str| text(name).flatten().ok_or_else(wrong_owner);
    Ok(BootstrapOwner::Person {
        email: required("email")?,
        name: text("name").flatten(),
        password_file: required("password_file")?.into(),
    })
}

/// An account that must exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BootstrapAccount {
    /// Its id.
    pub id: String,
    /// The name to show; the id when absent.
    pub name: Option<String>,
}

impl Setting for Vec<BootstrapAccount> {
    fn read(given: Given<'_>) -> Result<Self, String> {
        match given {
            Given::Text(list) => Ok(list
                .split(',')
                .map(str::trim)
                .filter(|id| !id.is_empty())
                .map(|id| BootstrapAccount {
                    id: id.to_owned(),
                    name: None,
                })
                .collect()),
            Given::Toml(Value::Array(items)) => items.iter().map(account).collect(),
            Given::Toml(_) => Err("expected a list of accounts".to_owned()),
        }
    }

    fn to_toml(&self) -> Option<String> {
        let items: Vec<String> = self
            .iter()
            .map(|account| match &account.name {
                None => quoted(&account.id),
                Some(name) => format!(
                    "{{ id = {}, name = {} }}",
                    quoted(&account.id),
                    quoted(name)
                ),
            })
            .collect();
        Some(format!("[{}]", items.join(", ")))
    }
}

fn account(item: &Value) -> Result<BootstrapAccount, String> {
    let wrong = || "each account is an id or { id = \"…\", name = \"…\" }".to_owned();
    match item {
        Value::String(id) => Ok(BootstrapAccount {
            id: id.clone(),
            name: None,
        }),
        Value::Table(table) => {
            if table.keys().any(|key| key != "id" && key != "name") {
                return Err(wrong());
            }
            let id = table
                .get("id")
                .and_then(Value::as_str)
                .ok_or_else(wrong)?
                .to_owned();
            let name = match table.get("name") {
                None => None,
                Some(Value::String(name)) => Some(name.clone()),
                Some(_) => return Err(wrong()),
            };
            Ok(BootstrapAccount { id, name })
        }
        _ => Err(wrong()),
    }
}
