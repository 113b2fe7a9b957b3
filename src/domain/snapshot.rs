//! What the screen reads: one immutable picture of everything, the newest wins.
//!
//! Every number that can grow old carries the instant it was learnt. Nothing here points back
//! into the engine.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::amount::{Money, Price, Qty, Side};
use crate::domain::command::Answer;
use crate::domain::drift::Drift;
use crate::domain::event::Event;
use crate::domain::evidence::Fill;
use crate::domain::guard::Guard;
use crate::domain::input::LinkState;
use crate::domain::instrument::Instrument;
use crate::domain::journal::Halt;
use crate::domain::key::{AccountName, PositionKey, Symbol, Venue};
use crate::domain::lease::LeaseState;
use crate::domain::ledger::{BadRow, Row};
use crate::domain::naked::NakedTotals;
use crate::domain::order::ConditionalOrder;
use crate::domain::policy::Policy;
use crate::domain::position::{Balance, PositionMode};
use crate::domain::time::Time;
use crate::domain::trust::{Demotion, Duty, Trust};

pub use crate::domain::batch::{BatchCount, BatchLeg, BatchView};
pub use crate::domain::finding::{AccountFindingKind, FindingKind};
pub use crate::domain::work::{RepairView, TrailView, WorkView};

/// A value and when it was learnt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aged<T> {
    /// The value.
    pub value: T,
    /// When it was learnt.
    pub at: Time,
}

/// Everything the screen may show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// How much the engine had been told by then; commands are pinned to it.
    pub seq: u64,
    /// When it was taken.
    pub at: Time,
    /// The engine's policy.
    pub policy: Arc<Policy>,
    /// Accounts in the config's order.
    pub accounts: Vec<AccountView>,
    /// Every leg that the ledger or a venue holds, ordered by key.
    pub legs: Vec<LegView>,
    /// Stops of ours without a position.
    pub strays: Vec<StrayView>,
    /// Legs that neither holds any more, with what became of them lately.
    pub ended: Vec<EndedLeg>,
    /// Ledger rows that make no sense.
    pub bad_rows: Arc<[BadRow]>,
    /// The last events, oldest first.
    pub events: Arc<[Arc<Event>]>,
    /// The last answers to asks, oldest first.
    pub answers: Arc<[Answer]>,
    /// Why the ledger cannot be read or written now; none when it can.
    pub ledger_fault: Option<Aged<String>>,
    /// Repairs of this process that can be undone, newest first.
    pub repairs: Arc<[RepairView]>,
    /// Closes of several legs that this process was asked for, newest last.
    pub batches: Arc<[BatchView]>,
    /// Longest step of the core since the previous snapshot, in microseconds, as the shell
    /// measured it.
    pub step_us_max: u64,
}

/// One account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountView {
    /// Name in the config.
    pub name: AccountName,
    /// Where it trades.
    pub venue: Venue,
    /// Whether a complete look has been had and is still fresh; else since when not, and why.
    pub known: Known,
    /// The user stream.
    pub stream: StreamState,
    /// Last time anything came from the venue.
    pub heard: Option<Time>,
    /// Budget, clock, round trip.
    pub link: Option<LinkState>,
    /// Worth.
    pub balance: Option<Aged<Balance>>,
    /// One-way or hedge.
    pub mode: Option<PositionMode>,
    /// Complete looks so far.
    pub sweeps: u64,
    /// As of when everything is known that a look tells, positions as well as orders; none until
    /// both were read. A part that was refused since counts as of when it was last read.
    pub looked: Option<Time>,
    /// Counters of the last complete look.
    pub counters: Option<Aged<Counters>>,
    /// A mass vanishing is held back: one sentence.
    pub hold: Option<String>,
    /// When the next look is due.
    pub next_sweep: Option<Time>,
    /// What is missing before anything may be sent for it; empty once the gate is open.
    pub gate: Vec<String>,
    /// Where each rule stands.
    pub trust: Vec<TrustView>,
    /// What is wrong with the account as a whole.
    pub findings: Vec<AccountFinding>,
    /// Whether this engine acts on it, or watches another that does.
    pub lease: Option<LeaseState>,
    /// A person's word that nothing is opened or adopted.
    pub halt: Option<Halt>,
    /// Clean-ups of stops that failed and are tried again.
    pub failed_cleanups: u32,
    /// How long legs of it were uncovered today, added up.
    pub naked: NakedTotals,
}

/// Where a rule stands in an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustView {
    /// Which rule.
    pub duty: Duty,
    /// How far the engine goes with it now.
    pub trust: Trust,
    /// The demotion that holds it below what the config says.
    pub demoted: Option<Demotion>,
}

/// Something about an account that somebody should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountFinding {
    /// What.
    pub kind: AccountFindingKind,
    /// First seen.
    pub since: Time,
    /// One sentence.
    pub text: String,
}

/// Whether an account is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Known {
    /// A complete look was had at this instant.
    Since(Time),
    /// Nothing may be concluded: since when, and why.
    Unknown(Time, String),
}

/// How the user stream stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StreamState {
    /// Never connected yet.
    Starting,
    /// Connected since.
    Up(Time),
    /// Lost or not believed since, and why.
    Down(Time, String),
}

