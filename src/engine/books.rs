//! The ledger's side: rows read, changes written or refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::client_id::ClientId;
use crate::domain::command::Verdict;
use crate::domain::count::counted;
use crate::domain::effect::OpId;
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::journal::{Receipt, WriteError};
use crate::domain::key::{AccountName, PositionKey};
use crate::domain::ledger::{BadRow, Books, Row, RowId};
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::Span;

use crate::engine::adopt;
use crate::engine::book;
use crate::engine::cx::{Cx, Saving, Then};
use crate::engine::drift;
use crate::engine::halt;
use crate::engine::lease;
use crate::engine::leg::LegState;
use crate::engine::look::{self, Why};
use crate::engine::notes;
use crate::engine::reopened;
use crate::engine::repairs;
use crate::engine::state::{Account, Info};
use crate::engine::trail_end;
use crate::engine::twin;
use crate::engine::undo;
use crate::engine::{open, opened};

type Accounts = BTreeMap<AccountName, Account>;

/// Takes a read of the ledger: at start, and whenever somebody wrote to it.
pub(super) fn take(cx: &mut Cx, accounts: &mut Accounts, books: Books) {
    if !lease::is_outdated(cx) {
        learn(cx, accounts, books);
    }
}

fn learn(cx: &mut Cx, accounts: &mut Accounts, books: Books) {
    let first = !cx.books_read;
    cx.books_read = true;
    cx.unread = false;
    cx.ledger_up();
    cx.demoted = books.demoted;
    undo::tell_late(cx);
    let fresh = lease::read(accounts);
    let mut bad = books.bad;
    let count = books.rows.len();
    let mut seen: BTreeMap<PositionKey, RowId> = BTreeMap::new();
    for row in books.rows {
        let Some(account) = accounts.get_mut(&row.key.account) else {
            bad.push(nobodys(&row));
            continue;
        };
        if account.info.venue != row.venue {
            bad.push(elsewhere(&row, &account.info));
            continue;
        }
        seen.insert(row.key.clone(), row.id);
        let leg = account.leg(&row.key.symbol.clone(), row.key.leg, cx.now);
        let put_back = books.undone.contains(&row.id);
        let new = fresh.contains(&leg.key.account);
        if take_row(cx, leg, row, new || put_back) && !new {
            look::want(cx, &mut account.info, Why::Changed);
        }
    }
    drop_missing(cx, accounts, &seen);
    for mark in books.last_closed {
        if let Some(account) = accounts.get_mut(&mark.key.account) {
            account.remember_closed(mark);
        }
    }
    for leg in accounts.values_mut().flat_map(|account| account.legs.values_mut()) {
        leg.undone = leg.row.as_ref().is_some_and(|row| books.undone.contains(&row.id));
    }
    halt::learn(cx, accounts, &books.halted, &fresh);
    for span in books.naked.into_iter().filter(|span| fresh.contains(&span.key.account)) {
        if let Some(account) = accounts.get_mut(&span.key.account) {
            account.info.naked.learn(span);
        }
    }
    if first {
        loaded(cx, accounts, count, &bad);
    }
    for mut intent in books.unfinished.into_iter().filter(|_| !broken(Tooth::ForgetUnfinished)) {
        let Some(account) = accounts.get_mut(&intent.key.account) else { continue };
        // What another holder of the lease has under way is not ours to settle.
        if !fresh.contains(&account.info.name) || !account.info.lease.is_held() {
            continue;
        }
        twin::remember(cx, &mut account.info, &intent.client_id);
        let leg = account.leg(&intent.key.symbol.clone(), intent.key.leg, cx.now);
        cx.touch(&leg.key);
        // Whatever a clock said that was set back since: an act of an earlier run is behind us.
        intent.at = intent.at.min(cx.now);
        leg.unfinished.push((intent, Some(cx.now)));
    }
    for record in books.trails {
        let Some(account) = accounts.get_mut(&record.key.account) else { continue };
        let ours = fresh.contains(&account.info.name) && account.info.lease.is_held();
        let leg = account.leg(&record.key.symbol.clone(), record.key.leg, cx.now);
        trail_end::take_back(cx, leg, record, ours);
    }
    bad.sort();
    if *cx.bad_rows != *bad {
        cx.bad_rows = bad.into();
    }
}

/// A row of an account that the config does not name: nobody here looks at it or protects it.
fn nobodys(row: &Row) -> BadRow {
    let account = &row.key.account;
    BadRow {
        id: row.id,
        column: "account".to_owned(),
        why: format!("says {account}, which the config does not name: correct the row or add it"),
    }
}

