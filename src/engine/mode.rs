//! The position mode: which legs can exist, noticed when it is switched, and what that leaves.
//!
//! A switch closes nothing by itself: a row whose leg cannot exist any more waits for a person.
//! Not for: sending orders in one mode or the other (that is the adapters').
//! Door: [`learn`], [`compare`].

use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::key::{Leg, PositionKey};
use crate::domain::position::PositionMode;
use crate::domain::snapshot::{AccountFinding, AccountFindingKind};
use crate::domain::sweep::{Scope, Sweep};
use crate::domain::time::Time;

use crate::engine::cx::Cx;
use crate::engine::leg::LegState;
use crate::engine::look::{self, Why};
use crate::engine::state::{Account, Info};

/// A switch of the position mode while something was open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Switched {
    from: PositionMode,
    since: Time,
}

/// Another leg of an instrument on which the venue holds what a row says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mate {
    leg: Leg,
    /// Whether it has a row of its own.
    pub(super) booked: bool,
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
    let left = account.legs.values().any(|leg| leg.row.is_some() && !has(mode, leg.key.leg));
    if !left {
        account.info.switched = None;
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
            "position mode switched from {} to {} with {rows} rows and {open} positions: \
             nothing is closed by that",
            from.name(),
            to.name()
        ))
        .with(serde_json::json!({ "from": from, "to": to, "rows": rows, "positions": open }));
    cx.tell(event);
    if held {
        account.info.switched = Some(Switched { from, since: cx.now });
    }
    // What the legs are now is looked at again as a whole.
    look::want(cx, &mut account.info, Why::Asked);
}

/// Compares a leg with the other legs of its instrument: where the venue holds what its row says,
/// and whose row says what the venue holds here.
pub(super) fn compare(account: &mut Account, key: &PositionKey) {
    let others: &[Leg] = match key.leg {
        Leg::Net => &[Leg::Long, Leg::Short],
        Leg::Long | Leg::Short => &[Leg::Net],
    };
    let place = |leg: Leg| (key.symbol.clone(), leg);
    let (mut mate, mut claimed) = (None, None);
    let Some(here) = account.legs.get(&place(key.leg)) else { return };
    for other in others.iter().filter_map(|leg| account.legs.get(&place(*leg))) {
        let holds = |a: &LegState, b: &LegState| {
            let row = a.row.as_ref().filter(|_| a.position().is_none());
            row.zip(b.position()).is_some_and(|(row, position)| row.side == position.side)
        };
        if holds(here, other) {
            mate = Some(Mate { leg: other.key.leg, booked: other.row.is_some() });
        }
        if holds(other, here) {
            claimed = Some(other.key.leg);
        }
    }
    let gone = |mode: PositionMode| account.info.switched.is_some() && !has(mode, key.leg);
    let unreal = account.info.mode.is_some_and(gone);
    if let Some(here) = account.legs.get_mut(&place(key.leg)) {
        (here.signs.mate, here.signs.claimed, here.signs.unreal) = (mate, claimed, unreal);
    }
}

/// The other legs of an instrument.
pub(super) fn siblings(key: &PositionKey) -> impl Iterator<Item = PositionKey> + '_ {
    let others = [Leg::Net, Leg::Long, Leg::Short].into_iter().filter(|leg| *leg != key.leg);
    others.map(|leg| PositionKey { leg, ..key.clone() })
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
            let mode = info.mode.map_or("another", PositionMode::name);
            format!("leg {here} does not exist in {mode} mode, and no fill explains its end")
        }
    }
}

/// Rows that a switch left on legs that cannot exist.
pub(super) fn finding(account: &Account) -> Option<AccountFinding> {
    let info = &account.info;
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