/// Counters of a complete look: `ledger = verified + mismatched + phantoms + unknown` and
/// `venue = verified + mismatched + orphans`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    /// Rows of the account.
    pub ledger: u32,
    /// Positions this look may speak about.
    pub venue: u32,
    /// Both agree.
    pub verified: u32,
    /// In the ledger only.
    pub phantoms: u32,
    /// On the venue only.
    pub orphans: u32,
    /// Both, but side or size differ.
    pub mismatched: u32,
    /// Rows about which nothing may be concluded.
    pub unknown: u32,
    /// Rows that make no sense, and queries that failed.
    pub errors: u32,
}

/// One leg, with both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegView {
    /// Identity.
    pub key: PositionKey,
    /// Where.
    pub venue: Venue,
    /// The ledger's side.
    pub row: Option<Arc<Row>>,
    /// The venue's side.
    pub there: There,
    /// Trading rules.
    pub instrument: Option<Arc<Instrument>>,
    /// Last mark.
    pub mark: Option<Aged<Price>>,
    /// Unrealised profit at the mark, before fees.
    pub profit: Option<Money>,
    /// Coverage, and since when it is so.
    pub guard: Aged<Guard>,
    /// Conditional orders that belong to the leg, ours and others'.
    pub stops: Vec<ConditionalOrder>,
    /// The stop this leg should have, as policy and row say.
    pub want: Option<Price>,
    /// Why it needs somebody; none when ledger and venue agree and it is covered.
    pub findings: Vec<FindingView>,
    /// What is being done with it.
    pub work: Option<WorkView>,
    /// When the position was opened, as far as known.
    pub opened: Option<Time>,
    /// When the user stream last said something about it.
    pub told: Option<Time>,
    /// The newest of its fills that are known.
    pub last_fill: Option<Fill>,
    /// How its stop trails, where it does.
    pub trail: Option<TrailView>,
    /// Since when the stop that covers it has been resting, as far as known.
    pub stop_since: Option<Time>,
    /// How long it was uncovered today.
    pub naked: NakedTotals,
    /// Who learnt what became of it, and when.
    pub drift: Arc<Drift>,
}

/// A leg that is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndedLeg {
    /// Identity.
    pub key: PositionKey,
    /// Where.
    pub venue: Venue,
    /// Who learnt what became of it, and when.
    pub drift: Arc<Drift>,
}

/// What the venue says of a leg.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum There {
    /// Open, as last heard.
    Open {
        /// Direction.
        side: Side,
        /// Size.
        quantity: Qty,
        /// Average entry, when the venue names one.
        entry: Option<Price>,
        /// Where it would be liquidated.
        liquidation: Option<Price>,
        /// When this was learnt.
        at: Time,
        /// Whether this process has seen it on a stream or in a look that is still current.
        fresh: bool,
    },
    /// A complete look did not show it.
    Absent(Time),
    /// Nothing may be concluded.
    Unknown,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingView {
    /// What differs.
    pub kind: FindingKind,
    /// First seen.
    pub since: Time,
    /// Complete looks that agree so far, and how many are needed.
    pub looks: (u32, u32),
    /// What proves it so far, and what is still missing.
    pub checks: Vec<Check>,
    /// What the engine will do, or why it waits.
    pub next: String,
    /// Whether the engine waits for a person.
    pub waits: bool,
    /// The rule that would repair it, where there is one, and how far it may go.
    pub rule: Option<(Duty, Trust)>,
    /// The row as a person's word would leave it now, or why there is nothing to decide yet;
    /// none where no row would be changed.
    pub resolved: Option<Result<Arc<Row>, String>>,
}

/// One line of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What has to hold.
    pub what: String,
    /// Whether it does.
    pub holds: bool,
    /// When and from where, or what is awaited.
    pub detail: String,
}

/// A stop of ours with no position behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrayView {
    /// Whose.
    pub account: AccountName,
    /// Instrument.
    pub symbol: Symbol,
    /// The order.
    pub order: ConditionalOrder,
    /// First seen so.
    pub since: Time,
    /// What the engine will do.
    pub next: String,
}

impl AccountView {
    /// Whether the newest look is whole.
    pub fn is_known(&self) -> bool {
        matches!(self.known, Known::Since(_))
    }
}

impl LegView {
    /// What the venue says is open, for plans and pins.
    pub fn open(&self) -> Option<crate::domain::plan::Open> {
        let There::Open { side, quantity, entry, .. } = &self.there else { return None };
        let entry = entry.or_else(|| self.row.as_ref().map(|row| row.entry_price))?;
        let mark = self.mark.map(|mark| mark.value);
        Some(crate::domain::plan::Open { side: *side, quantity: *quantity, entry, mark })
    }

    /// The conditional orders that can be there: one that the venue keeps on a position is not
    /// there without it.
    pub fn stops_there(&self) -> Vec<&ConditionalOrder> {
        let gone = matches!(self.there, There::Absent(_));
        self.stops.iter().filter(|stop| !(gone && stop.on_position)).collect()
    }

    /// Where the stop of ours fires that alone covers all of it: what a move of it starts from.
    pub fn standing(&self) -> Option<Price> {
        let There::Open { side, quantity, .. } = &self.there else { return None };
        let ours = self.stops.iter().filter(|stop| stop.ours());
        crate::domain::guard::standing(*side, *quantity, ours)
    }

    /// The worst finding, if any.
    pub fn worst(&self) -> Option<&FindingView> {
        self.findings.iter().min_by_key(|finding| finding.kind)
    }
}
