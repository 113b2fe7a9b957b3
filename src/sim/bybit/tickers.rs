//! The public ticker of each contract: a snapshot, then only what changed.
//!
//! A change goes out in pieces at least a tenth of a second apart, so that some frames carry one
//! side of the book or the open interest alone, as the venue's do. Pure; told the time.
//! Door: [`Tickers::snapshot`], [`Tickers::changed`], [`Tickers::due`]. Source: bybit 4.2.

use std::collections::{BTreeMap, VecDeque};

use rust_decimal::Decimal;

use crate::sim::frame::{Frame, Route};
use crate::sim::json::{Json, Object};
use crate::sim::market::Contract;
use crate::sim::numbers::{Ms, fixed, trim};
use crate::sim::rng::Rng;

/// The shortest time between two frames of one contract.
const PACE: Ms = 100;
const HOUR: Ms = 3_600_000;
const FUNDING_HOURS: Ms = 8;

pub(crate) type Field = (&'static str, String);

/// What one contract's listeners know.
#[derive(Clone, Debug)]
struct Board {
    shown: Vec<Field>,
    waiting: VecDeque<Vec<Field>>,
    pushed: Ms,
}

/// All tickers somebody listens to.
#[derive(Clone, Debug, Default)]
pub struct Tickers {
    boards: BTreeMap<String, Board>,
    sequence: u64,
    /// Every so many frames are a new snapshot instead of a delta; zero for none.
    pub fresh_every: u64,
    sent: u64,
}

impl Tickers {
    /// What a new listener gets first.
    pub fn snapshot(&mut self, contract: &Contract, now: Ms) -> Frame {
        let symbol = contract.spec.symbol.clone();
        let fresh =
            || Board { shown: fields(contract, now), waiting: VecDeque::new(), pushed: now - PACE };
        let board = self.boards.entry(symbol.clone()).or_insert_with(fresh);
        let data = board.shown.clone();
        self.frame(&symbol, "snapshot", &data, now)
    }

    /// A contract changed: `at_once` says it in one piece, else in pieces by chance.
    pub fn changed(&mut self, contract: &Contract, at_once: bool, rng: &mut Rng, now: Ms) {
        let Some(board) = self.boards.get_mut(&contract.spec.symbol) else { return };
        let wanted = fields(contract, now);
        let rises = of(&wanted, "lastPrice") > of(&board.shown, "lastPrice");
        let changes: Vec<Field> =
            wanted.into_iter().filter(|field| !board.shown.contains(field)).collect();
        board.waiting = if at_once || rng.below(3) == 0 {
            VecDeque::from([changes])
        } else {
            pieces(changes, rises)
        };
        board.waiting.retain(|piece| !piece.is_empty());
    }

    /// Frames whose time has come; contracts that nobody wants are forgotten once one waits.
    pub fn due(&mut self, wanted: impl Fn(&str) -> bool, rng: &mut Rng, now: Ms) -> Vec<Frame> {
        if self.boards.values().all(|board| board.waiting.is_empty()) {
            return Vec::new();
        }
        self.boards.retain(|symbol, _| wanted(&topic(symbol)));
        let mut ready = Vec::new();
        for (symbol, board) in &mut self.boards {
            // A clock set back must not silence a contract for as long as it was set back.
            if (board.pushed..board.pushed + PACE).contains(&now) {
                continue;
            }
            let Some(piece) = board.waiting.pop_front() else { continue };
            for (name, value) in &piece {
                if let Some(field) = board.shown.iter_mut().find(|field| field.0 == *name) {
                    field.1.clone_from(value);
                }
            }
            board.pushed = now;
            self.sent += 1;
            let is_fresh = self.fresh_every > 0 && self.sent.is_multiple_of(self.fresh_every);
            let data = if is_fresh { board.shown.clone() } else { piece };
            ready.push((symbol.clone(), if is_fresh { "snapshot" } else { "delta" }, data));
        }
        if !ready.is_empty() {
            // Several frames may share a sequence number; it never goes back.
            self.sequence += rng.below(4);
        }
        ready.iter().map(|(symbol, kind, data)| self.frame(symbol, kind, data, now)).collect()
    }

    /// When the next frame may go out, if one waits.
    pub fn next_due(&self) -> Option<Ms> {
        let waiting = self.boards.values().filter(|board| !board.waiting.is_empty());
        waiting.map(|board| board.pushed + PACE).min()
    }

    fn frame(&self, symbol: &str, kind: &str, data: &[Field], now: Ms) -> Frame {
        let mut row = Object::new();
        if data.first().is_none_or(|(name, _)| *name != "symbol") {
            row = row.put("symbol", symbol);
        }
        let row: Json = data.iter().fold(row, |row, (name, value)| row.put(name, value)).end();
        let stream = topic(symbol);
        let body = Object::new()
            .put("topic", &stream)
            .put("type", kind)
            .put("data", &row)
            .put("cs", &(FIRST_SEQUENCE + self.sequence))
            .put("ts", &now)
            .end();
        Frame { route: Route::Public, stream, event: "tickers", body: body.0 }
    }
}

/// Larger than any number a client may keep in 32 bits.
const FIRST_SEQUENCE: u64 = 793_092_205_004;

/// The topic of a contract.
pub fn topic(symbol: &str) -> String {
    format!("tickers.{symbol}")
}

fn of<'f>(fields: &'f [Field], name: &str) -> Option<Decimal> {
    let found: Option<&'f Field> = fields.iter().find(|field| field.0 == name);
    found.and_then(|(_, value)| value.parse().ok())
}

