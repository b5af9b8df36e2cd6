use std::path::PathBuf;

use toml::Value;

use super::{
    section::section,
    setting::{Given, Setting, quoted},
};

section! {
    /// What a container needs before the first request. Applied at every start; what is already there stays as it is.
    Bootstrap {
        /// The name of the first key of the instance, which may do everything.
        owner: String = "owner".to_owned(),
        /// The file that holds the token of this key.
        /// When it is absent a token is made and written to it with mode 0600; when it is there, its token is let in.
        key_file: Option<PathBuf> = None,
        /// Accounts that must exist, as ids or as `{ id = "acme", name = "Acme Inc." }`.
        accounts: Vec<BootstrapAccount> = Vec::new(),
    }
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
