//! Builders of what a picture shows: legs, accounts, findings, repairs.

use std::sync::Arc;

use holdfast::domain::amount::{Money, Percent, Price, Qty, Side};
use holdfast::domain::client_id::{ClientId, Purpose};
use holdfast::domain::evidence::ExitReason;
use holdfast::domain::guard::Guard;
use holdfast::domain::input::LinkState;
use holdfast::domain::instrument::Instrument;
use holdfast::domain::journal::{Author, RepairId, Rule};
use holdfast::domain::key::{AccountName, Leg, PositionKey, Symbol, Venue};
use holdfast::domain::lease::{Fence, LeaseState};
use holdfast::domain::ledger::{Row, RowId, RowStatus};
use holdfast::domain::naked::NakedTotals;
use holdfast::domain::order::{ConditionalKind, ConditionalOrder, TriggerBy};
use holdfast::domain::position::{Balance, PositionMode};
use holdfast::domain::snapshot::{
    AccountView, Aged, Check, Counters, FindingKind, FindingView, Known, LegView, RepairView,
    Snapshot, StreamState, There, TrailView,
};
use holdfast::domain::time::{Span, Time};
use holdfast::domain::trail::{Trail, TrailPlan, TrailState};
use rust_decimal::Decimal;

pub use crate::moment::{market, moment};

/// 2026-11-21T14:03:22Z.
pub const NOW: Time = Time(1_795_269_802_000);

pub fn dec(text: &str) -> Decimal {
    text.replace(',', "").parse().unwrap()
}

pub fn price(text: &str) -> Price {
    Price::new(dec(text)).unwrap()
}

pub fn qty(text: &str) -> Qty {
    Qty::new(dec(text)).unwrap()
}

pub fn ago(secs: u64) -> Time {
    NOW - Span::secs(secs)
}

pub fn key(account: &str, symbol: &str) -> PositionKey {
    PositionKey::new(account, symbol, Leg::Net)
}

/// A leg in the making.
pub struct Build(pub LegView);

/// An open, tracked, covered leg: quantity, entry, mark, stop.
pub fn leg(account: &str, symbol: &str, side: Side, numbers: [&str; 4]) -> Build {
    let [quantity, entry, mark, stop] = numbers;
    let rules = rules(symbol, mark, quantity);
    let order = stop_order(account, symbol, side, quantity, stop);
    let key = key(account, symbol);
    let venue = if account == "by" { Venue::BybitLinear } else { Venue::BinanceUsdm };
    Build(LegView {
        row: Some(Arc::new(row(&key, venue, side, quantity, entry))),
        key,
        venue,
        there: There::Open {
            side,
            quantity: qty(quantity),
            entry: Some(price(entry)),
            liquidation: None,
            at: ago(1),
            fresh: true,
        },
        instrument: Some(Arc::new(rules)),
        mark: Some(Aged { value: price(mark), at: ago(1) }),
        profit: Some(side.profit(price(entry), price(mark), qty(quantity))),
        guard: Aged { value: Guard::Covered(price(stop)), at: ago(3_600) },
        stops: vec![order],
        want: Some(price(stop)),
        findings: Vec::new(),
        work: None,
        opened: Some(ago(17_400)),
        told: Some(ago(95)),
        last_fill: None,
        trail: None,
        stop_since: Some(ago(60)),
        naked: NakedTotals::default(),
        drift: Arc::default(),
    })
}

fn places(text: &str) -> u32 {
    u32::try_from(text.split_once('.').map_or(0, |(_, rest)| rest.len())).unwrap()
}

fn rules(symbol: &str, mark: &str, quantity: &str) -> Instrument {
    let step = Qty::new(Decimal::new(1, places(quantity))).unwrap();
    Instrument {
        symbol: Symbol::from(symbol),
        tick: Price::new(Decimal::new(1, places(mark))).unwrap(),
        step,
        market_min: step,
        market_max: qty("100000"),
        market_step: step,
        min_notional: None,
        quote: Symbol::from("USDT"),
        trading: true,
        ends: None,
    }
}

pub fn stop_order(
    account: &str,
    symbol: &str,
    side: Side,
    quantity: &str,
    stop: &str,
) -> ConditionalOrder {
    ConditionalOrder {
        id: "4711".into(),
        client_id: ClientId::mint(Purpose::Stop, &key(account, symbol), ago(60), 1),
        symbol: Symbol::from(symbol),
        leg: Leg::Net,
        side: side.closing(),
        quantity: Some(qty(quantity)),
        trigger: Some(price(stop)),
        trigger_by: TriggerBy::Mark,
        kind: ConditionalKind::StopMarket,
        reduces: true,
        on_position: false,
    }
}

