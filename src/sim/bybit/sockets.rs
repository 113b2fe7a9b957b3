//! Who listens to what on the Bybit side: open sockets, their topics, and when they end.
//!
//! Not here: what is said to a client (`dialect.rs`) and how bytes travel (`talk.rs`).
//! Door: [`Sockets::add`], [`Sockets::hear`], [`Sockets::deliver`], [`Sockets::sweep`].

use std::collections::{BTreeMap, BTreeSet};

use tokio::sync::mpsc::UnboundedSender;

use crate::sim::bybit::dialect::{Reply, Talker, Venue, answer};
use crate::sim::frame::{Frame, Route};
use crate::sim::numbers::Ms;
use crate::sim::wired::Out;

/// How long a socket may be idle unless its address says otherwise. Source: bybit 4.1.
const USUAL_PATIENCE: Ms = 600_000;
/// The shortest and the longest patience an address may ask for.
const PATIENCE: std::ops::RangeInclusive<Ms> = 30_000..=600_000;
/// How often idle sockets are looked for; the end comes up to this much late.
const SWEEP: Ms = 30_000;

/// What a client asked for by its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    route: Route,
    patience: Ms,
}

impl Address {
    /// Reads `/v5/public/linear` and `/v5/private?max_active_time=1m`.
    pub fn parse(path: &str, query: &str) -> Option<Self> {
        let route = match path {
            "/v5/public/linear" => Route::Public,
            "/v5/private" => Route::Private,
            _ => return None,
        };
        let mut patience = USUAL_PATIENCE;
        if route == Route::Private {
            for pair in query.split('&') {
                if let Some(("max_active_time", value)) = pair.split_once('=') {
                    patience = span(value).filter(|ms| PATIENCE.contains(ms)).unwrap_or(patience);
                }
            }
        }
        Some(Self { route, patience })
    }
}

/// `30s` or `2m` in milliseconds.
fn span(text: &str) -> Option<Ms> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let number: Ms = number.parse().ok()?;
    match unit {
        "s" => number.checked_mul(1000),
        "m" => number.checked_mul(60_000),
        _ => None,
    }
}

/// One open socket.
#[derive(Clone, Debug)]
struct Socket {
    talker: Talker,
    patience: Ms,
    /// When something was last sent to it, which any ping of its client brings about.
    active: Ms,
    is_mute: bool,
    out: UnboundedSender<Out>,
}

impl Socket {
    fn send(&mut self, text: String, now: Ms) {
        self.active = now;
        if !self.is_mute {
            let _ = self.out.send(Out::Text(text));
        }
    }
}

/// All open sockets.
#[derive(Debug, Default)]
pub struct Sockets {
    open: BTreeMap<u64, Socket>,
    last: u64,
    swept: Ms,
}

impl Sockets {
    /// A new socket; answers its number.
    pub fn add(
        &mut self,
        address: Address,
        conn_id: String,
        out: UnboundedSender<Out>,
        now: Ms,
    ) -> u64 {
        self.last += 1;
        let Address { route, patience } = address;
        let talker = Talker { route, conn_id, is_proven: false, topics: BTreeSet::new() };
        self.open.insert(self.last, Socket { talker, patience, active: now, is_mute: false, out });
        self.last
    }

    /// A socket is gone.
    pub fn remove(&mut self, id: u64) {
        self.open.remove(&id);
    }

    /// How many are open on a route.
    pub fn count(&self, route: Route) -> usize {
        self.open.values().filter(|socket| socket.talker.route == route).count()
    }

    /// The route of a socket.
    pub fn route(&self, id: u64) -> Option<Route> {
        self.open.get(&id).map(|socket| socket.talker.route)
    }

    /// Ends every socket of a route, or all; `hard` without a close frame.
    pub fn kick(&mut self, route: Option<Route>, hard: bool) -> usize {
        let meant = |socket: &Socket| route.is_none_or(|route| socket.talker.route == route);
        self.end(meant, if hard { Out::Cut } else { Out::Close })
    }

    /// Sockets that are meant never say anything again, and stay open.
    pub fn mute(&mut self, meant: impl Fn(u64, Route) -> bool) -> usize {
        let open = self.open.iter_mut().filter(|(id, socket)| meant(**id, socket.talker.route));
        open.map(|(_, socket)| {
            socket.is_mute = true;
            let _ = socket.out.send(Out::Mute);
        })
        .count()
    }

    /// A client pings the protocol's way, which is no sign of life. Source: bybit 4.1.
    pub fn pinged(&self, id: u64) {
        if let Some(socket) = self.open.get(&id).filter(|socket| !socket.is_mute) {
            let _ = socket.out.send(Out::Pong);
        }
    }

    /// When idle sockets are looked for next.
    pub fn due(&self) -> Option<Ms> {
        (!self.open.is_empty()).then_some(self.swept + SWEEP)
    }

    /// Ends sockets on which nothing was sent for as long as they may be idle.
    pub fn sweep(&mut self, now: Ms) -> usize {
        if (self.swept..self.swept + SWEEP).contains(&now) {
            return 0;
        }
        self.swept = now;
        self.end(|socket| now - socket.active >= socket.patience, Out::Close)
    }

    fn end(&mut self, meant: impl Fn(&Socket) -> bool, how: Out) -> usize {
        let before = self.open.len();
        self.open.retain(|_, socket| {
            let over = meant(socket);
            if over {
                let _ = socket.out.send(how.clone());
            }
            !over
        });
        before - self.open.len()
    }

