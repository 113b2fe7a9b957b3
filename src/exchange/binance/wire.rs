//! The shapes on Binance's wire, borrowed from the answer's text.
//!
//! For: naming the keys we read; everything else is skipped unread.
//! Not for: judging values. Every key is optional here so that `decode` can name the missing one.
//! Door: the structs; [`Text`] is any value that travels as text or as a whole number.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
use serde::{Deserialize, Serialize};

/// Text, or a whole number as its digits: order ids exceed 2^53 and change between the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Text<'a>(pub Cow<'a, str>);

impl Text<'_> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or a whole number")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(number.to_string())))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(number.to_string())))
    }
}

/// An optional value of a row.
pub type Field<'a> = Option<Text<'a>>;

/// A row of `positionRisk`, v3 and v2.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PositionRow<'a> {
    #[serde(borrow)]
    pub symbol: Field<'a>,
    pub position_side: Field<'a>,
    pub position_amt: Field<'a>,
    pub entry_price: Field<'a>,
    pub mark_price: Field<'a>,
    pub liquidation_price: Field<'a>,
    pub update_time: Option<i64>,
}

/// A normal order, as every order endpoint gives it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderRow<'a> {
    #[serde(borrow)]
    pub symbol: Field<'a>,
    pub order_id: Field<'a>,
    pub client_order_id: Field<'a>,
    pub side: Field<'a>,
    pub position_side: Field<'a>,
    pub status: Field<'a>,
    #[serde(rename = "type")]
    pub kind: Field<'a>,
    pub orig_type: Field<'a>,
    pub orig_qty: Field<'a>,
    pub executed_qty: Field<'a>,
    pub avg_price: Field<'a>,
    pub price: Field<'a>,
    pub time: Option<i64>,
    pub stop_price: Field<'a>,
    pub working_type: Field<'a>,
    pub reduce_only: Option<bool>,
    pub close_position: Option<bool>,
}

/// A conditional order, as every algo endpoint gives it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AlgoRow<'a> {
    #[serde(borrow)]
    pub symbol: Field<'a>,
    pub algo_id: Field<'a>,
    pub client_algo_id: Field<'a>,
    pub algo_type: Field<'a>,
    pub order_type: Field<'a>,
    pub side: Field<'a>,
    pub position_side: Field<'a>,
    pub quantity: Field<'a>,
    pub algo_status: Field<'a>,
    pub trigger_price: Field<'a>,
    pub working_type: Field<'a>,
    pub reduce_only: Option<bool>,
    pub close_position: Option<bool>,
    pub actual_order_id: Field<'a>,
    pub actual_qty: Field<'a>,
}

/// A row of `userTrades`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TradeRow<'a> {
    #[serde(borrow)]
    pub symbol: Field<'a>,
    pub id: Field<'a>,
    pub order_id: Field<'a>,
    pub side: Field<'a>,
    pub position_side: Field<'a>,
    pub price: Field<'a>,
    pub qty: Field<'a>,
    pub realized_pnl: Field<'a>,
    pub commission: Field<'a>,
    pub commission_asset: Field<'a>,
    pub time: Option<i64>,
}

/// A row of `income`. Venue fact: `tradeId` is text or a number, empty where no trade is meant.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncomeRow<'a> {
    #[serde(borrow)]
    pub symbol: Field<'a>,
    pub income_type: Field<'a>,
    pub trade_id: Field<'a>,
    pub time: Option<i64>,
}

/// A row of `balance` v3.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BalanceRow<'a> {
    #[serde(borrow)]
    pub asset: Field<'a>,
    pub balance: Field<'a>,
    pub cross_un_pnl: Field<'a>,
    pub available_balance: Field<'a>,
}

/// `accountConfig` and `positionSide/dual`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ModeAnswer {
    pub dual_side_position: Option<bool>,
}

/// `apiRestrictions` of SAPI.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RestrictionsAnswer {
    pub ip_restrict: Option<bool>,
    pub enable_reading: Option<bool>,
    pub enable_futures: Option<bool>,
    pub enable_withdrawals: Option<bool>,
}

/// `time`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TimeAnswer {
    pub server_time: Option<i64>,
}

/// `exchangeInfo`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExchangeInfo<'a> {
    #[serde(borrow)]
    pub rate_limits: Option<Vec<RateLimit<'a>>>,
    #[serde(borrow)]
    pub symbols: Option<Vec<SymbolRow<'a>>>,
}

/// One of `exchangeInfo.rateLimits`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RateLimit<'a> {
    #[serde(borrow)]
    pub rate_limit_type: Field<'a>,
    pub interval: Field<'a>,
    pub interval_num: Option<u32>,
    pub limit: Option<u32>,
}

/// One of `exchangeInfo.symbols`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SymbolRow<'a> {
    #[serde(borrow)]
    pub symbol: Field<'a>,
    pub status: Field<'a>,
    pub margin_asset: Field<'a>,
    pub delivery_date: Field<'a>,
    #[serde(borrow)]
    pub filters: Option<Vec<FilterRow<'a>>>,
}

