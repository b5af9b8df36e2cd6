//! Events as they come in: objects one after another, or one array of them.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use anyhow::{Context, Result, bail};
use sdk::Events;
use serde_json::de::IoRead;
use serde_json::value::RawValue;
use serde_json::{Deserializer, StreamDeserializer};

/// An array is held in memory as a whole; whoever has more sends one object after another.
const ARRAY_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// The bytes of a request stay so far below the limit of the server, because one more event may still be added.
const REQUEST_BYTES: usize = Events::BYTES_MAX / 2;

type Reader = Box<dyn BufRead>;

/// Events that are still to be sent. Each keeps the bytes it came with.
pub(super) enum Input {
    Stream(StreamDeserializer<'static, IoRead<Reader>, Box<RawValue>>),
    Array(std::vec::IntoIter<Box<RawValue>>),
}

impl Input {
    /// Opens a file, or standard input for `-` or nothing, and looks whether it is an array.
    pub(super) fn open(path: Option<&Path>) -> Result<Self> {
        match path.filter(|path| *path != Path::new("-")) {
            None => Self::of(Box::new(BufReader::new(io::stdin()))),
            Some(path) => {
                let file =
                    File::open(path).with_context(|| format!("opening {}", path.display()))?;
                Self::of(Box::new(BufReader::new(file)))
            }
        }
    }

    fn of(mut reader: Reader) -> Result<Self> {
        if first(&mut reader)? != Some(b'[') {
            return Ok(Self::Stream(Deserializer::from_reader(reader).into_iter()));
        }
        let mut text = Vec::new();
        reader
            .take(ARRAY_BYTES_MAX + 1)
            .read_to_end(&mut text)
            .context("reading the events")?;
        if text.len() as u64 > ARRAY_BYTES_MAX {
            bail!("the array of events is longer than 256 MiB: send one event per line instead");
        }
        let events: Vec<Box<RawValue>> =
            serde_json::from_slice(&text).context("the input is no array of events")?;
        Ok(Self::Array(events.into_iter()))
    }

    /// Adds up to `count` events, fewer when the request would become too big; false when there are no more.
    pub(super) fn fill(&mut self, events: &mut Events, count: usize) -> Result<bool> {
        while events.len() < count && events.bytes() < REQUEST_BYTES {
            match self.next()? {
                Some(event) => events.push_json(&event),
                None => break,
            }
        }
        Ok(!events.is_empty())
    }

    fn next(&mut self) -> Result<Option<Box<RawValue>>> {
        match self {
            Self::Stream(stream) => stream.next().transpose().context("the input is not JSON"),
            Self::Array(events) => Ok(events.next()),
        }
    }
}

/// The first byte that is no white space; it is still there to be read.
fn first(reader: &mut Reader) -> Result<Option<u8>> {
    loop {
        let buffer = reader.fill_buf().context("reading the events")?;
        if buffer.is_empty() {
            return Ok(None);
        }
        if let Some(byte) = buffer
            .iter()
            .copied()
            .find(|byte| !byte.is_ascii_whitespace())
        {
            return Ok(Some(byte));
        }
        let blank = buffer.len();
        reader.consume(blank);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &'static str, count: usize) -> Result<Vec<Vec<String>>> {
        let mut input = Input::of(Box::new(text.as_bytes()))?;
        let mut batches = Vec::new();
        let mut events = Events::new();
        while input.fill(&mut events, count)? {
            batches.push(events.as_ndjson().lines().map(str::to_owned).collect());
            events.clear();
        }
        Ok(batches)
    }

    #[test]
    fn objects_and_arrays_become_batches() {
        let (a, b) = (r#"{"id":"1","n":1.50}"#, r#"{"id":"2"}"#);
        for text in [
            "{\"id\":\"1\",\"n\":1.50}\n{\"id\":\"2\"}\n",
            "\n\n {\"id\":\"1\",\"n\":1.50}{\"id\":\"2\"}",
            " [{\"id\":\"1\",\"n\":1.50},\n{\"id\":\"2\"}]\n",
        ] {
            assert_eq!(lines(text, 2).unwrap(), [[a, b]], "{text}");
            assert_eq!(lines(text, 1).unwrap(), [[a], [b]], "{text}");
        }
        assert_eq!(lines(" \n", 1).unwrap(), Vec::<Vec<String>>::new());
        assert_eq!(lines("[]", 1).unwrap(), Vec::<Vec<String>>::new());
    }

    #[test]
    fn what_is_not_json_is_told_with_its_place() {
        let error = lines("{}\n{]", 1).unwrap_err();
        assert_eq!(
            format!("{error:#}"),
            "the input is not JSON: key must be a string at line 2 column 2"
        );
        assert!(lines("[{},", 1).is_err());
    }
}
