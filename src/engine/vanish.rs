//! A mass vanishing: when most of an account's rows are gone at once, the venue is doubted first.
//!
//! Not for: one row's own proof (`gone`), or what a person decides meanwhile (`resolve`).
//! Door: [`weigh`], after every look.

use crate::domain::event::{Event, EventKind, Severity};
use crate::domain::ledger::{Row, RowStatus};
use crate::domain::teeth::{Tooth, broken};

use crate::engine::cx::Cx;
use crate::engine::gone;
use crate::engine::state::{Account, Hold};

/// At least three and at least half of the rows gone at once, and no fill explains it: that is
/// more likely a lying venue than a busy market. Nothing is repaired until it is explained.
pub(super) fn weigh(cx: &mut Cx, account: &mut Account) {
    let old = account.info.hold.take();
    let decided = old.as_ref().map_or(0, |hold| hold.decided);
    let rows = account.legs.values().filter(|leg| leg.row.is_some()).count() + decided;
    let left = account
        .legs
        .values()
        .filter(|leg| leg.is_absent() && leg.row.as_deref().is_some_and(is_held))
        .filter(|leg| !gone::is_explained(&account.info, leg))
        .count();
    // A person who closes one row of it has said nothing of the others.
    let vanished = left + decided;
    if broken(Tooth::IgnoreHold) || left == 0 || vanished < 3 || vanished * 2 < rows {
        return;
    }
    let mut hold = Hold {
        since: old.as_ref().map_or(cx.now, |hold| hold.since),
        looks: old.as_ref().map_or(0, |hold| hold.looks) + 1,
        rows: vanished,
        of: rows,
        told: old.is_some_and(|hold| hold.told),
        decided,
    };
    let asking = account.legs.values().any(|leg| leg.history.asking);
    if hold.looks >= cx.policy.confirmations && !asking && !hold.told {
        hold.told = true;
        let name = &account.info.name;
        let event = Event::about(cx.now, EventKind::PhantomDetected, Severity::Critical, name)
            .saying(format!(
                "{vanished} of {rows} rows are gone from the venue at once and no fill explains \
                 it: nothing is closed, look at the venue"
            ))
            .with(serde_json::json!({"hold": true, "vanished": vanished, "rows": rows}));
        cx.tell(event);
    }
    account.info.hold = Some(hold);
}

/// Whether the row says that something is there: not while it is being opened or closed.
fn is_held(row: &Row) -> bool {
    row.status == RowStatus::Active
}
