//! The verbs of holdfast: a pure core, told the time and the truth, that answers with effects.
//!
//! Same inputs, same effects, same order. No clock, no I/O, no await. Each input changes what is
//! believed about some legs; then every touched leg is considered afresh, whatever touched it:
//! what differs ([`findings`]), is it gone ([`gone`]), may the ledger follow ([`quantity`],
//! [`adopt`]), is an open or a close under way ([`open`], [`close`]), is it protected
//! ([`protect`]) and by a stop as tight as it should be ([`edit`], [`trail`]).
//! Not for: sending or storing anything. Door: [`Core::step`], [`Core::view`].

#![warn(missing_docs)]

mod adopt;
mod ageing;
mod batch;
mod book;
mod books;
mod cancel;
mod close;
mod cx;
mod desk;
mod drift;
mod edit;
mod ending;
mod entry;
mod findings;
mod flip;
mod foreign;
mod forgotten;
mod gate;
mod gone;
mod halt;
mod held;
mod history;
mod latch;
mod lease;
mod leg;
mod look;
mod mode;
mod naked;
mod notes;
mod open;
mod opened;
mod outlook;
mod pairs;
mod parts;
mod place;
mod protect;
mod quantity;
mod reopened;
mod repairs;
mod replies;
mod resolve;
mod retype;
mod rollback;
mod saving;
mod settle;
mod signs;
mod slot;
mod start;
mod state;
mod stream;
mod timers;
mod touched;
mod trail;
mod trail_end;
mod twin;
mod undo;
mod unfinished;
mod unpriced;
mod vanish;
mod verify;
mod view;
mod writers;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::effect::Effect;
use crate::domain::input::Input;
use crate::domain::key::{AccountName, Leg, Symbol};
use crate::domain::policy::Policy;
use crate::domain::snapshot::Snapshot;
use crate::domain::time::{Span, Time};

use crate::engine::cx::Cx;
use crate::engine::state::Account;
use crate::engine::timers::Timer;
use crate::engine::touched::Places;

/// The position engine.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Core {
    cx: Cx,
    accounts: BTreeMap<AccountName, Account>,
    /// Every account is looked at once the ledger's rows are there.
    anew: bool,
}

impl Core {
    /// A core that knows nothing; its first input should be [`Input::Started`].
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one input and appends what is to be done, in order.
    ///
    /// Spurious wake-ups and answers to questions nobody remembers are no-ops.
    pub fn step(&mut self, now: Time, input: Input, effects: &mut Vec<Effect>) {
        self.cx.begin(now);
        self.cx.seq += 1;
        match input {
            Input::Started(policy) => self.start(*policy),
            Input::Books(read) => {
                books::take(&mut self.cx, &mut self.accounts, *read);
                self.look_if_awaited();
            }
            Input::BooksFailed(why) => {
                books::unread(&mut self.cx, &why);
                self.look_if_awaited();
            }
            Input::Instruments(name, list) => {
                if let Some(account) = self.accounts.get_mut(&name) {
                    account.learn(list);
                    account.touch_all(&mut self.cx);
                    look::want(&mut self.cx, &mut account.info, look::Why::Connected);
                }
            }
            Input::Replied { op, reply } => {
                replies::take(&mut self.cx, &mut self.accounts, op, *reply)
            }
            Input::Written { op, result } => {
                books::written(&mut self.cx, &mut self.accounts, op, result);
            }
            Input::Stream(name, event) => {
                if let Some(account) = self.accounts.get_mut(&name) {
                    stream::take(&mut self.cx, account, *event);
                }
            }
            Input::Marks(name, marks) => {
                if let Some(account) = self.accounts.get_mut(&name) {
                    account.mark(&mut self.cx, &marks);
                }
            }
            Input::Link(name, link) => {
                if let Some(account) = self.accounts.get_mut(&name) {
                    account.info.linked(now, link);
                }
            }
            Input::Lease(name, state) => {
                lease::take(&mut self.cx, &mut self.accounts, &name, state);
            }
            Input::Asked(ask) => gate::take(&mut self.cx, &mut self.accounts, &ask),
            Input::Look => (self.cx.read_ledger, self.anew) = (true, true),
            Input::Woke => {}
        }
        self.settle(effects);
    }

    /// A row that was written a moment ago is known before the venue is asked about it.
    fn look_if_awaited(&mut self) {
        if std::mem::take(&mut self.anew) {
            for account in self.accounts.values_mut() {
                look::want(&mut self.cx, &mut account.info, look::Why::Asked);
            }
        }
    }

    /// When the core wants to be woken, if at all.
    pub fn wake_at(&self) -> Option<Time> {
        self.cx.timers.next()
    }

    /// A picture of everything as it is by then. It is no input: what the core decides next does
    /// not depend on whether somebody looked.
    pub fn view(&mut self, now: Time) -> Snapshot {
        let told = self.cx.now;
        self.cx.begin(now);
        let picture = view::take(&self.cx, &self.accounts);
        self.cx.now = told;
        picture
    }

