//! The atomic open: a position together with its stop, or neither.
//!
//! The intent is committed before the one entry is sent, and the entry is never sent again. What
//! became of it is for `verify`; what cannot be verified and protected is taken back by
//! `rollback`. Not for: placing the stop (that is `protect`). Door: [`begin`], [`advance`].

use serde::{Deserialize, Serialize};

use crate::domain::amount::{Price, Qty};
use crate::domain::client_id::{ClientId, Purpose};
use crate::domain::effect::{Act, AttachedStop, EntryOrder};
use crate::domain::event::Severity;
use crate::domain::guard::Guard;
use crate::domain::journal::{Intent, IntentKind, IntentState, Write};
use crate::domain::key::PositionKey;
use crate::domain::opening::{self, OpenPlan, OpenWish};
use crate::domain::order::OrderReport;
use crate::domain::plan::StopAt;
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::{Span, Time};

use crate::engine::cx::{Cx, Saving, Then, Waiting};
use crate::engine::gone;
use crate::engine::halt;
use crate::engine::leg::LegState;
use crate::engine::look::{self, Why};
use crate::engine::opened::{book, failed, verified};
use crate::engine::protect;
use crate::engine::rollback::{self, Rollback};
use crate::engine::state::Info;
use crate::engine::trail;
use crate::engine::verify;

/// How long a stop that travels with the entry may take to be told, before one is placed.
const ATTACHED: Span = Span::secs(1);
/// How often a venue may refuse the stop before the position is taken back.
const STOP_TRIES: u32 = 3;
/// An open under way.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct OpenDesk {
    pub(super) plan: OpenPlan,
    /// Who waits for the end.
    pub(super) ask: Option<u64>,
    pub(super) began: Time,
    pub(super) phase: Phase,
    /// The newest that the venue said of the entry.
    pub(super) report: Option<OrderReport>,
    /// An earlier run sent it.
    pub(super) inherited: bool,
    /// How often the venue was asked, and when it is next.
    pub(super) asked: u32,
    pub(super) next: Option<Time>,
    /// Since when the venue denies knowing the entry.
    pub(super) denied: Option<Time>,
    /// How much was filled, once that is known.
    pub(super) filled: Option<Qty>,
    /// When the position was first seen.
    pub(super) seen: Option<Time>,
    /// The row was written, by us or by somebody else.
    pub(super) booked: bool,
    /// The last word, for the screen.
    pub(super) last: String,
}

/// How far an open has come.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Phase {
    /// The intent is being committed: nothing was sent.
    Intending,
    /// Sent; no answer yet.
    Sent(Time),
    /// The venue refused it: a look proves that nothing is there.
    Refused(Time, String),
    /// Sent, and what became of it is being found out.
    Verifying(Time),
    /// Filled: booked and protected from here on.
    Protecting(Time),
    /// Being taken back.
    RollingBack(Box<Rollback>),
}

impl OpenDesk {
    fn new(plan: OpenPlan, now: Time) -> Self {
        Self {
            ask: Some(plan.ask),
            plan,
            began: now,
            phase: Phase::Intending,
            report: None,
            inherited: false,
            asked: 0,
            next: None,
            denied: None,
            filled: None,
            seen: None,
            booked: false,
            last: String::new(),
        }
    }

    pub(super) fn id(&self) -> &ClientId {
        &self.plan.order.client_id
    }

    /// What is being done, in a word for the screen; whether it needs somebody.
    pub(super) fn word(&self) -> (&'static str, bool) {
        match &self.phase {
            Phase::Intending | Phase::Sent(_) => ("OPENING", false),
            Phase::Refused(..) | Phase::Verifying(_) => ("VERIFYING", false),
            Phase::Protecting(_) => ("PROTECTING", false),
            Phase::RollingBack(back) if back.unverified.is_some() => ("ROLLBACK UNVERIFIED", true),
            Phase::RollingBack(_) => ("ROLLING BACK", false),
        }
    }

    /// Whether an earlier run sent it and nobody has said yet what became of it.
    pub(super) fn is_in_doubt(&self) -> bool {
        self.inherited && self.filled.is_none()
    }

    /// Whether nobody could prove flat what was taken back.
    pub(super) fn is_unrolled(&self) -> bool {
        matches!(&self.phase, Phase::RollingBack(back) if back.unverified.is_some())
    }
}

