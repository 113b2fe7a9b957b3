//! Sending requests: signed, within the limits, each exactly once.
//!
//! For: one [`Call`] in, the answer's text or a [`Failure`] out. A second time goes only what was
//! certainly not executed: a timestamp that was refused, and a question asked too often.
//! Not for: what calls mean (`look`, `history`, `orders`).
//! Door: [`Rest::send`].

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use reqwest::Url;
use reqwest::header::CONTENT_TYPE;
use tokio::time::Instant;

use crate::domain::count::counted;
use crate::domain::outcome::RefusalKind;
use crate::domain::time::{Span, Time, VenueTime};
use crate::exchange::account::AccountSetup;
use crate::exchange::bybit::budget::{Budget, Hold, Lane, Told};
use crate::exchange::bybit::call::{Call, Load};
use crate::exchange::bybit::errors::error_in;
use crate::exchange::bybit::{decode, sign};
use crate::exchange::clock::{Clock, Sample};
use crate::exchange::failure::{Failure, Verdict};
use crate::exchange::http::{self, Health, number_in};
use crate::exchange::lock;
use crate::exchange::network::{HeaderMap, HeaderValue, Method, Missing, Network, Request};
use crate::exchange::sign::{Query, Signer};

/// How long the venue may take to see a request; its own default, stated.
const RECV_WINDOW: &str = "5000";
/// How long everything stops after the firewall's 403: a ban ends ten minutes after the last
/// request at the earliest, and going on makes it longer. Source: bybit 5.
const FIREWALL: Span = Span::secs(600);
/// How long looks leave a venue under load alone.
const CALM: Span = Span::secs(5);
/// The longest that a limit's reset is believed to be away.
const LONGEST_RESET: Span = Span::secs(60);

/// Where requests of protection to one endpoint wait for their turn, in the order they came.
#[derive(Debug, Default)]
struct Line {
    turn: tokio::sync::Mutex<()>,
    waiting: AtomicUsize,
}

/// One in a line; it leaves the line when it is dropped.
struct Place<'a>(&'a Line);

impl<'a> Place<'a> {
    /// The last place, and how many are before it.
    fn in_line(line: &'a Line) -> (Self, usize) {
        (Self(line), line.waiting.fetch_add(1, Ordering::SeqCst))
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}

/// The REST side of one account.
#[derive(Debug)]
pub struct Rest {
    network: Arc<dyn Network>,
    base: String,
    key: HeaderValue,
    signer: Signer,
    clock: Clock,
    budget: Budget,
    lines: Mutex<BTreeMap<&'static str, Arc<Line>>>,
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
        let signer = Signer::new(&setup.credentials)?;
        if matches!(signer, Signer::Ed25519(_)) {
            let why = "Bybit takes an HMAC secret or an RSA private key, not an Ed25519 key";
            return Err(why.to_owned());
        }
        Ok(Self {
            network: setup.network.clone(),
            budget: Budget::of(&base),
            base,
            key,
            signer,
            clock: Clock::new(setup.network.wall()),
            lines: Mutex::default(),
            patience,
            round_trip: Mutex::new(Span(0)),
            key_refused: Mutex::new(None),
        })
    }

    /// The venue's clock as known here.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// What the last requests showed.
    pub fn health(&self) -> Health {
        let now = self.clock.now();
        let (banned, why) = self.budget.banned(now).unzip();
        Health {
            used_percent: self.budget.used_percent(now),
            ahead_ms: self.clock.ahead(),
            round_trip: *lock(&self.round_trip),
            blocked: why.or_else(|| lock(&self.key_refused).clone()),
            banned,
        }
    }

    /// Until when a look would not be sent; none when it would.
    pub fn held(&self) -> Option<Time> {
        self.budget.held(self.clock.now())
    }

    /// How long nothing may be sent at all; none when there is no ban.
    pub fn banned_for(&self) -> Option<Span> {
        let now = self.clock.now();
        self.budget.banned(now).map(|(until, _)| until.since(now))
    }

    /// The frame that proves a stream to be ours: key, the last instant at which it counts, and
    /// the signature over both.
    ///
    /// # Errors
    /// One sentence when the system has no randomness to sign with.
    pub fn stream_proof(&self, expires: VenueTime) -> Result<(String, String), String> {
        let signature = self.signer.sign_plain(&sign::stream(expires))?;
        Ok((self.key.to_str().unwrap_or_default().to_owned(), signature))
    }