/// A row whose account is on another venue than it says.
fn elsewhere(row: &Row, info: &Info) -> BadRow {
    let (says, account, is) = (row.venue.exchange(), &row.key.account, info.venue.exchange());
    BadRow {
        id: row.id,
        column: "exchange".to_owned(),
        why: format!(
            "says {says}, but account {account} is on {is}: correct the row or its account"
        ),
    }
}

/// The ledger could not be read: it is tried again.
pub(super) fn unread(cx: &mut Cx, why: &str) {
    cx.unread = true;
    cx.ledger_down(why);
}

/// Takes a row; `known_before` when nobody has to be told that it appeared.
/// Says whether it is new or changed.
fn take_row(cx: &mut Cx, leg: &mut LegState, row: Row, known_before: bool) -> bool {
    leg.row_missing = false;
    if leg.saving {
        return false;
    }
    let key = leg.key.clone();
    match &leg.row {
        Some(known) if known.id == row.id && known.revision > row.revision => return false,
        Some(known) if **known == row => return false,
        Some(known) if known.id == row.id => {}
        Some(_) | None if known_before => {}
        Some(_) | None => {
            let event = Event::of(cx.now, EventKind::PositionOpened, Severity::Info, &key)
                .saying(format!("registered: {} {} @ {}", row.side, row.quantity, row.entry_price))
                .with(serde_json::json!({
                    "side": row.side, "quantity": row.quantity, "entry_price": row.entry_price,
                    "stop_loss_price": row.stop_loss_price, "signal_id": row.signal_id,
                }))
                .on(Some(row.id));
            cx.tell(event);
        }
    }
    if leg.row.as_ref().is_none_or(|known| known.id != row.id) {
        leg.expects_afresh();
    }
    leg.row = Some(Arc::new(row));
    drift::booked(leg, cx.now, known_before);
    leg.signs.not_adopted = None;
    // Who registered it knows of it: should the row go, it is what any row leaves behind.
    leg.signs.flipped = false;
    leg.looks = 0;
    leg.asks_history_afresh();
    cx.touch(&key);
    true
}

/// A row that two reads in a row do not show was closed or deleted by another program. One read
/// may have been taken before our own commit.
fn drop_missing(cx: &mut Cx, accounts: &mut Accounts, seen: &BTreeMap<PositionKey, RowId>) {
    for account in accounts.values_mut() {
        for leg in account.legs.values_mut() {
            let known = leg.saving || seen.contains_key(&leg.key);
            if !known && drop_row(cx, leg) {
                look::want(cx, &mut account.info, Why::Changed);
            }
        }
    }
}

/// Drops the row of a leg at the second read without it. Says whether it did.
fn drop_row(cx: &mut Cx, leg: &mut LegState) -> bool {
    let Some(row) = leg.row.clone() else { return false };
    if !std::mem::replace(&mut leg.row_missing, true) {
        cx.read_ledger = true;
        return false;
    }
    leg.row_missing = false;
    let is_replaced = reopened::is_in_its_place(leg);
    leg.row = None;
    drift::booked(leg, cx.now, false);
    leg.looks = 0;
    leg.first_seen = leg.position().map(|_| cx.now);
    // Something else was in its place already.
    leg.reopened = is_replaced;
    let event = Event::of(cx.now, EventKind::PositionClosed, Severity::Warning, &leg.key)
        .saying("closed in the ledger by another program")
        .with(serde_json::json!({"by": "another program"}))
        .on(Some(row.id));
    cx.tell(event);
    cx.touch(&leg.key);
    true
}

fn loaded(cx: &mut Cx, accounts: &Accounts, rows: usize, bad: &[BadRow]) {
    let tracked =
        accounts.values().flat_map(|a| a.legs.values()).filter(|leg| leg.row.is_some()).count();
    let event = Event {
        account: None,
        ..Event::about(cx.now, EventKind::PositionsLoaded, Severity::Info, &"".into())
    };
    let wrong = counted(bad.len(), "makes no sense", "make no sense");
    let told = counted(tracked, "row loaded", "rows loaded");
    let event = event.saying(format!("{told}, {wrong}")).with(serde_json::json!({
        "rows": rows, "tracked": tracked, "other_accounts": rows - tracked.min(rows),
        "bad": bad,
    }));
    cx.tell(event);
}

/// Takes the end of a transaction.
pub(super) fn written(
    cx: &mut Cx,
    accounts: &mut Accounts,
    op: OpId,
    result: Result<Receipt, WriteError>,
) {
    let begun_again = lease::answered(cx, op);
    if let Some(notes) = cx.noting.remove(&op) {
        notes::written(cx, op, notes, &begun_again, result);
        return;
    }
    let Some(saving) = cx.saving.remove(&op) else { return };
    match result {
        Ok(receipt) => {
            cx.ledger_up();
            saved(cx, accounts, saving, receipt.rows.first().copied());
        }
        Err(why) => {
            if let WriteError::Unavailable(text) = &why {
                cx.ledger_down(text);
            }
            // Whatever changed the row is read before anything is tried again.
            cx.read_ledger = true;
            not_saved(cx, accounts, saving, &why);
        }
    }
}