/// Starts an open that the gate let through: its intent is committed first.
pub(super) fn begin(
    cx: &mut Cx,
    info: &Info,
    leg: &mut LegState,
    wish: &OpenWish,
    ask: u64,
) -> String {
    let mark = info.marks.get(&wish.symbol).copied();
    leg.mark = leg.mark.or(mark);
    let rules = info.instruments.get(&wish.symbol);
    let mark = leg.mark_price();
    let attached = rules.filter(|_| info.venue.keeps_stops_on_positions()).and_then(|rules| {
        // A distance counts from the entry, and that is the mark until it is known.
        let from = match wish.stop {
            StopAt::Price(price) => mark.unwrap_or(price),
            StopAt::Distance(_) => mark?,
        };
        let trigger = opening::trigger(wish.side, wish.stop, rules, from)?;
        Some(AttachedStop { trigger, trigger_by: cx.policy.protection.trigger })
    });
    let order = EntryOrder {
        client_id: cx.mint(Purpose::Entry, &leg.key),
        symbol: wish.symbol.clone(),
        leg: leg.key.leg,
        side: wish.side.opening(),
        quantity: wish.quantity,
        stop: attached,
    };
    let trail = wish.trail.map(|callback| cx.policy.protection.trail_at(callback));
    let plan = OpenPlan { order, side: wish.side, stop: wish.stop, trail, ask };
    let text = format!("opening {} {}", leg.key, wish.text(rules.map(|r| &**r), mark));
    let client_id = plan.order.client_id.clone();
    let intent = Intent {
        client_id: client_id.clone(),
        kind: IntentKind::Open,
        key: leg.key.clone(),
        payload: serde_json::to_value(&plan).unwrap_or_default(),
        at: cx.now,
    };
    let saving = Saving {
        key: Some(leg.key.clone()),
        then: Then::Intended(client_id),
        events: Vec::new(),
        repair: None,
        ask: None,
    };
    leg.opening = Some(Box::new(OpenDesk::new(plan, cx.now)));
    let announced = !broken(Tooth::EntryUnannounced);
    let intent = announced.then(|| Write::Intend(Box::new(intent)));
    cx.change(saving, intent.into_iter().collect());
    text
}

/// The intent is committed: the entry goes out, unless the world has changed meanwhile.
pub(super) fn intended(cx: &mut Cx, info: &mut Info, leg: &mut LegState, id: &ClientId) {
    let Some(desk) = leg.opening.as_ref().filter(|desk| desk.id() == id) else { return };
    let late = cx.now.since(desk.began) >= cx.policy.verify_timeout;
    let why = if late {
        Some("the ledger took too long".to_owned())
    } else if leg.position().is_some() || leg.row.is_some() {
        Some("something else was opened on it meanwhile".to_owned())
    } else {
        let unreached = (!info.connected).then(|| format!("{} is not connected", info.name));
        unreached.or(halt::check(info).err())
    };
    if let Some(why) = why {
        cx.settle_intent(id, IntentState::Failed, serde_json::json!({ "unsent": why }));
        unsent(cx, leg, id, &why);
        return;
    }
    let order = desk.plan.order.clone();
    let waiting = Waiting::Enter(leg.key.clone(), id.clone());
    cx.act(&info.name, Act::Enter(order), waiting);
    leg.touched = info.stir();
    let by = cx.now + cx.policy.verify_timeout;
    cx.again(&leg.key, by);
    if let Some(desk) = &mut leg.opening {
        desk.phase = Phase::Sent(cx.now);
    }
}

/// Nothing was sent, and nothing will be.
pub(super) fn unsent(cx: &mut Cx, leg: &mut LegState, id: &ClientId, why: &str) {
    if leg.opening.as_ref().is_some_and(|desk| desk.id() == id) {
        failed(cx, leg, Severity::Warning, &format!("nothing was sent: {why}"), None);
    }
}

/// Moves an open on.
pub(super) fn advance(cx: &mut Cx, info: &mut Info, leg: &mut LegState) {
    let open = leg.position().is_some();
    let Some(desk) = &mut leg.opening else { return };
    if desk.seen.is_none() && open {
        desk.seen = Some(cx.now);
        if desk.plan.order.stop.is_some() {
            look::want(cx, info, Why::Protection);
        }
    }
    if let Some(until) = awaits_stop(leg, cx.now).filter(|until| *until > cx.now) {
        cx.again(&leg.key, until);
    }
    match leg.opening.as_ref().map(|desk| desk.phase.clone()) {
        Some(Phase::Sent(at)) => verify::overdue(cx, info, leg, at),
        Some(Phase::Refused(at, why)) => verify::refused(cx, info, leg, at, &why),
        Some(Phase::Verifying(since)) => verify::advance(cx, info, leg, since),
        Some(Phase::Protecting(since)) => protecting(cx, info, leg, since),
        Some(Phase::RollingBack(_)) => rollback::advance(cx, info, leg),
        Some(Phase::Intending) | None => {}
    }
}

/// Filled: the row is written and the stop placed, until both are proven.
pub(super) fn protecting(cx: &mut Cx, info: &mut Info, leg: &mut LegState, since: Time) {
    book(cx, info, leg);
    trail_as_wished(cx, leg);
    let Some(desk) = &leg.opening else { return };
    if ended_meanwhile(cx, leg, desk) {
        closed_meanwhile(cx, leg);
        return;
    }
    if let Guard::Covered(at) = leg.guard.value
        && desk.booked
        && leg.row.is_some()
        && leg.stop_desk.sent.is_none()
        && protect::is_as_wanted(cx, info, leg)
    {
        verified(cx, leg, at);
        return;
    }
    let by = since + cx.policy.verify_timeout;
    match hopeless(cx, info, leg, by) {
        Some(why) => rollback::begin(cx, info, leg, &why),
        None => {
            if by > cx.now {
                cx.again(&leg.key, by);
            }
            if leg.position().is_none() {
                verify::ask(cx, info, leg);
            }
        }
    }
}

