//! A world drawn from its seed: accounts, holdings, engines, and what everybody will do.
//!
//! For: worlds that are mostly small and now and then large, with every kind of trouble. Not for:
//! faults of the wire and the ledger (that is `draw_faults`). Door: [`draw`].

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde_json::json;

use crate::domain::amount::Side;
use crate::domain::key::{Leg, Symbol, Venue};
use crate::domain::policy::{Autonomy, OnBreach};
use crate::domain::time::Span;
use crate::sim::numbers::round_to;
use crate::sim::symbols::Spec;
use crate::worlds::chance::Chance;
use crate::worlds::draw_faults;
use crate::worlds::draw_rare;
use crate::worlds::draw_scenes;
use crate::worlds::plan::{Account, Bot, Deed, Holding, Plan, Setting, Store, Timed, Wish};

/// What a world may be drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// How long trouble lasts at most.
    pub trouble: Span,
    /// How many legs there are at most.
    pub legs: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { trouble: Span::secs(90), legs: 60 }
    }
}

/// Draws the world of a seed.
pub fn draw(seed: u64, bounds: Bounds) -> Plan {
    let mut chance = Chance::new(seed);
    let accounts = accounts(&mut chance);
    let trouble = chance.span(Span::secs(20), bounds.trouble.max(Span::secs(21)));
    let mut setting = Setting {
        seed,
        store: if chance.percent(12) { Store::Sqlite } else { Store::Memory },
        autonomy: *chance.of(&[Autonomy::Auto, Autonomy::Auto, Autonomy::Guard, Autonomy::Observe]),
        on_breach: *chance.of(&[OnBreach::Close, OnBreach::Close, OnBreach::Alert]),
        trailing: chance.percent(40),
        sync: Span::secs(*chance.of(&[3, 5, 5, 10])),
        peace: trouble,
        accounts,
    };
    let holdings = holdings(&mut chance, &setting, bounds.legs);
    let mut deeds = vec![start(0, Span(0), 0)];
    engines(&mut chance, &setting, &mut deeds);
    markets(&mut chance, &setting, &holdings, &mut deeds);
    people(&mut chance, &setting, &mut deeds);
    bots(&mut chance, &setting, &mut deeds);
    draw_faults::venues(&mut chance, &setting, &holdings, &mut deeds);
    draw_faults::ledgers(&mut chance, &setting, &mut deeds);
    draw_rare::rare(&setting, &holdings, &mut deeds);
    draw_scenes::scenes(&setting, &holdings, &mut deeds);
    draw_rare::power(&setting, &mut deeds);
    setting.sync = setting.sync.max(affordable(&setting, &deeds));
    deeds.sort_by_key(|timed| timed.at);
    Plan { setting, holdings, deeds }
}

/// How often engines can look at most. Of what Binance gives an address in a minute one look takes
/// 95 of 2400, and engines beside each other share an address. Source: binance-usdm 5.
fn affordable(setting: &Setting, deeds: &[Timed]) -> Span {
    let dear = setting.accounts.iter().any(|account| account.venue == Venue::BinanceUsdm);
    let second = |timed: &Timed| matches!(timed.deed, Deed::Start { engine: 1.., .. });
    match (dear, deeds.iter().any(second)) {
        (false, _) => Span(0),
        (true, false) => Span::secs(5),
        (true, true) => Span::secs(10),
    }
}

fn accounts(chance: &mut Chance) -> Vec<Account> {
    let count = *chance.of(&[1, 1, 1, 2, 2, 3]);
    let first = chance.below(2);
    let names = ["one", "two", "three"];
    let account = |(index, name): (u64, &&str)| Account {
        name: (*name).into(),
        venue: match (first + index).is_multiple_of(2) {
            true => Venue::BinanceUsdm,
            false => Venue::BybitLinear,
        },
        hedged: chance.percent(30),
    };
    (0..count).zip(&names).map(account).collect()
}

