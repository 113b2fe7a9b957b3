//! Who listens to what: open sockets, their routes, streams and listenKeys.
//!
//! Keeps the venue's silences: a stream on the wrong route, an unknown name, a dead key and the
//! path form of the private stream are all accepted and never deliver.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;

use crate::sim::binance::call::pairs;
use crate::sim::frame::{Frame, Route};
use crate::sim::json::{Json, list, object};
use crate::sim::numbers::Ms;
use crate::sim::wired::Out;

/// Client messages a second before the socket is closed.
const TALKATIVE: u32 = 10;

/// How often a socket is pinged, how long it may leave that unanswered, and how long it lives.
const PING_EVERY: Ms = 180_000;
const PONG_WITHIN: Ms = 600_000;
const LONGEST: Ms = 24 * 3_600_000;

#[derive(Clone, Debug)]
struct Listen {
    key: String,
    events: Option<BTreeSet<String>>,
}

/// One open socket.
#[derive(Clone, Debug)]
struct Socket {
    route: Route,
    combined: bool,
    streams: BTreeSet<String>,
    listens: Vec<Listen>,
    out: UnboundedSender<Out>,
    said: (Ms, u32),
    /// When it opened, was last pinged and last answered that, on the machine's clock: a skew of
    /// the exchange's clock ends no socket.
    opened: Ms,
    pinged: Ms,
    ponged: Ms,
    is_mute: bool,
}

/// What a client asked for by its address.
#[derive(Clone, Debug)]
pub struct Address {
    route: Route,
    combined: bool,
    streams: BTreeSet<String>,
    listens: Vec<Listen>,
}

impl Address {
    /// Reads `/private/ws?listenKey=…`, `/market/stream?streams=a/b`, `/ws/btcusdt@bookTicker`, …
    pub fn parse(path: &str, query: &str, old_user_stream: bool) -> Option<Self> {
        let mut parts = path.trim_start_matches('/').splitn(3, '/').peekable();
        let route = match *parts.peek()? {
            "public" => Route::Public,
            "market" => Route::Market,
            "private" => Route::Private,
            _ => Route::Legacy,
        };
        let rest: Vec<&str> = if route == Route::Legacy {
            path.trim_start_matches('/').splitn(2, '/').collect()
        } else {
            parts.skip(1).collect()
        };
        let combined = match *rest.first()? {
            "ws" => false,
            "stream" => true,
            _ => return None,
        };
        let tail = rest.get(1).copied().unwrap_or_default();
        let mut named: Vec<String> = split_names(&plain_path(tail));
        let mut listens: Vec<Listen> = Vec::new();
        if route == Route::Legacy && old_user_stream {
            listens.extend(named.iter().map(|key| Listen { key: key.clone(), events: None }));
        }
        for (name, value) in pairs(query) {
            match name.as_str() {
                "streams" => named.extend(split_names(&value)),
                "listenKey" => listens.push(Listen { key: value, events: None }),
                "events" => {
                    let events = value.split('/').map(str::to_owned).collect();
                    if let Some(last) = listens.last_mut() {
                        last.events = Some(events);
                    }
                }
                _ => {}
            }
        }
        Some(Self { route, combined, streams: named.into_iter().collect(), listens })
    }
}

