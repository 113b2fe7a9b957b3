//! The position mode: which legs can exist, noticed when it is switched, and what that leaves.
//!
//! A switch closes nothing by itself: a row whose leg cannot exist any more waits for a person.
//! Not for: sending orders in one mode or the other (that is the adapters').
//! Door: [`learn`], [`Siblings::compare`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::count::counted;
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::key::{Leg, Symbol};
use crate::domain::position::PositionMode;
use crate::domain::snapshot::{AccountFinding, AccountFindingKind};
use crate::domain::sweep::{Scope, Sweep};
use crate::domain::time::Time;

use crate::engine::cx::Cx;
use crate::engine::leg::LegState;
use crate::engine::look::{self, Why};
use crate::engine::state::{Account, Info, Legs};

/// A switch of the position mode while something was open.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Switched {
    from: PositionMode,
    since: Time,
}

/// The modes of single instruments, where the venue keeps one for each: what their legs showed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct PerSymbol {
    modes: BTreeMap<Symbol, PositionMode>,
    switched: BTreeMap<Symbol, Switched>,
}

/// Another leg of an instrument on which the venue holds what a row says.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Mate {
    leg: Leg,
    /// Whether it has a row of its own.
    pub(super) booked: bool,
}

/// The mode an instrument is in, as far as it is known.
pub(super) fn mode_of(info: &Info, symbol: &Symbol) -> Option<PositionMode> {
    if info.venue.keeps_mode_per_symbol() {
        return info.modes.modes.get(symbol).copied();
    }
    info.mode
}

/// The switch that left rows of an instrument where they cannot be.
fn switch_of(info: &Info, symbol: &Symbol) -> Option<Switched> {
    if info.venue.keeps_mode_per_symbol() {
        return info.modes.switched.get(symbol).copied();
    }
    info.switched
}

/// Whether a mode has such a leg.
fn has(mode: PositionMode, leg: Leg) -> bool {
    match mode {
        PositionMode::OneWay => leg == Leg::Net,
        PositionMode::Hedge => leg != Leg::Net,
        PositionMode::Mixed => true,
    }
}

/// What the legs of a look imply where they contradict the mode.
fn implied(mode: Option<PositionMode>, sweep: &Sweep) -> Option<PositionMode> {
    let mode = mode?;
    if sweep.seen().all(|(_, leg, _)| has(mode, leg)) {
        return None;
    }
    let net = sweep.seen().any(|(_, leg, _)| leg == Leg::Net);
    let apart = sweep.seen().any(|(_, leg, _)| leg != Leg::Net);
    Some(match (net, apart) {
        (true, true) => PositionMode::Mixed,
        (_, true) => PositionMode::Hedge,
        (_, false) => PositionMode::OneWay,
    })
}

/// Takes what a look says of the mode. Legs that contradict it are a reason to ask, and where the
/// venue does not answer that, they are the answer.
pub(super) fn learn(cx: &mut Cx, account: &mut Account, sweep: &Sweep) {
    if account.info.venue.keeps_mode_per_symbol() {
        learn_each(cx, account, sweep);
        return;
    }
    let implied = implied(account.info.mode, sweep);
    let full = sweep.scope() == Scope::Full;
    if implied.is_some() && !full {
        doubt(cx, &mut account.info);
    }
    let said = sweep.mode().or(implied.filter(|_| full));
    let Some(mode) = said else { return };
    let old = account.info.mode.replace(mode);
    if let Some(old) = old.filter(|old| *old != mode) {
        switched(cx, account, old, mode);
    }
    let is_left = |leg: &LegState| leg.row.is_some() && !has(mode, leg.key.leg);
    if account.info.switched.is_some() && !account.legs.values().any(is_left) {
        account.info.switched = None;
    }
}

