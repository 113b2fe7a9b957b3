//! Made-up ledgers and venues of any size, equal from run to run.

use std::collections::BTreeMap;
use std::sync::Arc;

use holdfast::domain::amount::{Money, OrderSide, Price, Qty, Side};
use holdfast::domain::client_id::{ClientId, Purpose};
use holdfast::domain::evidence::{Fill, History, Origin};
use holdfast::domain::input::StreamEvent;
use holdfast::domain::instrument::Instrument;
use holdfast::domain::journal::{Author, Repair, RepairId, Rule, Write};
use holdfast::domain::key::{Leg, PositionKey, Symbol, Venue};
use holdfast::domain::ledger::{NewRow, Row, RowId, RowStatus};
use holdfast::domain::order::{ConditionalKind, ConditionalOrder, TriggerBy};
use holdfast::domain::plan::Open;
use holdfast::domain::position::{Balance, PositionMode, VenuePosition};
use holdfast::domain::sweep::{Part, Positions, Sweep};
use holdfast::domain::time::{Span, Time, VenueTime};
use holdfast::exchange::binance::decode_market::Symbols;
use rust_decimal::Decimal;

pub const ACCOUNT: &str = "main";
/// When everything here began.
pub const DAWN: Time = Time(1_795_000_000_000);

/// Both books of one account in hedge mode, two legs a symbol.
#[derive(Clone)]
pub struct Market {
    pub rows: Vec<Row>,
    positions: Positions,
    stops: Vec<ConditionalOrder>,
    symbols: Vec<Symbol>,
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_default()
}

fn price(value: Decimal) -> Price {
    Price::new(value).unwrap_or_else(|_| panic!("{value} is no price"))
}

fn qty(value: Decimal) -> Qty {
    Qty::new(value).unwrap_or_else(|_| panic!("{value} is no quantity"))
}

fn entry(at: usize) -> Price {
    price(decimal("100.5") + Decimal::from(at))
}

fn side_of(leg: Leg) -> Side {
    if leg == Leg::Short { Side::Short } else { Side::Long }
}

impl Market {
    /// Ledger and venue agree and every leg has its stop.
    pub fn covered(legs: usize) -> Self {
        let symbols: Vec<Symbol> = (0..legs.div_ceil(2).max(600))
            .map(|at| Symbol::from(format!("COIN{at:05}USDT")))
            .collect();
        let mut market =
            Self { rows: Vec::new(), positions: BTreeMap::new(), stops: Vec::new(), symbols };
        for at in 0..legs {
            market.add(at);
        }
        market
    }

    /// As [`Market::covered`], but every tenth leg differs in one of five ways.
    pub fn drifted(legs: usize) -> Self {
        let mut market = Self::covered(legs);
        let keys: Vec<_> = market.rows.iter().map(|row| row.key.clone()).collect();
        for (at, key) in keys.iter().enumerate().filter(|(at, _)| at % 10 == 3) {
            let place = (key.symbol.clone(), key.leg);
            let stop = |order: &ConditionalOrder| order.symbol == place.0 && order.leg == place.1;
            match at / 10 % 5 {
                0 => {
                    market.positions.remove(&place);
                    market.stops.retain(|order| !stop(order));
                }
                1 => market.rows.retain(|row| row.key != *key),
                2 => market.row(key, |row| row.quantity = row.quantity.plus(row.quantity)),
                3 => market.row(key, |row| {
                    row.side = if row.side == Side::Long { Side::Short } else { Side::Long };
                }),
                _ => market.stops.retain(|order| !stop(order)),
            }
        }
        market
    }

    /// The venue after some positions were closed there, stops left standing.
    pub fn without(&self, gone: &[usize]) -> Self {
        let mut after = self.clone();
        for at in gone {
            let key = &self.rows[*at].key;
            after.positions.remove(&(key.symbol.clone(), key.leg));
        }
        after
    }

    fn row(&mut self, key: &PositionKey, change: impl Fn(&mut Row)) {
        self.rows.iter_mut().filter(|row| row.key == *key).for_each(change);
    }

    fn add(&mut self, at: usize) {
        let leg = if at.is_multiple_of(2) { Leg::Long } else { Leg::Short };
        let key = PositionKey::new(ACCOUNT, self.symbols[at / 2].clone(), leg);
        let (side, quantity) = (side_of(leg), qty(decimal("0.125") + Decimal::from(at % 7)));
        let trigger = match side {
            Side::Long => entry(at).get() * decimal("0.95"),
            Side::Short => entry(at).get() * decimal("1.05"),
        };
        let trigger = price(trigger.round_dp(2));
        let mark = price(entry(at).get() + decimal("0.25"));
        self.positions.insert(
            (key.symbol.clone(), leg),
            VenuePosition {
                side,
                quantity,
                entry: Some(entry(at)),
                mark: Some(mark),
                liquidation: None,
                changed: Some(VenueTime(DAWN.0)),
                opened: None,
                trouble: None,
            },
        );
        self.stops.push(ConditionalOrder {
            id: format!("{}", 1_000_000 + at).into(),
            client_id: ClientId::mint(Purpose::Stop, &key, DAWN, 0),
            symbol: key.symbol.clone(),
            leg,
            side: side.closing(),
            quantity: Some(quantity),
            trigger: Some(trigger),
            trigger_by: TriggerBy::Mark,
            kind: ConditionalKind::StopMarket,
            reduces: true,
            on_position: false,
        });
        self.rows.push(Row {
            id: RowId(i64::try_from(at).unwrap_or(0) + 1),
            key,
            venue: Venue::BinanceUsdm,
            side,
            quantity,
            entry_price: entry(at),
            current_price: None,
            leverage: None,
            status: RowStatus::Active,
            signal_id: None,
            exchange_order_id: None,
            stop_loss_price: Some(trigger),
            pnl: None,
            pnl_percentage: None,
            exit_price: None,
            exit_reason: None,
            detected_by: None,
            evidence: None,
            priced: true,
            opened_at: DAWN,
            updated_at: DAWN,
            closed_at: None,
            revision: 0,
        });
    }

