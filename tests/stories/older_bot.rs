//! The bot that came before, as its documents describe it: what it concluded from the same facts.
//!
//! Small and honest: each part does what the cited rows say, no worse. It is told what the core
//! is told, and does nothing to anybody; what it would have done is kept as [`Deed`]s.

use std::collections::{BTreeMap, BTreeSet};

use holdfast::domain::amount::{OrderSide, Side};
use holdfast::domain::input::StreamEvent;
use holdfast::domain::key::Symbol;
use holdfast::domain::ledger::{Row, RowId, RowStatus};
use holdfast::domain::sweep::{Scope, Sweep};
use holdfast::domain::time::{Span, Time};
use rust_decimal::Decimal;

use super::facts::Fact;

/// Intervals of its monitors (S-182, S-196); it synchronised with every look (S-062).
const SCAN_EVERY: Span = Span::secs(300);
const RECONCILE_EVERY: Span = Span::secs(600);

/// What it would have done.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    Closed { symbol: String, price: Decimal, pnl: Decimal, reason: &'static str },
    Added(String),
    Rejected(String),
    CancelledStop { symbol: String, id: String },
    MovedStop { symbol: String, quantity: Decimal },
    NoStopLoss(String),
    Scanned { orphans: usize },
    QuantityMismatch(String),
}

#[derive(Clone, Debug)]
struct Entry {
    side: Side,
    quantity: Decimal,
    entry: Decimal,
    price: Decimal,
    has_order_id: bool,
    has_signal: bool,
}

#[derive(Clone, Debug)]
struct Seen {
    side: Side,
    contracts: Decimal,
    entry: Decimal,
}

/// Which of its versions it is, and where it runs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Habits {
    /// Whether its stream handler acts on closures (S-123); before that it only noted them.
    pub handles_closures: bool,
    /// Whether the venue's rows carry something it takes for an order id (S-016).
    pub venue_names_ids: bool,
    /// Whether its own clean-up has not run yet, as in the recorded two minutes (S-130).
    pub cleans_up_late: bool,
}

/// One process after another of the older bot, with the database it keeps.
#[derive(Debug, Default)]
pub struct OlderBot {
    habits: Habits,
    /// Active rows, keyed as it keyed them.
    db: BTreeMap<String, Entry>,
    known_rows: BTreeSet<RowId>,
    /// What the last fetch showed.
    fetched: BTreeMap<String, Seen>,
    stops: Vec<(String, String)>,
    started: bool,
    scanned: Time,
    reconciled: Time,
    pub deeds: Vec<Deed>,
}

/// `normalize_symbol` after ccxt's spelling (S-001): the settle coin and the expiry are dropped.
fn normalised(symbol: &Symbol) -> String {
    let (name, expiry) = symbol.as_str().split_once('_').map_or((symbol.as_str(), ""), |s| s);
    let base = name.strip_suffix("USDT").unwrap_or(name);
    let unified = format!("{base}/USDT:USDT-{expiry}");
    unified.split(':').next().unwrap_or_default().replace('/', "")
}

impl OlderBot {
    /// Tells it everything in order.
    pub fn told(habits: Habits, facts: &[(Time, Fact)]) -> Self {
        let mut bot = Self { habits, ..Self::default() };
        for (at, fact) in facts {
            bot.hear(*at, fact);
        }
        bot
    }

    fn hear(&mut self, at: Time, fact: &Fact) {
        match fact {
            Fact::Started => {
                // Memory is cleared and reloaded from the database (S-061).
                self.started = false;
                (self.scanned, self.reconciled) = (at, at);
                self.fetched.clear();
            }
            Fact::Rows(rows) => rows.iter().for_each(|row| self.registered(row)),
            Fact::Looked(sweep) if sweep.scope() == Scope::Full => self.looked(at, sweep),
            Fact::Looked(_) => {}
            Fact::Said(word) => self.said(word),
            Fact::Marked(marks) => {
                marks.iter().for_each(|(symbol, price)| self.marked(symbol, price.get()));
            }
        }
    }

