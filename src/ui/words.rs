//! Words that more than one view says about a leg, an account or an order.
//!
//! For: `binance:main`, `NAKED 0:42`, `SLOW 12s`, `stop-market SELL 0.500 @ 97,120.4`. One
//! spelling each. Not for: where they stand. Door: [`place`], [`protection`], [`link`].

use std::borrow::Cow;

use crate::domain::amount::OrderSide;
use crate::domain::guard::Guard;
use crate::domain::instrument::Instrument;
use crate::domain::key::{PositionKey, Venue};
use crate::domain::order::{ConditionalKind, ConditionalOrder};
use crate::domain::plan::StopPlan;
use crate::domain::snapshot::{AccountView, LegView, Snapshot};
use crate::domain::time::Time;
use crate::ui::format;
use crate::ui::model::Pending;
use crate::ui::role::Role;
use crate::ui::standing::{self, Link, SLOW, Standing, State};
use crate::ui::stops;

/// Venue and account: `binance:main`.
pub fn place(venue: Venue, key: &PositionKey) -> String {
    format!("{}:{}", venue.exchange(), key.account)
}

/// An account by venue and name, as [`place`] spells it.
pub fn account(account: &AccountView) -> String {
    format!("{}:{}", account.venue.exchange(), account.name)
}

/// A leg's symbol; where there is no room for the account, one that stands in several accounts
/// carries its own, as a command takes it.
pub fn symbol<'a>(snapshot: &Snapshot, leg: &'a LegView, is_narrow: bool) -> Cow<'a, str> {
    let key = &leg.key;
    let twin = |other: &LegView| other.key.symbol == key.symbol && other.key.account != key.account;
    if is_narrow && snapshot.legs.iter().any(twin) {
        Cow::Owned(format!("{}:{}", key.account, key.symbol))
    } else {
        Cow::Borrowed(key.symbol.as_str())
    }
}

/// The protection column: what is being done, else the state and how long it has lasted.
pub fn protection(
    leg: &LegView,
    standing: &Standing,
    now: Time,
    pending: Option<&Pending>,
) -> String {
    let lasted = format::state_age(now.since(standing.since));
    if let Some(pending) = pending {
        return format!("{} {}", pending.word, format::state_age(now.since(pending.since)));
    }
    match standing.state {
        State::CloseFailed => {
            let text = leg.work.as_ref().map_or("", |work| work.text.as_str());
            code(text).map_or_else(|| "CLOSE FAILED".to_owned(), |c| format!("CLOSE FAILED {c}"))
        }
        State::Working => {
            let word = leg.work.as_ref().map_or("", |work| work.word);
            format!("{word} {lasted}")
        }
        State::Naked => format!("NAKED {lasted}"),
        State::Partly => match (leg.guard.value, leg.open()) {
            (Guard::Partly(covered), Some(open)) => {
                let share =
                    covered.get() / open.quantity.get() * rust_decimal::Decimal::ONE_HUNDRED;
                format!("PARTLY {}%", share.trunc())
            }
            _ => format!("PARTLY {lasted}"),
        },
        State::SideDiffers => format!("SIDE DIFFERS {lasted}"),
        State::QuantityDiffers => format!("QTY DIFFERS {lasted}"),
        State::Resurrected => format!("RESURRECTED {lasted}"),
        State::Trouble => format!("VENUE ACTS {lasted}"),
        State::Dust => format!("DUST {lasted}"),
        State::WrongLeg => format!("WRONG LEG {lasted}"),
        State::Phantom => format!("PHANTOM {lasted}"),
        State::Unknown => format!("unknown {lasted}"),
        State::Covered => match standing::mark_age(leg, now).filter(|age| *age >= SLOW) {
            Some(age) => format!("{} ~{}", stops::mode(leg), format::age(age)),
            None => stops::mode(leg),
        },
    }
}

/// How a state looks.
pub fn role(state: State) -> Role {
    match state {
        State::CloseFailed | State::Naked | State::Trouble => Role::Naked,
        State::Working | State::Partly | State::SideDiffers => Role::Degraded,
        State::QuantityDiffers | State::Resurrected => Role::Degraded,
        State::Dust | State::WrongLeg => Role::Degraded,
        State::Phantom => Role::Phantom,
        State::Unknown => Role::Unknown,
        State::Covered => Role::Guarded,
    }
}

/// The venue's error number in a sentence: `-2019`.
pub fn code(text: &str) -> Option<&str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | ';' | '(' | ')' | '"')).find(
        |word| {
            word.strip_prefix('-').is_some_and(|digits| {
                digits.len() >= 3 && digits.bytes().all(|b| b.is_ascii_digit())
            })
        },
    )
}

/// A link's word, its age, and how it looks.
pub fn link(link: Link) -> (String, Role) {
    match link {
        Link::Banned(until) => (format!("BANNED until {}", format::clock(until)), Role::LinkDown),
        Link::Ok => ("ok <2s".to_owned(), Role::LinkOk),
        Link::Starting => ("STARTING".to_owned(), Role::LinkSlow),
        Link::Slow(age) => (format!("SLOW {}", format::value_age(age)), Role::LinkSlow),
        Link::StreamDown(age) => {
            (format!("STREAM DOWN {}", format::state_age(age)), Role::LinkSlow)
        }
        Link::Unknown(age) => (format!("UNKNOWN {}", format::state_age(age)), Role::LinkDown),
        Link::Down(age) => (format!("DOWN {}", format::state_age(age)), Role::LinkDown),
    }
}

/// An order's direction as venues shout it.
pub fn shout(side: OrderSide) -> &'static str {
    match side {
        OrderSide::Buy => "BUY",
        OrderSide::Sell => "SELL",
    }
}

/// A conditional order: `stop-market SELL 0.500 @ 97,120.4`.
pub fn order(order: &ConditionalOrder, rules: Option<&Instrument>) -> String {
    let kind = match order.kind {
        ConditionalKind::StopMarket => "stop-market",
        ConditionalKind::StopLimit => "stop-limit",
        ConditionalKind::TakeProfit => "take-profit",
        ConditionalKind::Trailing => "trailing",
        ConditionalKind::Other => "order",
    };
    let size = order.quantity.map_or_else(
        || "all".to_owned(),
        |quantity| format::quantity(quantity, rules.map(|rules| rules.step)),
    );
    let at = order.trigger.map_or_else(
        || format::NONE.to_owned(),
        |price| format::price(price, rules.map(|rules| rules.tick)),
    );
    let owner = if order.ours() { "ours" } else { "foreign" };
    let reduces = if order.reduces { "reduce-only" } else { "NOT reduce-only" };
    format!("{kind} {} {size} @ {at} {reduces} ({owner})", shout(order.side))
}

/// A stop that would be placed.
pub fn stop(plan: &StopPlan, rules: Option<&Instrument>) -> String {
    format!(
        "stop-market {} {} @ {} reduce-only",
        shout(plan.side),
        format::quantity(plan.quantity, rules.map(|rules| rules.step)),
        format::price(plan.trigger, rules.map(|rules| rules.tick)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_venues_error_number_is_found_in_its_sentence() {
        assert_eq!(code("refused -2019: Margin is insufficient"), Some("-2019"));
        assert_eq!(code("the venue says \"(-1021) out of window\""), Some("-1021"));
        assert_eq!(code("no answer in 10 s - 3 tries, -12"), None);
    }
}
