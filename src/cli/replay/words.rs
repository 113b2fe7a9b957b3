//! Inputs and effects in words: one line each.
//!
//! Not for: why (`causes` knows). Door: [`told`], [`decided`].

use crate::domain::command::{Answer, Ask};
use crate::domain::count::counted;
use crate::domain::effect::{Act, Effect};
use crate::domain::input::{Input, Reply, StreamEvent};
use crate::domain::journal::Write;
use crate::domain::key::AccountName;
use crate::domain::lease::LeaseState;
use crate::domain::order::{OrderReport, StopReport, StopStatus};
use crate::domain::outcome::Outcome;
use crate::domain::sweep::{Scope, Sweep};

/// What the core was told.
pub fn told(input: &Input) -> String {
    match input {
        Input::Started(policy) => {
            format!("started with {}", counted(policy.accounts.len(), "account", "accounts"))
        }
        Input::Books(books) => {
            let rows = counted(books.rows.len(), "open row", "open rows");
            format!("ledger read: {rows}, {} bad", books.bad.len())
        }
        Input::BooksFailed(why) => format!("ledger not readable: {why}"),
        Input::Instruments(account, list) => {
            format!("{account}: {}", counted(list.len(), "instrument", "instruments"))
        }
        Input::Replied { op, reply } => format!("answer {}: {}", op.0, answer(reply)),
        Input::Written { op, result: Ok(_) } => format!("transaction {} is in the ledger", op.0),
        Input::Written { op, result: Err(why) } => format!("transaction {} failed: {why}", op.0),
        Input::Stream(account, event) => format!("stream {account}: {}", stream(event)),
        Input::Marks(account, marks) => match &marks[..] {
            [(symbol, price)] => format!("mark {account}: {symbol} {price}"),
            marks => format!("marks {account}: {} prices", marks.len()),
        },
        Input::Link(account, link) => match &link.blocked {
            Some(why) => format!("link {account}: {why}"),
            None => format!("link {account}: {}% of the budget used", link.used_percent),
        },
        Input::Lease(account, state) => format!("lease {account}: {}", lease(state)),
        Input::Asked(ask) => format!("{} asks: {}", ask.who, wish(ask)),
        Input::Look => "look at everything now".to_owned(),
        Input::Woke => "the time has come".to_owned(),
    }
}

fn wish(ask: &Ask) -> String {
    match ask.command.key() {
        Some(key) => format!("{} {key}", ask.command.verb()),
        None => ask.command.verb().to_owned(),
    }
}

fn lease(state: &LeaseState) -> String {
    match state {
        LeaseState::Held { fence } => format!("held under {fence:?}"),
        LeaseState::Standby { holder, .. } => format!("held by {holder}"),
        LeaseState::Lost { why } => format!("lost: {why}"),
    }
}

fn answer(reply: &Reply) -> String {
    match reply {
        Reply::Swept(sweep) => swept(sweep),
        Reply::History(history) => {
            let fills = counted(history.fills.len(), "fill", "fills");
            let whole = if history.complete { "complete" } else { "not complete" };
            format!("{fills} of {}, {whole}", history.symbol)
        }
        Reply::Placed(outcome) => became("stop", outcome, stop),
        Reply::Cancelled(outcome) => became("cancel", outcome, |()| "done".to_owned()),
        Reply::Reduced(outcome) => became("close", outcome, order),
        Reply::Entered(outcome) => became("entry", outcome, order),
        Reply::FoundOrder(Ok(Some(report))) => order(report),
        Reply::FoundStop(Ok(Some(report))) => stop(report),
        Reply::FoundOrder(Ok(None)) => "the venue knows no such order".to_owned(),
        Reply::FoundStop(Ok(None)) => "the venue knows no such stop".to_owned(),
        Reply::FoundOrder(Err(why)) | Reply::FoundStop(Err(why)) => format!("no answer: {why}"),
    }
}

fn swept(sweep: &Sweep) -> String {
    if let Some(why) = sweep.fault() {
        return format!("look failed: {why}");
    }
    let positions = counted(sweep.seen().count(), "position", "positions");
    match (sweep.orders(), sweep.orders_fault()) {
        (_, Some(why)) => format!("look: {positions}, orders failed: {why}"),
        (Some(orders), _) => {
            format!("look: {positions}, {}", counted(orders.len(), "stop", "stops"))
        }
        (None, None) => format!("look: {positions}"),
    }
}

fn became<T>(what: &str, outcome: &Outcome<T>, done: impl Fn(&T) -> String) -> String {
    match outcome {
        Outcome::Done(report) => format!("{what}: {}", done(report)),
        Outcome::Refused(why) => format!("{what} refused: {why}"),
        Outcome::Unsure(why) => format!("{what} unsure: {why}"),
    }
}

fn order(report: &OrderReport) -> String {
    let filled = report.filled.map_or_else(|| "nothing".to_owned(), |filled| filled.to_string());
    format!("order {} {}, filled {filled}", report.client_id, report.status.name())
}

fn stop(report: &StopReport) -> String {
    let stop = &report.order;
    let at = stop.trigger.map_or_else(|| "no price".to_owned(), |price| price.to_string());
    let stands = match &report.status {
        StopStatus::Live => "live".to_owned(),
        StopStatus::Firing => "firing".to_owned(),
        StopStatus::Finished(Some(filled)) => format!("fired, filled {filled}"),
        StopStatus::Finished(None) => "fired, nothing filled".to_owned(),
        StopStatus::Cancelled => "cancelled".to_owned(),
        StopStatus::Rejected(why) => format!("refused: {why}"),
        StopStatus::Expired => "expired".to_owned(),
    };
    format!("{} {} stop at {at} {stands}", stop.symbol, stop.leg)
}

