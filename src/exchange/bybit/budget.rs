//! The request limits of Bybit: a rolling second for each endpoint of a user, and five rolling
//! seconds for all requests of one address.
//!
//! For: never being the one who gets the address banned, and keeping a share of every limit for
//! protection, which looks and histories cannot spend.
//! Not for: waiting. It says until when, and how long a line is; `rest` waits or refuses.
//! Door: [`Budget::admit`] before a request, [`Budget::heard`] after it.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, LazyLock, Mutex, Weak};

use crate::domain::outcome::RefusalKind;
use crate::domain::time::{Span, Time};
use crate::exchange::failure::Failure;
use crate::exchange::lock;

/// Requests an address may send in five seconds, over all endpoints. Source: bybit 5.
const ADDRESS_LIMIT: u32 = 600;
/// The span they are counted in, and over which the used share is told.
const ADDRESS_WINDOW: Span = Span::secs(5);
/// The span in which requests of one user to one endpoint are counted. Source: bybit 5.
const USER_WINDOW: Span = Span::secs(1);
/// The share of every limit that only protection may use, in percent.
const RESERVED: u32 = 40;

/// Requests a second until the venue's headers name the limit. Source: bybit 5.
const USUAL: [(&str, u32); 11] = [
    ("/v5/order/create", 10),
    ("/v5/order/cancel", 10),
    ("/v5/position/trading-stop", 10),
    ("/v5/user/query-api", 10),
    ("/v5/order/realtime", 50),
    ("/v5/order/history", 50),
    ("/v5/execution/list", 50),
    ("/v5/position/list", 50),
    ("/v5/position/closed-pnl", 50),
    ("/v5/account/wallet-balance", 50),
    ("/v5/account/info", 50),
];
/// An endpoint whose limit nobody named.
const CAUTIOUS: u32 = 10;

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Looks and history: they can wait.
    Sight,
    /// Orders that enlarge something: no share of what is kept for protection, no waiting.
    Entry,
    /// Stops, closes, what became of them, and what keeps the link alive.
    Guard,
}

impl Lane {
    fn share(self, limit: u32) -> u32 {
        match self {
            Self::Sight | Self::Entry => {
                (limit / 100 * (100 - RESERVED) + limit % 100 * (100 - RESERVED) / 100).max(1)
            }
            Self::Guard => limit.max(1),
        }
    }
}

/// Why a request may not leave now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hold {
    /// There is room again at this instant.
    Until(Time, String),
    /// The address is banned: nothing was sent, and nothing will be.
    Shut(Failure),
}

/// What the headers of an answer say of its endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Requests a second.
    pub limit: Option<u32>,
    /// How many of them are left.
    pub left: Option<u32>,
}

/// What one address sent to one host; every account of the process that uses it shares this.
#[derive(Debug, Default)]
struct Address {
    sent: VecDeque<Time>,
    banned: Option<(Time, String)>,
    /// The venue is under load: looks leave it alone until then.
    calm: Option<Time>,
}

static HOSTS: LazyLock<Mutex<HashMap<String, Weak<Mutex<Address>>>>> =
    LazyLock::new(Mutex::default);

/// One endpoint as one user may ask it.
#[derive(Debug)]
struct Endpoint {
    limit: u32,
    sent: VecDeque<Time>,
    /// Requests of the same user from elsewhere, and when that was said.
    others: Option<(Time, u32)>,
    barred: Option<Time>,
}

/// What one account may still send.
#[derive(Debug)]
pub struct Budget {
    address: Arc<Mutex<Address>>,
    endpoints: Mutex<BTreeMap<&'static str, Endpoint>>,
}

impl Budget {
    /// The budget of one account at a host.
    pub fn of(host: &str) -> Self {
        let mut hosts = lock(&HOSTS);
        let known = hosts.get(host).and_then(Weak::upgrade);
        let address = known.unwrap_or_else(|| {
            hosts.retain(|_, address| address.strong_count() > 0);
            let address = Arc::default();
            hosts.insert(host.to_owned(), Arc::downgrade(&address));
            address
        });
        Self { address, endpoints: Mutex::default() }
    }

    /// Lets a request through, or says until when not. `signed` ones count for the user too.
    ///
    /// # Errors
    /// [`Hold`]: nothing was counted.
    pub fn admit(
        &self,
        now: Time,
        path: &'static str,
        lane: Lane,
        signed: bool,
    ) -> Result<(), Hold> {
        let mut address = lock(&self.address);
        address.admit(now, lane)?;
        if signed {
            let mut endpoints = lock(&self.endpoints);
            endpoints.entry(path).or_insert_with(|| Endpoint::new(path)).admit(now, path, lane)?;
        }
        address.sent.push_back(now);
        Ok(())
    }

    /// Takes the venue's own count.
    pub fn heard(&self, now: Time, path: &'static str, told: Told) {
        let mut endpoints = lock(&self.endpoints);
        let Some(endpoint) = endpoints.get_mut(path) else { return };
        if let Some(limit) = told.limit.filter(|limit| *limit > 0) {
            endpoint.limit = limit;
        }
        if let Some(left) = told.left {
            let ours = endpoint.used(now);
            let others = endpoint.limit.saturating_sub(left).saturating_sub(ours);
            endpoint.others = Some((now, others));
        }
    }

    /// When the last of so many further requests of protection could leave; none while nobody
    /// asked that endpoint. What others send meanwhile is not foreseen.
    pub fn foresee(&self, now: Time, path: &'static str, requests: usize) -> Option<Time> {
        lock(&self.endpoints).get(path).map(|endpoint| endpoint.foresee(now, requests))
    }

