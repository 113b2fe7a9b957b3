//! The timelines: who learnt what became of a leg, and when; of legs that are over too.
//!
//! For: which of them is open, and the keys while one is. It holds a key, never a line.
//! Not for: its words (`domain::timeline`) or its looks (`view::timeline`).
//! Door: [`all`], [`find`], [`open`], [`pressed`].

use crate::domain::drift::Drift;
use crate::domain::key::{Leg, PositionKey, Venue};
use crate::domain::snapshot::Snapshot;
use crate::ui::keys::{Code, Key};
use crate::ui::model::{Level, Model};

/// A leg with a timeline.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// Which leg.
    pub key: &'a PositionKey,
    /// Where.
    pub venue: Venue,
    /// Neither ledger nor venue holds it any more.
    pub is_over: bool,
    /// The timeline.
    pub drift: &'a Drift,
}

/// Every timeline there is: of what is held, then of what is over, the newest end first.
pub fn all(snapshot: &Snapshot) -> Vec<Told<'_>> {
    let held = snapshot.legs.iter().map(|leg| Told {
        key: &leg.key,
        venue: leg.venue,
        is_over: false,
        drift: &leg.drift,
    });
    let mut over: Vec<_> = snapshot
        .ended
        .iter()
        .map(|leg| Told { key: &leg.key, venue: leg.venue, is_over: true, drift: &leg.drift })
        .collect();
    over.sort_by_key(|told| std::cmp::Reverse(told.drift.newest()));
    held.chain(over).filter(|told| told.drift.newest().is_some()).collect()
}

/// Reads `[SYM]`, `ACCOUNT:SYM` or `SYM long`: of several the first, which is the one that is
/// held or ended last.
///
/// # Errors
/// One sentence when there is none.
pub fn find(words: &[&str], snapshot: &Snapshot) -> Result<Option<PositionKey>, String> {
    let (name, side) = match words {
        [] => return Ok(None),
        [name] => (name, None),
        [name, side] => {
            let side = Leg::parse(side).ok_or_else(|| format!("{side} is no leg"))?;
            (name, Some(side))
        }
        _ => return Err("timeline takes a symbol, and a leg".to_owned()),
    };
    let (account, symbol) = name.split_once(':').map_or((None, *name), |(a, s)| (Some(a), s));
    let told = all(snapshot).into_iter().find(|told| {
        told.key.symbol.as_str().eq_ignore_ascii_case(symbol)
            && account.is_none_or(|account| told.key.account.as_str() == account)
            && side.is_none_or(|side| told.key.leg == side)
    });
    told.map(|told| Some(told.key.clone()))
        .ok_or_else(|| format!("nothing is known of what became of {name}"))
}

/// Opens the timeline of a leg, or of the one under the cursor, or the first there is.
pub(super) fn open(model: &mut Model, key: Option<PositionKey>) {
    let timelines = all(model.shown());
    let has = |key: &&PositionKey| timelines.iter().any(|told| told.key == *key);
    let wanted = key.as_ref().or(model.cursor_key()).filter(has);
    let wanted = wanted.or_else(|| timelines.first().map(|told| told.key)).cloned();
    match wanted {
        Some(key) => model.timeline = Some(key),
        None => model.say(Level::Ok, "nothing has changed yet"),
    }
}

/// Takes a key while a timeline is open.
pub(super) fn pressed(model: &mut Model, key: Key) {
    let Some(shown) = &model.timeline else { return };
    let timelines = all(model.shown());
    let at = timelines.iter().position(|told| told.key == shown).unwrap_or(0);
    let to = match (key.code, key.ctrl) {
        (Code::Esc | Code::Enter | Code::Char('q' | 'n' | 'd'), false)
        | (Code::Char('c'), true) => {
            model.timeline = None;
            return;
        }
        (Code::Down | Code::Char('j'), false) => at + 1,
        (Code::Up | Code::Char('k'), false) => at.saturating_sub(1),
        _ => return,
    };
    let to = timelines.get(to.min(timelines.len().saturating_sub(1)));
    model.timeline = to.map(|told| told.key.clone());
}
