//! What the venue alone still protects, and how long legs were uncovered.

use std::sync::Arc;

use holdfast::domain::alone::{self, Alone};
use holdfast::domain::amount::{Money, OrderSide, Side};
use holdfast::domain::client_id::ClientId;
use holdfast::domain::guard::Guard;
use holdfast::domain::key::{Leg, PositionKey, Venue};
use holdfast::domain::naked::{NakedSpan, NakedTotals};
use holdfast::domain::order::ConditionalKind;
use holdfast::domain::policy::Policy;
use holdfast::domain::snapshot::{
    AccountView, Aged, FindingKind, FindingView, Known, LegView, Snapshot, StreamState, There,
    TrailView, WorkView,
};
use holdfast::domain::time::{Span, Time};
use holdfast::domain::trail::{Trail, TrailPlan};

use super::making::{d, instrument, price, qty, stop};

const NOW: Time = Time(1_795_269_802_000);

/// An open leg at an entry and a mark, with nothing behind it.
pub fn leg(symbol: &str, side: Side, quantity: &str, entry: &str, mark: &str) -> LegView {
    LegView {
        key: PositionKey::new("main", symbol, Leg::Net),
        venue: Venue::BinanceUsdm,
        row: None,
        there: There::Open {
            side,
            quantity: qty(quantity),
            entry: Some(price(entry)),
            liquidation: None,
            at: NOW,
            fresh: true,
        },
        instrument: Some(Arc::new(instrument("0.1", "0.1", "1000"))),
        mark: Some(Aged { value: price(mark), at: NOW }),
        profit: None,
        guard: Aged { value: Guard::Naked, at: NOW },
        stops: Vec::new(),
        want: None,
        findings: Vec::new(),
        work: None,
        opened: None,
        told: None,
        last_fill: None,
        trail: None,
        stop_since: None,
        drift: Arc::default(),
        naked: NakedTotals::default(),
    }
}

/// The leg with these stops behind it, and what they make of it.
pub fn behind(leg: LegView, guard: Guard, stops: &[(Option<&str>, &str)]) -> LegView {
    let There::Open { side, .. } = leg.there else { return leg };
    let stops = stops.iter().map(|(quantity, at)| stop(side.closing(), *quantity, at)).collect();
    LegView { guard: Aged { value: guard, at: NOW }, stops, ..leg }
}

pub fn account(name: &str) -> AccountView {
    AccountView {
        name: name.into(),
        venue: Venue::BinanceUsdm,
        known: Known::Since(NOW),
        stream: StreamState::Starting,
        heard: None,
        link: None,
        balance: None,
        mode: None,
        sweeps: 1,
        looked: None,
        counters: None,
        hold: None,
        next_sweep: None,
        gate: Vec::new(),
        trust: Vec::new(),
        findings: Vec::new(),
        lease: None,
        halt: None,
        failed_cleanups: 0,
        naked: NakedTotals::default(),
    }
}

pub fn picture(legs: Vec<LegView>) -> Snapshot {
    Snapshot {
        seq: 1,
        at: NOW,
        policy: Policy::unread().into(),
        accounts: vec![account("main")],
        legs,
        strays: Vec::new(),
        ended: Vec::new(),
        bad_rows: Vec::new().into(),
        events: Vec::new().into(),
        answers: Vec::new().into(),
        ledger_fault: None,
        repairs: Vec::new().into(),
        batches: Vec::new().into(),
        step_us_max: 0,
    }
}

#[test]
fn a_covered_leg_says_its_stop_and_what_it_may_lose() {
    let long = leg("BTCUSDT", Side::Long, "2", "100", "110");
    let long = behind(long, Guard::Covered(price("95")), &[(Some("2"), "95")]);
    let alone = Alone::of(&long, NOW);
    assert_eq!((alone.covered, alone.stop), (Some(qty("2")), Some(price("95"))));
    assert_eq!(alone.profit_at_stop, Some(Money(d("-10"))));
    assert!(alone.is_covered() && !alone.unknown);
    assert_eq!(alone.text(), "a stop at 95 covers all of 2, -10 if it fires there");
}

#[test]
fn stops_at_several_prices_add_up_and_the_weakest_is_named() {
    let short = leg("BTCUSDT", Side::Short, "3", "100", "90");
    let stops = [(Some("1"), "99"), (Some("2"), "104"), (None, "108")];
    let short = behind(short, Guard::Covered(price("108")), &stops);
    let alone = Alone::of(&short, NOW);
    // The whole-position stop at 108 is the last to fire and counts for all of it.
    assert_eq!(alone.profit_at_stop, Some(Money(d("-24"))));
    let partly = behind(short, Guard::Partly(qty("2")), &[(Some("1"), "99"), (Some("1"), "104")]);
    let alone = Alone::of(&partly, NOW);
    assert_eq!((alone.covered, alone.stop), (Some(qty("2")), Some(price("104"))));
    assert_eq!(alone.profit_at_stop, Some(Money(d("-3"))));
    assert!(!alone.is_covered());
    assert!(alone.text().contains("covers only 2 of 3"), "{}", alone.text());
}

