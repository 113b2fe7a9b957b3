//! What the command line says of plans and people.

use crate::domain::amount::Money;
use crate::domain::key::Leg;
use crate::domain::plan::{ClosePlan, Open, StopPlan};
use crate::domain::trust::Demotion;
use crate::runtime::SeenLeg;

/// What a close will send.
pub fn close(leg: &SeenLeg, open: Open, plan: &ClosePlan) -> String {
    let all = if plan.whole { "all of it" } else { "part of it" };
    let orders = match plan.orders.len() {
        1 => String::new(),
        more => format!(" in {more} orders"),
    };
    format!(
        "close {held_at}: {send} {quantity} of {held}{orders}, {all}, at market, reduce-only\n\
         profit at the mark, before fees: {profit}",
        held_at = side_by_side(leg, open),
        send = plan.side,
        quantity = plan.quantity,
        held = open.quantity,
        profit = plan.profit.map_or_else(|| "unknown".to_owned(), money),
    )
}

/// What an adoption will write and send.
pub fn adopt(leg: &SeenLeg, open: Open, plan: &StopPlan) -> String {
    format!(
        "adopt {held_at} {quantity} @ {entry}: a row in the ledger, and behind it a stop\n\
         {send} {size} at {trigger}, stop-market, reduce-only; if it fires there: {profit}",
        held_at = side_by_side(leg, open),
        quantity = open.quantity,
        entry = open.entry,
        send = plan.side,
        size = plan.quantity,
        trigger = plan.trigger,
        profit = money(plan.profit_at_stop),
    )
}

/// Where it is held and on which side, which a hedged leg's own name says already.
fn side_by_side(leg: &SeenLeg, open: Open) -> String {
    match leg.key.leg {
        Leg::Net => format!("{} {}", leg.key, open.side),
        Leg::Long | Leg::Short => leg.key.to_string(),
    }
}

/// What an undo will change.
pub fn undo(repair: &str) -> String {
    format!("undo {repair}: the ledger's row as it was before this repair; nothing is sent")
}

fn money(amount: Money) -> String {
    format!("{amount}")
}

/// What an undone repair does to the rule it was done under.
pub fn held_back(held: &Demotion) -> String {
    let (rule, account) = (held.duty.name(), &held.account);
    format!(
        "from now on {rule} only proposes in {account}; \
         :restore {account} {rule} in the console lifts that"
    )
}

/// Who asks, for the record.
pub fn who() -> String {
    let user = std::env::var("USER").unwrap_or_else(|_| "somebody".to_owned());
    format!("{user} on the command line")
}
