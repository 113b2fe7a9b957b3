//! Repairs that were written, each with its row before and after, for showing and taking back.
//!
//! For: what the screen offers to undo. Not for: undoing, which the ledger does by itself.
//! Door: [`keep`], called when a change has been written and before it is believed.

use std::sync::Arc;

use crate::domain::journal::RepairId;
use crate::domain::ledger::{Row, RowId};
use crate::domain::snapshot::RepairView;

use crate::engine::adopt;
use crate::engine::cx::{Cx, Then};

/// Keeps the repairs of a written change. `before` is the row as it was, `new` the id of a row
/// that the change made.
pub(super) fn keep(
    cx: &mut Cx,
    (id, text): (RepairId, String),
    then: &Then,
    before: Option<Arc<Row>>,
    new: Option<RowId>,
) {
    match then {
        Then::Updated(row) | Then::Closed(row) => remember(cx, id, text, before, (**row).clone()),
        Then::Adopted(row) => {
            if let Some(new) = new {
                remember(cx, id, text, None, adopt::row((**row).clone(), new));
            }
        }
        Then::Flipped(closed, opened, (second, told)) => {
            remember(cx, id, text, before, (**closed).clone());
            if let Some(new) = new {
                let after = adopt::row((**opened).clone(), new);
                remember(cx, second.clone(), told.clone(), None, after);
            }
        }
        Then::Undone { .. } | Then::Intended(_) | Then::Opened(_) => {}
    }
}

fn remember(cx: &mut Cx, id: RepairId, text: String, before: Option<Arc<Row>>, after: Row) {
    let Some((rule, author)) = cx.journaled.remove(&id) else { return };
    let key = after.key.clone();
    let (at, after) = (cx.now, Arc::new(after));
    cx.repaired(RepairView { id, rule, author, key, at, text, before, after });
}
