//! The lease: without it an account is watched, nothing is sent for it, and nothing but events is
//! written about it.
//!
//! A lease that comes or goes makes the account begin again as after a restart: nothing that was
//! under way is driven on, the books are read again, and acts of whoever had the lease before are
//! asked about like those of an earlier run. Not for: taking or renewing it (that is `runtime`).
//! Door: [`take`], [`check`].

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::command::{Command, Verdict};
use crate::domain::effect::{Act, OpId};
use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::journal::Write;
use crate::domain::key::AccountName;
use crate::domain::lease::LeaseState;
use crate::domain::snapshot::{AccountFinding, AccountFindingKind};
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::Time;

use crate::engine::batch;
use crate::engine::cx::{Cx, Waiting};
use crate::engine::look::{self, Why};
use crate::engine::state::Account;

type Accounts = BTreeMap<AccountName, Account>;

/// How the lease of one account stands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Lease {
    /// None before the first word of it.
    state: Option<LeaseState>,
    since: Time,
    /// The books were read since it stands so.
    books_read: bool,
}

impl Lease {
    pub(super) fn is_held(&self) -> bool {
        self.state.as_ref().is_some_and(LeaseState::is_held)
    }

    pub(super) fn state(&self) -> Option<&LeaseState> {
        self.state.as_ref()
    }

    pub(super) fn books_read(&self) -> bool {
        self.books_read
    }

    /// Why nothing may be sent, in words.
    pub(super) fn missing(&self) -> Option<String> {
        match &self.state {
            Some(LeaseState::Held { .. }) => None,
            Some(LeaseState::Standby { holder, .. }) => Some(format!("the lease: {holder} has it")),
            Some(LeaseState::Lost { why }) => Some(format!("the lease is lost: {why}")),
            None => Some("the lease has not been taken yet".to_owned()),
        }
    }
}

/// Takes the word on the lease of an account.
pub(super) fn take(cx: &mut Cx, accounts: &mut Accounts, name: &AccountName, state: LeaseState) {
    let Some(account) = accounts.get_mut(name) else { return };
    let lease = &mut account.info.lease;
    let is = state.fence();
    let before = lease.state.replace(state);
    if before.as_ref().map(std::mem::discriminant)
        != lease.state.as_ref().map(std::mem::discriminant)
    {
        lease.since = cx.now;
    }
    let was = before.as_ref().and_then(LeaseState::fence);
    if was == is {
        return;
    }
    match is {
        Some(fence) => cx.held.insert(name.clone(), fence),
        None => cx.held.remove(name),
    };
    if was.is_some() {
        tell_lost(cx, account);
    }
    // What the ledger could not take meanwhile is of another lease: it would be refused.
    cx.unwritten.retain(|write| write.account() != Some(name));
    // Before its first books nothing was believed or under way.
    if account.info.lease.books_read {
        begin_again(cx, account);
    }
}

fn tell_lost(cx: &mut Cx, account: &Account) {
    let name = &account.info.name;
    let lease = &account.info.lease;
    let why = match lease.state() {
        Some(LeaseState::Standby { holder, .. }) => format!("{holder} has taken it"),
        Some(LeaseState::Lost { why }) => why.clone(),
        Some(LeaseState::Held { .. }) | None => "it was gone for a while".to_owned(),
    };
    let event = Event::about(cx.now, EventKind::LeaseLost, Severity::Critical, name)
        .saying(format!("the lease of this account is lost ({why}): nothing was sent since"))
        .with(serde_json::json!({ "why": why }));
    cx.tell(event);
    // A close of several legs answers for itself, once all that is out has ended.
    let own = batch::lost(cx, name);
    let asks = cx.asks.iter().filter(|(ask, about)| about.contains(name) && !own.contains(ask));
    for ask in asks.map(|(ask, _)| *ask).collect::<Vec<_>>() {
        let text = format!("the lease of {name} was lost meanwhile ({why}): no more of it is sent");
        cx.answer(ask, Verdict::Failed, text);
    }
}

/// Forgets what was believed and under way; what is there is read and looked at again.
fn begin_again(cx: &mut Cx, account: &mut Account) {
    let name = account.info.name.clone();
    let under_way = cx.noting.keys().chain(cx.saving.keys());
    cx.former.extend(under_way.map(|op| (*op, name.clone())));
    cx.waiting.retain(|_, waiting| account_of(waiting) != Some(&name));
    cx.finding.retain(|(key, _)| key.account != name);
    cx.saving.retain(|_, saving| saving.key.as_ref().is_none_or(|key| key.account != name));
    account.begin_again(cx.now);
    account.info.lease.books_read = false;
    cx.read_ledger = true;
    look::want(cx, &mut account.info, Why::Connected);
}

