//! A connected account: what its requests and its streams share, and the door to both.
//!
//! For: dispatching acts, keeping clock and instrument list fresh.
//! Not for: how any of it is done.
//! Door: [`Link`], built by `bybit::connect`.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::domain::effect::Act;
use crate::domain::input::Reply;
use crate::domain::key::{AccountName, Symbol};
use crate::domain::outcome::{Outcome, RefusalKind};
use crate::exchange::account::{AccountSetup, Endpoints, Pace};
use crate::exchange::bybit::call::Call;
use crate::exchange::bybit::decode_market::Market;
use crate::exchange::bybit::memory::Memory;
use crate::exchange::bybit::modes::Modes;
use crate::exchange::bybit::pages::Fault;
use crate::exchange::bybit::prices::Followed;
use crate::exchange::bybit::rest::Rest;
use crate::exchange::bybit::{
    history, look, lookup, market, orders, prices, private, protection, rights,
};
use crate::exchange::failure::{Failure, Verdict};
use crate::exchange::lock;
use crate::exchange::network::Network;
use crate::exchange::probes::Probes;
use crate::exchange::reporter::Reporter;
use crate::exchange::{Answering, Inbox, VenueLink};

/// What requests and streams of one account share.
#[derive(Debug)]
pub struct Shared {
    /// The account.
    pub name: AccountName,
    /// Its way to the inbox.
    pub reporter: Reporter,
    /// Its requests.
    pub rest: Rest,
    /// Where its streams are.
    pub endpoints: Endpoints,
    /// What they are reached through.
    pub network: Arc<dyn Network>,
    /// What its stream said.
    pub memory: Mutex<Memory>,
    /// What is known of one-way and hedge mode.
    pub modes: Mutex<Modes>,
    /// Whose turn it is to be asked for by symbol.
    pub probes: Mutex<Probes>,
    /// Counts up when the private stream has to be connected anew.
    pub restream: watch::Sender<u64>,
    /// There may be a symbol whose prices nobody follows yet.
    pub follows: Notify,
    followed: Mutex<Followed>,
    market: Mutex<Market>,
    /// The instrument list is not what it was.
    outdated: Notify,
}

impl Shared {
    /// What an account's tasks will share; nothing is started.
    pub fn new(setup: AccountSetup, rest: Rest, inbox: Inbox) -> Self {
        let AccountSetup { name, endpoints, network, .. } = setup;
        Self {
            reporter: Reporter::new(name.clone(), inbox),
            name,
            rest,
            endpoints,
            network,
            memory: Mutex::default(),
            probes: Mutex::default(),
            modes: Mutex::default(),
            restream: watch::Sender::new(0),
            follows: Notify::new(),
            followed: Mutex::default(),
            market: Mutex::default(),
            outdated: Notify::new(),
        }
    }

    /// How fast and how patient this account is.
    pub fn pace(&self) -> &Pace {
        &self.endpoints.pace
    }

    /// Sends a request and notes how the connection is.
    ///
    /// # Errors
    /// As [`Rest::send`].
    pub async fn send(&self, call: Call) -> Result<String, Failure> {
        let changes = call.changes();
        let result = self.rest.send(call).await;
        self.reporter.note(self.rest.health());
        // Sizes and limits change a few times a month, and an order that breaks them is told by
        // a parameter error (bybit 3.1).
        if let (true, Err(Failure { verdict: Verdict::Refused(RefusalKind::Filter), .. })) =
            (changes, &result)
        {
            self.outdated.notify_one();
        }
        if let Err(Failure { verdict: Verdict::Refused(RefusalKind::Mode), .. }) = &result {
            lock(&self.modes).doubt();
        }
        result
    }

    /// Waits until nothing forbids a connection: during a ban every attempt makes it longer.
    pub async fn banned_no_more(&self) {
        while let Some(left) = self.rest.banned_for() {
            tokio::select! {
                biased;
                () = self.reporter.over() => return,
                () = tokio::time::sleep(left.duration()) => {}
            }
        }
    }

