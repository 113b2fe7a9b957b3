//! Mark prices of the symbols an account has to do with.
//!
//! For: following a changing set of symbols on the public stream and passing prices on, bundled.
//! Not for: keeping prices, or the book.
//! Door: [`run`]; who is followed is in [`Followed`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::time::{Instant, MissedTickBehavior, interval};

use crate::domain::amount::Price;
use crate::domain::key::Symbol;
use crate::exchange::back_off::BackOff;
use crate::exchange::bybit::decode_market;
use crate::exchange::bybit::link::Shared;
use crate::exchange::bybit::session::{Heard, Session};

const PATH: &str = "/v5/public/linear";
/// Prices come up to ten times a second for every symbol; they are passed on this often.
const BUNDLE: Duration = Duration::from_millis(250);
/// A symbol that nothing was said of for so long is no longer followed.
const FORGET: Duration = Duration::from_secs(15 * 60);

/// The symbols an account has positions, orders or expectations in.
#[derive(Debug, Default)]
pub struct Followed(BTreeMap<Symbol, Instant>);

impl Followed {
    /// Notes that something was said of a symbol; true when it is new.
    pub fn note(&mut self, symbol: &Symbol, now: Instant) -> bool {
        self.0.insert(symbol.clone(), now).is_none()
    }

    /// The symbols to follow; what was not spoken of for long is forgotten.
    pub fn now(&mut self, now: Instant) -> BTreeSet<Symbol> {
        self.0.retain(|_, at| now.duration_since(*at) < FORGET);
        self.0.keys().cloned().collect()
    }
}

/// Keeps the stream until nobody listens.
pub async fn run(shared: Arc<Shared>) {
    let mut back_off = BackOff::new(shared.pace());
    while !shared.reporter.is_over() {
        shared.banned_no_more().await;
        if shared.followed().is_empty() {
            // Nothing to ask for: the first symbol is waited for.
            shared.follows.notified().await;
            continue;
        }
        let began = Instant::now();
        let why = listen(&shared).await;
        tracing::warn!(account = %shared.name, why, "mark prices stopped");
        back_off.lived(began.elapsed());
        tokio::time::sleep(back_off.wait(shared.network.random())).await;
    }
}

/// What one connection was asked for.
#[derive(Default)]
struct Asked {
    /// By topic's symbol, each in a request of its own.
    topics: BTreeSet<Symbol>,
    /// Requests on their way.
    open: BTreeMap<String, Symbol>,
    /// The venue does not stream it: a symbol that ended, or a mistyped one in a ledger.
    refused: BTreeSet<Symbol>,
}

impl Asked {
    /// Asks for what is missing and gives up what nobody wants. Venue fact: one unknown symbol
    /// in a request makes the whole request fail (bybit 4.1), so every symbol goes alone.
    async fn bring_about(
        &mut self,
        session: &mut Session,
        wanted: &BTreeSet<Symbol>,
    ) -> Result<(), String> {
        let missing: Vec<Symbol> = wanted
            .difference(&self.topics)
            .filter(|s| !self.refused.contains(*s))
            .cloned()
            .collect();
        for symbol in missing {
            let id = session.ask("subscribe", json!([topic(&symbol)])).await?;
            self.open.insert(id, symbol.clone());
            self.topics.insert(symbol);
        }
        let idle: Vec<Symbol> = self.topics.difference(wanted).cloned().collect();
        for symbol in idle {
            session.ask("unsubscribe", json!([topic(&symbol)])).await?;
            self.topics.remove(&symbol);
        }
        Ok(())
    }

    fn answered(&mut self, id: Option<String>, why: Result<(), String>) -> Option<String> {
        let symbol = id.and_then(|id| self.open.remove(&id))?;
        let why = why.err()?;
        self.topics.remove(&symbol);
        let told = format!("{symbol}: {why}");
        self.refused.insert(symbol);
        Some(told)
    }
}

fn topic(symbol: &Symbol) -> String {
    format!("tickers.{symbol}")
}

/// Reads until the stream ends; gives the reason.
async fn listen(shared: &Shared) -> String {
    match follow(shared).await {
        Ok(()) => "nobody listens".to_owned(),
        Err(why) => why,
    }
}

async fn follow(shared: &Shared) -> Result<(), String> {
    let host = shared.endpoints.ws_public.trim_end_matches('/');
    let mut session = Session::open(shared, &format!("{host}{PATH}")).await?;
    let mut asked = Asked::default();
    let mut marks: BTreeMap<Symbol, Price> = BTreeMap::new();
    let mut bundle = interval(BUNDLE);
    bundle.set_missed_tick_behavior(MissedTickBehavior::Delay);
    asked.bring_about(&mut session, &shared.followed()).await?;
    loop {
        tokio::select! {
            biased;
            _ = bundle.tick() => {
                if shared.reporter.is_over() {
                    return Ok(());
                }
                if !marks.is_empty() {
                    shared.reporter.tell_marks(std::mem::take(&mut marks).into_iter().collect());
                }
            }
            () = shared.follows.notified() => {
                asked.bring_about(&mut session, &shared.followed()).await?;
            }
            heard = session.next() => match heard? {
                Heard::Frame(frame) => match decode_market::ticker(&frame) {
                    Ok(Some((symbol, mark))) => {
                        marks.insert(symbol, mark);
                    }
                    Ok(None) => {}
                    Err(why) => {
                        tracing::warn!(account = %shared.name, why, "a price frame was skipped");
                    }
                },
                Heard::Answer { id, result, .. } => {
                    if let Some(why) = asked.answered(id, result) {
                        tracing::warn!(account = %shared.name, why, "no prices for a symbol");
                    }
                }
            },
        }
    }
}
