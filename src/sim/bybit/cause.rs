//! Why an order is there and why it ended, in the venue's words.
//!
//! Source: bybit 3.10, 4.5.

use crate::sim::algo::Algo;
use crate::sim::fills::{IOC_REST, KNOCKED_OUT, MARKET_REST, REJECTED, WOULD_TAKE};
use crate::sim::orders::{Order, Origin};
use crate::sim::words::{AlgoKind, AlgoStatus, Bond, By, Forced, Leg, Side, Status};

/// `stopOrderType` of a conditional order.
pub const fn stop_type(kind: AlgoKind, bond: Bond) -> &'static str {
    match (bond, kind) {
        (Bond::Free, _) => "Stop",
        (Bond::Whole, AlgoKind::TrailingStopMarket) => "TrailingStop",
        (Bond::Whole, kind) if kind.takes_profit() => "TakeProfit",
        (Bond::Whole, _) => "StopLoss",
        (Bond::Part, kind) if kind.takes_profit() => "PartialTakeProfit",
        (Bond::Part, _) => "PartialStopLoss",
    }
}

/// `createType` of a conditional order and of what it becomes.
pub const fn created_by_stop(kind: AlgoKind, bond: Bond) -> &'static str {
    match (bond, kind) {
        (Bond::Free, _) => "CreateByStopOrder",
        (Bond::Whole, AlgoKind::TrailingStopMarket) => "CreateByTrailingStop",
        (Bond::Whole, kind) if kind.takes_profit() => "CreateByTakeProfit",
        (Bond::Whole, _) => "CreateByStopLoss",
        (Bond::Part, kind) if kind.takes_profit() => "CreateByPartialTakeProfit",
        (Bond::Part, _) => "CreateByPartialStopLoss",
    }
}

/// The kind of the conditional order an order came from.
pub fn kind_of(origin: &Origin) -> AlgoKind {
    AlgoKind::parse(origin.kind).unwrap_or(AlgoKind::StopMarket)
}

/// `stopOrderType` of an order; empty for a plain one.
pub fn stop_type_of(order: &Order) -> &'static str {
    order.origin.as_ref().map_or("", |origin| stop_type(kind_of(origin), origin.bond))
}

/// `createType` of an order.
pub fn created_by(order: &Order) -> &'static str {
    let want = &order.want;
    match (order.forced, &order.origin) {
        (Some(Forced::Liquidation), _) => "CreateByTakeOver_PassThrough",
        (Some(Forced::Ladder), _) => "CreateByLiq",
        (Some(Forced::Adl), _) => "CreateByAdl_PassThrough",
        (Some(Forced::Settlement), _) => "CreateBySettle",
        (None, Some(origin)) => created_by_stop(kind_of(origin), origin.bond),
        (None, None) if want.by == By::Person && closes(order) => "CreateByClosing",
        (None, None) => "CreateByUser",
    }
}

fn closes(order: &Order) -> bool {
    let want = &order.want;
    want.reduce_only
        || matches!((want.leg, want.side), (Leg::Long, Side::Sell) | (Leg::Short, Side::Buy))
}

/// `execType` of a fill.
pub const fn exec_type(forced: Option<Forced>) -> &'static str {
    match forced {
        Some(Forced::Liquidation) => "BustTrade",
        Some(Forced::Adl) => "AdlTrade",
        Some(Forced::Settlement) => "Delivery",
        Some(Forced::Ladder) | None => "Trade",
    }
}

/// `orderStatus` of an order.
pub const fn status(order: &Order) -> &'static str {
    match order.status {
        Status::New => "New",
        Status::PartiallyFilled => "PartiallyFilled",
        Status::Filled => "Filled",
        Status::Expired if order.expiry == REJECTED => "Rejected",
        Status::Canceled | Status::Expired => "Cancelled",
    }
}

/// `cancelType` and `rejectReason` of an order.
pub fn ending(order: &Order) -> (&'static str, &'static str) {
    match (order.status, order.expiry) {
        (Status::Canceled, _) => ("CancelByUser", "EC_PerCancelRequest"),
        (Status::Expired, KNOCKED_OUT) => ("CancelByReduceOnly", "EC_NoError"),
        (Status::Expired, crate::sim::forced::ACCOUNT_LIQUIDATED) => {
            ("CancelAllBeforeLiq", "EC_NoError")
        }
        (Status::Expired, crate::sim::forced::DELISTED) => ("CancelBySettle", "EC_NoError"),
        (Status::Expired, REJECTED) => ("UNKNOWN", "EC_ReachRiskPriceLimit"),
        (Status::Expired, WOULD_TAKE) => ("UNKNOWN", "EC_PostOnlyWillTakeLiquidity"),
        (Status::Expired, IOC_REST | MARKET_REST) => ("UNKNOWN", "EC_NoImmediateQtyToFill"),
        _ => ("UNKNOWN", "EC_NoError"),
    }
}

/// `orderStatus` of a conditional order that has not become an order; `history` is the listing
/// that shows an ended stop of a position as cancelled.
pub fn stop_status(algo: &Algo, history: bool) -> &'static str {
    match algo.status {
        AlgoStatus::New => "Untriggered",
        AlgoStatus::Triggering | AlgoStatus::Triggered | AlgoStatus::Finished => "Triggered",
        AlgoStatus::Rejected => "Rejected",
        AlgoStatus::Expired if algo.triggered > 0 => "Cancelled",
        AlgoStatus::Canceled | AlgoStatus::Expired => {
            if history && algo.want.bond != Bond::Free {
                "Cancelled"
            } else {
                "Deactivated"
            }
        }
    }
}

/// `cancelType` and `rejectReason` of a conditional order.
pub const fn stop_ending(algo: &Algo) -> (&'static str, &'static str) {
    match (algo.status, algo.ended_by) {
        (AlgoStatus::Expired, _) if algo.triggered > 0 => ("CancelByReduceOnly", "EC_NoError"),
        (AlgoStatus::Expired, _) => ("CancelByTpSlTsClear", "EC_NoError"),
        (AlgoStatus::Canceled, Some(By::Venue)) => ("CancelBySettle", "EC_NoError"),
        (AlgoStatus::Canceled, _) => ("CancelByUser", "EC_PerCancelRequest"),
        (AlgoStatus::Rejected, _) => ("UNKNOWN", "EC_Others"),
        _ => ("UNKNOWN", "EC_NoError"),
    }
}
