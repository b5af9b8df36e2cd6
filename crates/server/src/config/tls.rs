use std::path::PathBuf;

use super::section::section;

section! {
    /// The certificate of the server.
    Tls {
        /// A PEM file with the certificate and its chain; set together with `key`.
        cert: Option<PathBuf> = None,
        /// A PEM file with the private key of the certificate.
        key: Option<PathBuf> = None,
    }
}