/// One side of the book, then prices, then the other side, then the open interest. The side the
/// price moves away from goes first, so that the book never looks crossed in between.
fn pieces(changes: Vec<Field>, rises: bool) -> VecDeque<Vec<Field>> {
    let mut parts: [Vec<Field>; 4] = Default::default();
    for field in changes {
        let part = match field.0 {
            "bid1Price" | "bid1Size" => usize::from(rises) * 2,
            "ask1Price" | "ask1Size" => usize::from(!rises) * 2,
            "openInterest" | "singleOpenInterest" => 3,
            _ => 1,
        };
        if let Some(part) = parts.get_mut(part) {
            part.push(field);
        }
    }
    VecDeque::from(parts)
}

/// A number that stays put while a contract does and wanders with its book.
fn wander(contract: &Contract, salt: i64, bound: i64) -> Decimal {
    let step = contract.book_id.wrapping_mul(7919).wrapping_add(salt.wrapping_mul(104_729));
    Decimal::from(step.rem_euclid(bound.max(1)))
}

/// Contracts that are open on the whole market.
fn open_interest(contract: &Contract) -> Decimal {
    let spec = &contract.spec;
    spec.max_qty * Decimal::from(40) + wander(contract, 1, 997) * spec.step
}

/// What is offered at the best bid or ask.
fn shown_size(contract: &Contract, salt: i64) -> Decimal {
    let spec = &contract.spec;
    spec.market_max_qty / Decimal::TEN + wander(contract, salt, 499) * spec.step
}

/// When funding is paid next.
fn next_funding(now: Ms) -> Ms {
    let every = FUNDING_HOURS * HOUR;
    now - now.rem_euclid(every) + every
}

