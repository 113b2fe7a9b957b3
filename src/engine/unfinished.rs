//! Acts of an earlier run: each left an intent, and the venue is asked what became of it.
//!
//! Nothing is ever sent again; an act nobody can account for is asked about until it is settled.
//! Door: [`resolve`], [`settled`].

use crate::domain::client_id::ClientId;
use crate::domain::journal::{Intent, IntentKind, IntentState};
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::Span;

use crate::engine::close;
use crate::engine::cx::Cx;
use crate::engine::leg::LegState;
use crate::engine::open;
use crate::engine::place;
use crate::engine::protect::DENIED_FOR;
use crate::engine::state::Info;

/// Asks the venue what became of what an earlier run was about to send. Nothing else is sent
/// for the leg's protection before that is known.
pub(super) fn resolve(cx: &mut Cx, info: &Info, leg: &mut LegState) {
    if !info.connected {
        return;
    }
    take_up_open(cx, leg);
    let mut due = Vec::new();
    for (intent, next) in &mut leg.unfinished {
        match *next {
            Some(at) if at <= cx.now => {
                *next = None;
                due.push((intent.kind, intent.client_id.clone()));
            }
            Some(at) => cx.again(&leg.key, at),
            None => {}
        }
    }
    for (kind, id) in due {
        match kind {
            IntentKind::PlaceStop => place::find(cx, info, leg, &id),
            IntentKind::Close | IntentKind::Open => close::find(cx, info, leg, &id),
        }
    }
}

/// An open of an earlier run is gone on with: it is finished or taken back, and never sent again.
fn take_up_open(cx: &mut Cx, leg: &mut LegState) {
    let is_open = |(intent, _): &(Intent, _)| intent.kind == IntentKind::Open;
    let Some(at) = leg.unfinished.iter().position(is_open) else { return };
    let intent = leg.unfinished[at].0.clone();
    if leg.opening.is_none() && open::resume(cx, leg, &intent) {
        leg.unfinished.remove(at);
    }
}

/// What became of an intent of an earlier run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Reached,
    /// Something else is in its place.
    Never,
    /// The venue denies knowing it, as it may for some seconds after it took it.
    Denied,
    /// The venue could not be asked, or has no end to tell.
    Unknown,
}

/// Settles an intent of an earlier run, once it is known what became of it.
pub(super) fn settled(cx: &mut Cx, leg: &mut LegState, id: &ClientId, fate: Fate) {
    let Some(at) = leg.unfinished.iter().position(|(intent, _)| intent.client_id == *id) else {
        return;
    };
    let believed = leg.unfinished[at].0.at + DENIED_FOR;
    let wait = match fate {
        Fate::Unknown => Some(cx.now + Span::secs(2)),
        Fate::Denied if cx.now < believed => Some(believed),
        Fate::Reached | Fate::Never | Fate::Denied => None,
    };
    if let Some(next) = wait {
        leg.unfinished[at].1 = Some(next);
        cx.again(&leg.key, next);
        return;
    }
    leg.unfinished.remove(at);
    let reached = fate == Fate::Reached;
    let state = if reached { IntentState::Done } else { IntentState::Failed };
    if !broken(Tooth::NeverSettled) {
        cx.settle_intent(id, state, serde_json::json!({"found_after_restart": reached}));
    }
    cx.touch(&leg.key);
}