    /// A complete look with everything in it.
    pub fn sweep(&self) -> Sweep {
        let worth = Money(decimal("100000"));
        Sweep::of(Part::Whole(self.positions.clone()), Span(40))
            .with_orders(Part::Whole(self.stops.clone()))
            .with_account(
                Some(Balance { equity: worth, available: worth }),
                Some(PositionMode::Hedge),
            )
    }

    /// The writes that make a ledger hold the rows, with the ids they have here.
    pub fn adoptions(&self) -> Vec<Write> {
        let adopt = |row: &Row| {
            let new = NewRow {
                key: row.key.clone(),
                venue: row.venue,
                side: row.side,
                quantity: row.quantity,
                entry_price: row.entry_price,
                exchange_order_id: None,
                stop_loss_price: row.stop_loss_price,
                opened_at: row.opened_at,
                settled: None,
                at: row.updated_at,
            };
            let (side, quantity, entry) = (row.side, row.quantity, row.entry_price);
            let open = Open { side, quantity, entry, mark: None };
            let repair = Repair {
                id: RepairId::of_adoption(&row.key, open, None, 0),
                rule: Rule::Adopt,
                author: Author::Operator,
                key: row.key.clone(),
                evidence: serde_json::Value::Null,
                at: DAWN,
            };
            Write::Adopt(Box::new(new), Box::new(repair))
        };
        self.rows.iter().map(adopt).collect()
    }

    /// Trading rules of every symbol.
    pub fn instruments(&self) -> Vec<Arc<Instrument>> {
        let rules = |symbol: &Symbol| Instrument {
            symbol: symbol.clone(),
            tick: price(decimal("0.01")),
            step: qty(decimal("0.001")),
            market_min: qty(decimal("0.001")),
            market_max: qty(decimal("10000")),
            market_step: qty(decimal("0.001")),
            min_notional: None,
            quote: "USDT".into(),
            trading: true,
            ends: None,
        };
        self.symbols.iter().map(|symbol| Arc::new(rules(symbol))).collect()
    }

    /// Every symbol, as the venue's listing makes them known.
    pub fn known(&self) -> Symbols {
        self.symbols.iter().collect()
    }

    /// A frame of mark prices that all moved a little.
    pub fn marks(&self, symbols: usize, frame: usize) -> Vec<(Symbol, Price)> {
        (0..symbols).map(|at| self.one(at, frame)).collect()
    }

    /// One mark price, another symbol each time.
    pub fn mark(&self, frame: usize) -> Vec<(Symbol, Price)> {
        vec![self.one(frame * 7 % 500, frame)]
    }

    /// A frame in which all that is held in 1,000 legs has gained: longs have a better price than
    /// in every frame before.
    pub fn rising(&self, frame: usize) -> Vec<(Symbol, Price)> {
        let ticks = Decimal::new(i64::try_from(frame).unwrap_or(0), 2);
        (0..500).map(|at| self.gained(at, ticks)).collect()
    }

    /// One price that is far better than the entry of a long.
    pub fn leap(&self, at: usize) -> Vec<(Symbol, Price)> {
        vec![self.gained(at, Decimal::TEN)]
    }

    fn gained(&self, at: usize, more: Decimal) -> (Symbol, Price) {
        let profit = (entry(at * 2).get() * decimal("1.02")).round_dp(2);
        (self.symbols[at].clone(), price(profit + more))
    }

    fn one(&self, at: usize, frame: usize) -> (Symbol, Price) {
        let tick = Decimal::new(i64::try_from(frame % 100).unwrap_or(0), 2);
        (self.symbols[at].clone(), price(entry(at * 2).get() + tick))
    }

    /// What the user stream says when a leg is closed by hand.
    pub fn closing(&self, at: usize) -> [StreamEvent; 2] {
        let row = &self.rows[at];
        let (symbol, leg, at) = (row.key.symbol.clone(), row.key.leg, VenueTime(DAWN.0 + 60_000));
        [
            StreamEvent::Fill(closing_fill(row)),
            StreamEvent::Position { symbol, leg, open: None, at },
        ]
    }
}

/// The fill that closed a row on the venue.
pub fn closing_fill(row: &Row) -> Fill {
    Fill {
        symbol: row.key.symbol.clone(),
        leg: row.key.leg,
        trade_id: format!("t{}", row.id.0).into(),
        order_id: format!("o{}", row.id.0).into(),
        client_id: None,
        origin: Origin::Plain,
        side: match row.side {
            Side::Long => OrderSide::Sell,
            Side::Short => OrderSide::Buy,
        },
        quantity: row.quantity,
        price: row.entry_price,
        fee: Money(decimal("0.05")),
        fee_asset: "USDT".into(),
        at: VenueTime(DAWN.0 + 60_000),
    }
}

/// The venue's answers about the first `gone` legs: one closing fill each.
pub fn histories(market: &Market, gone: usize) -> BTreeMap<(Symbol, Leg), History> {
    let history = |row: &Row| History {
        symbol: row.key.symbol.clone(),
        leg: row.key.leg,
        since: VenueTime(DAWN.0),
        fills: vec![closing_fill(row)],
        complete: true,
        held: None,
    };
    market.rows[..gone]
        .iter()
        .map(|row| ((row.key.symbol.clone(), row.key.leg), history(row)))
        .collect()
}