/// Every field of a contract's ticker, in the order of the stream's frames.
pub(crate) fn fields(contract: &Contract, now: Ms) -> Vec<Field> {
    let spec = &contract.spec;
    let price = |number: Decimal| fixed(number, spec.price_places);
    let size = |number: Decimal| fixed(number, spec.qty_places());
    let dated = spec.is_dated();
    let (day, hour) = (contract.last_at(now - 24 * HOUR), contract.last_at(now - HOUR));
    let change = (contract.last - day).checked_div(day).unwrap_or_default();
    let open = open_interest(contract);
    let value = |number: Decimal| fixed(number * contract.mark, 2);
    let volume = spec.max_qty * Decimal::from(20) + wander(contract, 2, 9973) * spec.step;
    let tick = if contract.last < hour { "MinusTick" } else { "PlusTick" };
    let none = String::new;
    let text = str::to_owned;
    let mut all = vec![
        ("symbol", spec.symbol.clone()),
        ("tickDirection", text(tick)),
        ("price24hPcnt", fixed(change, 6)),
        ("lastPrice", price(contract.last)),
        ("prevPrice24h", price(day)),
        ("highPrice24h", price(contract.last.max(day))),
        ("lowPrice24h", price(contract.last.min(day))),
        ("prevPrice1h", price(hour)),
        ("markPrice", price(contract.mark)),
        ("indexPrice", price(contract.mark)),
        ("openInterest", size(open)),
        ("openInterestValue", value(open)),
        ("turnover24h", fixed(volume * contract.last, 4)),
        ("volume24h", size(volume)),
        ("fundingIntervalHour", if dated { none() } else { FUNDING_HOURS.to_string() }),
        ("fundingCap", if dated { none() } else { text("0.005") }),
        ("nextFundingTime", if dated { none() } else { next_funding(now).to_string() }),
        ("fundingRate", if dated { none() } else { text("0.0001") }),
        ("bid1Price", price(contract.bid())),
        ("bid1Size", size(shown_size(contract, 3))),
        ("ask1Price", price(contract.ask())),
        ("ask1Size", size(shown_size(contract, 4))),
        ("preOpenPrice", none()),
        ("preQty", none()),
        ("curPreListingPhase", none()),
        ("singleOpenInterest", size(open / Decimal::TWO)),
        ("singleOpenInterestValue", value(open / Decimal::TWO)),
    ];
    if dated {
        let basis = contract.last - contract.mark;
        all.push(("deliveryTime", contract.delivery.to_string()));
        all.push(("deliveryFeeRate", text("0")));
        all.push(("predictedDeliveryPrice", none()));
        all.push(("basis", price(basis)));
        all.push((
            "basisRate",
            trim(basis.checked_div(contract.mark).unwrap_or_default().round_dp(8)),
        ));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::market::Market;
    use serde_json::Value;

    const BTC: &str = "BTCUSDT";

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn data(frame: &Frame) -> Value {
        serde_json::from_str(&frame.body).unwrap()
    }

    /// Names of the fields of a delta, without the symbol.
    fn keys(frame: &Frame) -> Vec<String> {
        let data = data(frame);
        let fields = data["data"].as_object().unwrap();
        fields.keys().filter(|name| *name != "symbol").cloned().collect()
    }

    fn market(price: &str) -> Market {
        let mut market = Market::new(1, 0);
        market.set(BTC, Some(number(price)), Some(number(price)), 0).unwrap();
        market
    }

    #[test]
    fn deltas_are_sparse_paced_and_add_up_to_the_next_snapshot() {
        let (mut market, mut rng) = (market("90000"), Rng::new(5));
        let mut tickers = Tickers::default();
        let first = tickers.snapshot(market.get(BTC).unwrap(), 0);
        let mut merged = data(&first)["data"].clone();
        let (mut sizes, mut last) = (Vec::new(), data(&first)["cs"].as_u64().unwrap());
        let (mut now, mut pushed) = (0, None);
        for round in 1..60 {
            let price = number("90000") + Decimal::from((round * 37) % 100);
            market.set(BTC, Some(price), Some(price), now).unwrap();
            tickers.changed(market.get(BTC).unwrap(), false, &mut rng, now);
            for _ in 0..50 {
                for frame in tickers.due(|_| true, &mut rng, now) {
                    let told = data(&frame);
                    assert!(pushed.is_none_or(|then| now - then >= PACE), "{now} {pushed:?}");
                    assert_eq!(told["type"], "delta");
                    assert!(told["cs"].as_u64().unwrap() >= last, "never back");
                    last = told["cs"].as_u64().unwrap();
                    for (name, value) in told["data"].as_object().unwrap() {
                        merged[name] = value.clone();
                    }
                    let (bid, ask) = (merged["bid1Price"].as_str(), merged["ask1Price"].as_str());
                    let book = (number(bid.unwrap()), number(ask.unwrap()));
                    assert!(book.0 < book.1, "crossed: {book:?}");
                    sizes.push(keys(&frame));
                    pushed = Some(now);
                }
                now += 20;
            }
        }
        let again = tickers.snapshot(market.get(BTC).unwrap(), now);
        assert_eq!(merged, data(&again)["data"]);
        let only = |names: &[&str]| {
            sizes.iter().any(|keys| keys.iter().all(|key| names.contains(&key.as_str())))
        };
        assert!(only(&["bid1Price", "bid1Size"]) && only(&["ask1Price", "ask1Size"]));
        assert!(only(&["openInterest", "singleOpenInterest"]));
    }

    #[test]
    fn a_price_set_by_hand_is_told_at_once_and_a_snapshot_may_come_again() {
        let (mut market, mut rng) = (market("90000"), Rng::new(5));
        let mut tickers = Tickers { fresh_every: 2, ..Tickers::default() };
        let snapshot = tickers.snapshot(market.get(BTC).unwrap(), 0);
        market.set(BTC, None, Some(number("91000")), 0).unwrap();
        tickers.changed(market.get(BTC).unwrap(), true, &mut rng, 0);
        let told = tickers.due(|_| true, &mut rng, 0);
        let keys = keys(&told[0]);
        assert!(keys.contains(&"bid1Price".to_owned()) && keys.contains(&"lastPrice".to_owned()));
        assert!(!keys.contains(&"markPrice".to_owned()), "what stayed is not told");
        market.set(BTC, None, Some(number("92000")), 0).unwrap();
        tickers.changed(market.get(BTC).unwrap(), true, &mut rng, 50);
        assert!(tickers.due(|_| true, &mut rng, 99).is_empty(), "ten a second at most");
        let fresh = tickers.due(|_| true, &mut rng, 100);
        assert_eq!(data(&fresh[0])["type"], "snapshot");
        let count = |frame: &Frame| data(frame)["data"].as_object().unwrap().len();
        assert_eq!(count(&fresh[0]), count(&snapshot));
        market.set(BTC, None, Some(number("93000")), 5000).unwrap();
        tickers.changed(market.get(BTC).unwrap(), true, &mut rng, 5000);
        assert!(tickers.due(|_| false, &mut rng, 5000).is_empty() && tickers.boards.is_empty());
    }
}
