//! Spoils a true answer: empty, cut off, without a field, with or without rows, with a cursor
//! that leads nowhere.

use serde_json::Value;

use crate::sim::binance::mangle::{change, half, hide, strip};
use crate::sim::bybit::call::{Call, encoded};
use crate::sim::bybit::pages::ENDLESS;
use crate::sim::bybit::positions::flat_row;
use crate::sim::bybit::world::BybitWorld;
use crate::sim::faults::Trouble;

/// The answer as it leaves, after one trouble.
pub fn spoil(world: &mut BybitWorld, trouble: &Trouble, call: &Call, body: String) -> String {
    match trouble {
        Trouble::Truncate => half(&body),
        Trouble::MissingField(name) => change(&body, |value| strip(value, name)),
        Trouble::HideRows(symbol) => change(&body, |value| hide(value, symbol)),
        Trouble::EmptyList => change(&body, |value| {
            if let Some(rows) = rows(value) {
                rows.clear();
            }
            set_cursor(value, String::new());
        }),
        Trouble::ZeroRows(symbol) if call.path.ends_with("/position/list") => {
            add_flat_rows(world, symbol.as_deref(), &body)
        }
        Trouble::RepeatedCursor => match call.get("cursor") {
            Some(same) => change(&body, |value| set_cursor(value, same.to_owned())),
            None => body,
        },
        Trouble::EndlessCursor => {
            let next = encoded(&format!("{ENDLESS}{}", world.rng.text(12)));
            change(&body, |value| set_cursor(value, next))
        }
        _ => body,
    }
}

fn rows(value: &mut Value) -> Option<&mut Vec<Value>> {
    value.get_mut("result")?.get_mut("list")?.as_array_mut()
}

fn set_cursor(value: &mut Value, cursor: String) {
    if let Some(place) = value.get_mut("result").and_then(|result| result.get_mut("nextPageCursor"))
    {
        *place = Value::from(cursor);
    }
}

/// Rows without size for a named contract, or for everything that was ever held.
fn add_flat_rows(world: &BybitWorld, symbol: Option<&str>, body: &str) -> String {
    let names: Vec<String> = match symbol {
        Some(symbol) => vec![symbol.to_owned()],
        None => world.exchange.account.positions().map(|(slot, _)| slot.0.clone()).collect(),
    };
    let flat = names.iter().filter_map(|name| flat_row(&world.exchange, name));
    let flat: Vec<Value> = flat.filter_map(|row| serde_json::from_str(&row.0).ok()).collect();
    change(body, |value| {
        if let Some(rows) = rows(value) {
            rows.splice(0..0, flat);
        }
    })
}
