//! The gate: the only place where it is decided whether a person's wish may be acted upon.

use std::collections::BTreeMap;

use crate::domain::amount::Percent;
use crate::domain::client_id::Purpose;
use crate::domain::command::{Ask, Command, Pin, Verdict};
use crate::domain::count::counted;
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::evidence::Decision;
use crate::domain::guard::Guard;
use crate::domain::journal::{Author, RepairId, Write};
use crate::domain::key::{AccountName, PositionKey};
use crate::domain::plan::{self, StopAt};
use crate::domain::teeth::{Tooth, broken};
use crate::domain::trust::Duty;

use crate::engine::adopt;
use crate::engine::batch::{self, Wish};
use crate::engine::close;
use crate::engine::cx::{Cx, Saving, Then};
use crate::engine::edit;
use crate::engine::entry;
use crate::engine::halt;
use crate::engine::latch;
use crate::engine::lease;
use crate::engine::leg::LegState;
use crate::engine::look::{self, Why};
use crate::engine::open;
use crate::engine::resolve::{self, Word};
use crate::engine::start;
use crate::engine::state::{Account, Info};
use crate::engine::twin;
use crate::engine::unpriced;

type Accounts = BTreeMap<AccountName, Account>;

/// Takes an ask; an open of which the price alone is missing waits for that.
pub(super) fn take(cx: &mut Cx, accounts: &mut Accounts, ask: &Ask) {
    if !unpriced::waits(cx, accounts, ask) {
        decided(cx, accounts, ask);
    }
}

/// Lets an ask through or refuses it in one sentence. Either way it is on record.
pub(super) fn decided(cx: &mut Cx, accounts: &mut Accounts, ask: &Ask) {
    let verdict = decide(cx, accounts, ask);
    let (word, text) = match &verdict {
        Ok(text) => (Verdict::Accepted, text.clone()),
        Err(why) => (Verdict::Refused, why.clone()),
    };
    record(cx, ask, word, &text);
    cx.asks.insert(ask.id, lease::concerned(accounts, &ask.command));
    let at_once = matches!(
        ask.command,
        Command::Resync { .. }
            | Command::Restore { .. }
            | Command::Abort { .. }
            | Command::Halt { .. }
            | Command::Resume { .. }
    );
    if word == Verdict::Accepted && at_once {
        cx.answer(ask.id, Verdict::Done, text);
    } else {
        cx.answer(ask.id, word, text);
    }
}

fn record(cx: &mut Cx, ask: &Ask, verdict: Verdict, text: &str) {
    let data = serde_json::json!({
        "who": ask.who, "command": ask.command.verb(), "ask": ask.command, "verdict": verdict,
    });
    let said = format!("{} by {}: {text}", ask.command.verb(), ask.who);
    let mut event = match (ask.command.key(), &ask.command) {
        (Some(key), _) => Event::of(cx.now, EventKind::OperatorCommand, Severity::Info, key),
        (
            None,
            Command::Resync { account: Some(account) }
            | Command::Halt { account: Some(account), .. }
            | Command::Resume { account: Some(account) },
        ) => Event::about(cx.now, EventKind::OperatorCommand, Severity::Info, account),
        (None, Command::Open(wish)) => {
            let kind = EventKind::OperatorCommand;
            let event = Event::about(cx.now, kind, Severity::Info, &wish.account);
            Event { symbol: Some(wish.symbol.clone()), ..event }
        }
        (None, _) => {
            let nobody = AccountName::from("");
            let event = Event::about(cx.now, EventKind::OperatorCommand, Severity::Info, &nobody);
            Event { account: None, ..event }
        }
    };
    event = event.saying(said).with(data);
    cx.tell(event);
}

