//! What befalls few worlds and has to be lived through all the same: a ledger that is away for
//! longer than a lease, everything gone at once without a fill, rows without a size, orders that
//! are answered badly just when people want them, take-profits of other programs, a machine that
//! loses its power while it writes.
//!
//! Drawn from chance of its own, so that the rest of a world is the same with it or without.
//! Door: [`rare`], [`power`].

use rust_decimal::Decimal;
use serde_json::json;

use crate::domain::amount::Side;
use crate::domain::key::Venue;
use crate::domain::time::Span;
use crate::sim::numbers::round_to;
use crate::worlds::chance::Chance;
use crate::worlds::draw::{clock_set, listed, start, told};
use crate::worlds::plan::{Deed, Holding, Setting, Store, Timed, Trouble, Wish};

/// Adds it to a world.
pub fn rare(setting: &Setting, holdings: &[Holding], deeds: &mut Vec<Timed>) {
    let mut chance = Chance::new(setting.seed ^ 0x0bad_cafe);
    if chance.percent(6) {
        let at = chance.span(Span::secs(2), setting.peace);
        let trouble = *chance.of(&[Trouble::Full, Trouble::Locked, Trouble::Commits]);
        let span = chance.span(Span::secs(14), Span::secs(40));
        deeds.push(Timed { at, deed: Deed::Ledger { trouble, span } });
    }
    if chance.percent(5) {
        everything_gone(&mut chance, setting, holdings, deeds);
    }
    if chance.percent(6) {
        unreadable(&mut chance, setting, deeds);
    }
    if chance.percent(20) {
        bad_moment(&mut chance, setting, deeds);
    }
    if chance.percent(15) {
        take_profits(&mut chance, setting, holdings, deeds);
    }
}

/// The power goes, mostly where there is a file that is torn by it, and comes back. The engines
/// that were there begin again, by whatever the machine's clock shows then.
pub fn power(setting: &Setting, deeds: &mut Vec<Timed>) {
    let mut chance = Chance::new(setting.seed ^ 0x0dea_d1ff);
    let often = if setting.store == Store::Sqlite { 17 } else { 2 };
    if !chance.percent(often) {
        return;
    }
    for _ in 0..*chance.of(&[1, 1, 1, 2]) {
        let at = chance.span(Span(500), setting.peace);
        // Within the head of a frame, within its page, anywhere.
        let most = *chance.of(&[24, 4120, 30_000]);
        let (written, wrong) = (chance.below(most + 1), *chance.of(&[0, 0, 1, 3]));
        let second =
            |timed: &Timed| timed.at <= at && matches!(timed.deed, Deed::Start { engine: 1.., .. });
        let set_ms = clock_set(&mut chance);
        let engines = if deeds.iter().any(second) { 0..2 } else { 0..1 };
        deeds.push(Timed { at, deed: Deed::Power { written, wrong } });
        for engine in engines {
            let again = chance.span(Span::secs(1), Span::secs(5));
            deeds.push(start(engine, Span(at.0 + again.0), set_ms));
        }
    }
}

/// The venue shows nothing any more, and no fill says why.
fn everything_gone(
    chance: &mut Chance,
    setting: &Setting,
    holdings: &[Holding],
    deeds: &mut Vec<Timed>,
) {
    let account = chance.of(&setting.accounts).clone();
    let at = chance.span(Span(0), setting.peace);
    for held in holdings.iter().filter(|held| held.account == account.name) {
        let verb = json!({"do": "erase_position", "symbol": held.symbol, "leg": held.hedged()});
        deeds.push(told(at, &account, verb));
    }
}

/// People open and close while orders are answered badly.
fn bad_moment(chance: &mut Chance, setting: &Setting, deeds: &mut Vec<Timed>) {
    let account = chance.of(&setting.accounts).clone();
    let plain = chance.percent(70);
    let endpoint = match (account.venue, plain) {
        (Venue::BinanceUsdm, true) => "POST /fapi/v1/order",
        (Venue::BinanceUsdm, false) => "POST /fapi/v1/algoOrder",
        (Venue::BybitLinear, true) => "POST /v5/order/create",
        (Venue::BybitLinear, false) => "POST /v5/position/trading-stop",
    };
    let at = chance.span(Span::secs(5), setting.peace);
    let verb = json!({
        "do": "fault", "kind": chance.of(&["hang", "cut", "cut", "unknown"]),
        "endpoint": endpoint, "executed": chance.percent(60),
        "for_ms": chance.between(3000, 15_000),
    });
    deeds.push(told(at, &account, verb));
    if chance.percent(50) {
        let verb = json!({"do": "fault", "kind": "invisible", "ms": 4000, "for_ms": 15_000});
        deeds.push(told(at, &account, verb));
    }
    for _ in 0..chance.between(1, 3) {
        let at = Span(at.0 + chance.between(100, 4000));
        let wish = *chance.of(&[Wish::Open, Wish::Open, Wish::Close, Wish::ClosePart]);
        let deed = Deed::Operator { engine: 0, wish, pick: chance.below(u64::MAX), late: false };
        deeds.push(Timed { at, deed });
    }
}

/// Rows of positions come without a field that says how much is open.
fn unreadable(chance: &mut Chance, setting: &Setting, deeds: &mut Vec<Timed>) {
    let account = chance.of(&setting.accounts).clone();
    let (endpoint, field) = match account.venue {
        Venue::BinanceUsdm => ("GET /fapi/*/positionRisk", "positionAmt"),
        Venue::BybitLinear => ("GET /v5/position/list", "size"),
    };
    let (at, span) =
        (chance.span(Span::secs(6), setting.peace), chance.span(Span::secs(6), Span::secs(25)));
    let verb = json!({
        "do": "fault", "kind": "missing_field", "endpoint": endpoint, "field": field,
        "for_ms": span,
    });
    deeds.push(told(at, &account, verb));
}

/// Another program takes profits, as large as the position.
fn take_profits(
    chance: &mut Chance,
    setting: &Setting,
    holdings: &[Holding],
    deeds: &mut Vec<Timed>,
) {
    for account in &setting.accounts {
        let own = holdings.iter().filter(|held| held.account == account.name);
        for held in own.filter(|held| held.venue.is_some()) {
            let specs = listed(account.venue);
            let Some(spec) = specs.iter().find(|spec| spec.symbol == held.symbol.as_str()) else {
                continue;
            };
            let far = if held.side == Side::Long { 115 } else { 85 };
            let trigger = round_to(spec.start * Decimal::new(far, 2), spec.tick);
            let way = if held.side == Side::Long { "sell" } else { "buy" };
            let mut verb = json!({
                "do": "place_stop", "symbol": held.symbol, "leg": held.hedged(), "side": way,
                "kind": "TAKE_PROFIT_MARKET", "trigger": trigger, "qty": held.venue,
                "prefix": "bot-",
            });
            if account.venue == Venue::BybitLinear && chance.percent(50) {
                verb["on_position"] = json!(true);
            }
            deeds.push(told(Span(0), account, verb));
        }
    }
}
