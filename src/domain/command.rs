//! All that a screen or a command line can say: asks, pinned to what was shown.

use serde::{Deserialize, Serialize};

use crate::domain::amount::{Percent, Price, Qty, Side};
use crate::domain::journal::RepairId;
use crate::domain::key::{AccountName, PositionKey};
use crate::domain::opening::OpenWish;
use crate::domain::trail::TrailPlan;
use crate::domain::trust::Duty;

/// What the person saw when they decided. The gate refuses an ask whose pin no longer fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pin {
    /// Which leg.
    pub key: PositionKey,
    /// Its side on the venue.
    pub side: Side,
    /// Its size on the venue.
    pub quantity: Qty,
    /// The snapshot it was read from.
    pub snapshot: u64,
}

/// What a person wants done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// Close a share of a position, reduce-only, at market.
    Close {
        /// What was seen.
        pin: Pin,
        /// 100 for all of it.
        percent: Percent,
    },
    /// Take an orphan into the ledger and put a stop behind it.
    Adopt {
        /// What was seen.
        pin: Pin,
        /// Where the stop goes; the policy's distance from entry when none is named.
        stop: Option<crate::domain::plan::StopAt>,
    },
    /// Put the missing stop behind a tracked leg, now.
    Protect {
        /// What was seen.
        pin: Pin,
    },
    /// Carry out what is proposed for a row, on a person's word instead of the evidence or the
    /// trust that is missing; never instead of the looks.
    Resolve {
        /// Which leg.
        key: PositionKey,
        /// The row's revision when it was read.
        revision: u64,
        /// Why, in the person's own words; goes on record.
        reason: String,
    },
    /// Let a demoted rule stand again where the config puts it.
    Restore {
        /// In which account.
        account: AccountName,
        /// Which rule.
        duty: Duty,
    },
    /// Take a repair back.
    Undo {
        /// Which.
        repair: RepairId,
    },
    /// Look again, completely, at one account or at all.
    Resync {
        /// Which, or all.
        account: Option<AccountName>,
    },
    /// Open a position together with its stop, or take it back.
    Open(Box<OpenWish>),
    /// Move the stop of a tracked leg. Loosening it is only done on such a word.
    MoveStop {
        /// What was seen.
        pin: Pin,
        /// Where to.
        to: StopTo,
    },
    /// Trail the stop of a tracked leg by another plan, or not at all.
    Trail {
        /// What was seen.
        pin: Pin,
        /// How; none to leave the stop where it is.
        plan: Option<TrailPlan>,
    },
    /// Close several legs, in this order, so many at a time.
    CloseMany {
        /// What was seen of each, and how much of it goes.
        legs: Vec<Leaving>,
        /// How many closes may be under way together.
        at_once: u32,
        /// Halt the accounts of these legs first: nothing is opened or adopted until a resume.
        halt: bool,
        /// Why, in the person's own words; goes on record.
        reason: String,
    },
    /// Send no more of what this ask has not sent yet.
    Abort {
        /// The ask.
        ask: u64,
    },
    /// Open nothing and adopt nothing in one account or in all; protection goes on.
    Halt {
        /// Which, or all.
        account: Option<AccountName>,
        /// Why, in the person's own words.
        reason: String,
    },
    /// End a halt.
    Resume {
        /// Which, or all.
        account: Option<AccountName>,
    },
}

/// One leg of a close of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    /// What was seen.
    pub pin: Pin,
    /// How much of it goes: the pin's quantity for all of it.
    pub quantity: Qty,
}

/// Where a person wants a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StopTo {
    /// At a price, looser or tighter than it is.
    At(Price),
    /// At the entry price: refused while that is on the wrong side of the market.
    BreakEven,
    /// This far from the mark: refused where that would loosen it.
    Tighten(Percent),
}

impl Command {
    /// The verb, for events and flashes.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Close { .. } => "close",
            Self::Adopt { .. } => "adopt",
            Self::Protect { .. } => "protect",
            Self::Resolve { .. } => "resolve",
            Self::Restore { .. } => "restore",
            Self::Undo { .. } => "undo",
            Self::Resync { .. } => "resync",
            Self::Open(_) => "open",
            Self::MoveStop { .. } => "stop",
            Self::Trail { .. } => "trail",
            Self::CloseMany { .. } => "close-many",
            Self::Abort { .. } => "abort",
            Self::Halt { .. } => "halt",
            Self::Resume { .. } => "resume",
        }
    }

    /// The leg it is about.
    pub fn key(&self) -> Option<&PositionKey> {
        match self {
            Self::Close { pin, .. } | Self::Adopt { pin, .. } | Self::Protect { pin } => {
                Some(&pin.key)
            }
            Self::MoveStop { pin, .. } | Self::Trail { pin, .. } => Some(&pin.key),
            Self::Resolve { key, .. } => Some(key),
            Self::Undo { .. } | Self::Restore { .. } | Self::Resync { .. } => None,
            Self::Open(_) | Self::CloseMany { .. } | Self::Abort { .. } => None,
            Self::Halt { .. } | Self::Resume { .. } => None,
        }
    }
}

/// A command on its way to the gate, with a number its answers carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// Chosen by the asker, unique within a process.
    pub id: u64,
    /// Who, for the record: a tty and where it comes from, or the command line.
    pub who: String,
    /// What.
    pub command: Command,
}

/// What became of an ask so far. The last one for an id is final when `done`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The ask's number.
    pub ask: u64,
    /// How it stands.
    pub verdict: Verdict,
    /// One sentence for the flash line.
    pub text: String,
}

/// How an ask stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is under way, or waits for what the gate needs; the newest word counts.
    Accepted,
    /// The gate refused it; nothing was sent.
    Refused,
    /// It is done and verified.
    Done,
    /// It was tried and did not work.
    Failed,
}

impl Verdict {
    /// Whether nothing more will be heard of the ask.
    pub fn is_final(self) -> bool {
        self != Self::Accepted
    }
}
