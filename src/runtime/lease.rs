//! Leases: which accounts this process may act on, and until when it may believe so.
//!
//! For: taking and renewing the leases of all accounts (in the ledger's lane, so that books read
//! after a lease came are told after it). Not for: what the engine makes of it, nor the last door
//! before an act leaves, which is [`Validity`]. Door: [`Leases`].
//!
//! Why nobody acts beside the holder, whatever the clocks say: a holder acts only until
//! [`Terms::margin`] before [`Terms::ttl`] after the beginning of its last renewal, by its own
//! monotonic clock; a taker takes only what it has seen unchanged for a whole `ttl` by its own. A
//! process that was stopped wakes up with its time over, and sends nothing. The stored time only
//! adds to that, so a clock that is wrong can make a taker wait (at most another `ttl`), never
//! steal. What a process was about to write is refused by the fence in the same transaction.
//!
//! Why protection goes on while the ledger cannot be written: a lease is renewed in the ledger or
//! in the file beside it ([`SignOfLife`]), and a taker must have seen both unchanged. So minutes of
//! a locked or full ledger cost nobody a stop. The file only prolongs a time that is not over,
//! and is looked at again after it is written: a process that was stopped in between had its time
//! run out before a taker could have read the file without that mark. Where neither can be
//! written, acts end with the time.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::domain::key::AccountName;
use crate::domain::lease::{Fence, LeaseState};
use crate::domain::time::{Span, Time};
use crate::runtime::clock::Clock;
use crate::runtime::validity::{Tenancy, Validity};
use crate::store::{Fences, Mark, Shelf, SignOfLife, Standing, Tenure, Want};

/// How long leases last, and how often they are renewed.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// How long one lasts from its last renewal.
    pub ttl: Duration,
    /// How often one is renewed, and looked after by those that stand by.
    pub beat: Duration,
    /// How long before its end nothing is sent any more: an act takes some time to arrive.
    pub margin: Duration,
}

impl Default for Terms {
    /// A standby takes over within `ttl + beat` of the last renewal: 20 s.
    fn default() -> Self {
        Self {
            ttl: Duration::from_secs(15),
            beat: Duration::from_secs(5),
            margin: Duration::from_secs(3),
        }
    }
}

/// Who takes leases, on which terms, by which clock.
#[derive(Clone, Debug)]
pub(crate) struct By {
    pub(crate) holder: String,
    pub(crate) terms: Terms,
    pub(crate) clock: Clock,
}

/// One account's lease as this process sees it.
#[derive(Debug)]
struct Watch {
    file: Option<Arc<dyn SignOfLife>>,
    held: Option<Fence>,
    /// How another's stands, and since when it has not changed.
    seen: Option<(Standing, Option<Mark>)>,
    since: Instant,
    /// Why it ran out without a renewal.
    failed: Option<String>,
    told: Option<LeaseState>,
}

/// The leases of all accounts of a process.
#[derive(Debug)]
pub(crate) struct Leases {
    by: By,
    validity: Validity,
    watches: BTreeMap<AccountName, Watch>,
    held: Fences,
    over: bool,
}

impl Leases {
    pub(crate) fn new(
        accounts: impl IntoIterator<Item = AccountName>,
        ledger: &dyn Shelf,
        by: By,
        validity: Validity,
    ) -> Self {
        let watch = |account: AccountName| {
            let file = ledger.sign_of_life(&account);
            let since = Instant::now();
            (account, Watch { file, held: None, seen: None, since, failed: None, told: None })
        };
        Self {
            by,
            validity,
            watches: accounts.into_iter().map(watch).collect(),
            held: Fences::new(),
            over: false,
        }
    }

    /// The numbers that transactions are written under.
    pub(crate) fn held(&self) -> &Fences {
        &self.held
    }

    pub(crate) fn terms(&self) -> Terms {
        self.by.terms
    }

    pub(crate) fn validity(&self) -> Validity {
        self.validity.clone()
    }

    /// Renews what is held, takes what is free, and gives what the core does not know yet.
    pub(crate) async fn round(&mut self, ledger: &dyn Shelf) -> Vec<(AccountName, LeaseState)> {
        self.validity.is_renewing();
        if self.over || self.watches.is_empty() {
            return Vec::new();
        }
        // What proves to be abandoned in the first try is taken in a second one.
        for last in [false, true] {
            let (began, now) = (Instant::now(), self.by.clock.now());
            let terms = self.by.terms;
            let wants = self.watches.iter_mut();
            let wants: Vec<_> =
                wants.map(|(name, watch)| (name.clone(), watch.want(now, &terms))).collect();
            let until = now + span(terms.ttl);
            match ledger.claim(&self.by.holder, wants, now, until).await {
                Ok(tenures) => {
                    for (account, tenure) in tenures {
                        self.learn(account, tenure, began);
                    }
                }
                Err(why) => {
                    tracing::warn!(%why, "leases cannot be renewed in the ledger");
                    self.unrenewed(&why);
                    break;
                }
            }
            if last || !self.watches.values().any(Watch::is_left_by_the_dead) {
                break;
            }
        }
        self.news()
    }

    /// Gives everything back: nothing is sent from here on.
    pub(crate) async fn release(&mut self, ledger: &dyn Shelf) {
        self.over = true;
        self.validity.end();
        let held = std::mem::take(&mut self.held);
        if let Err(why) = ledger.release(held, self.by.clock.now()).await {
            tracing::warn!(%why, "leases could not be given back, they run out");
        }
        for file in self.watches.values().filter_map(|watch| watch.file.as_ref()) {
            file.unlock();
        }
    }

