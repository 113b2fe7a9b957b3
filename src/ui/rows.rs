//! Rows: what a view lists, in which order, and where the cursor is.
//!
//! For: building and sorting keys, and keeping cursor and scroll with their row while the
//! picture changes. Not for: the text of a row (`view`). Door: [`build`], [`Rows::settle`].

use std::collections::HashSet;

use crate::domain::alone;
use crate::domain::amount::Side;
use crate::domain::event::Event;
use crate::domain::key::{AccountName, PositionKey, VenueOrderId};
use crate::domain::ledger::RowId;
use crate::domain::snapshot::{
    AccountFindingKind, AccountView, FindingKind, LegView, Snapshot, There,
};
use crate::domain::time::{Span, Time};
use crate::ui::filter::{Facts, Filter};
use crate::ui::health;
use crate::ui::layout::Size;
use crate::ui::model::{Model, View};
use crate::ui::standing::{self, Severity, Standing, State};
use crate::ui::stops;

/// The identity of a row. A row is a key, not an index.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RowKey {
    /// A leg.
    Leg(PositionKey),
    /// A difference about a leg.
    Finding(PositionKey, FindingKind),
    /// A stop of ours without a position.
    Stray(AccountName, VenueOrderId),
    /// A ledger row that makes no sense.
    Bad(RowId),
    /// Something about an account as a whole.
    Account(AccountName, AccountFindingKind),
    /// The nth event of an instant.
    Event(Time, u32),
}

impl RowKey {
    /// The leg that an act on this row would be about.
    pub fn leg(&self) -> Option<&PositionKey> {
        match self {
            Self::Leg(key) | Self::Finding(key, _) => Some(key),
            Self::Stray(..) | Self::Bad(_) | Self::Account(..) | Self::Event(..) => None,
        }
    }
}

/// The rows of one view.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// In the order they are shown.
    pub order: Vec<RowKey>,
    /// The row under the cursor.
    pub cursor: Option<RowKey>,
    /// Where that row is, or was before it vanished.
    pub at: usize,
    /// The first row shown.
    pub top: usize,
    /// Rows that a filter hides.
    pub hidden: usize,
    /// How many of them are `!!`.
    pub hidden_alarms: usize,
    /// Until when the order is held.
    pub held_until: Option<Time>,
    /// Events: whether the cursor was taken off the newest.
    pub is_held_back: bool,
}

/// What [`build`] found.
#[derive(Clone, Debug, Default)]
pub struct Built {
    /// Rows in their natural order.
    pub order: Vec<RowKey>,
    /// Rows that a filter hides.
    pub hidden: usize,
    /// How many of them are `!!`.
    pub hidden_alarms: usize,
}

impl Rows {
    /// Takes in new rows: the cursor stays with its row; one that vanished leaves it at its
    /// neighbour. While the order is held, rows only come and go.
    pub fn settle(&mut self, built: Built, is_held: bool, follows: bool) {
        self.hidden = built.hidden;
        self.hidden_alarms = built.hidden_alarms;
        self.order = if is_held { keep_order(&self.order, built.order) } else { built.order };
        if follows && !self.is_held_back {
            self.cursor = None;
            self.at = 0;
        }
        let found =
            self.cursor.as_ref().and_then(|cursor| self.order.iter().position(|row| row == cursor));
        self.go(found.unwrap_or(self.at));
    }

    /// Puts the cursor on the nth row, or the last.
    pub fn go(&mut self, at: usize) {
        self.at = at.min(self.order.len().saturating_sub(1));
        self.cursor = self.order.get(self.at).cloned();
    }

    /// Scrolls so that the cursor is within `page` lines.
    pub fn scroll(&mut self, page: usize) {
        let page = page.max(1);
        self.top = self.top.min(self.at).max((self.at + 1).saturating_sub(page));
        self.top = self.top.min(self.order.len().saturating_sub(page));
    }
}

fn keep_order(before: &[RowKey], new: Vec<RowKey>) -> Vec<RowKey> {
    let here: HashSet<&RowKey> = new.iter().collect();
    let mut order: Vec<RowKey> = before.iter().filter(|row| here.contains(row)).cloned().collect();
    let known: HashSet<&RowKey> = before.iter().collect();
    order.extend(new.iter().filter(|row| !known.contains(row)).cloned());
    order
}

/// The rows of a view, sorted, filtered, with what the filter hides counted.
pub fn build(model: &Model, view: View) -> Built {
    let (snapshot, now) = (model.shown(), model.shown_now());
    match view {
        View::Positions => legs(model, is_position, Standing::rank),
        View::Orphans => legs(model, is_orphan, Standing::rank),
        View::Stops => legs(model, stops::is_listed, stops::rank),
        View::Health => legs(model, alone::stays, health::rank),
        View::Diff => differences(model, snapshot, now),
        View::Events => events(model, snapshot, now),
    }
}

