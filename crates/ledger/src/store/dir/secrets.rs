//! The secrets of an instance, made once.

use std::fmt;
use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::DirError;
use crate::disk::Disk;

const SIGNING: &str = "signing";
const DEDUP: &str = "dedup";
const FINGERPRINT: &str = "fingerprint";

const OWNER_ONLY_DIRECTORY: u32 = 0o700;
const OWNER_ONLY: u32 = 0o600;

/// The secrets of an instance: 32 random bytes each, that never change.
#[derive(Clone, PartialEq, Eq)]
pub struct Secrets {
    /// From which the keys of the logs are derived.
    pub signing_seed: [u8; 32],
    /// With which ids are digested before they are stored for look-ups.
    pub dedup: [u8; 32],
    /// With which removed secrets are fingerprinted.
    pub fingerprint: [u8; 32],
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(***)")
    }
}

impl Secrets {
    pub(super) fn read(dir: &Path) -> Result<Self, DirError> {
        let read = |name: &'static str| {
            let path = dir.join(name);
            let bytes = match fs::read(&path) {
                Err(absent) if absent.kind() == io::ErrorKind::NotFound => {
                    return Err(DirError::MissingPart {
                        path: dir.to_owned(),
                        part: name,
                    });
                }
                bytes => bytes.map_err(DirError::read(&path))?,
            };
            bytes.try_into().map_err(|_| DirError::Damaged {
                path,
                finding: "a secret has 32 bytes",
            })
        };
        Ok(Self {
            signing_seed: read(SIGNING)?,
            dedup: read(DEDUP)?,
            fingerprint: read(FINGERPRINT)?,
        })
    }

    /// Writes the secrets where only the owner reads them. Durable when it returns.
    pub(super) fn write(&self, disk: &Disk, dir: &Path) -> Result<(), DirError> {
        disk.create_directory(dir).map_err(DirError::write(dir))?;
        restrict(dir, OWNER_ONLY_DIRECTORY)?;
        let secrets = [
            (SIGNING, self.signing_seed),
            (DEDUP, self.dedup),
            (FINGERPRINT, self.fingerprint),
        ];
        for (name, secret) in secrets {
            let path = dir.join(name);
            let file = disk.create(&path).map_err(DirError::write(&path))?;
            // Before the secret is in it.
            restrict(&path, OWNER_ONLY)?;
            file.write_at(&secret, 0)
                .and_then(|()| file.flush())
                .map_err(DirError::write(&path))?;
        }
        disk.flush_directory(dir).map_err(DirError::write(dir))
    }
}

fn restrict(path: &Path, mode: u32) -> Result<(), DirError> {
    fs::set_permissions(path, Permissions::from_mode(mode)).map_err(DirError::write(path))
}
