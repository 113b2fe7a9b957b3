//! Carrying deeds out: what the exchange is told, what bots write, what people ask for, and what
//! befalls engines.
//!
//! Door: `World::carry_out`, `World::furnish`.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::domain::amount::{Price, Qty, Side};
use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::key::{AccountName, Leg, PositionKey, Venue};
use crate::domain::ledger::{Row, RowStatus};
use crate::domain::time::{Span, Time};
use crate::sim::numbers::round_to;
use crate::sim::symbols::Spec;
use crate::worlds::bots::Line;
use crate::worlds::draw::listed;
use crate::worlds::operator;
use crate::worlds::plan::{Account, Bot, Deed, Holding};
use crate::worlds::power::Torn;
use crate::worlds::world::World;

impl World<'_> {
    /// Who holds what at the beginning.
    pub(super) fn furnish(&mut self) -> Result<(), String> {
        let plan = self.plan;
        for account in &plan.setting.accounts {
            furnishing(account).into_iter().for_each(|verb| self.tell(account, verb));
        }
        for (number, held) in (1u64..).zip(&plan.holdings) {
            self.hold(held, number)?;
        }
        Ok(())
    }

    fn account(&self, name: &AccountName) -> Option<&Account> {
        self.plan.setting.account(name)
    }

    fn hold(&self, held: &Holding, number: u64) -> Result<(), String> {
        let account = self.account(&held.account).ok_or("a holding without an account")?.clone();
        let spec = spec(account.venue, held.symbol.as_str()).ok_or("an unlisted holding")?;
        let entry = spec.start;
        let key = PositionKey::new(held.account.clone(), held.symbol.clone(), held.leg);
        let stop = stop_of(held, &spec);
        for verb in seeding(&account, held, &spec, number) {
            self.tell(&account, verb);
        }
        if let Some(quantity) = held.ledger {
            let now = self.clock.now();
            let opened = now - Span::secs(600);
            let (side, venue) = (held.side, account.venue);
            let line = Line { key, venue, side, quantity, entry, stop, opened, now };
            self.scribe.insert(&self.cabinet, &line);
        }
        Ok(())
    }

    /// One deed.
    pub(super) async fn carry_out(&mut self, deed: &Deed) {
        match deed {
            Deed::Exchange { account, verb } => self.exchange(account, verb),
            Deed::Bot(bot) => self.bot(bot).await,
            Deed::Operator { engine, wish, pick, late } => {
                let Some(engine) = self.engines.get_mut(engine) else { return };
                let Some(picture) = engine.picture(*late) else { return };
                if let Some(command) = operator::command(*wish, *pick, &picture) {
                    engine.ask(command);
                }
            }
            Deed::Start { engine, set_ms } => self.start(*engine, *set_ms).await,
            Deed::Kill { engine } => {
                if let Some(engine) = self.engines.remove(engine) {
                    engine.kill().await;
                }
            }
            Deed::Stop { engine } => {
                if let Some(engine) = self.engines.remove(engine) {
                    engine.stop().await;
                }
            }
            Deed::Freeze { engine, span } => {
                if let Some(engine) = self.engines.get(engine) {
                    engine.freeze(span.duration());
                }
            }
            Deed::Power { written, wrong } => {
                let torn = Torn { written: *written, wrong: *wrong };
                self.lose_power(torn).await.unwrap_or_else(|law| self.truth.breach(law));
            }
            Deed::Ledger { trouble, span } => {
                self.cabinet.trouble(*trouble, Instant::now() + span.duration());
            }
        }
    }

    fn exchange(&self, name: &AccountName, verb: &Value) {
        let Some(account) = self.account(name) else { return };
        match verb["do"].as_str() {
            Some("gap") => {}
            Some("hedge_mode") => return self.switch(account, verb),
            _ => return self.tell(account, verb.clone()),
        }
        let symbol = verb["symbol"].as_str().unwrap_or_default();
        let share: Decimal = serde_json::from_value(verb["share"].clone()).unwrap_or_default();
        let Some(mark) = self.mark(name, symbol) else { return };
        let Some(spec) = spec(account.venue, symbol) else { return };
        let price = round_to(mark * (Decimal::ONE + share), spec.tick).max(spec.min_price());
        self.tell(account, json!({"do": "set_price", "symbol": symbol, "price": price}));
    }

    /// Somebody switches the position mode, which no venue lets happen under a position or an
    /// order: Binance refuses it for the whole account, Bybit leaves those contracts as they are.
    /// Source: binance-usdm 3.5, bybit 3.3.
    fn switch(&self, account: &Account, verb: &Value) {
        let Some(exchange) = self.exchanges.get(&account.name) else { return };
        let held: BTreeSet<String> = exchange.look(|truth| {
            let open = truth.account.open().map(|(slot, _)| slot.0.clone());
            let orders = truth.orders.values().filter(|order| order.status.is_open());
            let orders = orders.map(|order| order.want.symbol.clone());
            let algos = truth.algos.values().filter(|algo| algo.waits());
            open.chain(orders).chain(algos.map(|algo| algo.want.symbol.clone())).collect()
        });
        match account.venue {
            Venue::BinanceUsdm if held.is_empty() => self.tell(account, verb.clone()),
            Venue::BinanceUsdm => {}
            Venue::BybitLinear => {
                for spec in listed(account.venue) {
                    if !held.contains(&spec.symbol) {
                        let mut one = verb.clone();
                        one["symbol"] = json!(spec.symbol);
                        self.tell(account, one);
                    }
                }
            }
        }
    }

    fn mark(&self, name: &AccountName, symbol: &str) -> Option<Decimal> {
        let exchange = self.exchanges.get(name)?;
        exchange.look(|truth| truth.market.get(symbol).ok().map(|contract| contract.mark))
    }

    async fn bot(&mut self, bot: &Bot) {
        match bot {
            Bot::Opens { account, symbol, leg, side, quantity, after } => {
                let Some(known) = self.account(account).cloned() else { return };
                let Some(entry) = self.mark(account, symbol.as_str()) else { return };
                let key = PositionKey::new(account.clone(), symbol.clone(), *leg);
                let way = if *side == Side::Long { "buy" } else { "sell" };
                let verb = json!({"do": "trade", "side": way, "qty": quantity, "prefix": "bot-"});
                self.tell(&known, about(&key, verb));
                let now = self.clock.now();
                let line = Line {
                    key,
                    venue: known.venue,
                    side: *side,
                    quantity: *quantity,
                    entry,
                    stop: None,
                    opened: now,
                    now: now + *after,
                };
                self.later.push((Instant::now() + after.duration(), line));
            }
            Bot::Resizes { pick, times } => {
                self.rewrite(*pick, |row| {
                    let step = row.quantity.get() * *times;
                    row.quantity = Qty::new(step.round_dp(3)).unwrap_or(row.quantity);
                })
                .await;
            }
            Bot::MovesStop { pick, away } => {
                self.rewrite(*pick, |row| {
                    let far = match row.side {
                        Side::Long => Decimal::ONE - *away,
                        Side::Short => Decimal::ONE + *away,
                    };
                    row.stop_loss_price = Price::new(row.entry_price.get() * far).ok();
                })
                .await;
            }
            Bot::Closes { pick, sells } => {
                let now = self.clock.now();
                let row = self
                    .rewrite(*pick, |row| {
                        row.status = RowStatus::Closed;
                        row.closed_at = Some(now);
                    })
                    .await;
                let Some(row) = row.filter(|_| *sells) else { return };
                let Some(account) = self.account(&row.key.account).cloned() else { return };
                self.tell(&account, about(&row.key, json!({"do": "close", "prefix": "bot-"})));
            }
        }
    }

    /// Another program changes one of the open rows.
    async fn rewrite(&self, pick: u64, change: impl FnOnce(&mut Row)) -> Option<Row> {
        let books = self.cabinet.books().await.ok()?;
        let count = u64::try_from(books.rows.len()).ok().filter(|count| *count > 0)?;
        let mut row = books.rows.get(usize::try_from(pick % count).ok()?)?.clone();
        change(&mut row);
        self.scribe.change(&self.cabinet, &row, self.clock.now());
        Some(row)
    }
}

