//! Scenes: troubles that mean something only when they meet, at moments that chance alone would
//! hardly choose.
//!
//! For: an open whose stop the venue refuses, a price that carries a trailing stop and turns, a
//! holder that sleeps through its lease while its stops go, a ledger that is away until the lease
//! has run out or until an end cannot be written down, a close by hand under a stop of ours, a
//! word of the stream that a newer one overtakes, a guarded stranger that one look does not show,
//! a position that is closed and opened again unheard while somebody acts on the first.
//! Drawn from chance of their own. Not for: single faults (that is `draw_faults`).
//! Door: [`scenes`].

use rust_decimal::Decimal;
use serde_json::json;

use crate::domain::amount::Side;
use crate::domain::key::Venue;
use crate::domain::time::Span;
use crate::worlds::chance::Chance;
use crate::worlds::draw::told;
use crate::worlds::plan::{Account, Deed, Holding, Setting, Timed, Trouble, Wish};

/// Where a scene plays, and when.
struct Stage<'a> {
    account: &'a Account,
    held: &'a Holding,
    at: Span,
}

/// Adds them to a world.
pub fn scenes(setting: &Setting, holdings: &[Holding], deeds: &mut Vec<Timed>) {
    let mut chance = Chance::new(setting.seed ^ 0x5ce2_e500);
    if chance.percent(6) {
        refused_stop(&mut chance, setting, deeds);
    }
    if chance.percent(8) {
        hidden(&mut chance, setting, holdings, deeds);
    }
    // Both on the venue and in the ledger, or nothing is moved.
    let tracked: Vec<&Holding> =
        holdings.iter().filter(|h| h.venue.is_some() && h.ledger.is_some()).collect();
    if tracked.is_empty() {
        return;
    }
    let held = *chance.of(&tracked);
    let Some(account) = setting.account(&held.account) else { return };
    let stage = Stage { account, held, at: chance.span(Span::secs(3), setting.peace) };
    match chance.below(100) {
        0..10 if setting.trailing => turn(&mut chance, &stage, deeds),
        10..16 => sleepwalker(&mut chance, &stage, deeds),
        16..24 => overtaken(&mut chance, &stage, deeds),
        24..30 => lapse(&stage, deeds),
        30..36 => unsettled(&mut chance, &stage, deeds),
        36..46 => left_behind(&stage, deeds),
        46..58 => replaced(&mut chance, &stage, deeds),
        _ => {}
    }
}

impl Stage<'_> {
    fn told(&self, after_ms: u64, verb: serde_json::Value) -> Timed {
        told(Span(self.at.0 + after_ms), self.account, verb)
    }

    /// What protects the position is taken away.
    fn stop_goes(&self, after_ms: u64) -> Timed {
        self.told(after_ms, self.held.without_stop(self.account))
    }

    /// The price moves by so many ten-thousandths in favour of the position.
    fn moved(&self, after_ms: u64, ten_thousandths: i64) -> Timed {
        let sign = if self.held.side == Side::Long { 1 } else { -1 };
        let share = Decimal::new(sign * ten_thousandths, 4);
        self.told(after_ms, json!({"do": "gap", "symbol": self.held.symbol, "share": share}))
    }
}

/// People open while the venue takes no stop.
fn refused_stop(chance: &mut Chance, setting: &Setting, deeds: &mut Vec<Timed>) {
    let account = chance.of(&setting.accounts).clone();
    let at = chance.span(Span::secs(6), setting.peace);
    let (endpoint, code) = match account.venue {
        Venue::BinanceUsdm => ("POST /fapi/v1/algoOrder", *chance.of(&[-1102, -2010, -4045])),
        Venue::BybitLinear => ("POST /v5/position/trading-stop", *chance.of(&[10001, 110_092])),
    };
    let verb = json!({
        "do": "fault", "kind": "error", "endpoint": endpoint, "code": code, "executed": false,
        "for_ms": 30_000,
    });
    deeds.push(told(at, &account, verb));
    for _ in 0..chance.between(1, 3) {
        let at = Span(at.0 + chance.between(100, 8000));
        let (wish, pick) = (Wish::Open, chance.below(u64::MAX));
        deeds.push(Timed { at, deed: Deed::Operator { engine: 0, wish, pick, late: false } });
    }
}

/// The price runs, the stop follows, the price comes back by less than the stop is away.
fn turn(chance: &mut Chance, stage: &Stage, deeds: &mut Vec<Timed>) {
    let run = i64::try_from(chance.between(250, 700)).unwrap_or(250);
    deeds.push(stage.moved(0, run));
    deeds.push(stage.moved(4000, -25));
    deeds.push(stage.moved(6000, 60));
    deeds.push(stage.moved(9000, -30));
}

