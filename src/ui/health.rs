//! How the accounts and the engine do, in words: leases, halts, clean-ups, what stays alone.
//!
//! For: the words of the header, the alerts and view 7, and the order of its rows. Not for: how
//! it looks (`view::health`). Door: [`modes`], [`alerts`], [`rank`].

use crate::domain::alone::Alone;
use crate::domain::key::PositionKey;
use crate::domain::lease::LeaseState;
use crate::domain::snapshot::{AccountFindingKind, AccountView, LegView, Snapshot};
use crate::domain::time::Time;
use crate::ui::alerts::Alert;
use crate::ui::format;
use crate::ui::role::Role;
use crate::ui::standing::{Severity, Standing};
use crate::ui::words;

/// How bad it is what stays behind a leg: nothing covers it, nobody knows, something is left
/// unfinished, a part of it is covered, a trail freezes, all of it is covered.
pub fn class(alone: &Alone) -> u8 {
    match alone.covered {
        _ if alone.unknown => 1,
        None => 0,
        Some(_) if alone.unfinished.is_some() => 2,
        Some(_) if !alone.is_covered() => 3,
        Some(_) if alone.trail_ends => 4,
        Some(_) => 5,
    }
}

/// What the rows of view 7 are sorted by: what would be left worst off comes first.
pub fn rank(standing: &Standing, leg: &LegView) -> (u8, PositionKey) {
    (class(&Alone::of(leg, standing.since)), leg.key.clone())
}

/// The words of the header: `HALT`, `STANDBY`, `LEASE LOST`, with the account where it is not
/// all of them.
pub fn modes(snapshot: &Snapshot, is_wide: bool) -> Vec<(String, Role)> {
    let lease = |account: &AccountView, lost: bool| match &account.lease {
        Some(LeaseState::Standby { .. }) => !lost,
        Some(LeaseState::Lost { .. }) => lost,
        Some(LeaseState::Held { .. }) | None => false,
    };
    let mut modes = Vec::new();
    let mut add = |word: &str, role, wanted: &dyn Fn(&AccountView) -> bool| {
        let meant: Vec<_> = snapshot.accounts.iter().filter(|account| wanted(account)).collect();
        let text = match meant.as_slice() {
            [] => return,
            all if all.len() == snapshot.accounts.len() => word.to_owned(),
            [one] => format!("{word} {}", one.name),
            some => format!("{word} {}/{}", some.len(), snapshot.accounts.len()),
        };
        modes.push((text, role));
    };
    add("HALT", Role::FlashWarn, &|account| account.halt.is_some());
    add("LEASE LOST", Role::LinkDown, &|account| lease(account, true));
    add("STANDBY", Role::LinkSlow, &|account| lease(account, false));
    let mut holders = snapshot.accounts.iter().filter_map(|account| match &account.lease {
        Some(LeaseState::Standby { holder, .. }) => Some(holder),
        _ => None,
    });
    if let (true, Some(holder), Some((text, _))) = (is_wide, holders.next(), modes.last_mut())
        && holders.all(|other| other == holder)
    {
        text.push_str(&format!(" ({holder})"));
    }
    modes
}

/// The lease in one word, and how that looks.
pub fn lease(account: &AccountView) -> (&'static str, Role) {
    match &account.lease {
        None => (format::NONE, Role::Dim),
        Some(LeaseState::Held { .. }) => ("held", Role::LinkOk),
        Some(LeaseState::Standby { .. }) => ("STANDBY", Role::LinkSlow),
        Some(LeaseState::Lost { .. }) => ("LOST", Role::LinkDown),
    }
}

/// The alerts that leases and failed clean-ups raise.
pub fn alerts(account: &AccountView, now: Time) -> Vec<Alert> {
    let place = words::account(account);
    let mut alerts = Vec::new();
    let mut add = |severity, text| alerts.push(Alert { key: None, severity, text });
    let is_told = account.findings.iter().any(|f| f.kind == AccountFindingKind::Standby);
    match &account.lease {
        Some(LeaseState::Lost { why }) => {
            add(Severity::Alarm, format!("LEASE LOST  {place}  nothing is sent: {why}"));
        }
        Some(LeaseState::Standby { holder, until }) if !is_told => {
            let left = format::age(until.since(now));
            add(
                Severity::Odd,
                format!("STANDBY  {place}  held by {holder}, for {left} unless renewed"),
            );
        }
        _ => {}
    }
    if account.failed_cleanups > 0 {
        let count = account.failed_cleanups;
        let text = format!("FAILED CLEANUP  {place}  {count} failed to take a stop away; tried on");
        add(Severity::Warn, text);
    }
    alerts
}