    /// What the core wants to be woken for, in words, and when; the earliest first.
    pub fn waits_for(&self) -> impl Iterator<Item = (String, Time)> + '_ {
        self.cx.timers.all()
    }

    /// The number of the last picture.
    pub fn shown(&self) -> u64 {
        self.cx.seq
    }

    /// Takes that picture as taken: a replay may look more often than the screen did, and what
    /// was asked is judged by what was shown.
    pub fn was_shown(&mut self, picture: u64) {
        self.cx.seq = picture;
    }

    fn start(&mut self, policy: Policy) {
        self.cx.policy = Arc::new(policy);
        for account in &self.cx.policy.clone().accounts {
            let account = Account::new(account.clone(), self.cx.now);
            self.accounts.insert(account.info.name.clone(), account);
        }
        self.cx.read_ledger = true;
    }

    /// Fires due timers, considers every touched leg, sends due looks, and hands out effects.
    fn settle(&mut self, effects: &mut Vec<Effect>) {
        for timer in self.cx.timers.due(self.cx.now) {
            match timer {
                Timer::Leg(key) => self.cx.touch(&key),
                Timer::Ledger => self.cx.read_ledger |= self.cx.unread,
                Timer::Look(_) => {}
            }
        }
        for account in self.accounts.values_mut() {
            start::weigh(&mut self.cx, account);
        }
        for ask in unpriced::due(&mut self.cx, &mut self.accounts) {
            gate::decided(&mut self.cx, &mut self.accounts, &ask);
        }
        batch::advance(&mut self.cx, &mut self.accounts);
        let touched = self.cx.take_touched();
        let mut beside = Vec::new();
        for (name, places) in &touched.0 {
            let Some(account) = self.accounts.get_mut(name) else { continue };
            match places {
                Places::All => consider_all(&mut self.cx, account),
                Places::Some(places) => {
                    for place in places {
                        let others = consider_at(&mut self.cx, account, place);
                        let others = others.into_iter().filter(|other| !places.contains(other));
                        beside.extend(others.map(|other| (name, other)));
                    }
                }
            }
        }
        for (name, place) in beside {
            let Some(account) = self.accounts.get_mut(name) else { continue };
            consider_at(&mut self.cx, account, &place);
        }
        batch::advance(&mut self.cx, &mut self.accounts);
        for account in self.accounts.values_mut() {
            stream::listen(&mut self.cx, &mut account.info);
            writers::weigh(&mut self.cx, account, !touched.is_empty());
            look::send_due(&mut self.cx, account);
        }
        self.cx.hand_out(effects);
    }
}

/// Considers every leg of an account.
fn consider_all(cx: &mut Cx, account: &mut Account) {
    let Account { info, legs, .. } = account;
    let mut idle = Vec::new();
    for mut siblings in touched::instruments(legs) {
        for side in [Leg::Net, Leg::Long, Leg::Short] {
            let Some(leg) = siblings.compare(info, side) else { continue };
            consider(cx, info, leg);
            if leg.is_idle(cx.now) {
                idle.push(leg.key.clone());
            }
        }
    }
    idle.iter().for_each(|key| account.forget(key));
}

/// Considers one leg. Gives the other legs of its instrument: what they show may be another
/// thing now.
fn consider_at(cx: &mut Cx, account: &mut Account, place: &(Symbol, Leg)) -> Vec<(Symbol, Leg)> {
    let (symbol, side) = place;
    let mut siblings = touched::instrument(&mut account.legs, symbol);
    let beside = siblings.beside(*side).map(|other| (symbol.clone(), other)).collect();
    if let Some(leg) = siblings.compare(&account.info, *side) {
        consider(cx, &mut account.info, leg);
        if leg.is_idle(cx.now) {
            let key = leg.key.clone();
            account.forget(&key);
        }
    }
    beside
}

/// Decides, from what is believed now, what to do about one leg. Calling it again changes nothing.
fn consider(cx: &mut Cx, info: &mut state::Info, leg: &mut leg::LegState) {
    slot::settle(cx, info, leg);
    protect::judge(cx, info, leg);
    unfinished::resolve(cx, info, leg);
    open::advance(cx, info, leg);
    findings::settle(cx, info, leg);
    close::advance(cx, info, leg);
    if info.failed_at == Some(cx.now) {
        // A failed look and a change of a row are never one step.
        cx.again(&leg.key, cx.now + Span(1));
    } else {
        reopened::advance(cx, info, leg);
        gone::advance(cx, info, leg);
        quantity::advance(cx, info, leg);
        adopt::advance(cx, info, leg);
    }
    edit::advance(cx, info, leg);
    trail::advance(cx, info, leg);
    protect::advance(cx, info, leg);
    cancel::clean_strays(cx, info, leg);
}
