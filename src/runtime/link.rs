//! Connections: one keeper per account, which never gives up and never hides why it waits.
//!
//! For: connecting at start and again after a failure, until it works. Not for: what happens
//! once it does; a link keeps its own streams up. Door: [`keep`].
//! Until the first success every act on the account is answered with the reason.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::domain::input::{Input, LinkState, StreamEvent};
use crate::domain::key::AccountName;
use crate::domain::time::Span;
use crate::exchange::{AccountSetup, ConnectError, Inbox, VenueLink, connect};

/// First wait after a venue could not be reached; it doubles up to [`LONGEST`].
const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(30);
/// Wait after a failure that only a person can mend: a wrong key, a refused permission.
const HOPELESS: Duration = Duration::from_secs(60);

/// A link, or why there is none.
pub(crate) type Reach = Result<Arc<dyn VenueLink>, String>;

/// Connects an account in the background, as often as it takes.
pub(crate) fn keep(
    setup: AccountSetup,
    inbox: Inbox,
    tasks: &mut JoinSet<()>,
) -> watch::Receiver<Reach> {
    let (reach, seen) = watch::channel(Err("not connected yet".to_owned()));
    tasks.spawn(async move {
        let mut wait = FIRST;
        loop {
            match connect(setup.clone(), inbox.clone()).await {
                Ok(link) => {
                    let _ = reach.send(Ok(link));
                    return;
                }
                Err(error) => {
                    let pause = pause(&error, &mut wait);
                    let why = error.to_string();
                    tracing::warn!(account = %setup.name, %why, "no connection");
                    let _ = reach.send(Err(why.clone()));
                    tell(&setup.name, why, &inbox).await;
                    tokio::time::sleep(pause).await;
                }
            }
        }
    });
    seen
}

fn pause(error: &ConnectError, wait: &mut Duration) -> Duration {
    if !error.may_pass() {
        return HOPELESS;
    }
    let pause = *wait;
    *wait = (pause * 2).min(LONGEST);
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
