//! Request weight and order counts in fixed windows, and the bans that follow from too much.

use crate::sim::binance::errors::Failure;
use crate::sim::numbers::Ms;

const MINUTE: Ms = 60_000;
const TEN_SECONDS: Ms = 10_000;
/// Refused requests within a minute after which the address is banned.
const PATIENCE: u32 = 20;
const BAN: Ms = 120_000;

/// Counters and their limits.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Weight a minute.
    pub weight: u32,
    /// Orders in ten seconds.
    pub orders_10s: u32,
    /// Orders a minute.
    pub orders_1m: u32,
    used_weight: Window,
    used_10s: Window,
    used_1m: Window,
    refused: Window,
    banned_until: Ms,
}

#[derive(Clone, Copy, Debug, Default)]
struct Window {
    start: Ms,
    count: u32,
}

impl Window {
    const fn at(&mut self, now: Ms, length: Ms) -> &mut u32 {
        let start = now - now.rem_euclid(length);
        if self.start != start {
            (self.start, self.count) = (start, 0);
        }
        &mut self.count
    }
}

/// What an endpoint costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// Request weight.
    pub weight: u32,
    /// Orders counted in ten seconds.
    pub orders_10s: u32,
    /// Orders counted in a minute.
    pub orders_1m: u32,
}

/// The counters as the response headers carry them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Used {
    /// Weight in this minute.
    pub weight: u32,
    /// Orders in these ten seconds.
    pub orders_10s: u32,
    /// Orders in this minute.
    pub orders_1m: u32,
}

impl Limits {
    /// The venue's limits of the main network.
    pub fn new() -> Self {
        Self {
            weight: 2400,
            orders_10s: 300,
            orders_1m: 1200,
            used_weight: Window::default(),
            used_10s: Window::default(),
            used_1m: Window::default(),
            refused: Window::default(),
            banned_until: 0,
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// 429 over a limit, 418 with the ban's end when somebody does not listen.
    pub fn charge(&mut self, cost: Cost, now: Ms) -> Result<(), Failure> {
        if now < self.banned_until {
            return Err(self.ban_text());
        }
        let used = self.used_weight.at(now, MINUTE);
        *used = used.saturating_add(cost.weight);
        if *self.used_weight.at(now, MINUTE) > self.weight {
            let refused = self.refused.at(now, MINUTE);
            *refused += 1;
            if *refused > PATIENCE {
                self.banned_until = now + BAN;
                return Err(self.ban_text());
            }
            let text = format!(
                "Too many requests; current limit is {} requests per minute. \
                 Please use the websocket for live updates to avoid polling the API.",
                self.weight
            );
            return Err(Failure::with(-1003, text));
        }
        let (short, long) = (cost.orders_10s, cost.orders_1m);
        let over = *self.used_10s.at(now, TEN_SECONDS) + short > self.orders_10s
            || *self.used_1m.at(now, MINUTE) + long > self.orders_1m;
        if over && (short > 0 || long > 0) {
            return Err(Failure::of(-1015));
        }
        *self.used_10s.at(now, TEN_SECONDS) += short;
        *self.used_1m.at(now, MINUTE) += long;
        Ok(())
    }

    /// Bans the address until a time; zero lifts it.
    pub const fn ban(&mut self, until: Ms) {
        self.banned_until = until;
    }

    fn ban_text(&self) -> Failure {
        let text = format!(
            "Way too many requests; IP banned until {}. \
             Please use the websocket for live updates to avoid bans.",
            self.banned_until
        );
        Failure { status: 418, ..Failure::with(-1003, text) }
    }

    /// What has been used in the present windows.
    pub const fn used(&mut self, now: Ms) -> Used {
        Used {
            weight: *self.used_weight.at(now, MINUTE),
            orders_10s: *self.used_10s.at(now, TEN_SECONDS),
            orders_1m: *self.used_1m.at(now, MINUTE),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_the_weight_is_429_then_418_and_a_new_minute_is_free() {
        let mut limits = Limits::new();
        let cost = Cost { weight: 1200, ..Cost::default() };
        assert!(limits.charge(cost, 1).is_ok() && limits.charge(cost, 2).is_ok());
        assert_eq!(limits.charge(cost, 3).map_err(|f| f.status), Err(429));
        assert!(limits.charge(cost, 60_000).is_ok());
        let statuses: Vec<u16> = (0..23)
            .filter_map(|n| limits.charge(cost, 60_001 + n).err().map(|f| f.status))
            .collect();
        assert_eq!((statuses.first(), statuses.last()), (Some(&429), Some(&418)));
        let banned = limits.charge(Cost::default(), 150_000).unwrap_err();
        assert!(banned.msg.contains("IP banned until 180022."), "{}", banned.msg);
    }
}
