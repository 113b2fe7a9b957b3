//! What the account is worth and how close it is to the end: margins and liquidation prices.
//!
//! Pure readings of an [`Account`] against a [`Market`]; changes nothing.

use rust_decimal::Decimal;

use crate::sim::account::{Account, Position, Slot};
use crate::sim::market::Market;

/// The account's totals in USDT.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Profit of open positions at the mark.
    pub unrealised: Decimal,
    /// Margin that open positions take up.
    pub initial: Decimal,
    /// Margin they must keep.
    pub maintenance: Decimal,
    /// Margin set aside for isolated ones.
    pub isolated: Decimal,
}

/// One position's numbers at the mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// Mark price.
    pub mark: Decimal,
    /// Signed value.
    pub notional: Decimal,
    /// Profit.
    pub unrealised: Decimal,
    /// Margin taken up.
    pub initial: Decimal,
    /// Margin to keep.
    pub maintenance: Decimal,
}

/// Weighs one position; all zero for an unknown contract.
pub fn weigh(account: &Account, market: &Market, slot: &Slot, position: &Position) -> Weight {
    let Ok(contract) = market.get(&slot.0) else { return Weight::default() };
    let notional = position.amount * contract.mark;
    Weight {
        mark: contract.mark,
        notional,
        unrealised: position.unrealised(contract.mark),
        initial: notional.abs() / Decimal::from(account.leverage(&slot.0)),
        maintenance: notional.abs() * contract.spec.maintenance,
    }
}

/// Adds up all open positions.
pub fn totals(account: &Account, market: &Market) -> Totals {
    account.open().fold(Totals::default(), |sum, (slot, position)| {
        let weight = weigh(account, market, slot, position);
        Totals {
            unrealised: sum.unrealised + weight.unrealised,
            initial: sum.initial + weight.initial,
            maintenance: sum.maintenance + weight.maintenance,
            isolated: sum.isolated + position.isolated,
        }
    })
}

/// What could open something new.
pub fn available(account: &Account, market: &Market) -> Decimal {
    let totals = totals(account, market);
    (account.worth() + totals.unrealised - totals.initial).max(Decimal::ZERO)
}

/// The mark at which the position is taken away; `None` when no price does it.
pub fn liquidation_price(
    account: &Account,
    market: &Market,
    slot: &Slot,
    position: &Position,
) -> Option<Decimal> {
    if position.amount.is_zero() {
        return None;
    }
    let contract = market.get(&slot.0).ok()?;
    let backing = if account.is_isolated(&slot.0) {
        position.isolated
    } else {
        let all = totals(account, market);
        let own = weigh(account, market, slot, position);
        let others = (all.unrealised - own.unrealised) - (all.maintenance - own.maintenance);
        account.worth() - all.isolated + others
    };
    let below = position.amount.abs() * contract.spec.maintenance - position.amount;
    let price = (backing - position.amount * position.entry).checked_div(below)?;
    (price > Decimal::ZERO).then(|| price.round_dp(8))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::words::{Coin, Leg};

    #[test]
    fn a_small_long_cannot_be_liquidated_and_a_large_one_can() {
        let market = Market::new(1, 0);
        let mut account = Account::new(0);
        let slot = ("BTCUSDT".to_owned(), Leg::Both);
        let price = market.get("BTCUSDT").unwrap().mark;
        account.apply(&slot, Coin::Usdt, (Decimal::ONE, price), false, 1);
        let small = account.position("BTCUSDT", Leg::Both);
        assert_eq!(liquidation_price(&account, &market, &slot, &small), None);
        account.apply(&slot, Coin::Usdt, (Decimal::from(9), price), false, 1);
        let large = account.position("BTCUSDT", Leg::Both);
        let at = liquidation_price(&account, &market, &slot, &large).unwrap();
        assert!(at < price && at > price / Decimal::TWO, "{at}");
    }
}
