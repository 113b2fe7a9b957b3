//! One-way or hedge: the modes that are set, also where no position is.
//!
//! For: `symbol-info`, the one answer that shows them, asked for rarely.
//! Not for: the mode of an open position, whose row says it.
//! Door: [`set`].

use std::time::Duration;

use tokio::time::Instant;

use crate::domain::key::Leg;
use crate::exchange::bybit::budget::Lane;
use crate::exchange::bybit::call::{self, Call};
use crate::exchange::bybit::decode;
use crate::exchange::bybit::link::Shared;
use crate::exchange::lock;

const PATH: &str = "/v5/position/symbol-info";
/// The mode of a symbol without a position changes when a person changes it.
const EVERY: Duration = Duration::from_secs(600);

/// What the last answer said, and when it was asked for.
#[derive(Debug, Default)]
pub struct Modes {
    set: Vec<Leg>,
    asked: Option<Instant>,
}

/// A leg of each mode that is set for some symbol. Not knowing is no fault: under portfolio
/// margin the venue refuses the question (bybit 3.3).
pub async fn set(shared: &Shared) -> Vec<Leg> {
    {
        let mut modes = lock(&shared.modes);
        if modes.asked.is_some_and(|at| at.elapsed() < EVERY) {
            return modes.set.clone();
        }
        modes.asked = Some(Instant::now());
    }
    match shared.send(Call::ask(PATH, call::linear(), Lane::Sight)).await {
        Ok(body) => match decode::modes(&body) {
            Ok(set) => lock(&shared.modes).set = set,
            Err(why) => tracing::info!(account = %shared.name, why, "{PATH}"),
        },
        Err(failure) => tracing::info!(account = %shared.name, %failure, "{PATH}"),
    }
    lock(&shared.modes).set.clone()
}
