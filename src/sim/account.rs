//! One account: wallet, mode, leverage, and positions with their average entry.
//!
//! Pure arithmetic over decimals. Not here: orders, prices (they are passed in), events.
//! Door: [`Account::apply`] for a fill, [`Account::position`] to look.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::sim::numbers::{Ms, cut};
use crate::sim::words::{Coin, Forced, Leg, Side};

/// What a taker pays, as a share of the value.
pub const TAKER_FEE: Decimal = Decimal::from_parts(5, 0, 0, false, 4);
/// What a maker pays.
pub const MAKER_FEE: Decimal = Decimal::from_parts(2, 0, 0, false, 4);
/// What the account begins with, in USDT.
pub const START_BALANCE: Decimal = Decimal::from_parts(100_000, 0, 0, false, 0);
/// Leverage of a contract nobody set it for.
pub const USUAL_LEVERAGE: u32 = 20;

/// Symbol and leg.
pub type Slot = (String, Leg);

/// What is held of one leg; stays as a memory when flat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// Base units, negative for a short.
    pub amount: Decimal,
    /// Average entry price; zero when flat.
    pub entry: Decimal,
    /// Fees paid for what is open.
    pub fees: Decimal,
    /// Realised profit of all time, before fees.
    pub realised: Decimal,
    /// Margin set aside when isolated.
    pub isolated: Decimal,
    /// When it was opened.
    pub opened: Ms,
    /// When it last changed.
    pub updated: Ms,
    /// When this leg was held for the first time.
    pub first: Ms,
    /// The exchange's count of its last trade; none when it never traded.
    pub seq: Option<u64>,
    /// Realised profit of this holding, after fees.
    pub current: Decimal,
    /// Realised profit of all time, after fees.
    pub total: Decimal,
    /// Set while the exchange itself takes it away.
    pub trouble: Option<Forced>,
}

impl Position {
    /// Profit if closed at a price, before fees.
    pub fn unrealised(&self, price: Decimal) -> Decimal {
        (price - self.entry) * self.amount
    }

    /// The price at which fees are earned back.
    pub fn breakeven(&self) -> Decimal {
        if self.amount.is_zero() {
            return Decimal::ZERO;
        }
        (self.entry + self.fees / self.amount).round_dp(8)
    }

    /// Which way an order must go to take from it.
    pub fn closing_side(&self) -> Side {
        if self.amount.is_sign_negative() { Side::Buy } else { Side::Sell }
    }
}

/// One fill's effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booked {
    /// Profit of the part that closed, before fees.
    pub realised: Decimal,
    /// Fee taken.
    pub fee: Decimal,
    /// How much of the fill closed something.
    pub closed: Decimal,
    /// Average entry before the fill.
    pub entry: Decimal,
    /// The part of the opening fees that what was closed had cost.
    pub open_fee: Decimal,
}

/// The account.
#[derive(Clone, Debug)]
pub struct Account {
    /// USDT, realised.
    pub wallet: Decimal,
    /// USDC, realised.
    pub usdc: Decimal,
    /// Hedge mode, where a contract has none of its own.
    pub hedge: bool,
    /// What a taker and a maker pay, as a share of the value.
    pub fees: (Decimal, Decimal),
    /// Shared assets mode.
    pub multi_assets: bool,
    /// When the wallet last changed.
    pub updated: Ms,
    modes: BTreeMap<String, bool>,
    leverage: BTreeMap<String, u32>,
    isolated: BTreeSet<String>,
    positions: BTreeMap<Slot, Position>,
}

impl Account {
    /// 100,000 USDT, one-way, cross. The deposit counts as the first change: clients take a
    /// wallet that never changed for an invalid one.
    pub const fn new(now: Ms) -> Self {
        Self {
            wallet: START_BALANCE,
            usdc: Decimal::ZERO,
            hedge: false,
            fees: (TAKER_FEE, MAKER_FEE),
            multi_assets: false,
            updated: now,
            modes: BTreeMap::new(),
            leverage: BTreeMap::new(),
            isolated: BTreeSet::new(),
            positions: BTreeMap::new(),
        }
    }

    /// What there is of a coin.
    pub const fn purse(&self, coin: Coin) -> Decimal {
        match coin {
            Coin::Usdt => self.wallet,
            Coin::Usdc => self.usdc,
        }
    }

    /// All coins together; each counts as a dollar.
    pub fn worth(&self) -> Decimal {
        self.wallet + self.usdc
    }

    /// Puts a signed amount into a purse.
    pub fn add(&mut self, coin: Coin, amount: Decimal, now: Ms) {
        let purse = match coin {
            Coin::Usdt => &mut self.wallet,
            Coin::Usdc => &mut self.usdc,
        };
        *purse = cut(*purse + amount);
        self.updated = now;
    }

    /// Whether a contract is held in two legs.
    pub fn is_hedge(&self, symbol: &str) -> bool {
        self.modes.get(symbol).copied().unwrap_or(self.hedge)
    }

    /// Gives a contract a mode of its own.
    pub fn set_mode(&mut self, symbol: &str, hedge: bool) {
        self.modes.insert(symbol.to_owned(), hedge);
    }

    /// Forgets every mode of a contract's own.
    pub fn one_mode(&mut self, hedge: bool) {
        self.modes.clear();
        self.hedge = hedge;
    }

