//! The private stream: what happens to the account, as it happens.
//!
//! For: the listen key's life, reconnecting, rolling over before the venue hangs up, and saying
//! honestly when something may have been missed.
//! Not for: proving that a quiet stream is a healthy one; the engine compares it with looks.
//! Door: [`run`].

use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use crate::domain::input::StreamEvent;
use crate::exchange::account::PrivateForm;
use crate::exchange::back_off::BackOff;
use crate::exchange::binance::call::Call;
use crate::exchange::binance::decode;
use crate::exchange::binance::events::{self, UserEvent};
use crate::exchange::binance::link::Shared;
use crate::exchange::failure::Failure;
use crate::exchange::lock;
use crate::exchange::network::{Frames, Incoming, Method};

/// The events asked for. The list is all that is delivered: the key's own expiry has to be on it
/// (binance-usdm 4.4).
const EVENTS: &str = "ORDER_TRADE_UPDATE/ACCOUNT_UPDATE/ALGO_UPDATE/ACCOUNT_CONFIG_UPDATE/\
                      MARGIN_CALL/listenKeyExpired";
/// How long an old stream is still read after the new one stands, and how long a new one may
/// take to show that it is served.
const OVERLAP: Duration = Duration::from_secs(1);
/// After a failed extension or replacement.
const AGAIN: Duration = Duration::from_secs(60);

/// Why a stream ended.
enum End {
    /// It broke or is not believed; the sentence says why.
    Lost(String),
    /// The core wants a new one at once.
    Wanted,
    /// Nobody listens.
    Over,
}

/// Keeps the stream until nobody listens.
pub async fn run(shared: Arc<Shared>) {
    let mut back_off = BackOff::new(shared.pace());
    let mut wanted = shared.restream.subscribe();
    let mut down = false;
    loop {
        let began = Instant::now();
        wanted.mark_unchanged();
        let end = match connected(&shared).await {
            Ok((frames, first)) => {
                if !shared.reporter.tell(StreamEvent::Up).await {
                    return;
                }
                down = false;
                match take(&shared, Ok(first)).await {
                    Ok(()) => listen(&shared, frames, &mut wanted).await,
                    Err(end) => end,
                }
            }
            Err(why) => End::Lost(why),
        };
        let why = match end {
            End::Over => return,
            End::Wanted => {
                tracing::info!(account = %shared.name, "the user stream is connected anew");
                continue;
            }
            End::Lost(why) => why,
        };
        tracing::warn!(account = %shared.name, why, "user stream lost");
        if !down && !shared.reporter.tell(StreamEvent::Down(why)).await || shared.reporter.is_over()
        {
            return;
        }
        down = true;
        back_off.lived(began.elapsed());
        tokio::time::sleep(back_off.wait(shared.network.random())).await;
    }
}

/// Connects and waits for the first sign of life: the handshake is over before the venue serves
/// the stream, and what happens in between would be told on no stream and missed by a look.
async fn connected(shared: &Shared) -> Result<(Box<dyn Frames>, Incoming), String> {
    let mut frames = open(shared).await?;
    frames.ping().await?;
    match tokio::time::timeout(OVERLAP, frames.next()).await {
        Ok(first) => Ok((frames, first?)),
        Err(_) => Ok((frames, Incoming::Pulse)),
    }
}

/// Gets the listen key and connects.
async fn open(shared: &Shared) -> Result<Box<dyn Frames>, String> {
    let answer = shared.send(Call::listen_key(Method::POST)).await;
    let body = answer.map_err(|failure| format!("no listen key: {failure}"))?;
    let key = SecretString::from(decode::listen_key(&body)?);
    let host = shared.endpoints.ws_public.trim_end_matches('/');
    let key = key.expose_secret();
    let url = match shared.endpoints.private_form {
        PrivateForm::Events => format!("{host}/private/ws?listenKey={key}&events={EVENTS}"),
        PrivateForm::Everything => format!("{host}/private/ws?listenKey={key}"),
        PrivateForm::Legacy => format!("{host}/ws/{key}"),
    };
    shared.network.open(&url, shared.pace().answer).await
}

/// Work that must not hold up reading.
enum Chore {
    Extended(Result<(), Failure>),
    Replaced(Result<Box<dyn Frames>, String>),
}

async fn extend(shared: Arc<Shared>) -> Chore {
    Chore::Extended(shared.send(Call::listen_key(Method::PUT)).await.map(|_| ()))
}

async fn replace(shared: Arc<Shared>) -> Chore {
    Chore::Replaced(open(&shared).await)
}

fn every(period: Duration) -> tokio::time::Interval {
    let mut interval = interval_at(Instant::now() + period, period);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}

