//! What happens in a world, as data: who holds what, and every deed with its instant.
//!
//! For: drawing, running and shrinking a world. Not for: chance (that is `draw`), its text (that is
//! `story`), or carrying anything out. Door: [`Plan`].

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::domain::amount::Side;
use crate::domain::key::{AccountName, Leg, Symbol, Venue};
use crate::domain::policy::{Autonomy, OnBreach};
use crate::domain::time::Span;

/// A whole world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What stays the same throughout.
    pub setting: Setting,
    /// What is held at the start.
    pub holdings: Vec<Holding>,
    /// What happens, in order of time.
    pub deeds: Vec<Timed>,
}

/// What stays the same throughout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Decides everything that the plan leaves open: walks, ids, latencies, jitter.
    pub seed: u64,
    /// Where the ledger is kept.
    pub store: Store,
    /// How much the engine may do.
    pub autonomy: Autonomy,
    /// What it does about a price that is through a stop.
    pub on_breach: OnBreach,
    /// Whether stops trail.
    pub trailing: bool,
    /// How often it looks.
    pub sync: Span,
    /// The accounts.
    pub accounts: Vec<Account>,
    /// When faults stop, bots and people rest, and everything has to come right.
    pub peace: Span,
}

/// Where the ledger is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Store {
    /// The program's own SQLite ledger, on a memory disk.
    Sqlite,
    /// A ledger in memory with the same promises, which can fail on demand.
    Memory,
}

/// An account of the world.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// Its name.
    pub name: AccountName,
    /// Where it trades.
    pub venue: Venue,
    /// Whether long and short are kept apart.
    pub hedged: bool,
}

/// What somebody holds at the start.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holding {
    /// In which account.
    pub account: AccountName,
    /// Instrument.
    pub symbol: Symbol,
    /// Leg.
    pub leg: Leg,
    /// Direction.
    pub side: Side,
    /// What the venue holds; none for a row without a position.
    pub venue: Option<Decimal>,
    /// What the ledger says; none for a position without a row.
    pub ledger: Option<Decimal>,
    /// How far from the entry the row's stop is, as a share of it; none where it names none.
    pub stop: Option<Decimal>,
    /// Whether a stop of ours rests behind it already.
    pub covered: bool,
}

impl Setting {
    /// The account of that name.
    pub fn account(&self, name: &AccountName) -> Option<&Account> {
        self.accounts.iter().find(|account| account.name == *name)
    }
}

impl Holding {
    /// Its leg, as verbs name it: one-way there is none to name.
    pub fn hedged(&self) -> Option<Leg> {
        (self.leg != Leg::Net).then_some(self.leg)
    }

    /// What takes its stop away, wherever its venue keeps it.
    pub fn without_stop(&self, account: &Account) -> Value {
        let slot = account.venue == Venue::BybitLinear;
        let leg = self.hedged();
        json!({"do": "remove_stop", "symbol": self.symbol, "leg": leg, "on_position": slot})
    }
}

/// Something that happens, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timed {
    /// Since the beginning.
    pub at: Span,
    /// What.
    #[serde(flatten)]
    pub deed: Deed,
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "deed", rename_all = "kebab-case")]
pub enum Deed {
    /// The exchange is told something: a price, a person's hand, a fault.
    Exchange {
        /// Which account's exchange.
        account: AccountName,
        /// A verb of its control door.
        verb: Value,
    },
    /// Another program writes the ledger.
    Bot(Bot),
    /// A person at the console of an engine.
    Operator {
        /// Which engine's.
        engine: usize,
        /// What for.
        wish: Wish,
        /// Which leg, size, price.
        pick: u64,
        /// Whether the screen was older than what is there now.
        late: bool,
    },
    /// An engine starts.
    Start {
        /// Which.
        engine: usize,
        /// By how much the machine's clock was set since.
        set_ms: i64,
    },
    /// An engine is killed, whatever it is doing.
    Kill {
        /// Which.
        engine: usize,
    },
    /// An engine is asked to end.
    Stop {
        /// Which.
        engine: usize,
    },
    /// An engine's loop stands still.
    Freeze {
        /// Which.
        engine: usize,
        /// For how long.
        span: Span,
    },
    /// The machine loses its power while it writes: every engine ends, and a ledger in a file is
    /// found with a part of that write.
    Power {
        /// How many bytes of it reached the disk at most.
        written: u64,
        /// How many of those came out wrong.
        wrong: u64,
    },
    /// The ledger cannot be used.
    Ledger {
        /// What of it.
        trouble: Trouble,
        /// For how long.
        span: Span,
    },
}

/// What goes wrong with the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// Nothing can be written: the disk is full.
    Full,
    /// Nothing can be read or written: locked.
    Locked,
    /// Commits fail at their very end.
    Commits,
    /// Everything takes seconds.
    Slow,
}

