//! Alerts: what somebody has to look at now, and the totals of the header.
//!
//! For: sentences for the alert bar, worst first, and the counts that stand above everything.
//! Not for: raising them: the engine judges, this reads. Door: [`all`], [`Totals::of`],
//! [`ring()`].

use crate::domain::amount::Money;
use crate::domain::guard::Guard;
use crate::domain::key::{AccountName, PositionKey, Symbol};
use crate::domain::snapshot::{AccountView, FindingKind, Known, LegView, Snapshot};
use crate::domain::time::{Span, Time};
use crate::ui::model::Model;
use crate::ui::role::Role;
use crate::ui::rows;
use crate::ui::standing::{self, FRESH, Link, Severity, Standing, State};
use crate::ui::stops;
use crate::ui::update::Act;
use crate::ui::words;
use crate::ui::{format, health as state};

/// One line of the alert bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// The leg that `g a` goes to.
    pub key: Option<PositionKey>,
    /// How loud: `!!` or `!`.
    pub severity: Severity,
    /// The sentence.
    pub text: String,
}

/// All alerts of a picture, worst first.
pub fn all(snapshot: &Snapshot, now: Time) -> Vec<Alert> {
    let mut legs: Vec<(Time, Alert)> = Vec::new();
    for leg in &snapshot.legs {
        let standing = Standing::of(leg, snapshot, now);
        if standing.severity == Severity::Alarm {
            legs.push((standing.since, of_leg(leg, snapshot, &standing, now)));
        }
    }
    legs.sort_by_key(|(since, _)| *since);
    let mut alerts: Vec<Alert> = legs.into_iter().map(|(_, alert)| alert).collect();
    let about = |severity, text| Alert { key: None, severity, text };
    if let Some(fault) = &snapshot.ledger_fault {
        let age = format::state_age(now.since(fault.at));
        alerts.push(about(Severity::Alarm, format!("LEDGER {age}  {}", fault.value)));
    }
    for account in &snapshot.accounts {
        let place = words::account(account);
        if let Some(hold) = &account.hold {
            alerts.push(about(Severity::Alarm, format!("HELD  {place}  {hold}")));
        }
        if let Some(why) = blocked(account, now) {
            alerts.push(about(Severity::Warn, format!("BLOCKED  {place}  {why}")));
        }
        for finding in &account.findings {
            let age = format::state_age(now.since(finding.since));
            let word = finding.kind.name().replace('-', " ").to_uppercase();
            let text = format!("{word} {age}  {place}  {}", finding.text);
            alerts.push(about(rows::account_severity(finding.kind), text));
        }
        alerts.extend(state::alerts(account, now));
        if let Some(text) = unheard(account, now).or_else(|| gated(account, now)) {
            alerts.push(about(Severity::Warn, text));
        }
    }
    alerts.sort_by_key(|alert| alert.severity);
    alerts
}

/// Why the venue takes nothing from us; a ban that has ended is not told any more.
fn blocked(account: &AccountView, now: Time) -> Option<&str> {
    let link = account.link.as_ref()?;
    let stands = link.banned.is_none_or(|until| until > now);
    link.blocked.as_deref().filter(|_| stands)
}

/// What is said of an account about which nothing is known.
fn unheard(account: &AccountView, now: Time) -> Option<String> {
    let link = Link::of(account, now);
    if !matches!(link, Link::Down(_) | Link::Unknown(_)) {
        return None;
    }
    let why = match &account.known {
        Known::Unknown(_, why) => why.as_str(),
        Known::Since(_) => "nothing is heard from the venue",
    };
    let (word, _) = words::link(link);
    let place = words::account(account);
    Some(format!("{word}  {place}  {why}; its positions are unknown, not gone"))
}

/// What is said of an account whose start gate is still shut.
fn gated(account: &AccountView, now: Time) -> Option<String> {
    let shut = !account.gate.is_empty() && Link::of(account, now) != Link::Starting;
    let place = words::account(account);
    shut.then(|| format!("GATE  {place}  nothing is sent yet: {}", account.gate.join("; ")))
}

fn of_leg(leg: &LegView, snapshot: &Snapshot, standing: &Standing, now: Time) -> Alert {
    let mut words = words::protection(leg, standing, now, None);
    let today = stops::naked_today(leg, snapshot, now);
    if standing.state == State::Naked && today.spans > 1 {
        words.push_str(&format!(" (today {})", format::state_age(today.total)));
    }
    let side = rows::side(leg).map_or("", |side| side.name());
    let size = leg.open().map_or_else(String::new, |open| {
        format::quantity(open.quantity, leg.instrument.as_ref().map(|rules| rules.step))
    });
    let why = match (standing.state, &leg.work) {
        (State::CloseFailed, Some(work)) => work.text.clone(),
        _ => {
            let worst = |kind| leg.findings.iter().find(|f| f.kind == kind);
            let loud = worst(FindingKind::Trouble).filter(|_| standing.state == State::Trouble);
            let loud = loud.or(worst(FindingKind::Naked));
            loud.map_or_else(String::new, |finding| finding.next.clone())
        }
    };
    let place = words::place(leg.venue, &leg.key);
    let text = format!("{words}  {place} {} {side} {size}   {why}", leg.key.symbol);
    Alert { key: Some(leg.key.clone()), severity: Severity::Alarm, text }
}

