//! What the core believes of an account as a whole, and the legs it has.

use std::cmp::Ordering;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::amount::Price;
use crate::domain::client_id::ClientId;
use crate::domain::effect::OpId;
use crate::domain::input::LinkState;
use crate::domain::instrument::Instrument;
use crate::domain::key::{AccountName, Leg, PositionKey, Symbol, Venue, VenueOrderId};
use crate::domain::ledger::ClosedMark;
use crate::domain::policy::AccountPolicy;
use crate::domain::position::{Balance, PositionMode};
use crate::domain::snapshot::{Aged, Counters, Known, StreamState};
use crate::domain::sweep::Scope;
use crate::domain::time::{Time, VenueTime};

use crate::engine::cx::Cx;
use crate::engine::drift::{self, Past};
use crate::engine::halt::HaltDesk;
use crate::engine::lease::Lease;
use crate::engine::leg::LegState;
use crate::engine::mode::{PerSymbol, Switched};
use crate::engine::naked::Log;
use crate::engine::pairs;
use crate::engine::trail;
use crate::engine::twin::{Ids, Second};
use crate::engine::unpriced::Unpriced;
use crate::engine::writers::Writers;

/// Legs by instrument and leg.
pub(super) type Legs = BTreeMap<(Symbol, Leg), LegState>;

/// One account: what is true of all of it, and its legs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Account {
    pub(super) info: Info,
    #[serde(with = "pairs")]
    pub(super) legs: Legs,
    /// The last closed row of legs that are not held in memory.
    #[serde(with = "pairs")]
    closed: BTreeMap<(Symbol, Leg), ClosedMark>,
    /// What became of legs that are not held in memory.
    #[serde(with = "pairs")]
    pub(super) past: Past,
}

/// What is true of all of an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Info {
    pub(super) name: AccountName,
    pub(super) venue: Venue,
    pub(super) instruments: BTreeMap<Symbol, Arc<Instrument>>,
    pub(super) connected: bool,
    /// Whether this engine may act on it.
    pub(super) lease: Lease,
    opened: bool,
    /// When all but the acts of an earlier run was known.
    pub(super) ready: Option<Time>,
    pub(super) known: Known,
    pub(super) stream: StreamState,
    pub(super) heard: Option<Time>,
    pub(super) link: Option<LinkState>,
    pub(super) balance: Option<Aged<Balance>>,
    /// The last mark of every instrument that is told, for what is opened next.
    pub(super) marks: BTreeMap<Symbol, Aged<Price>>,
    /// Opens that wait for a mark.
    pub(super) unpriced: Vec<Unpriced>,
    pub(super) mode: Option<PositionMode>,
    /// The modes of single instruments, where the venue keeps one for each.
    pub(super) modes: PerSymbol,
    /// When something last contradicted the mode.
    pub(super) mode_doubted: Option<Time>,
    /// The mode was switched while something was open.
    pub(super) switched: Option<Switched>,
    /// Where the plain orders of others rest.
    pub(super) foreign: BTreeMap<VenueOrderId, (Symbol, Leg)>,
    /// Who else trades it.
    pub(super) writers: Writers,
    /// Another holdfast acts on it.
    pub(super) second: Option<Second>,
    /// Ids of our own form that an earlier run left.
    pub(super) past: Ids,
    pub(super) sweeps: u64,
    pub(super) counters: Option<Aged<Counters>>,
    pub(super) hold: Option<Hold>,
    /// Grows with every local activity; legs and looks note it as their revision.
    pub(super) activity: u64,
    pub(super) looking: Option<OpId>,
    /// When the last whole look was asked for, and when it was answered.
    pub(super) last_look: Option<(Time, Time)>,
    #[serde(with = "pairs")]
    pub(super) wanted: BTreeMap<Scope, Time>,
    /// Legs whose history has been asked for again and again.
    pub(super) unexplained: u64,
    /// When the last looks left that something had to be the reason for.
    pub(super) looked: VecDeque<Time>,
    pub(super) failures: u32,
    pub(super) order_failures: u32,
    /// No look is sent before this: request limits or a ban.
    pub(super) held: Option<Time>,
    /// The order lists are not asked for before this.
    pub(super) orders_held: Option<Time>,
    /// When it was last told that looks are held back.
    pub(super) told_held: Option<Time>,
    /// The last look that failed: nothing of the ledger is changed in the same step.
    pub(super) failed_at: Option<Time>,
    /// Looks in a row that could not settle some leg.
    pub(super) unsettled: u32,
    /// When the order lists were last read completely.
    pub(super) orders_known: Option<Time>,
    /// How long its legs were uncovered.
    pub(super) naked: Log,
    /// A person's word that nothing is opened or adopted.
    pub(super) halt: HaltDesk,
    /// Acts of ours whose echo has not come yet, and until when it should.
    pub(super) echoes: BTreeMap<ClientId, Time>,
}

