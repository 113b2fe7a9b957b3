//! Reading positions, balances, the key's rights and the clock: the answers about an account.
//!
//! For: turning an answer's text into domain values, or one sentence naming row and field.
//! Not for: orders and fills (`decode_orders`), instruments and marks (`decode_market`), stream
//! frames (`events`), and which of two contradicting rows is told on (`memory`).
//! Door: [`positions`], [`mode`], [`account`], [`balance`], [`key`].

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::domain::amount::{Money, Price, Side};
use crate::domain::key::{Leg, Symbol};
use crate::domain::position::{Balance, PositionMode, PositionTrouble, VenuePosition};
use crate::domain::sweep::Part;
use crate::domain::teeth::{Tooth, broken};
use crate::domain::time::{Time, VenueTime};
use crate::exchange::account::Rights;
use crate::exchange::bybit::read::{
    Page, amount, decimal, instant, leg, named, number, object, page, price, quantity, text, whole,
    word, words,
};
use crate::exchange::bybit::wire::{
    AccountAnswer, CoinRow, Envelope, Field, KeyAnswer, ModeRow, PositionRow, TimeAnswer, WalletRow,
};
use crate::exchange::failure::{garbled, quoted};
use crate::exchange::numbers;

/// How new a row about a slot is. Source: bybit 4.4: the sequence is that of the last trade, so
/// changes of stops and leverage keep it, and it counts for one symbol only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The sequence of the last trade; none when the venue names none.
    pub seq: Option<i64>,
    /// When the slot last changed.
    pub at: Option<VenueTime>,
}

impl Stamp {
    /// Whether a row with this stamp may follow one with the `known` stamp: a later trade, or
    /// the same one and no earlier change. Where one row names no trade, the change alone counts.
    pub fn may_follow(&self, known: &Self) -> bool {
        match (self.seq, known.seq) {
            (Some(seq), Some(other)) if seq != other => seq > other,
            _ => self.at >= known.at,
        }
    }
}

/// One slot of an instrument, open or flat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Instrument.
    pub symbol: Symbol,
    /// Leg.
    pub leg: Leg,
    /// What is open; none when the slot is flat.
    pub open: Option<VenuePosition>,
    /// Where the stop on the position itself fires.
    pub stop_loss: Option<Price>,
    /// Where the take-profit on the position itself fires.
    pub take_profit: Option<Price>,
    /// How far the trailing stop on the position itself follows the price.
    pub trailing: Option<Price>,
    /// How new this is.
    pub stamp: Stamp,
}

/// Reads a page of `position/list`. A query by symbol lists flat slots too: they are seen flat,
/// which is more than not being listed.
pub fn positions(body: &str) -> Part<Page<Slot>> {
    page(body, |row: &PositionRow<'_>| match slot(row) {
        Err(_) if broken(Tooth::MissingIsZero) => Ok(None),
        read => read.map(Some),
    })
}

/// Reads one row about a slot.
pub(crate) fn slot(row: &PositionRow<'_>) -> Result<Slot, String> {
    read_slot(row).map_err(|why| named(row.symbol, &why))
}

fn read_slot(row: &PositionRow<'_>) -> Result<Slot, String> {
    let symbol = Symbol::from(&*text("symbol", row.symbol)?);
    let leg = leg(row.position_idx)?;
    let changed = instant("updatedTime", row.updated_time)?;
    let entry = row.avg_price.or(row.entry_price);
    let open = match quantity("size", row.size)? {
        None => None,
        Some(quantity) => Some(VenuePosition {
            side: side(leg, row.side)?,
            quantity,
            entry: price("avgPrice", entry)?,
            mark: price("markPrice", row.mark_price)?,
            liquidation: price("liqPrice", row.liq_price)?,
            changed,
            opened: instant("openTime", row.open_time)?,
            trouble: match &*word(row.position_status) {
                "Liq" => Some(PositionTrouble::Liquidating),
                "Adl" => Some(PositionTrouble::Deleveraging),
                _ => None,
            },
        }),
    };
    Ok(Slot {
        symbol,
        leg,
        open,
        stop_loss: price("stopLoss", row.stop_loss)?,
        take_profit: price("takeProfit", row.take_profit)?,
        trailing: price("trailingStop", row.trailing_stop)?,
        stamp: Stamp { seq: whole("seq", row.seq)?.filter(|seq| *seq >= 0), at: changed },
    })
}