#[test]
fn what_does_not_protect_counts_for_nothing() {
    let mut naked = leg("BTCUSDT", Side::Long, "2", "100", "110");
    let mut profit = stop(OrderSide::Sell, None, "120");
    profit.kind = ConditionalKind::TakeProfit;
    naked.stops = vec![profit];
    let alone = Alone::of(&naked, NOW);
    assert_eq!((alone.covered, alone.stop, alone.profit_at_stop), (None, None, None));
    assert_eq!(alone.text(), "NOTHING covers 2");
}

#[test]
fn unknown_is_not_flat_and_not_covered() {
    let mut unread = leg("BTCUSDT", Side::Long, "2", "100", "110");
    unread.guard.value = Guard::Unknown;
    unread.stops = vec![stop(OrderSide::Sell, None, "95")];
    let alone = Alone::of(&unread, NOW);
    assert!(alone.unknown && !alone.is_covered());
    assert_eq!((alone.open, alone.covered, alone.stop), (Some(qty("2")), None, None));
    assert_eq!(alone.text(), "not known what protects it");
    unread.there = There::Unknown;
    assert!(Alone::of(&unread, NOW).unknown);
    assert!(alone::stays(&unread));
    unread.there = There::Absent(NOW);
    assert_eq!(Alone::of(&unread, NOW).text(), "nothing is open");
    assert!(!alone::stays(&unread));
}

#[test]
fn what_nobody_would_finish_is_said() {
    let mut closing = leg("BTCUSDT", Side::Long, "2", "100", "110");
    let since = NOW - Span::secs(12);
    let text = "hfx-1".to_owned();
    closing.work = Some(WorkView { word: "CLOSING", since, failed: false, text });
    let said = Alone::of(&closing, NOW).text();
    assert_eq!(said, "NOTHING covers 2; left unfinished: closing for 0:12 (hfx-1)");
}

#[test]
fn the_summary_adds_up() {
    let covered = |symbol: &str| {
        let leg = leg(symbol, Side::Long, "2", "100", "110");
        behind(leg, Guard::Covered(price("95")), &[(Some("2"), "95")])
    };
    let naked = leg("SOLUSDT", Side::Long, "2", "100", "110");
    let mut unknown = leg("XRPUSDT", Side::Long, "2", "100", "110");
    unknown.guard.value = Guard::Unknown;
    let mut gone = leg("ADAUSDT", Side::Long, "2", "100", "110");
    gone.there = There::Absent(NOW);
    let legs = vec![covered("BTCUSDT"), covered("ETHUSDT"), naked, unknown, gone];
    let total = alone::summary(&picture(legs)).total;
    let counts = (total.legs, total.covered, total.partly, total.naked, total.unknown);
    assert_eq!(counts, (4, 2, 0, 1, 1));
    assert_eq!(total.profit_at_stops, Money(d("-20")));
    let said = "2 of 4 legs covered by stops that stay, 1 NOT AT ALL, 1 unknown; \
                -20 if all of them fire where they stand";
    assert_eq!(total.text(), said);
    let mut second = covered("BTCUSDT");
    second.key.account = "second".into();
    let mut two = picture(vec![covered("BTCUSDT"), covered("ETHUSDT"), second]);
    two.accounts = vec![account("main"), account("second")];
    let of = alone::summary(&two).accounts;
    let of: Vec<_> = of.iter().map(|(name, tally)| (name.as_str(), tally.legs)).collect();
    assert_eq!(of, [("main", 2), ("second", 1)]);
    let one = alone::summary(&picture(vec![covered("BTCUSDT")])).total.text();
    assert!(one.starts_with("1 of 1 leg covered by stops that stay"), "{one}");
    assert_eq!(alone::summary(&picture(Vec::new())).total.text(), "nothing is open");
}

/// The judgement of a leg may be newer than the list that is shown beside it.
#[test]
fn what_is_covered_by_no_stop_in_the_list_counts_at_the_weakest() {
    let long = leg("BTCUSDT", Side::Long, "2", "100", "110");
    let long = behind(long, Guard::Covered(price("95")), &[(Some("1"), "97")]);
    assert_eq!(Alone::of(&long, NOW).profit_at_stop, Some(Money(d("-8"))));
}

