//! Failures of the instance, provoked and found like any other event.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use server::DiskProbe;

use crate::harness::Tested;

struct Disk(AtomicU64);

impl DiskProbe for Disk {
    fn free_bytes(&self) -> io::Result<u64> {
        Ok(self.0.load(Ordering::SeqCst))
    }
}

/// The events of the category *System* in an account, oldest first, once there are so many.
async fn system(tested: &Tested, account: &str, filter: &str, count: usize) -> Vec<Value> {
    let token = tested.key(Some(account), &["audit:read"]).await;
    let path = format!(
        "/v1/accounts/{account}/events?range=all_time&order=asc&limit=1000&q=category:System{filter}"
    );
    for _ in 0..500 {
        let page = tested.get(&path, &token).await.json();
        let events = page["events"].as_array().unwrap().clone();
        if events.len() >= count {
            return events;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{count} events of the system were not recorded in {account}");
}

#[tokio::test]
async fn a_disk_that_fills_is_recorded_and_so_is_that_it_has_room_again() {
    let disk = Arc::new(Disk(AtomicU64::new(50_000)));
    let tested = Tested::watching(Arc::clone(&disk) as _, |config| {
        config.instance.disk_low_bytes = 10_000;
    })
    .await;
    for free in [50_000, 9_999, 9_000, 20_000] {
        disk.0.store(free, Ordering::SeqCst);
        tested.server.look_around();
    }
    let events = system(&tested, "annals", "", 2).await;
    let [low, fine] = events.as_slice() else {
        panic!("{events:#?}");
    };
    assert_eq!(low["action"], "system.disk_low");
    assert_eq!(low["event"], "Disk low");
    assert_eq!(low["actor"]["type"], "system");
    assert_eq!(low["outcome"]["result"], "error");
    assert_eq!(low["outcome"]["code"], "disk_low");
    assert_eq!(low["metadata"]["free_bytes"], 9_999);
    assert_eq!(fine["action"], "system.recovered");
    assert_eq!(fine["outcome"]["result"], "success");
    assert_eq!(fine["targets"][0]["id"], "disk");
}

#[tokio::test]
async fn a_clock_that_is_set_is_recorded() {
    let tested = Tested::new().await;
    tested.server.look_around();
    let now = server::Clock::now_ms(&*tested.clock);
    tested.clock.set_ms(now - 3_600_000);
    tested.server.look_around();
    tested.clock.set_ms(now + 7_200_000);
    tested.server.look_around();
    let events = system(&tested, "annals", "%20result:error", 2).await;
    let codes: Vec<&str> = events
        .iter()
        .map(|event| event["outcome"]["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes.len(), 2);
    assert!(
        codes.contains(&"clock_went_back") && codes.contains(&"clock_jumped"),
        "{codes:?}"
    );
    let back = events
        .iter()
        .find(|event| event["outcome"]["code"] == "clock_went_back")
        .unwrap();
    assert_eq!(back["metadata"]["skew_seconds"], 3_600);
    assert!(
        back["outcome"]["reason"]
            .as_str()
            .unwrap()
            .contains("went back")
    );
}

#[tokio::test]
async fn events_from_the_future_are_recorded_in_their_account_once_a_minute() {
    let tested = Tested::new().await;
    tested.account("acme").await;
    tested.account("globex").await;
    let token = tested.key(Some("acme"), &["events:write"]).await;
    let ahead = event::Timestamp::from_ms(server::Clock::now_ms(&*tested.clock) + 900_000);
    let event =
        json!({"action": "a.b", "occurred_at": ahead.to_string(), "producer": {"name": "edge-7"}});
    for _ in 0..5 {
        let path = "/v1/accounts/acme/events";
        assert_eq!(tested.post(path, &token, event.clone()).await.status, 201);
    }
    let events = system(&tested, "acme", "%20result:error", 1).await;
    assert_eq!(events.len(), 1, "{events:#?}");
    assert_eq!(events[0]["action"], "system.clock_skew");
    assert_eq!(events[0]["outcome"]["code"], "events_ahead");
    assert_eq!(events[0]["metadata"]["skew_seconds"], 900);
    assert_eq!(events[0]["metadata"]["sent_by"], "edge-7");
    assert_eq!(system(&tested, "globex", "", 0).await, Vec::<Value>::new());
}

#[tokio::test]
async fn an_instance_that_ends_by_itself_says_nothing_at_the_next_start() {
    let tested = Tested::new().await;
    let again = Tested::on(tested.close().await, 2).await;
    again.server.look_around();
    assert_eq!(system(&again, "annals", "", 0).await, Vec::<Value>::new());
}