/// The contracts of a venue that perpetual positions are drawn from.
pub fn listed(venue: Venue) -> Vec<Spec> {
    let all = match venue {
        Venue::BinanceUsdm => crate::sim::symbols::listed(),
        Venue::BybitLinear => crate::sim::bybit::symbols::listed(),
    };
    all.into_iter().filter(|spec| !spec.is_dated() && spec.symbol.ends_with("USDT")).collect()
}

/// A size worth a few hundred, on the contract's steps.
pub fn size(chance: &mut Chance, spec: &Spec) -> Decimal {
    let worth = Decimal::from(chance.between(100, 900));
    round_to(worth / spec.start, spec.step).max(spec.min_qty * Decimal::TEN)
}

fn holdings(chance: &mut Chance, setting: &Setting, most: u64) -> Vec<Holding> {
    let count = match chance.below(100) {
        0..10 => 0,
        10..65 => chance.between(1, 3),
        65..90 => chance.between(4, 10),
        90..97 => chance.between(11, 25),
        _ => chance.between(26, 60),
    };
    let mut taken = BTreeSet::new();
    let mut holdings = Vec::new();
    for _ in 0..count.min(most) {
        let account = chance.of(&setting.accounts).clone();
        let specs = listed(account.venue);
        let spec = chance.of(&specs).clone();
        let side = if chance.percent(60) { Side::Long } else { Side::Short };
        let leg = leg_of(&account, side);
        if taken.insert((account.name.clone(), spec.symbol.clone(), leg)) {
            holdings.push(holding(chance, &account, &spec, (leg, side)));
        }
    }
    holdings
}

/// The leg of a side in an account.
pub fn leg_of(account: &Account, side: Side) -> Leg {
    match (account.hedged, side) {
        (false, _) => Leg::Net,
        (true, Side::Long) => Leg::Long,
        (true, Side::Short) => Leg::Short,
    }
}

fn holding(
    chance: &mut Chance,
    account: &Account,
    spec: &Spec,
    (leg, side): (Leg, Side),
) -> Holding {
    let size = size(chance, spec);
    let (venue, ledger) = match chance.below(100) {
        0..60 => (Some(size), Some(size)),
        60..75 => (Some(size), None),
        75..90 => (None, Some(size)),
        _ => (Some(size), Some(size * Decimal::TWO)),
    };
    Holding {
        account: account.name.clone(),
        symbol: Symbol::from(spec.symbol.as_str()),
        leg,
        side,
        venue,
        ledger,
        stop: chance.percent(60).then(|| chance.share(50, 500)),
        covered: venue.is_some() && chance.percent(50),
    }
}

/// The first engine comes with the world; it may be killed, stopped, frozen, and joined.
fn engines(chance: &mut Chance, setting: &Setting, deeds: &mut Vec<Timed>) {
    let end = setting.peace;
    if chance.percent(15) {
        deeds.push(start(1, chance.span(Span(0), end), 0));
    }
    for _ in 0..chance.below(3) {
        let at = chance.span(Span(100), end);
        let engine = usize::from(chance.percent(20));
        match chance.below(10) {
            0..7 => deeds.push(timed(at, Deed::Kill { engine })),
            7 => deeds.push(timed(at, Deed::Stop { engine })),
            _ => {
                let span = chance.span(Span(500), Span::secs(25));
                deeds.push(timed(at, Deed::Freeze { engine, span }));
                continue;
            }
        }
        let set_ms = clock_set(chance);
        let again = chance.span(Span(200), Span::secs(20));
        deeds.push(start(engine, Span(at.0 + again.0), set_ms));
    }
}

/// By how much somebody sets a machine's clock while it is down: mostly nobody does.
pub fn clock_set(chance: &mut Chance) -> i64 {
    match chance.below(10) {
        0 => -i64::try_from(chance.below(120_000)).unwrap_or(0),
        1 => i64::try_from(chance.below(120_000)).unwrap_or(0),
        _ => 0,
    }
}

/// An engine starts.
pub fn start(engine: usize, at: Span, set_ms: i64) -> Timed {
    timed(at, Deed::Start { engine, set_ms })
}

fn timed(at: Span, deed: Deed) -> Timed {
    Timed { at, deed }
}