fn stream(event: &StreamEvent) -> String {
    match event {
        StreamEvent::Up => "connected".to_owned(),
        StreamEvent::Down(why) => format!("down: {why}"),
        StreamEvent::Position { symbol, leg, open: Some(open), .. } => {
            format!("{symbol} {leg} is {} {}", open.side, open.quantity)
        }
        StreamEvent::Position { symbol, leg, open: None, .. } => format!("{symbol} {leg} is zero"),
        StreamEvent::Fill(fill) => {
            format!("{} {} {} @ {} filled", fill.symbol, fill.side, fill.quantity, fill.price)
        }
        StreamEvent::Order(report) => order(report),
        StreamEvent::Stop(report) => stop(report),
        StreamEvent::Foreign(foreign) => {
            format!("{} order of somebody else: {}", foreign.symbol, foreign.client_id)
        }
        StreamEvent::Balance(_) => "balance".to_owned(),
    }
}

/// What the core decided: a line for each thing that is to be done.
pub fn decided(effects: &[Effect]) -> Vec<String> {
    effects.iter().flat_map(effect).collect()
}

fn effect(effect: &Effect) -> Vec<String> {
    match effect {
        Effect::Venue { op, account, act } => vec![format!("{} {}", op.0, acted(account, act))],
        Effect::Ledger { op, writes } => {
            writes.iter().map(|write| format!("{} write: {}", op.0, written(write))).collect()
        }
        Effect::ReadLedger => vec!["read the ledger".to_owned()],
        Effect::Answer(Answer { verdict, text, .. }) => {
            vec![format!("answer {}: {text}", format!("{verdict:?}").to_lowercase())]
        }
    }
}

fn acted(account: &AccountName, act: &Act) -> String {
    match act {
        Act::Look { scope, .. } => format!("look at {account}: {}", width(*scope)),
        Act::History { symbol, leg, .. } => format!("ask {account} for fills of {symbol} {leg}"),
        Act::PlaceStop(stop) => format!(
            "place {account} {} {} stop: {} {} at {}",
            stop.symbol, stop.leg, stop.side, stop.quantity, stop.trigger
        ),
        Act::CancelStop { symbol, client_id, .. } => {
            format!("cancel {account} {symbol} stop {client_id}")
        }
        Act::Reduce(close) => format!(
            "close {account} {} {}: {} {} at market, reduce-only",
            close.symbol, close.leg, close.side, close.quantity
        ),
        Act::FindOrder { symbol, client_id, .. } => {
            format!("ask {account} for {symbol} order {client_id}")
        }
        Act::FindStop { symbol, client_id, .. } => {
            format!("ask {account} for {symbol} stop {client_id}")
        }
        Act::Enter(entry) => format!(
            "open {account} {} {}: {} {} at market",
            entry.symbol, entry.leg, entry.side, entry.quantity
        ),
        Act::Restream => format!("connect the stream of {account} again"),
    }
}

fn width(scope: Scope) -> &'static str {
    match scope {
        Scope::Positions => "positions",
        Scope::Protection => "positions and stops",
        Scope::Full => "everything",
    }
}

fn written(write: &Write) -> String {
    match write {
        Write::Event(event) => {
            let symbol = event.symbol.as_ref().map_or("", |symbol| symbol.as_str());
            format!("{} {symbol} {}", event.kind.name(), event.text)
        }
        Write::Adopt(row, _) => format!("row for {}, adopted", row.key),
        Write::Open(row) => format!("row for {}, opened from here", row.key),
        Write::Update { row, .. } => format!("row of {} changed", row.row().key),
        Write::Close { row, .. } => format!("row of {} closed", row.row().key),
        Write::Trail(trail) => format!("trailing stop of {}", trail.key),
        Write::TrailEnded { key, .. } => format!("trailing stop of {key} is over"),
        Write::Halt(halt) => format!("{} is halted", halt.account),
        Write::Resume { account, .. } => format!("{account} goes on"),
        Write::Undo { repair, .. } => format!("repair {} taken back", repair.0),
        Write::Restore { account, duty, .. } => format!("{account}: {} restored", duty.name()),
        Write::Intend(intent) => format!("intent on {}: {}", intent.key, intent.client_id),
        Write::Settle { client_id, state, .. } => {
            format!("intent {client_id} is {}", state.name())
        }
        Write::Order(order) => format!("order {} {}", order.client_id, order.status.name()),
        Write::StopsEnded { key, status, .. } => {
            format!("stops of {key}: {}", status.name())
        }
        Write::Fill { key, fill } => format!("fill of {key}: {} @ {}", fill.quantity, fill.price),
        Write::NakedFrom { key, quantity, .. } => format!("{key} naked: {quantity}"),
        // Of most legs none was: it is written at the first look, in case a run before this one
        // left a span open.
        Write::NakedUntil { key, .. } => format!("no naked span of {key} is open"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::key::{Leg, PositionKey};
    use crate::domain::time::Time;

    #[test]
    fn a_leg_that_was_never_naked_is_not_said_to_have_been() {
        let key = PositionKey::new("main", "1000PEPEUSDT", Leg::Net);
        let write = Write::NakedUntil { key, at: Time(0) };
        assert_eq!(written(&write), "no naked span of main 1000PEPEUSDT is open");
    }
}
