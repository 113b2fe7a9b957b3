//! The shapes on Bybit's wire, borrowed from the answer's text.
//!
//! For: naming the keys we read; everything else is skipped unread.
//! Not for: judging values. Every key is optional and of any type here, so that `read` can name
//! the one that is missing or odd, and one odd row never costs its neighbours.
//! Door: the structs; a [`Field`] is any JSON value, still as its text.

use serde::Deserialize;
use serde_json::value::RawValue;

/// A value of a row: none when the key is missing or null. Venue fact: the same key travels as
/// a number, as quoted digits, as empty text or not at all (bybit 0).
pub type Field<'a> = Option<&'a RawValue>;

/// The envelope around one object.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", bound(deserialize = "T: Deserialize<'de>"))]
pub struct Envelope<'a, T> {
    #[serde(borrow)]
    pub ret_code: Field<'a>,
    #[serde(borrow)]
    pub ret_msg: Field<'a>,
    pub result: Option<T>,
    #[serde(borrow)]
    pub time: Field<'a>,
}

/// A position, as `position/list` and the topic `position` give it; the topic spells the entry
/// price differently.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PositionRow<'a> {
    #[serde(borrow)]
    pub category: Field<'a>,
    pub symbol: Field<'a>,
    pub position_idx: Field<'a>,
    pub side: Field<'a>,
    pub size: Field<'a>,
    pub avg_price: Field<'a>,
    pub entry_price: Field<'a>,
    pub mark_price: Field<'a>,
    pub liq_price: Field<'a>,
    pub take_profit: Field<'a>,
    pub stop_loss: Field<'a>,
    pub trailing_stop: Field<'a>,
    pub position_status: Field<'a>,
    pub seq: Field<'a>,
    pub open_time: Field<'a>,
    pub updated_time: Field<'a>,
}

/// An order of any kind, as the order endpoints and the topic `order` give it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OrderRow<'a> {
    #[serde(borrow)]
    pub category: Field<'a>,
    pub symbol: Field<'a>,
    pub order_id: Field<'a>,
    pub order_link_id: Field<'a>,
    pub side: Field<'a>,
    pub position_idx: Field<'a>,
    pub order_status: Field<'a>,
    pub order_type: Field<'a>,
    pub stop_order_type: Field<'a>,
    pub create_type: Field<'a>,
    pub cancel_type: Field<'a>,
    pub reject_reason: Field<'a>,
    pub price: Field<'a>,
    pub qty: Field<'a>,
    pub leaves_qty: Field<'a>,
    pub cum_exec_qty: Field<'a>,
    pub avg_price: Field<'a>,
    pub trigger_price: Field<'a>,
    pub trigger_direction: Field<'a>,
    pub trigger_by: Field<'a>,
    pub last_price_on_created: Field<'a>,
    pub tpsl_mode: Field<'a>,
    pub reduce_only: Field<'a>,
    pub close_on_trigger: Field<'a>,
    pub created_time: Field<'a>,
    pub updated_time: Field<'a>,
}

/// An execution, as `execution/list` and the topic `execution` give it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExecutionRow<'a> {
    #[serde(borrow)]
    pub category: Field<'a>,
    pub symbol: Field<'a>,
    pub order_id: Field<'a>,
    pub order_link_id: Field<'a>,
    pub side: Field<'a>,
    pub stop_order_type: Field<'a>,
    pub create_type: Field<'a>,
    pub exec_type: Field<'a>,
    pub exec_id: Field<'a>,
    pub exec_price: Field<'a>,
    pub exec_qty: Field<'a>,
    pub exec_time: Field<'a>,
    pub exec_fee: Field<'a>,
    pub fee_currency: Field<'a>,
    pub extra_fees: Field<'a>,
    pub closed_size: Field<'a>,
    pub leaves_qty: Field<'a>,
}

/// One of an execution's extra fees: taxes of some countries.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExtraFee<'a> {
    #[serde(borrow)]
    pub fee_coin: Field<'a>,
    pub fee: Field<'a>,
}

