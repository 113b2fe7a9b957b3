//! One venue account of the embedded exchange within one process: no sockets, no threads, and a
//! clock that its owner turns. The same seed and the same calls give the same answers and frames.
//!
//! Not here: what is answered (`wired.rs` and the venues' `decide.rs`, which the sockets share),
//! and carrying out delays: the owner waits as long as it is told to.
//! Door: [`Inside::binance`], [`Inside::bybit`].

use std::fmt;
use std::sync::Arc;

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::sim::bybit::world::BybitWorld;
use crate::sim::control::Control;
use crate::sim::exchange::Exchange;
use crate::sim::numbers::Ms;
use crate::sim::opening::Opening;
use crate::sim::shell::{Clock, Shell};
use crate::sim::wired::{Answer, Asked, Out, Wired};
use crate::sim::world::World;

/// One venue account. Cheap to clone; every clone is the same account.
#[derive(Clone, Debug)]
pub struct Inside(Side);

#[derive(Clone, Debug)]
enum Side {
    Binance(Arc<Shell>),
    Bybit(Arc<Shell<BybitWorld>>),
}

impl Inside {
    /// Opens a Binance account. `clock` tells milliseconds since 1970.
    pub fn binance(seed: u64, clock: Clock) -> Self {
        Self(Side::Binance(Arc::new(Shell::<World>::on(clock, seed))))
    }

    /// Opens a Bybit account. `clock` tells milliseconds since 1970.
    pub fn bybit(seed: u64, clock: Clock) -> Self {
        Self(Side::Bybit(Arc::new(Shell::<BybitWorld>::on(clock, seed))))
    }

    /// The HMAC key that may trade, and its secret.
    pub fn api_key(&self) -> (String, String) {
        match &self.0 {
            Side::Binance(shell) => shell.lock().0.own_key(),
            Side::Bybit(shell) => shell.lock().0.own_key(),
        }
    }

    /// Asks something; it is carried out at once, and the answer says when its sender sees it.
    pub fn request(
        &self,
        method: &str,
        path_and_query: &str,
        headers: &[(String, String)],
        body: &str,
    ) -> Answer {
        let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        let header = |name: &str| {
            let found = headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.clone())
        };
        let asked = Asked { method, path, query, body, header: &header };
        match &self.0 {
            Side::Binance(shell) => answer(shell, &asked),
            Side::Bybit(shell) => answer(shell, &asked),
        }
    }

    /// Asks for a stream.
    pub fn connect(&self, path_and_query: &str) -> Knock {
        let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
        match &self.0 {
            Side::Binance(shell) => knock(shell, path, query),
            Side::Bybit(shell) => knock(shell, path, query),
        }
    }

    /// Lets time pass up to the clock's now.
    pub fn pump(&self) {
        match &self.0 {
            Side::Binance(shell) => shell.pump(),
            Side::Bybit(shell) => shell.pump(),
        }
    }

    /// When time brings something next, on its owner's clock; prices walk once a second.
    pub fn next_due(&self) -> Ms {
        match &self.0 {
            Side::Binance(shell) => shell.next_due(),
            Side::Bybit(shell) => shell.next_due(),
        }
    }

    /// The hands behind the counter.
    pub fn control(&self) -> Control {
        match &self.0 {
            Side::Binance(shell) => Control::of_binance(Arc::clone(shell)),
            Side::Bybit(shell) => Control::of_bybit(Arc::clone(shell)),
        }
    }

    /// Looks at market, account and orders without copying them. Nothing of this account may be
    /// called from within.
    pub fn look<R>(&self, look: impl FnOnce(&Exchange) -> R) -> R {
        match &self.0 {
            Side::Binance(shell) => look(&shell.lock().0.exchange),
            Side::Bybit(shell) => look(&shell.lock().0.exchange),
        }
    }
}

fn answer<W: Wired>(shell: &Shell<W>, asked: &Asked<'_>) -> Answer {
    let (mut world, now) = shell.lock();
    world.answer(asked, now)
}

