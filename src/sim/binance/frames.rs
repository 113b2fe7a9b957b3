//! What the owner hears on the private stream, frame by frame, in the venue's order.
//!
//! A taker fill: TRADE_LITE, ORDER_TRADE_UPDATE NEW, ACCOUNT_UPDATE, ORDER_TRADE_UPDATE TRADE,
//! all with the same times; the position changes before the fill is reported.

use rust_decimal::Decimal;

use crate::sim::algo::Algo;
use crate::sim::binance::rows::{Resting, shown_price};
use crate::sim::exchange::{Change, Exchange, Happening};
use crate::sim::frame::{Frame, Route};
use crate::sim::json::{Json, Object, list, object};
use crate::sim::margin::weigh;
use crate::sim::market::Contract;
use crate::sim::numbers::{Ms, fixed, money, trim};
use crate::sim::orders::{Fill, Order};
use crate::sim::words::{AlgoStatus, Forced, OrderKind, Side, Status};

/// The frames of what just happened.
pub fn of(happened: &[Happening], exchange: &Exchange, now: Ms) -> Vec<Frame> {
    happened.iter().flat_map(|one| frames(one, exchange, now)).collect()
}

fn private(event: &'static str, body: Json) -> Frame {
    Frame { route: Route::Private, stream: String::new(), event, body: body.0 }
}

fn frames(happening: &Happening, exchange: &Exchange, now: Ms) -> Vec<Frame> {
    match happening {
        Happening::Accepted(order) => vec![report(exchange, order, None, "NEW", now)],
        Happening::Executed { fresh, order, fill, change, forced: None } => {
            let mut all = vec![private("TRADE_LITE", lite(exchange, order, fill, now))];
            if *fresh {
                all.push(report(exchange, &unfilled(order), None, "NEW", now));
            }
            all.push(account(change, now));
            all.push(report(exchange, order, Some(fill), "TRADE", now));
            all
        }
        Happening::Executed { order, fill, change, forced: Some(why), .. } => {
            let reason = if *why == Forced::Adl { "ADL" } else { "ORDER" };
            vec![
                announced(exchange, order, *why, now),
                account(&Change { reason, ..change.clone() }, now),
                report(exchange, order, Some(fill), "CALCULATED", now),
            ]
        }
        Happening::Ended(order) => {
            let how = if order.status == Status::Canceled { "CANCELED" } else { "EXPIRED" };
            vec![report(exchange, order, None, how, now)]
        }
        Happening::Amended(order) => vec![report(exchange, order, None, "AMENDMENT", now)],
        Happening::Changed(change) => vec![account(change, now)],
        Happening::Algo(algo) => vec![private("ALGO_UPDATE", conditional(algo, now))],
        Happening::Leverage(symbol, leverage) => {
            let what = object! { "s": symbol, "l": *leverage };
            let body = object! {
                "e": "ACCOUNT_CONFIG_UPDATE", "E": now, "T": now, "ac": what,
            };
            vec![private("ACCOUNT_CONFIG_UPDATE", body)]
        }
        Happening::MultiAssets(shared) => {
            let body = object! {
                "e": "ACCOUNT_CONFIG_UPDATE", "E": now, "T": now, "ai": object! { "j": *shared },
            };
            vec![private("ACCOUNT_CONFIG_UPDATE", body)]
        }
        Happening::MarginCall(slot) => vec![margin_call(exchange, slot, now)],
        Happening::Contract(symbol) => {
            exchange.market.get(symbol).map(|found| contract_info(found, now)).into_iter().collect()
        }
        // Another venue's ways: there a position is marked first, and funding is a row of its own.
        Happening::Seized(..) | Happening::Funded(_) => Vec::new(),
    }
}

fn unfilled(order: &Order) -> Order {
    let (filled, value) = (Decimal::ZERO, Decimal::ZERO);
    Order { status: Status::New, filled, value, ..order.clone() }
}

fn lite(exchange: &Exchange, order: &Order, fill: &Fill, now: Ms) -> Json {
    let (price_places, qty_places) = places(exchange, &fill.symbol);
    object! {
        "e": "TRADE_LITE",
        "E": now,
        "T": fill.at,
        "s": fill.symbol,
        "q": fixed(order.want.qty, qty_places),
        "p": fixed(shown_price(order), price_places),
        "m": fill.maker,
        "c": order.client_id,
        "S": fill.side.name(),
        "L": fixed(fill.price, price_places),
        "l": fixed(fill.qty, qty_places),
        "t": fill.id,
        "i": fill.order,
    }
}

fn places(exchange: &Exchange, symbol: &str) -> (u32, u32) {
    let found = exchange.market.get(symbol);
    found.map_or((8, 8), |contract| (contract.spec.price_places, contract.spec.qty_places()))
}

