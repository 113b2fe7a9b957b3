//! Opens: what a person or program wants opened, and what is checked before anything is sent.
//!
//! For: the wish, and its checks against the instrument's rules. Not for: sending or verifying
//! it (that is `engine`). Door: [`OpenWish`].

use serde::{Deserialize, Serialize};

use crate::domain::amount::{Percent, Qty, Side};
use crate::domain::key::{AccountName, Symbol};
use crate::domain::plan::StopAt;

/// A position to open at market together with its stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenWish {
    /// In which account.
    pub account: AccountName,
    /// Instrument.
    pub symbol: Symbol,
    /// Direction. The leg follows from it and the account's position mode.
    pub side: Side,
    /// Size in base units.
    pub quantity: Qty,
    /// Where its stop goes: a price, or a distance from the entry.
    pub stop: StopAt,
    /// Trail it at this distance from the best price; activation and step are the policy's.
    pub trail: Option<Percent>,
}
