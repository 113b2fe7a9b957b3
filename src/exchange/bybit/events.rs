//! Reading the private stream: one frame, one event with all its rows.
//!
//! For: turning a frame of a topic into a [`UserEvent`].
//! Not for: what was said before (`memory`), and acknowledgements and heartbeats (`answers`).
//! Door: [`event`].

use serde::Deserialize;

use crate::exchange::bybit::decode::{Slot, Worth, slot, worth};
use crate::exchange::bybit::decode_fills::{Execution, execution};
use crate::exchange::bybit::decode_orders::{Order, order};
use crate::exchange::bybit::read::{linear, list, named, words};
use crate::exchange::bybit::wire::{ExecutionRow, Field, Head, OrderRow, PositionRow};
use crate::exchange::failure::garbled;

/// What a private frame says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserEvent {
    /// Slots changed, or were touched by an order that changed nothing.
    Positions(Rows<Slot>),
    /// Orders changed.
    Orders(Rows<Order>),
    /// Something was executed.
    Executions(Rows<Execution>),
    /// Money came or went.
    Wallet(Vec<Worth>),
    /// Anything else, by its topic.
    Other(String),
}

/// The rows of a frame: several orders, or all fills of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows<T> {
    /// What could be read.
    pub read: Vec<T>,
    /// Why that is not all, one sentence: then everything has to be looked at again.
    pub missed: Option<String>,
}

/// A frame that could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadFrame {
    /// Whether it was, or may have been, about positions, orders or executions: then something
    /// is missed and everything has to be looked at again.
    pub matters: bool,
    /// One sentence without the frame's content.
    pub why: String,
}

/// Reads one private frame. Each topic has a general and a linear form (bybit 4.3); the fast
/// form of executions repeats fills without their fees and is passed over.
///
/// # Errors
/// [`BadFrame`], which says whether something may have been missed.
pub fn event(frame: &str) -> Result<UserEvent, BadFrame> {
    let head: Head<'_> = serde_json::from_str(frame).map_err(|why| {
        let about = ["\"position", "\"order", "\"execution"];
        let matters = about.iter().any(|name| frame.contains(name));
        let why = format!("a frame of the user stream is no JSON object: {}", garbled(&why));
        BadFrame { matters, why }
    })?;
    let topic = words(head.topic).unwrap_or_default();
    Ok(match &*topic {
        "position" | "position.linear" => UserEvent::Positions(rows(&topic, head.data, position)),
        "order" | "order.linear" => UserEvent::Orders(rows(&topic, head.data, ordered)),
        "execution" | "execution.linear" => {
            UserEvent::Executions(rows(&topic, head.data, executed))
        }
        // What cannot be read of it is read again by the next look.
        "wallet" => UserEvent::Wallet(rows(&topic, head.data, |row| Ok(Some(worth(row)))).read),
        other => UserEvent::Other(other.to_owned()),
    })
}

fn rows<'a, W: Deserialize<'a>, T>(
    topic: &str,
    data: Field<'a>,
    take: fn(&W) -> Result<Option<T>, String>,
) -> Rows<T> {
    let (read, missed) = match data {
        Some(data) => list(data.get(), take),
        None => (Vec::new(), Some("data is missing".to_owned())),
    };
    Rows { read, missed: missed.map(|why| format!("{topic}: {why}")) }
}

fn position(row: &PositionRow<'_>) -> Result<Option<Slot>, String> {
    if linear(row.category).is_err() {
        return Ok(None);
    }
    let slot = slot(row)?;
    match slot.stamp.at {
        Some(_) => Ok(Some(slot)),
        None => Err(named(row.symbol, "updatedTime is missing")),
    }
}

fn ordered(row: &OrderRow<'_>) -> Result<Option<Order>, String> {
    if linear(row.category).is_err() {
        return Ok(None);
    }
    order(row).map(Some)
}

fn executed(row: &ExecutionRow<'_>) -> Result<Option<Execution>, String> {
    if linear(row.category).is_err() {
        return Ok(None);
    }
    execution(row)
}
