//! Spoils a true answer: empty, cut off, without a field, with or without rows.

use serde_json::Value;

use crate::sim::binance::wallet::zero_row;
use crate::sim::faults::Trouble;
use crate::sim::world::World;

/// The answer as it leaves, after one trouble.
pub fn spoil(world: &World, trouble: &Trouble, path: &str, body: String) -> String {
    match trouble {
        Trouble::EmptyList => "[]".to_owned(),
        Trouble::ShortPage(rows) => change(&body, |value| {
            if let Value::Array(list) = value {
                list.truncate(usize::try_from(*rows).unwrap_or(usize::MAX));
            }
        }),
        Trouble::Truncate => half(&body),
        Trouble::MissingField(name) => change(&body, |value| strip(value, name)),
        Trouble::HideRows(symbol) => change(&body, |value| hide(value, symbol)),
        Trouble::ZeroRows(symbol) if path.ends_with("/positionRisk") => {
            add_zero_rows(world, symbol.as_deref(), &body)
        }
        _ => body,
    }
}

/// The first half of a text.
pub fn half(body: &str) -> String {
    let half = (0..=body.len() / 2).rev().find(|at| body.is_char_boundary(*at));
    body.get(..half.unwrap_or(0)).unwrap_or_default().to_owned()
}

/// A JSON text after a change; what is no JSON stays as it is.
pub fn change(body: &str, edit: impl FnOnce(&mut Value)) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(body) else { return body.to_owned() };
    edit(&mut value);
    value.to_string()
}

/// Takes a field out of every object.
pub fn strip(value: &mut Value, name: &str) {
    match value {
        Value::Object(fields) => {
            fields.remove(name);
            fields.values_mut().for_each(|inner| strip(inner, name));
        }
        Value::Array(rows) => rows.iter_mut().for_each(|inner| strip(inner, name)),
        _ => {}
    }
}

/// Takes the rows of a contract out of every list.
pub fn hide(value: &mut Value, symbol: &str) {
    match value {
        Value::Array(rows) => {
            rows.retain(|row| row.get("symbol").and_then(Value::as_str) != Some(symbol));
            rows.iter_mut().for_each(|row| hide(row, symbol));
        }
        Value::Object(fields) => fields.values_mut().for_each(|inner| hide(inner, symbol)),
        _ => {}
    }
}

/// Rows without size for a named contract, or for everything that was ever held.
fn add_zero_rows(world: &World, symbol: Option<&str>, body: &str) -> String {
    let names: Vec<String> = match symbol {
        Some(symbol) => vec![symbol.to_owned()],
        None => world.exchange.account.positions().map(|(slot, _)| slot.0.clone()).collect(),
    };
    let rows = names.iter().filter_map(|name| zero_row(world, name)).map(|row| row.0);
    let rows: Vec<String> = rows.collect();
    let inside = body.trim().trim_start_matches('[').trim_end_matches(']').to_owned();
    let parts: Vec<String> =
        rows.into_iter().chain([inside]).filter(|part| !part.is_empty()).collect();
    format!("[{}]", parts.join(","))
}
