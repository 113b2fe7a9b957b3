//! The venue's own words for a made-up market, as they would come off the wire.

use holdfast::domain::amount::{OrderSide, Price};
use holdfast::domain::key::{Leg, Symbol};
use holdfast::domain::ledger::Row;
use holdfast::domain::order::ConditionalOrder;
use holdfast::domain::position::VenuePosition;
use holdfast::domain::sweep::Sweep;

const POSITION: &str = r#"{
    "symbol": "@symbol", "positionSide": "@leg", "positionAmt": "@quantity",
    "entryPrice": "@entry", "breakEvenPrice": "@entry", "markPrice": "@mark0000",
    "unRealizedProfit": "0.03125000", "liquidationPrice": "0", "isolatedMargin": "0",
    "notional": "12.59375000", "marginAsset": "USDT", "isolatedWallet": "0",
    "initialMargin": "0.62968750", "maintMargin": "0.06296875",
    "positionInitialMargin": "0.62968750", "openOrderInitialMargin": "0", "adl": 2,
    "bidNotional": "0", "askNotional": "0", "updateTime": @at
}"#;

const STOP: &str = r#"{
    "algoId": @id, "clientAlgoId": "@client", "algoType": "CONDITIONAL",
    "orderType": "STOP_MARKET", "symbol": "@symbol", "side": "@side", "positionSide": "@leg",
    "timeInForce": "GTC", "quantity": "@quantity", "algoStatus": "NEW", "actualOrderId": "",
    "actualPrice": "0.00000", "triggerPrice": "@trigger", "price": "0.000",
    "icebergQuantity": null, "tpTriggerPrice": "0.000", "tpPrice": "0.000",
    "slTriggerPrice": "0.000", "slPrice": "0.000", "tpOrderType": "",
    "selfTradePreventionMode": "EXPIRE_MAKER", "workingType": "MARK_PRICE",
    "priceMatch": "NONE", "closePosition": false, "priceProtect": false, "reduceOnly": true,
    "createTime": 1795000000000, "updateTime": 1795000000000, "triggerTime": 0,
    "goodTillDate": 0
}"#;

const MARK: &str = r#"{
    "e": "markPriceUpdate", "E": 1795000000000, "s": "@symbol", "p": "@mark", "ap": "@mark",
    "P": "@mark", "i": "@mark", "r": "0.00010000", "T": 1795003200000, "st": 1
}"#;

const FILLED: &str = r#"{
    "stream": "ORDER_TRADE_UPDATE", "data": {
    "e": "ORDER_TRADE_UPDATE", "E": 1795000060001, "T": 1795000060000, "o": {
    "s": "@symbol", "c": "web_1", "S": "@side", "o": "MARKET", "f": "GTC", "q": "@quantity",
    "p": "0", "ap": "@entry", "sp": "0", "x": "TRADE", "X": "FILLED", "i": 8765432300,
    "l": "@quantity", "z": "@quantity", "L": "@entry", "N": "USDT", "n": "0.05", "T":
    1795000060000, "t": 9988776655, "b": "0", "a": "0", "m": false, "R": false,
    "wt": "CONTRACT_PRICE", "ot": "MARKET", "ps": "@leg", "cp": false, "AP": null, "cr": null,
    "pP": false, "si": 0, "ss": 0, "rp": "0.00", "gtd": 0, "W": 1795000060000, "V": null
}}}"#;

const ZERO: &str = r#"{
    "stream": "ACCOUNT_UPDATE", "data": {
    "e": "ACCOUNT_UPDATE", "E": 1795000060001, "T": 1795000060000, "a": { "m": "ORDER",
    "B": [ { "a": "USDT", "wb": "100000", "cw": "100000", "bc": "0" } ],
    "P": [ { "s": "@symbol", "pa": "0", "ep": "0.0", "bep": "0", "cr": "0", "up": "0",
    "mt": "cross", "iw": "0", "ps": "@leg", "ma": "USDT" } ] }
}}"#;

/// Fills a template and takes its white space out, as the venue does.
pub fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text: String = template.split_whitespace().collect();
    for (name, value) in values {
        text = text.replace(&format!("@{name}"), value);
    }
    text
}

fn leg_name(leg: Leg) -> &'static str {
    match leg {
        Leg::Net => "BOTH",
        Leg::Long => "LONG",
        Leg::Short => "SHORT",
    }
}

fn list(rows: impl Iterator<Item = String>) -> String {
    format!("[{}]", rows.collect::<Vec<_>>().join(","))
}

/// The answer of `positionRisk` v3.
pub fn positions(sweep: &Sweep) -> String {
    list(sweep.seen().map(|(symbol, leg, position)| position_row(symbol, leg, position)))
}

fn position_row(symbol: &Symbol, leg: Leg, position: &VenuePosition) -> String {
    let minus = if leg == Leg::Short { "-" } else { "" };
    let number = |price: Option<Price>| price.map_or_else(String::new, |price| price.to_string());
    let values = [
        ("symbol", symbol.as_str()),
        ("leg", leg_name(leg)),
        ("quantity", &format!("{minus}{}", position.quantity)),
        ("entry", &number(position.entry)),
        ("mark", &number(position.mark)),
        ("at", &position.changed.map_or(0, |at| at.0).to_string()),
    ];
    fill(POSITION, &values)
}

/// The answer of `openAlgoOrders`.
pub fn stops(sweep: &Sweep) -> String {
    list(sweep.orders().unwrap_or_default().iter().map(stop_row))
}

/// What the user stream says when a position is closed by hand.
pub fn closing(row: &Row) -> [String; 2] {
    let values = [
        ("symbol", row.key.symbol.as_str()),
        ("leg", leg_name(row.key.leg)),
        ("side", side_name(row.side.closing())),
        ("quantity", &row.quantity.to_string()),
        ("entry", &row.entry_price.to_string()),
    ];
    [fill(FILLED, &values), fill(ZERO, &values)]
}

fn side_name(side: OrderSide) -> &'static str {
    match side {
        OrderSide::Buy => "BUY",
        OrderSide::Sell => "SELL",
    }
}

fn stop_row(order: &ConditionalOrder) -> String {
    let values = [
        ("id", order.id.as_str()),
        ("client", order.client_id.as_str()),
        ("symbol", order.symbol.as_str()),
        ("side", side_name(order.side)),
        ("leg", leg_name(order.leg)),
        ("quantity", &order.quantity.map_or_else(String::new, |quantity| quantity.to_string())),
        ("trigger", &order.trigger.map_or_else(String::new, |price| price.to_string())),
    ];
    fill(STOP, &values)
}

/// The all-market mark-price frame.
pub fn marks(marks: &[(Symbol, Price)]) -> String {
    list(marks.iter().map(|(symbol, price)| mark(symbol, *price)))
}

/// One mark-price update.
pub fn mark(symbol: &Symbol, price: Price) -> String {
    fill(MARK, &[("symbol", symbol.as_str()), ("mark", &format!("{:.8}", price.get()))])
}
