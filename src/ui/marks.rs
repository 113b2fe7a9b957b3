//! Marks: which legs an act about several means.
//!
//! For: marking the row under the cursor and all rows of a range. Marks are keys: they survive
//! sorting and filters and go with their leg. Door: [`toggle`], [`range`].

use crate::domain::key::PositionKey;
use crate::ui::model::{Level, Model};
use crate::ui::rows::RowKey;

/// Marks the leg under the cursor, or takes its mark away.
pub(super) fn toggle(model: &mut Model) {
    if let Some(key) = model.cursor_key().cloned()
        && !model.marks.remove(&key)
    {
        model.marks.insert(key);
    }
}

/// Takes all marks away, and the beginning of a range.
pub(super) fn clear(model: &mut Model) {
    model.marks.clear();
    model.wide.range = None;
}

/// Begins a range at the cursor; the second time marks every leg from there to the cursor.
pub(super) fn range(model: &mut Model) {
    let Some(here) = model.cursor_key().cloned() else { return };
    let Some(from) = model.wide.range.take() else {
        model.say(Level::Ok, format!("a range begins at {}: move, then V again", here.symbol));
        model.wide.range = Some(here);
        return;
    };
    let Some(rows) = model.rows.get(&model.view) else { return };
    let began = rows.order.iter().position(|row| row.leg() == Some(&from));
    let Some(began) = began else {
        let text = format!("{from} is not listed any more: the range begins anew");
        return model.say(Level::Warn, text);
    };
    let (first, last) = (began.min(rows.at), began.max(rows.at));
    let meant = rows.order.iter().skip(first).take(last - first + 1);
    let keys: Vec<PositionKey> = meant.filter_map(RowKey::leg).cloned().collect();
    model.marks.extend(keys);
    let count = model.marks.len();
    model.say(Level::Ok, format!("{count} marked"));
}