/// A mass vanishing that is held back.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Hold {
    pub(super) since: Time,
    pub(super) looks: u32,
    pub(super) rows: usize,
    pub(super) of: usize,
    pub(super) told: bool,
    /// Rows of it that a person has closed since: they count as vanished still.
    pub(super) decided: usize,
}

impl Account {
    pub(super) fn new(policy: AccountPolicy, now: Time) -> Self {
        let (legs, closed, past) = (BTreeMap::new(), BTreeMap::new(), Past::new());
        Self { info: Info::new(policy, now), legs, closed, past }
    }

    /// The leg, made when nothing was known of it.
    pub(super) fn leg(&mut self, symbol: &Symbol, leg: Leg, now: Time) -> &mut LegState {
        let (info, closed, past) = (&self.info, &mut self.closed, &mut self.past);
        self.legs.entry((symbol.clone(), leg)).or_insert_with_key(|place| LegState {
            last_closed: closed.remove(place),
            drift: past.remove(place).unwrap_or_default(),
            rules: info.instruments.get(symbol).cloned(),
            ..LegState::new(PositionKey::new(info.name.clone(), symbol.clone(), leg), now)
        })
    }

    /// Begins again as after a restart, but for the connection and who else is known to act here.
    pub(super) fn begin_again(&mut self, now: Time) {
        let policy = AccountPolicy::new(self.info.name.clone(), self.info.venue);
        let old = std::mem::replace(&mut self.info, Info::new(policy.clone(), now));
        std::mem::take(&mut self.legs).values().for_each(|leg| drift::keep(&mut self.past, leg));
        self.closed.clear();
        self.info = Info {
            instruments: old.instruments,
            connected: old.connected,
            lease: old.lease,
            stream: old.stream,
            heard: old.heard,
            link: old.link,
            balance: old.balance,
            marks: old.marks,
            second: old.second,
            past: old.past,
            held: old.held,
            naked: old.naked.carried_over(),
            ..Info::new(policy, now)
        };
    }

    /// Makes those of some legs, named in order, of which nothing was known.
    pub(super) fn meet<'a>(&mut self, places: impl Iterator<Item = (&'a Symbol, Leg)>, now: Time) {
        let mut known = self.legs.keys().peekable();
        let is_new = |(symbol, leg): &(&Symbol, Leg)| {
            while let Some((at, side)) = known.peek() {
                match (at, side).cmp(&(symbol, leg)) {
                    Ordering::Less => known.next(),
                    order => return order == Ordering::Greater,
                };
            }
            true
        };
        for (symbol, leg) in places.filter(is_new).collect::<Vec<_>>() {
            self.leg(symbol, leg, now);
        }
    }

    /// Takes the venue's rules of every instrument.
    pub(super) fn learn(&mut self, list: Vec<Arc<Instrument>>) {
        self.info.learn(list);
        for ((symbol, _), leg) in &mut self.legs {
            leg.rules = self.info.instruments.get(symbol).cloned();
        }
    }

    /// Forgets a leg on which nothing is known or under way, but for its last closed row.
    pub(super) fn forget(&mut self, key: &PositionKey) {
        let Some(leg) = self.legs.remove(&(key.symbol.clone(), key.leg)) else { return };
        drift::keep(&mut self.past, &leg);
        if let Some(mark) = leg.last_closed {
            self.remember_closed(mark);
        }
    }

    pub(super) fn remember_closed(&mut self, mark: ClosedMark) {
        let place = (mark.key.symbol.clone(), mark.key.leg);
        match self.legs.get_mut(&place) {
            Some(leg) => {
                // What was opened after the end of an earlier row may be what this row was about.
                let known = leg.last_closed.as_ref().map(|last| last.id);
                leg.reopened &= known == Some(mark.id);
                leg.last_closed = Some(mark);
            }
            None => {
                self.closed.insert(place, mark);
            }
        }
    }

    pub(super) fn touch_all(&self, cx: &mut Cx) {
        cx.touch_all(&self.info.name);
    }

    /// New mark prices: noted. What a price means is decided when a leg is considered, and none
    /// is because of a price, but where its trailing stop has something to do by it.
    pub(super) fn mark(&mut self, cx: &mut Cx, marks: &[(Symbol, Price)]) {
        self.info.heard = Some(cx.now);
        for (symbol, price) in marks {
            self.info.marked(cx.now, symbol, *price);
            let legs = (symbol.clone(), Leg::Net)..=(symbol.clone(), Leg::Short);
            for (_, leg) in self.legs.range_mut(legs) {
                leg.mark = Some(Aged { value: *price, at: cx.now });
                if leg.course.trail.is_none() {
                    continue;
                }
                let rules = self.info.instruments.get(symbol);
                if rules.is_some_and(|rules| trail::sees(leg, cx.now, *price, rules)) {
                    cx.touch(&leg.key);
                }
            }
        }
    }
}