    /// A row that a program wrote. Its cache is keyed by symbol: the last one stays (S-003, S-010).
    fn registered(&mut self, row: &Row) {
        if row.status == RowStatus::Closed || !self.known_rows.insert(row.id) {
            return;
        }
        let entry = Entry {
            side: row.side,
            quantity: row.quantity.get(),
            entry: row.entry_price.get(),
            price: row.entry_price.get(),
            has_order_id: row.exchange_order_id.is_some(),
            has_signal: row.signal_id.is_some(),
        };
        self.db.insert(normalised(&row.key.symbol), entry);
    }

    /// `fetch_positions`: a failure is logged and an empty list returned (S-021, S-022).
    fn fetch(sweep: &Sweep) -> BTreeMap<String, Seen> {
        if sweep.fault().is_some() {
            return BTreeMap::new();
        }
        let seen = sweep.seen().map(|(symbol, _, position)| {
            let seen = Seen {
                side: position.side,
                contracts: position.quantity.get(),
                entry: position.entry.map_or(Decimal::ZERO, |price| price.get()),
            };
            (normalised(symbol), seen)
        });
        seen.collect()
    }

    fn looked(&mut self, at: Time, sweep: &Sweep) {
        self.fetched = Self::fetch(sweep);
        if let Some(orders) = sweep.orders() {
            let stops = orders.iter();
            self.stops = stops.map(|s| (normalised(&s.symbol), s.client_id.to_string())).collect();
        }
        if at.since(self.scanned) >= SCAN_EVERY {
            self.scanned = at;
            self.scan();
        }
        if at.since(self.reconciled) >= RECONCILE_EVERY {
            self.reconciled = at;
            self.reconcile();
        }
        if !self.habits.cleans_up_late {
            self.synchronise();
        }
    }

    /// Phantoms are closed at the first sight (S-072, S-077, S-078), what is missing is added
    /// (S-071) if the venue names an order id (S-017); the id was not stored (S-033), so that the
    /// next start does not know the row for its own (S-076).
    fn synchronise(&mut self) {
        let startup = !std::mem::replace(&mut self.started, true);
        let gone = self.db.keys().filter(|symbol| !self.fetched.contains_key(*symbol));
        for symbol in gone.cloned().collect::<Vec<_>>() {
            let entry = self.db[&symbol].clone();
            if startup {
                self.close(&symbol, entry.price, Decimal::ZERO, "PHANTOM_ON_SYNC");
            } else {
                let unrealised = unrealised(&entry);
                self.close(&symbol, entry.price, unrealised, "sync_cleanup");
            }
        }
        for (symbol, seen) in self.fetched.clone() {
            let ours = self.db.get(&symbol);
            let added_unnamed = ours.is_some_and(|e| e.price.is_zero() && !e.has_order_id);
            if ours.is_some() && !(startup && added_unnamed) {
                continue;
            }
            if !self.habits.venue_names_ids {
                self.deeds.push(Deed::Rejected(symbol));
                continue;
            }
            let entry = Entry {
                side: seen.side,
                quantity: seen.contracts,
                entry: seen.entry,
                price: Decimal::ZERO,
                has_order_id: false,
                has_signal: false,
            };
            self.db.insert(symbol.clone(), entry);
            self.deeds.push(Deed::Added(symbol));
        }
    }

    /// The orphan monitor compares symbols (S-010) and asserts that there is no stop (S-187)
    /// without reading one order.
    fn scan(&mut self) {
        let orphans = self.fetched.keys().filter(|symbol| !self.db.contains_key(*symbol));
        let orphans: Vec<String> = orphans.cloned().collect();
        self.deeds.push(Deed::Scanned { orphans: orphans.len() });
        self.deeds.extend(orphans.into_iter().map(Deed::NoStopLoss));
    }

    /// Missing rows are closed (S-084), quantities compared within an absolute 0.01 (S-198). Sides
    /// and rows that the database has closed are promised (S-197) and not looked at.
    fn reconcile(&mut self) {
        for (symbol, entry) in self.db.clone() {
            match self.fetched.get(&symbol) {
                None => {
                    let reason = "reconciliation: position not found on exchange";
                    self.close(&symbol, entry.price, Decimal::ZERO, reason);
                }
                Some(seen) => {
                    if (entry.quantity - seen.contracts).abs() > Decimal::new(1, 2) {
                        self.deeds.push(Deed::QuantityMismatch(symbol));
                    }
                }
            }
        }
    }

