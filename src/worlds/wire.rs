//! The virtual wire: what the adapters send reaches the exchange inside this process, late by
//! chance, and what comes back is the exchange's own bytes.
//!
//! For: one engine's way to one account's exchange. A request that has left arrives, whoever is
//! killed meanwhile. Not for: faults; those are the exchange's. Door: [`Wire`].

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use crate::domain::key::AccountName;
use crate::domain::time::{Span, Time};
use crate::exchange::network::{
    Answer, Coming, Frames, HeaderMap, HeaderName, HeaderValue, Incoming, Method, Missing, Network,
    Request,
};
use crate::runtime::Clock;
use crate::sim::inside::{Heard, Inside, Knock, Line};
use crate::sim::rng::Rng;
use crate::sim::wired::What;
use crate::worlds::truth::{Moment, Truth};

/// One engine's way to one account's exchange.
pub struct Wire {
    far: Arc<Far>,
    clock: Clock,
    rng: Arc<Mutex<Rng>>,
}

/// The other end.
struct Far {
    exchange: Inside,
    account: AccountName,
    engine: usize,
    truth: Arc<Truth>,
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Wire({})", self.far.account)
    }
}

impl Wire {
    /// A way of engine `engine` to the exchange of an account. The engine's clock shows what its
    /// machine says.
    pub fn new(
        exchange: Inside,
        account: AccountName,
        engine: usize,
        (truth, clock): (Arc<Truth>, Clock),
        seed: u64,
    ) -> Self {
        let far = Arc::new(Far { exchange, account, engine, truth });
        Self { far, clock, rng: Arc::new(Mutex::new(Rng::new(seed))) }
    }

    fn chance(&self, below: u64) -> u64 {
        self.rng.lock().unwrap_or_else(PoisonError::into_inner).below(below)
    }

    /// How long a piece of the way takes: mostly little.
    fn lag(&self) -> Duration {
        let most = if self.chance(20) == 0 { 400 } else { 30 };
        Duration::from_millis(2 + self.chance(most))
    }
}

impl Network for Wire {
    fn send(&self, request: Request) -> Coming<'_, Result<Answer, Missing>> {
        let (there, back) = (self.lag(), self.lag());
        let far = Arc::clone(&self.far);
        Box::pin(async move {
            let patience = request.patience.duration();
            let (tell, told) = oneshot::channel();
            tokio::spawn(async move {
                sleep(there).await;
                let _ = tell.send(far.carry_out(&request));
            });
            let answer = async {
                match told.await {
                    Ok((after, what)) => {
                        sleep(after + back).await;
                        what
                    }
                    Err(_) => What::Cut,
                }
            };
            match timeout(patience, answer).await {
                Ok(What::Reply { status, headers, body }) => {
                    let headers = headers.into_iter().filter_map(header).collect::<HeaderMap>();
                    Ok(Answer { status, headers, body: Ok(body.into_bytes()) })
                }
                Ok(What::Cut) => Err(Missing::Broken("it was cut".to_owned())),
                Ok(What::Hang) => std::future::pending().await,
                Err(_) => Err(Missing::Late),
            }
        })
    }

    fn open(&self, url: &str, patience: Span) -> Coming<'_, Result<Box<dyn Frames>, String>> {
        let lag = self.lag();
        let path = path_of(url).to_owned();
        Box::pin(async move {
            let opening = async {
                sleep(lag).await;
                match self.far.exchange.connect(&path) {
                    Knock::Hang => std::future::pending().await,
                    Knock::Refused { after, status } => {
                        sleep(millis(after)).await;
                        Err(format!("the handshake was refused with HTTP {status}"))
                    }
                    Knock::Open { after, entrance } => {
                        sleep(millis(after)).await;
                        Ok(entrance.enter())
                    }
                }
            };
            let line = timeout(patience.duration(), opening)
                .await
                .unwrap_or_else(|_| Err(format!("no handshake within {patience}")))?;
            let stream = Stream { line, lag, coming: VecDeque::new(), ended: false };
            Ok(Box::new(stream) as Box<dyn Frames>)
        })
    }

    fn wall(&self) -> Time {
        self.clock.now()
    }

    fn random(&self) -> u64 {
        self.chance(u64::MAX)
    }
}

impl Far {
    fn carry_out(&self, request: &Request) -> (Duration, What) {
        let path = path_of(&request.url);
        let text = |value: &HeaderValue| value.to_str().unwrap_or_default().to_owned();
        let headers: Vec<(String, String)> =
            request.headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let body = request.body.as_deref().unwrap_or_default();
        let ask = || self.exchange.request(request.method.as_str(), path, &headers, body);
        let answer = if request.method == Method::GET {
            self.truth.asked();
            ask()
        } else {
            let before = self.exchange.look(Moment::of);
            let answer = ask();
            let (truth, account) = (&self.truth, &self.account);
            self.exchange.look(|after| truth.carried_out(self.engine, account, &before, after));
            answer
        };
        // A request that hangs is still a request that arrived.
        match answer.what {
            What::Hang => (Duration::from_secs(3600), What::Hang),
            what => (millis(answer.after), what),
        }
    }
}

fn header((name, value): (&'static str, String)) -> Option<(HeaderName, HeaderValue)> {
    Some((HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?))
}

/// What follows the host.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').map_or("/", |at| &rest[at..])
}

fn millis(span: i64) -> Duration {
    Duration::from_millis(u64::try_from(span).unwrap_or(0))
}

/// A stream on which everything is late by the same time.
#[derive(Debug)]
struct Stream {
    line: Line,
    lag: Duration,
    coming: VecDeque<(Instant, Heard)>,
    ended: bool,
}

impl Frames for Stream {
    fn next(&mut self) -> Coming<'_, Result<Incoming, String>> {
        Box::pin(async move {
            loop {
                let due = self.coming.front().map(|(at, _)| *at);
                tokio::select! {
                    biased;
                    () = sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => {
                        let heard = self.coming.pop_front().map_or(Heard::Cut, |(_, heard)| heard);
                        return match heard {
                            Heard::Text(text) => Ok(Incoming::Text(text.into())),
                            Heard::Pulse => Ok(Incoming::Pulse),
                            Heard::Closed => Err("the venue closed the stream".to_owned()),
                            Heard::Cut => Err("the connection ended".to_owned()),
                        };
                    }
                    heard = self.line.next(), if !self.ended => {
                        self.ended = matches!(heard, Heard::Closed | Heard::Cut);
                        self.coming.push_back((Instant::now() + self.lag, heard));
                    }
                }
            }
        })
    }

    fn text(&mut self, text: String) -> Coming<'_, Result<(), String>> {
        self.line.say(&text);
        Box::pin(std::future::ready(Ok(())))
    }

    fn ping(&mut self) -> Coming<'_, Result<(), String>> {
        self.line.ping();
        Box::pin(std::future::ready(Ok(())))
    }
}