/// Whether a leg belongs to the first view: it has a row, or is too young to be an orphan.
pub fn is_position(leg: &LegView) -> bool {
    leg.row.is_some() || !is_orphan(leg) && !is_bare(leg)
}

/// Whether nothing is on a leg but orders of others.
fn is_bare(leg: &LegView) -> bool {
    let orders = leg.findings.iter().any(|f| f.kind == FindingKind::ForeignOrder);
    orders && leg.findings.len() == 1 && leg.work.is_none() && leg.open().is_none()
}

/// Whether a leg belongs to the second view: on the venue, not in the ledger.
pub fn is_orphan(leg: &LegView) -> bool {
    leg.row.is_none()
        && leg
            .findings
            .iter()
            .any(|f| matches!(f.kind, FindingKind::Orphan | FindingKind::Resurrected))
}

/// Whether a finding belongs to the third view.
pub fn is_difference(kind: FindingKind) -> bool {
    kind != FindingKind::Orphan
}

/// How many rows the third view has, filter or not.
pub fn differences_of(snapshot: &Snapshot) -> usize {
    let findings =
        snapshot.legs.iter().flat_map(|leg| &leg.findings).filter(|f| is_difference(f.kind));
    let accounts: usize = snapshot.accounts.iter().map(|account| account.findings.len()).sum();
    findings.count() + snapshot.strays.len() + snapshot.bad_rows.len() + accounts
}

fn passes(filter: Option<&Filter>, facts: impl FnOnce() -> Facts) -> bool {
    filter.is_none_or(|filter| filter.matches(&facts()))
}

fn legs<K: Ord>(
    model: &Model,
    shows: fn(&LegView) -> bool,
    rank: fn(&Standing, &LegView) -> K,
) -> Built {
    let (snapshot, now) = (model.shown(), model.shown_now());
    let mut built = Built::default();
    let mut ranked = Vec::new();
    let problems_only = model.problems_only || model.regions().size == Size::Least;
    for leg in snapshot.legs.iter().filter(|leg| shows(leg)) {
        let standing = Standing::of(leg, snapshot, now);
        let wanted = !problems_only || standing.severity < Severity::Stale;
        if !wanted || !passes(model.filter.as_ref(), || facts(leg, &standing, now)) {
            built.hidden += 1;
            built.hidden_alarms += usize::from(standing.severity == Severity::Alarm);
            continue;
        }
        ranked.push((rank(&standing, leg), &leg.key));
    }
    ranked.sort();
    built.order = ranked.into_iter().map(|(_, key)| RowKey::Leg(key.clone())).collect();
    built
}

/// Rows with what they are sorted by, while a filter counts those it hides.
#[derive(Default)]
struct Sieve {
    built: Built,
    ranked: Vec<((Severity, Time), RowKey)>,
}

impl Sieve {
    fn take(&mut self, passes: bool, rank: (Severity, Time), row: RowKey) {
        if passes {
            self.ranked.push((rank, row));
        } else {
            self.built.hidden += 1;
            self.built.hidden_alarms += usize::from(rank.0 == Severity::Alarm);
        }
    }
}

fn differences(model: &Model, snapshot: &Snapshot, now: Time) -> Built {
    let mut sieve = Sieve::default();
    let filter = model.filter.as_ref();
    for leg in &snapshot.legs {
        let standing = Standing::of(leg, snapshot, now);
        for finding in leg.findings.iter().filter(|f| is_difference(f.kind)) {
            let state = finding.kind.name().to_owned();
            let passes = passes(filter, || Facts { state, ..facts(leg, &standing, now) });
            let row = RowKey::Finding(leg.key.clone(), finding.kind);
            sieve.take(passes, (finding_severity(finding.kind), finding.since), row);
        }
    }
    for stray in &snapshot.strays {
        let account = snapshot.accounts.iter().find(|account| account.name == stray.account);
        let facts = || Facts {
            symbol: stray.symbol.to_string(),
            state: FindingKind::StrayStop.name().to_owned(),
            loudness: 1,
            ..about(account, now.since(stray.since))
        };
        let row = RowKey::Stray(stray.account.clone(), stray.order.id.clone());
        sieve.take(passes(filter, facts), (Severity::Odd, stray.since), row);
    }
    for account in &snapshot.accounts {
        for finding in &account.findings {
            let facts = || Facts {
                state: finding.kind.name().to_owned(),
                loudness: loudness(account_severity(finding.kind)),
                text: finding.text.clone(),
                ..about(Some(account), now.since(finding.since))
            };
            let row = RowKey::Account(account.name.clone(), finding.kind);
            let rank = (account_severity(finding.kind), finding.since);
            sieve.take(passes(filter, facts), rank, row);
        }
    }
    for bad in snapshot.bad_rows.iter() {
        let facts = || Facts { text: bad.why.clone(), ..Facts::default() };
        let rank = (Severity::Warn, Time(i64::MAX));
        sieve.take(passes(filter, facts), rank, RowKey::Bad(bad.id));
    }
    let Sieve { mut built, mut ranked } = sieve;
    ranked.sort_by_key(|(rank, _)| *rank);
    built.order = ranked.into_iter().map(|(_, row)| row).collect();
    built
}

