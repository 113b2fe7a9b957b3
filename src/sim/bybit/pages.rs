//! Lists in pages: which rows a cursor stands before, and the cursor that follows.
//!
//! A page that has rows hands out a cursor even when nothing follows it. Source: bybit 3.0.

use crate::sim::bybit::call::{Call, encoded};
use crate::sim::bybit::errors::Failure;
use crate::sim::json::{Json, list, object};

/// What a spoilt cursor begins with: it stands before the first row.
pub const ENDLESS: &str = "endless,";

/// One row with its place in the list and the words its cursor is made of.
#[derive(Clone, Debug)]
pub struct Row {
    /// Rows are listed in the order of this.
    pub place: String,
    /// The cursor that stands after it.
    pub cursor: String,
    /// The row itself.
    pub json: Json,
}

/// How a list is paged.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    /// Page length when none is asked for, and the most there is.
    pub limits: (usize, usize),
    /// Largest place first.
    pub newest_first: bool,
    /// A page begins with the last row of the one before it.
    pub repeats: bool,
    /// The last page has no cursor.
    pub ends: bool,
}

/// One page of a list as the result of an answer.
///
/// # Errors
/// 10001 for a limit out of range or a cursor that was never handed out.
pub fn page(call: &Call, mut rows: Vec<Row>, paging: Paging) -> Result<Json, Failure> {
    rows.sort_by(|one, other| one.place.cmp(&other.place));
    if paging.newest_first {
        rows.reverse();
    }
    let limit = call.limit(paging.limits.0, paging.limits.1)?;
    let start = match call.cursor().filter(|cursor| !cursor.starts_with(ENDLESS)) {
        None => 0,
        Some(cursor) => {
            let found = rows.iter().position(|row| lasting(&row.cursor) == lasting(&cursor));
            match found {
                Some(at) if paging.repeats => at,
                Some(at) => at + 1,
                // A position that closed between two pages: go on after where it stood.
                None if cursor.split(',').count() == 3 => {
                    rows.iter().take_while(|row| row.place <= lasting(&cursor)).count()
                }
                None => return Err(Failure::params("params error: cursor invalid")),
            }
        }
    };
    let total = rows.len();
    let shown: Vec<Row> = rows.into_iter().skip(start).take(limit).collect();
    let over = start + shown.len() >= total;
    let next = match shown.last() {
        Some(last) if !(over && paging.ends) => encoded(&last.cursor),
        _ => String::new(),
    };
    Ok(object! {
        "category": "linear",
        "list": list(shown.into_iter().map(|row| row.json)),
        "nextPageCursor": next,
    })
}

/// What of a cursor does not change: of symbol, time and slot the first and the last.
fn lasting(cursor: &str) -> String {
    match cursor.split(',').collect::<Vec<&str>>()[..] {
        [symbol, _, slot] => format!("{symbol},{slot}"),
        _ => cursor.to_owned(),
    }
}