    /// A position, to be marked while the exchange takes it away.
    pub fn mark_trouble(&mut self, slot: &Slot, trouble: Option<Forced>, now: Ms) {
        let position = self.positions.get_mut(slot);
        if let Some(position) = position.filter(|position| position.trouble != trouble) {
            (position.trouble, position.updated) = (trouble, now);
        }
    }

    /// Takes a cost of holding from a position's purse.
    pub fn pay(&mut self, slot: &Slot, coin: Coin, fee: Decimal, now: Ms) {
        if let Some(position) = self.positions.get_mut(slot) {
            position.current -= fee;
            position.total -= fee;
        }
        self.add(coin, -fee, now);
    }

    /// Notes which trade changed a position last.
    pub fn set_seq(&mut self, slot: &Slot, seq: u64) {
        if let Some(position) = self.positions.get_mut(slot) {
            position.seq = Some(seq);
        }
    }

    /// One leg; flat when never held.
    pub fn position(&self, symbol: &str, leg: Leg) -> Position {
        self.positions.get(&(symbol.to_owned(), leg)).cloned().unwrap_or_default()
    }

    /// Every leg ever held, flat ones included.
    pub fn positions(&self) -> impl Iterator<Item = (&Slot, &Position)> {
        self.positions.iter()
    }

    /// Every leg that is not flat.
    pub fn open(&self) -> impl Iterator<Item = (&Slot, &Position)> {
        self.positions.iter().filter(|(_, position)| !position.amount.is_zero())
    }

    /// Puts a leg as it is wanted, without any fill.
    pub fn put(&mut self, slot: Slot, position: Position) {
        self.positions.insert(slot, position);
    }

    /// Leverage of a contract.
    pub fn leverage(&self, symbol: &str) -> u32 {
        self.leverage.get(symbol).copied().unwrap_or(USUAL_LEVERAGE)
    }

    /// Sets the leverage of a contract.
    pub fn set_leverage(&mut self, symbol: &str, leverage: u32) {
        self.leverage.insert(symbol.to_owned(), leverage);
    }

    /// Whether a contract has its own margin.
    pub fn is_isolated(&self, symbol: &str) -> bool {
        self.isolated.contains(symbol)
    }

    /// Switches a contract between shared and own margin.
    pub fn set_isolated(&mut self, symbol: &str, isolated: bool) {
        if isolated {
            self.isolated.insert(symbol.to_owned());
        } else {
            self.isolated.remove(symbol);
        }
    }

    /// Books a fill of `signed` base units at a price: average entry, realised profit, fee.
    pub fn apply(
        &mut self,
        slot: &Slot,
        coin: Coin,
        (signed, price): (Decimal, Decimal),
        maker: bool,
        now: Ms,
    ) -> Booked {
        let margin = Decimal::ONE / Decimal::from(self.leverage(&slot.0));
        let isolated = self.is_isolated(&slot.0);
        let fee = cut(signed.abs() * price * if maker { self.fees.1 } else { self.fees.0 });
        let position = self.positions.entry(slot.clone()).or_default();
        let held = position.amount;
        let closing = !held.is_zero() && held.is_sign_negative() != signed.is_sign_negative();
        let closed = if closing { signed.abs().min(held.abs()) } else { Decimal::ZERO };
        let direction = if held.is_sign_negative() { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
        let entry = position.entry;
        let realised = cut((price - entry) * closed * direction);
        let mut open_fee = Decimal::ZERO;
        if !closed.is_zero() {
            let left = Decimal::ONE - closed / held.abs();
            open_fee = position.fees * (Decimal::ONE - left);
            position.fees *= left;
            position.isolated *= left;
        }
        let opened = signed.abs() - closed;
        position.amount = held + signed;
        if !opened.is_zero() {
            let before = position.amount.abs() - opened;
            let cost = position.entry * before + price * opened;
            position.entry = (cost / position.amount.abs()).round_dp(12).normalize();
            position.fees += fee * opened / signed.abs();
            if isolated {
                position.isolated += opened * price * margin;
            }
            if before.is_zero() {
                position.opened = now;
                position.current = Decimal::ZERO;
                if position.first == 0 {
                    position.first = now;
                }
            }
        } else if position.amount.is_zero() {
            (position.entry, position.fees) = (Decimal::ZERO, Decimal::ZERO);
            position.isolated = Decimal::ZERO;
        }
        position.realised += realised;
        position.current += realised - fee;
        position.total += realised - fee;
        position.updated = now;
        self.add(coin, realised - fee, now);
        Booked { realised, fee, closed, entry, open_fee }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn buying_twice_averages_and_selling_through_zero_flips() {
        let mut account = Account::new(0);
        let slot = ("BTCUSDT".to_owned(), Leg::Both);
        account.apply(&slot, Coin::Usdt, (number("1"), number("100")), false, 1);
        account.apply(&slot, Coin::Usdt, (number("3"), number("200")), false, 2);
        assert_eq!(account.position("BTCUSDT", Leg::Both).entry, number("175"));
        let booked = account.apply(&slot, Coin::Usdt, (number("-5"), number("180")), false, 3);
        assert_eq!((booked.realised, booked.closed), (number("20"), number("4")));
        let after = account.position("BTCUSDT", Leg::Both);
        assert_eq!((after.amount, after.entry, after.opened), (number("-1"), number("180"), 3));
        let fees = number("0.05") + number("0.3") + number("0.45");
        assert_eq!(account.wallet, START_BALANCE + number("20") - fees);
    }
}
