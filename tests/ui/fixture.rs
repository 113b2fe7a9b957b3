//! The moment that the pictures show: BTCUSDT lost its stop 42 s ago, SOLUSDT is covered in
//! part, DOGEUSDT was closed by hand, LTCUSDT was opened by hand, ADAUSDT has another size on
//! the venue, account `alt` answers slowly and account `cold` not at all.

use std::sync::Arc;

use holdfast::domain::amount::{Money, Percent, Price, Qty, Side};
use holdfast::domain::client_id::{ClientId, Purpose};
use holdfast::domain::event::{Event, EventKind, Severity};
use holdfast::domain::guard::Guard;
use holdfast::domain::input::LinkState;
use holdfast::domain::instrument::Instrument;
use holdfast::domain::key::{AccountName, Leg, PositionKey, Symbol, Venue};
use holdfast::domain::ledger::{Row, RowId, RowStatus};
use holdfast::domain::order::{ConditionalKind, ConditionalOrder, TriggerBy};
use holdfast::domain::position::{Balance, PositionMode};
use holdfast::domain::snapshot::{
    AccountView, Aged, Check, Counters, FindingKind, FindingView, Known, LegView, Snapshot,
    StrayView, StreamState, There,
};
use holdfast::domain::time::{Span, Time};
use rust_decimal::Decimal;

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
    }
}

impl Build {
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
        counters: Some(Aged { value: Counters::default(), at: ago(1) }),
        hold: None,
        next_sweep: Some(NOW + Span::secs(28)),
        gate: Vec::new(),
        trust: Vec::new(),
        findings: Vec::new(),
    }
}

fn legs() -> Vec<Build> {
    use Side::{Long, Short};
    let refused = "refused -2021 \"Order would immediately trigger\"; trying again";
    vec![
        leg("main", "BTCUSDT", Long, ["0.500", "97,410.0", "96,882.4", "97,120.4"])
            .naked(42, refused)
            .liquidated_at("71,204.0")
            .opened(187_200),
        leg("main", "ETHUSDT", Long, ["8.000", "3,388.10", "3,412.55", "3,371.00"]),
        leg("main", "AVAXUSDT", Short, ["310.0", "41.220", "40.871", "41.480"]).opened(3_480),
        leg("main", "LINKUSDT", Long, ["900.0", "17.410", "17.388", "16.950"]).opened(10_920),
        leg("by", "SOLUSDT", Short, ["120.0", "214.310", "219.884", "224.100"]).partly("96.0", 9),
        leg("by", "DOGEUSDT", Long, ["40000", "0.38120", "0.38004", "0.37100"])
            .absent()
            .find(doge()),
        leg("by", "ADAUSDT", Short, ["15000", "0.7720", "0.7741", "0.7905"]).find(finding(
            FindingKind::Quantity,
            31,
            2,
            "waits: no fills explain the difference",
            true,
        )),
        leg("by", "LTCUSDT", Short, ["60.0", "88.40", "90.12", "91.92"])
            .untracked()
            .naked(190, "adopt it or close it")
            .find(finding(FindingKind::Orphan, 190, 3, "waits for you: a adopt, x close", true)),
        leg("alt", "SUIUSDT", Long, ["1800.0", "3.5120", "3.4980", "3.4100"]).old(3),
        leg("alt", "ARBUSDT", Short, ["6500.0", "0.9120", "0.9081", "0.9340"]).old(14),
        leg("cold", "XRPUSDT", Long, ["9000.0", "1.4410", "1.4522", "1.4155"]).old(90),
    ]
}

fn doge() -> FindingView {
    let check =
        |what: &str, holds, detail: &str| Check { what: what.into(), holds, detail: detail.into() };
    FindingView {
        checks: vec![
            check("2 complete looks without it, 2.0s apart", true, "14:03:08Z 14:03:20Z"),
            check("zero on the user stream", false, "not heard"),
            check("closing fills explain the whole quantity", true, "1 fills"),
            check("no stop of ours is left", false, "1 to take away"),
        ],
        ..finding(FindingKind::Phantom, 91, 2, "closes the row", false)
    }
}

fn event(secs: u64, severity: Severity, kind: EventKind, symbol: &str, text: &str) -> Arc<Event> {
    let (account, venue) = if symbol.starts_with("BTC") {
        ("main", Venue::BinanceUsdm)
    } else {
        ("by", Venue::BybitLinear)
    };
    let data = serde_json::json!({"code": -2021, "try": 3});
    let event = Event::of(ago(secs), kind, severity, &key(account, symbol));
    Arc::new(Event { venue: Some(venue), ..event.saying(text).with(data) })
}

fn events() -> Vec<Arc<Event>> {
    vec![
        event(190, Severity::Warning, EventKind::OrphanDetected, "LTCUSDT", "short 60 @ 88.4"),
        event(
            91,
            Severity::Warning,
            EventKind::PhantomDetected,
            "DOGEUSDT",
            "ledger 40000, venue 0",
        ),
        event(42, Severity::Critical, EventKind::PositionNaked, "BTCUSDT", "no stop behind 0.5"),
        event(3, Severity::Critical, EventKind::StopRejected, "BTCUSDT", "refused -2021, try 3"),
        event(1, Severity::Info, EventKind::StopPlaced, "SOLUSDT", "stop at 224.1"),
    ]
}

/// The moment.
pub fn moment() -> Snapshot {
    let mut snapshot = of(legs());
    snapshot.accounts = vec![
        account("main", Venue::BinanceUsdm, 0),
        account("by", Venue::BybitLinear, 1),
        AccountView {
            stream: StreamState::Down(ago(14), "reset by peer".into()),
            ..account("alt", Venue::BinanceUsdm, 3)
        },
    ];
    let cold = account("cold", Venue::BinanceUsdm, 90);
    let known = Known::Unknown(ago(72), "positionRisk timed out".into());
    snapshot.accounts.push(AccountView { known, ..cold });
    snapshot.strays = vec![StrayView {
        account: AccountName::from("by"),
        symbol: Symbol::from("TRXUSDT"),
        order: stop_order("by", "TRXUSDT", Side::Long, "400", "0.2210"),
        since: ago(20),
        next: "takes it away".into(),
    }];
    snapshot.events = events().into();
    snapshot.repairs = vec![("r-00ff".into(), "row 7 closed".into())].into();
    snapshot
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

/// Fifty covered positions whose marks moved `turn` times.
pub fn market(turn: u64) -> Snapshot {
    let at = NOW + Span::secs(turn);
    let legs = (0..50_u64).map(|n| {
        let mark = format!("{}.{:02}", 100 + n, (turn * 7 + n * 13) % 100);
        let side = if n % 2 == 0 { Side::Long } else { Side::Short };
        let stop = if n % 2 == 0 { "90.00" } else { "180.00" };
        let mut build = leg("main", &format!("C{n:02}USDT"), side, ["12.5", "120.00", &mark, stop]);
        build.0.mark = Some(Aged { value: price(&mark), at });
        build
    });
    let mut snapshot = of(legs.collect());
    snapshot.at = at;
    snapshot.seq += turn;
    for account in &mut snapshot.accounts {
        account.heard = Some(at);
        account.known = Known::Since(at);
    }
    snapshot
}