    /// The account has to do with these symbols: their prices are wanted.
    pub fn follow<'a>(&self, symbols: impl IntoIterator<Item = &'a Symbol>) {
        let now = Instant::now();
        let mut followed = lock(&self.followed);
        let mut news = false;
        for symbol in symbols {
            news |= followed.note(symbol, now);
        }
        if news {
            self.follows.notify_one();
        }
    }

    /// The coin an instrument settles in; empty for one that is not listed.
    pub fn settles(&self, symbol: &Symbol) -> Symbol {
        let market = lock(&self.market);
        let listed = market.instruments.iter().find(|instrument| instrument.symbol == *symbol);
        listed.map_or_else(|| Symbol::from(""), |instrument| instrument.quote.clone())
    }

    /// Whether the venue keeps no such contract any more, or never did.
    pub fn lacks(&self, symbol: &Symbol) -> bool {
        lock(&self.market).lacks(symbol)
    }

    /// The symbols whose prices are wanted now.
    pub fn followed(&self) -> BTreeSet<Symbol> {
        lock(&self.followed).now(Instant::now())
    }

    /// Passes the instrument list on when it is not what it was.
    pub async fn take_market(&self, market: Market) {
        if !market.unusable.is_empty() {
            let (count, first) = (market.unusable.len(), market.unusable.first());
            tracing::warn!(account = %self.name, count, ?first, "symbols without usable rules");
        }
        let before = std::mem::replace(&mut *lock(&self.market), market.clone());
        if before.instruments == market.instruments {
            return;
        }
        lock(&self.memory).note_instruments(&market.instruments);
        self.reporter.tell_instruments(market.instruments).await;
    }

    async fn act(&self, act: Act) -> Reply {
        match act {
            Act::Look { scope, expect } => Reply::Swept(look::look(self, scope, &expect).await),
            Act::History { symbol, leg, since } => {
                Reply::History(history::history(self, &symbol, leg, since).await)
            }
            Act::PlaceStop(order) => Reply::Placed(protection::place(self, &order).await),
            Act::CancelStop { symbol, client_id, id } => {
                Reply::Cancelled(orders::cancel_stop(self, &symbol, &client_id, id.as_ref()).await)
            }
            Act::Reduce(order) => Reply::Reduced(orders::reduce(self, &order).await),
            Act::Enter(order) => Reply::Entered(orders::enter(self, &order).await),
            Act::FindOrder { symbol, client_id, since } => {
                Reply::FoundOrder(lookup::find_order(self, &symbol, &client_id, since).await)
            }
            Act::FindStop { symbol, leg, client_id } => {
                Reply::FoundStop(orders::find_stop(self, &symbol, leg, &client_id).await)
            }
            Act::Restream => {
                self.restream.send_modify(|count| *count += 1);
                Reply::Cancelled(Outcome::Done(()))
            }
        }
    }
}

/// A connected account.
pub struct Link {
    shared: Arc<Shared>,
    /// Ended when the link is dropped.
    _tasks: JoinSet<()>,
}

impl Link {
    /// Starts the streams and the upkeep of a checked account.
    pub fn start(shared: Arc<Shared>) -> Self {
        let mut tasks = JoinSet::new();
        tasks.spawn(private::run(shared.clone()));
        tasks.spawn(prices::run(shared.clone()));
        tasks.spawn(keep_clock(shared.clone()));
        tasks.spawn(keep_market(shared.clone()));
        tasks.spawn(keep_told(shared.clone()));
        tasks.spawn(rights::check(shared.clone()));
        Self { shared, _tasks: tasks }
    }
}

impl VenueLink for Link {
    fn act(&self, act: Act) -> Answering<'_> {
        Box::pin(self.shared.act(act))
    }
}

async fn keep_clock(shared: Arc<Shared>) {
    let sync = || shared.rest.sync(Instant::now());
    shared.reporter.keep_clock(shared.pace().clock, sync).await;
}

async fn keep_told(shared: Arc<Shared>) {
    shared.reporter.keep_told(|| shared.rest.health()).await;
}

async fn keep_market(shared: Arc<Shared>) {
    let read = || async {
        shared.take_market(market::read(&shared).await?).await;
        Ok::<_, Fault>(())
    };
    shared.reporter.keep_market(shared.pace().instruments, &shared.outdated, read).await;
}
