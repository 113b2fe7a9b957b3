//! Halts: a person's word that nothing is opened or adopted in an account, across restarts.
//!
//! Protection, closes, repairs and clean-ups go on. Not for: a lost lease, which stops every act.
//! Door: [`take`], [`resume`], [`check`].

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::journal::{Halt, Write};
use crate::domain::key::AccountName;
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::{Span, Time};

use crate::engine::cx::Cx;
use crate::engine::state::{Account, Info};

/// A read of the ledger may be this much older than what was written since.
const OLD: Span = Span::secs(10);

type Accounts = BTreeMap<AccountName, Account>;

/// Whether an account is halted.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct HaltDesk {
    halt: Option<Halt>,
    resumed: Option<Time>,
}

impl HaltDesk {
    pub(super) fn shown(&self) -> Option<&Halt> {
        self.halt.as_ref()
    }
}

/// Whether something may be opened or adopted in the account.
///
/// # Errors
/// One sentence with who halted it, when and why.
pub(super) fn check(info: &Info) -> Result<(), String> {
    match info.halt.shown() {
        None => Ok(()),
        Some(_) if broken(Tooth::ForgetHalt) => Ok(()),
        Some(halt) => Err(format!("refused: {}", sentence(halt))),
    }
}

fn sentence(halt: &Halt) -> String {
    let Halt { account, since, who, reason } = halt;
    let why = if reason.is_empty() { String::new() } else { format!(" ({reason})") };
    let at = since.rfc3339();
    format!(
        "{account} is halted by {who} since {at}{why}: nothing is opened or adopted until a resume"
    )
}

/// Halts one account, unless it is. Says whether it was not.
pub(super) fn set(cx: &mut Cx, account: &mut Account, who: &str, reason: &str) -> bool {
    if account.info.halt.halt.is_some() {
        return false;
    }
    let halt = Halt {
        account: account.info.name.clone(),
        since: cx.now,
        who: who.to_owned(),
        reason: reason.trim().to_owned(),
    };
    account.info.halt.halt = Some(halt.clone());
    cx.note(Write::Halt(Box::new(halt)));
    account.touch_all(cx);
    true
}

fn named<'a>(
    accounts: &'a mut Accounts,
    name: Option<&AccountName>,
) -> Result<Vec<&'a mut Account>, String> {
    if let Some(name) = name.filter(|name| !accounts.contains_key(*name)) {
        return Err(format!("no account named {name}"));
    }
    let wanted = |account: &&mut Account| name.is_none_or(|name| *name == account.info.name);
    Ok(accounts.values_mut().filter(wanted).collect())
}

/// Halts one account or all. Halting what is halted changes nothing.
///
/// # Errors
/// One sentence when there is no such account.
pub(super) fn take(
    cx: &mut Cx,
    accounts: &mut Accounts,
    name: Option<&AccountName>,
    who: &str,
    reason: &str,
) -> Result<String, String> {
    let mut texts = Vec::new();
    for account in named(accounts, name)? {
        let fresh = set(cx, account, who, reason);
        let name = &account.info.name;
        texts.push(match (fresh, account.info.halt.shown()) {
            (false, Some(halt)) => format!("{name} was halted since {}", halt.since.rfc3339()),
            _ => format!("{name} is halted: it opens nothing and adopts nothing"),
        });
    }
    Ok(texts.join("; "))
}

/// Ends the halt of one account or of all.
///
/// # Errors
/// One sentence when there is no such account.
pub(super) fn resume(
    cx: &mut Cx,
    accounts: &mut Accounts,
    name: Option<&AccountName>,
) -> Result<String, String> {
    let mut texts = Vec::new();
    for account in named(accounts, name)? {
        let name = account.info.name.clone();
        if account.info.halt.halt.take().is_none() {
            texts.push(format!("{name} was not halted"));
            continue;
        }
        account.info.halt.resumed = Some(cx.now);
        cx.note(Write::Resume { account: name.clone(), at: cx.now });
        account.touch_all(cx);
        texts.push(format!("{name} goes on"));
    }
    Ok(texts.join("; "))
}

/// Takes what the ledger says of halts: at start, and what others wrote since.
pub(super) fn learn(
    cx: &mut Cx,
    accounts: &mut Accounts,
    halted: &[Halt],
    fresh: &BTreeSet<AccountName>,
) {
    for account in accounts.values_mut() {
        let name = &account.info.name;
        let of_it = |write: &Write| match write {
            Write::Halt(halt) => halt.account == *name,
            Write::Resume { account, .. } => account == name,
            _ => false,
        };
        if cx.is_unwritten(of_it) {
            continue;
        }
        let said = halted.iter().find(|halt| halt.account == *name);
        let desk = &account.info.halt;
        let young = match said {
            Some(_) => desk.resumed,
            None => desk.shown().map(|halt| halt.since),
        };
        // What was said since this was read stands.
        if !fresh.contains(name) && young.is_some_and(|at| cx.now.since(at) < OLD) {
            continue;
        }
        if desk.shown() != said {
            account.info.halt.halt = said.cloned();
            account.touch_all(cx);
        }
    }
}
