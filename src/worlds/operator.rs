//! What a person at a console asks for, from what the screen shows and a number.
//!
//! For: asks of every kind, sensible and not, pinned to a picture that may be old. Not for: when.
//! Door: [`command`].

use rust_decimal::Decimal;

use crate::domain::amount::{Percent, Price, Qty, Side};
use crate::domain::command::{Command, Leaving, Pin, StopTo};
use crate::domain::opening::OpenWish;
use crate::domain::plan::StopAt;
use crate::domain::snapshot::{LegView, Snapshot, There};
use crate::domain::trail::TrailPlan;
use crate::worlds::plan::Wish;

/// What the wish comes to on this picture; nothing where it has no object.
pub fn command(wish: Wish, pick: u64, picture: &Snapshot) -> Option<Command> {
    let pin = || pin(pick, picture);
    let account = || one(pick, &picture.accounts).map(|account| account.name.clone());
    Some(match wish {
        Wish::Close => Command::Close { pin: pin()?, percent: Percent(Decimal::ONE_HUNDRED) },
        Wish::ClosePart => {
            let percent = Percent(Decimal::from(1 + pick / 7 % 120));
            Command::Close { pin: pin()?, percent }
        }
        Wish::CloseMany => close_many(pick, picture)?,
        Wish::Open => open(pick, picture)?,
        Wish::Adopt => {
            let stop = pick.is_multiple_of(3).then(|| StopAt::Distance(percent(pick)));
            Command::Adopt { pin: pin()?, stop }
        }
        Wish::Protect => Command::Protect { pin: pin()? },
        Wish::Resolve => {
            let rows = picture.legs.iter().filter_map(|leg| leg.row.as_ref());
            let rows: Vec<_> = rows.collect();
            let row = one(pick, &rows)?;
            let reason = "it is so".to_owned();
            Command::Resolve { key: row.key.clone(), revision: row.revision, reason }
        }
        Wish::MoveStop => {
            let (pin, mark) = (pin()?, mark(pick, picture)?);
            let share = Decimal::new(900 + i64::try_from(pick / 11 % 200).unwrap_or(0), 3);
            let to = StopTo::At(Price::new(mark * share).ok()?);
            Command::MoveStop { pin, to }
        }
        Wish::BreakEven => Command::MoveStop { pin: pin()?, to: StopTo::BreakEven },
        Wish::Trail => {
            let plan = TrailPlan { callback: percent(pick), ..TrailPlan::usual() };
            Command::Trail { pin: pin()?, plan: Some(plan) }
        }
        Wish::Untrail => Command::Trail { pin: pin()?, plan: None },
        Wish::Undo => Command::Undo { repair: one(pick, &picture.repairs)?.id.clone() },
        Wish::Restore => {
            let seen = one(pick, &picture.accounts)?;
            let demoted = seen.trust.iter().find(|trust| trust.demoted.is_some())?;
            Command::Restore { account: seen.name.clone(), duty: demoted.duty }
        }
        Wish::Resync => Command::Resync { account: account() },
        Wish::Abort => Command::Abort { ask: picture.batches.last()?.ask },
        Wish::Halt => Command::Halt { account: account(), reason: "drill".to_owned() },
        Wish::Resume => Command::Resume { account: account() },
    })
}

fn one<T>(pick: u64, list: &[T]) -> Option<&T> {
    let count = u64::try_from(list.len()).ok().filter(|count| *count > 0)?;
    list.get(usize::try_from(pick % count).ok()?)
}

fn percent(pick: u64) -> Percent {
    Percent(Decimal::new(20 + i64::try_from(pick / 13 % 500).unwrap_or(0), 2))
}

fn leg(pick: u64, picture: &Snapshot) -> Option<&LegView> {
    let open: Vec<&LegView> =
        picture.legs.iter().filter(|leg| matches!(leg.there, There::Open { .. })).collect();
    one(pick, &open).copied()
}

fn pinned(leg: &LegView, snapshot: u64) -> Option<Pin> {
    let There::Open { side, quantity, .. } = leg.there else { return None };
    Some(Pin { key: leg.key.clone(), side, quantity, snapshot })
}

fn pin(pick: u64, picture: &Snapshot) -> Option<Pin> {
    pinned(leg(pick, picture)?, picture.seq)
}

fn mark(pick: u64, picture: &Snapshot) -> Option<Decimal> {
    Some(leg(pick, picture)?.mark?.value.get())
}

fn close_many(pick: u64, picture: &Snapshot) -> Option<Command> {
    let legs = picture.legs.iter().filter_map(|leg| {
        let pin = pinned(leg, picture.seq)?;
        Some(Leaving { quantity: pin.quantity, pin })
    });
    let legs: Vec<Leaving> = legs.collect();
    let (at_once, halt) = (1 + u32::try_from(pick % 4).unwrap_or(0), pick.is_multiple_of(5));
    (!legs.is_empty()).then(|| Command::CloseMany {
        legs,
        at_once,
        halt,
        reason: "drill".to_owned(),
    })
}

fn open(pick: u64, picture: &Snapshot) -> Option<Command> {
    let account = one(pick, &picture.accounts)?;
    let specs = crate::worlds::draw::listed(account.venue);
    let spec = one(pick / 3, &specs)?;
    let side = if pick.is_multiple_of(2) { Side::Long } else { Side::Short };
    let worth = Decimal::from(100 + pick / 17 % 600);
    let quantity = crate::sim::numbers::round_to(worth / spec.start, spec.step).max(spec.min_qty);
    Some(Command::Open(Box::new(OpenWish {
        account: account.name.clone(),
        symbol: spec.symbol.as_str().into(),
        side,
        quantity: Qty::new(quantity).ok()?,
        stop: StopAt::Distance(percent(pick / 5)),
        trail: pick.is_multiple_of(4).then(|| percent(pick / 19)),
    })))
}
