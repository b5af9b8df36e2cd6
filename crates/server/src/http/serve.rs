//! Connections: accepted up to a limit, given time limits, and drained at the end.

use std::{
    fs, io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use axum::{Router, body::Body};
use hyper::{body::Incoming, service::service_fn};
use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::{
        conn::auto::Builder,
        graceful::{GracefulShutdown, Watcher},
    },
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, UnixListener},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

use super::{
    Peer,
    listener::{self, ADMIN_SOCKET, ListenError},
    patient::Patient,
    router,
    tls::{self, TlsError},
};
use crate::{
    app::App,
    config::{Config, Limits},
    limits::{HEADER_BYTES_MAX, STREAMS_PER_CONNECTION_MAX},
};

/// How long the loop rests when the process has no file descriptor left for another connection.
const REST_AFTER_FAILED_ACCEPT: Duration = Duration::from_millis(100);

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// A door could not be opened.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// The certificate cannot be used.
    #[error("cannot serve TLS")]
    Tls(#[source] TlsError),
}

/// Open doors that nobody goes through yet.
pub(crate) struct Doors {
    tcp: TcpListener,
    unix: Option<(UnixListener, PathBuf)>,
    tls: Option<TlsAcceptor>,
    address: SocketAddr,
}

impl Doors {
    /// Reads the certificate and binds, so that a wrong setting is found before anything is served.
    pub(crate) async fn open(config: &Config, data_dir: &Path) -> Result<Self, ServeError> {
        let tls = tls::acceptor(&config.tls).map_err(ServeError::Tls)?;
        let tcp = listener::tcp(config.listen.address).await?;
        let address = tcp.local_addr().unwrap_or(config.listen.address);
        let unix = listener::unix(data_dir)?.map(|unix| (unix, data_dir.join(ADMIN_SOCKET)));
        Ok(Self {
            tcp,
            unix,
            tls,
            address,
        })
    }

    /// The bound address, with the port that was taken.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

/// Open doors with people going through.
pub(crate) struct Serving {
    stop: watch::Sender<bool>,
    doors: Vec<JoinHandle<()>>,
}

impl Serving {
    /// Lets requests in.
    pub(crate) fn start(doors: Doors, app: &Arc<App>) -> Self {
        let (stop, stopped) = watch::channel(false);
        let limits = app.config.limits.clone();
        let public = router::public(app);
        let mut tasks = vec![tokio::spawn(serve_tcp(
            doors.tcp,
            doors.tls,
            public,
            limits.clone(),
            stopped.clone(),
        ))];
        if let Some(unix) = doors.unix {
            tasks.push(tokio::spawn(serve_unix(
                unix,
                router::private(app),
                limits,
                stopped,
            )));
        }
        Self { stop, doors: tasks }
    }

    /// Closes the doors, lets requests finish for at most `limits.drain_timeout_s`, and returns when none is left.
    pub(crate) async fn stop(self) {
        self.stop.send_replace(true);
        for door in self.doors {
            if let Err(error) = door.await {
                tracing::error!(%error, "a listener ended early");
            }
        }
    }
}

/// What the connections of one door share.
struct Door {
    builder: Builder<TokioExecutor>,
    graceful: GracefulShutdown,
    places: Arc<Semaphore>,
    router: Router,
    limits: Limits,
}

impl Door {
    fn new(router: Router, limits: Limits) -> Self {
        let mut builder = Builder::new(TokioExecutor::new());
        let header_timeout = Duration::from_secs(limits.header_timeout_s);
        builder
            .http1()
            .timer(TokioTimer::new())
            .header_read_timeout(header_timeout)
            .max_buf_size(HEADER_BYTES_MAX);
        builder
            .http2()
            .timer(TokioTimer::new())
            .keep_alive_interval(header_timeout)
            .keep_alive_timeout(header_timeout)
            .max_concurrent_streams(STREAMS_PER_CONNECTION_MAX)
            .max_header_list_size(u32::try_from(HEADER_BYTES_MAX).unwrap_or(u32::MAX));
        let places = usize::try_from(limits.connections_max).unwrap_or(Semaphore::MAX_PERMITS);
        Self {
            builder,
            graceful: GracefulShutdown::new(),
            places: Arc::new(Semaphore::new(places)),
            router,
            limits,
        }
    }

