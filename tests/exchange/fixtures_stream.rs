//! Recorded frames of the private stream.

use holdfast::domain::amount::{OrderSide, Side};
use holdfast::domain::evidence::{Fill, Origin};
use holdfast::domain::input::{StreamEvent, StreamPosition};
use holdfast::domain::key::Leg;
use holdfast::domain::order::{
    ConditionalKind, ConditionalOrder, ForeignOrder, OrderReport, OrderStatus, StopReport,
    StopStatus, TriggerBy,
};
use holdfast::domain::time::VenueTime;
use holdfast::exchange::binance::events::{LegChange, UserEvent, event};
use holdfast::exchange::binance::memory::Memory;

use crate::values::{fixture, money, price, qty};

fn read(name: &str) -> UserEvent {
    event(&fixture(name)).unwrap_or_else(|bad| panic!("{name}: {bad:?}"))
}

fn order(name: &str) -> (OrderReport, Option<Fill>) {
    match read(name) {
        UserEvent::Order { report, fill, .. } => (report, fill),
        other => panic!("{name}: {other:?}"),
    }
}

fn filled(name: &str) -> Fill {
    order(name).1.unwrap_or_else(|| panic!("{name}: no fill"))
}

#[test]
fn three_legs_of_one_symbol() {
    let UserEvent::Positions { legs, at } = read("ws.user.account_update.three_legs.json") else {
        panic!()
    };
    assert_eq!(at, VenueTime(1_564_745_798_939));
    let open = |side, quantity, entry| {
        Some(StreamPosition {
            side,
            quantity: qty(quantity),
            entry: Some(price(entry)),
            opened: None,
            trouble: None,
        })
    };
    let change = |leg, open| LegChange { symbol: "BTCUSDT".into(), leg, open };
    let expected = [
        change(Leg::Net, None),
        change(Leg::Long, open(Side::Long, "20", "6563.6")),
        change(Leg::Short, open(Side::Short, "10", "6563.8")),
    ];
    assert_eq!(legs, expected);
}

