//! Opens that wait for a price: without a mark nobody can say whether a stop is on its losing
//! side, and what is opened all the same has to be taken back at a loss.
//!
//! For: holding such an ask back while the price is asked for, a few seconds at most. Not for:
//! deciding it (that is `gate`, once the price is there or the time is over).
//! Door: [`waits`], [`due`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::amount::Price;
use crate::domain::command::{Ask, Command, Verdict};
use crate::domain::key::{AccountName, Leg, Symbol};
use crate::domain::time::{Span, Time};

use crate::engine::cx::Cx;
use crate::engine::entry;
use crate::engine::halt;
use crate::engine::lease;
use crate::engine::look::{self, Why};
use crate::engine::state::{Account, Info};
use crate::engine::timers::Timer;

/// How long an ask waits: a venue that is asked for the prices of one more symbol answers well
/// within that, also where the stream has to be connected first.
const PATIENCE: Span = Span::secs(5);
/// A price that was not told for so long is none: both venues tell every second.
const FRESH: Span = Span::secs(30);

/// An ask to open that waits.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Unpriced {
    ask: Ask,
    symbol: Symbol,
    leg: Leg,
    until: Time,
}

impl Unpriced {
    /// What a look is to name: a venue that tells prices by symbol tells that one's from then on.
    pub(super) fn place(&self) -> (Symbol, Leg) {
        (self.symbol.clone(), self.leg)
    }
}

/// The mark of an instrument, if it is one of now.
pub(super) fn mark(cx: &Cx, info: &Info, symbol: &Symbol) -> Option<Price> {
    let mark = info.marks.get(symbol)?;
    (cx.now.since(mark.at) < FRESH).then_some(mark.value)
}

/// Keeps an ask to open of which the price alone is missing, and asks for that.
pub(super) fn waits(cx: &mut Cx, accounts: &mut BTreeMap<AccountName, Account>, ask: &Ask) -> bool {
    let Command::Open(wish) = &ask.command else { return false };
    if lease::check(accounts, &ask.command).is_err() {
        return false;
    }
    let Some(account) = accounts.get_mut(&wish.account) else { return false };
    let symbol = &wish.symbol;
    if halt::check(&account.info).is_err() || mark(cx, &account.info, symbol).is_some() {
        return false;
    }
    let Ok(leg) = entry::fits(cx, account, wish, None) else { return false };
    let until = cx.now + PATIENCE;
    let (ask, symbol) = (ask.clone(), symbol.clone());
    cx.asks.insert(ask.id, vec![wish.account.clone()]);
    let text = format!("waiting for the price of {symbol}: nothing is sent before it is known");
    cx.answer(ask.id, Verdict::Accepted, text);
    account.info.unpriced.push(Unpriced { ask, symbol, leg, until });
    cx.timers.by(Timer::Look(account.info.name.clone()), until);
    look::want(cx, &mut account.info, Why::Changed);
    true
}

/// The asks that wait no longer: the price is there, or it did not come.
pub(super) fn due(cx: &mut Cx, accounts: &mut BTreeMap<AccountName, Account>) -> Vec<Ask> {
    let mut due = Vec::new();
    for account in accounts.values_mut().filter(|account| !account.info.unpriced.is_empty()) {
        let all = std::mem::take(&mut account.info.unpriced);
        let (over, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|waiting| {
            cx.now >= waiting.until || mark(cx, &account.info, &waiting.symbol).is_some()
        });
        if let Some(next) = rest.iter().map(|waiting| waiting.until).min() {
            cx.timers.by(Timer::Look(account.info.name.clone()), next);
        }
        account.info.unpriced = rest;
        due.extend(over.into_iter().map(|waiting| waiting.ask));
    }
    due
}
