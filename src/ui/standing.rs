//! How an account and a leg stand: the words, marks and order of everything on the screen.
//!
//! For: the freshness of links and numbers, and the severity that rows are marked and sorted
//! by. Not for: colours or text layout. Pure: a snapshot and an instant in, a word out.
//! Door: [`Link::of`], [`Standing::of`].

use rust_decimal::Decimal;

use crate::domain::alone::{self, Summary};
use crate::domain::guard::Guard;
use crate::domain::seen::Seen;
use crate::domain::snapshot::{
    AccountView, Aged, FindingKind, Known, LegView, Snapshot, StreamState, There,
};
use crate::domain::time::{Span, Time};

/// A value older than this is prefixed `~`.
pub const FRESH: Span = Span::secs(2);
/// A value older than this carries its age in the row.
pub const SLOW: Span = Span::secs(10);
/// A venue silent for longer than this is down.
pub const DOWN: Span = Span::secs(60);

/// How the connection to an account stands, worst word first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    /// The venue bans us until then: nothing is sent, nothing is heard but streams.
    Banned(Time),
    /// Nothing was heard for a minute, or ever.
    Down(Span),
    /// No complete look stands: nothing may be concluded about it.
    Unknown(Span),
    /// The first look is under way.
    Starting,
    /// The user stream is lost; looks go on.
    StreamDown(Span),
    /// Heard, but not just now.
    Slow(Span),
    /// Heard within two seconds.
    Ok,
}

impl Link {
    /// How `account` stands at `now`.
    pub fn of(account: &AccountView, now: Time) -> Self {
        let banned = account.link.as_ref().and_then(|link| link.banned);
        if let Some(until) = banned.filter(|until| *until > now) {
            return Self::Banned(until);
        }
        let silent = account.heard.map(|at| now.since(at));
        if let Known::Unknown(since, _) = &account.known {
            let age = now.since(*since);
            let young = account.sweeps == 0 && age < SLOW;
            return match silent {
                _ if young => Self::Starting,
                Some(silent) if silent <= DOWN => Self::Unknown(age),
                Some(silent) => Self::Down(silent),
                None => Self::Down(age),
            };
        }
        match (silent, &account.stream) {
            (Some(silent), _) if silent > DOWN => Self::Down(silent),
            (_, StreamState::Down(since, _)) => Self::StreamDown(now.since(*since)),
            (Some(silent), _) if silent >= FRESH => Self::Slow(silent),
            _ => Self::Ok,
        }
    }

    /// Whether acts on its legs ask for more than a key.
    pub fn is_doubtful(self) -> bool {
        matches!(self, Self::Banned(_) | Self::Down(_) | Self::Unknown(_) | Self::Starting)
    }
}

/// How loud a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// `!!`: no stop behind it, or a close that failed.
    Alarm,
    /// `!`: something is not as it should be.
    Warn,
    /// `?`: phantom, or nothing may be concluded.
    Odd,
    /// `~`: the numbers are old.
    Stale,
    /// Nothing to say.
    Fine,
}

impl Severity {
    /// The mark before the row.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Alarm => "!!",
            Self::Warn => "!",
            Self::Odd => "?",
            Self::Stale => "~",
            Self::Fine => "",
        }
    }
}

/// The state of a leg, as the protection column spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A close that failed.
    CloseFailed,
    /// No stop behind it.
    Naked,
    /// An act is under way; the word is the work's own.
    Working,
    /// Stops cover part of it.
    Partly,
    /// The venue itself is at work on it.
    Trouble,
    /// Too small for the venue to trade, or to put a stop behind.
    Dust,
    /// Its row stands on a leg where the venue has nothing.
    WrongLeg,
    /// The venue holds the other side.
    SideDiffers,
    /// The venue holds another size.
    QuantityDiffers,
    /// Closed in the ledger, open on the venue.
    Resurrected,
    /// In the ledger only.
    Phantom,
    /// Nothing may be concluded.
    Unknown,
    /// A stop covers all of it.
    Covered,
}

/// How a leg stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How loud.
    pub severity: Severity,
    /// In which state.
    pub state: State,
    /// Since when.
    pub since: Time,
    /// How its account's link stands.
    pub link: Link,
}

impl Standing {
    /// How `leg` stands at `now`.
    pub fn of(leg: &LegView, snapshot: &Snapshot, now: Time) -> Self {
        let link = account(snapshot, leg).map_or(Link::Down(Span(0)), |a| Link::of(a, now));
        let (severity, state, since) = judge(leg, link, now);
        let old = !is_current(leg) || mark_age(leg, now).is_some_and(|age| age >= FRESH);
        let severity = if severity == Severity::Fine && old { Severity::Stale } else { severity };
        Self { severity, state, since, link }
    }

    /// What rows are sorted by: loudest first, then longest in its state, then nearest to its
    /// stop.
    pub fn rank(&self, leg: &LegView) -> (Severity, Time, Option<Decimal>) {
        // A stale row keeps its place: numbers age and freshen with every look.
        let severity =
            if self.severity == Severity::Stale { Severity::Fine } else { self.severity };
        (severity, self.since, distance(leg))
    }
}