/// Value of the resting orders of a contract.
pub fn resting(exchange: &Exchange, symbol: &str) -> Resting {
    let open = exchange
        .orders
        .values()
        .filter(|order| order.status.is_open() && order.want.symbol == symbol);
    open.fold(Resting::default(), |mut sum, order| {
        let value = order.left() * order.want.price.unwrap_or_default();
        match order.want.side {
            Side::Buy => sum.bids += value,
            Side::Sell => sum.asks += value,
        }
        sum
    })
}

/// A padded price, or a bare zero.
fn price_or_zero(price: Decimal, places: u32) -> String {
    if price.is_zero() { "0".to_owned() } else { fixed(price, places) }
}

fn report(exchange: &Exchange, order: &Order, fill: Option<&Fill>, how: &str, now: Ms) -> Frame {
    let (price_places, _) = places(exchange, &order.want.symbol);
    let price = |number: Decimal| price_or_zero(number, price_places);
    let average = price_or_zero(order.average(), 5.max(price_places));
    let rests = resting(exchange, &order.want.symbol);
    let (want, origin) = (&order.want, order.origin.as_ref());
    let money_or_zero =
        |number: Decimal| if number.is_zero() { "0".to_owned() } else { money(number) };
    let body = Object::new()
        .put("s", &want.symbol)
        .put("c", &order.client_id)
        .put("S", want.side.name())
        .put("o", want.kind.name())
        .put("f", want.tif.name())
        .put("q", &trim(want.qty))
        .put("p", &price(shown_price(order)))
        .put("ap", &average)
        .put("sp", &price(origin.map_or(Decimal::ZERO, |from| from.trigger)))
        .put("x", how)
        .put("X", order.status.name())
        .put("i", &order.id)
        .put("l", &trim(fill.map_or(Decimal::ZERO, |fill| fill.qty)))
        .put("z", &trim(order.filled))
        .put("L", &price(fill.map_or(Decimal::ZERO, |fill| fill.price)))
        .put("n", &money_or_zero(fill.map_or(Decimal::ZERO, |fill| fill.fee)))
        .put("N", "USDT")
        .put("T", &fill.map_or(order.updated, |fill| fill.at))
        .put("t", &fill.map_or(0, |fill| fill.id))
        .put("b", &trim(rests.bids))
        .put("a", &trim(rests.asks))
        .put("m", &fill.is_some_and(|fill| fill.maker))
        .put("R", &want.reduce_only)
        .put("wt", origin.map_or("CONTRACT_PRICE", |from| from.working))
        .put("ot", origin.map_or(want.kind.name(), |from| from.kind))
        .put("ps", want.leg.name())
        .put("cp", &origin.is_some_and(|from| from.close_position))
        .put("rp", &money_or_zero(fill.map_or(Decimal::ZERO, |fill| fill.realised)))
        .put("pP", &false)
        .put("si", &0)
        .put("ss", &0)
        .put("V", &want.stp)
        .put("pm", &want.price_match)
        .put("gtd", &want.good_till)
        .put("er", &order.expiry.to_string());
    let body = if how == "AMENDMENT" { body.put("M", &order.modify_id) } else { body };
    let body = object! { "e": "ORDER_TRADE_UPDATE", "T": now, "E": now, "o": body.end() };
    private("ORDER_TRADE_UPDATE", body)
}

/// The first frame of a forced close: CALCULATED without quantity, fee or fee asset.
fn announced(exchange: &Exchange, order: &Order, why: Forced, now: Ms) -> Frame {
    let status = if why == Forced::Adl { "NEW_ADL" } else { "NEW" };
    let (price_places, _) = places(exchange, &order.want.symbol);
    let want = &order.want;
    let body = Object::new()
        .put("s", &want.symbol)
        .put("c", &order.client_id)
        .put("S", want.side.name())
        .put("o", OrderKind::Limit.name())
        .put("f", want.tif.name())
        .put("q", &trim(want.qty))
        .put("p", &price_or_zero(want.price.unwrap_or_default(), price_places))
        .put("ap", "0")
        .put("sp", "0")
        .put("x", "CALCULATED")
        .put("X", status)
        .put("i", &order.id)
        .put("l", "0")
        .put("z", "0")
        .put("L", "0")
        .put("n", &None::<String>)
        .put("N", &None::<String>)
        .put("T", &now)
        .put("t", &0)
        .put("b", "0")
        .put("a", "0")
        .put("m", &false)
        .put("R", &false)
        .put("wt", "CONTRACT_PRICE")
        .put("ot", OrderKind::Limit.name())
        .put("ps", want.leg.name())
        .put("cp", &false)
        .put("rp", "0")
        .put("pP", &false)
        .put("si", &0)
        .put("ss", &0)
        .put("V", "NONE")
        .put("pm", "NONE")
        .put("gtd", &0)
        .put("er", "0")
        .end();
    let body = object! { "e": "ORDER_TRADE_UPDATE", "T": now, "E": now, "o": body };
    private("ORDER_TRADE_UPDATE", body)
}

