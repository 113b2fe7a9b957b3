//! A connected account: what its requests and its streams share, and the door to both.
//!
//! For: dispatching acts, telling the inbox, keeping clock and instrument list fresh.
//! Not for: how any of it is done.
//! Door: [`Link`], built by `binance::connect`.

use std::sync::{Arc, Mutex, RwLock};
use std::time::Instant;

use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::domain::effect::Act;
use crate::domain::input::{Input, LinkState, Reply, StreamEvent};
use crate::domain::instrument::Instrument;
use crate::domain::key::AccountName;
use crate::domain::outcome::Outcome;
use crate::exchange::account::{Endpoints, Pace};
use crate::exchange::binance::call::Call;
use crate::exchange::binance::decode_market::{self, Market, Symbols};
use crate::exchange::binance::memory::Memory;
use crate::exchange::binance::rest::Rest;
use crate::exchange::binance::{decode, history, look, orders};
use crate::exchange::failure::Failure;
use crate::exchange::http::Health;
use crate::exchange::lock;
use crate::exchange::probes::Probes;
use crate::exchange::{Answering, Inbox, VenueLink};

/// The header is told of a changed connection at most this often.
const TELL_EVERY: std::time::Duration = std::time::Duration::from_secs(1);

/// What requests and streams of one account share.
pub struct Shared {
    /// The account.
    pub name: AccountName,
    /// Its requests.
    pub rest: Rest,
    /// Where its streams are.
    pub endpoints: Endpoints,
    /// What its stream said.
    pub memory: Mutex<Memory>,
    /// Whose turn it is to be asked for by symbol.
    pub probes: Mutex<Probes>,
    /// Counts up when the private stream has to be connected anew.
    pub restream: watch::Sender<u64>,
    inbox: Inbox,
    symbols: RwLock<Arc<Symbols>>,
    instruments: Mutex<Vec<Arc<Instrument>>>,
    told: Mutex<Option<Health>>,
    /// A request was sent: the header may want to know.
    used: Notify,
    /// The venue refused a symbol: the instrument list is not what it was.
    outdated: Notify,
}

impl Shared {
    /// What an account's tasks will share; nothing is started.
    pub fn new(name: AccountName, rest: Rest, endpoints: Endpoints, inbox: Inbox) -> Self {
        Self {
            name,
            rest,
            endpoints,
            memory: Mutex::default(),
            probes: Mutex::default(),
            restream: watch::Sender::new(0),
            inbox,
            symbols: RwLock::default(),
            instruments: Mutex::default(),
            told: Mutex::default(),
            used: Notify::new(),
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
        let health = self.rest.health();
        let blocked = lock(&self.told).as_ref().is_some_and(|told| told.blocked.is_some());
        if blocked != health.blocked.is_some() {
            self.tell_health(health);
        } else {
            self.used.notify_one();
        }
        if let Err(Failure { code: Some(-1121 | -4140 | -4141), .. }) = &result {
            self.outdated.notify_one();
        }
        result
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

    /// Passes a frame of prices on, unless the inbox is full: newer ones follow. Gives how many
    /// prices there were.
    ///
    /// # Errors
    /// One sentence when the frame is no JSON.
    pub fn tell_marks(&self, frame: &str) -> Result<usize, String> {
        let symbols = self.symbols.read().unwrap_or_else(|e| e.into_inner()).clone();
        let marks = decode_market::marks(frame, &symbols)?;
        let count = marks.len();
        if count > 0 {
            match self.inbox.try_send(Input::Marks(self.name.clone(), marks)) {
                Ok(()) | Err(TrySendError::Full(_) | TrySendError::Closed(_)) => {}
            }
        }
        Ok(count)
    }

    /// Whether nobody listens any more.
    pub fn is_over(&self) -> bool {
        self.inbox.is_closed()
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
        let _ = self.inbox.send(Input::Instruments(self.name.clone(), market.instruments)).await;
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
    while !shared.is_over() {
        tokio::time::sleep(shared.pace().clock.duration()).await;
        if let Err(failure) = shared.rest.sync(Instant::now()).await {
            tracing::warn!(account = %shared.name, %failure, "the venue's clock was not read");
        }
        shared.used.notify_one();
    }
}

/// Tells the header how the connection is, after requests and at most once a second.
async fn keep_told(shared: Arc<Shared>) {
    while !shared.is_over() {
        shared.used.notified().await;
        shared.tell_health(shared.rest.health());
        tokio::time::sleep(TELL_EVERY).await;
    }
}

async fn keep_market(shared: Arc<Shared>) {
    while !shared.is_over() {
        let due = tokio::time::sleep(shared.pace().instruments.duration());
        tokio::select! {
            () = due => {}
            () = shared.outdated.notified() => {}
        }
        match shared.read_market().await {
            Ok(market) => shared.take_market(market).await,
            Err(failure) => {
                tracing::warn!(account = %shared.name, %failure, "instruments were not read");
            }
        }
    }
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
