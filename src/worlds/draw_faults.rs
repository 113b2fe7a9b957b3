//! Faults drawn for a world: what venues answer, what streams lose, what the ledger refuses.
//!
//! Kinds and their fields are those of the embedded exchange's control door. Door: [`venues`],
//! [`ledgers`].

use serde_json::{Value, json};

use crate::domain::key::Venue;
use crate::domain::time::Span;
use crate::worlds::chance::Chance;
use crate::worlds::draw::told;
use crate::worlds::plan::{Account, Deed, Holding, Setting, Timed, Trouble};

/// Codes of Binance's tables that are no answer to act upon lightly. Source: binance-usdm 6.1.
const BINANCE: [i64; 39] = [
    -1000, -1001, -1003, -1006, -1007, -1008, -1015, -1016, -1021, -1022, -1102, -1106, -1109,
    -1111, -1121, -1125, -2010, -2011, -2013, -2014, -2015, -2019, -2021, -2022, -2023, -2025,
    -4003, -4015, -4045, -4061, -4116, -4117, -4118, -4130, -4131, -4164, -4192, -5028, -5043,
];

/// Codes of Bybit's tables. Source: bybit 6.
const BYBIT: [i64; 37] = [
    403, 429, 10000, 10001, 10002, 10003, 10004, 10005, 10006, 10010, 10014, 10016, 10017, 10019,
    10027, 20006, 34040, 110001, 110003, 110007, 110009, 110013, 110017, 110024, 110025, 110043,
    110061, 110072, 110074, 110079, 110092, 110093, 110094, 170_007, 170_213, 181_017, 500_000,
];

/// Where a fault strikes: everything, questions, orders, one of each kind.
const BINANCE_AT: [&str; 12] = [
    "*",
    "GET *",
    "POST *",
    "DELETE *",
    "GET /fapi/*/positionRisk",
    "GET /fapi/v1/openAlgoOrders",
    "GET /fapi/v1/openOrders",
    "POST /fapi/v1/algoOrder",
    "DELETE /fapi/v1/algoOrder",
    "POST /fapi/v1/order",
    "GET /fapi/v1/userTrades",
    "POST /fapi/v1/listenKey",
];

const BYBIT_AT: [&str; 10] = [
    "*",
    "GET *",
    "POST *",
    "GET /v5/position/list",
    "GET /v5/order/realtime",
    "POST /v5/position/trading-stop",
    "POST /v5/order/create",
    "POST /v5/order/cancel",
    "GET /v5/execution/list",
    "GET /v5/order/history",
];

/// Faults of the venues and their streams, from the first moment to the peace.
pub fn venues(
    chance: &mut Chance,
    setting: &Setting,
    holdings: &[Holding],
    deeds: &mut Vec<Timed>,
) {
    let calm = chance.percent(10);
    for account in &setting.accounts {
        let count = if calm { 0 } else { chance.below(8) };
        for _ in 0..count {
            let at = chance.span(Span(0), setting.peace);
            let symbol = match holdings.iter().filter(|h| h.account == account.name).count() {
                0 => "BTCUSDT".to_owned(),
                _ => {
                    let held: Vec<&Holding> =
                        holdings.iter().filter(|h| h.account == account.name).collect();
                    chance.of(&held).symbol.to_string()
                }
            };
            deeds.push(told(at, account, trouble(chance, account, &symbol)));
        }
    }
}

fn trouble(chance: &mut Chance, account: &Account, symbol: &str) -> Value {
    match chance.below(10) {
        0..5 => answers(chance, account, symbol),
        5..8 => streams(chance),
        8 => lies(chance, symbol),
        _ => around(chance, account),
    }
}

/// What is asked is answered late, badly or not at all.
fn answers(chance: &mut Chance, account: &Account, symbol: &str) -> Value {
    let binance = account.venue == Venue::BinanceUsdm;
    let executed = chance.percent(50);
    let codes: &[i64] = if binance { &BINANCE } else { &BYBIT };
    let code = *chance.of(codes);
    let mut fault = match chance.below(16) {
        0..2 => json!({"kind": "latency", "ms": chance.between(100, 12_000)}),
        2..4 => json!({"kind": "hang", "executed": executed}),
        4..6 => json!({"kind": "cut", "executed": executed}),
        6..9 => json!({"kind": "error", "code": code, "executed": executed}),
        9 => json!({"kind": "refuse", "code": code}),
        10 => json!({"kind": "unavailable"}),
        11 => json!({"kind": "unknown", "executed": executed}),
        12 => json!({"kind": "maintenance", "executed": executed}),
        13 => json!({
            "kind": "answer", "status": chance.of(&[200, 502, 503]), "body": "<html>busy</html>",
            "executed": executed,
        }),
        14 => json!({"kind": "part_fill", "share": chance.share(0, 10_000)}),
        _ if binance => json!({"kind": "throttle"}),
        _ => json!({"kind": "late_reject"}),
    };
    if !matches!(fault["kind"].as_str(), Some("refuse" | "part_fill" | "late_reject")) {
        let at: &[&str] = if binance { &BINANCE_AT } else { &BYBIT_AT };
        fault["endpoint"] = json!(chance.of(at));
    }
    fault["do"] = json!("fault");
    bounded(chance, fault, symbol)
}