fn plain_path(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn split_names(text: &str) -> Vec<String> {
    text.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// All open sockets.
#[derive(Debug, Default)]
pub struct Sockets {
    open: BTreeMap<u64, Socket>,
    last: u64,
}

impl Sockets {
    /// A new socket; answers its number.
    pub fn add(&mut self, address: Address, out: UnboundedSender<Out>, at: Ms) -> u64 {
        self.last += 1;
        let Address { route, combined, streams, listens } = address;
        let (said, opened, pinged, ponged, is_mute) = ((0, 0), at, at, at, false);
        let socket = Socket {
            route,
            combined,
            streams,
            listens,
            out,
            said,
            opened,
            pinged,
            ponged,
            is_mute,
        };
        self.open.insert(self.last, socket);
        self.last
    }

    /// A socket is gone.
    pub fn remove(&mut self, id: u64) {
        self.open.remove(&id);
    }

    /// How many are open, by route.
    pub fn count(&self, route: Route) -> usize {
        self.open.values().filter(|socket| socket.route == route).count()
    }

    /// Ends every socket of a route, or all; `hard` without a close frame.
    pub fn kick(&mut self, route: Option<Route>, hard: bool) -> usize {
        let how = if hard { Out::Cut } else { Out::Close };
        self.end(|socket| route.is_none_or(|route| socket.route == route).then(|| how.clone()))
    }

    fn end(&mut self, how: impl Fn(&Socket) -> Option<Out>) -> usize {
        let before = self.open.len();
        self.open.retain(|_, socket| match how(socket) {
            Some(end) => {
                let _ = socket.out.send(end);
                false
            }
            None => true,
        });
        before - self.open.len()
    }

    /// Sockets that are meant never say anything again, and stay open.
    pub fn mute(&mut self, meant: impl Fn(u64, Route) -> bool) -> usize {
        let open = self.open.iter_mut().filter(|(id, socket)| meant(**id, socket.route));
        open.map(|(_, socket)| {
            socket.is_mute = true;
            let _ = socket.out.send(Out::Mute);
        })
        .count()
    }

    /// What time brings a socket: pings, the end of one that does not answer them, the end of a
    /// day. `quiet` keeps the pings back.
    pub fn sweep(&mut self, at: Ms, quiet: bool) {
        for socket in self.open.values_mut().filter(|socket| at - socket.pinged >= PING_EVERY) {
            socket.pinged = at;
            if !quiet && !socket.is_mute {
                let _ = socket.out.send(Out::Ping(at.to_string()));
            }
        }
        self.end(|socket| {
            let unanswered = (at - socket.ponged >= PONG_WITHIN).then_some(Out::Cut);
            unanswered.or_else(|| (at - socket.opened >= LONGEST).then_some(Out::Close))
        });
    }

    /// When [`Sockets::sweep`] has something to do next.
    pub fn due(&self) -> Option<Ms> {
        let next = |socket: &Socket| {
            (socket.pinged + PING_EVERY)
                .min(socket.ponged + PONG_WITHIN)
                .min(socket.opened + LONGEST)
        };
        self.open.values().map(next).min()
    }

    /// A client answered a ping.
    pub fn ponged(&mut self, id: u64, at: Ms) {
        if let Some(socket) = self.open.get_mut(&id) {
            socket.ponged = at;
        }
    }

    /// A client pings.
    pub fn pinged(&self, id: u64) {
        if let Some(socket) = self.open.get(&id).filter(|socket| !socket.is_mute) {
            let _ = socket.out.send(Out::Pong);
        }
    }

    /// Whether anybody would get a stream.
    pub fn wants(&self, stream: &str) -> bool {
        self.open.values().any(|socket| socket.streams.contains(stream))
    }

    /// Hands a frame to everybody who gets it; `key` is the living listenKey.
    pub fn deliver(&self, frame: &Frame, key: Option<&str>) {
        for socket in self.open.values() {
            if frame.route == Route::Private {
                let Some(key) = key else { continue };
                for listen in socket.listens.iter().filter(|listen| listen.key == key) {
                    let named = |events: &BTreeSet<String>| events.contains(frame.event);
                    if listen.events.as_ref().is_none_or(named) {
                        socket.send(key, &frame.body);
                    }
                }
            } else if socket.carries(frame.route) && socket.streams.contains(&frame.stream) {
                socket.send(&frame.stream, &frame.body);
            }
        }
    }

    /// A client message and its answer, or the end when the socket talks too much.
    pub fn command(&mut self, id: u64, text: &str, now: Ms) {
        let Some(socket) = self.open.get_mut(&id).filter(|socket| !socket.is_mute) else { return };
        let second = now - now.rem_euclid(1000);
        socket.said =
            if socket.said.0 == second { (second, socket.said.1 + 1) } else { (second, 1) };
        if socket.said.1 > TALKATIVE {
            let _ = socket.out.send(Out::Cut);
            self.open.remove(&id);
            return;
        }
        let answer = socket.answer(text).0;
        let _ = socket.out.send(Out::Text(answer));
    }
}

impl Socket {
    fn carries(&self, route: Route) -> bool {
        self.route == route || (self.route == Route::Legacy && route == Route::Public)
    }

    fn send(&self, stream: &str, body: &str) {
        if self.is_mute {
            return;
        }
        let text = if self.combined {
            object! { "stream": stream, "data": Json(body.to_owned()) }.0
        } else {
            body.to_owned()
        };
        let _ = self.out.send(Out::Text(text));
    }

    fn answer(&mut self, text: &str) -> Json {
        let message: Value = match serde_json::from_str(text) {
            Ok(message) => message,
            Err(error) => {
                return object! { "code": 3, "msg": format!("Invalid JSON: {error}") };
            }
        };
        let id = match message.get("id") {
            Some(Value::Number(number)) if number.is_u64() => Json(number.to_string()),
            Some(Value::String(text)) => Json(Value::from(text.as_str()).to_string()),
            None | Some(Value::Null) => Json("null".to_owned()),
            Some(_) => {
                let msg = "Invalid request: request ID must be an unsigned integer";
                return object! { "code": 2, "msg": msg };
            }
        };
        let params: Vec<String> = message
            .get("params")
            .and_then(Value::as_array)
            .map(|list| list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
            .unwrap_or_default();
        let result = match message.get("method").and_then(Value::as_str).unwrap_or_default() {
            "SUBSCRIBE" => self.subscribe(params),
            "UNSUBSCRIBE" => {
                self.streams.retain(|stream| !params.contains(stream));
                self.listens.retain(|listen| !params.contains(&listen.key));
                Json("null".to_owned())
            }
            "LIST_SUBSCRIPTIONS" => list(self.streams.iter()),
            "SET_PROPERTY" => {
                let wanted = message.get("params").and_then(|params| params.get(1));
                self.combined = wanted.and_then(Value::as_bool).unwrap_or(self.combined);
                Json("null".to_owned())
            }
            "GET_PROPERTY" => Json(self.combined.to_string()),
            other => {
                let msg = format!("Invalid request: unknown variant `{other}`");
                return object! { "code": 2, "msg": msg };
            }
        };
        object! { "result": result, "id": id }
    }

    fn subscribe(&mut self, params: Vec<String>) -> Json {
        for name in params {
            if self.route == Route::Private {
                self.listens.push(Listen { key: name.clone(), events: None });
            }
            self.streams.insert(name);
        }
        Json("null".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

    fn join(sockets: &mut Sockets, path: &str, query: &str) -> UnboundedReceiver<Out> {
        let (out, inbox) = unbounded_channel();
        sockets.add(Address::parse(path, query, false).unwrap(), out, 0);
        inbox
    }

    fn frame(route: Route, stream: &str, event: &'static str) -> Frame {
        Frame { route, stream: stream.to_owned(), event, body: "{}".to_owned() }
    }

    #[test]
    fn the_wrong_route_is_silent_and_the_right_one_is_not() {
        let mut sockets = Sockets::default();
        let mut wrong = join(&mut sockets, "/public/ws/btcusdt@markPrice@1s", "");
        let mut old = join(&mut sockets, "/ws/btcusdt@markPrice@1s", "");
        let mut right = join(&mut sockets, "/market/stream", "streams=btcusdt@markPrice@1s/x");
        let mark = frame(Route::Market, "btcusdt@markPrice@1s", "markPriceUpdate");
        sockets.deliver(&mark, None);
        let wrapped = r#"{"stream":"btcusdt@markPrice@1s","data":{}}"#.to_owned();
        assert_eq!(right.try_recv(), Ok(Out::Text(wrapped)));
        assert!(wrong.try_recv().is_err() && old.try_recv().is_err());
    }

    #[test]
    fn events_is_an_allow_list_and_a_dead_key_hears_nothing() {
        let mut sockets = Sockets::default();
        let mut some =
            join(&mut sockets, "/private/ws", "listenKey=k&events=ORDER_TRADE_UPDATE/ALGO_UPDATE");
        let mut every = join(&mut sockets, "/private/ws", "listenKey=k");
        let mut dead = join(&mut sockets, "/private/ws", "listenKey=old");
        let mut path = join(&mut sockets, "/private/ws/k", "");
        sockets.deliver(&frame(Route::Private, "", "listenKeyExpired"), Some("k"));
        assert!(every.try_recv().is_ok() && some.try_recv().is_err());
        sockets.deliver(&frame(Route::Private, "", "ALGO_UPDATE"), Some("k"));
        assert!(some.try_recv().is_ok());
        assert!(dead.try_recv().is_err() && path.try_recv().is_err());
    }
}