    /// Sends a request and gives the answer's text.
    ///
    /// # Errors
    /// [`Failure`]: whether it was refused for certain or may have been done.
    pub async fn send(&self, call: Call) -> Result<String, Failure> {
        let began = Instant::now();
        match self.once(&call).await {
            Err(failure) if failure.code == Some(TOO_FAR_FROM_SERVER_TIME) && call.signed => {
                tracing::warn!(%failure, "measuring the venue's clock again");
                if self.sync(began).await.is_err() {
                    return Err(failure);
                }
                self.once(&call).await
            }
            // The endpoint is held back until its reset, which the second attempt waits for.
            Err(failure) if failure.code == Some(TOO_MANY_VISITS) && !call.changes() => {
                self.once(&call).await
            }
            result => result,
        }
    }

    /// Measures the venue's clock, unless somebody did since `since`.
    ///
    /// # Errors
    /// The first failure; samples before it are used.
    pub async fn sync(&self, since: Instant) -> Result<(), Failure> {
        self.clock.measure(since, || self.sample()).await
    }

    async fn sample(&self) -> Result<Sample, Failure> {
        let call = Call::public("/v5/market/time", Query::new(), Lane::Guard);
        let sent = self.clock.now();
        let body = self.once(&call).await?;
        let received = self.clock.now();
        let said = decode::server_time(&body)
            .map_err(|why| Failure::unreadable(format!("{}: {why}", call.path)))?;
        Ok(Sample { sent, received, said })
    }

    async fn once(&self, call: &Call) -> Result<String, Failure> {
        self.gate(call).await?;
        let request = self.request(call)?;
        let began = Instant::now();
        let answer = self.network.send(request).await.map_err(|why| self.unanswered(why, call))?;
        let headers = answer.headers;
        let body = answer.body.map_err(|why| self.unanswered(why, call));
        *lock(&self.round_trip) = Span(u64::try_from(began.elapsed().as_millis()).unwrap_or(0));
        let count = |name| number_in(&headers, name).and_then(|count| u32::try_from(count).ok());
        let told = Told { limit: count("x-bapi-limit"), left: count("x-bapi-limit-status") };
        self.budget.heard(self.clock.now(), call.path, told);
        let result = http::read(answer.status, body, call.path, error_in);
        self.obey(call, &headers, result)
    }

    /// Waits for room under the limits: a look half as long as for an answer, protection as long
    /// as for an answer and in line, so that a burst of stops leaves in the order it came. An
    /// entry waits for nothing: one that is late is another entry.
    async fn gate(&self, call: &Call) -> Result<(), Failure> {
        let now = self.clock.now();
        if call.lane == Lane::Entry {
            return self.room(call, now).await;
        }
        if call.lane == Lane::Sight || !call.signed {
            return self.room(call, now + Span(self.patience.0 / 2)).await;
        }
        let latest = now + self.patience;
        let line = lock(&self.lines).entry(call.path).or_default().clone();
        let (_place, before) = Place::in_line(&line);
        let turn = self.budget.foresee(now, call.path, before + 1);
        if let Some(at) = turn.filter(|at| *at > latest) {
            return Err(full(at, &queued(before, call.path)));
        }
        match tokio::time::timeout(self.patience.duration(), line.turn.lock()).await {
            Ok(_turn) => self.room(call, latest).await,
            Err(_) => Err(full(latest, &format!("the line before {} is long", call.path))),
        }
    }

    /// Waits for room until an instant.
    async fn room(&self, call: &Call, latest: Time) -> Result<(), Failure> {
        loop {
            let now = self.clock.now();
            match self.budget.admit(now, call.path, call.lane, call.signed) {
                Ok(()) => return Ok(()),
                Err(Hold::Shut(failure)) => return Err(failure),
                Err(Hold::Until(at, why)) if at > latest => return Err(full(at, &why)),
                Err(Hold::Until(at, _)) => {
                    tokio::time::sleep(at.since(now).duration()).await;
                }
            }
        }
    }

    /// The request with the bytes that are signed: the query as the URL holds it, or the body.
    fn request(&self, call: &Call) -> Result<Request, Failure> {
        let query = match &call.load {
            Load::Query(query) if !query.as_str().is_empty() => format!("?{}", query.as_str()),
            Load::Query(_) | Load::Deed(_) => String::new(),
        };
        let url = Url::parse(&format!("{}{}{query}", self.base, call.path))
            .map_err(|why| local(format!("{}: {why}", call.path)))?;
        let (method, body) = match &call.load {
            Load::Query(_) => (Method::GET, None),
            Load::Deed(body) => (Method::POST, Some(body.clone())),
        };
        let payload = body.as_deref().unwrap_or_else(|| url.query().unwrap_or_default());
        let mut headers = HeaderMap::new();
        if body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if call.signed {
            self.sign(&mut headers, payload)?;
        }
        Ok(Request { method, url: url.into(), headers, body, patience: self.patience })
    }