#[test]
fn the_summary_says_what_nobody_would_carry_on() {
    let trail = || TrailView {
        trail: Trail::begin(TrailPlan::usual()),
        arm_at: price("101.5"),
        active_since: None,
        moves: 0,
        refused: 0,
        step: price("0.1"),
        steps: Arc::new([]),
    };
    let whole = |symbol: &str| {
        let leg = leg(symbol, Side::Long, "2", "100", "110");
        behind(leg, Guard::Covered(price("95")), &[(Some("2"), "95")])
    };
    let mut part = leg("ETHUSDT", Side::Long, "2", "100", "110");
    part = behind(part, Guard::Partly(qty("1")), &[(Some("1"), "95")]);
    part.trail = Some(trail());
    let mut unpriced = whole("SOLUSDT");
    if let There::Open { entry, .. } = &mut unpriced.there {
        *entry = None;
    }
    unpriced.trail = Some(trail());
    let (since, text) = (NOW - Span::secs(12), String::new());
    unpriced.work = Some(WorkView { word: "CLOSING", since, failed: false, text });
    let total = alone::summary(&picture(vec![part, unpriced])).total;
    assert_eq!((total.covered, total.partly, total.unpriced), (1, 1, 1));
    let said = "1 of 2 legs covered by stops that stay, 1 in part; -5 if all of them fire where \
                they stand; 2 trail no further; 1 left unfinished";
    assert_eq!(total.text(), said);
}

#[test]
fn a_stop_on_a_position_is_not_there_without_it() {
    let mut long = leg("BTCUSDT", Side::Long, "2", "100", "110");
    let mut slot = stop(OrderSide::Sell, None, "95");
    slot.on_position = true;
    long.stops = vec![slot, stop(OrderSide::Sell, None, "94")];
    let there = |leg: &LegView| leg.stops_there().iter().map(|s| s.trigger).collect::<Vec<_>>();
    assert_eq!(there(&long), [Some(price("95")), Some(price("94"))]);
    long.there = There::Absent(NOW);
    assert_eq!(there(&long), [Some(price("94"))]);
}

#[test]
fn a_leg_tells_its_worst_finding_and_where_its_own_stop_stands() {
    let long = leg("BTCUSDT", Side::Long, "2", "100", "110");
    let mut long = behind(long, Guard::Covered(price("97")), &[(None, "97"), (None, "95")]);
    assert_eq!((long.standing(), long.worst()), (None, None), "those are of others");
    long.stops[1].client_id = ClientId::from("hfs-0123456789abcdef");
    assert_eq!(long.standing(), Some(price("95")));
    let finding = |kind| FindingView {
        kind,
        since: NOW,
        looks: (1, 2),
        checks: Vec::new(),
        next: String::new(),
        waits: false,
        rule: None,
        resolved: None,
    };
    let kinds = [FindingKind::Quantity, FindingKind::Partly, FindingKind::ForeignOrder];
    long.findings = kinds.map(finding).into();
    assert_eq!(long.worst().map(|finding| finding.kind), Some(FindingKind::Partly));
}

#[test]
fn a_leg_without_an_entry_price_is_left_out_of_the_sum() {
    let mut unpriced = leg("BTCUSDT", Side::Long, "2", "100", "110");
    if let There::Open { entry, .. } = &mut unpriced.there {
        *entry = None;
    }
    let unpriced = behind(unpriced, Guard::Covered(price("95")), &[(Some("2"), "95")]);
    assert_eq!(Alone::of(&unpriced, NOW).profit_at_stop, None);
    let total = alone::summary(&picture(vec![unpriced.clone(), unpriced])).total;
    assert_eq!((total.covered, total.unpriced), (2, 2));
    assert_eq!(total.text(), "2 of 2 legs covered by stops that stay");
}

fn span(began: i64, ended: Option<i64>) -> NakedSpan {
    NakedSpan {
        key: PositionKey::new("main", "BTCUSDT", Leg::Net),
        began: Time(began),
        ended: ended.map(Time),
    }
}

/// Midnight (UTC) of the day that the spans are told of.
const MIDNIGHT: i64 = 1_795_219_200_000;

#[test]
fn a_span_over_midnight_counts_from_midnight() {
    let spans = [
        span(MIDNIGHT - 60_000, Some(MIDNIGHT + 5_000)),
        span(MIDNIGHT - 90_000, Some(MIDNIGHT - 80_000)),
        span(MIDNIGHT + 20_000, Some(MIDNIGHT + 21_000)),
    ];
    let now = Time(MIDNIGHT + 30_000);
    let totals = NakedTotals::of(&spans, now);
    assert_eq!((totals.spans, totals.total, totals.worst), (2, Span(6_000), Span(5_000)));
    assert_eq!(totals.since, None);
    let going = [span(MIDNIGHT - 60_000, None)];
    let totals = NakedTotals::of(&going, now);
    assert_eq!((totals.spans, totals.total), (1, Span(30_000)));
    assert_eq!(totals.since, Some(Time(MIDNIGHT - 60_000)));
}