fn judge(leg: &LegView, link: Link, now: Time) -> (Severity, State, Time) {
    let found = |kind: FindingKind| leg.findings.iter().find(|f| f.kind == kind).map(|f| f.since);
    let open = matches!(leg.there, There::Open { .. });
    let failed = leg.work.as_ref().filter(|work| work.failed);
    if let Some(work) = failed.filter(|work| work.word.starts_with("CLOSE")) {
        return (Severity::Alarm, State::CloseFailed, work.since);
    }
    let Aged { value: guard, at } = leg.guard;
    let dust = found(FindingKind::Dust);
    let stands = open && dust.is_none();
    let naked = found(FindingKind::Naked).or((stands && guard == Guard::Naked).then_some(at));
    let partly =
        found(FindingKind::Partly).or((stands && matches!(guard, Guard::Partly(_))).then_some(at));
    let misplaced = found(FindingKind::WrongLeg).or(found(FindingKind::Doubled));
    let state = [
        (found(FindingKind::Trouble), Severity::Alarm, State::Trouble),
        (naked, Severity::Alarm, State::Naked),
        (dust, Severity::Warn, State::Dust),
        (misplaced, Severity::Warn, State::WrongLeg),
        (failed.map(|work| work.since), Severity::Warn, State::Working),
        (partly, Severity::Warn, State::Partly),
        (found(FindingKind::Side), Severity::Warn, State::SideDiffers),
        (found(FindingKind::Quantity), Severity::Warn, State::QuantityDiffers),
        (found(FindingKind::Resurrected), Severity::Warn, State::Resurrected),
        (found(FindingKind::Phantom), Severity::Odd, State::Phantom),
    ];
    let worst = state
        .into_iter()
        .find_map(|(since, severity, state)| since.map(|since| (severity, state, since)));
    let unknown = link.is_doubtful() || leg.there == There::Unknown || guard == Guard::Unknown;
    let base = worst.unwrap_or(if unknown {
        let since = match link {
            Link::Down(age) | Link::Unknown(age) => now - age,
            _ => at,
        };
        (Severity::Odd, State::Unknown, since)
    } else if let Some(since) = found(FindingKind::Orphan) {
        (Severity::Warn, State::Covered, since)
    } else {
        (Severity::Fine, State::Covered, at)
    });
    match &leg.work {
        // A leg without its stop is called so until the stop is there.
        Some(work) if work.word == "PROTECTING" && base.0 <= Severity::Warn => base,
        // What is being done replaces the word, never the mark.
        Some(work) if !work.failed => (base.0, State::Working, work.since),
        _ => base,
    }
}

/// Which accounts are known now: heard, and with a look that stands.
pub fn seen(snapshot: &Snapshot, now: Time) -> Seen {
    Seen::by(&snapshot.accounts, |account| is_known(account, now))
}

/// What would stay behind the engine, by what is known now.
pub fn summary(snapshot: &Snapshot, now: Time) -> Summary {
    alone::summary_by(snapshot, |account| is_known(account, now))
}

/// Whether what is shown of an account holds now.
pub fn is_known(account: &AccountView, now: Time) -> bool {
    account.is_known() && !Link::of(account, now).is_doubtful()
}

/// The account a leg belongs to.
pub fn account<'a>(snapshot: &'a Snapshot, leg: &LegView) -> Option<&'a AccountView> {
    snapshot.accounts.iter().find(|account| account.name == leg.key.account)
}

/// Whether the venue's side of a leg is believed now.
pub fn is_current(leg: &LegView) -> bool {
    match leg.there {
        There::Open { fresh, .. } => fresh,
        There::Absent(_) => true,
        There::Unknown => false,
    }
}

/// How old the mark of an open leg is.
pub fn mark_age(leg: &LegView, now: Time) -> Option<Span> {
    let open = matches!(leg.there, There::Open { .. });
    leg.mark.filter(|_| open).map(|mark| now.since(mark.at))
}

/// The price of the stop that covers the leg, or of the first that covers some of it.
pub fn stop_price(leg: &LegView) -> Option<crate::domain::amount::Price> {
    match leg.guard.value {
        Guard::Covered(price) => Some(price),
        Guard::Partly(_) => leg.stops.iter().filter(|stop| stop.reduces).find_map(|s| s.trigger),
        Guard::Naked | Guard::Unknown => None,
    }
}

/// From mark to stop, in percent of the mark; negative when the price is through it.
pub fn distance(leg: &LegView) -> Option<Decimal> {
    let stop = stop_price(leg)?.get();
    let mark = leg.mark?.value.get();
    let side = leg.open().map(|open| open.side).or(leg.row.as_ref().map(|row| row.side))?;
    let gap = match side {
        crate::domain::amount::Side::Long => mark - stop,
        crate::domain::amount::Side::Short => stop - mark,
    };
    Some(gap / mark * Decimal::ONE_HUNDRED)
}

/// Unrealised profit in percent of the entry value.
pub fn profit_percent(leg: &LegView) -> Option<Decimal> {
    let open = leg.open()?;
    Some(leg.profit?.0 / open.quantity.at(open.entry).0 * Decimal::ONE_HUNDRED)
}