fn row(key: &PositionKey, venue: Venue, side: Side, quantity: &str, entry: &str) -> Row {
    Row {
        id: RowId(i64::try_from(key.symbol.as_str().len()).unwrap() + 100),
        key: key.clone(),
        venue,
        side,
        quantity: qty(quantity),
        entry_price: price(entry),
        current_price: None,
        leverage: None,
        status: RowStatus::Active,
        signal_id: None,
        exchange_order_id: None,
        stop_loss_price: None,
        pnl: None,
        pnl_percentage: None,
        exit_price: None,
        exit_reason: None,
        detected_by: None,
        evidence: None,
        priced: true,
        opened_at: ago(17_400),
        updated_at: ago(60),
        closed_at: None,
        revision: 3,
    }
}

pub fn finding(kind: FindingKind, since: u64, looks: u32, next: &str, waits: bool) -> FindingView {
    FindingView {
        kind,
        since: ago(since),
        looks: (looks, 2),
        checks: vec![Check {
            what: "2 complete looks agree".into(),
            holds: looks >= 2,
            detail: format!("{looks} so far"),
        }],
        next: next.into(),
        waits,
        rule: None,
        resolved: None,
    }
}

impl Build {
    /// On a leg of hedge mode.
    pub fn hedged(mut self, leg: Leg) -> Self {
        self.0.key.leg = leg;
        self.0.stops.iter_mut().for_each(|stop| stop.leg = leg);
        if let Some(row) = self.0.row.as_mut().map(Arc::make_mut) {
            row.key.leg = leg;
        }
        self
    }

    pub fn quoted(mut self, quote: &str) -> Self {
        if let Some(rules) = self.0.instrument.as_mut().map(Arc::make_mut) {
            rules.quote = Symbol::from(quote);
        }
        self
    }

    /// The venue holds so much; the row says what it said.
    pub fn holds(mut self, size: &str) -> Self {
        if let There::Open { quantity, .. } = &mut self.0.there {
            *quantity = qty(size);
        }
        self
    }

    /// A finding that a person may resolve so.
    pub fn resolvable(mut self, change: impl FnOnce(&mut Row)) -> Self {
        let mut row = (**self.0.row.as_ref().unwrap()).clone();
        row.revision += 1;
        change(&mut row);
        self.0.findings.last_mut().unwrap().resolved = Some(Ok(Arc::new(row)));
        self
    }

    pub fn find(mut self, finding: FindingView) -> Self {
        self.0.findings.push(finding);
        self
    }

    pub fn opened(mut self, secs: u64) -> Self {
        self.0.opened = Some(ago(secs));
        self
    }

    /// Without a stop since so many seconds.
    pub fn naked(mut self, secs: u64, next: &str) -> Self {
        self.0.stops.clear();
        self.0.guard = Aged { value: Guard::Naked, at: ago(secs) };
        self.find(finding(FindingKind::Naked, secs, 1, next, false))
    }

    pub fn partly(mut self, covered: &str, secs: u64) -> Self {
        self.0.stops[0].quantity = Some(qty(covered));
        self.0.guard = Aged { value: Guard::Partly(qty(covered)), at: ago(secs) };
        self.find(finding(FindingKind::Partly, secs, 2, "places the stop", false))
    }

    /// Gone from the venue.
    pub fn absent(mut self) -> Self {
        self.0.there = There::Absent(ago(2));
        self.0.profit = None;
        self
    }

    pub fn untracked(mut self) -> Self {
        self.0.row = None;
        self
    }

    pub fn old(mut self, secs: u64) -> Self {
        self.0.mark = self.0.mark.map(|mark| Aged { at: ago(secs), ..mark });
        self
    }

