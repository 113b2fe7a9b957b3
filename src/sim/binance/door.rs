//! The HTTP door: reads a request, lets the faults have their way, answers.
//!
//! Everything arrives at one function, as on the venue: what is no endpoint is an unknown path,
//! what asks for a WebSocket becomes one.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::sim::binance::call::Call;
use crate::sim::binance::errors::Failure;
use crate::sim::binance::listener::Scissors;
use crate::sim::binance::mangle::spoil;
use crate::sim::binance::routes::{Reply, serve};
use crate::sim::binance::sockets::Address;
use crate::sim::binance::talk::talk;
use crate::sim::faults::Trouble;
use crate::sim::memory::Request as Noted;
use crate::sim::numbers::Ms;
use crate::sim::plan::{How, Instead, Plan};
use crate::sim::shell::Shell;
use crate::sim::world::World;

const LARGEST_BODY: usize = 1 << 20;

/// Serves REST and streams.
pub fn router(shell: Arc<Shell>) -> Router {
    Router::new().fallback(answer).with_state(shell)
}

async fn answer(
    State(shell): State<Arc<Shell>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let (path, query) = (parts.uri.path().to_owned(), parts.uri.query().unwrap_or("").to_owned());
    let upgrades = parts.headers.contains_key(header::UPGRADE);
    if upgrades && let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut parts, &()).await {
        let old_user_stream = shell.lock().0.ways.old_user_stream;
        let Some(address) = Address::parse(&path, &query, old_user_stream) else {
            return StatusCode::NOT_FOUND.into_response();
        };
        return upgrade.on_upgrade(move |socket| talk(socket, shell, address));
    }
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let body = String::from_utf8_lossy(&body).into_owned();
    let key = api_key(&parts.headers);
    let call = Call::new(parts.method.as_str(), &path, &query, &body, key);
    respond(&shell, &scissors, &call).await
}

fn api_key(headers: &HeaderMap) -> Option<String> {
    headers.get("x-mbx-apikey").and_then(|value| value.to_str().ok()).map(str::to_owned)
}

async fn respond(shell: &Shell, scissors: &Scissors, call: &Call) -> Response {
    let (plan, response) = {
        let (mut world, now) = shell.lock();
        let troubles = world.faults.for_page(&call.method, &call.path, 1, now);
        let plan = Plan::of(troubles, |trouble| throttled(trouble, call));
        let executes = plan.instead.as_ref().is_none_or(|instead| instead.executed);
        let reply = executes.then(|| serve(&mut world, call, now));
        let response = match (&plan.instead, reply) {
            (None, Some(reply)) => Some(finish(&mut world, call, &plan, reply)),
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

fn note(world: &mut World, call: &Call, now: Ms, plan: &Plan, response: Option<&Response>) {
    let status = match (&plan.instead, response) {
        (Some(Instead { how: How::Answer { status, .. }, .. }), _) => *status,
        (_, Some(response)) => response.status().as_u16(),
        _ => 0,
    };
    let mut params = call.query.clone();
    if !call.body.is_empty() {
        params = format!("{params}|{}", call.body);
    }
    if let Some(at) = params.find("signature=") {
        params.truncate(at);
    }
    let endpoint = format!("{} {}", call.method, call.path);
    world.requests.note(Noted { at: now, endpoint, status, params });
}

/// The one trouble that only this venue knows.
fn throttled(trouble: &Trouble, call: &Call) -> Option<Instead> {
    if *trouble != Trouble::Throttle || is_exempt(call) {
        return None;
    }
    let failure = Failure::of(-1008);
    let (status, body) = (failure.status, failure.body().0);
    let how = How::Answer { status, content_type: "application/json".to_owned(), body };
    Some(Instead { executed: false, how })
}

/// The system-level protection lets through what reduces, and cancels.
fn is_exempt(call: &Call) -> bool {
    let says = |name: &str, value: &str| call.get(name) == Some(value);
    call.method == "DELETE"
        || says("reduceOnly", "true")
        || says("closePosition", "true")
        || (says("positionSide", "LONG") && says("side", "SELL"))
        || (says("positionSide", "SHORT") && says("side", "BUY"))
}

fn finish(world: &mut World, call: &Call, plan: &Plan, reply: Reply) -> Response {
    let mut body = reply.body;
    if reply.status == 200 {
        for trouble in &plan.spoils {
            body = spoil(world, trouble, &call.path, body);
        }
    }
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::BAD_GATEWAY);
    let mut response =
        Response::builder().status(status).header(header::CONTENT_TYPE, "application/json");
    if call.path.starts_with("/fapi/") {
        let hidden = world.ways.no_order_weight && call.path.contains("rder");
        let weight = if hidden { "-1".to_owned() } else { reply.used.weight.to_string() };
        response = response.header("x-mbx-used-weight-1m", weight);
    }
    if reply.counts_orders {
        response = response
            .header("x-mbx-order-count-10s", reply.used.orders_10s)
            .header("x-mbx-order-count-1m", reply.used.orders_1m);
    }
    response.body(Body::from(body)).unwrap_or_else(|_| StatusCode::BAD_GATEWAY.into_response())
}
