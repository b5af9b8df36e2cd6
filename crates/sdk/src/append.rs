//! Recording events.

use api::path;
use api::receipt::{Appended, PartlyAppended, Receipt};
use bytes::Bytes;
use serde::Serialize;

use crate::address::with_query;
use crate::call::Call;
use crate::{Account, Error, Events};

const NDJSON: &str = "application/x-ndjson";

impl Account<'_> {
    /// Records the events, all or none. The receipts stand in the order of the events, and each event is durable.
    ///
    /// At most [`Events::COUNT_MAX`] events and [`Events::BYTES_MAX`] bytes.
    /// Sent again when the server is busy or the connection breaks; an event that arrived before is then a duplicate.
    pub async fn append(&self, events: &Events) -> Result<Appended, Error> {
        self.client.call(self.append_call(events, None)).await
    }

    /// As [`Self::append`], and waits (at most ten seconds) until a search finds the events: see `waited`.
    pub async fn append_and_wait(&self, events: &Events) -> Result<Appended, Error> {
        self.client
            .call(self.append_call(events, Some(("wait", "indexed"))))
            .await
    }

    /// Records the events that are valid, and says for each what became of it.
    pub async fn append_partly(&self, events: &Events) -> Result<PartlyAppended, Error> {
        self.client
            .call(self.append_call(events, Some(("partial", "true"))))
            .await
    }

    /// Records one event.
    pub async fn append_one(&self, event: &impl Serialize) -> Result<Receipt, Error> {
        let mut events = Events::new();
        events.push_with(event, self.client.ids())?;
        let appended = self.append(&events).await?;
        appended
            .receipts
            .into_iter()
            .next()
            .ok_or_else(|| Error::Unexpected {
                status: 201,
                detail: "an answer without a receipt".to_owned(),
            })
    }

    fn append_call(&self, events: &Events, parameter: Option<(&str, &str)>) -> Call {
        let parameters: Vec<_> = parameter
            .into_iter()
            .map(|(name, value)| (name, Some(value)))
            .collect();
        let path = with_query(self.path(path::EVENTS), &parameters);
        let body = Bytes::copy_from_slice(events.as_ndjson().as_bytes());
        Call::post_bytes(path, NDJSON, body).repeatable()
    }
}
