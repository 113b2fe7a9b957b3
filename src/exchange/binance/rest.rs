//! Sending requests: signed, within the budget, each exactly once.
//!
//! For: one [`Call`] in, the answer's text or a [`Failure`] out. Only a request that was refused
//! for its timestamp is sent a second time: that one was not executed, for certain.
//! Not for: what calls mean (`look`, `history`, `orders`).
//! Door: [`Rest::send`].

use std::sync::{Arc, Mutex};

use tokio::time::Instant;

use crate::domain::outcome::RefusalKind;
use crate::domain::time::{Span, Time, VenueTime};
use crate::exchange::account::AccountSetup;
use crate::exchange::binance::budget::{Budget, Lane, Ticket};
use crate::exchange::binance::call::{Call, Proof};
use crate::exchange::binance::decode;
use crate::exchange::binance::errors::{banned_until, error_in};
use crate::exchange::clock::{Clock, Sample};
use crate::exchange::failure::{Failure, Verdict};
use crate::exchange::http::{self, Health, number_in};
use crate::exchange::lock;
use crate::exchange::network::{HeaderMap, HeaderValue, Missing, Network, Request};
use crate::exchange::sign::{Query, Signer};

/// How long the venue may take to see a request; its own default, stated.
const RECV_WINDOW: u32 = 5000;
/// How long a firewall's 403 is obeyed, and a ban that names no end.
const FIREWALL: Span = Span::secs(120);
/// Bans last from two minutes to three days. Source: binance-usdm 5.
const LONGEST_BAN: Span = Span::secs(3 * 24 * 3600);

/// The REST side of one account.
#[derive(Debug)]
pub struct Rest {
    network: Arc<dyn Network>,
    base: String,
    spot: Option<String>,
    key: HeaderValue,
    signer: Signer,
    clock: Clock,
    budget: Arc<Budget>,
    /// Where orders wait for their turn.
    line: tokio::sync::Mutex<()>,
    patience: Span,
    round_trip: Mutex<Span>,
    key_refused: Mutex<Option<String>>,
}

impl Rest {
    /// Prepares an account's requests; sends nothing.
    ///
    /// # Errors
    /// One sentence about the key or the host, without any secret.
    pub fn new(setup: &AccountSetup) -> Result<Self, String> {
        let key = http::key_header(&setup.credentials.key)?;
        let patience = setup.endpoints.pace.answer;
        let base = http::host(&setup.endpoints.rest)?;
        Ok(Self {
            network: setup.network.clone(),
            budget: Budget::of(&base),
            base,
            spot: setup.endpoints.rest_spot.as_ref().map(|s| s.trim_end_matches('/').to_owned()),
            key,
            signer: Signer::new(&setup.credentials)?,
            clock: Clock::new(setup.network.wall()),
            line: tokio::sync::Mutex::default(),
            patience,
            round_trip: Mutex::new(Span(0)),
            key_refused: Mutex::new(None),
        })
    }

    /// The venue's clock as known here.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Sets the request limit that the venue names.
    pub fn set_limit(&self, limit: u32) {
        self.budget.set_limit(limit);
    }

    /// What the last requests showed.
    pub fn health(&self) -> Health {
        let (used_percent, banned) = self.budget.standing(&self.clock);
        let (banned, why) = banned.unzip();
        Health {
            used_percent,
            ahead_ms: self.clock.ahead(),
            round_trip: *lock(&self.round_trip),
            blocked: why.or_else(|| lock(&self.key_refused).clone()),
            banned,
        }
    }

    /// Until when such a request would not be sent; none when it would.
    pub fn held(&self, lane: Lane, weight: u32) -> Option<Time> {
        self.budget.held(&self.clock, lane, weight)
    }

    /// When the next look of such a weight may leave, so that the looks of all accounts that share
    /// the budget do not spend this minute before it is over; none while there is plenty.
    pub fn paced(&self, weight: u32) -> Option<Time> {
        let sharing = u32::try_from(Arc::strong_count(&self.budget)).unwrap_or(u32::MAX);
        self.budget.paced(&self.clock, weight.saturating_mul(sharing))
    }

    /// Sends a request and gives the answer's text.
    ///
    /// # Errors
    /// [`Failure`]: whether it was refused for certain or may have been done.
    pub async fn send(&self, call: Call) -> Result<String, Failure> {
        let began = Instant::now();
        match self.once(&self.base, &call).await {
            Err(failure)
                if failure.code == Some(TOO_FAR_FROM_SERVER_TIME)
                    && call.proof == Proof::Signature =>
            {
                tracing::warn!(%failure, "measuring the venue's clock again");
                if self.sync(began).await.is_err() {
                    return Err(failure);
                }
                self.once(&self.base, &call).await
            }
            Err(failure) if failure.code == Some(TOO_LATE_FOR_THE_ENGINE) => {
                // It was not executed, but the core makes sure of that before it tries again.
                let _ = self.sync(began).await;
                Err(failure)
            }
            result => result,
        }
    }

    /// Asks the host that knows the key's restrictions. It has limits of its own.
    ///
    /// # Errors
    /// [`Failure`], also when there is no such host.
    pub async fn restrictions(&self) -> Result<String, Failure> {
        let missing = || Failure::unsent(RefusalKind::Other, "no such host for this environment");
        let spot = self.spot.as_ref().ok_or_else(missing)?;
        let path = "/sapi/v1/account/apiRestrictions";
        self.once(spot, &Call::ask(path, Query::new(), Lane::Guard, 1)).await
    }

    /// Measures the venue's clock, unless somebody did since `since`.
    ///
    /// # Errors
    /// The first failure; samples before it are used.
    pub async fn sync(&self, since: Instant) -> Result<(), Failure> {
        self.clock.measure(since, || self.sample()).await
    }

