//! `annals query`: find events, or count them.

mod criteria;
mod show;

use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::Args;
use sdk::api::search::{Filter, PagedSearch, Search};
use sdk::{Account, Bars};
use serde_json::json;

use crate::connection::{Connection, block_on};
use crate::output::Output;
pub(crate) use show::Table;

/// The largest page of the API.
pub(crate) const PAGE_MAX: u32 = 1_000;

/// Find events, newest first, or count them
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    annals query --range today --where 'event:eq:Role created'\n  \
    annals query --range all_time --match any --where verb:eq:delete --where result:ne:success\n  \
    annals query --q 'invoice -user:usr_9' --all --json > events.ndjson\n  \
    annals query --resource agent:agt_7 --limit 10\n  \
    annals query --count --where 'action:in:user.login,user.logout'\n  \
    annals query --range this_year --facets category,user\n  \
    annals query --range last_90_days --histogram day --split-by result --tz Europe/Berlin\n\n\
    Ranges: all_time, today, yesterday, this_week, this_month, last_month, last_30_days (default),\n  \
      last_90_days, this_year, last_year, last_hour, last_24_hours.\n\
    Columns: category, event, action, verb, user, actor_id, actor_email, actor_type, target_type,\n  \
      target_id, result, ip, source, request_id, session_id, description, first_seen, hour, weekday,\n  \
      metadata.<key>.\n\
    Operators: eq, ne, in, nin, contains, starts_with, exists, not_exists, in_network.")]
pub(crate) struct Arguments {
    #[command(flatten)]
    question: Question,
    /// `desc` (newest first, the default) or `asc`
    #[arg(long)]
    order: Option<String>,
    /// The most events to print
    #[arg(long, default_value_t = 50)]
    limit: u64,
    /// Print all events that are found
    #[arg(long, conflicts_with = "limit")]
    all: bool,
    /// Print only how many events are found, exactly
    #[arg(long, group = "counted")]
    count: bool,
    /// Print the most frequent values of these columns instead
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',', group = "counted")]
    facets: Vec<String>,
    /// Values per column, 1 to 100
    #[arg(long, requires = "facets")]
    size: Option<u32>,
    /// Print how many events there were per minute, hour, day, week, month or year instead
    #[arg(long, value_name = "INTERVAL", num_args = 0..=1, default_missing_value = "", group = "counted")]
    histogram: Option<String>,
    /// Split every bar of the histogram by the values of a column
    #[arg(long, value_name = "COLUMN", requires = "histogram")]
    split_by: Option<String>,
    /// Print JSON: one event per line, or the answer with the counts
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    connection: Connection,
}

/// Which events are meant.
#[derive(Debug, Args)]
#[command(next_help_heading = "Which events")]
struct Question {
    /// A named range of time, see below
    #[arg(long, conflicts_with_all = ["from", "to"])]
    range: Option<String>,
    /// The first instant (RFC 3339), or a date in --tz
    #[arg(long)]
    from: Option<String>,
    /// The instant after the last one (RFC 3339), or a date in --tz whose end is meant
    #[arg(long)]
    to: Option<String>,
    /// The time zone of ranges, dates and what is printed: an IANA name
    #[arg(long)]
    tz: Option<String>,
    /// The first day of a week: mon, sun or sat
    #[arg(long)]
    week_start: Option<String>,
    /// A condition, also several times: column:operator:value; lists are separated by commas or are JSON
    #[arg(long = "where", value_name = "CONDITION", conflicts_with = "filter")]
    conditions: Vec<String>,
    /// Whether `all` or `any` of the conditions must hold
    #[arg(long = "match", value_name = "all|any", default_value = "all")]
    matching: String,
    /// A filter as the API takes it: {"match":"all","criteria":[{"column":…,"op":…,"value":…}]}
    #[arg(long, value_name = "JSON")]
    filter: Option<String>,
    /// Words that must occur, "phrases", and column:value terms
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    q: Option<String>,
    /// The log of one resource, type:id
    #[arg(long, value_name = "TYPE:ID")]
    resource: Option<String>,
    /// A tree size of an earlier answer: nothing that came later
    #[arg(long, value_name = "TREE_SIZE")]
    as_of: Option<u64>,
}

