//! What becomes of a Bybit request or stream: lets the faults have their way, then answers.
//!
//! Not here: how bytes travel (`door.rs`, `talk.rs`, `inside.rs`), what a message changes
//! (`hear.rs`). Door: [`Wired`] for [`BybitWorld`].

use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use crate::sim::bybit::auth::{Claim, Key};
use crate::sim::bybit::call::Call;
use crate::sim::bybit::mangle::spoil;
use crate::sim::bybit::routes::{Reply, serve};
use crate::sim::bybit::sockets::Address;
use crate::sim::bybit::world::BybitWorld;
use crate::sim::faults::{Faults, Trouble};
use crate::sim::memory::Request as Noted;
use crate::sim::numbers::Ms;
use crate::sim::plan::{Instead, Plan};
use crate::sim::wired::{Answer, Asked, Out, What, Wired};

impl Wired for BybitWorld {
    type Address = Address;
    /// No real venue answers sooner, and the official Python client notes what it asked only after
    /// it has sent it: an answer within that moment ends its socket.
    const SOONEST: Duration = Duration::from_millis(5);

    fn own_key(&self) -> (String, String) {
        let secret = |key: &Key| Some((key.api_key.clone(), key.proof.secret()?.to_owned()));
        self.keys.iter().find_map(secret).unwrap_or_default()
    }

    fn answer(&mut self, asked: &Asked<'_>, now: Ms) -> Answer {
        let claim = claim(asked);
        let call = Call::new(asked.method, asked.path, asked.query, asked.body, claim);
        let page = call.cursor().map_or(1, |cursor| self.page_of(&cursor));
        let troubles = self.faults.for_page(&call.method, &call.path, page, now);
        let Plan { delay, instead, spoils } = Plan::of(troubles, |_| None);
        let short = spoils.iter().find_map(|spoil| match spoil {
            Trouble::ShortPage(rows) => Some(*rows),
            _ => None,
        });
        let call = match short {
            Some(rows) => call.shortened(rows),
            None => call,
        };
        let what = match instead {
            Some(Instead { executed, how }) => {
                if executed {
                    serve(self, &call, now);
                }
                What::from(how)
            }
            None => {
                let reply = serve(self, &call, now);
                finish(self, &call, &spoils, reply, page, now)
            }
        };
        note(self, &call, now, what.status());
        Answer { after: delay, what }
    }

    fn address(&self, path: &str, query: &str) -> Option<Address> {
        Address::parse(path, query)
    }

    fn faults(&mut self) -> &mut Faults {
        &mut self.faults
    }

    fn join(&mut self, address: Address, out: UnboundedSender<Out>, mute: bool, now: Ms) -> u64 {
        let id = Self::join(self, address, out, now);
        if mute {
            self.sockets.mute(|open, _| open == id);
        }
        id
    }

    fn hear(&mut self, id: u64, text: &str, now: Ms) {
        Self::hear(self, id, text, now);
    }

    /// The venue sends no protocol pings of its own. Source: bybit 4.1.
    fn ponged(&mut self, _: u64, _: Ms) {}

    fn pinged(&mut self, id: u64) {
        self.sockets.pinged(id);
    }

    fn leave(&mut self, id: u64) {
        self.sockets.remove(id);
    }
}

fn claim(asked: &Asked<'_>) -> Claim {
    Claim {
        api_key: (asked.header)("x-bapi-api-key"),
        stamp: (asked.header)("x-bapi-timestamp"),
        window: (asked.header)("x-bapi-recv-window"),
        sign: (asked.header)("x-bapi-sign"),
        payload: String::new(),
    }
}

fn note(world: &mut BybitWorld, call: &Call, now: Ms, status: u16) {
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
    spoils: &[Trouble],
    reply: Reply,
    page: u32,
    now: Ms,
) -> What {
    let mut body = reply.body;
    if reply.code == 0 {
        for trouble in spoils {
            body = spoil(world, trouble, call, body);
        }
        world.note_cursor(&body, page);
    }
    let mut headers = vec![
        ("content-type", "application/json; charset=utf-8".to_owned()),
        ("timenow", now.to_string()),
        ("ret_code", reply.code.to_string()),
        ("traceid", world.rng.text(32).to_ascii_lowercase()),
    ];
    if let Some(told) = reply.told {
        headers.push(("x-bapi-limit", told.limit.to_string()));
        headers.push(("x-bapi-limit-status", told.left.to_string()));
        headers.push(("x-bapi-limit-reset-timestamp", told.reset.to_string()));
    }
    What::Reply { status: reply.status, headers, body }
}