fn account(change: &Change, now: Ms) -> Frame {
    let balance = object! {
        "a": "USDT",
        "wb": money(change.wallet),
        "cw": money(change.cross),
        "bc": trim(change.delta),
    };
    let or_zero = |number: Decimal| if number.is_zero() { "0".to_owned() } else { money(number) };
    let positions = list(change.positions.iter().map(|standing| {
        object! {
            "s": standing.slot.0,
            "pa": trim(standing.amount),
            "ep": trim(standing.entry.round_dp(12)),
            "cr": or_zero(standing.realised),
            "up": or_zero(standing.unrealised),
            "mt": if standing.is_isolated { "isolated" } else { "cross" },
            "iw": trim(standing.isolated),
            "ps": standing.slot.1.name(),
            "ma": "USDT",
            "bep": trim(standing.breakeven),
        }
    }));
    let what = object! { "B": list([balance]), "P": positions, "m": change.reason };
    private("ACCOUNT_UPDATE", object! { "e": "ACCOUNT_UPDATE", "T": now, "E": now, "a": what })
}

/// Key sets differ per state, as captured: NEW and TRIGGERING say nothing of the real order,
/// CANCELED leaves out the small print.
fn conditional(algo: &Algo, now: Ms) -> Json {
    let want = &algo.want;
    let early = matches!(algo.status, AlgoStatus::New | AlgoStatus::Triggering);
    let mut row = Object::new()
        .put("caid", &algo.client_id)
        .put("aid", &algo.id)
        .put("at", "CONDITIONAL")
        .put("o", want.kind.name())
        .put("s", &want.symbol)
        .put("S", want.side.name())
        .put("ps", want.leg.name())
        .put("f", want.tif.name())
        .put("q", &trim(want.qty))
        .put("X", algo.status.name())
        .put("ai", &algo.child.map(|id| id.to_string()).unwrap_or_default());
    if !early {
        let act = if algo.child.is_some() { want.kind.child().name() } else { "0" };
        row = row.put("ap", &trim(algo.average)).put("aq", &trim(algo.filled)).put("act", act);
    }
    row = row.put("tp", &trim(want.trigger)).put("p", &trim(want.price.unwrap_or_default()));
    if algo.status != AlgoStatus::Canceled {
        row = row
            .put("V", &want.stp)
            .put("wt", want.working.name())
            .put("pm", &want.price_match)
            .put("cp", &want.close_position)
            .put("pP", &want.price_protect);
    }
    row = row
        .put("R", &want.reduce_only)
        .put("tt", &algo.triggered)
        .put("gtd", &want.good_till)
        .put("ia", &algo.activated);
    if let Some(reason) = algo.reason {
        row = row.put("rm", reason);
    }
    object! { "e": "ALGO_UPDATE", "T": now, "E": now, "o": row.end() }
}

fn margin_call(exchange: &Exchange, slot: &crate::sim::account::Slot, now: Ms) -> Frame {
    let position = exchange.account.position(&slot.0, slot.1);
    let weight = weigh(&exchange.account, &exchange.market, slot, &position);
    let own = exchange.account.is_isolated(&slot.0);
    let row = object! {
        "s": slot.0,
        "ps": slot.1.name(),
        "pa": trim(position.amount),
        "mt": if own { "ISOLATED" } else { "CROSSED" },
        "iw": trim(position.isolated),
        "mp": trim(weight.mark),
        "up": trim(weight.unrealised.round_dp(8)),
        "mm": trim(weight.maintenance.round_dp(8)),
    };
    let wallet = money(exchange.account.wallet);
    let body = object! { "e": "MARGIN_CALL", "E": now, "cw": wallet, "p": list([row]) };
    private("MARGIN_CALL", body)
}

/// The credential has run out; the event carries it whole.
pub fn listen_key_expired(key: &str, now: Ms) -> Frame {
    let body = object! { "e": "listenKeyExpired", "E": now, "listenKey": key };
    private("listenKeyExpired", body)
}

fn contract_info(contract: &Contract, now: Ms) -> Frame {
    let spec = &contract.spec;
    let body = object! {
        "e": "contractInfo",
        "E": now,
        "s": spec.symbol,
        "ps": spec.pair,
        "ct": if spec.is_dated() { "CURRENT_QUARTER" } else { "PERPETUAL" },
        "dt": contract.delivery,
        "ot": crate::sim::binance::info::ONBOARD,
        "cs": contract.status,
    };
    let stream = "!contractInfo".to_owned();
    Frame { route: Route::Market, stream, event: "contractInfo", body: body.0 }
}
