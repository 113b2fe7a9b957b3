//! The start gate: nothing is sent or written for an account before it was known once.
//!
//! Known means: the lease held, the ledger read since, the venue reached, one complete look with
//! the lists of orders, and every act of an earlier run accounted for. An act that nobody can
//! account for does not leave an account unprotected for ever: after a while the gate opens and
//! says what is open. Each account has its own gate, and once open it stays open while the lease
//! is held: a stop that is lost later is put back even while looks fail. Door: [`weigh`].

use crate::domain::snapshot::{AccountFinding, AccountFindingKind};
use crate::domain::time::{Span, Time};

use crate::engine::cx::Cx;
use crate::engine::leg::LegState;
use crate::engine::state::{Account, Info};
use crate::engine::timers::Timer;

/// How long an account waits for acts of an earlier run once everything else is known. All it
/// may do afterwards by itself makes a position safer, and looks show what rests.
const PATIENCE: Span = Span::secs(30);

/// What is missing before anything may be sent or written for an account.
pub(super) fn missing(cx: &Cx, account: &Account) -> Vec<String> {
    let info = &account.info;
    if info.is_open() {
        return Vec::new();
    }
    let mut missing: Vec<String> = info.lease.missing().into_iter().collect();
    missing.extend(unknown(info).map(str::to_owned));
    let waited = info.ready.is_some_and(|at| cx.now >= at + PATIENCE);
    missing.extend(unfinished(account).filter(|_| !waited));
    missing
}

/// What has not been read yet.
fn unknown(info: &Info) -> impl Iterator<Item = &'static str> {
    let wanted = [
        (info.lease.books_read(), "the ledger has not been read"),
        (info.connected, "the venue has not been reached"),
        (info.sweeps > 0, "no complete look yet"),
        (info.orders_known.is_some(), "the lists of orders have not been read"),
    ];
    wanted.into_iter().filter(|(is_there, _)| !is_there).map(|(_, what)| what)
}

/// Acts of an earlier run of which nobody knows the outcome, in words.
fn unfinished(account: &Account) -> Option<String> {
    match account.legs.values().map(open_acts).sum::<usize>() {
        0 => None,
        1 => Some("an act of an earlier run has no outcome yet".to_owned()),
        more => Some(format!("{more} acts of an earlier run have no outcome yet")),
    }
}

fn open_acts(leg: &LegState) -> usize {
    let entry = leg.opening.as_ref().is_some_and(|desk| desk.is_in_doubt());
    leg.unfinished.len() + usize::from(entry)
}

/// Acts of an earlier run that stayed open when the gate did not wait for them any longer.
pub(super) fn finding(account: &Account) -> Option<AccountFinding> {
    let since: Time = account.info.ready.filter(|_| account.info.is_open())?;
    let text = unfinished(account)?;
    Some(AccountFinding {
        kind: AccountFindingKind::Unfinished,
        since,
        text: format!("{text}: the venue is asked again and again"),
    })
}

/// Opens the gate once nothing is missing.
pub(super) fn weigh(cx: &mut Cx, account: &mut Account) {
    if account.info.is_open() || !account.info.lease.is_held() {
        return;
    }
    if unknown(&account.info).next().is_some() {
        return;
    }
    let waits = *account.info.ready.get_or_insert(cx.now) + PATIENCE;
    cx.timers.by(Timer::Look(account.info.name.clone()), waits);
    if cx.now >= waits || unfinished(account).is_none() {
        account.info.open();
        account.touch_all(cx);
    }
}

/// Whether a person's wish about an account may be acted upon by now.
///
/// # Errors
/// One sentence with all that is missing.
pub(super) fn check(cx: &Cx, account: &Account) -> Result<(), String> {
    let missing = missing(cx, account);
    if missing.is_empty() {
        return Ok(());
    }
    Err(format!("refused: {} is not ready: {}", account.info.name, missing.join(", ")))
}
