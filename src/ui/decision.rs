//! Decisions about the ledger: a difference resolved, a repair taken back, a rule restored.
//!
//! For: what was asked, what it would write, and whether that still holds. Nothing here reaches
//! a venue. A decision is pinned to a row's revision or a repair's id and never re-targets. Not
//! for: keys (`update_decision`) or how it looks (`view::decision`). Door: [`Decision`].

use crate::domain::command::Command;
use crate::domain::journal::{Halt, RepairId};
use crate::domain::key::{AccountName, PositionKey};
use crate::domain::ledger::Row;
use crate::domain::snapshot::{FindingView, LegView, RepairView, Snapshot, TrustView};
use crate::domain::time::{Span, Time};
use crate::domain::trust::Duty;
use crate::ui::format;
use crate::ui::model::leg;

/// How long a resolve can still be stopped after its yes.
pub const COUNTDOWN: Span = Span::secs(3);

/// What is to be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// Write what is proposed for a row, without the proof or the trust that is missing.
    Resolve(PositionKey, u64),
    /// Take a repair back.
    Undo(RepairId),
    /// Let a demoted rule stand again where the config puts it.
    Restore(AccountName, Duty),
    /// End the halt of an account, or of all.
    Resume(Option<AccountName>),
}

/// How far a decision has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The reason is being typed.
    Reason,
    /// `y` goes on.
    Yes,
    /// It is sent at this instant, unless a key stops it.
    Countdown(Time),
}

/// An open decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What it is about.
    pub about: About,
    /// How far it has come.
    pub step: Step,
    /// Why, as typed; only a resolve asks for it.
    pub reason: String,
    /// Whether it was painted since it last changed its question: keys before that are dropped.
    pub is_shown: bool,
    /// Why nothing can be sent any more.
    pub refused: Option<String>,
}

impl Decision {
    /// Asks why a difference is to be resolved without its proof.
    ///
    /// # Errors
    /// One sentence why there is nothing to resolve.
    pub fn resolve(key: &PositionKey, snapshot: &Snapshot) -> Result<Self, String> {
        let leg = leg(snapshot, key).ok_or_else(|| format!("{key} is not there any more"))?;
        let (_, before, _) = resolvable(leg)?;
        Ok(Self::new(About::Resolve(key.clone(), before.revision), Step::Reason))
    }

    /// Asks whether to take a repair back. One of an earlier run is only known to the ledger.
    ///
    /// # Errors
    /// One sentence when there is no such repair.
    pub fn undo(id: &RepairId, snapshot: &Snapshot) -> Result<Self, String> {
        let is_id = id.0.strip_prefix("r-").is_some_and(|hash| {
            hash.len() == 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
        });
        if !is_id && repair(snapshot, id).is_none() {
            return Err(format!("no repair of this run is called {}; Tab lists them", id.0));
        }
        Ok(Self::new(About::Undo(id.clone()), Step::Yes))
    }

    /// Asks whether a demoted rule may stand again where the config puts it.
    ///
    /// # Errors
    /// One sentence when nothing holds it back.
    pub fn restore(account: &AccountName, duty: Duty, snapshot: &Snapshot) -> Result<Self, String> {
        held_back(snapshot, account, duty)?;
        Ok(Self::new(About::Restore(account.clone(), duty), Step::Yes))
    }

    /// Asks whether a halt may end.
    ///
    /// # Errors
    /// One sentence when nothing is halted.
    pub fn resume(account: Option<AccountName>, snapshot: &Snapshot) -> Result<Self, String> {
        halted(snapshot, account.as_ref())?;
        Ok(Self::new(About::Resume(account), Step::Yes))
    }

    fn new(about: About, step: Step) -> Self {
        Self { about, step, reason: String::new(), is_shown: false, refused: None }
    }

    /// Looks again: what changed meanwhile is refused, never followed.
    pub fn refresh(&mut self, snapshot: &Snapshot) {
        let why = self.check(snapshot).err();
        if why.is_some() && matches!(self.step, Step::Countdown(_)) {
            self.step = Step::Yes;
        }
        if self.refused != why {
            self.refused = why;
            self.is_shown = false;
        }
    }

    fn check(&self, snapshot: &Snapshot) -> Result<(), String> {
        match &self.about {
            About::Resolve(key, revision) => {
                let leg =
                    leg(snapshot, key).ok_or_else(|| format!("{key} is not there any more"))?;
                let (_, before, _) = resolvable(leg)?;
                if before.revision != *revision {
                    let now = before.revision;
                    return Err(format!(
                        "the row changed, revision {revision} -> {now}: look again"
                    ));
                }
                Ok(())
            }
            // What the picture forgot the ledger still knows.
            About::Undo(_) => Ok(()),
            About::Restore(account, duty) => held_back(snapshot, account, *duty).map(drop),
            About::Resume(account) => halted(snapshot, account.as_ref()).map(drop),
        }
    }