/// One of a symbol's filters; only the keys of the four that we use.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FilterRow<'a> {
    #[serde(borrow)]
    pub filter_type: Field<'a>,
    pub tick_size: Field<'a>,
    pub step_size: Field<'a>,
    pub min_qty: Field<'a>,
    pub max_qty: Field<'a>,
    pub notional: Field<'a>,
}

/// A mark-price update, alone or as an element of the all-market array.
#[derive(Debug, Deserialize)]
pub struct MarkRow<'a> {
    #[serde(borrow)]
    pub e: Field<'a>,
    pub s: Field<'a>,
    pub p: Field<'a>,
    pub st: Option<i64>,
}

/// The outermost keys of a private frame, raw or in the combined envelope.
#[derive(Debug, Deserialize)]
pub struct Head<'a> {
    #[serde(borrow)]
    pub e: Field<'a>,
    #[serde(borrow)]
    pub data: Option<&'a serde_json::value::RawValue>,
}

/// `ACCOUNT_UPDATE`.
#[derive(Debug, Deserialize)]
pub struct AccountUpdate<'a> {
    #[serde(rename = "T")]
    pub at: Option<i64>,
    #[serde(borrow)]
    pub a: Option<AccountChange<'a>>,
}

/// What changed in an account.
#[derive(Debug, Deserialize)]
pub struct AccountChange<'a> {
    #[serde(borrow, rename = "P")]
    pub positions: Option<Vec<AccountPosition<'a>>>,
}

/// A position of `ACCOUNT_UPDATE` and of `MARGIN_CALL`.
#[derive(Debug, Deserialize)]
pub struct AccountPosition<'a> {
    #[serde(borrow)]
    pub s: Field<'a>,
    pub ps: Field<'a>,
    pub pa: Field<'a>,
    pub ep: Field<'a>,
}

/// `ORDER_TRADE_UPDATE`.
#[derive(Debug, Deserialize)]
pub struct OrderUpdate<'a> {
    #[serde(borrow)]
    pub o: Option<OrderChange<'a>>,
}

/// The order of an `ORDER_TRADE_UPDATE`.
#[derive(Debug, Deserialize)]
pub struct OrderChange<'a> {
    #[serde(borrow)]
    pub s: Field<'a>,
    pub c: Field<'a>,
    #[serde(rename = "S")]
    pub side: Field<'a>,
    pub x: Field<'a>,
    #[serde(rename = "X")]
    pub status: Field<'a>,
    pub i: Field<'a>,
    pub l: Field<'a>,
    pub z: Field<'a>,
    #[serde(rename = "L")]
    pub last_price: Field<'a>,
    pub n: Field<'a>,
    #[serde(rename = "N")]
    pub fee_asset: Field<'a>,
    #[serde(rename = "T")]
    pub at: Option<i64>,
    pub t: Field<'a>,
    pub ap: Field<'a>,
    pub o: Field<'a>,
    pub ot: Field<'a>,
    pub ps: Field<'a>,
    pub q: Field<'a>,
    pub p: Field<'a>,
    #[serde(rename = "R")]
    pub reduce_only: Option<bool>,
}

/// `ALGO_UPDATE`. Which keys there are differs with the status.
#[derive(Debug, Deserialize)]
pub struct AlgoUpdate<'a> {
    #[serde(borrow)]
    pub o: Option<AlgoChange<'a>>,
}

/// The conditional order of an `ALGO_UPDATE`.
#[derive(Debug, Deserialize)]
pub struct AlgoChange<'a> {
    #[serde(borrow)]
    pub caid: Field<'a>,
    pub aid: Field<'a>,
    pub at: Field<'a>,
    pub o: Field<'a>,
    pub s: Field<'a>,
    #[serde(rename = "S")]
    pub side: Field<'a>,
    pub ps: Field<'a>,
    pub q: Field<'a>,
    #[serde(rename = "X")]
    pub status: Field<'a>,
    pub aq: Field<'a>,
    pub tp: Field<'a>,
    pub wt: Field<'a>,
    pub cp: Option<bool>,
    #[serde(rename = "R")]
    pub reduce_only: Option<bool>,
    pub rm: Field<'a>,
}

/// `MARGIN_CALL`, `ACCOUNT_CONFIG_UPDATE` and `CONDITIONAL_ORDER_TRIGGER_REJECT`.
#[derive(Debug, Deserialize)]
pub struct Notice<'a> {
    #[serde(borrow)]
    pub p: Option<Vec<AccountPosition<'a>>>,
    #[serde(borrow)]
    pub ac: Option<LeverageChange<'a>>,
    pub ai: Option<AssetMode>,
    #[serde(borrow)]
    pub or: Option<TriggerReject<'a>>,
}

/// A leverage change.
#[derive(Debug, Deserialize)]
pub struct LeverageChange<'a> {
    #[serde(borrow)]
    pub s: Field<'a>,
    pub l: Option<i64>,
}

/// A change of the multi-assets mode.
#[derive(Debug, Deserialize)]
pub struct AssetMode {
    pub j: Option<bool>,
}

/// A conditional order refused when it fired.
#[derive(Debug, Deserialize)]
pub struct TriggerReject<'a> {
    #[serde(borrow)]
    pub s: Field<'a>,
    pub i: Field<'a>,
    pub r: Field<'a>,
}
