//! Pages of events: a listing is a snapshot of what page 1 could have shown.

use api::ErrorCode;
use api::search::AsOf;
use index::cursor::{Cursor, ParametersHash};
use index::{Hit, Order, PageRequest, Place, SearchPage};
use serde_json::{Map, Value, json};

use super::{Asked, Question, asked::wrong};
use crate::app::App;
use crate::auth::permit::CanRead;
use crate::control::Account;
use crate::http::Problem;
use crate::limits::{PAGE_DEFAULT, PAGE_MAX};
use crate::reading::{self, Lens};

/// A page that is asked for.
pub(crate) struct Listing {
    pub(crate) question: Question,
    page: PageRequest,
    parameters: ParametersHash,
    lens: Lens,
}

impl Listing {
    /// Reads the parameters of a listing; nothing else may be among them.
    pub(crate) fn of(mut asked: Asked, app: &App, permit: &CanRead) -> Result<Self, Problem> {
        let parameters = asked.parameters_hash(permit.account().log);
        let sent = asked.text("cursor")?;
        if sent.is_some() && asked.value("as_of").is_some() {
            return Err(wrong(
                "as_of",
                "with_cursor",
                "cannot stand together with `cursor`",
            ));
        }
        let cursor = sent
            .map(|text| {
                Cursor::decode(&text, &parameters).map_err(|error| {
                    Problem::parameter_as(ErrorCode::CursorInvalid, "cursor", error.to_string())
                })
            })
            .transpose()?;
        let order = match asked.text("order")?.as_deref() {
            None | Some("desc") => Order::Desc,
            Some("asc") => Order::Asc,
            Some(_) => return Err(wrong("order", "invalid_value", "must be `desc` or `asc`")),
        };
        let limit = asked.number("limit", 1, PAGE_MAX as u64)?;
        let count = asked.flag("count")?;
        let lens = Lens::of(app, permit);
        let question = Question::of(&mut asked, app, permit, &lens, cursor.as_ref())?;
        asked.finish()?;
        let page = PageRequest {
            limit: limit.map_or(PAGE_DEFAULT, |limit| {
                usize::try_from(limit).unwrap_or(PAGE_MAX)
            }),
            order,
            after: cursor.map(|cursor| cursor.place),
            as_of: question.as_of,
            count,
        };
        Ok(Self {
            question,
            page,
            parameters,
            lens,
        })
    }

    /// The page of events, ready to be sent.
    pub(crate) fn answer(&self, app: &App, account: &Account) -> Result<Value, Problem> {
        let found = app.index.search(&self.question.query, &self.page)?;
        let events = shown(app, account, &self.lens, &found.hits)?;
        let mut answer = json!({
            "events": events,
            "next_cursor": self.cursor_after(&found),
            "range": self.question.range,
            "as_of": self.question.as_of(),
        });
        if let (Some(total), Some(members)) = (found.total, answer.as_object_mut()) {
            members.insert("count".to_owned(), json!(total));
        }
        Ok(answer)
    }

    /// Where the events of the next page of a stream stand, from the place on; `None` is where the listing begins.
    ///
    /// `limit` does not bound a stream: its pages are as large as they may be.
    pub(crate) fn hits(&self, app: &App, after: Option<Place>) -> Result<SearchPage, Problem> {
        let page = PageRequest {
            limit: PAGE_MAX,
            count: false,
            after: after.or(self.page.after),
            ..self.page
        };
        Ok(app.index.search(&self.question.query, &page)?)
    }

    /// Whether all that is asked about is seen through this lens: the catalogue can change while a stream goes on.
    pub(crate) fn may_ask(&self, lens: &Lens) -> bool {
        self.question.is_seen_through(lens)
    }

    /// How much of the log the listing speaks for.
    pub(crate) fn as_of(&self) -> AsOf {
        self.question.as_of()
    }

    fn cursor_after(&self, found: &SearchPage) -> Option<String> {
        let place = found.next?;
        let cursor = Cursor {
            parameters: self.parameters,
            range: self.question.query.query().range,
            tree_size: self.page.as_of,
            place,
            order: self.page.order,
        };
        Some(cursor.encode())
    }
}

/// Some events, read and checked, in the order of the hits, with what of them is seen.
pub(crate) fn shown(
    app: &App,
    account: &Account,
    lens: &Lens,
    hits: &[Hit],
) -> Result<Vec<Map<String, Value>>, Problem> {
    let positions: Vec<_> = hits.iter().map(|hit| hit.index).collect();
    let events = reading::read(&app.ledger, account.log, &positions)?;
    let each = events.iter().zip(hits);
    let shown = each.map(|(event, hit)| lens.show(event, hit.first_seen));
    Ok(shown.collect::<Result<_, _>>()?)
}
