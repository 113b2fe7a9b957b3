//! Dialogs: an act that waits for a person's yes, pinned to what it showed.
//!
//! For: what was asked, about which leg, side and size, and whether that still holds. A dialog
//! re-prices itself but never re-targets: when side or size change it asks again. Not for: how
//! it looks (`view::dialog`). Door: [`Dialog::on`], [`Dialog::refresh`], [`Dialog::command`].

use crate::domain::amount::{Percent, Qty, Side};
use crate::domain::command::{Command, Pin, StopTo};
use crate::domain::key::PositionKey;
use crate::domain::plan::{self, ClosePlan, StopAt, StopMove, StopPlan};
use crate::domain::snapshot::{LegView, Snapshot};
use crate::domain::time::Time;
use crate::domain::trail::TrailPlan;
use crate::ui::act;
use crate::ui::format;
use crate::ui::model::leg;
use crate::ui::standing::{self, Link};
use crate::ui::stop_edit::{self, TrailChange};

/// What a dialog asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Close a share of a position.
    Close(Percent),
    /// Take an orphan into the ledger, with a stop here or where the policy says.
    Adopt(Option<StopAt>),
    /// Place the missing stop; asked only when the venue is doubtful.
    Protect,
    /// Move the stop.
    Stop(StopTo),
    /// Trail the stop by another plan, or not at all.
    Trail(Option<TrailPlan>),
    /// Leave.
    Quit,
}

impl Purpose {
    /// The verb on the confirm line.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Close(_) => "close",
            Self::Adopt(_) => "adopt",
            Self::Protect => "protect",
            Self::Stop(_) => "move the stop of",
            Self::Trail(Some(_)) => "trail the stop of",
            Self::Trail(None) => "stop trailing",
            Self::Quit => "quit",
        }
    }
}

/// An open dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialog {
    /// What it asks.
    pub purpose: Purpose,
    /// What it is pinned to; nothing for quitting.
    pub pin: Option<Pin>,
    /// Whether it was painted since it last changed its question: keys before that are dropped.
    pub is_shown: bool,
    /// What was typed so far, when `y` is not enough.
    pub typed: Option<String>,
    /// Side and size it was pinned to before, when they changed under it.
    pub changed: Option<(Side, Qty)>,
    /// Why nothing can be sent any more.
    pub refused: Option<String>,
}

/// What would be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Preview {
    /// Reduce-only market orders.
    Close(ClosePlan),
    /// A stop behind it.
    Stop(StopPlan),
    /// The stop elsewhere.
    Move(StopMove),
    /// Another way of trailing.
    Trail(TrailChange),
}

impl Dialog {
    /// A dialog about a leg as `snapshot` shows it.
    ///
    /// # Errors
    /// One sentence why the act cannot be asked for.
    pub fn on(
        purpose: Purpose,
        key: &PositionKey,
        snapshot: &Snapshot,
        now: Time,
    ) -> Result<Self, String> {
        let leg = leg(snapshot, key).ok_or_else(|| format!("{key} is not there any more"))?;
        act::allows(purpose, leg)?;
        preview(purpose, leg, snapshot)?;
        let pin = pin(leg, snapshot).ok_or_else(|| act::nothing_open(leg))?;
        let doubtful = purpose != Purpose::Protect && is_doubtful(leg, snapshot, now);
        Ok(Self {
            purpose,
            pin: Some(pin),
            is_shown: false,
            typed: doubtful.then(String::new),
            changed: None,
            refused: None,
        })
    }

    /// The question whether to leave.
    pub fn quit() -> Self {
        Self {
            purpose: Purpose::Quit,
            pin: None,
            is_shown: false,
            typed: None,
            changed: None,
            refused: None,
        }
    }

    /// Looks at the leg again: prices move on, a change of side or size asks again.
    pub fn refresh(&mut self, snapshot: &Snapshot, now: Time) {
        let Some(pinned) = self.pin.clone() else { return };
        let Some(leg) = leg(snapshot, &pinned.key) else {
            self.refuse(format!("{} is not there any more", pinned.key));
            return;
        };
        let allowed = act::allows(self.purpose, leg)
            .and_then(|()| preview(self.purpose, leg, snapshot).map(drop));
        if let Err(why) = allowed {
            self.refuse(why);
            return;
        }
        let Some(pin) = pin(leg, snapshot) else { return };
        if self.refused.take().is_some() {
            self.ask_again();
        }
        if pin.side != pinned.side || pin.quantity != pinned.quantity {
            self.changed = Some((pinned.side, pinned.quantity));
            self.ask_again();
        }
        self.pin = Some(pin);
        if self.typed.is_none()
            && self.purpose != Purpose::Protect
            && is_doubtful(leg, snapshot, now)
        {
            self.typed = Some(String::new());
            self.is_shown = false;
        }
    }

