//! What an account's link reports: what it hears, and how its connection is.
//!
//! For: the one way from a link to the inbox; the header is told of a changed connection, of a
//! block at once and of everything else at most once a second.
//! Not for: reading what the venue says, or judging what is reported.
//! Door: [`Reporter`].

use std::fmt::Display;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;

use crate::domain::amount::Price;
use crate::domain::input::{Input, LinkState, StreamEvent};
use crate::domain::instrument::Instrument;
use crate::domain::key::{AccountName, Symbol};
use crate::domain::time::Span;
use crate::exchange::failure::Failure;
use crate::exchange::http::Health;
use crate::exchange::{Inbox, lock};

/// The header is told of a changed connection at most this often.
const TELL_EVERY: Duration = Duration::from_secs(1);

/// Reports one account to the inbox.
#[derive(Debug)]
pub struct Reporter {
    name: AccountName,
    inbox: Inbox,
    told: Mutex<Option<Health>>,
    /// A request was sent: the header may want to know.
    used: Notify,
}

impl Reporter {
    /// Nothing is told yet.
    pub fn new(name: AccountName, inbox: Inbox) -> Self {
        Self { name, inbox, told: Mutex::default(), used: Notify::new() }
    }

    /// Notes how the connection is after a request.
    pub fn note(&self, health: Health) {
        let blocked = lock(&self.told).as_ref().is_some_and(|told| told.blocked.is_some());
        if blocked != health.blocked.is_some() {
            self.tell_health(health);
        } else {
            self.used.notify_one();
        }
    }

    fn tell_health(&self, health: Health) {
        let mut told = lock(&self.told);
        if told.as_ref() == Some(&health) {
            return;
        }
        let state = LinkState {
            used_percent: health.used_percent,
            offset_ms: health.ahead_ms,
            round_trip: health.round_trip,
            blocked: health.blocked.clone(),
            banned: health.banned,
        };
        if self.inbox.try_send(Input::Link(self.name.clone(), state)).is_ok() {
            *told = Some(health);
        }
    }

    /// Tells what the private stream said. False when nobody listens any more.
    pub async fn tell(&self, event: StreamEvent) -> bool {
        self.inbox.send(Input::Stream(self.name.clone(), Box::new(event))).await.is_ok()
    }

    /// Passes prices on, unless the inbox is full: newer ones follow.
    pub fn tell_marks(&self, marks: Vec<(Symbol, Price)>) {
        let _ = self.inbox.try_send(Input::Marks(self.name.clone(), marks));
    }

    /// Passes the instrument list on.
    pub async fn tell_instruments(&self, instruments: Vec<Arc<Instrument>>) {
        let _ = self.inbox.send(Input::Instruments(self.name.clone(), instruments)).await;
    }

    /// Whether nobody listens any more.
    pub fn is_over(&self) -> bool {
        self.inbox.is_closed()
    }

    /// Waits until nobody listens any more.
    pub async fn over(&self) {
        self.inbox.closed().await;
    }

    /// Tells the header how the connection is, after requests and at most once a second.
    pub async fn keep_told(&self, health: impl Fn() -> Health) {
        while !self.is_over() {
            self.used.notified().await;
            self.tell_health(health());
            tokio::time::sleep(TELL_EVERY).await;
        }
    }

    /// Has the venue's clock measured again and again; its distance is part of what is told.
    pub async fn keep_clock<F>(&self, every: Span, sync: impl Fn() -> F)
    where
        F: Future<Output = Result<(), Failure>>,
    {
        while !self.is_over() {
            tokio::time::sleep(every.duration()).await;
            if let Err(failure) = sync().await {
                tracing::warn!(account = %self.name, %failure, "the venue's clock was not read");
            }
            self.used.notify_one();
        }
    }

    /// Has the instruments read again and again, at once where they are said to be outdated.
    pub async fn keep_market<F, Why>(&self, every: Span, outdated: &Notify, read: impl Fn() -> F)
    where
        F: Future<Output = Result<(), Why>>,
        Why: Display,
    {
        while !self.is_over() {
            let due = tokio::time::sleep(every.duration());
            tokio::select! {
                biased;
                () = outdated.notified() => {}
                () = due => {}
            }
            if let Err(why) = read().await {
                tracing::warn!(account = %self.name, "instruments were not read: {why}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::{self, Receiver};

    use super::*;

    fn health(used_percent: u32, blocked: Option<&str>) -> Health {
        let blocked = blocked.map(str::to_owned);
        Health { used_percent, ahead_ms: 0, round_trip: Span(5), blocked, banned: None }
    }

    fn heard(inbox: &mut Receiver<Input>) -> Vec<(u32, bool)> {
        let mut heard = Vec::new();
        while let Ok(Input::Link(_, state)) = inbox.try_recv() {
            heard.push((state.used_percent, state.blocked.is_some()));
        }
        heard
    }

    fn reporter(room: usize) -> (Reporter, Receiver<Input>) {
        let (sender, inbox) = mpsc::channel(room);
        (Reporter::new(AccountName::from("main"), sender), inbox)
    }

    #[tokio::test(start_paused = true)]
    async fn a_block_is_told_at_once_and_everything_else_once_a_second() {
        let (reporter, mut inbox) = reporter(64);
        let now = Mutex::new(health(0, None));
        let change = |to: Health| {
            *lock(&now) = to.clone();
            reporter.note(to);
        };
        let keeping = reporter.keep_told(|| lock(&now).clone());
        let told = async {
            change(health(1, None));
            tokio::time::sleep(Duration::from_millis(1)).await;
            assert_eq!(heard(&mut inbox), [(1, false)], "the first is told at once");
            for percent in 2..9 {
                change(health(percent, None));
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            assert_eq!(heard(&mut inbox), [], "not within a second of it");
            change(health(9, Some("banned")));
            assert_eq!(heard(&mut inbox), [(9, true)], "a block waits for nothing");
            change(health(9, None));
            assert_eq!(heard(&mut inbox), [(9, false)], "nor does its end");
            change(health(10, None));
            tokio::time::sleep(Duration::from_secs(1)).await;
            assert_eq!(heard(&mut inbox), [(10, false)]);
            change(health(10, None));
            tokio::time::sleep(Duration::from_secs(3)).await;
            assert_eq!(heard(&mut inbox), [], "what has not changed is not told again");
        };
        tokio::select! {
            () = keeping => panic!("it ended while somebody listened"),
            () = told => {}
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_inbox_loses_no_block() {
        let (reporter, mut inbox) = reporter(1);
        reporter.tell_marks(Vec::new());
        reporter.note(health(5, Some("banned")));
        assert!(matches!(inbox.try_recv(), Ok(Input::Marks(..))));
        assert_eq!(heard(&mut inbox), [], "there was no room for it");
        reporter.note(health(5, Some("banned")));
        assert_eq!(heard(&mut inbox), [(5, true)], "it counts as told once it was");
        drop(inbox);
        assert!(reporter.is_over());
        assert!(!reporter.tell(StreamEvent::Up).await);
    }
}
