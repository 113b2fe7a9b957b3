//! Asks on their way: sent, accepted, answered, or given up.
//!
//! For: the numbers of asks, what a row shows until the engine's own word is there, and the
//! flash of every answer. Not for: deciding whether to ask (`update`, `update_dialog`).
//! Door: [`send`], [`answers`].

use crate::domain::command::{Ask, Command, Verdict};
use crate::domain::count::counted;
use crate::domain::time::Span;
use crate::ui::model::{Level, Model, Pending};
use crate::ui::update::Act;
use crate::ui::update_reel;

/// Sends a command to the gate and remembers that it is on its way.
pub(super) fn send(model: &mut Model, command: Command, acts: &mut Vec<Act>) {
    if update_reel::refuses(model) {
        return;
    }
    let word = match &command {
        Command::Close { .. } => "CLOSING",
        Command::Adopt { .. } => "ADOPTING",
        Command::Protect { .. } => "PROTECTING",
        Command::Resolve { .. } => "RESOLVING",
        Command::Restore { .. } => "RESTORING",
        Command::Undo { .. } => "UNDOING",
        Command::Resync { .. } => "LOOKING",
        Command::Open(_) => "OPENING",
        Command::MoveStop { .. } | Command::Trail { .. } => "MOVING",
        Command::CloseMany { .. } => "CLOSING",
        Command::Abort { .. } => "STOPPING",
        Command::Halt { .. } => "HALTING",
        Command::Resume { .. } => "RESUMING",
    };
    let key = command.key().cloned();
    let about = match &command {
        Command::Close { pin, .. } | Command::Adopt { pin, .. } | Command::Protect { pin } => {
            format!("{} {} {}", pin.key, pin.side, pin.quantity)
        }
        Command::Resolve { key, .. } => key.to_string(),
        Command::MoveStop { pin, .. } | Command::Trail { pin, .. } => pin.key.to_string(),
        Command::Open(wish) => format!("{}:{} {}", wish.account, wish.symbol, wish.side),
        Command::CloseMany { legs, .. } => counted(legs.len(), "leg", "legs"),
        Command::Abort { ask } => format!("ask {ask}"),
        Command::Halt { account, .. } | Command::Resume { account } => {
            account.as_ref().map_or_else(|| "every account".to_owned(), ToString::to_string)
        }
        Command::Restore { account, duty } => format!("{} in {account}", duty.name()),
        Command::Undo { repair } => repair.0.clone(),
        Command::Resync { account } => {
            account.as_ref().map_or_else(|| "every account".to_owned(), ToString::to_string)
        }
    };
    let ask = Ask { id: model.next_ask, who: model.who.clone(), command };
    model.next_ask += 1;
    model.say(Level::Ok, format!("sent: {} {about}", ask.command.verb()));
    let pending =
        Pending { ask: ask.id, key, word, since: model.now, said: String::new(), accepted: false };
    model.pending.push(pending);
    acts.push(Act::Ask(ask));
}

/// Takes the answers of a new picture. What goes on for a while is answered more than once: the
/// newest answer is the one that counts.
pub(super) fn answers(model: &mut Model) {
    let live = model.live.clone();
    let asks: Vec<u64> = model.pending.iter().map(|pending| pending.ask).collect();
    for ask in asks {
        let Some(answer) = live.answers.iter().rev().find(|answer| answer.ask == ask) else {
            continue;
        };
        let Some(at) = model.pending.iter().position(|pending| pending.ask == ask) else {
            continue;
        };
        let level = match answer.verdict {
            Verdict::Accepted if model.pending[at].said == answer.text => continue,
            Verdict::Accepted | Verdict::Done => Level::Ok,
            Verdict::Failed => Level::Error,
            Verdict::Refused => Level::Warn,
        };
        if answer.verdict.is_final() {
            model.pending.remove(at);
        } else {
            let pending = &mut model.pending[at];
            pending.accepted = true;
            pending.said.clone_from(&answer.text);
        }
        model.say(level, answer.text.clone());
    }
}

/// An ask nobody answers is not waited for for ever.
pub(super) fn give_up(model: &mut Model) {
    let now = model.now;
    let silent = |p: &Pending| !p.accepted && now.since(p.since) >= Span::secs(30);
    if let Some(lost) = model.pending.iter().find(|p| silent(p)) {
        let about = lost.key.as_ref().map_or_else(String::new, |key| format!(" {key}"));
        let text = format!("{}{about}: the engine has not answered for 30 s", lost.word);
        model.say(Level::Error, text);
    }
    model.pending.retain(|p| !silent(p) && now.since(p.since) < Span::secs(600));
}
