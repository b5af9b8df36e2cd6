//! What an operator may set: the file, then the environment, then the flags, each field with its manual.
//!
//! Nothing needs to be set.
//! An unknown or wrong setting stops the start, and all of them are reported at once, each with where it came from.

mod access_tokens;
mod bootstrap;
mod environment;
mod events;
mod instance;
mod limits;
mod listen;
mod load;
mod log;
mod oidc;
mod section;
mod sessions;
mod setting;
mod tables;
#[cfg(test)]
mod tests;
mod tls;

pub use crate::auth::oidc::Algorithm;
pub use access_tokens::{AccessTokenActor, AccessTokenRule, AccessTokens};
pub use bootstrap::{Bootstrap, BootstrapAccount, BootstrapOwner};
pub use events::Events;
pub use instance::Instance;
pub use limits::Limits;
pub use listen::{Listen, PublicUrl};
pub use load::{ConfigError, Override, Problem};
pub use log::{Log, LogFormat};
pub use oidc::{EVERYBODY, OidcProvider, OidcRule};
pub use sessions::Sessions;
pub(crate) use setting::network;
pub use tls::Tls;

/// Everything an operator may set.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Where the data is, and under which name. These fields stand at the top of the file, in no section.
    pub instance: Instance,
    /// `[listen]`: where requests come from.
    pub listen: Listen,
    /// `[tls]`: the certificate of the server.
    pub tls: Tls,
    /// `[sessions]`: how long people stay signed in.
    pub sessions: Sessions,
    /// `[limits]`: how much is taken at once.
    pub limits: Limits,
    /// `[events]`: how large an event may be.
    pub events: Events,
    /// `[log]`: what the process writes to standard error.
    pub log: Log,
    /// `[bootstrap]`: what a container needs before the first request.
    pub bootstrap: Bootstrap,
}

impl Config {
    /// The sections with their names in the file; the empty name is the top of the file.
    fn sections(&self) -> [(&'static str, &dyn section::Section); 8] {
        [
            ("", &self.instance),
            ("listen", &self.listen),
            ("tls", &self.tls),
            ("sessions", &self.sessions),
            ("limits", &self.limits),
            ("events", &self.events),
            ("log", &self.log),
            ("bootstrap", &self.bootstrap),
        ]
    }

    /// The section called `name` in the file.
    fn section_mut(&mut self, name: &str) -> Option<&mut dyn section::Section> {
        Some(match name {
            "" => &mut self.instance,
            "listen" => &mut self.listen,
            "tls" => &mut self.tls,
            "sessions" => &mut self.sessions,
            "limits" => &mut self.limits,
            "events" => &mut self.events,
            "log" => &mut self.log,
            "bootstrap" => &mut self.bootstrap,
            _ => return None,
        })
    }

    /// A configuration file that sets every field to its present value, with the manual as comments.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        for (name, section) in self.sections() {
            section::write(&mut text, name, section);
        }
        text
    }

    /// Whether tokens and passwords would cross a network in clear without the operator having said that this is fine.
    pub(crate) fn is_in_clear(&self) -> bool {
        let listen = &self.listen;
        let protected = self.tls.cert.is_some()
            || !listen.trusted_proxies.is_empty()
            || listen.allow_plain_http;
        !listen.address.ip().is_loopback() && !protected
    }
}
