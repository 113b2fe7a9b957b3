//! What the control verbs need of a venue's world, so that one set of hands works on all.

use serde_json::Value;

use crate::sim::exchange::Exchange;
use crate::sim::numbers::Ms;
use crate::sim::refused::Refused;
use crate::sim::verbs::Verb;

/// A venue's world under the hands of a test or a person.
pub trait Stage {
    /// Market, account, orders.
    fn exchange(&self) -> &Exchange;
    /// The same, for changes nobody is told of.
    fn exchange_mut(&mut self) -> &mut Exchange;
    /// Changes something on the exchange, then tells its owner.
    fn act<R>(&mut self, now: Ms, change: impl FnOnce(&mut Exchange) -> R) -> R;
    /// Prices of contracts changed by hand: everybody hears at once.
    fn show_prices(&mut self, moved: &[String], now: Ms);
    /// A refusal as a sentence of the control door.
    fn told(refused: &Refused, what: &str) -> String;
    /// Verbs that concern the wire: keys, limits, faults, sockets, habits.
    ///
    /// # Errors
    /// One sentence; nothing was changed.
    fn wire(&mut self, verb: Verb, now: Ms) -> Result<Value, String>;
}
