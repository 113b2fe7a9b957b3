//! The start gate: nothing is sent or written for an account before it was known once.
//!
//! Known means: the ledger read, the venue reached, one complete look with the lists of orders,
//! and every act of an earlier run accounted for. Each account has its own gate, and once open it
//! stays open: a stop that is lost later is put back even while looks fail. Door: [`weigh`].

use crate::engine::cx::Cx;
use crate::engine::state::Account;

/// What is missing before anything may be sent or written for an account.
pub(super) fn missing(cx: &Cx, account: &Account) -> Vec<String> {
    let info = &account.info;
    if info.is_open() {
        return Vec::new();
    }
    let unfinished: usize = account.legs.values().map(|leg| leg.unfinished.len()).sum();
    let acts = match unfinished {
        1 => "an act of an earlier run has no outcome yet".to_owned(),
        more => format!("{more} acts of an earlier run have no outcome yet"),
    };
    let wanted = [
        (cx.books_read, "the ledger has not been read".to_owned()),
        (info.connected, "the venue has not been reached".to_owned()),
        (info.sweeps > 0, "no complete look yet".to_owned()),
        (info.orders_known.is_some(), "the lists of orders have not been read".to_owned()),
        (unfinished == 0, acts),
    ];
    wanted.into_iter().filter(|(is_there, _)| !is_there).map(|(_, what)| what).collect()
}

/// Opens the gate once nothing is missing.
pub(super) fn weigh(cx: &mut Cx, account: &mut Account) {
    if !account.info.is_open() && missing(cx, account).is_empty() {
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
