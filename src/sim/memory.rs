//! What a shell remembers beside the exchange itself: the requests that came in, and how things
//! stood before a change that reads do not show yet.
//!
//! Not here: what the exchange did (its record) and how faults begin (`faults.rs`).

use std::collections::{BTreeMap, VecDeque};

use crate::sim::faults::Lag;
use crate::sim::numbers::Ms;

/// How many requests the log keeps.
const LOG_LENGTH: usize = 10_000;

/// One request that came in.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Request {
    /// When, on the exchange's clock.
    pub at: Ms,
    /// `GET /fapi/v1/time`
    pub endpoint: String,
    /// HTTP status of the answer; zero when there was none.
    pub status: u16,
    /// Query and body without signature.
    pub params: String,
}

/// Everything that was asked.
#[derive(Clone, Debug, Default)]
pub struct Requests {
    /// How often, by endpoint.
    pub counts: BTreeMap<String, u64>,
    /// The requests in order.
    pub list: VecDeque<Request>,
}

impl Requests {
    /// Notes a request and its answer.
    pub fn note(&mut self, request: Request) {
        *self.counts.entry(request.endpoint.clone()).or_default() += 1;
        if self.list.len() >= LOG_LENGTH {
            self.list.pop_front();
        }
        self.list.push_back(request);
    }
}

/// How things stood before the last change, while reads still show that.
#[derive(Clone, Debug)]
pub struct Past<T>(Option<Stale<T>>);

#[derive(Clone, Debug)]
struct Stale<T> {
    then: T,
    lag: Lag,
    since: Ms,
}

impl<T> Default for Past<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Clone> Past<T> {
    /// A change begins to be shown late; what an earlier one hid stays hidden.
    pub fn keep(&mut self, before: T, lag: Lag, now: Ms) {
        let then = self.0.take().map_or(before, |older| older.then);
        self.0 = Some(Stale { then, lag, since: now });
    }

    /// What a read sees; a read that `counts` uses up a lag that is counted in reads.
    pub fn shown(&mut self, present: &T, now: Ms, counts: bool) -> T {
        let over = match &mut self.0 {
            None => true,
            Some(Stale { lag: Lag::For(ms), since, .. }) => now - *since >= *ms,
            Some(Stale { lag: Lag::Calls(left), .. }) if counts => {
                let over = *left == 0;
                *left = left.saturating_sub(1);
                over
            }
            Some(Stale { lag: Lag::Calls(left), .. }) => *left == 0,
        };
        if over {
            self.0 = None;
        }
        self.0.as_ref().map_or_else(|| present.clone(), |old| old.then.clone())
    }
}