fn knock<W: Wired>(shell: &Arc<Shell<W>>, path: &str, query: &str) -> Knock {
    let opening = {
        let (mut world, now) = shell.lock();
        world.opening(path, query, now)
    };
    match opening {
        Opening::Hang => Knock::Hang,
        Opening::Refused { after, status } => Knock::Refused { after, status },
        Opening::Open { after, address, mute } => {
            let shell = Arc::clone(shell);
            let enter = Box::new(move || {
                let (out, inbox) = unbounded_channel();
                let id = {
                    let (mut world, now) = shell.lock();
                    world.join(address, out, mute, now)
                };
                Line { id, inbox, far: shell }
            });
            Knock::Open { after, entrance: Entrance(enter) }
        }
    }
}

/// What becomes of somebody who asks for a stream.
#[derive(Debug)]
pub enum Knock {
    /// Nothing, for ever.
    Hang,
    /// A refusal.
    Refused {
        /// How long it takes.
        after: Ms,
        /// HTTP status.
        status: u16,
    },
    /// It may be entered.
    Open {
        /// How long that takes; nothing sent before is heard.
        after: Ms,
        /// The way in.
        entrance: Entrance,
    },
}

/// The way into a stream that may be entered.
pub struct Entrance(Box<dyn FnOnce() -> Line + Send>);

impl fmt::Debug for Entrance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Entrance")
    }
}

impl Entrance {
    /// Joins: from now on frames arrive.
    pub fn enter(self) -> Line {
        (self.0)()
    }
}

/// The venue's end of a line.
trait Far: Send + Sync {
    fn hear(&self, id: u64, text: &str);
    fn pinged(&self, id: u64);
    fn ponged(&self, id: u64);
    fn leave(&self, id: u64);
}

impl<W: Wired> Far for Shell<W> {
    fn hear(&self, id: u64, text: &str) {
        let (mut world, now) = self.lock();
        world.hear(id, text, now);
    }

    fn pinged(&self, id: u64) {
        self.lock().0.pinged(id);
    }

    fn ponged(&self, id: u64) {
        let (mut world, now) = self.lock();
        world.ponged(id, now);
    }

    fn leave(&self, id: u64) {
        self.lock().0.leave(id);
    }
}

/// One open stream; dropping it hangs up.
pub struct Line {
    id: u64,
    inbox: UnboundedReceiver<Out>,
    far: Arc<dyn Far>,
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line({})", self.id)
    }
}

/// What comes out of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A text message.
    Text(String),
    /// A protocol ping, already answered, or the answer to one's own.
    Pulse,
    /// The end, with a close frame.
    Closed,
    /// The end, without a word.
    Cut,
}

impl Line {
    /// The next thing that comes out; after an end only ends. Safe to be dropped while it waits.
    pub async fn next(&mut self) -> Heard {
        loop {
            let out = self.inbox.recv().await;
            if let Some(heard) = self.hear(out) {
                return heard;
            }
        }
    }

    /// What has come out already, if anything.
    pub fn heard(&mut self) -> Option<Heard> {
        loop {
            let out = self.inbox.try_recv().ok()?;
            if let Some(heard) = self.hear(Some(out)) {
                return Some(heard);
            }
        }
    }

    fn hear(&self, out: Option<Out>) -> Option<Heard> {
        match out {
            Some(Out::Text(text)) => Some(Heard::Text(text)),
            Some(Out::Ping(_)) => {
                self.far.ponged(self.id);
                Some(Heard::Pulse)
            }
            Some(Out::Pong) => Some(Heard::Pulse),
            Some(Out::Mute) => None,
            Some(Out::Close) => Some(Heard::Closed),
            Some(Out::Cut) | None => Some(Heard::Cut),
        }
    }

    /// Says something; what the venue answers comes out like every frame.
    pub fn say(&mut self, text: &str) {
        self.far.hear(self.id, text);
    }

    /// Sends a protocol ping; its answer is a [`Heard::Pulse`].
    pub fn ping(&mut self) {
        self.far.pinged(self.id);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.far.leave(self.id);
    }
}
