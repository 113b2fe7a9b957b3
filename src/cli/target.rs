//! From what was typed to a leg that is open on the venue.
//!
//! For: finding the one position a person means, or a sentence that says why there is none.
//! Not for: whether it may be touched. Door: [`find`], then [`facts`] and [`pin`].

use crate::cli::args::Target;
use crate::cli::ending::Failure;
use crate::domain::command::Pin;
use crate::domain::instrument::Instrument;
use crate::domain::plan::Open;
use crate::runtime::{SeenLeg, Sight};

/// The leg a person means: open on the venue, and the only one that fits.
///
/// # Errors
/// When there is none, or more than one.
pub fn find<'a>(sight: &'a Sight, target: &Target) -> Result<&'a SeenLeg, Failure> {
    let own = |leg: &&SeenLeg| leg.key.account.as_str() == target.account;
    let fits = |leg: &&SeenLeg| {
        leg.key.symbol.as_str() == target.symbol
            && target.leg.is_none_or(|wanted| wanted == leg.key.leg)
    };
    let legs: Vec<_> = sight.legs.iter().filter(own).collect();
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

fn none(target: &Target, legs: &[&SeenLeg]) -> String {
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
pub fn facts(leg: &SeenLeg) -> Result<(Open, &Instrument), Failure> {
    let open = leg.open().ok_or_else(|| {
        format!("the venue names no entry price for {}, so nothing can be planned", leg.key)
    })?;
    let rules = leg.instrument.as_ref().ok_or_else(|| {
        format!("the venue lists no trading rules for {}, so nothing can be planned", leg.key)
    })?;
    Ok((open, rules))
}

/// Pins a command to what was shown.
pub fn pin(leg: &SeenLeg, sight: &Sight) -> Pin {
    let (side, quantity, snapshot) = (leg.side, leg.quantity, sight.snapshot);
    Pin { key: leg.key.clone(), side, quantity, snapshot }
}
