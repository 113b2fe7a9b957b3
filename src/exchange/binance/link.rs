//! A connected account: what its requests and its streams share, and the door to both.
//!
//! For: dispatching acts, keeping clock and instrument list fresh.
//! Not for: how any of it is done.
//! Door: [`Link`], built by `binance::connect`.

use std::sync::{Arc, Mutex, RwLock};

use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::domain::effect::Act;
use crate::domain::input::Reply;
use crate::domain::instrument::Instrument;
use crate::domain::key::AccountName;
use crate::domain::outcome::Outcome;
use crate::exchange::account::{AccountSetup, Endpoints, Pace};
use crate::exchange::binance::call::Call;
use crate::exchange::binance::decode_market::{self, Market, Symbols};
use crate::exchange::binance::income::Incomes;
use crate::exchange::binance::memory::Memory;
use crate::exchange::binance::rest::Rest;
use crate::exchange::binance::{decode, history, look, orders};
use crate::exchange::failure::Failure;
use crate::exchange::lock;
use crate::exchange::network::Network;
use crate::exchange::probes::Probes;
use crate::exchange::reporter::Reporter;
use crate::exchange::{Answering, Inbox, VenueLink};

/// What requests and streams of one account share.
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
    /// Whose turn it is to be asked for by symbol.
    pub probes: Mutex<Probes>,
    /// What its income last said.
    pub incomes: Incomes,
    /// Counts up when the private stream has to be connected anew.
    pub restream: watch::Sender<u64>,
    symbols: RwLock<Arc<Symbols>>,
    instruments: Mutex<Vec<Arc<Instrument>>>,
    /// The venue refused a symbol: the instrument list is not what it was.
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
            incomes: Incomes::default(),
            restream: watch::Sender::new(0),
            symbols: RwLock::default(),
            instruments: Mutex::default(),
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
        let result = self.rest.send(call).await;
        self.reporter.note(self.rest.health());
        if let Err(Failure { code: Some(-1121 | -4140 | -4141), .. }) = &result {
            self.outdated.notify_one();
        }
        result
    }

    /// Passes a frame of prices on. Gives how many prices there were.
    ///
    /// # Errors
    /// One sentence when the frame is no JSON.
    pub fn tell_marks(&self, frame: &str) -> Result<usize, String> {
        let symbols = self.symbols.read().unwrap_or_else(|e| e.into_inner()).clone();
        let marks = decode_market::marks(frame, &symbols)?;
        let count = marks.len();
        if count > 0 {
            self.reporter.tell_marks(marks);
        }
        Ok(count)
    }

    /// Reads the instrument list and the limits that come with it.
    ///
    /// # Errors
    /// [`Failure`] of the question, or an answer that is not such a list.
    pub async fn read_market(&self) -> Result<Market, Failure> {
        let body = self.send(Call::public("/fapi/v1/exchangeInfo")).await?;
        let market = decode_market::market(&body)
            .map_err(|why| Failure::unreadable(format!("exchangeInfo: {why}")))?;
        // Nothing can be watched by such a list, and nothing would be asked for it again.
        if market.instruments.is_empty() {
            let first = market.unusable.first();
            let why = first.map_or_else(|| "it lists none".to_owned(), ToString::to_string);
            let why = format!("exchangeInfo: no symbol with usable rules: {why}");
            return Err(Failure::unreadable(why));
        }
        if let Some(limit) = market.weight_limit {
            self.rest.set_limit(limit);
        }
        Ok(market)
    }

    /// Passes the instrument list on when it is not what it was.
    pub async fn take_market(&self, market: Market) {
        if !market.unusable.is_empty() {
            let (count, first) = (market.unusable.len(), market.unusable.first());
            tracing::warn!(account = %self.name, count, ?first, "symbols without usable rules");
        }
        if *lock(&self.instruments) == market.instruments {
            return;
        }
        let symbols = market.instruments.iter().map(|i| &i.symbol).collect::<Symbols>();
        *self.symbols.write().unwrap_or_else(|e| e.into_inner()) = Arc::new(symbols);
        lock(&self.instruments).clone_from(&market.instruments);
        self.reporter.tell_instruments(market.instruments).await;
    }

    async fn act(&self, act: Act) -> Reply {
        match act {
            Act::Look { scope, expect } => Reply::Swept(look::look(self, scope, &expect).await),
            Act::History { symbol, leg, since } => {
                Reply::History(history::history(self, &symbol, leg, since).await)
            }
            Act::PlaceStop(order) => Reply::Placed(orders::place_stop(self, &order).await),
            Act::CancelStop { symbol, client_id, id: _ } => {
                Reply::Cancelled(orders::cancel_stop(self, &symbol, &client_id).await)
            }
            Act::Reduce(order) => Reply::Reduced(orders::reduce(self, &order).await),
            Act::Enter(order) => Reply::Entered(orders::enter(self, &order).await),
            Act::FindOrder { symbol, client_id, since } => {
                Reply::FoundOrder(orders::find_order(self, &symbol, &client_id, since).await)
            }
            Act::FindStop { symbol: _, leg: _, client_id } => {
                Reply::FoundStop(orders::find_stop(self, &client_id).await)
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
        tasks.spawn(crate::exchange::binance::private::run(shared.clone()));
        tasks.spawn(crate::exchange::binance::prices::run(shared.clone()));
        tasks.spawn(keep_clock(shared.clone()));
        tasks.spawn(keep_market(shared.clone()));
        tasks.spawn(keep_told(shared.clone()));
        tasks.spawn(check_rights(shared.clone()));
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
        shared.take_market(shared.read_market().await?).await;
        Ok::<_, Failure>(())
    };
    shared.reporter.keep_market(shared.pace().instruments, &shared.outdated, read).await;
}

/// Warns in the log of a key that may do too much or too little. Not knowing is no fault.
async fn check_rights(shared: Arc<Shared>) {
    let body = match shared.rest.restrictions().await {
        Ok(body) => body,
        Err(failure) => {
            tracing::info!(account = %shared.name, %failure, "key restrictions are unknown");
            return;
        }
    };
    let account = &shared.name;
    match decode::rights(&body) {
        Ok(rights) => {
            if !rights.trade {
                tracing::warn!(%account, "the key may not trade futures: no stop can be placed");
            }
            if rights.withdraw {
                tracing::warn!(%account, "the key may withdraw, which nothing here needs");
            }
            if !rights.ip_restricted {
                tracing::warn!(%account, "the key works from any address");
            }
        }
        Err(why) => tracing::info!(%account, why, "key restrictions are unknown"),
    }
}
