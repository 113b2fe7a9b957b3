//! What becomes of a Binance request or stream: lets the faults have their way, then answers.
//!
//! Not here: how bytes travel (`door.rs`, `talk.rs`, `inside.rs`). Door: [`Wired`] for [`World`].

use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use crate::sim::binance::auth::Key;
use crate::sim::binance::call::Call;
use crate::sim::binance::errors::Failure;
use crate::sim::binance::mangle::spoil;
use crate::sim::binance::routes::{Reply, serve};
use crate::sim::binance::sockets::Address;
use crate::sim::faults::{Faults, Trouble};
use crate::sim::frame::{Frame, Route};
use crate::sim::memory::Request as Noted;
use crate::sim::numbers::Ms;
use crate::sim::plan::{How, Instead, Plan};
use crate::sim::wired::{Answer, Asked, Out, What, Wired};
use crate::sim::world::World;

impl Wired for World {
    type Address = Address;
    const SOONEST: Duration = Duration::ZERO;

    fn own_key(&self) -> (String, String) {
        let secret = |key: &Key| Some((key.api_key.clone(), key.proof.secret()?.to_owned()));
        self.keys.iter().find_map(secret).unwrap_or_default()
    }

    fn answer(&mut self, asked: &Asked<'_>, now: Ms) -> Answer {
        let key = (asked.header)("x-mbx-apikey");
        let call = Call::new(asked.method, asked.path, asked.query, asked.body, key);
        let troubles = self.faults.for_page(&call.method, &call.path, 1, now);
        let Plan { delay, instead, spoils } =
            Plan::of(troubles, |trouble| throttled(trouble, &call));
        let what = match instead {
            Some(Instead { executed, how }) => {
                if executed {
                    serve(self, &call, now);
                }
                What::from(how)
            }
            None => {
                let reply = serve(self, &call, now);
                finish(self, &call, &spoils, reply)
            }
        };
        note(self, &call, now, what.status());
        Answer { after: delay, what }
    }

    fn address(&self, path: &str, query: &str) -> Option<Address> {
        Address::parse(path, query, self.ways.old_user_stream)
    }

    fn faults(&mut self) -> &mut Faults {
        &mut self.faults
    }

    fn join(&mut self, address: Address, out: UnboundedSender<Out>, mute: bool, now: Ms) -> u64 {
        let id = self.sockets.add(address, out, now - self.skew);
        if mute {
            self.sockets.mute(|open, _| open == id);
        }
        id
    }

    fn hear(&mut self, id: u64, text: &str, now: Ms) {
        // The answers of a socket go on while its events are silent, unless all is.
        if !self.is_dead(now) {
            self.sockets.command(id, text, now);
        }
    }

    fn ponged(&mut self, id: u64, now: Ms) {
        self.sockets.ponged(id, now - self.skew);
    }

    fn pinged(&mut self, id: u64) {
        self.sockets.pinged(id);
    }

    fn leave(&mut self, id: u64) {
        self.sockets.remove(id);
    }
}

impl World {
    /// Whether a silence keeps back what no event is: answers and pings.
    pub(crate) fn is_dead(&self, now: Ms) -> bool {
        let (stream, body) = (String::new(), String::new());
        let answer = Frame { route: Route::Public, stream, event: "answer", body };
        self.faults.mutes(&answer, now)
    }
}

fn note(world: &mut World, call: &Call, now: Ms, status: u16) {
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

fn finish(world: &World, call: &Call, spoils: &[Trouble], reply: Reply) -> What {
    let mut body = reply.body;
    if reply.status == 200 {
        for trouble in spoils {
            body = spoil(world, trouble, &call.path, body);
        }
    }
    let mut headers = vec![("content-type", "application/json".to_owned())];
    if call.path.starts_with("/fapi/") {
        let hidden = world.ways.no_order_weight && call.path.contains("rder");
        let weight = if hidden { "-1".to_owned() } else { reply.used.weight.to_string() };
        headers.push(("x-mbx-used-weight-1m", weight));
    }
    if reply.counts_orders {
        headers.push(("x-mbx-order-count-10s", reply.used.orders_10s.to_string()));
        headers.push(("x-mbx-order-count-1m", reply.used.orders_1m.to_string()));
    }
    What::Reply { status: reply.status, headers, body }
}