/// Takes what the legs of a look say of each instrument's own mode.
fn learn_each(cx: &mut Cx, account: &mut Account, sweep: &Sweep) {
    account.info.mode = sweep.mode().or(account.info.mode);
    let mut changed = Vec::new();
    let mut last = None;
    for (symbol, mode) in sweep.modes() {
        let old = account.info.modes.modes.insert(symbol.clone(), *mode);
        // A switch where nothing is open matters to nobody; coins switch by the hundred.
        let news = old.filter(|old| old != mode && stranded(&account.legs, symbol, *mode) > 0);
        changed.extend(news.map(|old| (symbol.clone(), old, *mode)));
    }
    for (symbol, leg, _) in sweep.seen() {
        let mode = if leg == Leg::Net { PositionMode::OneWay } else { PositionMode::Hedge };
        // The second of two legs that stand side by side says what the first has said.
        if last.replace((symbol, mode)) == Some((symbol, mode)) {
            continue;
        }
        let old = account.info.modes.modes.insert(symbol.clone(), mode);
        if let Some(old) = old.filter(|old| *old != mode) {
            changed.push((symbol.clone(), old, mode));
        }
    }
    for (symbol, from, to) in changed {
        switched_one(cx, account, symbol, from, to);
    }
    let (info, legs) = (&mut account.info, &account.legs);
    let modes = &info.modes.modes;
    info.modes.switched.retain(|symbol, _| {
        modes.get(symbol).is_some_and(|mode| stranded(legs, symbol, *mode) > 0)
    });
}

/// How many rows of an instrument are on legs that its mode does not have.
fn stranded(legs: &Legs, symbol: &Symbol, mode: PositionMode) -> usize {
    let legs = legs.range((symbol.clone(), Leg::Net)..=(symbol.clone(), Leg::Short));
    legs.filter(|((_, leg), state)| state.row.is_some() && !has(mode, *leg)).count()
}

fn switched_one(
    cx: &mut Cx,
    account: &mut Account,
    symbol: Symbol,
    from: PositionMode,
    to: PositionMode,
) {
    let rows = stranded(&account.legs, &symbol, to);
    let severity = if rows > 0 { Severity::Critical } else { Severity::Warning };
    let about = Event::about(cx.now, EventKind::PositionModeChanged, severity, &account.info.name);
    let event = Event { symbol: Some(symbol.clone()), ..about }
        .saying(format!(
            "position mode of {symbol} switched from {} to {} with {} on legs that do not \
             exist any more: nothing is closed by that",
            from.name(),
            to.name(),
            counted(rows, "row", "rows")
        ))
        .with(serde_json::json!({ "from": from, "to": to, "rows": rows }));
    cx.tell(event);
    if rows > 0 {
        account.info.modes.switched.insert(symbol, Switched { from, since: cx.now });
    }
}

/// Something contradicts the mode: it is read again, once until it is known.
pub(super) fn doubt(cx: &mut Cx, info: &mut Info) {
    if info.mode_doubted.is_none_or(|at| at + cx.policy.sync_interval <= cx.now) {
        info.mode_doubted = Some(cx.now);
        look::want(cx, info, Why::Asked);
    }
}

fn switched(cx: &mut Cx, account: &mut Account, from: PositionMode, to: PositionMode) {
    let rows = account.legs.values().filter(|leg| leg.row.is_some()).count();
    let open = account.legs.values().filter(|leg| leg.position().is_some()).count();
    let held = rows + open > 0;
    let severity = if held { Severity::Critical } else { Severity::Warning };
    let name = &account.info.name;
    let event = Event::about(cx.now, EventKind::PositionModeChanged, severity, name)
        .saying(format!(
            "position mode switched from {} to {} with {} and {}: nothing is closed by that",
            from.name(),
            to.name(),
            counted(rows, "row", "rows"),
            counted(open, "position", "positions")
        ))
        .with(serde_json::json!({ "from": from, "to": to, "rows": rows, "positions": open }));
    cx.tell(event);
    if held {
        account.info.switched = Some(Switched { from, since: cx.now });
    }
    // What the legs are now is looked at again as a whole.
    look::want(cx, &mut account.info, Why::Asked);
}

/// The legs that an instrument has, each at its place.
#[derive(Default)]
pub(super) struct Siblings<'a>([Option<&'a mut LegState>; 3]);

impl<'a> FromIterator<&'a mut LegState> for Siblings<'a> {
    fn from_iter<I: IntoIterator<Item = &'a mut LegState>>(legs: I) -> Self {
        let mut siblings = Self::default();
        for leg in legs {
            let place = place(leg.key.leg);
            siblings.0[place] = Some(leg);
        }
        siblings
    }
}

