//! One WebSocket's life on the Bybit side: frames out, messages in, the end.
//!
//! The venue sends no protocol pings of its own, and protocol pings of a client do not count as
//! signs of life. Source: bybit 4.1.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use tokio::sync::mpsc::unbounded_channel;

use crate::sim::binance::listener::Scissors;
use crate::sim::bybit::sockets::{Address, Out};
use crate::sim::bybit::world::BybitWorld;
use crate::sim::shell::Shell;

/// How long an answer takes at least. No real venue answers sooner, and the official Python client
/// notes what it asked only after it has sent it: an answer within that moment ends its socket.
const SOONEST: Duration = Duration::from_millis(5);

/// Serves one socket until it ends.
pub async fn talk(
    mut socket: WebSocket,
    shell: Arc<Shell<BybitWorld>>,
    address: Address,
    scissors: Scissors,
) {
    let (out, mut inbox) = unbounded_channel();
    let id = {
        let (mut world, now) = shell.lock();
        world.join(address, out, now)
    };
    loop {
        let alive = tokio::select! {
            out = inbox.recv() => match out {
                Some(Out::Text(text)) => socket.send(Message::Text(text.into())).await.is_ok(),
                Some(Out::Close) | None => {
                    let _ = socket.send(Message::Close(None)).await;
                    false
                }
                Some(Out::Cut) => {
                    scissors.cut();
                    false
                }
            },
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => {
                    tokio::time::sleep(SOONEST).await;
                    let (mut world, now) = shell.lock();
                    world.hear(id, text.as_str(), now);
                    true
                }
                Some(Ok(Message::Close(_)) | Err(_)) | None => false,
                Some(Ok(_)) => true,
            },
        };
        if !alive {
            break;
        }
    }
    shell.lock().0.sockets.remove(id);
}