/// The holder sleeps for longer than its lease; another one acts, and stops are taken away just
/// before the sleeper wakes.
fn sleepwalker(chance: &mut Chance, stage: &Stage, deeds: &mut Vec<Timed>) {
    let begin = Span(stage.at.0.saturating_sub(2000));
    deeds.push(Timed { at: begin, deed: Deed::Start { engine: 1, set_ms: 0 } });
    let span = chance.span(Span::secs(17), Span::secs(25));
    deeds.push(Timed { at: stage.at, deed: Deed::Freeze { engine: 0, span } });
    deeds.push(stage.stop_goes(500));
    deeds.push(stage.stop_goes(span.0 - 300));
}

/// The ledger is away until the lease has run out, and stops go all the while.
fn lapse(stage: &Stage, deeds: &mut Vec<Timed>) {
    let (trouble, span) = (Trouble::Locked, Span::secs(20));
    deeds.push(Timed { at: stage.at, deed: Deed::Ledger { trouble, span } });
    deeds.extend((9000..16_000).step_by(250).map(|after| stage.stop_goes(after)));
}

/// The ledger takes the intent of a stop and not what became of it.
fn unsettled(chance: &mut Chance, stage: &Stage, deeds: &mut Vec<Timed>) {
    for round in 0..4 {
        let after = 9000 * round;
        deeds.push(stage.stop_goes(after));
        let at = Span(stage.at.0 + after + chance.between(40, 400));
        let trouble = *chance.of(&[Trouble::Full, Trouble::Locked, Trouble::Commits]);
        deeds.push(Timed { at, deed: Deed::Ledger { trouble, span: Span::secs(4) } });
    }
}

/// A person closes what a stop of ours covers.
fn left_behind(stage: &Stage, deeds: &mut Vec<Timed>) {
    deeds.push(stage.stop_goes(0));
    let (symbol, leg) = (&stage.held.symbol, stage.held.hedged());
    deeds.push(stage.told(8000, json!({"do": "close", "symbol": symbol, "leg": leg})));
}

/// People put a stop behind positions that are in no row, and a look does not show one of them.
fn hidden(chance: &mut Chance, setting: &Setting, holdings: &[Holding], deeds: &mut Vec<Timed>) {
    let strangers = holdings.iter().filter(|h| h.venue.is_some() && h.ledger.is_none());
    let strangers: Vec<&Holding> = strangers.collect();
    if strangers.is_empty() {
        return;
    }
    let held = *chance.of(&strangers);
    let Some(account) = setting.account(&held.account) else { return };
    for pick in 0..6 {
        let (at, wish) = (Span(5000 + 200 * pick), Wish::Protect);
        deeds.push(Timed { at, deed: Deed::Operator { engine: 0, wish, pick, late: false } });
    }
    for at in [9, 15, 21, 27] {
        let verb = json!({
            "do": "fault", "kind": "hide_rows", "symbol": held.symbol,
            "for_ms": chance.between(500, 3500),
        });
        deeds.push(told(Span::secs(at), account, verb));
    }
}

/// The frames of one trade are on the way for longer than those of the next.
fn overtaken(chance: &mut Chance, stage: &Stage, deeds: &mut Vec<Timed>) {
    let late = chance.between(3000, 9000);
    let verb = json!({"do": "fault", "kind": "stream_delay", "ms": late, "for_ms": 700});
    deeds.push(stage.told(0, verb));
    let side = if stage.held.side == Side::Long { "buy" } else { "sell" };
    for after in [300, 1500] {
        let verb = json!({
            "do": "trade", "symbol": stage.held.symbol, "side": side, "qty": stage.held.venue,
            "leg": stage.held.hedged(),
        });
        deeds.push(stage.told(after, verb));
    }
}

/// What is held is closed and as much or more opened again at once, told late or by looks alone,
/// while people act on what was there and the venue makes them wait.
fn replaced(chance: &mut Chance, stage: &Stage, deeds: &mut Vec<Timed>) {
    let mut trouble = match chance.below(3) {
        0 => json!({"kind": "stream_delay", "ms": chance.between(2000, 8000)}),
        1 => json!({"kind": "stream_silent"}),
        _ => json!({"kind": "rate_limit"}),
    };
    trouble["do"] = json!("fault");
    trouble["for_ms"] = json!(chance.between(2000, 9000));
    deeds.push(stage.told(0, trouble));
    if chance.percent(50) {
        let wish = *chance.of(&[Wish::CloseMany, Wish::Close, Wish::ClosePart, Wish::Protect]);
        let (at, pick) = (Span(stage.at.0 + 200), chance.below(u64::MAX));
        deeds.push(Timed { at, deed: Deed::Operator { engine: 0, wish, pick, late: false } });
    }
    let (symbol, leg) = (&stage.held.symbol, stage.held.hedged());
    let side = if stage.held.side == Side::Long { "buy" } else { "sell" };
    let after = chance.between(300, 2500);
    deeds.push(stage.told(after, json!({"do": "close", "symbol": symbol, "leg": leg})));
    let verb = json!({
        "do": "trade", "symbol": symbol, "side": side, "qty": stage.held.venue, "leg": leg,
    });
    for _ in 0..chance.between(1, 2) {
        deeds.push(stage.told(after + chance.between(10, 1500), verb.clone()));
    }
}
