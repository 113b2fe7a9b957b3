//! What must be so when the peace has lasted: every account known, the ledger equal to the venue,
//! every leg covered or loudly naked, every finding resolved or with a person.
//!
//! Door: [`judge`].

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::domain::amount::Side;
use crate::domain::guard::Guard;
use crate::domain::key::{AccountName, PositionKey};
use crate::domain::lease::LeaseState;
use crate::domain::ledger::Books;
use crate::domain::policy::Autonomy;
use crate::domain::snapshot::{
    AccountView, FindingKind, Known, LegView, Snapshot, StreamState, There,
};
use crate::domain::time::Span;
use crate::domain::trust::{Duty, Trust};
use crate::sim::exchange::Exchange;
use crate::sim::record::Cover;
use crate::worlds::plan::Setting;
use crate::worlds::truth::leg_called;

/// For how long an engine that takes strays away may show one.
const STRAY: Span = Span::secs(40);

/// Holds one account against its exchange and the ledger.
///
/// # Errors
/// What is not right, in a sentence.
pub fn judge(
    setting: &Setting,
    name: &AccountName,
    picture: &Snapshot,
    books: &Books,
    exchange: &Exchange,
) -> Result<(), String> {
    let account = picture.accounts.iter().find(|account| account.name == *name);
    let account = account.ok_or_else(|| format!("{name} is not shown"))?;
    connected(account)?;
    let held = held(name, exchange);
    for (key, (side, amount, cover)) in &held {
        let leg = picture.legs.iter().find(|leg| leg.key == *key);
        let leg = leg.ok_or_else(|| format!("{key} is open and not shown"))?;
        let there = matches!(&leg.there, There::Open { side: s, quantity, .. }
            if s == side && quantity.get() == *amount);
        if !there {
            return Err(format!("{key} is {side} {amount} and shown as {:?}", leg.there));
        }
        guarded(setting, account, leg, cover)?;
    }
    for leg in picture.legs.iter().filter(|leg| leg.key.account == *name) {
        settled(leg)?;
    }
    rows(name, books, &held, picture)?;
    if let Some(intent) = books.unfinished.iter().find(|i| i.key.account == *name) {
        let told = |leg: &LegView| {
            let waits = leg.findings.iter().any(|f| f.waits || f.kind == FindingKind::Unrolled);
            leg.key == intent.key && waits
        };
        if !picture.legs.iter().any(told) {
            return Err(format!("I10: nobody finished {intent:?}"));
        }
    }
    cleaned(setting, account, picture, &held, exchange)
}

fn connected(account: &AccountView) -> Result<(), String> {
    let name = &account.name;
    if !account.lease.as_ref().is_some_and(LeaseState::is_held) {
        return Err(format!("nobody took the lease of {name}: {:?}", account.lease));
    }
    if let Known::Unknown(since, why) = &account.known {
        return Err(format!("{name} is unknown since {since}: {why}"));
    }
    if !matches!(account.stream, StreamState::Up(_)) {
        return Err(format!("the stream of {name} is {:?}", account.stream));
    }
    match account.gate.first() {
        Some(missing) => Err(format!("the gate of {name} is closed: {missing}")),
        None => Ok(()),
    }
}

type Held = BTreeMap<PositionKey, (Side, Decimal, Cover)>;

/// What the exchange holds, by key.
fn held(name: &AccountName, exchange: &Exchange) -> Held {
    let covers = exchange.covers();
    let open = covers.into_iter().filter(|(_, cover)| !cover.amount.is_zero());
    open.map(|((symbol, leg), cover)| {
        let side = if cover.amount.is_sign_positive() { Side::Long } else { Side::Short };
        let key = PositionKey::new(name.clone(), symbol.as_str(), leg_called(leg));
        (key, (side, cover.amount.abs(), cover))
    })
    .collect()
}

