//! Funding: what holding a position costs or brings, a share of its value.
//!
//! One venue tells only the balance; another lists a row for each position among its fills.
//! Door: [`Exchange::fund`].

use rust_decimal::Decimal;

use crate::sim::account::Slot;
use crate::sim::exchange::{Change, Exchange, Happening};
use crate::sim::numbers::Ms;
use crate::sim::refused::Refused;
use crate::sim::words::Venue;

/// Funding of one position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Funding {
    /// Unique number, of the fills' number space.
    pub id: i64,
    /// Symbol and leg.
    pub slot: Slot,
    /// Signed size it was paid for.
    pub amount: Decimal,
    /// Mark price.
    pub price: Decimal,
    /// What was paid; negative when received.
    pub fee: Decimal,
    /// The rate.
    pub rate: Decimal,
    /// The exchange's count of trades.
    pub seq: u64,
    /// When.
    pub at: Ms,
    /// The account after it.
    pub change: Change,
}

impl Exchange {
    /// Funding: a share of the position's value, paid by longs when positive.
    ///
    /// # Errors
    /// An unknown contract.
    pub fn fund(&mut self, symbol: &str, rate: Decimal, now: Ms) -> Result<(), Refused> {
        let mark = self.market.get(symbol)?.mark;
        let rate = rate.clamp(Decimal::NEGATIVE_ONE, Decimal::ONE);
        if self.venue == Venue::Bybit {
            self.fund_each(symbol, mark, rate, now);
            return Ok(());
        }
        let held: Decimal =
            self.account.open().filter(|(slot, _)| slot.0 == symbol).map(|(_, p)| p.amount).sum();
        let amount = (held * mark * rate * Decimal::NEGATIVE_ONE).round_dp(8);
        self.account.wallet += amount;
        self.account.updated = now;
        self.earn(symbol, "FUNDING_FEE", amount, 0, now);
        let change = self.change("FUNDING_FEE", amount, &[]);
        self.happened.push(Happening::Changed(change));
        Ok(())
    }

    /// Funding of every position of a contract, each a row among the fills.
    fn fund_each(&mut self, symbol: &str, price: Decimal, rate: Decimal, now: Ms) {
        let open = self.account.open().filter(|(slot, _)| slot.0 == symbol);
        let held: Vec<(Slot, Decimal)> =
            open.map(|(slot, position)| (slot.clone(), position.amount)).collect();
        for (slot, amount) in held {
            let fee = (amount * price * rate).round_dp(8);
            self.account.pay(&slot, self.coin_of(symbol), fee, now);
            self.earn(symbol, "FUNDING_FEE", -fee, 0, now);
            self.next_fill += 1;
            let (id, seq) = (self.next_fill, self.trades);
            let change = self.change("FUNDING_FEE", -fee, std::slice::from_ref(&slot));
            let row = Funding { id, slot, amount, price, fee, rate, seq, at: now, change };
            self.fundings.push(row.clone());
            self.happened.push(Happening::Funded(row));
        }
    }
}
