//! Plain orders of others that rest on a leg: shown, counted, never touched.
//!
//! For: one finding a leg, however many orders there are. Not for: who they are from (`writers`),
//! nor for conditional orders, which count as protection whoever placed them.
//! Door: [`listed`], [`placed`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::count::counted;
use crate::domain::event::Severity;
use crate::domain::key::{Leg, Symbol, VenueOrderId};
use crate::domain::order::ForeignOrder;
use crate::domain::snapshot::Check;
use crate::domain::sweep::Sweep;
use crate::domain::time::{Span, Time};

use crate::engine::cx::Cx;
use crate::engine::leg::{Belief, LegState};
use crate::engine::look::{self, Why};
use crate::engine::state::Account;
use crate::engine::writers;

/// How many orders are shown one by one.
const SHOWN: usize = 5;

/// One that the stream announced and that is not over by then rests: many are filled at once.
const RESTS_AFTER: Span = Span::secs(1);

/// An order of somebody else, when it was last heard of, and from when on it is said to rest.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct HeldForeign {
    order: ForeignOrder,
    heard: Time,
    rests: Time,
}

/// Replaces what is known by a complete list. What the stream told since the question left stays.
pub(super) fn listed(cx: &mut Cx, account: &mut Account, asked: Time, sweep: &Sweep) {
    let Some(orders) = sweep.foreign() else { return };
    let mut by_leg: BTreeMap<(Symbol, Leg), Vec<&ForeignOrder>> = BTreeMap::new();
    let resting = orders.iter().filter(|order| order.price.is_some());
    for order in resting {
        by_leg.entry((order.symbol.clone(), order.leg)).or_default().push(order);
    }
    for (place, leg) in &mut account.legs {
        if !leg.signs.foreign.is_empty() && !by_leg.contains_key(place) {
            leg.signs.foreign.retain(|held| held.heard >= asked);
        }
    }
    for ((symbol, side), orders) in by_leg {
        let leg = account.leg(&symbol, side, cx.now);
        let old = std::mem::take(&mut leg.signs.foreign);
        let listed = |held: &HeldForeign| orders.iter().any(|order| order.id == held.order.id);
        let new = orders.iter().filter(|order| !old.iter().any(|held| held.order.id == order.id));
        let new: Vec<_> = new.map(|order| order.client_id.clone()).collect();
        leg.signs.foreign = orders
            .iter()
            .map(|order| HeldForeign { order: (*order).clone(), heard: asked, rests: asked })
            .chain(old.iter().filter(|held| held.heard >= asked && !listed(held)).cloned())
            .collect();
        for id in new {
            writers::ordered(cx, &mut account.info, &id);
        }
    }
    let held = account.legs.iter().flat_map(|(place, leg)| {
        leg.signs.foreign.iter().map(|held| (held.order.id.clone(), place.clone()))
    });
    account.info.foreign = held.collect();
}

/// Takes the stream's word on a new order of somebody else.
pub(super) fn placed(cx: &mut Cx, account: &mut Account, order: ForeignOrder) {
    if order.price.is_some() {
        let place = (order.symbol.clone(), order.leg);
        account.info.foreign.insert(order.id.clone(), place);
    }
    let leg = account.leg(&order.symbol.clone(), order.leg, cx.now);
    let known = leg.signs.foreign.iter().any(|held| held.order.id == order.id);
    let id = order.client_id.clone();
    // One without a price is on its way and rests nowhere.
    if order.price.is_some() {
        leg.signs.foreign.retain(|held| held.order.id != order.id);
        let rests = cx.now + RESTS_AFTER;
        leg.signs.foreign.push(HeldForeign { order, heard: cx.now, rests });
        cx.again(&leg.key, rests);
    }
    // Nothing is known yet of a leg that nobody held.
    if matches!(leg.there, Belief::Unknown) {
        look::want(cx, &mut account.info, Why::Confirm);
    }
    if !known {
        writers::ordered(cx, &mut account.info, &id);
    }
}

/// Takes the stream's word that an order is over.
pub(super) fn ended(cx: &mut Cx, account: &mut Account, id: &VenueOrderId) {
    let Some(place) = account.info.foreign.remove(id) else { return };
    let Some(leg) = account.legs.get_mut(&place) else { return };
    leg.signs.foreign.retain(|held| held.order.id != *id);
    cx.touch(&leg.key);
}

/// The orders that are worth a finding: on a leg that the ledger tracks, or able to open one.
pub(super) fn in_the_way(leg: &LegState, now: Time) -> impl Iterator<Item = &ForeignOrder> {
    let tracked = leg.row.is_some();
    let resting = leg.signs.foreign.iter().filter(move |held| held.rests <= now);
    let orders = resting.map(|held| &held.order);
    orders.filter(move |order| tracked || !order.reduces)
}

/// Loud where one of them could open or enlarge a position.
pub(super) fn severity(leg: &LegState, now: Time) -> Severity {
    if in_the_way(leg, now).any(|order| !order.reduces) {
        Severity::Warning
    } else {
        Severity::Info
    }
}

/// How many there are, and the first of them.
pub(super) fn sentence(leg: &LegState, now: Time) -> String {
    let count = in_the_way(leg, now).count();
    let rest = counted(count, "order of others rests", "orders of others rest");
    let first = in_the_way(leg, now).next().map_or_else(String::new, describe);
    format!("{rest} here, left alone: {first}")
}

fn describe(order: &ForeignOrder) -> String {
    let price = order.price.map_or_else(|| "market".to_owned(), |price| price.to_string());
    let only = if order.reduces { " reduce-only" } else { "" };
    format!("{} {} @ {price}{only} ({})", order.side, order.quantity, order.client_id)
}

/// Each of the first few.
pub(super) fn checks(leg: &LegState, now: Time) -> Vec<Check> {
    let shown = in_the_way(leg, now).take(SHOWN).map(|order| Check {
        what: describe(order),
        holds: true,
        detail: Time(order.at.0).rfc3339(),
    });
    let more = in_the_way(leg, now).count().saturating_sub(SHOWN);
    let rest = (more > 0).then(|| Check {
        what: format!("and {more} more"),
        holds: true,
        detail: String::new(),
    });
    shown.chain(rest).collect()
}

/// The first few, for the log.
pub(super) fn facts(leg: &LegState, now: Time) -> Value {
    let shown = in_the_way(leg, now).take(SHOWN).map(|order| {
        serde_json::json!({
            "client_id": order.client_id, "order_id": order.id, "side": order.side,
            "quantity": order.quantity, "price": order.price, "reduces": order.reduces,
        })
    });
    serde_json::json!({ "count": in_the_way(leg, now).count(), "first": shown.collect::<Vec<_>>() })
}