#[test]
fn the_net_row_of_a_hedged_symbol_means_nothing() {
    let told = Memory::default().hear(read("ws.user.account_update.three_legs.json")).unwrap();
    let legs: Vec<Leg> = told
        .iter()
        .map(|event| match event {
            StreamEvent::Position { leg, .. } => *leg,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(legs, [Leg::Long, Leg::Short]);
}

#[test]
fn balance_changes_move_no_leg() {
    for name in ["ws.user.account_update.bnfcr.json", "ws.user.account_update.funding_cross.json"] {
        let UserEvent::Positions { legs, at } = read(name) else { panic!("{name}") };
        assert!(legs.is_empty(), "{name}");
        assert!(at.0 > 1_776_000_000_000, "{name}");
    }
}

fn story(name: &str) -> Vec<StreamEvent> {
    let mut memory = Memory::default();
    let text = fixture(name);
    let frames = text.lines().map(|line| event(line).unwrap());
    frames.flat_map(|event| memory.hear(event).unwrap()).collect()
}

#[test]
fn a_long_opened_on_mainnet() {
    let told = story("ws.user.sequence.one_way_open.jsonl");
    let id = "android_MLA5BSDBdSD12WPlEyMh";
    let at = VenueTime(1_731_954_087_444);
    let report = |status, filled: Option<&str>, average: Option<&str>| OrderReport {
        id: "482255808281".into(),
        client_id: id.into(),
        status,
        filled: filled.map(qty),
        average: average.map(price),
    };
    let position = StreamEvent::Position {
        symbol: "BTCUSDT".into(),
        leg: Leg::Net,
        open: Some(StreamPosition {
            side: Side::Long,
            quantity: qty("0.002"),
            entry: Some(price("91739.9")),
            opened: None,
            trouble: None,
        }),
        at,
    };
    let fill = Fill {
        symbol: "BTCUSDT".into(),
        leg: Leg::Net,
        trade_id: "5612428004".into(),
        order_id: "482255808281".into(),
        client_id: Some(id.into()),
        origin: Origin::Plain,
        side: OrderSide::Buy,
        quantity: qty("0.002"),
        price: price("91739.9"),
        fee: money("0.0917399"),
        fee_asset: "USDT".into(),
        at,
    };
    let expected = [
        StreamEvent::Foreign(ForeignOrder {
            id: "482255808281".into(),
            client_id: id.into(),
            symbol: "BTCUSDT".into(),
            leg: Leg::Net,
            side: OrderSide::Buy,
            quantity: qty("0.002"),
            price: Some(price("91739.9")),
            reduces: false,
            at,
        }),
        position,
        StreamEvent::Fill(fill),
        StreamEvent::Order(report(OrderStatus::Filled, Some("0.002"), Some("91739.9"))),
    ];
    assert_eq!(told, expected);
}

#[test]
fn that_long_closed_on_mainnet() {
    let told = story("ws.user.sequence.one_way_close.jsonl");
    assert_eq!(told.len(), 4);
    let StreamEvent::Position { symbol, leg, open, at } = &told[1] else { panic!() };
    assert_eq!((symbol.as_str(), *leg, open), ("BTCUSDT", Leg::Net, &None));
    assert_eq!(*at, VenueTime(1_731_955_175_166));
    let StreamEvent::Fill(fill) = &told[2] else { panic!() };
    assert_eq!((fill.side, fill.trade_id.as_str()), (OrderSide::Sell, "5612520599"));
    assert_eq!((fill.price, fill.fee), (price("90853.2"), money("0.0908532")));
}

#[test]
fn frames_of_orders_that_filled_nothing() {
    for (name, id, client_id) in [
        ("ws.user.order_update.new.json", "8886774", "TEST"),
        (
            "ws.user.order_update.reduce_only_new.combined.json",
            "8765432200",
            "O-12345-test-reduce-only",
        ),
        (
            "ws.user.order_update.price_match_new.combined.json",
            "8765432100",
            "O-12345-test-price-match",
        ),
    ] {
        let (report, fill) = order(name);
        assert_eq!(fill, None, "{name}");
        let expected = OrderReport {
            id: id.into(),
            client_id: client_id.into(),
            status: OrderStatus::Live,
            filled: None,
            average: None,
        };
        assert_eq!(report, expected, "{name}");
    }
}

#[test]
fn a_part_of_an_order_filled() {
    let (report, fill) = order("ws.user.order_update.trade_partial.json");
    assert_eq!((report.status, report.filled), (OrderStatus::Partial, Some(qty("0.001"))));
    let fill = fill.unwrap();
    assert_eq!((fill.leg, fill.quantity), (Leg::Long, qty("0.001")));
    assert_eq!((fill.fee, fill.origin), (money("0.01"), Origin::Plain));
}

#[test]
fn a_reduce_only_order_filled() {
    let (report, fill) = order("ws.user.order_update.reduce_only_filled.combined.json");
    assert_eq!((report.status, report.average), (OrderStatus::Filled, Some(price("2500"))));
    let fill = fill.unwrap();
    assert_eq!(fill.order_id, "8765432300".into());
    assert_eq!(fill.trade_id, "9988776655".into());
    assert_eq!((fill.leg, fill.side, fill.quantity), (Leg::Net, OrderSide::Sell, qty("1")));
}

#[test]
fn closes_made_by_the_venue() {
    for (name, origin, leg, quantity, at) in [
        (
            "ws.user.order_update.liquidation.combined.json",
            Origin::Liquidation,
            Leg::Long,
            "0.1",
            "50000",
        ),
        ("ws.user.order_update.adl.combined.json", Origin::Adl, Leg::Short, "1", "2500"),
        (
            "ws.user.order_update.settlement.combined.json",
            Origin::Settlement,
            Leg::Short,
            "0.05",
            "51000",
        ),
        (
            "ws.user.order_update.calculated_filled.json",
            Origin::Liquidation,
            Leg::Long,
            "0.014",
            "9910.12",
        ),
        ("ws.user.order_update.new_adl_status.json", Origin::Adl, Leg::Short, "0.005", "42000"),
    ] {
        let fill = filled(name);
        assert_eq!((fill.origin, fill.leg), (origin, leg), "{name}");
        assert_eq!((fill.quantity, fill.price), (qty(quantity), price(at)), "{name}");
    }
}

#[test]
fn a_stop_placed_on_mainnet() {
    let told = Memory::default().hear(read("ws.user.algo_update.new_live_2026_09.json")).unwrap();
    let order = ConditionalOrder {
        id: "4000001910701524".into(),
        client_id: "8121aafc-cba3-4a01-a279-1dcb03a7b80f".into(),
        symbol: "DOTUSDT".into(),
        leg: Leg::Net,
        side: OrderSide::Buy,
        quantity: Some(qty("5")),
        trigger: Some(price("1.1637")),
        trigger_by: TriggerBy::Last,
        kind: ConditionalKind::StopMarket,
        reduces: false,
        on_position: false,
    };
    assert_eq!(told, [StreamEvent::Stop(StopReport { order, status: StopStatus::Live })]);
}

#[test]
fn the_life_of_conditional_orders() {
    let status = |name| match read(name) {
        UserEvent::Stop(change) => (change.client_id.to_string(), change.kind, change.status),
        other => panic!("{name}: {other:?}"),
    };
    let take_profit = "Q5xaq5EGKgXXa0fD7fs0Ip".to_owned();
    let stop = "O-20251211-053131-TEST-000-1".to_owned();
    for (name, expected) in [
        (
            "ws.user.algo_update.new.docs_derived.json",
            (take_profit.clone(), ConditionalKind::TakeProfit, StopStatus::Live),
        ),
        (
            "ws.user.algo_update.canceled.json",
            (take_profit, ConditionalKind::TakeProfit, StopStatus::Cancelled),
        ),
        (
            "ws.user.algo_update.triggering.combined.json",
            (stop.clone(), ConditionalKind::StopMarket, StopStatus::Firing),
        ),
        (
            "ws.user.algo_update.triggered.combined.json",
            (stop, ConditionalKind::StopMarket, StopStatus::Firing),
        ),
    ] {
        assert_eq!(status(name), expected, "{name}");
    }
}

#[test]
fn notices() {
    let call = read("ws.user.margin_call.combined.json");
    assert_eq!(call, UserEvent::MarginCall(vec![("ETHUSDT".into(), Leg::Long)]));
    let leverage = read("ws.user.account_config_update.leverage.combined.json");
    assert_eq!(leverage, UserEvent::Leverage("BTCUSDT".into(), 25));
    let assets = read("ws.user.account_config_update.multi_assets.combined.json");
    assert_eq!(assets, UserEvent::MultiAssets(true));
    assert_eq!(read("ws.user.listen_key_expired.json"), UserEvent::KeyExpired);
    let lite = read("ws.user.trade_lite.json");
    assert_eq!(lite, UserEvent::Other("TRADE_LITE".to_owned()));
    let reject = read("ws.user.conditional_trigger_reject.combined.json");
    let UserEvent::TriggerRejected(symbol, order, reason) = reject else { panic!() };
    assert_eq!((symbol.as_str(), order.as_str()), ("ETHUSDT", "155618472834"));
    assert!(reason.starts_with("Due to the order could not be filled immediately"), "{reason}");
}
