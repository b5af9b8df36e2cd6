//! The two doors: a TCP address for everybody, and a socket in the data directory for its owner.

use std::{
    fs, io,
    net::SocketAddr,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use tokio::net::{TcpListener, UnixListener};

/// The name of the administration socket in the data directory.
pub const ADMIN_SOCKET: &str = "admin.sock";

/// Why a door could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// The address is taken, or not one of this machine.
    #[error("cannot listen on {address}")]
    Address {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// The administration socket could not be made.
    #[error("cannot make the administration socket {path}")]
    Socket {
        /// The path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Binds the public address.
pub(super) async fn tcp(address: SocketAddr) -> Result<TcpListener, ListenError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| ListenError::Address { address, source })
}

/// Makes `admin.sock` with mode 0600; one that a killed process left behind is replaced, because the lock on the data
/// directory proves that nobody listens on it.
///
/// The socket is made inside a directory with mode 0700 and moved, so that nobody can connect before its mode is set.
/// `None` when the path is longer than the system allows for sockets (about 100 bytes): everything else works then.
pub(super) fn unix(data_dir: &Path) -> Result<Option<UnixListener>, ListenError> {
    let path = data_dir.join(ADMIN_SOCKET);
    match make(data_dir, &path) {
        Ok(listener) => Ok(Some(listener)),
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
            tracing::warn!(path = %path.display(), "no administration socket: the path is too long for one");
            Ok(None)
        }
        Err(source) => Err(ListenError::Socket { path, source }),
    }
}

fn make(data_dir: &Path, path: &Path) -> io::Result<UnixListener> {
    let private = private_dir(data_dir)?;
    let inside = private.join("s");
    let listener = UnixListener::bind(&inside).and_then(|listener| {
        fs::set_permissions(&inside, fs::Permissions::from_mode(0o600))?;
        fs::rename(&inside, path)?;
        Ok(listener)
    });
    fs::remove_dir_all(&private)?;
    listener
}

fn private_dir(data_dir: &Path) -> io::Result<PathBuf> {
    use std::os::unix::fs::DirBuilderExt;
    let private = data_dir.join(".admin");
    if private.exists() {
        fs::remove_dir_all(&private)?;
    }
    fs::DirBuilder::new().mode(0o700).create(&private)?;
    Ok(private)
}