    /// Until when looks are held back altogether, by a ban or because the venue is under load.
    pub fn held(&self, now: Time) -> Option<Time> {
        let mut address = lock(&self.address);
        let banned = address.banned(now).map(|(until, _)| until);
        banned.or(address.calm.filter(|until| *until > now))
    }

    /// The venue refused a request as one too many: the endpoint is left alone until then.
    pub fn bar(&self, path: &'static str, until: Time) {
        if let Some(endpoint) = lock(&self.endpoints).get_mut(path) {
            endpoint.barred = Some(until);
        }
    }

    /// Nothing at all is sent before an instant.
    pub fn ban(&self, until: Time, why: &str) {
        let mut address = lock(&self.address);
        if address.banned.as_ref().is_none_or(|(set, _)| *set < until) {
            address.banned = Some((until, why.to_owned()));
        }
    }

    /// Looks are not sent before an instant.
    pub fn calm(&self, until: Time) {
        lock(&self.address).calm = Some(until);
    }

    /// The ban, if there is one now: until when, and one sentence.
    pub fn banned(&self, now: Time) -> Option<(Time, String)> {
        lock(&self.address).banned(now)
    }

    /// The used share of the tightest limit over the last five seconds, in percent.
    pub fn used_percent(&self, now: Time) -> u32 {
        let mut address = lock(&self.address);
        forget(&mut address.sent, now);
        let whole = percent(address.sent.len(), ADDRESS_LIMIT);
        let mut endpoints = lock(&self.endpoints);
        let seconds = u32::try_from(ADDRESS_WINDOW.0 / USER_WINDOW.0).unwrap_or(1);
        let shares = endpoints.values_mut().map(|endpoint| {
            forget(&mut endpoint.sent, now);
            percent(endpoint.sent.len(), endpoint.limit.saturating_mul(seconds))
        });
        shares.fold(whole, u32::max)
    }
}

impl Address {
    fn banned(&mut self, now: Time) -> Option<(Time, String)> {
        self.banned.take_if(|(until, _)| *until <= now);
        let (until, why) = self.banned.as_ref()?;
        Some((*until, format!("nothing is sent before {until}: {why}")))
    }

    fn admit(&mut self, now: Time, lane: Lane) -> Result<(), Hold> {
        if let Some((until, text)) = self.banned(now) {
            let kind = RefusalKind::Limited(Some(until));
            return Err(Hold::Shut(Failure::unsent(kind, text)));
        }
        self.calm.take_if(|until| *until <= now);
        if let (Lane::Sight | Lane::Entry, Some(until)) = (lane, self.calm) {
            let why = "the venue is under load and is left alone";
            return Err(Hold::Until(until, why.to_owned()));
        }
        forget(&mut self.sent, now);
        let most = lane.share(ADDRESS_LIMIT);
        match room_at(&self.sent, most, ADDRESS_WINDOW, now) {
            None => Ok(()),
            Some(at) => {
                let why = format!("{most} requests of this address are spent");
                Err(Hold::Until(at, why))
            }
        }
    }
}

impl Endpoint {
    fn new(path: &str) -> Self {
        let usual = USUAL.iter().find(|(known, _)| *known == path);
        let limit = usual.map_or(CAUTIOUS, |(_, limit)| *limit);
        Self { limit, sent: VecDeque::new(), others: None, barred: None }
    }

    fn used(&self, now: Time) -> u32 {
        let from = now - USER_WINDOW;
        let used = self.sent.iter().rev().take_while(|at| **at > from).count();
        u32::try_from(used).unwrap_or(u32::MAX)
    }

    fn foresee(&self, now: Time, requests: usize) -> Time {
        let mut at = self.barred.map_or(now, |until| until.max(now));
        let mut sent = self.sent.clone();
        for _ in 0..requests {
            at = room_at(&sent, self.limit.max(1), USER_WINDOW, at).unwrap_or(at);
            sent.push_back(at);
        }
        at
    }

    fn admit(&mut self, now: Time, path: &str, lane: Lane) -> Result<(), Hold> {
        self.barred.take_if(|until| *until <= now);
        if let Some(until) = self.barred {
            return Err(Hold::Until(until, format!("the venue limits {path}")));
        }
        self.others.take_if(|(at, _)| *at <= now - USER_WINDOW);
        forget(&mut self.sent, now);
        let others = self.others.map_or(0, |(_, others)| others);
        let most = lane.share(self.limit).saturating_sub(others);
        let spent = || format!("{path} was asked as often as one second allows");
        if most == 0 {
            let until = self.others.map_or(now, |(at, _)| at) + USER_WINDOW + Span(1);
            return Err(Hold::Until(until, spent()));
        }
        if let Some(at) = room_at(&self.sent, most, USER_WINDOW, now) {
            return Err(Hold::Until(at, spent()));
        }
        self.sent.push_back(now);
        Ok(())
    }
}

/// When there is room for one more; none when there is now.
fn room_at(sent: &VecDeque<Time>, most: u32, window: Span, now: Time) -> Option<Time> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let oldest = sent.len().checked_sub(most).and_then(|index| sent.get(index))?;
    let at = *oldest + window + Span(1);
    (at > now).then_some(at)
}

fn forget(sent: &mut VecDeque<Time>, now: Time) {
    while sent.front().is_some_and(|at| *at <= now - ADDRESS_WINDOW) {
        sent.pop_front();
    }
}

fn percent(used: usize, limit: u32) -> u32 {
    let used = u32::try_from(used).unwrap_or(u32::MAX);
    used.saturating_mul(100) / limit.max(1)
}
