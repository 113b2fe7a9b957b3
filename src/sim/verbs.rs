//! The words of the control door: what can be told to the exchange from behind.
//!
//! Reads JSON or TOML into a [`Verb`]; unknown words and fields are named in the error.
//! Not here: what a verb does (`control.rs`), what a fault verb means (`fault_verb.rs`).

use rust_decimal::Decimal;
use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize};

use crate::sim::fault_verb::FaultVerb;
use crate::sim::words::{Side, Venue};

/// A decimal given as a number or as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(pub Decimal);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl Visitor<'_> for Reader {
            type Value = Number;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a decimal number")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Number, E> {
                let plain = text.parse().or_else(|_| Decimal::from_scientific(text));
                plain.map(Number).map_err(|_| E::custom(format!("{text:?} is not a number")))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Number, E> {
                Ok(Number(Decimal::from(number)))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Number, E> {
                Ok(Number(Decimal::from(number)))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Number, E> {
                self.visit_str(&number.to_string())
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

/// A way to trade, by order side or by what it opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// Buy.
    #[serde(alias = "BUY", alias = "long", alias = "LONG")]
    Buy,
    /// Sell.
    #[serde(alias = "SELL", alias = "short", alias = "SHORT")]
    Sell,
}

impl Way {
    /// The order side.
    pub const fn side(self) -> Side {
        match self {
            Self::Buy => Side::Buy,
            Self::Sell => Side::Sell,
        }
    }
}

/// A leg of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LegName {
    /// One-way mode.
    #[serde(alias = "both", alias = "BOTH")]
    Net,
    /// Hedge mode, long.
    #[serde(alias = "LONG")]
    Long,
    /// Hedge mode, short.
    #[serde(alias = "SHORT")]
    Short,
}

/// A route of the streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RouteName {
    /// Books.
    Public,
    /// Marks.
    Market,
    /// The owner's events.
    Private,
    /// The retired form.
    Legacy,
}

/// What the exchange can be told.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
#[expect(missing_docs, reason = "the list in the header of `control.rs` describes every field")]
pub enum Verb {
    SetPrice {
        symbol: String,
        price: Option<Number>,
        mark: Option<Number>,
        last: Option<Number>,
    },
    Freeze {
        symbol: Option<String>,
    },
    Unfreeze {
        symbol: Option<String>,
    },
    Volatility {
        symbol: Option<String>,
        share: Number,
    },
    Depth {
        symbol: String,
        qty: Option<Number>,
        parts: Option<u32>,
    },
    Trade {
        symbol: String,
        side: Way,
        qty: Number,
        leg: Option<LegName>,
        price: Option<Number>,
        prefix: Option<String>,
        client_id: Option<String>,
        #[serde(default)]
        reduce_only: bool,
    },
    Close {
        symbol: String,
        leg: Option<LegName>,
        qty: Option<Number>,
        prefix: Option<String>,
    },
    PlaceStop {
        symbol: String,
        trigger: Number,
        qty: Option<Number>,
        side: Option<Way>,
        leg: Option<LegName>,
        kind: Option<String>,
        working: Option<String>,
        client_id: Option<String>,
        prefix: Option<String>,
        reduce_only: Option<bool>,
        #[serde(default)]
        close_position: bool,
        #[serde(default)]
        on_position: bool,
    },
    RemoveStop {
        symbol: Option<String>,
        leg: Option<LegName>,
        #[serde(default)]
        on_position: bool,
        id: Option<i64>,
        client_id: Option<String>,
    },
    CancelOrder {
        symbol: String,
        id: Option<i64>,
        client_id: Option<String>,
    },
    SeedPosition {
        symbol: String,
        side: Way,
        qty: Number,
        entry: Option<Number>,
        ago_ms: Option<i64>,
        history: Option<bool>,
        client_id: Option<String>,
    },
    ErasePosition {
        symbol: String,
        leg: Option<LegName>,
    },
    Liquidate {
        symbol: String,
        leg: Option<LegName>,
        price: Option<Number>,
    },
    Adl {
        symbol: String,
        leg: Option<LegName>,
        price: Option<Number>,
    },
    Settle {
        symbol: String,
        price: Option<Number>,
    },
    MarginCall {
        symbol: String,
        leg: Option<LegName>,
    },
    Fund {
        symbol: String,
        rate: Number,
    },
    Transfer {
        amount: Number,
        coin: Option<String>,
    },
    HedgeMode {
        on: bool,
        symbol: Option<String>,
    },
    ListContracts {
        like: String,
        count: u32,
    },
    SetStatus {
        symbol: String,
        status: String,
        delivery: Option<i64>,
    },
    AddKey {
        api_key: String,
        public_key: Option<String>,
        secret: Option<String>,
        trade: Option<bool>,
        ips: Option<Vec<String>>,
    },
    SetLimits {
        weight: Option<u32>,
        orders_10s: Option<u32>,
        orders_1m: Option<u32>,
        per_endpoint: Option<u32>,
        per_ip: Option<u32>,
        counted: Option<bool>,
    },
    Ban {
        for_ms: i64,
    },
    ClockSkew {
        ms: i64,
    },
    Ways {
        old_user_stream: Option<bool>,
        old_answers: Option<bool>,
        no_order_weight: Option<bool>,
        silent_expiry: Option<bool>,
        text_expiry: Option<bool>,
        ack_ms: Option<i64>,
        quoted_numbers: Option<bool>,
        sparse_rows: Option<bool>,
        moves_prices: Option<bool>,
        repeated_rows: Option<bool>,
        fresh_every: Option<u64>,
    },
    ExpireListenKey {},
    Kick {
        route: Option<RouteName>,
        #[serde(default)]
        hard: bool,
    },
    Mute {
        route: Option<RouteName>,
    },
    KeepContracts {
        symbols: Vec<String>,
    },
    Coverage {
        symbol: Option<String>,
    },
    Fault(FaultVerb),
    ClearFaults {
        id: Option<u64>,
    },
    Reset {},
}

