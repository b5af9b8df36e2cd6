use std::path::PathBuf;

use super::{AccessTokens, OidcProvider, section::section};

section! {
    /// Where the data is and under which name, and who else vouches for people and programs.
    Instance {
        /// The data directory: created when it is absent or empty, and used by one process at a time.
        data_dir: PathBuf = PathBuf::from("data"),
        /// The name from which the origins of all logs begin, such as `audit.example.com`.
        /// Fixed when the data directory is initialised; a random `annals.invalid/…` when not set then.
        instance_name: Option<String> = None,
        /// Fewer free bytes than this on the disk of the data directory are recorded as an event of the system.
        /// 0 never records it. One GiB holds a million events of the usual size.
        disk_low_bytes: u64 = 1024 * 1024 * 1024,
        /// Providers of OpenID Connect with which people sign in; each is a table `[[oidc]]` at the end of the file:
        /// `id`, `name`, `issuer`, `client_id`, `client_secret_file`, `scopes`, `email_domains`, `groups_claim`,
        /// `require_verified_email`, and `[[oidc.rules]]` with `group` (`*` for everybody), `account` and `role`.
        oidc: Vec<OidcProvider> = Vec::new(),
        /// Issuers whose access tokens the API takes; each is a table `[[access_tokens]]` at the end of the file:
        /// `issuer`, `audience`, `algorithms`, `max_age_minutes`, `actor` (`service` or `user`), and
        /// `[[access_tokens.rules]]` with `claim`, `value`, `account` and `permissions`.
        access_tokens: Vec<AccessTokens> = Vec::new(),
    }
}