/// Prices that gap and crash, and people who trade by hand; the walk goes on by itself.
fn markets(chance: &mut Chance, setting: &Setting, holdings: &[Holding], deeds: &mut Vec<Timed>) {
    for account in &setting.accounts {
        if chance.percent(50) {
            let verb = json!({"do": "volatility", "share": chance.share(5, 60)});
            deeds.push(told(Span(0), account, verb));
        }
    }
    for _ in 0..chance.below(7) {
        let at = chance.span(Span(0), setting.peace);
        let Some(held) = (!holdings.is_empty()).then(|| chance.of(holdings).clone()) else { break };
        let Some(account) = setting.account(&held.account) else { continue };
        let symbol = held.symbol.as_str();
        let leg = held.hedged();
        let verb = match chance.below(12) {
            // Gaps and crashes: the wall moves by up to a fifth.
            0..4 => json!({"do": "gap", "symbol": symbol, "share": chance.share(-2000, 1500)}),
            4..6 => json!({"do": "close", "symbol": symbol, "leg": leg}),
            6 => {
                let part = held.venue.map(|size| size / Decimal::TWO);
                json!({"do": "close", "symbol": symbol, "leg": leg, "qty": part})
            }
            7..9 => {
                let side = if held.side == Side::Long { "buy" } else { "sell" };
                let qty = held.venue.or(held.ledger);
                json!({"do": "trade", "symbol": symbol, "side": side, "qty": qty, "leg": leg})
            }
            9 => json!({"do": "liquidate", "symbol": symbol, "leg": leg}),
            10 => json!({"do": "adl", "symbol": symbol, "leg": leg}),
            _ => held.without_stop(account),
        };
        deeds.push(told(at, account, verb));
    }
    for account in setting.accounts.iter().filter(|_| chance.percent(4)).collect::<Vec<_>>() {
        let at = chance.span(Span(0), setting.peace);
        let verb = json!({"do": "hedge_mode", "on": !account.hedged});
        deeds.push(told(at, account, verb));
    }
}

/// A deed of an exchange.
pub fn told(at: Span, account: &Account, verb: serde_json::Value) -> Timed {
    timed(at, Deed::Exchange { account: account.name.clone(), verb })
}

fn people(chance: &mut Chance, setting: &Setting, deeds: &mut Vec<Timed>) {
    for _ in 0..chance.below(7) {
        let at = chance.span(Span(500), setting.peace);
        let wish = *chance.of(&Wish::ALL);
        let (engine, pick) = (usize::from(chance.percent(10)), chance.below(u64::MAX));
        let late = chance.percent(15);
        let deed = Deed::Operator { engine, wish, pick, late };
        deeds.push(timed(at, deed.clone()));
        // Fat fingers: the same key twice.
        if chance.percent(15) {
            deeds.push(timed(Span(at.0 + chance.below(400)), deed));
        }
    }
}

fn bots(chance: &mut Chance, setting: &Setting, deeds: &mut Vec<Timed>) {
    for _ in 0..chance.below(5) {
        let at = chance.span(Span(0), setting.peace);
        let bot = match chance.below(10) {
            0..5 => {
                let account = chance.of(&setting.accounts).clone();
                let specs = listed(account.venue);
                let spec = chance.of(&specs).clone();
                let side = if chance.percent(60) { Side::Long } else { Side::Short };
                Bot::Opens {
                    account: account.name.clone(),
                    symbol: Symbol::from(spec.symbol.as_str()),
                    leg: leg_of(&account, side),
                    side,
                    quantity: size(chance, &spec),
                    after: chance.span(Span(0), Span::secs(4)),
                }
            }
            5..7 => Bot::Resizes { pick: chance.below(1000), times: chance.share(5000, 20_000) },
            7 => Bot::MovesStop { pick: chance.below(1000), away: chance.share(20, 400) },
            _ => Bot::Closes { pick: chance.below(1000), sells: chance.percent(70) },
        };
        deeds.push(timed(at, Deed::Bot(bot)));
    }
}
