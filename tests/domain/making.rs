//! Values for the tests of the domain, written as short as a table.

use holdfast::domain::amount::{Money, OrderSide, Price, Qty, Side};
use holdfast::domain::client_id::ClientId;
use holdfast::domain::evidence::{Fill, Origin};
use holdfast::domain::instrument::Instrument;
use holdfast::domain::key::{Leg, PositionKey, Symbol, TradeId, VenueOrderId};
use holdfast::domain::ledger::{Row, RowId, RowStatus};
use holdfast::domain::order::{ConditionalKind, ConditionalOrder, TriggerBy};
use holdfast::domain::position::VenuePosition;
use holdfast::domain::time::{Time, VenueTime};
use rust_decimal::Decimal;

pub fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub fn price(text: &str) -> Price {
    Price::new(d(text)).unwrap()
}

pub fn qty(text: &str) -> Qty {
    Qty::new(d(text)).unwrap()
}

/// A fill without a fee, at an instant that is its trade id.
pub fn fill(side: OrderSide, quantity: &str, at_price: &str, trade: i64) -> Fill {
    Fill {
        symbol: Symbol::from("BTCUSDT"),
        leg: Leg::Net,
        trade_id: TradeId::from(trade.to_string()),
        order_id: VenueOrderId::from(format!("o{trade}")),
        client_id: None,
        origin: Origin::Plain,
        side,
        quantity: qty(quantity),
        price: price(at_price),
        fee: Money::ZERO,
        fee_asset: Symbol::from("USDT"),
        at: VenueTime(trade),
    }
}

pub fn sell(quantity: &str, at_price: &str, trade: i64) -> Fill {
    fill(OrderSide::Sell, quantity, at_price, trade)
}

pub fn buy(quantity: &str, at_price: &str, trade: i64) -> Fill {
    fill(OrderSide::Buy, quantity, at_price, trade)
}

pub fn with_fee(fill: Fill, fee: &str, asset: &str) -> Fill {
    Fill { fee: Money(d(fee)), fee_asset: Symbol::from(asset), ..fill }
}

pub fn made_by(fill: Fill, client_id: &str, origin: Origin) -> Fill {
    Fill { client_id: Some(ClientId::from(client_id)), origin, ..fill }
}

pub fn instrument(tick: &str, step: &str, max: &str) -> Instrument {
    Instrument {
        symbol: Symbol::from("BTCUSDT"),
        tick: price(tick),
        step: qty(step),
        market_min: qty(step),
        market_max: qty(max),
        market_step: qty(step),
        min_notional: None,
        quote: Symbol::from("USDT"),
        trading: true,
        ends: None,
    }
}

pub fn position(side: Side, quantity: &str, entry: &str) -> VenuePosition {
    VenuePosition {
        side,
        quantity: qty(quantity),
        entry: Some(price(entry)),
        mark: None,
        liquidation: None,
        changed: None,
        opened: None,
        trouble: None,
    }
}

/// A reduce-only stop-market of somebody.
pub fn stop(side: OrderSide, quantity: Option<&str>, trigger: &str) -> ConditionalOrder {
    ConditionalOrder {
        id: VenueOrderId::from("1"),
        client_id: ClientId::from("somebody"),
        symbol: Symbol::from("BTCUSDT"),
        leg: Leg::Net,
        side,
        quantity: quantity.map(qty),
        trigger: Some(price(trigger)),
        trigger_by: TriggerBy::Mark,
        kind: ConditionalKind::StopMarket,
        reduces: true,
        on_position: false,
    }
}

pub fn row(side: Side, quantity: &str, entry: &str) -> Row {
    Row {
        id: RowId(7),
        key: PositionKey::new("main", "BTCUSDT", Leg::Net),
        venue: holdfast::domain::key::Venue::BinanceUsdm,
        side,
        quantity: qty(quantity),
        entry_price: price(entry),
        current_price: None,
        leverage: None,
        status: RowStatus::Active,
        signal_id: None,
        exchange_order_id: None,
        stop_loss_price: None,
        pnl: None,
        pnl_percentage: None,
        exit_price: None,
        exit_reason: None,
        detected_by: None,
        evidence: None,
        priced: true,
        opened_at: Time(0),
        updated_at: Time(0),
        closed_at: None,
        revision: 3,
    }
}