/// What another program writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "bot", rename_all = "kebab-case")]
pub enum Bot {
    /// It trades, and writes a row for it some time later.
    Opens {
        /// In which account.
        account: AccountName,
        /// Instrument.
        symbol: Symbol,
        /// Leg.
        leg: Leg,
        /// Direction.
        side: Side,
        /// How much.
        quantity: Decimal,
        /// How much later the row is written.
        after: Span,
    },
    /// It writes another size into a row.
    Resizes {
        /// Which of the open rows.
        pick: u64,
        /// What it takes its size times.
        times: Decimal,
    },
    /// It moves the stop of a row.
    MovesStop {
        /// Which of the open rows.
        pick: u64,
        /// How far from its entry, as a share of it.
        away: Decimal,
    },
    /// It closes a row, and the position first or not at all.
    Closes {
        /// Which of the open rows.
        pick: u64,
        /// Whether it sold it too.
        sells: bool,
    },
}

/// What a person wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the verbs of `Command`")]
pub enum Wish {
    Close,
    ClosePart,
    CloseMany,
    Open,
    Adopt,
    Protect,
    Resolve,
    MoveStop,
    BreakEven,
    Trail,
    Untrail,
    Undo,
    Restore,
    Resync,
    Abort,
    Halt,
    Resume,
}

impl Wish {
    /// Every one.
    pub const ALL: [Self; 17] = [
        Self::Close,
        Self::ClosePart,
        Self::CloseMany,
        Self::Open,
        Self::Adopt,
        Self::Protect,
        Self::Resolve,
        Self::MoveStop,
        Self::BreakEven,
        Self::Trail,
        Self::Untrail,
        Self::Undo,
        Self::Restore,
        Self::Resync,
        Self::Abort,
        Self::Halt,
        Self::Resume,
    ];
}

impl Deed {
    /// Whether it is a fault of a venue, of the ledger or of a process, and not plain life.
    pub fn fault(&self) -> Option<String> {
        match self {
            Self::Exchange { verb, .. } => {
                let word = |name: &str| verb.get(name).and_then(Value::as_str).map(str::to_owned);
                match word("do")?.as_str() {
                    "fault" => word("kind"),
                    plain @ ("kick" | "expire_listen_key" | "clock_skew" | "ban" | "liquidate"
                    | "adl" | "hedge_mode" | "erase_position" | "settle") => Some(plain.to_owned()),
                    _ => None,
                }
            }
            Self::Kill { .. } => Some("kill".to_owned()),
            Self::Power { .. } => Some("power".to_owned()),
            Self::Freeze { .. } => Some("freeze".to_owned()),
            Self::Ledger { trouble, .. } => Some(format!("ledger_{trouble:?}").to_lowercase()),
            Self::Start { engine, .. } if *engine > 0 => Some("second_instance".to_owned()),
            Self::Start { set_ms, .. } if *set_ms != 0 => Some("clock_set".to_owned()),
            Self::Start { .. } | Self::Stop { .. } | Self::Bot(_) | Self::Operator { .. } => None,
        }
    }
}

/// How long after the last fault everything has to be right.
const PEACE: Span = Span::secs(60);
/// The lease of an engine that was killed has run out by then, and another has asked for it.
const LEASE: Span = Span::secs(15 + 5);
/// Binance's limits that name no end stand until its next minute. Source: binance-usdm 5.
const NEXT_MINUTE: Span = Span::secs(60 + 61);
/// Bybit's ban ends ten minutes after the last request at the earliest. Source: bybit 5.
const BANNED: Span = Span::secs(60 + 600);

impl Plan {
    /// How long the peace lasts until everything has to be right: a minute, and before it as long
    /// as the venues' documents want a limit obeyed that may have struck just before.
    pub fn peace(&self) -> Span {
        let spans = self.deeds.iter().map(|timed| match &timed.deed {
            Deed::Exchange { account, verb } => self.obeyed(account, verb),
            Deed::Kill { .. } | Deed::Power { .. } => {
                let free = timed.at.0 + LEASE.0;
                Span(PEACE.0 + free.saturating_sub(self.setting.peace.0))
            }
            _ => PEACE,
        });
        spans.max().unwrap_or_default().max(PEACE)
    }

    /// Until when a limit is obeyed that a verb makes the venue name, and the minute after it.
    fn obeyed(&self, name: &AccountName, verb: &Value) -> Span {
        let number = |name: &str| verb.get(name).and_then(Value::as_i64);
        let is_ban = verb.get("do").and_then(Value::as_str) == Some("ban");
        let account = self.setting.account(name);
        // A limit that names no status is answered with 429.
        let is_limit = verb.get("kind").and_then(Value::as_str) == Some("rate_limit");
        let status = number("status").or(is_limit.then_some(429));
        let code = number("code");
        match account.map(|account| account.venue) {
            Some(Venue::BybitLinear) if is_ban || code == Some(403) || status == Some(403) => {
                BANNED
            }
            Some(Venue::BinanceUsdm) if code == Some(-1003) || status == Some(429) => NEXT_MINUTE,
            _ => PEACE,
        }
    }
}
