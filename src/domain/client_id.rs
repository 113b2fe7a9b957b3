//! The ids we give to our own orders: they say who sent the order and why.
//!
//! `hfs-002a1f3a9c0b2d4e`: `hf` marks the order as ours, the letter its purpose; of the sixteen
//! digits four are the end of the fence under which it was sent (of several engines on one ledger
//! they tell which), six a hash of what was intended and when, six a running number. Equal intents
//! give equal ids, in a replay as on the day.
//! Venue fact: Binance takes `^[\.A-Z\:/a-z0-9_-]{1,36}$`, Bybit 36 characters of `A-Za-z0-9-_`.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::key::{Leg, PositionKey, Symbol};
use crate::domain::lease::Fence;
use crate::domain::time::Time;

/// A client order id, ours or somebody else's.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClientId(Arc<str>);

/// Why we sent an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// Opens a position.
    Entry,
    /// A protective stop.
    Stop,
    /// An operator's close.
    Exit,
    /// A close because the price was already through the stop (`on_breach`).
    Breach,
    /// Takes back an open that could not be protected.
    Rollback,
}

impl Purpose {
    const ALL: [Self; 5] = [Self::Entry, Self::Stop, Self::Exit, Self::Breach, Self::Rollback];

    fn letter(self) -> char {
        match self {
            Self::Entry => 'e',
            Self::Stop => 's',
            Self::Exit => 'x',
            Self::Breach => 'b',
            Self::Rollback => 'r',
        }
    }

    /// The word in the ledger's `orders.purpose`: `entry`, `exit` or `stop`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Stop => "stop",
            Self::Exit | Self::Breach | Self::Rollback => "exit",
        }
    }
}

impl ClientId {
    /// The id of an order of a process that needs no lease.
    pub fn mint(purpose: Purpose, key: &PositionKey, now: Time, salt: u64) -> Self {
        Self::under(Fence(0), purpose, key, now, salt)
    }

    /// The id of an order of ours, sent under a lease. Orders of one fence are told apart by
    /// `salt`, which counts them: sixteen million in a row have different ids for certain.
    pub fn under(fence: Fence, purpose: Purpose, key: &PositionKey, now: Time, salt: u64) -> Self {
        let mut hash = Fnv::default();
        hash.eat(key.account.as_str().as_bytes());
        hash.eat(key.symbol.as_str().as_bytes());
        hash.eat(key.leg.name().as_bytes());
        hash.eat(&now.0.to_be_bytes());
        let (fence, hash, salt) = (fence.0 & 0xffff, (hash.0 >> 32) & 0xff_ffff, salt & 0xff_ffff);
        Self(format!("hf{}-{fence:04x}{hash:06x}{salt:06x}", purpose.letter()).into())
    }

    /// The end of the fence under which it was sent, where it is ours.
    pub fn fence(&self) -> Option<u16> {
        self.purpose()?;
        let (_, digits) = self.0.split_once('-')?;
        u16::from_str_radix(digits.get(..4)?, 16).ok()
    }

    /// Why we sent the order, or `None` when it is not ours.
    pub fn purpose(&self) -> Option<Purpose> {
        let rest = self.0.strip_prefix("hf")?;
        let (letter, hash) = rest.split_once('-')?;
        let ours = hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit());
        Purpose::ALL
            .into_iter()
            .find(|p| ours && letter.len() == 1 && letter.starts_with(p.letter()))
    }

    /// The name of the stop that a venue keeps on a position itself: the venue knows no client id
    /// for it, and an amendment must stay the same order. Too long and too coloned to be sent.
    pub fn on_position(symbol: &Symbol, leg: Leg) -> Self {
        Self(format!("on-position:{symbol}:{leg}").into())
    }

    /// The id as sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for ClientId {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// FNV-1a, 64 bits: stable across builds and machines, which the standard hasher is not.
#[derive(Clone, Copy, Debug)]
pub struct Fnv(pub u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    /// Takes in bytes, followed by a separator so that `ab`,`c` differs from `a`,`bc`.
    pub fn eat(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
