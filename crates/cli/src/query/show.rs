//! Answers for people: rows, counts and bars.

use std::borrow::Cow;
use std::fmt::Write as _;

use anyhow::Result;
use sdk::api::event::{Actor, Event};
use sdk::api::search::{Histogram, ValueCounts};

use crate::output::{Output, printable};
use crate::zone::Zone;

/// The widest a column becomes; what is longer is cut in the list and complete in `--json`.
const WIDTH_MAX: usize = 28;
/// The longest bar of a histogram.
const BAR_WIDTH: u64 = 40;
/// `2026-11-21 09:55:19`.
const TIME_WIDTH: usize = 19;

/// A list of events whose columns keep the width they began with.
pub(crate) struct Table {
    zone: Zone,
    widths: [usize; 3],
}

impl Table {
    /// Writes the head; the columns are as wide as the first events need.
    pub(crate) fn begin(zone: &str, first: &[Event], output: &mut Output) -> Result<Self> {
        let heads = ["Event", "Category", "Actor"];
        let mut widths = heads.map(str::len);
        for event in first {
            for (width, cell) in widths.iter_mut().zip(cells(event)) {
                *width = (*width).max(cell.chars().count()).min(WIDTH_MAX);
            }
        }
        let table = Self {
            zone: Zone::named(zone)?,
            widths,
        };
        let time = format!("Time ({})", table.zone.name());
        let head = table.line(&time, &heads.map(Cow::Borrowed), "Activity");
        let styled = output.strong(&head);
        output.line(styled)?;
        Ok(table)
    }

    /// Writes a row per event.
    pub(crate) fn rows(&self, events: &[Event], output: &mut Output) -> Result<()> {
        for event in events {
            let mut activity = printable(event.description.as_deref().unwrap_or(&event.activity));
            if let Some(result) = event
                .outcome
                .result
                .as_deref()
                .filter(|result| *result != "success")
            {
                activity.push_str(&output.faint(&format!(" [{}]", printable(result))));
            }
            let time = self.zone.show(&event.occurred_at);
            output.line(self.line(&time, &cells(event), &activity))?;
        }
        Ok(())
    }

    fn line(&self, time: &str, cells: &[Cow<'_, str>; 3], last: &str) -> String {
        let mut line = format!("{time:TIME_WIDTH$}");
        for (cell, width) in cells.iter().zip(self.widths) {
            let cell = cut(cell, width);
            // Writing to a string cannot fail.
            let _ = write!(line, "  {cell:width$}");
        }
        line.push_str("  ");
        line.push_str(last);
        line
    }
}

fn cells(event: &Event) -> [Cow<'static, str>; 3] {
    [&event.event, &event.category, actor(&event.actor)].map(|text| printable(text).into())
}

/// How an actor is called: by name, e-mail, id, or kind.
fn actor(actor: &Actor) -> &str {
    let known = actor
        .name
        .as_deref()
        .or(actor.email.as_deref())
        .or(actor.id.as_deref());
    known.unwrap_or(match actor.kind.as_deref() {
        None | Some("system") => "System",
        Some("anonymous") => "Anonymous",
        Some(kind) => kind,
    })
}

fn cut(text: &str, width: usize) -> Cow<'_, str> {
    if text.chars().count() <= width {
        return text.into();
    }
    let mut cut: String = text.chars().take(width.saturating_sub(1)).collect();
    cut.push('…');
    cut.into()
}

/// The most frequent values of columns, in the order in which the columns were asked for.
pub(super) fn facets(columns: &[&str], counts: &ValueCounts, output: &mut Output) -> Result<()> {
    for column in columns {
        let Some(found) = counts.facets.get(*column) else {
            continue;
        };
        let title = output.strong(column);
        output.line(title)?;
        for value in &found.values {
            let detail = value
                .detail
                .as_deref()
                .map(|detail| format!(" {}", output.faint(&printable(detail))));
            let label = printable(&value.label);
            output.line(format_args!(
                "{:>10}  {label}{}",
                value.count,
                detail.unwrap_or_default()
            ))?;
        }
        if found.other > 0 {
            output.line(format_args!("{:>10}  (other values)", found.other))?;
        }
    }
    Ok(())
}

/// A bar per bucket, with what it is split into.
pub(super) fn histogram(histogram: &Histogram, output: &mut Output) -> Result<()> {
    let zone = Zone::named(&histogram.tz)?;
    let most = histogram
        .buckets
        .iter()
        .map(|bucket| bucket.count)
        .max()
        .unwrap_or(0)
        .max(1);
    let head = output.strong(&format!("Time ({})", zone.name()));
    output.line(format_args!("{head}, per {}", histogram.interval))?;
    for bucket in &histogram.buckets {
        let length = usize::try_from((bucket.count * BAR_WIDTH).div_ceil(most)).unwrap_or(0);
        let split = bucket
            .by
            .iter()
            .map(|(value, count)| format!("{} {count}", printable(value)));
        let split = split.collect::<Vec<_>>().join(", ");
        let (time, bar) = (zone.show(&bucket.from), "█".repeat(length));
        let line = format!(
            "{time}  {:>8}  {bar}  {}",
            bucket.count,
            output.faint(&split)
        );
        output.line(line.trim_end())?;
    }
    Ok(())
}