    async fn sample(&self) -> Result<Sample, Failure> {
        let sent = self.clock.now();
        let body = self.once(&self.base, &Call::public("/fapi/v1/time")).await?;
        let received = self.clock.now();
        let said: VenueTime = decode::server_time(&body)
            .map_err(|why| Failure::unreadable(format!("time: {why}")))?;
        Ok(Sample { sent, received, said })
    }

    async fn once(&self, host: &str, call: &Call) -> Result<String, Failure> {
        let ticket = match host == self.base {
            true => Some(self.gate(call).await?),
            false => None,
        };
        let request = self.request(host, call)?;
        let began = Instant::now();
        let answer = self.network.send(request).await.map_err(|why| self.unanswered(why, call))?;
        let headers = answer.headers;
        let body = answer.body.map_err(|why| self.unanswered(why, call));
        *lock(&self.round_trip) = Span(u64::try_from(began.elapsed().as_millis()).unwrap_or(0));
        if let Some(ticket) = ticket {
            self.budget.heard(ticket, number_in(&headers, "x-mbx-used-weight-1m"));
        }
        let result = http::read(answer.status, body, call.path, error_in);
        match ticket {
            Some(ticket) => self.obey((call, ticket), &headers, result),
            None => result,
        }
    }

    /// Lets a request through. Orders that are held back for a moment, because the venue counts
    /// them over seconds, wait for it in line: in the order they came.
    async fn gate(&self, call: &Call) -> Result<Ticket, Failure> {
        let admit = || self.budget.admit(&self.clock, call.lane, call.weight);
        if call.lane != Lane::Order {
            return admit();
        }
        let latest = self.clock.now() + self.patience;
        let _turn = self.line.lock().await;
        loop {
            match (admit(), self.budget.orders_barred(self.clock.now())) {
                (Err(_), Some(until)) if until < latest => {
                    let left = until.since(self.clock.now());
                    tokio::time::sleep(left.duration()).await;
                }
                (admitted, _) => return admitted,
            }
        }
    }

    /// Limits and refused keys are remembered: what follows is held back or told.
    fn obey(
        &self,
        (call, ticket): (&Call, Ticket),
        headers: &HeaderMap,
        result: Result<String, Failure>,
    ) -> Result<String, Failure> {
        let failure = match result {
            Ok(body) => {
                if call.proof == Proof::Signature {
                    *lock(&self.key_refused) = None;
                }
                return Ok(body);
            }
            Err(failure) => failure,
        };
        match failure.verdict {
            Verdict::Refused(RefusalKind::Key) => {
                let told = format!("the venue refuses the key: {failure}");
                *lock(&self.key_refused) = Some(told);
                Err(failure)
            }
            Verdict::Refused(RefusalKind::Limited(_)) => {
                let until = self.limited_until(&failure, headers, ticket);
                if failure.code == Some(TOO_MANY_ORDERS) {
                    self.budget.bar_orders(until, &failure.text);
                } else {
                    tracing::error!(%failure, %until, "the venue limits this address");
                    self.budget.ban(until, &failure.to_string());
                }
                Err(failure.until(until))
            }
            _ => Err(failure),
        }
    }

    /// An end that lies beyond the longest ban was misread or made up on the way here.
    fn limited_until(&self, failure: &Failure, headers: &HeaderMap, ticket: Ticket) -> Time {
        self.said_until(failure, headers, ticket).min(self.clock.now() + LONGEST_BAN)
    }

    fn said_until(&self, failure: &Failure, headers: &HeaderMap, ticket: Ticket) -> Time {
        if let Some(named) = banned_until(&failure.text) {
            return self.clock.ours(VenueTime(named)) + Span(250);
        }
        let after = number_in(headers, "retry-after").and_then(|s| u64::try_from(s).ok());
        if let Some(seconds) = after {
            return self.clock.now() + Span::secs(seconds);
        }
        match failure.status {
            Some(403 | 418) => self.clock.now() + FIREWALL,
            _ if failure.code == Some(TOO_MANY_ORDERS) => self.clock.now() + Span::secs(10),
            _ => ticket.over(&self.clock),
        }
    }

    fn request(&self, host: &str, call: &Call) -> Result<Request, Failure> {
        let mut headers = HeaderMap::new();
        if call.proof != Proof::Nothing {
            headers.insert("x-mbx-apikey", self.key.clone());
        }
        let (method, url) = (call.method.clone(), self.url(host, call)?);
        Ok(Request { method, url, headers, body: None, patience: self.patience })
    }

    fn url(&self, host: &str, call: &Call) -> Result<String, Failure> {
        let mut query = call.query.clone();
        let mut signature = String::new();
        if call.proof == Proof::Signature {
            query = query.with("recvWindow", RECV_WINDOW).with("timestamp", self.clock.stamp().0);
            signature = self
                .signer
                .sign(query.as_str())
                .map(|signature| format!("&signature={signature}"))
                .map_err(|why| Failure::unsent(RefusalKind::Local, why))?;
        }
        Ok(match query.as_str() {
            "" => format!("{host}{}", call.path),
            query => format!("{host}{}?{query}{signature}", call.path),
        })
    }

    fn unanswered(&self, why: Missing, call: &Call) -> Failure {
        http::unanswered(why, call.path, &self.base, self.patience)
    }
}

/// "Timestamp for this request is outside of the recvWindow."
const TOO_FAR_FROM_SERVER_TIME: i64 = -1021;
/// The same from the matching engine.
const TOO_LATE_FOR_THE_ENGINE: i64 = -5028;
/// "Too many new orders."
const TOO_MANY_ORDERS: i64 = -1015;
