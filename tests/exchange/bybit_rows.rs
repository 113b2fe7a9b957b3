//! Rows as Bybit lists them, in few words.

use serde_json::{Value, json};

/// A row of `instruments-info`.
pub fn instrument(symbol: &str, coin: &str) -> Value {
    json!({
        "symbol": symbol, "contractType": "LinearPerpetual", "status": "Trading",
        "baseCoin": "BTC", "quoteCoin": coin, "settleCoin": coin, "deliveryTime": "0",
        "priceFilter": {"minPrice": "0.10", "maxPrice": "1999999.80", "tickSize": "0.10"},
        "lotSizeFilter": {"maxOrderQty": "1190", "minOrderQty": "0.001", "qtyStep": "0.001",
            "maxMktOrderQty": "500", "minNotionalValue": "5"},
    })
}

/// A row of `position/list`.
pub fn position(symbol: &str, slot: u8, side: &str, size: &str) -> Value {
    json!({
        "symbol": symbol, "positionIdx": slot, "side": side, "size": size, "avgPrice": "60000",
        "markPrice": "61000", "liqPrice": "", "stopLoss": "", "takeProfit": "",
        "trailingStop": "0", "positionStatus": "Normal", "seq": 100, "openTime": 1790000000000_i64,
        "updatedTime": "1790000000001", "createdTime": "1600000000000",
    })
}

/// The stop on a position, as `order/realtime` lists it.
pub fn stop_order(symbol: &str, slot: u8, side: &str, trigger: &str) -> Value {
    json!({
        "symbol": symbol, "orderId": "stop-1", "orderLinkId": "", "side": side,
        "positionIdx": slot, "orderStatus": "Untriggered", "orderType": "Market", "price": "0",
        "qty": "0.5", "leavesQty": "0.5", "cumExecQty": "0", "avgPrice": "",
        "stopOrderType": "StopLoss", "createType": "CreateByStopLoss", "cancelType": "UNKNOWN",
        "triggerPrice": trigger, "triggerDirection": 2, "triggerBy": "MarkPrice",
        "tpslMode": "Full", "reduceOnly": true, "closeOnTrigger": true,
        "createdTime": "1790000000000", "updatedTime": "1790000000002",
    })
}