    /// The command that is sent when the decision stands.
    pub fn command(&self) -> Option<Command> {
        if self.refused.is_some() {
            return None;
        }
        Some(match &self.about {
            About::Resolve(key, revision) => Command::Resolve {
                key: key.clone(),
                revision: *revision,
                reason: self.reason.trim().to_owned(),
            },
            About::Undo(repair) => Command::Undo { repair: repair.clone() },
            About::Restore(account, duty) => {
                Command::Restore { account: account.clone(), duty: *duty }
            }
            About::Resume(account) => Command::Resume { account: account.clone() },
        })
    }

    /// The line beside Cancel.
    pub fn confirm_line(&self, now: Time) -> String {
        if let Some(why) = &self.refused {
            return why.clone();
        }
        let what = match &self.about {
            About::Resolve(key, _) => format!("resolve {}", key.symbol),
            About::Undo(id) => format!("undo {}", id.0),
            About::Restore(account, duty) => format!("restore {} in {account}", duty.name()),
            About::Resume(Some(account)) => format!("resume {account}"),
            About::Resume(None) => "resume every account".to_owned(),
        };
        match self.step {
            Step::Reason => format!("why? {}_", self.reason),
            Step::Yes => format!("y  {what}"),
            Step::Countdown(at) => {
                let left = at.since(now).millis().div_ceil(1000);
                format!("{what} in {left}s; any key stops it")
            }
        }
    }
}

/// The finding of a leg that a person may resolve, its row, and the row as it would be.
///
/// # Errors
/// One sentence why there is nothing to resolve.
pub fn resolvable(leg: &LegView) -> Result<(&FindingView, &Row, &Row), String> {
    let symbol = &leg.key.symbol;
    let row = leg.row.as_deref().ok_or_else(|| {
        format!("{symbol} is not in the ledger: nothing to resolve; a adopts it, x closes it")
    })?;
    let offered = leg.findings.iter().find_map(|f| Some((f, f.resolved.as_ref()?)));
    match offered {
        Some((finding, Ok(after))) => Ok((finding, row, after)),
        Some((_, Err(why))) => Err(why.strip_prefix("refused: ").unwrap_or(why).to_owned()),
        None => Err(format!("{symbol}: no difference that a person could resolve")),
    }
}

/// The halts of one account or of all.
///
/// # Errors
/// One sentence when nothing is halted.
pub fn halted<'a>(
    snapshot: &'a Snapshot,
    account: Option<&AccountName>,
) -> Result<Vec<&'a Halt>, String> {
    let meant = snapshot.accounts.iter().filter(|v| account.is_none_or(|name| *name == v.name));
    let halts: Vec<&Halt> = meant.filter_map(|view| view.halt.as_ref()).collect();
    match (halts.is_empty(), account) {
        (false, _) => Ok(halts),
        (true, Some(name)) => Err(format!("{name} is not halted")),
        (true, None) => Err("no account is halted".to_owned()),
    }
}

/// A repair of this run, by its id.
pub fn repair<'a>(snapshot: &'a Snapshot, id: &RepairId) -> Option<&'a RepairView> {
    snapshot.repairs.iter().find(|repair| repair.id == *id)
}

/// A rule that an undone repair holds back.
///
/// # Errors
/// One sentence when there is no such account, or nothing holds the rule back.
pub fn held_back<'a>(
    snapshot: &'a Snapshot,
    account: &AccountName,
    duty: Duty,
) -> Result<&'a TrustView, String> {
    let view = snapshot.accounts.iter().find(|view| view.name == *account);
    let view = view.ok_or_else(|| format!("no account is called {account}"))?;
    let held = view.trust.iter().find(|view| view.duty == duty && view.demoted.is_some());
    held.ok_or_else(|| format!("{} is not held back in {account}", duty.name()))
}

/// What a change of a row changes: field, before, after.
pub fn changes(
    before: &Row,
    after: &Row,
    leg: Option<&LegView>,
) -> Vec<(&'static str, [String; 2])> {
    let rules = leg.and_then(|leg| leg.instrument.as_ref());
    let (tick, step) = (rules.map(|rules| rules.tick), rules.map(|rules| rules.step));
    let none = || format::NONE.to_owned();
    let fields = |row: &Row| {
        let price = |at: Option<_>| at.map_or_else(none, |at| format::price(at, tick));
        [
            ("status", row.status.name().to_owned()),
            ("side", row.side.to_string()),
            ("qty", format::quantity(row.quantity, step)),
            ("entry", format::price(row.entry_price, tick)),
            ("stop", price(row.stop_loss_price)),
            ("exit", price(row.exit_price)),
            ("reason", row.exit_reason.map_or_else(none, |reason| reason.name().to_owned())),
            ("pnl", row.pnl.map_or_else(none, format::money)),
            ("detected", row.detected_by.map_or_else(none, |by| by.name().to_owned())),
            ("closed", row.closed_at.map_or_else(none, format::clock)),
        ]
    };
    let pairs = fields(before).into_iter().zip(fields(after));
    pairs
        .filter(|((_, was), (_, is))| was != is)
        .map(|((name, was), (_, is))| (name, [was, is]))
        .collect()
}