    /// A place for one more connection; waits for it, so that the system's backlog fills first.
    async fn place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).acquire_owned().await.ok()
    }

    /// What one connection takes with it; the door waits for it when it drains.
    fn visit(&self, peer: Option<Peer>, place: OwnedSemaphorePermit) -> Visit {
        let (builder, router, watcher) = (
            self.builder.clone(),
            self.router.clone(),
            self.graceful.watcher(),
        );
        Visit {
            builder,
            router,
            watcher,
            peer,
            place,
            patience: Duration::from_secs(self.limits.body_timeout_s),
        }
    }

    async fn drain(self) {
        let limit_s = self.limits.drain_timeout_s;
        if tokio::time::timeout(Duration::from_secs(limit_s), self.graceful.shutdown())
            .await
            .is_err()
        {
            tracing::warn!(
                limit_s,
                "requests were cut off because they did not finish in time"
            );
        }
    }
}

/// One connection.
struct Visit {
    builder: Builder<TokioExecutor>,
    router: Router,
    watcher: Watcher,
    peer: Option<Peer>,
    /// Given back when the connection ends.
    place: OwnedSemaphorePermit,
    /// How long a part of an answer may wait to be taken.
    patience: Duration,
}

impl Visit {
    /// Serves requests until the client leaves, a limit is reached or the door drains.
    async fn serve<S>(self, stream: S)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let Self {
            builder,
            router,
            watcher,
            peer,
            place,
            patience,
        } = self;
        let service = service_fn(move |mut request: hyper::Request<Incoming>| {
            if let Some(peer) = peer {
                request.extensions_mut().insert(peer);
            }
            router.clone().oneshot(request.map(Body::new))
        });
        let connection = builder
            .serve_connection(TokioIo::new(Patient::new(stream, patience)), service)
            .into_owned();
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!(error = &*error, "connection ended");
        }
        drop(place);
    }
}

async fn serve_tcp(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    limits: Limits,
    mut stopped: watch::Receiver<bool>,
) {
    let door = Door::new(router, limits);
    let handshake_timeout = Duration::from_secs(door.limits.header_timeout_s);
    loop {
        let Some(place) = unless(&mut stopped, door.place()).await.flatten() else {
            break;
        };
        let Some(accepted) = unless(&mut stopped, listener.accept()).await else {
            break;
        };
        let Some((stream, address)) = checked(accepted).await else {
            continue;
        };
        // Small answers must not wait for the client's acknowledgement of earlier ones.
        let _ = stream.set_nodelay(true);
        let peer = Some(Peer(address));
        let visit = door.visit(peer, place);
        match &tls {
            None => drop(tokio::spawn(visit.serve(stream))),
            Some(acceptor) => {
                let handshake = tokio::time::timeout(handshake_timeout, acceptor.accept(stream));
                tokio::spawn(async move {
                    match handshake.await {
                        Ok(Ok(stream)) => visit.serve(stream).await,
                        Ok(Err(error)) => tracing::debug!(%error, "TLS handshake failed"),
                        Err(_) => tracing::debug!("TLS handshake took too long"),
                    }
                });
            }
        }
    }
    drop(listener);
    door.drain().await;
}

async fn serve_unix(
    (listener, path): (UnixListener, PathBuf),
    router: Router,
    limits: Limits,
    mut stopped: watch::Receiver<bool>,
) {
    let door = Door::new(router, limits);
    loop {
        let Some(place) = unless(&mut stopped, door.place()).await.flatten() else {
            break;
        };
        let Some(accepted) = unless(&mut stopped, listener.accept()).await else {
            break;
        };
        let Some((stream, _)) = checked(accepted).await else {
            continue;
        };
        tokio::spawn(door.visit(None, place).serve(stream));
    }
    drop(listener);
    // One that stays is replaced at the next start.
    let _ = fs::remove_file(path);
    door.drain().await;
}

/// The result of `work`, or `None` as soon as the server stops.
async fn unless<T>(
    stopped: &mut watch::Receiver<bool>,
    work: impl Future<Output = T>,
) -> Option<T> {
    tokio::select! {
        biased;
        _ = stopped.wait_for(|stopped| *stopped) => None,
        done = work => Some(done),
    }
}

/// An accepted connection; a failure is one client's trouble, or a lack of descriptors that passes.
async fn checked<T>(accepted: io::Result<T>) -> Option<T> {
    match accepted {
        Ok(connection) => Some(connection),
        Err(error) => {
            tracing::warn!(%error, "a connection could not be accepted");
            tokio::time::sleep(REST_AFTER_FAILED_ACCEPT).await;
            None
        }
    }
}