    fn sign(&self, headers: &mut HeaderMap, payload: &str) -> Result<(), Failure> {
        let stamp = self.clock.stamp();
        let key = self.key.to_str().unwrap_or_default();
        let signed = sign::request(stamp, key, RECV_WINDOW, payload);
        let signature = self.signer.sign_plain(&signed).map_err(local)?;
        let mut signature = HeaderValue::try_from(signature)
            .map_err(|_| local("the signature has characters that no header has".to_owned()))?;
        signature.set_sensitive(true);
        headers.insert("x-bapi-api-key", self.key.clone());
        headers.insert("x-bapi-timestamp", HeaderValue::from(stamp.0));
        headers.insert("x-bapi-recv-window", HeaderValue::from_static(RECV_WINDOW));
        headers.insert("x-bapi-sign-type", HeaderValue::from_static("2"));
        headers.insert("x-bapi-sign", signature);
        Ok(())
    }

    /// Limits and refused keys are remembered: what follows is held back or told.
    fn obey(
        &self,
        call: &Call,
        headers: &HeaderMap,
        result: Result<String, Failure>,
    ) -> Result<String, Failure> {
        let failure = match result {
            Ok(body) => {
                if call.signed {
                    *lock(&self.key_refused) = None;
                }
                return Ok(body);
            }
            Err(failure) => failure,
        };
        if call.changes() {
            let trace = headers.get("traceid").and_then(|trace| trace.to_str().ok());
            tracing::warn!(path = call.path, %failure, trace, "the venue did not do it");
        }
        let now = self.clock.now();
        match (failure.status, failure.code) {
            // Venue fact: with a page of the network in front of it or with its own envelope,
            // and then with the status as its code (bybit 5, 9).
            (Some(403), None | Some(403)) => {
                let until = now + FIREWALL;
                let why = "the venue bans this address for too many requests, or does not serve \
                           this region (HTTP 403)";
                tracing::error!(%failure, %until, "{why}");
                self.budget.ban(until, why);
                return Err(failure.until(until));
            }
            (_, Some(TOO_MANY_VISITS)) => {
                let until = self.reset(now, headers);
                self.budget.bar(call.path, until);
                return Err(failure.until(until));
            }
            (Some(429), _) | (_, Some(429 | 10403 | 10429)) => self.budget.calm(now + CALM),
            _ => {}
        }
        if let (Verdict::Refused(RefusalKind::Key), Some(code)) = (failure.verdict, failure.code)
            && code != PERMISSION_DENIED
        {
            *lock(&self.key_refused) = Some(format!("the venue refuses the key: {failure}"));
        }
        Err(failure)
    }

    /// When the limit of an endpoint starts anew, on our clock.
    fn reset(&self, now: Time, headers: &HeaderMap) -> Time {
        let named = number_in(headers, "x-bapi-limit-reset-timestamp");
        let named = named.map(|at| self.clock.ours(VenueTime(at)) + Span(50));
        let usual = now + Span::secs(1);
        named.unwrap_or(usual).clamp(now + Span(100), now + LONGEST_RESET)
    }

    fn unanswered(&self, why: Missing, call: &Call) -> Failure {
        http::unanswered(why, call.path, &self.base, self.patience)
    }
}

/// Not sent, for a reason of our own.
fn local(why: String) -> Failure {
    Failure::unsent(RefusalKind::Local, why)
}

/// Why it has to wait: what was to be sent before it.
fn queued(before: usize, path: &str) -> String {
    let one = format!("request to {path} is before it");
    counted(before, &one, &format!("requests to {path} are before it"))
}

/// Not sent, because there is no room before an instant.
fn full(at: Time, why: &str) -> Failure {
    let kind = RefusalKind::Limited(Some(at));
    Failure::unsent(kind, format!("{why}; room again at {at}"))
}

/// "invalid request, please check your server timestamp or recv_window param."
const TOO_FAR_FROM_SERVER_TIME: i64 = 10002;
/// "Too many visits. Exceeded the API Rate Limit."
const TOO_MANY_VISITS: i64 = 10006;
/// The key is good, what was asked for is not among its permissions.
const PERMISSION_DENIED: i64 = 10005;
