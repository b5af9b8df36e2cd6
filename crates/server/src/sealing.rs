//! Work on large batches: on threads of their own, a place for each, and accounts take turns.

use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinError;

/// Does `work` on a thread that may block, once there is a turn of the account and a place.
///
/// Both are given back when the work is done, not when whoever waits for it goes away: a request that is over leaves
/// its thread working.
/// Accounts take turns: one waits behind at most as many batches of another as are worked on at a time, however many
/// that one sent.
pub(crate) async fn in_turn<T: Send + 'static>(
    turns: Arc<Semaphore>,
    places: Arc<Semaphore>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, JoinError> {
    // The semaphores are never closed, so there is always a place in the end.
    let turn = turns.acquire_owned().await;
    let place = places.acquire_owned().await;
    tokio::task::spawn_blocking(move || {
        let _held = (turn, place);
        work()
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use tokio::sync::oneshot;

    use super::*;

    #[tokio::test]
    async fn a_place_stays_taken_until_the_work_is_done() {
        let (turns, places) = (Arc::new(Semaphore::new(1)), Arc::new(Semaphore::new(1)));
        let (begun, has_begun) = oneshot::channel();
        let (end, may_end) = mpsc::channel::<()>();
        let work = move || {
            begun.send(()).unwrap();
            may_end.recv().unwrap();
        };
        let waiting = tokio::spawn(in_turn(Arc::clone(&turns), Arc::clone(&places), work));
        has_begun.await.unwrap();
        waiting.abort();
        assert!(waiting.await.unwrap_err().is_cancelled());
        assert_eq!(
            (turns.available_permits(), places.available_permits()),
            (0, 0)
        );
        end.send(()).unwrap();
        drop(turns.acquire().await.unwrap());
        drop(places.acquire().await.unwrap());
    }
}