/// A verb and the venue it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The named venue, if one is named.
    pub venue: Option<Venue>,
    /// What is to be done.
    pub verb: Verb,
}

impl Told {
    /// Reads one verb with an optional `venue`.
    ///
    /// # Errors
    /// One sentence that names the unknown venue, word or field.
    pub fn read(mut value: serde_json::Value) -> Result<Self, String> {
        let named = value.as_object_mut().and_then(|fields| fields.remove("venue"));
        let venue = match named {
            None => None,
            Some(named) => {
                let venue = named.as_str().and_then(Venue::parse);
                Some(venue.ok_or_else(|| {
                    format!("there is no venue {named}; known are \"binance\" and \"bybit\"")
                })?)
            }
        };
        Ok(Self { venue, verb: Verb::read(value)? })
    }
}

impl Verb {
    /// Reads one verb.
    ///
    /// # Errors
    /// One sentence that names the unknown word or field.
    pub fn read(value: serde_json::Value) -> Result<Self, String> {
        let name = value.get("do").and_then(serde_json::Value::as_str).map(str::to_owned);
        serde_json::from_value(value).map_err(|error| match name {
            Some(name) => format!("control verb {name:?} was not understood: {error}"),
            None => format!("a control request needs a \"do\" with the name of a verb: {error}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_may_be_text_and_words_may_be_either_kind() {
        let verb = json!({"do": "trade", "symbol": "BTCUSDT", "side": "short", "qty": 0.5});
        let Ok(Verb::Trade { side, qty, .. }) = Verb::read(verb) else { panic!() };
        assert_eq!((side, qty.0), (Way::Sell, Decimal::new(5, 1)));
    }

    #[test]
    fn an_unknown_verb_and_an_unknown_field_are_named() {
        let unknown = Verb::read(json!({"do": "dance"})).unwrap_err();
        assert!(unknown.contains("\"dance\"") && unknown.contains("set_price"), "{unknown}");
        let field = Verb::read(json!({"do": "transfer", "amount": 1, "to": "x"})).unwrap_err();
        assert!(field.contains("transfer") && field.contains("`to`"), "{field}");
        let none = Verb::read(json!({"symbol": "X"})).unwrap_err();
        assert!(none.contains("\"do\""), "{none}");
    }
}