/// The direction of an open slot: a hedged one has the direction of its leg and no other.
fn side(leg: Leg, field: Field<'_>) -> Result<Side, String> {
    let said = match &*word(field) {
        "Buy" => Some(Side::Long),
        "Sell" => Some(Side::Short),
        "" => None,
        other => return Err(format!("side is unknown: {}", quoted(other))),
    };
    match (leg, said) {
        (Leg::Net, Some(side)) => Ok(side),
        (Leg::Net, None) => Err("side is empty and size is not zero".to_owned()),
        (Leg::Long, None | Some(Side::Long)) => Ok(Side::Long),
        (Leg::Short, None | Some(Side::Short)) => Ok(Side::Short),
        (_, Some(side)) => Err(format!("positionIdx of the {leg} leg has a {side} side")),
    }
}

/// The newest row of every slot: pages repeat rows when something changes between them.
pub fn newest(rows: impl IntoIterator<Item = Slot>) -> BTreeMap<(Symbol, Leg), Slot> {
    let mut slots: BTreeMap<(Symbol, Leg), Slot> = BTreeMap::new();
    for row in rows {
        let key = (row.symbol.clone(), row.leg);
        if slots.get(&key).is_none_or(|known| row.stamp.may_follow(&known.stamp)) {
            slots.insert(key, row);
        }
    }
    slots
}

/// One-way or hedge, from the legs the venue showed; none when it showed none. The mode is kept
/// for each symbol, and no answer names it (bybit 3.3).
pub fn mode(legs: impl IntoIterator<Item = Leg>) -> Option<PositionMode> {
    legs.into_iter().fold(None, |mode, leg| {
        let this = match leg {
            Leg::Net => PositionMode::OneWay,
            Leg::Long | Leg::Short => PositionMode::Hedge,
        };
        Some(mode.filter(|mode| *mode != this).map_or(this, |_| PositionMode::Mixed))
    })
}

/// Reads `symbol-info`: the legs of every symbol the account may trade, which tell its modes.
///
/// # Errors
/// One sentence when it did not come whole.
pub fn modes(body: &str) -> Result<BTreeMap<Symbol, Leg>, String> {
    let read = |row: &ModeRow<'_>| {
        let symbol = Symbol::from(&*text("symbol", row.symbol)?);
        Ok(Some((symbol, leg(row.position_idx)?)))
    };
    match page(body, read) {
        Part::Whole(page) => Ok(page.rows.into_iter().collect()),
        Part::Broken(_, why) => Err(why),
    }
}

/// How an account's margin is shared between its positions. Source: bybit 3.4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Margin {
    /// Each position has its own.
    Isolated,
    /// All positions share it, alone or netted by risk.
    Shared,
}

/// Reads `account/info`.
///
/// # Errors
/// One sentence, also for a classic account, whose positions are not where we look.
pub fn account(body: &str) -> Result<Margin, String> {
    let answer: AccountAnswer<'_> = object(body)?;
    match whole("unifiedMarginStatus", answer.unified_margin_status)? {
        Some(3..=6) => {}
        Some(CLASSIC) => {
            return Err("this is a classic account (unifiedMarginStatus 1); upgrade it to a \
                        unified trading account, the only kind this program reads"
                .to_owned());
        }
        Some(other) => return Err(format!("unifiedMarginStatus is unknown: {other}")),
        None => return Err("unifiedMarginStatus is missing".to_owned()),
    }
    match &*text("marginMode", answer.margin_mode)? {
        "ISOLATED_MARGIN" => Ok(Margin::Isolated),
        "REGULAR_MARGIN" | "PORTFOLIO_MARGIN" => Ok(Margin::Shared),
        other => Err(format!("marginMode is unknown: {}", quoted(other))),
    }
}

/// The kind of account whose positions are not where we look.
const CLASSIC: i64 = 1;

/// Whether an answer about the account says, readably, that it is a classic one.
pub fn is_classic(body: &str) -> bool {
    let answer: Result<AccountAnswer<'_>, _> = object(body);
    let kind = answer.and_then(|it| whole("unifiedMarginStatus", it.unified_margin_status));
    kind == Ok(Some(CLASSIC))
}

/// Currencies an account with isolated margin is counted in, most usual first.
const QUOTES: [&str; 2] = ["USDT", "USDC"];

/// Reads `wallet-balance`. Under shared margin these are the account's totals in USD. Under
/// isolated margin totals mean nothing: it is the first usual coin that the account holds, else
/// the most valuable one, less what positions, orders and bonus bind (bybit 3.4).
///
/// # Errors
/// One sentence naming the field.
pub fn balance(body: &str, margin: Margin) -> Result<Balance, String> {
    let row = |row: &WalletRow<'_>| match margin {
        Margin::Shared => shared(row).map(Some),
        Margin::Isolated => isolated(row).map(Some),
    };
    match page(body, row) {
        Part::Whole(page) => page.rows.first().copied().ok_or("no account is listed".to_owned()),
        Part::Broken(_, why) => Err(why),
    }
}

