//! The HTTP door: reads a request, lets the faults have their way, answers.
//!
//! REST and sockets share it: what asks for a WebSocket becomes one. Source: bybit 3.0.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::sim::binance::listener::Scissors;
use crate::sim::bybit::auth::Claim;
use crate::sim::bybit::call::Call;
use crate::sim::bybit::mangle::spoil;
use crate::sim::bybit::routes::{Reply, serve};
use crate::sim::bybit::sockets::Address;
use crate::sim::bybit::talk::talk;
use crate::sim::bybit::world::BybitWorld;
use crate::sim::memory::Request as Noted;
use crate::sim::numbers::Ms;
use crate::sim::plan::{How, Instead, Plan};
use crate::sim::shell::Shell;

const LARGEST_BODY: usize = 1 << 20;

/// The shell around the Bybit side.
pub type BybitShell = Shell<BybitWorld>;

/// Serves REST and streams.
pub fn router(shell: Arc<BybitShell>) -> Router {
    Router::new().fallback(answer).with_state(shell)
}

async fn answer(
    State(shell): State<Arc<BybitShell>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let (path, query) = (parts.uri.path().to_owned(), parts.uri.query().unwrap_or("").to_owned());
    let upgrades = parts.headers.contains_key(header::UPGRADE);
    if upgrades && let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        let Some(address) = Address::parse(&path, &query) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        return upgrade.on_upgrade(move |socket| talk(socket, shell, address, scissors));
    }
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let body = String::from_utf8_lossy(&body).into_owned();
    let claim = claim(&parts.headers);
    let call = Call::new(parts.method.as_str(), &path, &query, &body, claim);
    respond(&shell, &scissors, &call).await
}

fn claim(headers: &HeaderMap) -> Claim {
    let text =
        |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    Claim {
        api_key: text("x-bapi-api-key"),
        stamp: text("x-bapi-timestamp"),
        window: text("x-bapi-recv-window"),
        sign: text("x-bapi-sign"),
        payload: String::new(),
    }
}

async fn respond(shell: &BybitShell, scissors: &Scissors, call: &Call) -> Response {
    let (plan, response) = {
        let (mut world, now) = shell.lock();
        let page = call.cursor().map_or(1, |cursor| world.page_of(&cursor));
        let troubles = world.faults.for_page(&call.method, &call.path, page, now);
        let plan = Plan::of(troubles, |_| None);
        let executes = plan.instead.as_ref().is_none_or(|instead| instead.executed);
        let reply = executes.then(|| serve(&mut world, call, now));
        let response = match (&plan.instead, reply) {
            (None, Some(reply)) => Some(finish(&mut world, call, &plan, reply, page, now)),
            _ => None,
        };
        note(&mut world, call, now, &plan, response.as_ref());
        (plan, response)
    };
    if plan.delay > 0 {
        tokio::time::sleep(Duration::from_millis(plan.delay.unsigned_abs())).await;
    }
    match (plan.instead.map(|instead| instead.how), response) {
        (Some(How::Hang), _) => std::future::pending().await,
        (Some(How::Answer { status, content_type, body }), _) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
            (status, [(header::CONTENT_TYPE, content_type)], body).into_response()
        }
        (Some(How::Cut), _) | (None, None) => {
            scissors.cut();
            StatusCode::NO_CONTENT.into_response()
        }
        (None, Some(response)) => response,
    }
}

fn note(world: &mut BybitWorld, call: &Call, now: Ms, plan: &Plan, response: Option<&Response>) {
    let status = match (&plan.instead, response) {
        (Some(Instead { how: How::Answer { status, .. }, .. }), _) => *status,
        (_, Some(response)) => response.status().as_u16(),
        _ => 0,
    };
    let mut params = call.query.clone();
    if !call.body.is_empty() {
        params = format!("{params}|{}", call.body);
    }
    let endpoint = format!("{} {}", call.method, call.path);
    world.requests.note(Noted { at: now, endpoint, status, params });
}

fn finish(
    world: &mut BybitWorld,
    call: &Call,
    plan: &Plan,
    reply: Reply,
    page: u32,
    now: Ms,
) -> Response {
    let mut body = reply.body;
    if reply.code == 0 {
        for trouble in &plan.spoils {
            body = spoil(world, trouble, call, body);
        }
        world.note_cursor(&body, page);
    }
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::BAD_GATEWAY);
    let mut response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
        .header("Timenow", now)
        .header("Ret_code", reply.code)
        .header("Traceid", world.rng.text(32).to_ascii_lowercase());
    if let Some(told) = reply.told {
        response = response
            .header("X-Bapi-Limit", told.limit)
            .header("X-Bapi-Limit-Status", told.left)
            .header("X-Bapi-Limit-Reset-Timestamp", told.reset);
    }
    response.body(Body::from(body)).unwrap_or_else(|_| StatusCode::BAD_GATEWAY.into_response())
}
