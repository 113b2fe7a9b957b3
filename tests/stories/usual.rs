//! What holds in a story that says nothing else: the config and the rules of instruments.

use holdfast::domain::amount::{Money, Percent, Price, Qty};
use holdfast::domain::instrument::Instrument;
use holdfast::domain::key::Symbol;
use holdfast::domain::order::TriggerBy;
use holdfast::domain::policy::{Autonomy, OnBreach, Policy, Protection};
use holdfast::domain::time::Span;
use rust_decimal::Decimal;

pub fn policy() -> Policy {
    Policy {
        autonomy: Autonomy::Guard,
        sync_interval: Span::secs(30),
        orphan_grace: Span::secs(30),
        confirmations: 2,
        confirm_interval: Span::secs(2),
        verify_timeout: Span::secs(10),
        rules: Default::default(),
        protection: Protection {
            stop: Percent(Decimal::TWO),
            trigger: TriggerBy::Mark,
            on_breach: OnBreach::Close,
            trailing: None,
        },
        accounts: Vec::new(),
    }
}

pub fn instrument(symbol: &Symbol) -> Instrument {
    let qty = |value| Qty::new(value).expect("positive");
    Instrument {
        symbol: symbol.clone(),
        tick: Price::new(Decimal::new(1, 5)).expect("positive"),
        step: qty(Decimal::new(1, 3)),
        market_min: qty(Decimal::new(1, 3)),
        market_max: qty(Decimal::from(1_000_000_000)),
        market_step: qty(Decimal::new(1, 3)),
        min_notional: Some(Money(Decimal::from(5))),
        quote: Symbol::from("USDT"),
        trading: true,
        ends: None,
    }
}