    fn learn(&mut self, account: AccountName, tenure: Tenure, began: Instant) {
        let Some(watch) = self.watches.get_mut(&account) else { return };
        match tenure {
            Tenure::Held(fence) => {
                if let Some(file) = &watch.file {
                    file.lock();
                    file.renew(fence);
                }
                (watch.held, watch.seen, watch.failed) = (Some(fence), None, None);
                let until = began + self.by.terms.ttl - self.by.terms.margin;
                let tenancy = Tenancy { fence, until, file: watch.file.clone() };
                self.validity.hold(account.clone(), tenancy);
                self.held.insert(account, fence);
            }
            Tenure::Taken(standing) => {
                self.validity.lose(&account);
                self.held.remove(&account);
                watch.lost(standing);
            }
        }
    }

    /// The ledger cannot be written: what is over by now is told so.
    fn unrenewed(&mut self, why: &str) {
        for (account, watch) in &mut self.watches {
            if watch.held.is_some() && self.validity.check(account).is_err() {
                watch.failed = Some(why.to_owned());
            }
        }
    }

    /// What has changed since the core was told last.
    fn news(&mut self) -> Vec<(AccountName, LeaseState)> {
        let now = self.by.clock.now();
        let mut news = Vec::new();
        for (account, watch) in &mut self.watches {
            let Some(state) = watch.state(now) else { continue };
            if watch.told.as_ref() != Some(&state) {
                watch.told = Some(state.clone());
                news.push((account.clone(), state));
            }
        }
        news
    }
}

impl Watch {
    fn want(&mut self, now: Time, terms: &Terms) -> Want {
        if let Some(fence) = self.held {
            return Want::Renew(fence);
        }
        self.look_at_mark();
        let seen = self.seen.as_ref().map(|(standing, _)| standing.clone());
        let unchanged = self.since.elapsed();
        let ran_out = |lease: &Standing| Time::parse(&lease.until).is_none_or(|at| at < now);
        let abandoned = seen.filter(|lease| {
            let waited = unchanged >= terms.ttl && ran_out(lease) || unchanged >= terms.ttl * 2;
            waited || self.is_left_by_the_dead()
        });
        Want::Take { abandoned }
    }

    /// A mark that was renewed since shows that its holder lives.
    fn look_at_mark(&mut self) {
        let mark = self.file.as_ref().and_then(|file| file.mark());
        if let Some((_, known)) = &mut self.seen
            && *known != mark
        {
            *known = mark;
            self.since = Instant::now();
        }
    }

    /// Whether the holder's process ended on this host without giving the lease back.
    fn is_left_by_the_dead(&self) -> bool {
        let (Some((standing, _)), Some(file)) = (&self.seen, &self.file) else { return false };
        self.held.is_none() && file.proves_death(standing.fence)
    }

    fn lost(&mut self, standing: Standing) {
        if let Some(file) = &self.file {
            file.unlock();
        }
        (self.held, self.failed) = (None, None);
        if self.seen.as_ref().is_none_or(|(known, _)| *known != standing) {
            let mark = self.file.as_ref().and_then(|file| file.mark());
            self.seen = Some((standing, mark));
            self.since = Instant::now();
        }
    }

    fn state(&self, now: Time) -> Option<LeaseState> {
        if let Some(why) = &self.failed {
            return Some(LeaseState::Lost { why: why.clone() });
        }
        if let Some(fence) = self.held {
            return Some(LeaseState::Held { fence });
        }
        let (standing, _) = self.seen.as_ref()?;
        let until = Time::parse(&standing.until).unwrap_or(now);
        Some(LeaseState::Standby { holder: standing.holder.clone(), until })
    }
}

/// Who this process is, for whoever stands by.
pub fn this_process() -> String {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let host = host.trim();
    let host = if host.is_empty() { "this host" } else { host };
    format!("{host}, process {}", std::process::id())
}

fn span(length: Duration) -> Span {
    Span(u64::try_from(length.as_millis()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Ledger;

    const TERMS: Terms = Terms {
        ttl: Duration::from_secs(60),
        beat: Duration::from_secs(1),
        margin: Duration::from_secs(20),
    };

    async fn leases(ledger: &Ledger, terms: Terms) -> (Leases, Validity) {
        let validity = Validity::default();
        let by = By { holder: "a test".to_owned(), terms, clock: Clock::start() };
        (Leases::new(["main".into()], ledger, by, validity.clone()), validity)
    }

    #[tokio::test]
    async fn a_living_holder_keeps_a_lease_that_looks_run_out_by_its_clock() {
        let dir = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&dir.path().join("ledger.db")).await.unwrap();
        // What its holder writes is over at once by everybody else's clock.
        let (mut holder, validity) =
            leases(&ledger, Terms { ttl: Duration::ZERO, margin: Duration::ZERO, ..TERMS }).await;
        holder.round(&ledger).await;
        let (mut other, none) = leases(&ledger, TERMS).await;
        for _ in 0..3 {
            other.round(&ledger).await;
            assert!(none.check(&"main".into()).is_err() && other.held().is_empty());
        }
        assert_eq!(holder.held().len(), 1);
        drop((holder, validity));
        other.round(&ledger).await;
        assert_eq!(other.held().get(&AccountName::from("main")), Some(&Fence(2)), "it died");
    }
}