impl Info {
    fn new(policy: AccountPolicy, now: Time) -> Self {
        Self {
            name: policy.name,
            venue: policy.venue,
            instruments: BTreeMap::new(),
            connected: false,
            lease: Lease::default(),
            opened: false,
            ready: None,
            known: Known::Unknown(now, "no complete look yet".to_owned()),
            stream: StreamState::Starting,
            heard: None,
            link: None,
            balance: None,
            marks: BTreeMap::new(),
            unpriced: Vec::new(),
            mode: None,
            modes: PerSymbol::default(),
            mode_doubted: None,
            switched: None,
            foreign: BTreeMap::new(),
            writers: Writers::default(),
            second: None,
            past: Ids::default(),
            sweeps: 0,
            counters: None,
            hold: None,
            activity: 0,
            looking: None,
            last_look: None,
            wanted: BTreeMap::new(),
            unexplained: 0,
            looked: VecDeque::new(),
            failures: 0,
            order_failures: 0,
            held: None,
            orders_held: None,
            told_held: None,
            failed_at: None,
            unsettled: 0,
            orders_known: None,
            naked: Log::default(),
            halt: HaltDesk::default(),
            echoes: BTreeMap::new(),
        }
    }

    fn learn(&mut self, list: Vec<Arc<Instrument>>) {
        self.connected = true;
        self.instruments = list.into_iter().map(|i| (i.symbol.clone(), i)).collect();
    }

    fn marked(&mut self, now: Time, symbol: &Symbol, price: Price) {
        let mark = Aged { value: price, at: now };
        match self.marks.get_mut(symbol) {
            Some(known) => *known = mark,
            None => {
                self.marks.insert(symbol.clone(), mark);
            }
        }
    }

    pub(super) fn linked(&mut self, now: Time, link: LinkState) {
        if link.blocked.is_none() {
            self.heard = Some(now);
        }
        self.link = Some(link);
    }

    /// Whether everything was known once: before that nothing is sent or written.
    pub(super) fn is_open(&self) -> bool {
        self.opened && self.lease.is_held()
    }

    pub(super) fn open(&mut self) {
        self.opened = true;
    }

    pub(super) fn is_known(&self) -> bool {
        matches!(self.known, Known::Since(_))
    }

    pub(super) fn stream_is_up(&self) -> bool {
        matches!(self.stream, StreamState::Up(_))
    }

    /// The currency profit on an instrument is counted in.
    pub(super) fn quote(&self, symbol: &Symbol) -> Symbol {
        self.instruments.get(symbol).map_or_else(|| "USDT".into(), |i| i.quote.clone())
    }

    /// An instant of the venue's clock on ours, as far as the two were compared.
    pub(super) fn on_our_clock(&self, at: VenueTime) -> Time {
        Time(at.0.saturating_add(self.ahead_ms()))
    }

    /// How far our clock is ahead of the venue's; nothing while the two were not compared.
    pub(super) fn ahead_ms(&self) -> i64 {
        self.link.as_ref().map_or(0, |link| link.offset_ms)
    }

    /// Notes local activity and gives its revision.
    pub(super) fn stir(&mut self) -> u64 {
        self.activity += 1;
        self.activity
    }
}