/// So many times, or for so long.
fn bounded(chance: &mut Chance, mut fault: Value, _symbol: &str) -> Value {
    if chance.percent(50) {
        fault["count"] = json!(chance.between(1, 3));
    } else {
        fault["for_ms"] = json!(chance.between(500, 20_000));
    }
    fault
}

fn streams(chance: &mut Chance) -> Value {
    let everything = chance.percent(30);
    let mut fault = match chance.below(8) {
        0..2 => json!({"kind": "stream_silent"}),
        2..4 => json!({"kind": "stream_drop"}),
        4 => json!({"kind": "stream_delay", "ms": chance.between(50, 9000)}),
        5 => json!({"kind": "stream_double"}),
        6 => json!({"kind": "stream_shuffle"}),
        _ => {
            let route = chance.of(&["public", "market", "private"]);
            return json!({"do": "kick", "route": route, "hard": chance.percent(50)});
        }
    };
    fault["do"] = json!("fault");
    let shuffles = fault["kind"] == "stream_shuffle";
    if everything && !shuffles {
        fault["events"] = json!(["*"]);
    }
    fault["for_ms"] = json!(chance.between(500, 25_000));
    fault
}

/// What is answered is well-formed and wrong.
fn lies(chance: &mut Chance, symbol: &str) -> Value {
    let mut fault = match chance.below(9) {
        0 => json!({"kind": "empty_list", "endpoint": "GET *"}),
        1 => json!({"kind": "truncate", "endpoint": "GET *"}),
        2 => json!({"kind": "missing_field", "endpoint": "GET *", "field": chance.of(
            &["positionAmt", "size", "symbol", "side", "entryPrice", "avgPrice", "updateTime",
              "algoStatus", "orderStatus", "qty", "execQty"],
        )}),
        3 => json!({"kind": "zero_rows", "symbol": symbol}),
        4 => json!({"kind": "hide_rows", "symbol": symbol}),
        5 => json!({"kind": "rest_lag", "ms": chance.between(200, 6000)}),
        6 => json!({"kind": "invisible", "ms": chance.between(200, 6000)}),
        7 => json!({"kind": "history_lag", "ms": chance.between(500, 15_000)}),
        _ => json!({"kind": chance.of(&["repeated_cursor", "endless_cursor"])}),
    };
    fault["do"] = json!("fault");
    fault["for_ms"] = json!(chance.between(500, 8000));
    fault
}

/// Limits, bans, clocks, keys.
fn around(chance: &mut Chance, account: &Account) -> Value {
    let binance = account.venue == Venue::BinanceUsdm;
    match chance.below(6) {
        0 => ban(binance, chance.between(1000, 20_000)),
        1 if binance => json!({"do": "expire_listen_key"}),
        2 => {
            let ms = i64::try_from(chance.below(4000)).unwrap_or(0) - 2000;
            json!({"do": "clock_skew", "ms": ms})
        }
        3 => limit(binance, chance.between(1, 4)),
        4 if binance => json!({
            "do": "fault", "kind": "rate_limit", "status": 418,
            "for_ms": chance.between(1000, 9000),
        }),
        _ => json!({"do": "kick", "hard": chance.percent(50)}),
    }
}

/// Everything is refused for a while. A world that is banned by Bybit lasts ten minutes longer, so
/// only some are.
fn ban(binance: bool, ms: u64) -> Value {
    match binance || ms < 6000 {
        true => json!({"do": "ban", "for_ms": ms}),
        false => json!({"do": "fault", "kind": "rate_limit", "for_ms": ms}),
    }
}

/// So many requests are too many; a firewall's 403 is as rare as a ban.
fn limit(binance: bool, count: u64) -> Value {
    let status = if binance || count < 4 { 429 } else { 403 };
    json!({"do": "fault", "kind": "rate_limit", "status": status, "count": count})
}

/// What the ledger refuses.
pub fn ledgers(chance: &mut Chance, setting: &Setting, deeds: &mut Vec<Timed>) {
    if !chance.percent(35) {
        return;
    }
    for _ in 0..chance.between(1, 2) {
        let at = chance.span(Span(0), setting.peace);
        let trouble =
            *chance.of(&[Trouble::Full, Trouble::Locked, Trouble::Commits, Trouble::Slow]);
        let span = chance.span(Span(200), Span::secs(15));
        deeds.push(Timed { at, deed: Deed::Ledger { trouble, span } });
    }
}
