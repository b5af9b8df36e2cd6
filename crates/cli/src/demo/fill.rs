//! The year of the demo, told to a server through its own API.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::{Context, Result};
use sdk::api::Permission;
use sdk::api::account::NewAccount;
use sdk::{Client, Events};
use server::admin::AccountRequest;
use server::{Clock, Config, Principal, SystemClock, SystemRandomness};

use super::clock::WalkingClock;
use super::{ACCOUNT, OWNER_EMAIL, OWNER_NAME, people};
use crate::progress::Progress;
use crate::sample::{ACCOUNT_NAME, Sample, SampleEvent};
use crate::{local, serve};

/// Every run tells the same story.
const SEED: u64 = 1;

/// Events that happened within this time are recorded together, so that a year takes seconds.
const TOGETHER_MS: u64 = 10 * 60 * 1_000;

/// How long before its first event the company got its account.
const HEAD_START_MS: u64 = 60 * 60 * 1_000;

/// With what people and programs get into the demo.
pub(super) struct Access {
    /// The token of a key that may do everything.
    pub(super) token: String,
    /// The password of the owner and of everybody else.
    pub(super) password: String,
}

/// Starts a server whose clock walks through the year that ends now, and sends it every event when it happens.
/// Returns the access of a key and of an owner, who may do everything; the server has ended then.
pub(super) async fn fill(config: &Config, count: usize) -> Result<Access> {
    let now_ms = SystemClock.now_ms();
    let mut sample = Sample::new(SEED, count, now_ms).peekable();
    let first_ms = sample.peek().map_or(now_ms, |first| first.at_ms);
    let clock = Arc::new(WalkingClock::at(first_ms.saturating_sub(HEAD_START_MS)));
    let mut config = config.clone();
    config.listen.address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
    config.tls = server::config::Tls::default();
    let running = server::start(
        config,
        Arc::clone(&clock) as Arc<dyn Clock>,
        Arc::new(SystemRandomness),
    )
    .await?;
    let told = tell(&running, &clock, sample, count, now_ms).await;
    running
        .stop()
        .await
        .context("closing the data of the demo")?;
    told
}

async fn tell(
    running: &server::Running,
    clock: &WalkingClock,
    sample: impl Iterator<Item = SampleEvent>,
    count: usize,
    now_ms: u64,
) -> Result<Access> {
    let instance = running.instance();
    // The year tells also what people did with the audit log, which no product may.
    instance.take_reserved_actions();
    let account = NewAccount {
        id: ACCOUNT.into(),
        name: Some(ACCOUNT_NAME.into()),
        ..NewAccount::default()
    };
    instance
        .create_account(AccountRequest::try_from(account)?, &Principal::Operator)
        .await?;
    let password = local::create_owner(running, OWNER_EMAIL, OWNER_NAME).await?;
    people::settle(instance, ACCOUNT, &password, now_ms).await?;
    let writer = local::create_key(
        running,
        Some(ACCOUNT),
        "Acme Console",
        &[Permission::EventsWrite],
    )
    .await?;
    let client = Client::new(&serve::url(running), &writer)?;
    let progress = Progress::new("telling the year of Acme Robotics", Some(count as u64));
    let mut events = Events::new();
    let mut begun_ms = 0;
    for SampleEvent { at_ms, event } in sample {
        if !events.is_empty()
            && (at_ms > begun_ms + TOGETHER_MS || events.len() == Events::COUNT_MAX)
        {
            send(&client, &mut events, &progress).await?;
        }
        if events.is_empty() {
            begun_ms = at_ms;
        }
        clock.walk_to(at_ms);
        events.push(&event)?;
    }
    if !events.is_empty() {
        send(&client, &mut events, &progress).await?;
    }
    clock.walk_to(now_ms);
    Ok(Access {
        token: local::create_key(running, None, "Demo", Permission::ALL).await?,
        password,
    })
}

async fn send(client: &Client, events: &mut Events, progress: &Progress) -> Result<()> {
    client
        .account(ACCOUNT)
        .append(events)
        .await
        .context("recording the events of the demo")?;
    progress.add(events.len() as u64);
    events.clear();
    Ok(())
}