/// What makes an exchange the one of this account.
pub(super) fn furnishing(account: &Account) -> Vec<Value> {
    let names: Vec<String> = listed(account.venue).into_iter().map(|spec| spec.symbol).collect();
    let mut verbs = vec![
        json!({"do": "keep_contracts", "symbols": names}),
        json!({"do": "hedge_mode", "on": account.hedged}),
    ];
    if account.venue == Venue::BybitLinear && account.hedged {
        let each = |name| json!({"do": "hedge_mode", "on": true, "symbol": name});
        verbs.extend(names.iter().map(each));
    }
    verbs
}

/// What puts a holding on its exchange; `number` is its place among the holdings.
pub(super) fn seeding(account: &Account, held: &Holding, spec: &Spec, number: u64) -> Vec<Value> {
    let Some(size) = held.venue else { return Vec::new() };
    let mut verbs = vec![json!({
        "do": "seed_position", "symbol": held.symbol, "side": held.side.name(), "qty": size,
        "entry": spec.start, "ago_ms": 600_000,
    })];
    if held.covered {
        let trigger = stop_of(held, spec).unwrap_or_else(|| {
            let far = Decimal::new(if held.side == Side::Long { 97 } else { 103 }, 2);
            round_to(spec.start * far, spec.tick)
        });
        let key = PositionKey::new(held.account.clone(), held.symbol.clone(), held.leg);
        let mut verb = about(&key, json!({"do": "place_stop", "trigger": trigger}));
        match account.venue {
            Venue::BinanceUsdm => {
                let id = ClientId::mint(Purpose::Stop, &key, Time(0), number);
                verb["client_id"] = json!(id.as_str());
            }
            Venue::BybitLinear => verb["on_position"] = json!(true),
        }
        verbs.push(verb);
    }
    verbs
}

/// The price that a holding's row names as its stop.
fn stop_of(held: &Holding, spec: &Spec) -> Option<Decimal> {
    held.stop.map(|share| {
        let far = match held.side {
            Side::Long => Decimal::ONE - share,
            Side::Short => Decimal::ONE + share,
        };
        round_to(spec.start * far, spec.tick)
    })
}

/// A contract that worlds know.
pub(super) fn spec(venue: Venue, symbol: &str) -> Option<Spec> {
    listed(venue).into_iter().find(|spec| spec.symbol == symbol)
}

/// A verb with the contract and, where there are two, the leg it is about.
fn about(key: &PositionKey, mut verb: Value) -> Value {
    verb["symbol"] = json!(key.symbol);
    if key.leg != Leg::Net {
        verb["leg"] = json!(key.leg);
    }
    verb
}
