//! The private stream: what happens to the account, as it happens.
//!
//! For: proving the connection, subscribing, reconnecting, and saying honestly when something may
//! have been missed.
//! Not for: proving that a quiet stream is a healthy one; the engine compares it with looks.
//! Door: [`run`].

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::json;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::domain::input::StreamEvent;
use crate::domain::time::VenueTime;
use crate::exchange::back_off::BackOff;
use crate::exchange::bybit::events;
use crate::exchange::bybit::link::Shared;
use crate::exchange::bybit::session::{Heard, Session};
use crate::exchange::lock;
use crate::exchange::network::Utf8Bytes;

const PATH: &str = "/v5/private";
/// Everything that can change a position, its protection or the account's worth. The general
/// and the linear form of a topic must not be mixed (bybit 4.3).
const TOPICS: [&str; 4] = ["position.linear", "order.linear", "execution.linear", "wallet"];
/// How long the proof of a connection counts. Venue fact: the instant must still lie ahead when
/// the server looks at it; one second is too little for a slow line (bybit 2.3).
const PROOF: i64 = 10_000;

/// Why a stream ended.
enum End {
    /// It broke or is not believed; the sentence says why.
    Lost(String),
    /// The venue said no, and will say it again: the next attempt can wait.
    Refused(String),
    /// The core wants a new one at once.
    Wanted,
    /// Nobody listens.
    Over,
}

/// Keeps the stream until nobody listens.
pub async fn run(shared: Arc<Shared>) {
    let mut back_off = BackOff::new(shared.pace());
    let mut wanted = shared.restream.subscribe();
    // Nothing, or whether the last word was a refusal: that is told even of a stream that is down.
    let mut down: Option<bool> = None;
    loop {
        let began = Instant::now();
        wanted.mark_unchanged();
        let end = match connected(&shared).await {
            Ok((session, early)) => {
                lock(&shared.memory).restarted();
                if !shared.reporter.tell(StreamEvent::Up).await {
                    return;
                }
                down = None;
                listen(&shared, session, early, &mut wanted).await
            }
            Err(end) => end,
        };
        let slow = matches!(end, End::Refused(_));
        let why = match end {
            End::Over => return,
            End::Wanted => {
                tracing::info!(account = %shared.name, "the user stream is connected anew");
                continue;
            }
            End::Lost(why) | End::Refused(why) => why,
        };
        tracing::warn!(account = %shared.name, why, "user stream lost");
        let told = down == Some(slow) || down == Some(true);
        if !told && !shared.reporter.tell(StreamEvent::Down(why)).await || shared.reporter.is_over()
        {
            return;
        }
        down = Some(slow || down == Some(true));
        back_off.lived(began.elapsed());
        let wait = if slow {
            shared.pace().retry_last.duration()
        } else {
            back_off.wait(shared.network.random())
        };
        tokio::time::sleep(wait).await;
    }
}

/// Connects, proves whose the connection is and subscribes. Gives what came before the last
/// acknowledgement: it belongs behind `Up`, in the order in which it came.
async fn connected(shared: &Shared) -> Result<(Session, VecDeque<Utf8Bytes>), End> {
    shared.banned_no_more().await;
    let limit = Instant::now() + shared.pace().answer.duration();
    let host = shared.endpoints.ws_private.trim_end_matches('/');
    let opened = Session::open(shared, &format!("{host}{PATH}")).await;
    let mut session = opened.map_err(End::Lost)?;
    let mut early = VecDeque::new();
    let expires = VenueTime(shared.rest.clock().venue_now().0 + PROOF);
    let (key, signature) = shared.rest.stream_proof(expires).map_err(End::Lost)?;
    let proof = json!([key, expires.0, signature]);
    granted(&mut session, "auth", proof, &mut early, limit).await.map_err(|end| match end {
        End::Refused(why) => End::Refused(format!("the venue refuses the stream's key: {why}")),
        end => end,
    })?;
    granted(&mut session, "subscribe", json!(TOPICS), &mut early, limit).await.map_err(|end| {
        match end {
            End::Refused(why) => End::Refused(format!("the venue refuses the topics: {why}")),
            end => end,
        }
    })?;
    Ok((session, early))
}

/// Asks for something and waits until it is granted.
async fn granted(
    session: &mut Session,
    wanted: &str,
    args: serde_json::Value,
    early: &mut VecDeque<Utf8Bytes>,
    limit: Instant,
) -> Result<(), End> {
    let number = session.ask(wanted, args).await.map_err(End::Lost)?;
    loop {
        let heard = match tokio::time::timeout_at(limit, session.next()).await {
            Ok(heard) => heard.map_err(End::Lost)?,
            Err(_) => return Err(End::Lost(format!("no answer to {wanted}"))),
        };
        match heard {
            Heard::Frame(frame) => early.push_back(frame),
            Heard::Answer { op, id, result } if op == wanted => {
                if id.is_none_or(|id| id == number) {
                    return result.map_err(End::Refused);
                }
            }
            // A refusal that does not say of what is one of what was asked.
            Heard::Answer { result: Err(why), .. } => return Err(End::Refused(why)),
            Heard::Answer { .. } => {}
        }
    }
}

async fn listen(
    shared: &Shared,
    mut session: Session,
    early: VecDeque<Utf8Bytes>,
    wanted: &mut watch::Receiver<u64>,
) -> End {
    for frame in early {
        if !take(shared, &frame).await {
            return End::Over;
        }
    }
    loop {
        tokio::select! {
            biased;
            changed = wanted.changed() => {
                return if changed.is_ok() { End::Wanted } else { End::Over };
            }
            heard = session.next() => match heard {
                Err(why) => return End::Lost(why),
                Ok(Heard::Frame(frame)) => {
                    if !take(shared, &frame).await {
                        return End::Over;
                    }
                }
                Ok(Heard::Answer { result: Err(why), .. }) => return End::Lost(why),
                Ok(Heard::Answer { .. }) => {}
            },
        }
    }
}

/// Passes on what a frame says. False when nobody listens.
async fn take(shared: &Shared, frame: &str) -> bool {
    let told = match events::event(frame) {
        Err(bad) => {
            tracing::warn!(account = %shared.name, why = bad.why, "a frame was skipped");
            if bad.matters { missed(bad.why) } else { Vec::new() }
        }
        Ok(event) => lock(&shared.memory).hear(event),
    };
    for event in told {
        if !shared.reporter.tell(event).await {
            return false;
        }
    }
    true
}

/// A frame that mattered was lost: everything has to be looked at again.
fn missed(why: String) -> Vec<StreamEvent> {
    vec![StreamEvent::Down(format!("a frame could not be read: {why}")), StreamEvent::Up]
}