impl Question {
    fn search(&self) -> Result<Search> {
        let filter = match (&self.filter, self.conditions.as_slice()) {
            (Some(text), _) => Some(serde_json::from_str(text).context("--filter is no filter")?),
            (None, []) => None,
            (None, conditions) => {
                let criteria = conditions
                    .iter()
                    .map(|text| criteria::parse(text))
                    .collect::<Result<_>>()?;
                Some(Filter {
                    matching: self.matching.clone(),
                    criteria,
                })
            }
        };
        Ok(Search {
            range: self.range.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            tz: self.tz.clone(),
            filter,
            refine: Vec::new(),
            q: self.q.clone(),
            resource: self.resource.clone(),
            week_start: self.week_start.clone(),
            as_of: self.as_of,
        })
    }
}

/// Asks and prints.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let search = arguments.question.search()?;
    ensure!(
        arguments.all || arguments.limit > 0,
        "--limit is at least 1"
    );
    let client = arguments.connection.client()?;
    let account = client.account(&arguments.connection.account);
    let mut output = Output::new();
    block_on(async {
        if arguments.count {
            count(arguments, account, search, &mut output).await
        } else if !arguments.facets.is_empty() {
            facets(arguments, account, &search, &mut output).await
        } else if let Some(interval) = &arguments.histogram {
            histogram(arguments, account, &search, interval, &mut output).await
        } else {
            events(arguments, account, search, &mut output).await
        }
    })?;
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

async fn events(
    arguments: &Arguments,
    account: Account<'_>,
    search: Search,
    output: &mut Output,
) -> Result<()> {
    let mut left = if arguments.all {
        u64::MAX
    } else {
        arguments.limit
    };
    let page = u32::try_from(left).unwrap_or(PAGE_MAX).min(PAGE_MAX);
    let order = arguments.order.clone();
    let mut pages = account.pages(PagedSearch {
        search,
        order,
        limit: Some(page),
        ..PagedSearch::default()
    });
    let mut table = None;
    while left > 0
        && let Some(page) = pages.next().await?
    {
        let shown = usize::try_from(left)
            .unwrap_or(usize::MAX)
            .min(page.events.len());
        let events = page.events.get(..shown).unwrap_or_default();
        left -= shown as u64;
        if arguments.json {
            events.iter().try_for_each(|event| output.json(event))?;
        } else {
            let table = match &mut table {
                Some(table) => table,
                None => table.insert(Table::begin(&page.range.tz, events, output)?),
            };
            table.rows(events, output)?;
        }
        output.flush()?;
    }
    Ok(())
}

async fn count(
    arguments: &Arguments,
    account: Account<'_>,
    search: Search,
    output: &mut Output,
) -> Result<()> {
    if !arguments.json {
        return Ok(output.line(account.count(&search).await?)?);
    }
    let paged = PagedSearch {
        search,
        count: Some(true),
        limit: Some(1),
        ..PagedSearch::default()
    };
    let page = account.search(&paged).await?;
    Ok(output.json(&json!({ "count": page.count, "range": page.range, "as_of": page.as_of }))?)
}

async fn facets(
    arguments: &Arguments,
    account: Account<'_>,
    search: &Search,
    output: &mut Output,
) -> Result<()> {
    let columns: Vec<&str> = arguments.facets.iter().map(String::as_str).collect();
    let counts = account
        .value_counts(search, &columns, arguments.size)
        .await?;
    if arguments.json {
        Ok(output.json(&counts)?)
    } else {
        show::facets(&columns, &counts, output)
    }
}

async fn histogram(
    arguments: &Arguments,
    account: Account<'_>,
    search: &Search,
    interval: &str,
    output: &mut Output,
) -> Result<()> {
    let interval = Some(interval.to_owned()).filter(|interval| !interval.is_empty());
    let bars = Bars {
        interval,
        buckets: None,
        split_by: arguments.split_by.clone(),
    };
    let histogram = account.histogram(search, &bars).await?;
    if arguments.json {
        Ok(output.json(&histogram)?)
    } else {
        show::histogram(&histogram, output)
    }
}