/// A row of `closed-pnl`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ClosedRow<'a> {
    #[serde(borrow)]
    pub symbol: Field<'a>,
    pub order_id: Field<'a>,
    pub side: Field<'a>,
    pub exec_type: Field<'a>,
    pub closed_size: Field<'a>,
    pub updated_time: Field<'a>,
}

/// The acknowledgement of an order request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AckAnswer<'a> {
    #[serde(borrow)]
    pub order_id: Field<'a>,
}

/// A row of `symbol-info`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ModeRow<'a> {
    #[serde(borrow)]
    pub symbol: Field<'a>,
    #[serde(borrow)]
    pub position_idx: Field<'a>,
}

/// `account/info`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountAnswer<'a> {
    #[serde(borrow)]
    pub unified_margin_status: Field<'a>,
    pub margin_mode: Field<'a>,
}

/// One account of `wallet-balance`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WalletRow<'a> {
    #[serde(borrow)]
    pub total_equity: Field<'a>,
    pub total_available_balance: Field<'a>,
    pub coin: Option<Vec<CoinRow<'a>>>,
}

/// One coin of an account.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CoinRow<'a> {
    #[serde(borrow)]
    pub coin: Field<'a>,
    pub equity: Field<'a>,
    pub usd_value: Field<'a>,
    pub wallet_balance: Field<'a>,
    #[serde(rename = "totalPositionIM")]
    pub total_position_im: Field<'a>,
    #[serde(rename = "totalOrderIM")]
    pub total_order_im: Field<'a>,
    pub locked: Field<'a>,
    pub bonus: Field<'a>,
}

/// `query-api`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyAnswer<'a> {
    #[serde(borrow)]
    pub read_only: Field<'a>,
    pub permissions: Option<Permissions<'a>>,
    pub ips: Field<'a>,
    pub deadline_day: Field<'a>,
    pub expired_at: Field<'a>,
}

/// The groups of a key's permissions that matter here.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Permissions<'a> {
    #[serde(borrow)]
    pub contract_trade: Field<'a>,
    pub derivatives: Field<'a>,
    pub wallet: Field<'a>,
}

/// `market/time`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TimeAnswer<'a> {
    #[serde(borrow)]
    pub time_nano: Field<'a>,
}

/// A row of `instruments-info`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InstrumentRow<'a> {
    #[serde(borrow)]
    pub symbol: Field<'a>,
    pub status: Field<'a>,
    pub settle_coin: Field<'a>,
    pub delivery_time: Field<'a>,
    #[serde(borrow)]
    pub price_filter: Option<PriceFilter<'a>>,
    #[serde(borrow)]
    pub lot_size_filter: Option<LotFilter<'a>>,
}

/// An instrument's price steps.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PriceFilter<'a> {
    #[serde(borrow)]
    pub tick_size: Field<'a>,
}

/// An instrument's sizes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LotFilter<'a> {
    #[serde(borrow)]
    pub qty_step: Field<'a>,
    pub min_order_qty: Field<'a>,
    pub max_order_qty: Field<'a>,
    pub max_mkt_order_qty: Field<'a>,
    pub min_notional_value: Field<'a>,
}

/// A ticker, whole on REST and in a snapshot, and only what changed in a delta.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TickerRow<'a> {
    #[serde(borrow)]
    pub symbol: Field<'a>,
    pub mark_price: Field<'a>,
}

/// The outermost keys of a stream's frame, in both spellings there are (bybit 2.3).
#[derive(Debug, Deserialize)]
pub struct Head<'a> {
    #[serde(borrow)]
    pub topic: Field<'a>,
    pub op: Field<'a>,
    pub success: Field<'a>,
    #[serde(alias = "retMsg")]
    pub ret_msg: Field<'a>,
    #[serde(rename = "retCode")]
    pub ret_code: Field<'a>,
    #[serde(alias = "reqId")]
    pub req_id: Field<'a>,
    pub data: Field<'a>,
}
