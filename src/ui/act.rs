//! Acts: whether a key may do what it says here, and if not, why.
//!
//! For: the reason a disabled key gives, the same for hints, keys and commands. The gate in
//! the engine decides; this is a courtesy. Not for: sending. Door: [`ready`], [`allows`].

use crate::domain::amount::Percent;
use crate::domain::command::StopTo;
use crate::domain::guard::Guard;
use crate::domain::snapshot::{LegView, There};
use crate::ui::blast::{Asked, Reach};
use crate::ui::decision;
use crate::ui::dialog::{self, Purpose};
use crate::ui::format;
use crate::ui::keys::Action;
use crate::ui::model::Model;
use crate::ui::rows::RowKey;
use crate::ui::standing;
use crate::ui::stop_edit;
use crate::ui::update_reel;

/// Everything of a position.
pub const ALL: Percent = Percent(rust_decimal::Decimal::ONE_HUNDRED);

/// Whether an action can do something now.
///
/// # Errors
/// One sentence why not.
pub fn ready(model: &Model, action: Action) -> Result<(), String> {
    if model.replay.is_some() && update_reel::is_act(action) {
        return Err(update_reel::NO_ACTS.to_owned());
    }
    let purpose = match action {
        Action::Close => Purpose::Close(ALL),
        Action::Adopt => Purpose::Adopt(None),
        Action::Protect => Purpose::Protect,
        Action::EditStop | Action::Tighten | Action::BreakEven => Purpose::Stop(StopTo::BreakEven),
        Action::Undo if model.live.repairs.is_empty() => {
            return Err(
                "no repair of this run to undo; :undo ID takes back an older one".to_owned()
            );
        }
        Action::Resolve => return resolve(model),
        Action::CloseUnprotected => {
            let is_armed = model.wide.armed_for(model.now).is_some();
            let reach = Reach::Unprotected;
            return Asked::about(reach, &model.live, model.now, is_armed).map(drop);
        }
        Action::Mark | Action::MarkRange if model.cursor_key().is_none() => {
            return Err("no row to mark".to_owned());
        }
        Action::Recheck if model.live.accounts.is_empty() => {
            return Err("there is no account to look at".to_owned());
        }
        _ => return Ok(()),
    };
    if model.is_cursor_unseen {
        return Err("the row under the cursor is another one now: look, then press".to_owned());
    }
    match model.cursor() {
        None => return Err(format!("no row to {}", purpose.verb())),
        Some(RowKey::Stray(..)) => {
            return Err("a stray stop has no position; the engine takes it away".to_owned());
        }
        Some(RowKey::Bad(_)) => {
            return Err("mend the ledger row with the program that wrote it".to_owned());
        }
        Some(_) => {}
    }
    let Some(leg) = model.cursor_leg() else {
        return Err("the row under the cursor is not there any more".to_owned());
    };
    if let Some(pending) = model.pending_on(&leg.key) {
        let age = format::state_age(model.now.since(pending.since));
        return Err(format!("{} {age} ago, no answer yet: wait for it", pending.word));
    }
    allows(purpose, leg)?;
    // Where to, the line says that these keys begin.
    if matches!(action, Action::EditStop | Action::Tighten) {
        return Ok(());
    }
    dialog::preview(purpose, leg, &model.live).map(drop)
}

fn resolve(model: &Model) -> Result<(), String> {
    if model.is_cursor_unseen {
        return Err("the row under the cursor is another one now: look, then press".to_owned());
    }
    let leg = model.cursor_leg().ok_or("no row to resolve")?;
    if let Some(pending) = model.pending_on(&leg.key) {
        let age = format::state_age(model.now.since(pending.since));
        return Err(format!("{} {age} ago, no answer yet: wait for it", pending.word));
    }
    decision::resolvable(leg).map(drop)
}

/// Whether an act fits a leg as it is.
///
/// # Errors
/// One sentence why not.
pub fn allows(purpose: Purpose, leg: &LegView) -> Result<(), String> {
    if leg.open().is_none() {
        return Err(nothing_open(leg));
    }
    if let Some(work) = leg.work.as_ref().filter(|work| work.word == "CLOSING") {
        return Err(format!("close in flight {}", work.text));
    }
    match purpose {
        Purpose::Adopt(_) if leg.row.is_some() => {
            Err(format!("{} is in the ledger already: nothing to adopt", leg.key.symbol))
        }
        Purpose::Protect if leg.row.is_none() => {
            Err(format!("{} is not in the ledger: adopt it first (a)", leg.key.symbol))
        }
        Purpose::Protect => match leg.guard.value {
            Guard::Covered(at) => {
                let at = format::price(at, leg.instrument.as_ref().map(|rules| rules.tick));
                Err(format!("{} is covered: its stop at {at} is live", leg.key.symbol))
            }
            Guard::Unknown => Err(format!("the stops of {} could not be read yet", leg.key.symbol)),
            Guard::Naked | Guard::Partly(_) => Ok(()),
        },
        Purpose::Stop(_) | Purpose::Trail(_) => stop_edit::allows(leg),
        _ => Ok(()),
    }
}

/// Why nothing can be done with the venue's side of a leg.
pub fn nothing_open(leg: &LegView) -> String {
    match leg.there {
        There::Absent(_) => format!("{}: nothing is open on the venue", leg.key.symbol),
        There::Unknown => {
            format!("{}: the venue has not said yet what is open", leg.key.symbol)
        }
        There::Open { .. } if !standing::is_current(leg) => {
            format!("{}: what is open is not known any more", leg.key.symbol)
        }
        There::Open { .. } => format!("{}: the venue names no entry price", leg.key.symbol),
    }
}