fn decide(cx: &mut Cx, accounts: &mut Accounts, ask: &Ask) -> Result<String, String> {
    lease::check(accounts, &ask.command)?;
    if let Some(account) = ask.command.key().and_then(|key| accounts.get(&key.account)) {
        start::check(cx, account)?;
    }
    match &ask.command {
        Command::Resync { account } => resync(cx, accounts, account.as_ref()),
        Command::Undo { .. } if !cx.books_read => {
            Err("refused: the ledger has not been read".to_owned())
        }
        Command::Undo { repair } => Ok(undo(cx, ask, repair)),
        Command::Restore { account, duty } => restore(cx, accounts, account, *duty),
        Command::Resolve { key, revision, reason } => {
            let word = Word {
                ask: ask.id,
                decision: Decision { who: ask.who.clone(), reason: reason.trim().to_owned() },
            };
            let (info, leg) = tracked(accounts, key)?;
            resolve::decide(cx, info, leg, *revision, &word)
        }
        Command::Close { pin, percent } => {
            let (info, leg) = pinned(cx, accounts, pin)?;
            close_leg(cx, info, leg, ask.id, *percent)
        }
        Command::Adopt { pin, stop } => {
            let (info, leg) = pinned(cx, accounts, pin)?;
            halt::check(info)?;
            adopt_leg(cx, info, leg, ask.id, *stop)
        }
        Command::Open(wish) => {
            let account = accounts
                .get_mut(&wish.account)
                .ok_or_else(|| format!("no account named {}", wish.account))?;
            halt::check(&account.info)?;
            let leg = entry::check(cx, account, wish)?;
            account.leg(&wish.symbol, leg, cx.now);
            let leg = account.legs.get_mut(&(wish.symbol.clone(), leg));
            let leg = leg.ok_or_else(|| format!("refused: {} is not known", wish.symbol))?;
            Ok(open::begin(cx, &account.info, leg, wish, ask.id))
        }
        Command::CloseMany { legs, at_once, halt, reason } => {
            let (ask, who) = (ask.id, ask.who.as_str());
            let wish = Wish { ask, who, legs, at_once: *at_once, halt: *halt, reason };
            batch::take(cx, accounts, wish)
        }
        Command::Abort { ask } => batch::abort(cx, accounts, *ask),
        Command::Halt { account, reason } => {
            halt::take(cx, accounts, account.as_ref(), &ask.who, reason)
        }
        Command::Resume { account } => halt::resume(cx, accounts, account.as_ref()),
        Command::MoveStop { pin, to } => {
            let (info, leg) = pinned(cx, accounts, pin)?;
            edit::decide(cx, info, leg, ask.id, *to)
        }
        Command::Trail { pin, plan } => {
            let (info, leg) = pinned(cx, accounts, pin)?;
            edit::decide_trail(cx, info, leg, ask.id, *plan)
        }
        Command::Protect { pin } => {
            let (_, leg) = pinned(cx, accounts, pin)?;
            protect_leg(cx, leg, ask.id)
        }
    }
}

/// The leg, if it still is what the person saw.
pub(super) fn pinned<'a>(
    cx: &Cx,
    accounts: &'a mut Accounts,
    pin: &Pin,
) -> Result<(&'a mut Info, &'a mut LegState), String> {
    if pin.snapshot > cx.seq {
        return Err(format!("refused: snapshot {} was never shown", pin.snapshot));
    }
    let key = &pin.key;
    let account = accounts
        .get_mut(&key.account)
        .ok_or_else(|| format!("no account named {}", key.account))?;
    let leg = account
        .legs
        .get_mut(&(key.symbol.clone(), key.leg))
        .ok_or_else(|| format!("nothing is open on {key}"))?;
    let Some(position) = leg.position() else {
        return Err(format!("nothing is open on the venue for {key}"));
    };
    if position.side != pin.side || position.quantity != pin.quantity {
        return Err(format!(
            "refused: {key} changed from {} {} to {} {}; look again",
            pin.side, pin.quantity, position.side, position.quantity
        ));
    }
    if !account.info.connected {
        return Err(format!("refused: {} is not connected", key.account));
    }
    if let Some(open) = open::under_way(key, leg).filter(|_| !open::waits_for_a_person(leg)) {
        return Err(format!("refused: {open}"));
    }
    let latched = leg.close.as_ref().filter(|_| !broken(Tooth::ForgetLatch));
    if let Some(close) = latched.filter(|close| close.failed.is_none()) {
        let id = close.sent.as_ref().map_or("not sent yet", |sent| sent.client_id.as_str());
        return Err(format!("refused: a close of {key} is in flight ({id})"));
    }
    if let Some(earlier) = close::may_be_under_way(cx, leg) {
        return Err(format!("refused: {earlier}"));
    }
    Ok((&mut account.info, leg))
}

/// A leg with everything that is known of it.
fn tracked<'a>(
    accounts: &'a mut Accounts,
    key: &PositionKey,
) -> Result<(&'a mut Info, &'a mut LegState), String> {
    let account = accounts
        .get_mut(&key.account)
        .ok_or_else(|| format!("no account named {}", key.account))?;
    let leg = account
        .legs
        .get_mut(&(key.symbol.clone(), key.leg))
        .ok_or_else(|| format!("{key} is not in the ledger"))?;
    Ok((&mut account.info, leg))
}