/// What a row of a wallet says under either kind of margin; none where it does not say enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Worth {
    shared: Option<Balance>,
    isolated: Option<Balance>,
}

impl Worth {
    /// The account's worth.
    pub fn under(&self, margin: Margin) -> Option<Balance> {
        match margin {
            Margin::Shared => self.shared,
            Margin::Isolated => self.isolated,
        }
    }
}

/// Reads a row of the topic `wallet`, which is that of `wallet-balance` (bybit 4.7).
pub(crate) fn worth(row: &WalletRow<'_>) -> Worth {
    Worth { shared: shared(row).ok(), isolated: isolated(row).ok() }
}

fn shared(row: &WalletRow<'_>) -> Result<Balance, String> {
    Ok(Balance {
        equity: Money(decimal("totalEquity", row.total_equity)?),
        available: Money(decimal("totalAvailableBalance", row.total_available_balance)?),
    })
}

fn isolated(row: &WalletRow<'_>) -> Result<Balance, String> {
    // Coins of which there is nothing are not listed.
    let coins = row.coin.as_deref().ok_or("coin is missing")?;
    let held = |name: &&str| coins.iter().find(|coin| *word(coin.coin) == **name);
    let worth = |coin: &&CoinRow<'_>| number(&word(coin.usd_value)).unwrap_or_default();
    let usual = QUOTES.iter().find_map(held);
    let Some(coin) = usual.or_else(|| coins.iter().max_by_key(worth)) else {
        return Ok(Balance { equity: Money::ZERO, available: Money::ZERO });
    };
    let bound = [
        ("totalPositionIM", coin.total_position_im),
        ("totalOrderIM", coin.total_order_im),
        ("locked", coin.locked),
        ("bonus", coin.bonus),
    ];
    let mut available = decimal("walletBalance", coin.wallet_balance)?;
    for (name, field) in bound {
        available -= amount(name, field)?;
    }
    Ok(Balance {
        equity: Money(decimal("equity", coin.equity)?),
        available: Money(available.max(Decimal::ZERO)),
    })
}

/// What the venue says of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// What it may do.
    pub rights: Rights,
    /// When it ends; none for a key that does not.
    pub ends: Option<VenueTime>,
}

/// Reads `query-api`. Venue fact: a key that never ends has a negative `deadlineDay` and ends in
/// 1970 (bybit 3.5).
///
/// # Errors
/// One sentence naming the field.
pub fn key(body: &str) -> Result<Key, String> {
    let answer: KeyAnswer<'_> = object(body)?;
    let groups = answer.permissions.ok_or("permissions is missing")?;
    let contract = texts("permissions.ContractTrade", groups.contract_trade)?;
    let derivatives = texts("permissions.Derivatives", groups.derivatives)?;
    let wallet = texts("permissions.Wallet", groups.wallet)?;
    let ips = texts("ips", Some(answer.ips.ok_or("ips is missing")?))?;
    let writes = whole("readOnly", answer.read_only)?.ok_or("readOnly is missing")? == 0;
    let may = |name: &str| contract.iter().any(|right| right == name);
    let rights = Rights {
        read: !contract.is_empty() || !derivatives.is_empty(),
        trade: writes && may("Order") && may("Position"),
        withdraw: wallet.iter().any(|right| right == "Withdraw"),
        ip_restricted: !ips.is_empty() && ips.iter().all(|ip| ip != "*"),
    };
    let counts = whole("deadlineDay", answer.deadline_day)?.is_none_or(|days| days >= 0);
    let ends = words(answer.expired_at).and_then(|text| Time::parse(&text));
    let ends = ends.filter(|at| counts && at.0 > 0).map(|at| VenueTime(at.0));
    Ok(Key { rights, ends })
}

/// A list of texts; empty where there is none.
fn texts(name: &str, field: Field<'_>) -> Result<Vec<String>, String> {
    let Some(raw) = field else { return Ok(Vec::new()) };
    serde_json::from_str(raw.get()).map_err(|_| format!("{name} is no list of texts"))
}

/// Reads `market/time`.
///
/// # Errors
/// One sentence naming the field.
pub fn server_time(body: &str) -> Result<VenueTime, String> {
    let answer: TimeAnswer<'_> = object(body)?;
    if let Some(nanoseconds) = whole("timeNano", answer.time_nano)? {
        return numbers::instant("timeNano", Some(nanoseconds / 1_000_000));
    }
    let envelope: Envelope<'_, TimeAnswer<'_>> =
        serde_json::from_str(body).map_err(|why| garbled(&why))?;
    instant("time", envelope.time)?.ok_or_else(|| "timeNano is missing".to_owned())
}