fn place(leg: Leg) -> usize {
    match leg {
        Leg::Net => 0,
        Leg::Long => 1,
        Leg::Short => 2,
    }
}

impl Siblings<'_> {
    /// The legs there are beside one.
    pub(super) fn beside(&self, leg: Leg) -> impl Iterator<Item = Leg> + '_ {
        self.0.iter().flatten().map(|state| state.key.leg).filter(move |other| *other != leg)
    }

    /// Compares a leg with the others: where the venue holds what its row says, and whose row says
    /// what the venue holds here. Gives the leg, if there is one.
    pub(super) fn compare(&mut self, info: &Info, leg: Leg) -> Option<&mut LegState> {
        let here = self.0[place(leg)].as_deref()?;
        let others: &[Leg] = match leg {
            Leg::Net => &[Leg::Long, Leg::Short],
            Leg::Long | Leg::Short => &[Leg::Net],
        };
        let (mut mate, mut claimed) = (None, None);
        for other in others.iter().filter_map(|leg| self.0[place(*leg)].as_deref()) {
            if holds(here, other) {
                mate = Some(Mate { leg: other.key.leg, booked: other.row.is_some() });
            }
            if holds(other, here) {
                claimed = Some(other.key.leg);
            }
        }
        let unreal = is_unreal(info, here);
        let here = self.0[place(leg)].as_deref_mut()?;
        (here.signs.mate, here.signs.claimed, here.signs.unreal) = (mate, claimed, unreal);
        Some(here)
    }
}

/// Whether the venue holds on `b` what the row of `a` says, and nothing on `a`.
fn holds(a: &LegState, b: &LegState) -> bool {
    let row = a.row.as_ref().filter(|_| a.position().is_none());
    row.zip(b.position()).is_some_and(|(row, position)| row.side == position.side)
}

/// Whether a switch of the mode left the leg where it cannot be.
fn is_unreal(info: &Info, leg: &LegState) -> bool {
    let (symbol, leg) = (&leg.key.symbol, leg.key.leg);
    switch_of(info, symbol).is_some() && mode_of(info, symbol).is_some_and(|mode| !has(mode, leg))
}

/// What is wrong with a row on this leg.
pub(super) fn sentence(info: &Info, leg: &LegState) -> String {
    let here = leg.key.leg;
    match leg.signs.mate {
        Some(Mate { leg, booked: true }) => format!(
            "this row on leg {here} doubles the one on leg {leg}, where the venue has the position"
        ),
        Some(Mate { leg, booked: false }) => format!(
            "the venue has this position on leg {leg}, not on {here}: adopt it there, then end \
             this row"
        ),
        None => {
            let mode = mode_of(info, &leg.key.symbol).map_or("another", PositionMode::name);
            format!("leg {here} does not exist in {mode} mode, and no fill explains its end")
        }
    }
}

/// Rows that a switch left on legs that cannot exist.
pub(super) fn finding(account: &Account) -> Option<AccountFinding> {
    let info = &account.info;
    if info.venue.keeps_mode_per_symbol() {
        return finding_of_symbols(info);
    }
    let (switched, mode) = (info.switched?, info.mode?);
    let left = account.legs.values().filter(|leg| leg.row.is_some() && !has(mode, leg.key.leg));
    let count = left.count();
    (count > 0).then(|| AccountFinding {
        kind: AccountFindingKind::ModeSwitched,
        since: switched.since,
        text: format!(
            "position mode was switched from {} to {}: rows on legs that do not exist any more: \
             {count}; none is closed by that",
            switched.from.name(),
            mode.name()
        ),
    })
}

fn finding_of_symbols(info: &Info) -> Option<AccountFinding> {
    let since = info.modes.switched.values().map(|switched| switched.since).min()?;
    let symbols: Vec<&str> = info.modes.switched.keys().map(Symbol::as_str).collect();
    Some(AccountFinding {
        kind: AccountFindingKind::ModeSwitched,
        since,
        text: format!(
            "position mode was switched for {}: their rows are on legs that do not exist any \
             more; none is closed by that",
            symbols.join(", ")
        ),
    })
}
