//! Looking for raw secrets in every byte that a server left behind.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::Path;

/// How many bytes of a secret are looked for: parts of random texts that are longer are not met by chance.
const WINDOW: usize = 12;

/// The magic number of a Zstandard frame (RFC 8878 section 3.1.1).
const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// A secret that was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// Where.
    pub place: String,
    /// What it was called when it was added.
    pub name: String,
}

/// Looks for parts of many secrets at once.
#[derive(Debug, Default)]
pub struct Search {
    windows: HashMap<[u8; WINDOW], String>,
    /// Bytes that were looked at, decompressed ones included.
    pub bytes: u64,
    /// Compressed frames that were opened.
    pub frames: u64,
    /// Files that were read.
    pub files: u64,
}

impl Search {
    /// Adds a secret: its middle and its end are looked for.
    pub fn add(&mut self, name: &str, secret: &str) {
        let bytes = secret.as_bytes();
        assert!(
            bytes.len() >= WINDOW,
            "{name} is too short to be told from chance"
        );
        for at in [(bytes.len() - WINDOW) / 2, bytes.len() - WINDOW] {
            let window = bytes
                .get(at..at + WINDOW)
                .and_then(|part| part.try_into().ok());
            self.windows
                .insert(window.expect("a whole window"), name.to_owned());
        }
    }

    /// The secrets in these bytes, and in what is compressed in them.
    pub fn in_bytes(&mut self, place: &str, bytes: &[u8]) -> Vec<Leak> {
        self.bytes += bytes.len() as u64;
        let mut leaks = Vec::new();
        for (at, window) in bytes.windows(WINDOW).enumerate() {
            if let Some(name) = <&[u8; WINDOW]>::try_from(window)
                .ok()
                .and_then(|window| self.windows.get(window))
            {
                leaks.push(Leak {
                    place: format!("{place} at {at}"),
                    name: name.clone(),
                });
            }
        }
        let frames: Vec<usize> = bytes
            .windows(ZSTD_MAGIC.len())
            .enumerate()
            .filter_map(|(at, window)| (window == ZSTD_MAGIC).then_some(at))
            .collect();
        for at in frames {
            let mut plain = Vec::new();
            let rest = bytes.get(at..).unwrap_or_default();
            let opened = zstd::stream::read::Decoder::new(rest).and_then(|decoder| {
                decoder
                    .single_frame()
                    .take(64 << 20)
                    .read_to_end(&mut plain)
            });
            // What begins like a frame by chance cannot be opened, and was looked at as it is.
            if opened.is_ok() {
                self.frames += 1;
                leaks.extend(self.in_bytes(&format!("{place}, frame at {at}"), &plain));
            }
        }
        leaks
    }

    /// The secrets in every file below a directory.
    pub fn in_directory(&mut self, directory: &Path) -> Vec<Leak> {
        let mut leaks = Vec::new();
        for entry in fs::read_dir(directory).expect("a directory to look into") {
            let path = entry.expect("an entry of the directory").path();
            let kind = fs::symlink_metadata(&path).expect("an entry").file_type();
            if kind.is_dir() {
                leaks.extend(self.in_directory(&path));
            } else if kind.is_file() {
                self.files += 1;
                let bytes = fs::read(&path).expect("a file of the directory");
                leaks.extend(self.in_bytes(&path.display().to_string(), &bytes));
            }
        }
        leaks
    }
}
