//! Coverage: how much of a leg a live, right-sided, reduce-only stop on the venue covers.

use serde::{Deserialize, Serialize};

use crate::domain::amount::{Price, Qty, Side};
use crate::domain::order::{ConditionalKind, ConditionalOrder};
use crate::domain::position::VenuePosition;
use crate::domain::teeth::{Tooth, broken};

/// How well a leg is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Guard {
    /// No stop covers any of it.
    Naked,
    /// Stops cover this much and no more.
    Partly(Qty),
    /// All of it is covered; the stop nearest to liquidation is at this price.
    Covered(Price),
    /// The venue's orders could not be read: nothing may be concluded.
    Unknown,
}

/// Judges a leg by the venue's own conditional orders.
///
/// An order counts when it is a stop-market that can only reduce, on the closing side, with its
/// trigger on the losing side of the mark and before liquidation. Take-profits, stop-limits and
/// stops beyond liquidation do not protect, however they are named.
pub fn judge<'a>(
    position: &VenuePosition,
    mark: Option<Price>,
    orders: impl IntoIterator<Item = &'a ConditionalOrder>,
) -> Guard {
    let mut covered: Option<Qty> = None;
    let mut farthest: Option<Price> = None;
    for order in orders {
        if !counts(position, mark, order) {
            continue;
        }
        let Some(trigger) = order.trigger else { continue };
        let quantity = order.quantity.unwrap_or(position.quantity);
        covered = Some(covered.map_or(quantity, |sum| sum.plus(quantity)));
        farthest = Some(farthest.map_or(trigger, |at| weaker(position.side, at, trigger)));
    }
    match (covered, farthest) {
        (Some(sum), Some(at)) if sum >= position.quantity => Guard::Covered(at),
        (Some(sum), _) => Guard::Partly(sum),
        (None, _) => Guard::Naked,
    }
}

/// Whether one order protects this position at all.
pub fn counts(position: &VenuePosition, mark: Option<Price>, order: &ConditionalOrder) -> bool {
    let Some(trigger) = order.trigger else { return false };
    let beyond_liquidation =
        position.liquidation.is_some_and(|liq| !position.side.protects(trigger, liq));
    // Without a mark the entry is no substitute: a stop in profit is on the far side of it.
    let winning_side = mark.is_some_and(|mark| match position.side {
        Side::Long => trigger > mark,
        Side::Short => trigger < mark,
    });
    let profits = order.kind == ConditionalKind::TakeProfit && broken(Tooth::TakeProfitProtects);
    let stops = order.kind == ConditionalKind::StopMarket && !winning_side || profits;
    stops
        && !(order.on_position && broken(Tooth::IgnoreSlot))
        && order.reduces
        && order.side == position.side.closing()
        && !beyond_liquidation
}

/// The stop nearest to the market among those that alone cover all of `quantity`.
pub fn standing<'a>(
    side: Side,
    quantity: Qty,
    orders: impl IntoIterator<Item = &'a ConditionalOrder>,
) -> Option<Price> {
    let whole = |order: &&ConditionalOrder| {
        order.kind == ConditionalKind::StopMarket
            && order.reduces
            && order.side == side.closing()
            && order.quantity.is_none_or(|size| size >= quantity)
    };
    let triggers = orders.into_iter().filter(whole).filter_map(|order| order.trigger);
    triggers.reduce(|best, at| if side.protects(at, best) { at } else { best })
}

fn weaker(side: Side, a: Price, b: Price) -> Price {
    if side.protects(a, b) { b } else { a }
}
