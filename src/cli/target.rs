//! From what was typed to a leg that a picture shows.
//!
//! For: finding the one position a person means, or a sentence that says why there is none.
//! Not for: whether it may be touched. Door: [`find`], then [`facts`] and [`pin`].

use crate::cli::args::Target;
use crate::cli::ending::Failure;
use crate::domain::command::Pin;
use crate::domain::instrument::Instrument;
use crate::domain::plan::Open;
use crate::domain::snapshot::{LegView, Snapshot, There};

/// The leg a person means: open on the venue, and the only one that fits.
///
/// # Errors
/// When there is none, or more than one.
pub fn find<'a>(picture: &'a Snapshot, target: &Target) -> Result<&'a LegView, Failure> {
    let open = |leg: &&LegView| {
        leg.key.account.as_str() == target.account && matches!(leg.there, There::Open { .. })
    };
    let fits = |leg: &&LegView| {
        leg.key.symbol.as_str() == target.symbol
            && target.leg.is_none_or(|wanted| wanted == leg.key.leg)
    };
    let legs: Vec<_> = picture.legs.iter().filter(open).collect();
    let mut fitting = legs.iter().copied().filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some(leg), None) => Ok(leg),
        (Some(_), Some(_)) => Err(format!(
            "account {} holds {} long and short; say which with --leg long or --leg short",
            target.account, target.symbol
        )
        .into()),
        (None, _) => Err(none(target, &legs).into()),
    }
}

fn none(target: &Target, legs: &[&LegView]) -> String {
    let leg = target.leg.map(|leg| format!(" on leg {leg}")).unwrap_or_default();
    let held: Vec<String> = legs
        .iter()
        .map(|leg| match leg.key.leg {
            crate::domain::key::Leg::Net => leg.key.symbol.to_string(),
            side => format!("{} {side}", leg.key.symbol),
        })
        .collect();
    let held = if held.is_empty() { "nothing".to_owned() } else { held.join(", ") };
    format!(
        "the venue shows no open {} position{leg} in account {}; open there: {held}",
        target.symbol, target.account
    )
}

/// What is open, and the instrument's rules.
///
/// # Errors
/// When either is not known well enough to plan with.
pub fn facts(leg: &LegView) -> Result<(Open, &Instrument), Failure> {
    let open = leg.open().ok_or_else(|| {
        format!("the venue names no entry price for {}, so nothing can be planned", leg.key)
    })?;
    let rules = leg.instrument.as_deref().ok_or_else(|| {
        format!("the venue lists no trading rules for {}, so nothing can be planned", leg.key)
    })?;
    Ok((open, rules))
}

/// Pins a command to what was shown.
pub fn pin(leg: &LegView, open: Open, picture: &Snapshot) -> Pin {
    Pin { key: leg.key.clone(), side: open.side, quantity: open.quantity, snapshot: picture.seq }
}
