//! One WebSocket's life: frames out, commands in, pings, the end after a day.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use tokio::sync::mpsc::unbounded_channel;
use tokio::time::{Instant, MissedTickBehavior, interval_at, sleep_until};

use crate::sim::binance::sockets::{Address, Out};
use crate::sim::shell::Shell;

const PING_EVERY: Duration = Duration::from_secs(180);
const PONG_WITHIN: Duration = Duration::from_secs(600);
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// Serves one socket until it ends.
pub async fn talk(mut socket: WebSocket, shell: Arc<Shell>, address: Address) {
    let (out, mut inbox) = unbounded_channel();
    let id = shell.lock().0.sockets.add(address, out);
    let mut pings = interval_at(Instant::now() + PING_EVERY, PING_EVERY);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (end, mut ponged) = (Instant::now() + LONGEST, Instant::now());
    loop {
        let alive = tokio::select! {
            out = inbox.recv() => match out {
                Some(Out::Text(text)) => socket.send(Message::Text(text.into())).await.is_ok(),
                Some(Out::Close) | None => {
                    let _ = socket.send(Message::Close(None)).await;
                    false
                }
            },
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => {
                    let reply = {
                        let (mut world, now) = shell.lock();
                        world.sockets.command(id, text.as_str(), now)
                    };
                    match reply {
                        Some(reply) => socket.send(Message::Text(reply.into())).await.is_ok(),
                        None => false,
                    }
                }
                Some(Ok(Message::Pong(_))) => {
                    ponged = Instant::now();
                    true
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => false,
                Some(Ok(_)) => true,
            },
            _ = pings.tick() => {
                let stamp = shell.lock().1.to_string();
                ponged.elapsed() < PONG_WITHIN
                    && socket.send(Message::Ping(stamp.into_bytes().into())).await.is_ok()
            }
            () = sleep_until(end) => false,
        };
        if !alive {
            break;
        }
    }
    shell.lock().0.sockets.remove(id);
}
