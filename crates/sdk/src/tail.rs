//! Following a log.

use api::path;
use api::search::TailPage;

use crate::address::with_query;
use crate::call::Call;
use crate::limits::TAIL_WAIT_S;
use crate::{Account, Error};

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

    /// Where to go on, for [`Account::tail`] in another run; `None` before the first answer.
    pub fn cursor(&self) -> Option<&str> {
        self.after.as_deref()
    }
}

impl<'a> Account<'a> {
    /// Follows the log from a cursor of an earlier tail; without one, from now on.
    pub fn tail(&self, after: Option<String>) -> Tail<'a> {
        Tail {
            account: *self,
            after,
            limit: None,
        }
    }
}
