//! Notes: what is written down beside the rows, and nobody else can make wrong. Intents, orders,
//! stops, trails, fills, events.
//!
//! What the ledger could not take is tried again, and everything arrives in the order it was made:
//! an intent that came after its own end would stay open for ever. Not for: rows (that is `books`).
//! Door: `Cx::note`, [`written`].

use std::collections::BTreeSet;

use crate::domain::effect::{Effect, OpId};
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::journal::{Receipt, Write, WriteError};
use crate::domain::key::AccountName;
use crate::domain::snapshot::Aged;
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::Span;

use crate::engine::cx::Cx;
use crate::engine::lease;
use crate::engine::timers::Timer;

const UNWRITTEN_KEPT: usize = 10_000;
const RETRY: Span = Span::secs(1);

impl Cx {
    /// Writes something that cannot be refused; kept and tried again while the ledger is down.
    pub(super) fn note(&mut self, write: Write) {
        if lease::may_write(self, &write) {
            self.notes.push(write);
        }
    }

    pub(super) fn ledger_down(&mut self, why: &str) {
        let at = self.ledger_fault.as_ref().map_or(self.now, |fault| fault.at);
        self.ledger_fault = Some(Aged { value: why.to_owned(), at });
        let set = self.ledger_retry.filter(|at| *at > self.now);
        let retry = set.unwrap_or(self.now + RETRY);
        self.ledger_retry = Some(retry);
        self.timers.by(Timer::Ledger, retry);
    }

    pub(super) fn ledger_up(&mut self) {
        self.ledger_fault = None;
        self.ledger_retry = None;
    }

    /// Whether something of that kind is not known to be in the ledger yet.
    pub(super) fn is_unwritten(&self, of_kind: impl Fn(&Write) -> bool) -> bool {
        let pending = self.noting.values().flatten().chain(&self.unwritten);
        pending.chain(&self.notes).chain(&self.alone).any(of_kind)
    }

    /// Keeps what could not be written for the next try.
    fn keep(&mut self, writes: Vec<Write>) {
        self.unwritten.extend(lease::writable(self, writes));
        while self.unwritten.len() > UNWRITTEN_KEPT {
            self.unwritten.pop_front();
        }
    }

    /// Writes each of these by itself: together one of them was refused.
    fn note_alone(&mut self, writes: Vec<Write>) {
        self.alone.extend(lease::writable(self, writes));
    }

    /// Hands the notes out. What is tried again waits until everything that is under way is
    /// answered: whatever of that fails was made before it, or after.
    pub(super) fn hand_out_notes(&mut self, effects: &mut Vec<Effect>) {
        for write in std::mem::take(&mut self.alone) {
            self.transact(vec![write], effects);
        }
        let waits = self.ledger_retry.is_some_and(|at| self.now < at);
        if waits || !self.unwritten.is_empty() && !self.noting.is_empty() {
            let notes = std::mem::take(&mut self.notes);
            self.keep(notes);
            return;
        }
        if self.notes.is_empty() && self.unwritten.is_empty() {
            return;
        }
        let mut writes: Vec<_> = std::mem::take(&mut self.unwritten).into();
        writes.append(&mut self.notes);
        self.transact(writes, effects);
    }

    fn transact(&mut self, writes: Vec<Write>, effects: &mut Vec<Effect>) {
        let op = self.op();
        self.noting.insert(op, writes.clone());
        effects.push(Effect::Ledger { op, writes });
    }

    /// Whatever is under way is written before what was just not taken.
    fn mark_overtaken(&mut self) {
        self.overtook = self.noting.last_key_value().map(|(op, _)| *op);
    }
}

/// Takes the end of a transaction of notes. `begun_again` names the accounts whose lease came or
/// went meanwhile.
pub(super) fn written(
    cx: &mut Cx,
    op: OpId,
    mut notes: Vec<Write>,
    begun_again: &BTreeSet<AccountName>,
    result: Result<Receipt, WriteError>,
) {
    // What belongs to the lease that went goes too.
    let current = |note: &Write| note.account().is_none_or(|of| !begun_again.contains(of));
    match result {
        Ok(_) => {
            cx.ledger_up();
            // How things stand is said again, behind what is written later and was made before.
            if cx.overtook.is_some_and(|until| op <= until) {
                notes.retain(|note| stands(note) && current(note));
                cx.keep(notes);
            }
        }
        Err(WriteError::Unavailable(why)) => {
            notes.retain(current);
            let kept = if broken(Tooth::LoseNotes) { Vec::new() } else { notes };
            cx.keep(kept);
            cx.ledger_down(&why);
            cx.mark_overtaken();
        }
        // Nothing of it may reach the ledger under another lease, or under none: what became of
        // its acts is asked for.
        Err(_) if !begun_again.is_empty() => {
            notes.retain(|note| matches!(note, Write::Event(_)));
            cx.note_alone(notes);
        }
        Err(_) if notes.len() > 1 => {
            cx.note_alone(notes);
            cx.mark_overtaken();
        }
        Err(why) => not_noted(cx, &notes, &why.to_string()),
    }
}

/// Whether a note says how something stands, so that it can be said again; the others are added
/// to what is there, once.
fn stands(note: &Write) -> bool {
    matches!(
        note,
        Write::Settle { .. }
            | Write::Order(_)
            | Write::StopsEnded { .. }
            | Write::NakedUntil { .. }
            | Write::Trail(_)
            | Write::TrailEnded { .. }
            | Write::Halt(_)
            | Write::Resume { .. }
            | Write::Restore { .. }
    )
}

/// The ledger refused one note for good: the screen and the log still get to know.
fn not_noted(cx: &mut Cx, notes: &[Write], why: &str) {
    let what = match notes.first() {
        Some(Write::Event(event)) => event.kind.name(),
        Some(Write::Intend(_) | Write::Settle { .. }) => "an intent",
        Some(Write::Order(_) | Write::StopsEnded { .. }) => "an order",
        Some(Write::Fill { .. }) => "a fill",
        Some(Write::Trail(_) | Write::TrailEnded { .. }) => "a trailing stop",
        _ => "a note",
    };
    let nobody = Event::about(cx.now, EventKind::SyncFailed, Severity::Warning, &"".into());
    let event = Event { account: None, ..nobody };
    cx.log(event.saying(format!("{what} could not be written to the ledger: {why}")));
}