async fn listen(
    shared: &Arc<Shared>,
    mut frames: Box<dyn Frames>,
    wanted: &mut watch::Receiver<u64>,
) -> End {
    let pace = *shared.pace();
    let mut chores: JoinSet<Chore> = JoinSet::new();
    let mut extension = every(pace.keep_alive.duration());
    let mut replacement = every(pace.roll_over.duration());
    let mut pulse = every(pace.dead_after.duration() / 2);
    let mut heard = true;
    loop {
        tokio::select! {
            biased;
            changed = wanted.changed() => {
                return if changed.is_ok() { End::Wanted } else { End::Over };
            }
            _ = extension.tick() => { chores.spawn(extend(shared.clone())); }
            _ = replacement.tick() => { chores.spawn(replace(shared.clone())); }
            Some(Ok(chore)) = chores.join_next(), if !chores.is_empty() => match chore {
                Chore::Extended(Ok(())) => {}
                Chore::Extended(Err(failure)) if failure.is_not_found() => {
                    return End::Lost(format!("the listen key is dead: {failure}"));
                }
                Chore::Extended(Err(failure)) => {
                    tracing::warn!(account = %shared.name, %failure, "listen key not extended");
                    extension.reset_after(AGAIN.min(pace.keep_alive.duration()));
                }
                Chore::Replaced(Ok(new)) => {
                    if let Err(End::Over) = drain(shared, &mut *frames).await {
                        return End::Over;
                    }
                    frames = new;
                    heard = true;
                    if !shared.reporter.tell(StreamEvent::Up).await {
                        return End::Over;
                    }
                }
                Chore::Replaced(Err(why)) => {
                    tracing::warn!(account = %shared.name, why, "user stream not replaced");
                    replacement.reset_after(AGAIN);
                }
            },
            incoming = frames.next() => {
                heard = true;
                match take(shared, incoming).await {
                    Ok(()) => {}
                    Err(end) => return end,
                }
            }
            // Behind what waits to be read, which is a sign of life however late it is read.
            _ = pulse.tick() => {
                if !heard {
                    return End::Lost(format!("not a sign of life for {}", pace.dead_after));
                }
                heard = false;
                // Its answer is the sign of life; the account may have nothing to say.
                if let Err(why) = frames.ping().await {
                    return End::Lost(why);
                }
            }
        }
    }
}

/// Reads an old stream for a moment more: what it still says may not come on the new one. What
/// comes on both is told once.
async fn drain(shared: &Shared, frames: &mut dyn Frames) -> Result<(), End> {
    let end = Instant::now() + OVERLAP;
    while let Ok(incoming) = tokio::time::timeout_at(end, frames.next()).await {
        take(shared, incoming).await?;
    }
    Ok(())
}

async fn take(shared: &Shared, incoming: Result<Incoming, String>) -> Result<(), End> {
    let frame = match incoming {
        Err(why) => return Err(End::Lost(why)),
        Ok(Incoming::Pulse) => return Ok(()),
        Ok(Incoming::Text(frame)) => frame,
    };
    let told = match events::event(&frame) {
        Err(bad) => {
            tracing::warn!(account = %shared.name, why = bad.why, "a frame was skipped");
            if bad.matters { missed(bad.why) } else { Vec::new() }
        }
        Ok(UserEvent::KeyExpired) => return Err(End::Lost("the listen key expired".to_owned())),
        Ok(event) => {
            note(shared, &event);
            let again = matches!(event, UserEvent::TriggerRejected(..));
            let heard = lock(&shared.memory).hear(event);
            match heard {
                Ok(_) if again => vec![StreamEvent::Up],
                Ok(told) => told,
                Err(why) => missed(why),
            }
        }
    };
    for event in told {
        if !shared.reporter.tell(event).await {
            return Err(End::Over);
        }
    }
    Ok(())
}

/// A frame that mattered was lost: everything has to be looked at again.
fn missed(why: String) -> Vec<StreamEvent> {
    vec![StreamEvent::Down(format!("a frame could not be read: {why}")), StreamEvent::Up]
}

/// Words of the venue that change nothing here and that a person may look for later.
fn note(shared: &Shared, event: &UserEvent) {
    let account = &shared.name;
    match event {
        UserEvent::MarginCall(legs) => tracing::warn!(%account, ?legs, "margin call"),
        UserEvent::Leverage(symbol, leverage) => {
            tracing::info!(%account, %symbol, leverage, "leverage was set");
        }
        UserEvent::MultiAssets(joined) => tracing::info!(%account, joined, "multi-assets mode"),
        UserEvent::TriggerRejected(symbol, order, reason) => {
            tracing::warn!(%account, %symbol, %order, reason, "a fired order was refused");
        }
        UserEvent::Other(name) => tracing::debug!(%account, name, "an event of no concern"),
        UserEvent::Positions { .. }
        | UserEvent::Order { .. }
        | UserEvent::Stop(_)
        | UserEvent::KeyExpired => {}
    }
}
