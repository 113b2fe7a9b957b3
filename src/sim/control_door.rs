//! The control verbs over HTTP.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::sim::control::Control;
use crate::sim::verbs::Told;
use crate::sim::words::Venue;

/// Serves the control door.
pub(crate) fn router(control: Control) -> Router {
    Router::new()
        .route("/control", post(tell))
        .route("/control/state", get(state))
        .route("/control/record", get(record))
        .route("/control/requests", get(requests))
        .fallback(lost)
        .with_state(control)
}

fn answer(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

fn wrong(sentence: &str) -> Response {
    answer(StatusCode::BAD_REQUEST, &json!({ "error": sentence }))
}

async fn tell(State(control): State<Control>, body: Bytes) -> Response {
    let value: Value = match serde_json::from_slice(&body) {
        Ok(value) => value,
        Err(error) => return wrong(&format!("the request is not JSON: {error}")),
    };
    let many = value.is_array();
    let values = match value {
        Value::Array(values) => values,
        one => vec![one],
    };
    // All are read before any is carried out: a misspelt verb changes nothing.
    let verbs: Result<Vec<Told>, String> = values.into_iter().map(Told::read).collect();
    let verbs = match verbs {
        Ok(verbs) => verbs,
        Err(sentence) => return wrong(&sentence),
    };
    let mut made = Vec::new();
    for verb in verbs {
        match control.carry_out(verb) {
            Ok(mut value) => {
                if let Value::Object(fields) = &mut value {
                    fields.insert("ok".to_owned(), Value::Bool(true));
                }
                made.push(value);
            }
            Err(sentence) => return wrong(&sentence),
        }
    }
    let body = if many { Value::Array(made) } else { made.pop().unwrap_or(json!({"ok": true})) };
    answer(StatusCode::OK, &body)
}

#[derive(Deserialize)]
struct Which {
    venue: Option<String>,
    #[serde(default)]
    since: u64,
}

impl Which {
    /// The control of the named venue.
    fn of(&self, control: &Control) -> Result<Control, String> {
        let Some(name) = &self.venue else { return Ok(control.clone()) };
        let venue = Venue::parse(name).ok_or_else(|| format!("there is no venue {name:?}"))?;
        Ok(control.of(venue))
    }
}

fn read(control: &Control, which: &Which, what: impl Fn(&Control) -> Value) -> Response {
    match which.of(control) {
        Ok(control) => answer(StatusCode::OK, &what(&control)),
        Err(sentence) => wrong(&sentence),
    }
}

async fn state(State(control): State<Control>, Query(which): Query<Which>) -> Response {
    read(&control, &which, Control::state)
}

async fn record(State(control): State<Control>, Query(which): Query<Which>) -> Response {
    read(&control, &which, |control| json!(control.record(which.since)))
}

async fn requests(State(control): State<Control>, Query(which): Query<Which>) -> Response {
    read(&control, &which, |control| json!(control.requests()))
}

async fn lost() -> Response {
    let sentence = "the control door has POST /control and GET /control/state, \
                    /control/record?since=N, /control/requests";
    answer(StatusCode::NOT_FOUND, &json!({ "error": sentence }))
}
