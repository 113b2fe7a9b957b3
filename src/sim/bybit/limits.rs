//! Rolling one-second buckets per endpoint, one bucket for the address, and bans.
//!
//! Source: bybit 5. Over a bucket is 10006 with HTTP 200, over the address's is 403 for ten
//! minutes.

use std::collections::{BTreeMap, VecDeque};

use crate::sim::bybit::errors::Failure;
use crate::sim::numbers::Ms;

const SECOND: Ms = 1000;
const FIVE_SECONDS: Ms = 5000;
const BAN: Ms = 600_000;

/// Counters and their limits.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Whether anything is counted against a limit.
    pub on: bool,
    /// Requests of one address in five seconds.
    pub per_ip: u32,
    /// What replaces the limit of every endpoint, when set.
    pub per_endpoint: Option<u32>,
    calls: BTreeMap<String, VecDeque<Ms>>,
    address: VecDeque<Ms>,
    banned_until: Ms,
}

/// What the three headers say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// `X-Bapi-Limit`
    pub limit: u32,
    /// `X-Bapi-Limit-Status`
    pub left: u32,
    /// `X-Bapi-Limit-Reset-Timestamp`
    pub reset: Ms,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            on: true,
            per_ip: 600,
            per_endpoint: None,
            calls: BTreeMap::new(),
            address: VecDeque::new(),
            banned_until: 0,
        }
    }
}

impl Limits {
    /// Counts a request of the address.
    ///
    /// # Errors
    /// 403 over the limit and during a ban.
    pub fn knock(&mut self, now: Ms) -> Result<(), Failure> {
        if now < self.banned_until {
            return Err(Failure::of(403));
        }
        forget(&mut self.address, now - FIVE_SECONDS);
        if self.on && self.address.len() >= self.per_ip as usize {
            self.banned_until = now + BAN;
            return Err(Failure::of(403));
        }
        self.address.push_back(now);
        Ok(())
    }

    /// Counts a request of an endpoint whose limit is `usual` a second.
    ///
    /// # Errors
    /// What the headers say, when there were too many.
    pub fn charge(&mut self, endpoint: &str, usual: u32, now: Ms) -> Result<Told, Told> {
        let limit = self.per_endpoint.unwrap_or(usual);
        let calls = self.calls.entry(endpoint.to_owned()).or_default();
        forget(calls, now - SECOND);
        let used = u32::try_from(calls.len()).unwrap_or(u32::MAX);
        if self.on && used >= limit {
            let reset = calls.front().map_or(now, |first| first + SECOND);
            return Err(Told { limit, left: 0, reset });
        }
        calls.push_back(now);
        Ok(Told { limit, left: limit.saturating_sub(used + 1), reset: now })
    }

    /// Bans the address until a time; zero lifts it.
    pub const fn ban(&mut self, until: Ms) {
        self.banned_until = until;
    }
}

fn forget(calls: &mut VecDeque<Ms>, before: Ms) {
    while calls.front().is_some_and(|at| *at <= before) {
        calls.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_rolls_and_a_crowded_address_is_banned() {
        let mut limits = Limits::default();
        for at in 0..10 {
            assert!(limits.charge("POST /a", 10, 100 * at).is_ok());
        }
        let over = limits.charge("POST /a", 10, 950).unwrap_err();
        assert_eq!(over, Told { limit: 10, left: 0, reset: 1000 });
        assert_eq!(limits.charge("POST /a", 10, 1000).map(|told| told.left), Ok(0));
        assert!((0..600).all(|_| limits.knock(5000).is_ok()));
        assert_eq!(limits.knock(5001).map_err(|f| f.status), Err(403));
        assert!(limits.knock(605_000).is_err() && limits.knock(605_002).is_ok());
    }
}
