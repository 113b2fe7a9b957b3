//! The venues: everything that is sent to them and everything they say.
//!
//! For: turning an [`Act`] into requests and a venue's words into domain values, honestly: what
//! is not known for certain is `Unsure` or `Unknown`, never a guess.
//! Not for: deciding what to ask or what an answer means for a position (that is `engine`).
//! Door: [`connect`] checks an account and gives a [`VenueLink`]; its streams report to an inbox.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};

use crate::domain::amount::OrderSide;
use crate::domain::effect::Act;
use crate::domain::input::{Input, Reply};
use crate::domain::key::{Leg, Venue};

pub mod account;
mod back_off;
pub mod binance;
pub mod bybit;
pub mod clock;
mod discreet;
pub mod failure;
mod http;
mod internet;
pub mod network;
mod numbers;
pub mod probes;
mod reporter;
pub mod sign;

pub use account::{
    AccountSetup, Credentials, Endpoints, Environment, KeyKind, Pace, PrivateForm, Rights,
};
pub use internet::internet;
pub use network::Network;

/// Where a link reports what it hears: streams, marks, its own state, instruments.
pub type Inbox = tokio::sync::mpsc::Sender<Input>;

/// An answer on its way.
pub type Answering<'a> = Pin<Box<dyn Future<Output = Reply> + Send + 'a>>;

/// A connected account. Dropping it ends its streams.
pub trait VenueLink: Send + Sync {
    /// Does one thing and answers, within the time limit of the account's [`Pace`]. It never
    /// sends again what may have been executed. [`Act::Restream`] is answered by
    /// `Reply::Cancelled`: the old stream is gone, the new one reports to the inbox.
    fn act(&self, act: Act) -> Answering<'_>;
}

/// Why an account could not be connected: one sentence each, with the account's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// No connection, no answer, or an answer that says "later".
    #[error("{0}")]
    Unreachable(String),
    /// Something answered that is not this venue's API.
    #[error("{0}")]
    NotTheVenue(String),
    /// A refusal that names neither key nor clock: nothing says that it is meant to last.
    #[error("{0}")]
    Refused(String),
    /// The key, its permissions or the address it is used from.
    #[error("{0}")]
    Key(String),
    /// The signature: the secret does not belong to the key.
    #[error("{0}")]
    Signature(String),
    /// Our clock is too far from the venue's, even after measuring it.
    #[error("{0}")]
    Clock(String),
    /// What the config says cannot work.
    #[error("{0}")]
    Setup(String),
}

impl ConnectError {
    /// Whether trying again later can help without anybody changing anything.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::NotTheVenue(_) | Self::Refused(_) | Self::Clock(_) => true,
            Self::Key(_) | Self::Signature(_) | Self::Setup(_) => false,
        }
    }
}

/// Connects an account: reads the venue's clock and instruments, proves the key, then starts the
/// user and mark-price streams. [`Input::Instruments`] is in the inbox before this returns.
///
/// # Errors
/// [`ConnectError`], which says whether trying again can help.
pub async fn connect(
    setup: AccountSetup,
    inbox: Inbox,
) -> Result<Arc<dyn VenueLink>, ConnectError> {
    let setup = discreet::discreet(setup);
    match setup.venue {
        Venue::BinanceUsdm => binance::connect(setup, inbox).await,
        Venue::BybitLinear => bybit::connect(setup, inbox).await,
    }
}

/// What the venue says the key may do. It sends one question and connects nothing.
///
/// # Errors
/// One sentence when the venue did not say: then the rights are unknown, which is no fault.
pub async fn rights(setup: &AccountSetup) -> Result<Rights, String> {
    let setup = discreet::discreet(setup.clone());
    match setup.venue {
        Venue::BinanceUsdm => binance::rights(&setup).await,
        Venue::BybitLinear => bybit::rights(&setup).await,
    }
}

/// Refuses what would enlarge a hedged leg, before it is written in a venue's words.
///
/// # Errors
/// One sentence when the direction would open the leg instead of closing it.
pub(crate) fn only_closes(leg: Leg, order: OrderSide) -> Result<(), String> {
    match leg.closing() {
        Some(wanted) if order != wanted => Err(format!(
            "not sent: a {order} would enlarge the {leg} leg; closing it takes a {wanted}"
        )),
        _ => Ok(()),
    }
}

/// Refuses what would not open or enlarge a hedged leg: an entry is never a close in disguise.
///
/// # Errors
/// One sentence when the direction would close the leg instead of opening it.
pub(crate) fn only_opens(leg: Leg, order: OrderSide) -> Result<(), String> {
    match leg.closing() {
        Some(closing) if order == closing => Err(format!(
            "not sent: a {order} would close the {leg} leg; opening it takes a {}",
            order.opposite()
        )),
        _ => Ok(()),
    }
}

/// A lock whose content is a plain value: a panic elsewhere leaves it usable.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