fn account_of(waiting: &Waiting) -> Option<&AccountName> {
    match waiting {
        Waiting::Look { account, .. } => Some(account),
        other => other.key().map(|key| &key.account),
    }
}

/// Whether books may have been read before a transaction that was under way when a lease came or
/// went. They say nothing of the acts it announced, and nobody would ask about those again: they
/// are read once more, behind it.
pub(super) fn is_outdated(cx: &mut Cx) -> bool {
    let outdated = !cx.former.is_empty();
    cx.read_ledger |= outdated;
    outdated
}

/// Notes that a transaction was answered; gives the accounts whose lease came or went meanwhile.
pub(super) fn answered(cx: &mut Cx, op: OpId) -> BTreeSet<AccountName> {
    let (its, former) = std::mem::take(&mut cx.former).into_iter().partition(|(of, _)| *of == op);
    cx.former = former;
    let its: BTreeSet<(OpId, AccountName)> = its;
    its.into_iter().map(|(_, name)| name).collect()
}

/// Notes that the books are read; gives the accounts to which all in them is new.
pub(super) fn read(accounts: &mut Accounts) -> BTreeSet<AccountName> {
    let fresh = |account: &&mut Account| !account.info.lease.books_read;
    let mut names = BTreeSet::new();
    for account in accounts.values_mut().filter(fresh) {
        account.info.lease.books_read = true;
        names.insert(account.info.name.clone());
    }
    names
}

/// What is said of an account that is only watched.
pub(super) fn finding(account: &Account) -> Option<AccountFinding> {
    let lease = &account.info.lease;
    let text = match lease.state()? {
        LeaseState::Held { .. } => return None,
        LeaseState::Standby { holder, until } => format!(
            "stands by: {holder} has the lease until {}; this engine watches and takes over when \
             that is gone",
            until.rfc3339()
        ),
        LeaseState::Lost { why } => {
            format!("the lease is lost ({why}): nothing is sent until it is back")
        }
    };
    Some(AccountFinding { kind: AccountFindingKind::Standby, since: lease.since, text })
}

/// Whether an act may leave: a watcher asks, and changes nothing at the venue.
pub(super) fn may_send(cx: &Cx, account: &AccountName, act: &Act) -> bool {
    act.only_asks() || cx.held.contains_key(account) || broken(Tooth::NoLease)
}

/// Whether a write is one that a watcher may make.
pub(super) fn may_write(cx: &Cx, write: &Write) -> bool {
    let held = |account: &AccountName| cx.held.contains_key(account);
    write.account().is_none_or(held) || broken(Tooth::NoLease)
}

/// Of what could not be written, that which may still be.
pub(super) fn writable(cx: &Cx, mut writes: Vec<Write>) -> Vec<Write> {
    writes.retain(|write| may_write(cx, write));
    writes
}

/// The accounts a command would act in.
pub(super) fn concerned(accounts: &Accounts, command: &Command) -> Vec<AccountName> {
    let all = || accounts.keys().cloned().collect();
    let one = |account: &Option<AccountName>| account.clone().map_or_else(all, |one| vec![one]);
    match command {
        Command::Resync { .. } | Command::Abort { .. } => Vec::new(),
        Command::Open(wish) => vec![wish.account.clone()],
        Command::CloseMany { legs, .. } => {
            let names: BTreeSet<_> = legs.iter().map(|leg| leg.pin.key.account.clone()).collect();
            names.into_iter().collect()
        }
        Command::Halt { account, .. } | Command::Resume { account } => one(account),
        Command::Restore { account, .. } => vec![account.clone()],
        // Whose repair it is only the ledger knows; there the fence decides.
        Command::Undo { .. } if accounts.values().any(|a| a.info.lease.is_held()) => Vec::new(),
        Command::Undo { .. } => all(),
        Command::Close { .. }
        | Command::Adopt { .. }
        | Command::Protect { .. }
        | Command::Resolve { .. }
        | Command::MoveStop { .. }
        | Command::Trail { .. } => {
            command.key().map(|key| key.account.clone()).into_iter().collect()
        }
    }
}

/// Whether a person's wish may be acted upon here.
///
/// # Errors
/// One sentence that names who has the lease.
pub(super) fn check(accounts: &Accounts, command: &Command) -> Result<(), String> {
    for name in concerned(accounts, command) {
        let Some(account) = accounts.get(&name) else { continue };
        if let Some(missing) = account.info.lease.missing() {
            return Err(format!("refused: {name} is only watched from here, {missing}"));
        }
    }
    Ok(())
}