/// The numbers above everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Rows of the first view.
    pub positions: usize,
    /// Open legs without a stop.
    pub naked: usize,
    /// In the ledger only.
    pub phantoms: usize,
    /// On the venue only.
    pub orphans: usize,
    /// Rows of the third view.
    pub differences: usize,
    /// Legs open on a venue.
    pub open: usize,
    /// Of these, covered ones.
    pub covered: usize,
    /// How long legs were without a stop today (UTC), added up; nothing when none was.
    pub naked_today: Option<Span>,
    /// Unrealised profit of all legs with a mark, one sum for each currency it is counted in.
    pub profits: Vec<Profit>,
    /// Worth of all accounts, each in its main currency, and the age of the oldest part.
    pub equity: Option<(Money, Span)>,
    /// The largest used share of a request budget, in percent.
    pub rate: Option<u32>,
}

impl Totals {
    /// Counts a picture.
    pub fn of(snapshot: &Snapshot, now: Time) -> Self {
        let mut totals = Self { differences: rows::differences_of(snapshot), ..Self::default() };
        for leg in &snapshot.legs {
            totals.take(leg, now);
        }
        for account in &snapshot.accounts {
            if let Some(balance) = &account.balance {
                let (sum, age) = totals.equity.unwrap_or_default();
                let equity = sum + balance.value.equity;
                totals.equity = Some((equity, age.max(now.since(balance.at))));
            }
            totals.naked_today = sum(totals.naked_today, account);
            let used = account.link.as_ref().map(|link| link.used_percent);
            totals.rate = totals.rate.max(used);
        }
        // What goes on grew since the picture was taken.
        let more = now.since(snapshot.at).0;
        let running = snapshot.legs.iter().filter(|leg| leg.naked.since.is_some()).count() as u64;
        totals.naked_today = totals.naked_today.map(|today| Span(today.0 + more * running));
        // The most usual currency first, the others by name, what is not named last.
        totals.profits.sort_by_cached_key(|profit| {
            let name = profit.quote.clone();
            (name.is_none(), name.as_ref().is_none_or(|name| name.as_str() != "USDT"), name)
        });
        totals
    }

    fn take(&mut self, leg: &LegView, now: Time) {
        self.positions += usize::from(rows::is_position(leg));
        self.orphans += usize::from(rows::is_orphan(leg));
        self.phantoms += usize::from(leg.findings.iter().any(|f| f.kind == FindingKind::Phantom));
        if leg.open().is_some() {
            self.open += 1;
            self.covered += usize::from(matches!(leg.guard.value, Guard::Covered(_)));
            let dust = leg.findings.iter().any(|f| f.kind == FindingKind::Dust);
            self.naked += usize::from(leg.guard.value == Guard::Naked && !dust);
        }
        let Some(profit) = leg.profit else { return };
        let quote = leg.instrument.as_ref().map(|rules| rules.quote.clone());
        let at = self.profits.iter().position(|known| known.quote == quote);
        let at = at.unwrap_or_else(|| {
            self.profits.push(Profit { quote, sum: Money::ZERO, is_old: false });
            self.profits.len() - 1
        });
        let known = &mut self.profits[at];
        known.sum += profit;
        known.is_old |= standing::mark_age(leg, now).is_some_and(|age| age >= FRESH);
    }
}

fn sum(today: Option<Span>, account: &AccountView) -> Option<Span> {
    let own = (account.naked.spans > 0).then_some(account.naked.total);
    match (today, own) {
        (Some(today), Some(own)) => Some(Span(today.0 + own.0)),
        (today, own) => today.or(own),
    }
}

/// Unrealised profit in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profit {
    /// The currency; none where the venue has not listed the instrument yet.
    pub quote: Option<Symbol>,
    /// The sum.
    pub sum: Money,
    /// Whether some of the marks are old.
    pub is_old: bool,
}

/// How an account is called and stands, for the header; worst first when sorted by rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// Its name.
    pub name: AccountName,
    /// `binance`, `bybit`.
    pub venue: &'static str,
    /// The link.
    pub link: Link,
    /// The venue takes nothing from us for a while, or does not take the key.
    pub is_blocked: bool,
    /// Nothing is sent for it yet.
    pub is_gated: bool,
}

impl Health {
    /// Whether there is nothing to say about it.
    pub fn is_fine(&self) -> bool {
        self.link == Link::Ok && !self.is_blocked && !self.is_gated
    }

    /// What accounts are sorted by when there is no room for all.
    pub fn rank(&self) -> (bool, Link, bool) {
        (!self.is_blocked, self.link, !self.is_gated)
    }

    /// The word and how it looks: the worst of what is wrong.
    pub fn word(&self) -> (String, Role) {
        let said = words::link(self.link);
        match self.link {
            Link::Banned(_) => said,
            _ if self.is_blocked => ("BLOCKED".to_owned(), Role::LinkDown),
            Link::Ok | Link::Slow(_) if self.is_gated => ("GATE".to_owned(), Role::LinkSlow),
            _ => said,
        }
    }
}

/// How every account stands, in the config's order.
pub fn health(snapshot: &Snapshot, now: Time) -> Vec<Health> {
    let of = |account: &AccountView| Health {
        name: account.name.clone(),
        venue: account.venue.exchange(),
        link: Link::of(account, now),
        is_blocked: blocked(account, now).is_some(),
        is_gated: !account.gate.is_empty(),
    };
    snapshot.accounts.iter().map(of).collect()
}

/// The bell rings once for each new `!!`, at most every ten seconds.
pub(super) fn ring(model: &mut Model, acts: &mut Vec<Act>) {
    let loud: std::collections::BTreeSet<_> =
        model.alerts.iter().filter_map(|alert| alert.key.clone()).collect();
    let is_new = loud.iter().any(|key| !model.rung.0.contains(key));
    let rested = model.rung.1.is_none_or(|at| model.now.since(at) >= Span::secs(10));
    if is_new && rested {
        acts.push(Act::Bell);
        model.rung.1 = Some(model.now);
    }
    if !is_new || rested {
        model.rung.0 = loud;
    }
}
