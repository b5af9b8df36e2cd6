//! Requests about one account.

use crate::Client;
use crate::address::fill;

/// Requests about one account; made by [`Client::account`], nothing is asked yet.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    pub(crate) client: &'a Client,
    id: &'a str,
}

impl<'a> Account<'a> {
    pub(crate) fn new(client: &'a Client, id: &'a str) -> Self {
        Self { client, id }
    }

    /// The id of the account.
    pub fn id(&self) -> &str {
        self.id
    }

    /// A path of the API in which `{account}` stands.
    pub(crate) fn path(&self, template: &str) -> String {
        self.path_of(template, &[])
    }

    /// A path of the API in which `{account}` and more stand.
    pub(crate) fn path_of(&self, template: &str, more: &[(&str, &str)]) -> String {
        let mut parameters = vec![("account", self.id)];
        parameters.extend(more);
        fill(template, &parameters)
    }
}
