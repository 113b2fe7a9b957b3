//! Instruments that end while something is held: announced delisting, delivery, a trading halt.
//!
//! For: telling it days before, and again on the last day. Not for: what the venue does then (a
//! settlement is told by its fill). Door: [`level`].

use crate::domain::time::{Span, Time};

use crate::engine::cx::Cx;
use crate::engine::leg::LegState;
use crate::engine::signs::Level;

/// How long before the end it is told first.
const WEEK: Span = Span::secs(7 * 24 * 3600);
/// How long before the end it is told as urgent.
const DAY: Span = Span::secs(24 * 3600);

/// 1 within a week of the end, 2 within a day, 3 when the instrument does not trade any more.
pub(super) fn level(cx: &mut Cx, leg: &LegState) -> Option<Level> {
    if leg.position().is_none() && leg.row.is_none() {
        return None;
    }
    let rules = leg.rules.as_ref()?;
    if !rules.trading {
        return Some(3);
    }
    let ends = Time(rules.ends?.0);
    let left = ends.since(cx.now);
    let (level, next) = match left {
        left if left <= DAY => return Some(2),
        left if left <= WEEK => (Some(1), ends - DAY),
        _ => (None, ends - WEEK),
    };
    cx.again(&leg.key, next);
    level
}

/// When it ends.
pub(super) fn sentence(cx: &Cx, leg: &LegState) -> String {
    let Some(rules) = &leg.rules else { return String::new() };
    let ends = rules.ends.map(|at| Time(at.0));
    match ends {
        _ if !rules.trading => "the venue does not trade it any more".to_owned(),
        Some(at) => format!("the venue ends it at {}, in {}", at.rfc3339(), at.since(cx.now)),
        None => String::new(),
    }
}
