//! A server that reads requests and gives prepared answers, one per request.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with the next request.
pub(crate) enum Answer {
    /// Status line, more headers, body.
    Http(u16, &'static str, String),
    /// Closes the connection without a word.
    HangUp,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) head: String,
    pub(crate) body: String,
}

pub(crate) struct Scripted {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Scripted {
    /// Listens on a free port; when all answers are given it stops listening.
    pub(crate) async fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("bound"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        tokio::spawn(async move {
            for answer in answers {
                let (mut stream, _) = listener.accept().await.expect("a connection");
                let request = read(&mut stream).await;
                log.lock().expect("no test thread failed").push(request);
                if let Answer::Http(status, headers, body) = answer {
                    let length = body.len();
                    let head =
                        format!("HTTP/1.1 {status} X\r\n{headers}content-length: {length}\r\n");
                    let text = format!("{head}connection: close\r\n\r\n{body}");
                    stream
                        .write_all(text.as_bytes())
                        .await
                        .expect("the client reads");
                }
            }
        });
        Self { url, seen }
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("no test thread failed").clone()
    }
}

async fn read(stream: &mut TcpStream) -> Seen {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let head = head.to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().expect("a number")) {
                return Seen {
                    head,
                    body: body.to_owned(),
                };
            }
        }
        let mut part = [0; 4096];
        let count = stream.read(&mut part).await.expect("the client writes");
        assert!(count > 0, "the client closed early");
        bytes.extend_from_slice(part.get(..count).expect("read no more than asked"));
    }
}