    fn refuse(&mut self, why: String) {
        if self.refused.as_ref() != Some(&why) {
            self.refused = Some(why);
            self.ask_again();
        }
    }

    fn ask_again(&mut self) {
        self.is_shown = false;
        if let Some(typed) = &mut self.typed {
            typed.clear();
        }
    }

    /// The command that a yes sends now.
    pub fn command(&self) -> Option<Command> {
        let pin = self.pin.clone().filter(|_| self.refused.is_none())?;
        Some(match self.purpose {
            Purpose::Close(percent) => Command::Close { pin, percent },
            Purpose::Adopt(stop) => Command::Adopt { pin, stop },
            Purpose::Protect => Command::Protect { pin },
            Purpose::Stop(to) => Command::MoveStop { pin, to },
            Purpose::Trail(plan) => Command::Trail { pin, plan },
            Purpose::Quit => return None,
        })
    }

    /// The line beside Cancel: `y  close BTCUSDT long`, or why it is asked again.
    pub fn confirm_line(&self, snapshot: &Snapshot) -> String {
        let Some(pin) = &self.pin else { return "y  quit".to_owned() };
        if let Some(why) = &self.refused {
            return why.clone();
        }
        let step = leg(snapshot, &pin.key).and_then(|leg| Some(leg.instrument.as_ref()?.step));
        let what = format!("{} {} {}", self.purpose.verb(), pin.key.symbol, pin.side);
        let again = if self.typed.is_some() {
            format!("type {} again", pin.key.symbol)
        } else {
            "y again".to_owned()
        };
        match (&self.changed, &self.typed) {
            (Some((side, before)), _) => {
                let before = format::quantity(*before, step);
                let after = format::quantity(pin.quantity, step);
                if *side == pin.side {
                    format!("changed {before} -> {after}, {again}")
                } else {
                    format!("changed {side} {before} -> {} {after}, {again}", pin.side)
                }
            }
            (None, Some(typed)) => format!("type {} to {what}: {typed}_", pin.key.symbol),
            (None, None) => format!("y  {what}"),
        }
    }
}

/// What would be sent for a leg as it is.
///
/// # Errors
/// One sentence why there is no plan.
pub fn preview(purpose: Purpose, leg: &LegView, snapshot: &Snapshot) -> Result<Preview, String> {
    match purpose {
        Purpose::Stop(to) => return stop_edit::moved(leg, to).map(Preview::Move),
        Purpose::Trail(plan) => return stop_edit::trailed(leg, plan).map(Preview::Trail),
        _ => {}
    }
    let open = leg.open().ok_or_else(|| act::nothing_open(leg))?;
    let rules = leg.instrument.as_ref().ok_or_else(|| {
        format!("{} is not listed by the venue yet: no order can be planned", leg.key.symbol)
    })?;
    let plan = match purpose {
        Purpose::Close(percent) => plan::close(open, rules, percent).map(Preview::Close),
        Purpose::Adopt(stop) => {
            plan::stop(open, rules, &snapshot.policy.protection, stop).map(Preview::Stop)
        }
        _ => {
            let wanted = leg.want.map(StopAt::Price);
            plan::stop(open, rules, &snapshot.policy.protection, wanted).map(Preview::Stop)
        }
    };
    let plan = plan.map_err(|why| why.to_string())?;
    if let (Purpose::Adopt(_), Preview::Stop(stop), Some(mark)) = (purpose, &plan, open.mark)
        && open.side.breached(stop.trigger, mark)
    {
        let tick = Some(rules.tick);
        return Err(format!(
            "the price {} is already through a stop at {}: close it, or :adopt {} PRICE",
            format::price(mark, tick),
            format::price(stop.trigger, tick),
            leg.key.symbol,
        ));
    }
    Ok(plan)
}

/// What a command about this leg is pinned to; nothing when nothing is open.
pub fn pin(leg: &LegView, snapshot: &Snapshot) -> Option<Pin> {
    let open = leg.open()?;
    Some(Pin {
        key: leg.key.clone(),
        side: open.side,
        quantity: open.quantity,
        snapshot: snapshot.seq,
    })
}

/// Whether the venue is too silent for a bare key: the act is lifted one rung.
pub fn is_doubtful(leg: &LegView, snapshot: &Snapshot, now: Time) -> bool {
    let link = standing::account(snapshot, leg).map(|account| Link::of(account, now));
    link.is_none_or(Link::is_doubtful) || !standing::is_current(leg)
}