    /// The closure handler: size zero is a close at the last mark, for the unrealised profit.
    fn said(&mut self, word: &StreamEvent) {
        if let StreamEvent::Position { symbol, open, .. } = word
            && self.habits.handles_closures
        {
            let size = open.as_ref().map(|open| open.quantity.get());
            self.updated(&normalised(symbol), size);
        }
    }

    /// A mark price is a position update without a size (S-118, S-123).
    fn marked(&mut self, symbol: &Symbol, price: Decimal) {
        let symbol = normalised(symbol);
        let Some(entry) = self.db.get_mut(&symbol) else { return };
        entry.price = price;
        let quantity = entry.quantity;
        if self.habits.handles_closures {
            self.updated(&symbol, None);
        } else if !self.fetched.contains_key(&symbol) {
            // The exchange has nothing: the stop is moved by the database's quantity (S-128).
            self.deeds.push(Deed::MovedStop { symbol, quantity });
        }
    }

    /// `update.get('size', 0) == 0` closes.
    fn updated(&mut self, symbol: &str, size: Option<Decimal>) {
        if size.unwrap_or_default().is_zero()
            && let Some(entry) = self.db.get(symbol).cloned()
        {
            self.close(symbol, entry.price, unrealised(&entry), "websocket_closure");
        }
    }

    /// The row is closed, and every stop of the symbol cancelled once, whoever placed it (S-109);
    /// what fails is accepted and forgotten (S-110).
    fn close(&mut self, symbol: &str, price: Decimal, pnl: Decimal, reason: &'static str) {
        self.db.remove(symbol);
        self.deeds.push(Deed::Closed { symbol: symbol.to_owned(), price, pnl, reason });
        let (gone, kept) = self.stops.drain(..).partition(|(of, _)| of == symbol);
        self.stops = kept;
        let gone: Vec<(String, String)> = gone;
        self.deeds.extend(gone.into_iter().map(|(symbol, id)| Deed::CancelledStop { symbol, id }));
    }

    /// Its metric of phantoms: active rows that name neither a signal nor an order (S-034).
    pub fn phantom_metric(&self) -> usize {
        self.db.values().filter(|e| !e.has_signal && !e.has_order_id).count()
    }

    pub fn active(&self) -> usize {
        self.db.len()
    }
}

fn unrealised(entry: &Entry) -> Decimal {
    let gain = (entry.price - entry.entry) * entry.quantity;
    if entry.side == Side::Long { gain } else { -gain }
}

/// `_verify_position_exists`: any fill is enough, and the quantity kept is the wanted one
/// (S-152, S-158).
pub fn verified_entry(wanted: Decimal, filled: Decimal) -> Option<Decimal> {
    (filled > Decimal::ZERO).then_some(wanted)
}

/// What its rollback leaves of a signed position: it sends the requested quantity, and nothing
/// keeps that from opening the other side (S-171).
pub fn rolled_back(held: Decimal, side: OrderSide, requested: Decimal) -> Decimal {
    match side {
        OrderSide::Sell => held - requested,
        OrderSide::Buy => held + requested,
    }
}

/// Whether its check after a rollback ends in CRITICAL: the index of the last attempt is taken
/// for failure, whether or not that attempt succeeded (S-172).
pub fn cries_critical(open_at: impl Fn(u32) -> bool) -> bool {
    const ATTEMPTS: u32 = 10;
    let mut last = 0;
    for attempt in 0..ATTEMPTS {
        last = attempt;
        if !open_at(attempt) {
            break;
        }
    }
    last == ATTEMPTS - 1
}

/// Its back-off in milliseconds, as the formula says (S-155); attempts began at one.
pub fn back_off(attempt: u32) -> u64 {
    (500 << attempt).min(2000)
}
