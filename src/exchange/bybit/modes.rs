//! One-way or hedge: the modes that are set, also where no position is.
//!
//! For: `symbol-info`, the one answer that shows them, asked for rarely.
//! Not for: the mode of an open position, whose row says it.
//! Door: [`set`].

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::domain::key::{Leg, Symbol};
use crate::domain::position::PositionMode;
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
    set: Arc<BTreeMap<Symbol, Leg>>,
    asked: Option<Instant>,
}

impl Modes {
    /// An order was refused because of the mode: the next look asks.
    pub fn doubt(&mut self) {
        self.asked = None;
    }
}

/// A leg of every symbol.
#[derive(Debug)]
pub struct Set {
    pub known: Arc<BTreeMap<Symbol, Leg>>,
    /// Whether that was said now, and not some time ago.
    fresh: bool,
}

impl Set {
    /// The modes, if they were said now.
    pub fn news(&self) -> BTreeMap<Symbol, PositionMode> {
        let known = self.known.iter().filter(|_| self.fresh);
        let mode = |leg: &Leg| match leg {
            Leg::Net => PositionMode::OneWay,
            Leg::Long | Leg::Short => PositionMode::Hedge,
        };
        known.map(|(symbol, leg)| (symbol.clone(), mode(leg))).collect()
    }
}

/// The modes that are set. Not knowing is no fault: under portfolio margin the venue refuses the
/// question (bybit 3.3).
pub async fn set(shared: &Shared) -> Set {
    {
        let mut modes = lock(&shared.modes);
        if modes.asked.is_some_and(|at| at.elapsed() < EVERY) {
            return Set { known: Arc::clone(&modes.set), fresh: false };
        }
        modes.asked = Some(Instant::now());
    }
    let said = match shared.send(Call::ask(PATH, call::linear(), Lane::Sight)).await {
        Ok(body) => decode::modes(&body),
        Err(failure) => Err(failure.to_string()),
    };
    let mut modes = lock(&shared.modes);
    let fresh = match said {
        Ok(set) => {
            modes.set = Arc::new(set);
            true
        }
        Err(why) => {
            tracing::info!(account = %shared.name, why, "{PATH}");
            false
        }
    };
    Set { known: Arc::clone(&modes.set), fresh }
}
