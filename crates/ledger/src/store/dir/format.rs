//! The `FORMAT` file: which version made the directory, and for which instance.
//!
//! ```text
//! format 1.0
//! instance audit.example.com
//! created_ms 1790000000000
//! ```
//!
//! Lines that this version does not know are left alone: a newer minor version may add some.

use std::fs;
use std::path::Path;

use super::DirError;

/// The version that this code writes. A reader refuses a newer major and accepts a newer minor.
const MAJOR: u32 = 1;
const MINOR: u32 = 0;

/// The longest instance name, so that an origin stays far below its 255 bytes.
const INSTANCE_NAME_MAX: usize = 100;

/// What a `FORMAT` file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// A reader refuses a newer one.
    pub major: u32,
    /// A reader accepts a newer one.
    pub minor: u32,
    /// The first part of every origin.
    pub instance_name: String,
    /// When the directory was made, in milliseconds since 1970 UTC.
    pub created_ms: u64,
}

impl Format {
    /// The current format.
    ///
    /// # Errors
    /// When the instance name is not `^[a-z0-9]([a-z0-9./-]{0,98}[a-z0-9])?$`.
    pub(super) fn new(instance_name: &str, created_ms: u64) -> Result<Self, DirError> {
        if !is_instance_name(instance_name) {
            return Err(DirError::InstanceName {
                name: instance_name.to_owned(),
            });
        }
        Ok(Self {
            major: MAJOR,
            minor: MINOR,
            instance_name: instance_name.to_owned(),
            created_ms,
        })
    }

    pub(super) fn to_text(&self) -> String {
        let Self {
            major,
            minor,
            instance_name,
            created_ms,
        } = self;
        format!("format {major}.{minor}\ninstance {instance_name}\ncreated_ms {created_ms}\n")
    }

    pub(super) fn read(path: &Path) -> Result<Self, DirError> {
        let text = fs::read_to_string(path).map_err(DirError::read(path))?;
        let line = |name: &str| {
            let mut lines = text.lines().filter_map(|line| line.split_once(' '));
            lines.find(|(key, _)| *key == name).map(|(_, value)| value)
        };
        let damaged = |finding| DirError::Damaged {
            path: path.to_owned(),
            finding,
        };
        let version = line("format").ok_or_else(|| damaged("it has no line `format`"))?;
        let (major, minor) = version
            .split_once('.')
            .and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)))
            .ok_or_else(|| damaged("its version is not two numbers"))?;
        // Before anything else is judged: a newer version may write it differently.
        if major > MAJOR {
            return Err(DirError::Newer {
                path: path.to_owned(),
                found: version.to_owned(),
                supported: "1.x",
            });
        }
        let instance_name = line("instance")
            .filter(|name| is_instance_name(name))
            .ok_or_else(|| damaged("it names no instance"))?;
        let created_ms = line("created_ms")
            .and_then(|ms| ms.parse().ok())
            .ok_or_else(|| damaged("it has no time of creation"))?;
        Ok(Self {
            major,
            minor,
            instance_name: instance_name.to_owned(),
            created_ms,
        })
    }
}

fn is_instance_name(name: &str) -> bool {
    let outer = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let inner = |byte: u8| outer(byte) || matches!(byte, b'.' | b'/' | b'-');
    name.len() <= INSTANCE_NAME_MAX
        && name.bytes().all(inner)
        && name.bytes().next().is_some_and(outer)
        && name.bytes().last().is_some_and(outer)
}
