//! One WebSocket's life on the wire: what the world sends goes out, what the client says goes in.
//!
//! Decides nothing: when a socket is pinged and when it ends, the world's sockets know.

use std::sync::Arc;

use axum::extract::ws::{Message, WebSocket};
use tokio::sync::mpsc::unbounded_channel;

use crate::sim::listener::Scissors;
use crate::sim::shell::Shell;
use crate::sim::wired::{Out, Wired};

/// Serves one socket until it ends.
pub async fn talk<W: Wired>(
    mut socket: WebSocket,
    shell: Arc<Shell<W>>,
    address: W::Address,
    mute: bool,
    scissors: Scissors,
) {
    let (out, mut inbox) = unbounded_channel();
    let mut is_mute = mute;
    let id = {
        let (mut world, now) = shell.lock();
        world.join(address, out, mute, now)
    };
    loop {
        let alive = tokio::select! {
            out = inbox.recv() => match out {
                Some(Out::Text(text)) => socket.send(Message::Text(text.into())).await.is_ok(),
                Some(Out::Ping(stamp)) => {
                    socket.send(Message::Ping(stamp.into_bytes().into())).await.is_ok()
                }
                // The library answers pings itself.
                Some(Out::Pong) => true,
                Some(Out::Mute) => {
                    is_mute = true;
                    true
                }
                Some(Out::Close) | None => {
                    let _ = socket.send(Message::Close(None)).await;
                    false
                }
                Some(Out::Cut) => {
                    scissors.cut();
                    false
                }
            },
            // A mute socket reads nothing, or the library would answer its client's pings.
            message = socket.recv(), if !is_mute => match message {
                Some(Ok(Message::Text(text))) => {
                    tokio::time::sleep(W::SOONEST).await;
                    let (mut world, now) = shell.lock();
                    world.hear(id, text.as_str(), now);
                    true
                }
                Some(Ok(Message::Pong(_))) => {
                    let (mut world, now) = shell.lock();
                    world.ponged(id, now);
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
    shell.lock().0.leave(id);
}
