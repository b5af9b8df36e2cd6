//! HTTP/1.1 over one connection that is kept alive, so cheap that the measured server has the machine to itself.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

/// Longer than any request should take; a server that hangs must not hang the measurement.
const PATIENCE: Duration = Duration::from_mins(2);

/// Room for an answer of 1,000 receipts.
const ANSWER_BYTES: usize = 512 * 1024;

/// Where requests go, and the head that all of them share.
#[derive(Clone, Debug)]
pub(super) struct Target {
    authority: String,
    token: String,
}

impl Target {
    /// A server at `http://host:port`.
    pub(super) fn new(url: &str, token: &str) -> Result<Self> {
        let authority = url.trim_end_matches('/').strip_prefix("http://");
        let authority = authority.filter(|authority| !authority.contains('/'));
        let authority = authority.with_context(|| {
            format!("{url} is not http://host:port, which is all that is measured")
        })?;
        Ok(Self {
            authority: authority.to_owned(),
            token: token.to_owned(),
        })
    }

    /// A new connection.
    pub(super) fn connect(&self) -> Result<Wire> {
        let stream = TcpStream::connect(&self.authority)
            .with_context(|| format!("connecting to {}", self.authority))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let answer = vec![0; ANSWER_BYTES];
        Ok(Wire {
            stream,
            target: self.clone(),
            request: Vec::new(),
            answer,
        })
    }
}

/// One connection with its buffers.
pub(super) struct Wire {
    stream: TcpStream,
    target: Target,
    request: Vec<u8>,
    answer: Vec<u8>,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer<'a> {
    pub(super) status: u16,
    pub(super) body: &'a [u8],
}

impl Wire {
    /// Sends a body and reads the whole answer.
    pub(super) fn post(
        &mut self,
        path: &str,
        content_type: &str,
        body: &[u8],
    ) -> Result<Answer<'_>> {
        self.request.clear();
        write!(
            self.request,
            "POST {path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {}\r\ncontent-type: {content_type}\r\n\
             content-length: {}\r\n\r\n",
            self.target.authority,
            self.target.token,
            body.len()
        )?;
        self.request.extend_from_slice(body);
        self.stream.write_all(&self.request).context("sending")?;
        self.receive()
    }

    fn receive(&mut self) -> Result<Answer<'_>> {
        let mut filled = 0;
        let (status, begin, end) = loop {
            filled += self.read(filled)?;
            let received = self.answer.get(..filled).unwrap_or_default();
            if let Some(begin) = received.windows(4).position(|four| four == b"\r\n\r\n") {
                let (status, length) = head(received.get(..begin).unwrap_or_default())?;
                break (status, begin + 4, begin + 4 + length);
            }
        };
        if self.answer.len() < end {
            self.answer.resize(end, 0);
        }
        while filled < end {
            filled += self.read(filled)?;
        }
        ensure!(filled == end, "the server sent more than it announced");
        Ok(Answer {
            status,
            body: self.answer.get(begin..end).unwrap_or_default(),
        })
    }

    fn read(&mut self, filled: usize) -> Result<usize> {
        let room = self.answer.get_mut(filled..).unwrap_or_default();
        ensure!(!room.is_empty(), "the head of the answer is too long");
        match self.stream.read(room).context("waiting for the answer")? {
            0 => bail!("the server closed the connection"),
            count => Ok(count),
        }
    }
}

/// Status and length of the body.
fn head(head: &[u8]) -> Result<(u16, usize)> {
    let text = std::str::from_utf8(head).context("the head of the answer is no text")?;
    let mut lines = text.split("\r\n");
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1))
        .and_then(|status| status.parse().ok());
    let length = lines
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, length)| length.trim().parse().ok());
    Ok((
        status.context("the answer has no status")?,
        length.context("the answer does not announce its length")?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read() {
        assert_eq!(
            head(b"HTTP/1.1 201 Created\r\nServer: x\r\nContent-Length: 12").unwrap(),
            (201, 12)
        );
        assert!(head(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked").is_err());
        assert!(head(b"hello").is_err());
        assert!(Target::new("https://a", "t").is_err() && Target::new("http://a/b", "t").is_err());
    }
}
