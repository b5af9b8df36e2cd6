//! Following a log.

use api::path;
use api::search::TailPage;

use crate::address::with_query;
use crate::call::Call;
use crate::limits::TAIL_WAIT_S;
use crate::{Account, Error};

/// What stands for a cursor after everything that is there.
const FROM_NOW: &str = "end";

/// Where a tail begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// With the first event of the log.
    Beginning,
    /// With what comes from now on.
    Now,
    /// After an earlier answer: its `next_cursor`, or [`Tail::cursor`].
    Cursor(String),
}

/// What comes into a log, in log order: nothing is missed, however late an event is recorded.
#[derive(Debug)]
pub struct Tail<'a> {
    account: Account<'a>,
    after: Option<String>,
    limit: Option<u32>,
}

impl Tail<'_> {
    /// The most events of the next answers, 1 to 1000.
    pub fn set_limit(&mut self, limit: u32) {
        self.limit = Some(limit);
    }

    /// What came after the last answer; empty when nothing did for about twenty seconds.
    ///
    /// After an error the place is unchanged: calling again goes on where it was.
    pub async fn next(&mut self) -> Result<TailPage, Error> {
        let wait = TAIL_WAIT_S.to_string();
        let limit = self.limit.map(|limit| limit.to_string());
        let parameters = [
            ("after", self.after.as_deref()),
            ("wait_s", Some(wait.as_str())),
            ("limit", limit.as_deref()),
        ];
        let path = with_query(self.account.path(path::EVENTS_TAIL), &parameters);
        let page: TailPage = self.account.client.call(Call::get(path)).await?;
        self.after = Some(page.next_cursor.clone());
        Ok(page)
    }

    /// Where to go on in another run; `None` before the first answer.
    pub fn cursor(&self) -> Option<&str> {
        self.after.as_deref().filter(|after| *after != FROM_NOW)
    }
}

impl<'a> Account<'a> {
    /// Follows the log; nothing is asked yet.
    pub fn tail(&self, since: Since) -> Tail<'a> {
        let after = match since {
            Since::Beginning => None,
            Since::Now => Some(FROM_NOW.to_owned()),
            Since::Cursor(cursor) => Some(cursor),
        };
        Tail {
            account: *self,
            after,
            limit: None,
        }
    }
}