/// What a filter may ask of a row that is about an account.
fn about(account: Option<&AccountView>, age: Span) -> Facts {
    Facts {
        venue: account.map_or_else(String::new, |account| account.venue.exchange().to_owned()),
        account: account.map_or_else(String::new, |account| account.name.to_string()),
        age: Some(age),
        ..Facts::default()
    }
}

/// How loud a finding about an account is.
pub fn account_severity(kind: AccountFindingKind) -> Severity {
    match kind {
        AccountFindingKind::SecondEngine => Severity::Alarm,
        AccountFindingKind::ModeSwitched | AccountFindingKind::Unfinished => Severity::Warn,
        AccountFindingKind::ForeignWriter | AccountFindingKind::Standby => Severity::Odd,
    }
}

/// A severity as filters compare it.
fn loudness(severity: Severity) -> u8 {
    match severity {
        Severity::Alarm => 3,
        Severity::Warn => 2,
        Severity::Odd => 1,
        Severity::Stale | Severity::Fine => 0,
    }
}

/// How loud a difference is.
pub fn finding_severity(kind: FindingKind) -> Severity {
    match kind {
        FindingKind::Naked | FindingKind::Trouble => Severity::Alarm,
        FindingKind::Phantom | FindingKind::StrayStop => Severity::Odd,
        kind if kind.informs() => Severity::Odd,
        _ => Severity::Warn,
    }
}

fn events(model: &Model, snapshot: &Snapshot, now: Time) -> Built {
    let mut built = Built::default();
    for (row, event) in numbered(snapshot) {
        let loud = event.severity >= model.least;
        if loud && passes(model.filter.as_ref(), || event_facts(event, now)) {
            built.order.push(row);
        } else {
            built.hidden += 1;
        }
    }
    built.order.reverse();
    built
}

/// Events with their identities, oldest first.
pub fn numbered(snapshot: &Snapshot) -> impl Iterator<Item = (RowKey, &Event)> {
    let mut last = (Time(i64::MIN), 0);
    snapshot.events.iter().map(move |event| {
        last = if last.0 == event.at { (event.at, last.1 + 1) } else { (event.at, 0) };
        (RowKey::Event(last.0, last.1), &**event)
    })
}

fn event_facts(event: &Event, now: Time) -> Facts {
    let name = |text: Option<String>| text.unwrap_or_default();
    Facts {
        venue: name(event.venue.map(|venue| venue.exchange().to_owned())),
        account: name(event.account.as_ref().map(ToString::to_string)),
        symbol: name(event.symbol.as_ref().map(ToString::to_string)),
        state: event.kind.name().to_owned(),
        loudness: event.severity as u8,
        age: Some(now.since(event.at)),
        text: format!("{} {}", event.kind.name(), event.text),
        ..Facts::default()
    }
}

fn facts(leg: &LegView, standing: &Standing, now: Time) -> Facts {
    let open = leg.open();
    let kind = leg.worst().map(|finding| finding.kind.name());
    Facts {
        venue: leg.venue.exchange().to_owned(),
        account: leg.key.account.to_string(),
        symbol: leg.key.symbol.to_string(),
        side: side(leg).map_or_else(String::new, |side| side.name().to_owned()),
        protection: crate::ui::words::protection(leg, standing, now, None),
        state: kind
            .unwrap_or(match standing.state {
                State::Unknown => "unknown",
                _ => "open",
            })
            .to_owned(),
        loudness: loudness(standing.severity),
        age: leg.opened.map(|at| now.since(at)),
        profit: leg.profit.map(|profit| profit.0),
        distance: standing::distance(leg),
        quantity: open
            .map(|open| open.quantity)
            .or(leg.row.as_ref().map(|row| row.quantity))
            .map(crate::domain::amount::Qty::get),
        text: String::new(),
    }
}

/// The side the venue holds, else the one the ledger believes in.
pub fn side(leg: &LegView) -> Option<Side> {
    match leg.there {
        There::Open { side, .. } => Some(side),
        _ => leg.row.as_ref().map(|row| row.side),
    }
}

/// How long the order is held after the cursor was moved.
pub const HOLD: Span = Span::secs(2);