fn close_leg(
    cx: &mut Cx,
    info: &Info,
    leg: &mut LegState,
    ask: u64,
    percent: Percent,
) -> Result<String, String> {
    let open = leg.open().ok_or_else(|| format!("{} has no entry price", leg.key))?;
    let rules = info
        .instruments
        .get(&leg.key.symbol)
        .ok_or_else(|| format!("{} is not listed by the venue", leg.key.symbol))?;
    let plan = plan::close(open, rules, percent).map_err(|why| why.to_string())?;
    let text = format!(
        "closing {}: {} {} market reduce-only in {}",
        leg.key,
        plan.side,
        plan.quantity,
        counted(plan.orders.len(), "order", "orders")
    );
    close::begin(cx, leg, Some(ask), Purpose::Exit, plan, open.quantity);
    Ok(text)
}

fn adopt_leg(
    cx: &mut Cx,
    info: &Info,
    leg: &mut LegState,
    ask: u64,
    stop: Option<StopAt>,
) -> Result<String, String> {
    if leg.row.is_some() {
        return Err(format!("{} is in the ledger already", leg.key));
    }
    if leg.adopting.is_some() || leg.saving || leg.opening.is_some() {
        return Err(format!("refused: {} is being written, try again", leg.key));
    }
    let plan = adopt::plan_stop(cx, info, leg, stop)?;
    let open = leg.open().ok_or_else(|| format!("{} has no entry price", leg.key))?;
    if let Some(mark) = leg.mark_price().filter(|mark| open.side.breached(plan.trigger, *mark)) {
        return Err(format!(
            "refused: the price {mark} is already through the stop at {}; \
             name another stop, or close it",
            plan.trigger
        ));
    }
    let text =
        format!("adopting {} {} {}, stop at {}", leg.key, open.side, open.quantity, plan.trigger);
    adopt::begin(cx, info, leg, Some(ask), plan, stop.is_some());
    Ok(text)
}

fn protect_leg(cx: &mut Cx, leg: &mut LegState, ask: u64) -> Result<String, String> {
    if leg.row.is_none() {
        return Err(format!("{} is not in the ledger: adopt it first", leg.key));
    }
    if leg.guard.value == Guard::Unknown {
        return Err(format!("the stops of {} could not be read yet; try again", leg.key));
    }
    leg.stop_desk.asked = Some(ask);
    leg.stop_desk.asked_of = Some((cx.now, latch::changed(leg)));
    leg.stop_desk.retry = None;
    leg.stop_desk.refusals = 0;
    leg.stop_desk.through = 0;
    cx.touch(&leg.key);
    Ok(format!("protecting {}", leg.key))
}

fn resync(
    cx: &mut Cx,
    accounts: &mut Accounts,
    name: Option<&AccountName>,
) -> Result<String, String> {
    if let Some(name) = name.filter(|name| !accounts.contains_key(*name)) {
        return Err(format!("no account named {name}"));
    }
    for account in accounts.values_mut() {
        if name.is_none_or(|name| *name == account.info.name) {
            twin::lift(cx, &mut account.info);
            look::want(cx, &mut account.info, Why::Asked);
        }
    }
    Ok(name.map_or_else(|| "looking at every account".to_owned(), |n| format!("looking at {n}")))
}

fn restore(
    cx: &mut Cx,
    accounts: &Accounts,
    account: &AccountName,
    duty: Duty,
) -> Result<String, String> {
    if cx.demotion(account, duty).is_none() {
        return Err(format!("{} is not held back in {account}", duty.name()));
    }
    cx.demoted.retain(|held| held.account != *account || held.duty != duty);
    cx.note(Write::Restore { account: account.clone(), duty, at: cx.now });
    // What it proposes may be done now.
    if let Some(account) = accounts.get(account) {
        account.touch_all(cx);
    }
    let trust = cx.trust(account, duty);
    Ok(format!("{} stands at {} again in {account}", duty.name(), trust.name()))
}

fn undo(cx: &mut Cx, ask: &Ask, repair: &RepairId) -> String {
    let saving = Saving {
        key: None,
        then: Then::Undone { ask: ask.id, repair: repair.clone() },
        events: Vec::new(),
        repair: None,
        ask: None,
    };
    let write = Write::Undo { repair: repair.clone(), author: Author::Operator, at: cx.now };
    cx.change(saving, vec![write]);
    format!("undoing {}", repair.0)
}
