//! Connections: one keeper per account, which never gives up and never hides why it waits.
//!
//! For: connecting at start and again after a failure, until it works. Not for: what happens
//! once it does; a link keeps its own streams up. Door: [`keep`].
//! Until the first success every act on the account is answered with the reason.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::domain::input::{Input, LinkState, StreamEvent};
use crate::domain::key::AccountName;
use crate::domain::time::Span;
use crate::exchange::{AccountSetup, ConnectError, Inbox, VenueLink, connect};

/// First wait after a venue could not be reached; it doubles up to [`LONGEST`].
const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(30);
/// The longest wait after a failure that only a person can mend: a wrong key, a refused permission.
/// The first ones are short all the same: should the refusal not last, nobody protects what is
/// open meanwhile.
const HOPELESS: Duration = Duration::from_secs(60);

/// A link, or why there is none.
pub(crate) type Reach = Result<Arc<dyn VenueLink>, String>;

/// Where an account's link is put. Whoever waits for it hears of it in the order they came, so
/// that acts leave in the order they were decided; a watch channel wakes in a random one.
pub(crate) struct Berth {
    reach: Mutex<Reach>,
    changed: Notify,
}

impl Berth {
    pub(crate) fn new(reach: Reach) -> Arc<Self> {
        Arc::new(Self { reach: Mutex::new(reach), changed: Notify::new() })
    }

    pub(crate) fn put(&self, reach: Reach) {
        *self.reach.lock().unwrap_or_else(PoisonError::into_inner) = reach;
        self.changed.notify_waiters();
    }

    /// The link, or why there is none now.
    pub(crate) fn reach(&self) -> Reach {
        self.reach.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until there is one.
    pub(crate) async fn taken(&self) {
        loop {
            // Made before the look, so that nothing that comes after the look is missed.
            let changed = self.changed.notified();
            if self.reach().is_ok() {
                return;
            }
            changed.await;
        }
    }
}

/// Connects an account in the background, as often as it takes.
pub(crate) fn keep(setup: AccountSetup, inbox: Inbox, tasks: &mut JoinSet<()>) -> Arc<Berth> {
    let berth = Berth::new(Err("not connected yet".to_owned()));
    let seen = berth.clone();
    tasks.spawn(async move {
        let mut wait = FIRST;
        loop {
            match connect(setup.clone(), inbox.clone()).await {
                Ok(link) => {
                    return berth.put(Ok(link));
                }
                Err(error) => {
                    let pause = pause(&error, &mut wait);
                    let why = error.to_string();
                    tracing::warn!(account = %setup.name, %why, "no connection");
                    berth.put(Err(why.clone()));
                    tell(&setup.name, why, &inbox).await;
                    tokio::time::sleep(pause).await;
                }
            }
        }
    });
    seen
}

fn pause(error: &ConnectError, wait: &mut Duration) -> Duration {
    let longest = if error.may_pass() { LONGEST } else { HOPELESS };
    let pause = (*wait).min(longest);
    *wait = pause * 2;
    pause
}

/// Says on the screen why the account stays unknown.
async fn tell(account: &AccountName, why: String, inbox: &Inbox) {
    let link = LinkState {
        used_percent: 0,
        offset_ms: 0,
        round_trip: Span(0),
        blocked: Some(why.clone()),
        banned: None,
    };
    let _ = inbox.send(Input::Link(account.clone(), link)).await;
    let down = Box::new(StreamEvent::Down(why));
    let _ = inbox.send(Input::Stream(account.clone(), down)).await;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waits(error: &ConnectError) -> Vec<u64> {
        let mut wait = FIRST;
        (0..10).map(|_| pause(error, &mut wait).as_secs()).collect()
    }

    #[test]
    fn whatever_the_reason_the_first_waits_are_short_and_the_later_ones_long() {
        let refused = ConnectError::Key("a refused key".to_owned());
        assert_eq!(waits(&refused), [0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
        let away = ConnectError::Unreachable("nobody answers".to_owned());
        assert_eq!(waits(&away), [0, 1, 2, 4, 8, 16, 30, 30, 30, 30]);
    }
}