/// Covered, or said to be naked and in somebody's hands.
fn guarded(
    setting: &Setting,
    account: &AccountView,
    leg: &LegView,
    cover: &Cover,
) -> Result<(), String> {
    let bare = cover.covered < cover.amount.abs();
    let key = &leg.key;
    if !bare && leg.guard.value == Guard::Naked {
        return Err(format!("I8: {key} is covered ({cover:?}) and shown as naked"));
    }
    if !bare {
        return Ok(());
    }
    if matches!(leg.guard.value, Guard::Covered(_)) {
        return Err(format!("I8: {key} is bare ({cover:?}) and shown as {:?}", leg.guard));
    }
    let acts =
        setting.autonomy != Autonomy::Observe && leg.row.is_some() && account.gate.is_empty();
    let waits = leg.findings.iter().any(|finding| finding.waits);
    let dust = leg.findings.iter().any(|finding| finding.kind == FindingKind::Dust);
    if acts && !waits && !dust {
        let findings = kinds(leg);
        return Err(format!("{key} is tracked and bare ({cover:?}), nobody waits: {findings}"));
    }
    Ok(())
}

fn kinds(leg: &LegView) -> String {
    let all = leg.findings.iter().map(|f| format!("{:?} waits {} ({})", f.kind, f.waits, f.next));
    all.collect::<Vec<_>>().join("; ")
}

fn settled(leg: &LegView) -> Result<(), String> {
    let loose = leg.findings.iter().find(|finding| !finding.waits && is_difference(finding.kind));
    match loose {
        Some(_) => Err(format!("{} is neither resolved nor anybody's: {}", leg.key, kinds(leg))),
        None => Ok(()),
    }
}

/// Whether a finding is one that has to end.
fn is_difference(kind: FindingKind) -> bool {
    matches!(
        kind,
        FindingKind::Phantom | FindingKind::Orphan | FindingKind::Quantity | FindingKind::Side
    )
}

fn rows(name: &AccountName, books: &Books, held: &Held, picture: &Snapshot) -> Result<(), String> {
    for row in books.rows.iter().filter(|row| row.key.account == *name) {
        let leg = picture.legs.iter().find(|leg| leg.key == row.key);
        // Less than a step is nothing that could be held or traded.
        let rules = leg.and_then(|leg| leg.instrument.as_ref());
        let step = rules.map_or(Decimal::ZERO, |rules| rules.step.get());
        let same = held.get(&row.key).is_some_and(|(side, amount, _)| {
            let differs = (*amount - row.quantity.get()).abs();
            *side == row.side && (differs.is_zero() || differs < step)
        });
        let waits = leg.is_some_and(|leg| leg.findings.iter().any(|finding| finding.waits));
        if !same && !waits {
            let is = held.get(&row.key);
            let shown = leg.map(kinds);
            return Err(format!(
                "{} is {} {} in the ledger and {is:?} on the venue: {shown:?}",
                row.key, row.side, row.quantity
            ));
        }
    }
    for key in held.keys() {
        let tracked = books.rows.iter().any(|row| row.key == *key);
        let leg = picture.legs.iter().find(|leg| leg.key == *key);
        let waits = leg.is_some_and(|leg| leg.findings.iter().any(|finding| finding.waits));
        if !tracked && !waits {
            return Err(format!("{key} has no row, and nobody is told: {:?}", leg.map(kinds)));
        }
    }
    Ok(())
}

/// No stop of ours rests where nothing is open.
fn cleaned(
    setting: &Setting,
    account: &AccountView,
    picture: &Snapshot,
    held: &Held,
    exchange: &Exchange,
) -> Result<(), String> {
    if setting.autonomy == Autonomy::Observe {
        return Ok(());
    }
    let name = &account.name;
    // While most rows are held to be there, their stops are, too.
    let alone = account.hold.is_none()
        && (account.trust.iter())
            .all(|rule| rule.duty != Duty::CleanStops || rule.trust == Trust::Repair);
    for algo in
        exchange.algos.values().filter(|algo| algo.waits() && algo.client_id.starts_with("hf"))
    {
        let open = held.keys().any(|key| key.symbol.as_str() == algo.want.symbol);
        let told = picture.strays.iter().any(|stray| {
            let this = stray.account == *name && stray.order.client_id.as_str() == algo.client_id;
            this && (!alone || picture.at.since(stray.since) < STRAY)
        });
        // A row of which a person decides keeps its stop, too: its leg may be open after all.
        let told = told
            || picture.legs.iter().any(|leg| {
                let here = leg.key.account == *name && leg.key.symbol.as_str() == algo.want.symbol;
                here && leg.row.is_some() && leg.findings.iter().any(|finding| finding.waits)
            });
        if !open && !told {
            let (symbol, id) = (&algo.want.symbol, &algo.client_id);
            return Err(format!("{name} {symbol}: our stop {id} rests and nothing is open"));
        }
    }
    Ok(())
}
