//! The legs of a scan, for programs: what is open, what covers it, and how long it was bare today.
//!
//! For: one object a leg. Not for: what differs (that is `report`). Door: [`list`].

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::cli::report::{ledger_side, venue_side};
use crate::domain::alone::{self, Alone};
use crate::domain::amount::{Price, Side};
use crate::domain::guard::Guard;
use crate::domain::order::ConditionalKind;
use crate::domain::snapshot::{LegView, Snapshot, There};
use crate::domain::time::Time;

/// Every leg that is open on its venue, or of which nobody knows.
pub fn list(picture: &Snapshot) -> Vec<Value> {
    let legs = picture.legs.iter().filter(|leg| alone::stays(leg));
    legs.map(|leg| whole(leg, picture.at)).collect()
}

fn whole(leg: &LegView, now: Time) -> Value {
    let mut fields = json!({
        "account": leg.key.account,
        "exchange": leg.venue.exchange(),
        "symbol": leg.key.symbol,
        "leg": leg.key.leg,
        "position_id": leg.row.as_ref().map(|row| row.id),
        "ledger": ledger_side(leg),
        "venue": venue_side(leg),
        "naked_today_ms": leg.naked.total.millis(),
        "naked_today_worst_ms": leg.naked.worst.millis(),
        "naked_today_spans": leg.naked.spans,
        "naked_since": leg.naked.since.map(|at| at.rfc3339()),
        "alone": behind(leg, now),
    });
    if let (Some(all), Value::Object(more)) = (fields.as_object_mut(), protection(leg)) {
        all.extend(more);
    }
    fields
}

/// What stays behind it without an engine.
fn behind(leg: &LegView, now: Time) -> Value {
    let behind = Alone::of(leg, now);
    let mut alone = json!(behind);
    alone["text"] = json!(behind.text());
    alone
}

/// How what is open is covered; all null where that is not known.
fn protection(leg: &LegView) -> Value {
    let open = match &leg.there {
        There::Open { side, quantity, entry, liquidation, .. } => {
            Some((*side, *quantity, *entry, *liquidation))
        }
        There::Absent(_) | There::Unknown => None,
    };
    let mark = leg.mark.map(|mark| mark.value);
    let (guard, covered) = match leg.guard.value {
        _ if open.is_none() => ("unknown", None),
        Guard::Naked => ("naked", None),
        Guard::Partly(quantity) => ("partly", Some(quantity)),
        Guard::Covered(_) => ("covered", open.map(|(_, quantity, ..)| quantity)),
        Guard::Unknown => ("unknown", None),
    };
    let stop = open.and_then(|(side, ..)| stop(leg, side));
    let distance = open.zip(mark).zip(stop);
    json!({
        "side": open.map(|(side, ..)| side),
        "quantity": open.map(|(_, quantity, ..)| quantity),
        "entry_price": open.and_then(|(_, _, entry, _)| entry),
        "mark_price": mark,
        "liquidation_price": open.and_then(|(.., liquidation)| liquidation),
        "guard": guard,
        "covered_quantity": covered,
        "stop_price": stop,
        "stop_distance_percent":
            distance.map(|(((side, ..), mark), stop)| self::distance(side, mark, stop)),
    })
}

/// The weakest stop that counts: the one nearest to liquidation.
fn stop(leg: &LegView, side: Side) -> Option<Price> {
    match leg.guard.value {
        Guard::Covered(at) => Some(at),
        Guard::Naked | Guard::Unknown => None,
        Guard::Partly(_) => {
            let stops = leg.stops_there().into_iter().filter(|stop| {
                stop.kind == ConditionalKind::StopMarket
                    && stop.reduces
                    && stop.side == side.closing()
            });
            let triggers = stops.filter_map(|stop| stop.trigger);
            match side {
                Side::Long => triggers.min(),
                Side::Short => triggers.max(),
            }
        }
    }
}

/// How far the mark has to go to it, as a share of the mark; below zero once it is through.
fn distance(side: Side, mark: Price, stop: Price) -> Decimal {
    let away = match side {
        Side::Long => mark.get() - stop.get(),
        Side::Short => stop.get() - mark.get(),
    };
    (away * Decimal::ONE_HUNDRED / mark.get()).round_dp(4).normalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_counts_towards_the_losing_side() {
        let price = |number: i64| Price::new(Decimal::from(number)).ok();
        let (Some(mark), Some(below), Some(above)) = (price(200), price(190), price(203)) else {
            panic!("positive numbers are prices");
        };
        assert_eq!(distance(Side::Long, mark, below).to_string(), "5");
        assert_eq!(distance(Side::Short, mark, above).to_string(), "1.5");
        assert_eq!(distance(Side::Short, mark, below).to_string(), "-5");
    }
}
