//! The HTTP door of either venue: reads a request, asks the world, carries out what it says.
//!
//! Everything arrives at one function, as on the venues: what is no endpoint is an unknown path,
//! what asks for a WebSocket becomes one. Decides nothing itself. Door: [`router`].

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::sim::listener::Scissors;
use crate::sim::numbers::Ms;
use crate::sim::opening::Opening;
use crate::sim::shell::Shell;
use crate::sim::talk::talk;
use crate::sim::wired::{Answer, Asked, What, Wired};

const LARGEST_BODY: usize = 1 << 20;

/// Serves REST and streams.
pub fn router<W: Wired>(shell: Arc<Shell<W>>) -> Router {
    Router::new().fallback(answer::<W>).with_state(shell)
}

async fn answer<W: Wired>(
    State(shell): State<Arc<Shell<W>>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let (path, query) = (parts.uri.path().to_owned(), parts.uri.query().unwrap_or("").to_owned());
    let upgrades = parts.headers.contains_key(header::UPGRADE);
    if upgrades && let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        return open(shell, scissors, upgrade, &path, &query).await;
    }
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let body = String::from_utf8_lossy(&body).into_owned();
    let told = {
        let named = |name: &str| {
            let value = parts.headers.get(name).and_then(|value| value.to_str().ok());
            value.map(str::to_owned)
        };
        let method = parts.method.as_str();
        let asked = Asked { method, path: &path, query: &query, body: &body, header: &named };
        let (mut world, now) = shell.lock();
        world.answer(&asked, now)
    };
    carry_out(told, &scissors).await
}

async fn wait(after: Ms) {
    if after > 0 {
        tokio::time::sleep(Duration::from_millis(after.unsigned_abs())).await;
    }
}

async fn carry_out(told: Answer, scissors: &Scissors) -> Response {
    wait(told.after).await;
    match told.what {
        What::Hang => std::future::pending().await,
        What::Cut => {
            scissors.cut();
            StatusCode::NO_CONTENT.into_response()
        }
        What::Reply { status, headers, body } => {
            let mut response = Response::builder().status(status);
            for (name, value) in headers {
                response = response.header(name, value);
            }
            let response = response.body(Body::from(body));
            response.unwrap_or_else(|_| StatusCode::BAD_GATEWAY.into_response())
        }
    }
}

async fn open<W: Wired>(
    shell: Arc<Shell<W>>,
    scissors: Scissors,
    upgrade: WebSocketUpgrade,
    path: &str,
    query: &str,
) -> Response {
    let opening = {
        let (mut world, now) = shell.lock();
        world.opening(path, query, now)
    };
    match opening {
        Opening::Hang => std::future::pending().await,
        Opening::Refused { after, status } => {
            wait(after).await;
            StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY).into_response()
        }
        Opening::Open { after, address, mute } => {
            wait(after).await;
            upgrade.on_upgrade(move |socket| talk(socket, shell, address, mute, scissors))
        }
    }
}