/// Its stop trails from its first moment on, also where a crash came between row and trail.
pub(super) fn trail_as_wished(cx: &mut Cx, leg: &mut LegState) {
    let plan = leg.opening.as_ref().and_then(|desk| desk.plan.trail);
    if let (Some(plan), Some(row), None) = (plan, &leg.row, &leg.course.trail) {
        let row = row.id;
        trail::start(cx, leg, row, plan);
    }
}

/// Whether what was opened is over again: its row was closed with proof, or it never got one.
fn ended_meanwhile(cx: &Cx, leg: &LegState, desk: &OpenDesk) -> bool {
    let gone = leg.position().is_none() && gone::is_absent_enough(cx, leg);
    if desk.booked { leg.row.is_none() && !leg.saving } else { gone && desk.seen.is_some() }
}

fn closed_meanwhile(cx: &mut Cx, leg: &mut LegState) {
    leg.tidy = true;
    let text = "it was opened, and closed again before its stop was proven";
    failed(cx, leg, Severity::Critical, text, Some(IntentState::Done));
}

/// Why the stop cannot be placed any more, if so.
fn hopeless(cx: &Cx, info: &Info, leg: &LegState, by: Time) -> Option<String> {
    let covered = matches!(leg.guard.value, Guard::Covered(_));
    if covered && leg.row.is_none() {
        // The ledger alone is behind: what is protected is not taken back for that.
        return None;
    }
    let desk = &leg.stop_desk;
    let last = desk.last.clone().unwrap_or_else(|| "no stop is live".to_owned());
    let rules = info.instruments.get(&leg.key.symbol);
    let want =
        leg.open().zip(rules).and_then(|(open, rules)| protect::wanted(cx, leg, open, rules));
    let through = want.zip(leg.open().zip(leg.mark_price()));
    let through = through.is_some_and(|(w, (open, mark))| open.side.breached(w.plan.trigger, mark));
    if desk.through > 0 && through {
        return Some(format!("the price is through its stop: {last}"));
    }
    let never = desk.retry.is_some_and(|at| at >= by);
    if desk.refusals >= STOP_TRIES || desk.refusals > 0 && never {
        return Some(format!("its stop cannot be placed: {last}"));
    }
    if cx.now < by {
        return None;
    }
    Some(match leg.position() {
        None => "its position was not seen in time".to_owned(),
        Some(_) => format!("its stop was not proven live in time: {last}"),
    })
}

/// Until when a stop that travels with the entry is awaited: none is placed before.
pub(super) fn awaits_stop(leg: &LegState, now: Time) -> Option<Time> {
    let desk = leg.opening.as_ref()?;
    desk.plan.order.stop?;
    Some(desk.seen.unwrap_or(now) + ATTACHED)
}

/// What the stop of a position that has no row yet follows from: its entry and the wish.
pub(super) fn stop_of(leg: &LegState, entry: Price) -> Option<(Price, StopAt)> {
    let desk = leg.opening.as_ref()?;
    if !matches!(desk.phase, Phase::Protecting(_)) {
        return None;
    }
    let average = desk.report.as_ref().and_then(|report| report.average);
    Some((average.unwrap_or(entry), desk.plan.stop))
}

/// Takes up an open of an earlier run: the entry is never sent again. False when its intent
/// cannot be read.
pub(super) fn resume(cx: &Cx, leg: &mut LegState, intent: &Intent) -> bool {
    let Ok(plan) = serde_json::from_value::<OpenPlan>(intent.payload.clone()) else {
        return false;
    };
    let mut desk = OpenDesk::new(plan, intent.at);
    // Who asked is not there any more.
    (desk.ask, desk.inherited, desk.booked) = (None, true, leg.row.is_some());
    (desk.phase, desk.next) = (Phase::Verifying(cx.now), Some(cx.now));
    desk.last = "an earlier run sent it: the venue is asked what became of it".to_owned();
    leg.opening = Some(Box::new(desk));
    true
}

/// What is under way, in words: nothing else is done with the leg meanwhile.
pub(super) fn under_way(key: &PositionKey, leg: &LegState) -> Option<String> {
    let desk = leg.opening.as_ref()?;
    let (word, _) = desk.word();
    Some(format!("an open of {key} is under way ({}, {})", word.to_lowercase(), desk.id()))
}

/// Whether what is left of it is a person's to close.
pub(super) fn waits_for_a_person(leg: &LegState) -> bool {
    leg.opening.as_ref().is_some_and(|desk| desk.is_unrolled())
}

/// Whether its stop is on its way: the leg is recorded as naked, and that is no alarm yet.
pub(super) fn is_protecting(leg: &LegState) -> bool {
    let phase = leg.opening.as_ref().map(|desk| &desk.phase);
    matches!(phase, Some(Phase::Sent(_) | Phase::Verifying(_) | Phase::Protecting(_)))
}