    /// Whether anybody would get a topic.
    pub fn wants(&self, topic: &str) -> bool {
        self.open.values().any(|socket| socket.talker.topics.contains(topic))
    }

    /// A client message is read and answered; answers the topics it now gets for the first time.
    pub fn hear(&mut self, id: u64, text: &str, venue: &Venue<'_>) -> Vec<String> {
        let heard = self.open.get_mut(&id).filter(|socket| !socket.is_mute);
        let Some(socket) = heard else { return Vec::new() };
        let Reply { text, fresh } = answer(&mut socket.talker, text, venue);
        socket.send(text, venue.now);
        fresh
    }

    /// Hands a text to one socket.
    pub fn send(&mut self, id: u64, text: String, now: Ms) {
        if let Some(socket) = self.open.get_mut(&id) {
            socket.send(text, now);
        }
    }

    /// Hands a frame to everybody who subscribed its topic, in the general form or the one of its
    /// category, under the name it was subscribed by.
    pub fn deliver(&mut self, frame: &Frame, now: Ms) {
        let own = format!("{}.linear", frame.stream);
        for socket in self.open.values_mut().filter(|open| open.talker.route == frame.route) {
            if socket.talker.topics.contains(&frame.stream) {
                socket.send(frame.body.clone(), now);
            }
            if frame.route == Route::Private && socket.talker.topics.contains(&own) {
                let general = format!(r#""topic":"{}""#, frame.stream);
                let named = format!(r#""topic":"{own}""#);
                socket.send(frame.body.replacen(&general, &named, 1), now);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::sync::mpsc::{UnboundedReceiver, error::TryRecvError, unbounded_channel};

    fn join(sockets: &mut Sockets, path: &str, query: &str) -> (u64, UnboundedReceiver<Out>) {
        let (out, inbox) = unbounded_channel();
        let address = Address::parse(path, query).unwrap();
        (sockets.add(address, "c".to_owned(), out, 0), inbox)
    }

    fn say(sockets: &mut Sockets, id: u64, text: &str, now: Ms) -> Vec<String> {
        let yes = |_: &str| true;
        let proves = |_: &str, _: &str, _: &str| true;
        sockets.hear(id, text, &Venue { lists: &yes, proves: &proves, now })
    }

    #[test]
    fn an_address_names_its_route_and_its_patience() {
        let patience = |query| Address::parse("/v5/private", query).map(|found| found.patience);
        assert_eq!(patience(""), Some(600_000));
        assert_eq!(patience("a=1&max_active_time=30s"), Some(30_000));
        assert_eq!(patience("max_active_time=2m"), Some(120_000));
        assert_eq!(patience("max_active_time=29s"), Some(600_000));
        assert_eq!(patience("max_active_time=m"), Some(600_000));
        assert_eq!(Address::parse("/v5/public/spot", ""), None);
        let public = Address::parse("/v5/public/linear", "max_active_time=30s").unwrap();
        assert_eq!((public.route, public.patience), (Route::Public, 600_000));
    }

    #[test]
    fn an_idle_socket_ends_at_the_next_look_and_a_ping_keeps_it() {
        let mut sockets = Sockets::default();
        let (_, mut idle) = join(&mut sockets, "/v5/private", "max_active_time=30s");
        let (pinging, mut kept) = join(&mut sockets, "/v5/private", "max_active_time=30s");
        let (_, mut usual) = join(&mut sockets, "/v5/public/linear", "");
        sockets.sweep(0);
        assert_eq!((sockets.sweep(29_999), idle.try_recv()), (0, Err(TryRecvError::Empty)));
        say(&mut sockets, pinging, r#"{"op":"ping"}"#, 29_999);
        assert_eq!((sockets.sweep(30_000), idle.try_recv()), (1, Ok(Out::Close)));
        assert!(matches!(kept.try_recv(), Ok(Out::Text(_))));
        assert_eq!(sockets.sweep(59_999), 0, "looks come every thirty seconds");
        assert_eq!((sockets.sweep(60_000), kept.try_recv()), (1, Ok(Out::Close)));
        assert_eq!((sockets.sweep(600_000), usual.try_recv()), (1, Ok(Out::Close)));
    }

    #[test]
    fn a_frame_goes_out_under_the_name_it_was_subscribed_by() {
        let mut sockets = Sockets::default();
        let (id, mut inbox) = join(&mut sockets, "/v5/private", "");
        let far = "9999999999999";
        say(&mut sockets, id, &format!(r#"{{"op":"auth","args":["k",{far},"s"]}}"#), 0);
        let own = r#"{"op":"subscribe","args":["order.linear","position"]}"#;
        say(&mut sockets, id, own, 0);
        (0..2).for_each(|_| drop(inbox.try_recv()));
        for topic in ["order", "position", "wallet"] {
            let body = format!(r#"{{"topic":"{topic}","data":[]}}"#);
            let (route, stream) = (Route::Private, topic.to_owned());
            sockets.deliver(&Frame { route, stream, event: "x", body }, 0);
        }
        let first = Out::Text(r#"{"topic":"order.linear","data":[]}"#.to_owned());
        let second = Out::Text(r#"{"topic":"position","data":[]}"#.to_owned());
        assert_eq!((inbox.try_recv(), inbox.try_recv()), (Ok(first), Ok(second)));
        assert_eq!(inbox.try_recv(), Err(TryRecvError::Empty));
        assert_eq!(sockets.kick(Some(Route::Private), true), 1);
        assert_eq!(inbox.try_recv(), Ok(Out::Cut));
    }
}