    /// Its stop trails this far behind, from this profit on, and waits for that.
    pub fn waits(mut self, callback: &str, activation: &str) -> Self {
        let open = self.0.open().unwrap();
        let step = Percent(dec("0.1"));
        let plan = TrailPlan {
            activation: Percent(dec(activation)),
            callback: Percent(dec(callback)),
            step,
        };
        let rules = self.0.instrument.clone().unwrap();
        self.0.trail = Some(TrailView {
            trail: Trail::begin(plan),
            arm_at: plan.arm_at(open.side, open.entry).unwrap(),
            active_since: None,
            moves: 0,
            refused: 0,
            step: Price::new(step.of(open.entry.get()).round_dp(places(&rules.tick.to_string())))
                .unwrap(),
            steps: Arc::new([]),
        });
        self
    }

    /// It has trailed to behind `best` in these steps, so many seconds ago each.
    pub fn trail(
        mut self,
        callback: &str,
        activation: &str,
        best: &str,
        steps: &[(u64, &str)],
    ) -> Self {
        self = self.waits(callback, activation);
        let (side, rules) = (self.0.open().unwrap().side, self.0.instrument.clone().unwrap());
        let view = self.0.trail.as_mut().unwrap();
        view.trail.state = TrailState::Active;
        view.trail.best = Some(price(best));
        view.trail.stop = view.trail.plan.behind(side, price(best), &rules);
        view.active_since = Some(ago(steps.first().map_or(600, |(at, _)| *at)));
        view.moves = u32::try_from(steps.len()).unwrap();
        view.steps = steps.iter().map(|(at, stop)| (ago(*at), price(stop))).collect();
        self
    }

    /// The ledger's row names this stop.
    pub fn named_stop(mut self, stop: &str) -> Self {
        if let Some(row) = self.0.row.as_mut().map(Arc::make_mut) {
            row.stop_loss_price = Some(price(stop));
        }
        self
    }

    pub fn liquidated_at(mut self, at: &str) -> Self {
        if let There::Open { liquidation, .. } = &mut self.0.there {
            *liquidation = Some(price(at));
        }
        self
    }
}

pub fn account(name: &str, venue: Venue, heard: u64) -> AccountView {
    AccountView {
        name: AccountName::from(name),
        venue,
        known: Known::Since(ago(heard.min(4))),
        stream: StreamState::Up(ago(4_000)),
        heard: Some(ago(heard)),
        link: Some(LinkState {
            used_percent: 4,
            offset_ms: 12,
            round_trip: Span(41),
            blocked: None,
            banned: None,
        }),
        balance: Some(Aged {
            value: Balance { equity: Money(dec("49,406.71")), available: Money(dec("30,000")) },
            at: ago(12),
        }),
        mode: Some(PositionMode::OneWay),
        sweeps: 18_233,
        looked: Some(ago(1)),
        counters: Some(Aged { value: Counters::default(), at: ago(1) }),
        hold: None,
        next_sweep: Some(NOW + Span::secs(28)),
        gate: Vec::new(),
        trust: Vec::new(),
        findings: Vec::new(),
        lease: Some(LeaseState::Held { fence: Fence(1) }),
        halt: None,
        failed_cleanups: 0,
        naked: NakedTotals::default(),
    }
}

/// A repair that closed the row of a leg.
pub fn repair(id: &str, leg: &Build) -> RepairView {
    let before = leg.0.row.clone().unwrap();
    let after = Row {
        status: RowStatus::Closed,
        exit_price: Some(price("0.38004")),
        exit_reason: Some(ExitReason::External),
        pnl: Some(Money(dec("-46.40"))),
        closed_at: Some(ago(130)),
        revision: before.revision + 1,
        ..(*before).clone()
    };
    RepairView {
        id: RepairId(id.into()),
        rule: Rule::ClosePhantom,
        author: Author::Engine,
        key: leg.0.key.clone(),
        at: ago(130),
        text: "long 40000 closed at 0.38004, pnl -46.4: external".into(),
        before: Some(before),
        after: Arc::new(after),
    }
}

/// A quiet picture of these legs, with account `main` and `by` in order.
pub fn of(legs: Vec<Build>) -> Snapshot {
    let mut snapshot = holdfast::ui::nothing::snapshot();
    snapshot.seq = 184_202;
    snapshot.at = NOW;
    snapshot.accounts =
        vec![account("main", Venue::BinanceUsdm, 0), account("by", Venue::BybitLinear, 0)];
    snapshot.legs = legs.into_iter().map(|build| build.0).collect();
    snapshot.legs.sort_by(|a, b| a.key.cmp(&b.key));
    Arc::make_mut(&mut snapshot.policy).protection.stop = Percent(dec("4"));
    snapshot
}
