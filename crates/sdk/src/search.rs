//! Finding events, and counting them.

use api::event::Event;
use api::path;
use api::resource::{ResourcePage, ResourceTypes};
use api::search::{ColumnValues, EventPage, Histogram, PagedSearch, Search, ValueCounts};
use serde::Serialize;

use crate::address::with_query;
use crate::call::Call;
use crate::{Account, Error};

/// How a histogram is cut.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Bars {
    /// The length of a bar: `minute`, `hour`, `day`, `week`, `month`, `year`; chosen by the server when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<String>,
    /// About how many bars, instead of `interval`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buckets: Option<u32>,
    /// The column by whose values every bar is split.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub split_by: Option<String>,
}

#[derive(Serialize)]
struct CountsBody<'a> {
    columns: &'a [&'a str],
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<u32>,
    #[serde(flatten)]
    search: &'a Search,
}

#[derive(Serialize)]
struct HistogramBody<'a> {
    #[serde(flatten)]
    bars: &'a Bars,
    #[serde(flatten)]
    search: &'a Search,
}

/// The pages of one search, each asked for when it is wanted.
#[derive(Debug)]
pub struct Pages<'a> {
    account: Account<'a>,
    search: PagedSearch,
    is_over: bool,
}

impl Pages<'_> {
    /// The next page; `None` after the last one.
    pub async fn next(&mut self) -> Result<Option<EventPage>, Error> {
        if self.is_over {
            return Ok(None);
        }
        let page = self.account.search(&self.search).await?;
        self.is_over = page.next_cursor.is_none();
        self.search.cursor.clone_from(&page.next_cursor);
        // The total of the whole set is known after the first page.
        self.search.count = None;
        Ok(Some(page))
    }
}

impl<'a> Account<'a> {
    /// One page of events.
    pub async fn search(&self, search: &PagedSearch) -> Result<EventPage, Error> {
        self.ask(path::EVENTS_SEARCH, search).await
    }

    /// All pages from the one that `search` names on: together a snapshot as of the first one.
    pub fn pages(&self, search: PagedSearch) -> Pages<'a> {
        Pages {
            account: *self,
            search,
            is_over: false,
        }
    }

    /// The exact number of events that a search finds.
    pub async fn count(&self, search: &Search) -> Result<u64, Error> {
        let paged = PagedSearch {
            search: search.clone(),
            count: Some(true),
            limit: Some(1),
            ..PagedSearch::default()
        };
        let page = self.search(&paged).await?;
        page.count.ok_or_else(|| Error::Unexpected {
            status: 200,
            detail: "an answer without the count".to_owned(),
        })
    }

    /// The most frequent values of columns among the events that a search finds; `size` up to 100 per column.
    pub async fn value_counts(
        &self,
        search: &Search,
        columns: &[&str],
        size: Option<u32>,
    ) -> Result<ValueCounts, Error> {
        self.ask(
            path::EVENTS_FACETS,
            &CountsBody {
                columns,
                size,
                search,
            },
        )
        .await
    }

    /// How many of the events that a search finds happened when.
    pub async fn histogram(&self, search: &Search, bars: &Bars) -> Result<Histogram, Error> {
        self.ask(path::EVENTS_HISTOGRAM, &HistogramBody { bars, search })
            .await
    }

    /// One event.
    pub async fn event(&self, id: &str) -> Result<Event, Error> {
        self.client
            .call(Call::get(self.path_of(path::EVENT, &[("event", id)])))
            .await
    }

    /// The values of a column that begin with `prefix`, as a dropdown offers them.
    pub async fn values(&self, column: &str, prefix: Option<&str>) -> Result<ColumnValues, Error> {
        let path = with_query(
            self.path(path::VALUES),
            &[("column", Some(column)), ("prefix", prefix)],
        );
        self.client.call(Call::get(path)).await
    }

    /// The kinds of resources that events were about.
    pub async fn resource_types(&self) -> Result<ResourceTypes, Error> {
        self.client
            .call(Call::get(self.path(path::RESOURCES)))
            .await
    }

    /// A page of the resources of one kind.
    pub async fn resources(
        &self,
        kind: &str,
        prefix: Option<&str>,
        cursor: Option<&str>,
    ) -> Result<ResourcePage, Error> {
        let path = self.path_of(path::RESOURCES_OF_TYPE, &[("type", kind)]);
        self.client
            .call(Call::get(with_query(
                path,
                &[("prefix", prefix), ("cursor", cursor)],
            )))
            .await
    }

    /// A question is a POST for its length; asking twice is asking once.
    async fn ask<A: serde::de::DeserializeOwned>(
        &self,
        template: &str,
        body: &impl Serialize,
    ) -> Result<A, Error> {
        self.client
            .call(Call::post(self.path(template), body)?.repeatable())
            .await
    }
}
