//! The guard of a leg, for programs: what covers it, how far away, and how long it was bare today.
//!
//! For: one object a leg of a scan. Not for: what differs (that is `report`), or what stays behind
//! without an engine (that is `Alone`). Door: [`guard`].

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::domain::alone::Alone;
use crate::domain::amount::{Price, Side};
use crate::domain::guard::Guard;
use crate::domain::snapshot::{LegView, There};

/// How a leg is guarded; null where nothing is open.
pub fn guard(leg: &LegView, behind: &Alone) -> Value {
    let There::Open { side, liquidation, .. } = &leg.there else { return Value::Null };
    let state = match leg.guard.value {
        Guard::Naked => "naked",
        Guard::Partly(_) => "partly",
        Guard::Covered(_) => "covered",
        Guard::Unknown => "unknown",
    };
    let mark = leg.mark.map(|mark| mark.value);
    json!({
        "state": state,
        "covered_quantity": behind.covered,
        "stop_price": behind.stop,
        "stop_distance_percent": mark.zip(behind.stop).map(|(m, stop)| distance(*side, m, stop)),
        "mark_price": mark,
        "liquidation_price": liquidation,
        "naked_today_ms": leg.naked.total.millis(),
        "naked_today_worst_ms": leg.naked.worst.millis(),
        "naked_today_spans": leg.naked.spans,
        "naked_since": leg.naked.since.map(|at| at.rfc3339()),
    })
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