fn leg_of<'a>(accounts: &'a mut Accounts, key: &PositionKey) -> Option<&'a mut LegState> {
    accounts.get_mut(&key.account)?.legs.get_mut(&(key.symbol.clone(), key.leg))
}

fn saved(cx: &mut Cx, accounts: &mut Accounts, saving: Saving, adopted: Option<RowId>) {
    if let (Then::Intended(id), Some(key)) = (&saving.then, &saving.key) {
        intended(cx, accounts, key, id);
        return;
    }
    let id = match &saving.then {
        Then::Adopted(_) | Then::Opened(_) => adopted,
        Then::Updated(row) | Then::Closed(row) => Some(row.id),
        Then::Flipped(..) => adopted,
        Then::Undone { .. } | Then::Intended(_) => None,
    };
    for event in saving.events {
        let about = event.row.or(id);
        cx.log(event.on(about));
    }
    if let (Some(ask), Some((_, text))) = (saving.ask, &saving.repair) {
        cx.answer(ask, Verdict::Done, text.clone());
    }
    if let (Some(repair), Some(key)) = (saving.repair, &saving.key) {
        let before = leg_of(accounts, key).and_then(|leg| leg.row.clone());
        repairs::keep(cx, repair, &saving.then, before, adopted);
    }
    let leg = saving.key.as_ref().and_then(|key| leg_of(accounts, key));
    if let Some(key) = &saving.key {
        cx.touch(key);
    }
    match (saving.then, leg) {
        (Then::Updated(row), Some(leg)) => {
            leg.saving = false;
            book::updated(leg, *row);
            drift::booked(leg, cx.now, false);
        }
        (Then::Closed(row), Some(leg)) => {
            leg.saving = false;
            book::booked(leg, &row);
            drift::booked(leg, cx.now, false);
        }
        (Then::Adopted(new), Some(leg)) => {
            leg.saving = false;
            match id {
                Some(id) => {
                    adopt::booked(leg, *new, id);
                    drift::booked(leg, cx.now, false);
                }
                None => adopt::not_booked(cx, leg, "the ledger gave no id"),
            }
        }
        (Then::Flipped(row, new, _), Some(leg)) => {
            leg.saving = false;
            book::booked(leg, &row);
            drift::booked(leg, cx.now, false);
            match id {
                Some(id) => {
                    adopt::booked(leg, *new, id);
                    drift::booked(leg, cx.now, false);
                }
                None => adopt::not_booked(cx, leg, "the ledger gave no id"),
            }
        }
        (Then::Opened(new), Some(leg)) => {
            leg.saving = false;
            if let Some(id) = id {
                opened::booked(cx, leg, *new, id);
                drift::booked(leg, cx.now, false);
            }
        }
        (Then::Undone { ask, repair }, _) => undo::done(cx, accounts, ask, &repair),
        (_, None) | (Then::Intended(_), _) => {}
    }
}

/// The intent of an entry is committed.
fn intended(cx: &mut Cx, accounts: &mut Accounts, key: &PositionKey, id: &ClientId) {
    let Some(account) = accounts.get_mut(&key.account) else { return };
    let Some(leg) = account.legs.get_mut(&(key.symbol.clone(), key.leg)) else { return };
    cx.touch(key);
    open::intended(cx, &mut account.info, leg, id);
}

fn not_saved(cx: &mut Cx, accounts: &mut Accounts, saving: Saving, why: &WriteError) {
    if let Then::Undone { ask, repair } = &saving.then {
        cx.answer(*ask, Verdict::Failed, format!("{} not undone: {why}", repair.0));
        return;
    }
    if let Some((repair, _)) = &saving.repair {
        cx.journaled.remove(repair);
    }
    if let Some(ask) = saving.ask {
        cx.answer(ask, Verdict::Failed, format!("nothing was changed: {why}"));
    }
    let Some(leg) = saving.key.as_ref().and_then(|key| leg_of(accounts, key)) else { return };
    if let Then::Intended(id) = &saving.then {
        open::unsent(cx, leg, id, &format!("its intent could not be written: {why}"));
        return;
    }
    leg.saving = false;
    let retry = cx.now + Span::secs(1);
    leg.save_retry = Some(retry);
    cx.again(&leg.key, retry);
    if let Then::Adopted(_) | Then::Flipped(..) = saving.then {
        adopt::not_booked(cx, leg, &why.to_string());
    }
}
