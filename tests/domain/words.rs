//! Names, ids and times as text.

use std::collections::BTreeMap;

use holdfast::domain::amount::{Money, OrderSide, Percent, Price, Qty, Side};
use holdfast::domain::client_id::{ClientId, Purpose};
use holdfast::domain::command::{Command, Verdict};
use holdfast::domain::event::EventKind;
use holdfast::domain::evidence::ExitReason;
use holdfast::domain::instrument::Instrument;
use holdfast::domain::journal::{Author, IntentKind, Repair, RepairId, Rule, Write};
use holdfast::domain::key::{Leg, PositionKey, Symbol, Venue};
use holdfast::domain::lease::Fence;
use holdfast::domain::ledger::{DetectedBy, OpenRow, RowStatus};
use holdfast::domain::order::TriggerBy;
use holdfast::domain::policy::Policy;
use holdfast::domain::position::{Balance, PositionMode, VenuePosition};
use holdfast::domain::sweep::{Look, Part, Positions, Sweep};
use holdfast::domain::teeth::{Tooth, broken, pull};
use holdfast::domain::time::{Span, Time};
use holdfast::domain::trust::{Duty, Ladder, Trust};
use rust_decimal::Decimal;

use super::making::{instrument, position, row};

#[test]
fn nothing_is_no_quantity_and_no_price() {
    for zero in [Decimal::ZERO, Decimal::NEGATIVE_ONE] {
        assert!(Qty::new(zero).is_err());
        assert!(Price::new(zero).is_err());
        assert!(serde_json::from_str::<Qty>(&format!("\"{zero}\"")).is_err());
    }
}

#[test]
fn quantities_add_up_and_nothing_left_is_no_quantity() {
    let [one, two, three] = [1, 2, 3].map(|n| Qty::new(Decimal::from(n)).unwrap());
    assert_eq!((one.plus(two), three.minus(one)), (three, Some(two)));
    assert_eq!((one.minus(one), one.minus(two)), (None, None));
}

#[test]
fn our_ids_say_why_and_equal_intents_have_equal_ids() {
    let key = PositionKey::new("main", "BTCUSDT", Leg::Net);
    let all = [Purpose::Entry, Purpose::Stop, Purpose::Exit, Purpose::Breach, Purpose::Rollback];
    for purpose in all {
        let id = ClientId::mint(purpose, &key, Time(1), 1);
        assert_eq!(id.purpose(), Some(purpose));
        assert!(id.as_str().len() <= 36, "{id}");
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        assert!(id.as_str().chars().all(plain), "{id}");
        assert_eq!(id, ClientId::mint(purpose, &key, Time(1), 1));
        assert_ne!(id, ClientId::mint(purpose, &key, Time(2), 1));
        assert_ne!(id, ClientId::mint(purpose, &key, Time(1), 2));
        let hedged = PositionKey { leg: Leg::Long, ..key.clone() };
        assert_ne!(id, ClientId::mint(purpose, &hedged, Time(1), 1));
    }
}

#[test]
fn ids_under_one_fence_are_all_different_and_tell_it() {
    let key = PositionKey::new("main", "BTCUSDT", Leg::Net);
    let id = |fence, salt| ClientId::under(Fence(fence), Purpose::Stop, &key, Time(1), salt);
    let ids: std::collections::BTreeSet<_> = (0..5000).map(|salt| id(7, salt)).collect();
    assert_eq!(ids.len(), 5000);
    assert!(ids.iter().all(|id| id.fence() == Some(7) && id.purpose() == Some(Purpose::Stop)));
    assert_ne!(id(7, 1), id(8, 1));
    assert_eq!(id(0x3_002a, 1).fence(), Some(0x2a), "the end of a long one");
    assert_eq!(id(7, 0x123_4567).purpose(), Some(Purpose::Stop), "the end of a long count");
    assert_eq!(ClientId::from("x-something").fence(), None);
}

#[test]
fn other_peoples_ids_are_not_ours() {
    let foreign = [
        "",
        "hf",
        "hfs",
        "hfs-123",
        "hfz-0123456789abcdef",
        "hfss-0123456789abcdef",
        "hfs-0123456789abcdeg",
        "autoclose-1",
        "x-hfs-0123456789abcdef",
    ];
    for text in foreign {
        assert_eq!(ClientId::from(text).purpose(), None, "{text}");
    }
}

#[test]
fn a_repair_has_one_id_for_one_state() {
    let mut known = row(Side::Long, "1", "1");
    let id = |row| RepairId::of(Rule::ClosePhantom, &known.key.clone(), row);
    let first = id(&known);
    assert_eq!(first, RepairId::of(Rule::ClosePhantom, &known.key, &known));
    assert_ne!(first, RepairId::of(Rule::BookClose, &known.key, &known));
    known.revision += 1;
    assert_ne!(first, RepairId::of(Rule::ClosePhantom, &known.key, &known));
}

#[test]
fn a_change_of_a_row_names_its_repair() {
    let known = row(Side::Long, "1", "1");
    let (rule, key) = (Rule::FollowQuantity, known.key.clone());
    let id = RepairId::of(rule, &key, &known);
    let (author, evidence) = (Author::Engine, serde_json::Value::Null);
    let repair = Repair { id: id.clone(), rule, author, key, evidence, at: Time(1) };
    let row = Box::new(OpenRow::new(known).unwrap());
    let write = |repair| Write::Update { row: row.clone(), expect: 3, repair };
    assert_eq!(write(Some(Box::new(repair))).repair().map(|repair| &repair.id), Some(&id));
    assert_eq!(write(None).repair(), None);
}

#[test]
fn spans_fit_six_cells() {
    let shown = [
        (0, "0.0s"),
        (250, "0.2s"),
        (9999, "9.9s"),
        (42_000, "0:42"),
        (3_599_000, "59:59"),
        (25_920_000, "7h12m"),
        (187_200_000, "2d04h"),
    ];
    for (millis, text) in shown {
        assert_eq!(Span(millis).to_string(), text);
        assert!(text.len() <= 6);
    }
}

#[test]
fn instants_are_rfc_3339_with_milliseconds_both_ways() {
    let at = Time::parse("2026-11-21T02:20:00Z").unwrap();
    assert_eq!(at.rfc3339(), "2026-11-21T02:20:00.000Z");
    assert_eq!(Time::parse(&at.rfc3339()), Some(at));
    assert_eq!(Time::parse("2026-11-21T04:20:00.0005+02:00"), Some(at));
    assert_eq!(Time::parse("yesterday"), None);
    assert_eq!(Time(5).since(Time(9)), Span(0), "nothing is negative");
}

#[test]
fn the_words_of_the_ledger_are_read_back() {
    for leg in [Leg::Net, Leg::Long, Leg::Short] {
        assert_eq!(Leg::parse(leg.name()), Some(leg));
    }
    assert_eq!(Leg::parse("NET"), None);
    assert_eq!(Side::parse("LONG"), None);
    for status in ["opening", "active", "closing", "closed"] {
        assert_eq!(RowStatus::parse(status).map(RowStatus::name), Some(status));
    }
    for by in ["stream", "sync", "startup", "operator"] {
        assert_eq!(DetectedBy::parse(by).map(DetectedBy::name), Some(by));
    }
    for kind in ["place_stop", "close", "open"] {
        assert_eq!(IntentKind::parse(kind).map(IntentKind::name), Some(kind));
    }
    let reasons = "manual external stop_loss trailing_stop take_profit liquidation adl settlement \
                   rollback unexplained";
    for reason in reasons.split_whitespace() {
        assert_eq!(ExitReason::parse(reason).map(ExitReason::name), Some(reason));
    }
    assert_eq!(Venue::from_exchange("binance"), Some(Venue::BinanceUsdm));
    assert_eq!(Venue::from_exchange("Binance"), None);
    let mut names: Vec<_> = EventKind::ALL.iter().map(|kind| kind.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), EventKind::ALL.len(), "two kinds have one name");
}

fn one() -> Positions {
    let open: VenuePosition = position(Side::Long, "1", "1");
    Positions::from([((Symbol::from("BTCUSDT"), Leg::Net), open)])
}

#[test]
fn absence_is_only_what_every_query_showed() {
    let (here, other) = (Symbol::from("BTCUSDT"), Symbol::from("ETHUSDT"));
    let whole = Sweep::of(Part::Whole(one()), Span(1));
    assert!(matches!(whole.look(&here, Leg::Net), Look::Here(_)));
    assert_eq!(whole.look(&other, Leg::Net), Look::NotHere);
    assert_eq!(whole.look(&here, Leg::Long), Look::NotHere);
    let broken = Sweep::of(Part::Broken(one(), "page 2".to_owned()), Span(1));
    assert!(matches!(broken.look(&here, Leg::Net), Look::Here(_)));
    assert_eq!(broken.look(&other, Leg::Net), Look::Unknown);
    let orders = Part::Broken(Vec::new(), "timed out".to_owned());
    let half = Sweep::of(Part::Whole(one()), Span(1)).with_orders(orders);
    assert_eq!(half.look(&other, Leg::Net), Look::Unknown, "not every query answered");
    assert!(half.orders().is_none());
}

#[test]
fn a_sweep_survives_being_recorded() {
    for positions in [Part::Whole(one()), Part::Broken(one(), "page 2".to_owned())] {
        let sweep = Sweep::of(positions, Span(7)).with_orders(Part::Whole(Vec::new()));
        let text = serde_json::to_string(&sweep).unwrap();
        assert_eq!(serde_json::from_str::<Sweep>(&text).unwrap(), sweep);
        assert_eq!(sweep.took(), Span(7));
    }
    let worth = Balance { equity: Money(Decimal::TWO), available: Money(Decimal::ONE) };
    let full = Sweep::of(Part::Whole(one()), Span(7));
    let full = full.with_account(Some(worth), Some(PositionMode::Hedge));
    assert_eq!((full.balance(), full.mode()), (Some(worth), Some(PositionMode::Hedge)));
    let modes = BTreeMap::from([(Symbol::from("ETHUSDT"), PositionMode::OneWay)]);
    assert_eq!(*full.with_modes(modes.clone()).modes(), modes);
}

#[test]
fn what_nothing_can_be_counted_with_is_no_price_and_no_quantity() {
    let largest = Decimal::from(100_000_000_000_000_i64);
    assert!(Price::new(largest).is_ok() && Qty::new(largest).is_ok());
    for over in [largest + Decimal::ONE, Decimal::MAX] {
        assert!(Qty::new(over).is_err());
        let why = Price::new(over).unwrap_err().to_string();
        assert_eq!(why, format!("{over} is too large"));
    }
    let smallest = Decimal::new(1, 13);
    for under in [smallest / Decimal::TWO, Decimal::new(1, 28)] {
        assert!(Qty::new(under).is_err());
        assert_eq!(Price::new(under).unwrap_err().to_string(), format!("{under} is too small"));
    }
    let (price, quantity) = (Price::new(largest).unwrap(), Qty::new(largest).unwrap());
    let least = (Price::new(smallest).unwrap(), Qty::new(smallest).unwrap());
    let rules =
        Instrument { tick: least.0, market_step: least.1, ..instrument("0.1", "0.001", "100") };
    for side in [Side::Long, Side::Short] {
        assert_eq!(rules.trigger(side, price), price);
        let coarse = Instrument { tick: price, ..rules.clone() };
        assert_eq!(coarse.trigger(side, least.0), price);
    }
    assert_eq!(rules.market_quantity(quantity), Some(quantity));
    assert!(quantity.at(price) > Side::Short.profit(price, price, quantity));
    let share = Percent(Decimal::MAX);
    assert_eq!([Side::Long, Side::Short].map(|side| side.losing(price, share)), [None, None]);
}

#[test]
fn a_look_names_the_legs_that_it_says_nothing_about_and_why() {
    let (a, b) = (Symbol::from("AAAUSDT"), Symbol::from("BBBUSDT"));
    let said = |symbol: &Symbol, leg, why: &str| (symbol.clone(), leg, why.to_owned());
    let sweep = Sweep::of(Part::Whole(one()), Span(1))
        .doubting([(a.clone(), Leg::Net)])
        .refused([said(&a, Leg::Long, "no such leg"), said(&b, Leg::Long, "no such symbol")]);
    let doubtful: Vec<_> = sweep.doubtful().collect();
    assert_eq!(doubtful, [(&a, Leg::Net), (&a, Leg::Long), (&b, Leg::Long)]);
    assert_eq!(sweep.refusal(&b, Leg::Long), Some("no such symbol"));
    assert_eq!(sweep.refusal(&a, Leg::Long), Some("no such leg"));
    assert_eq!((sweep.refusal(&a, Leg::Net), sweep.refusal(&b, Leg::Short)), (None, None));
}

#[test]
fn a_rule_stands_where_it_was_put_last() {
    let mut ladder = Ladder::default();
    ladder.set(Duty::Adopt, Trust::Observe);
    ladder.set(Duty::Protect, Trust::Propose);
    ladder.set(Duty::Adopt, Trust::Repair);
    let stands = [Duty::Adopt, Duty::Protect, Duty::CleanStops].map(|duty| ladder.get(duty));
    assert_eq!(stands, [Some(Trust::Repair), Some(Trust::Propose), None]);
}

#[test]
fn a_word_for_what_a_person_asked_and_for_what_it_is_worth() {
    let account = None;
    let verbs = [
        Command::Abort { ask: 1 },
        Command::Halt { account: account.clone(), reason: String::new() },
        Command::Resume { account },
    ];
    assert_eq!(verbs.map(|command| command.verb()), ["abort", "halt", "resume"]);
    let verdicts = [Verdict::Accepted, Verdict::Refused, Verdict::Done, Verdict::Failed];
    assert_eq!(verdicts.map(Verdict::is_final), [false, true, true, true]);
    let modes = [PositionMode::OneWay, PositionMode::Hedge, PositionMode::Mixed];
    assert_eq!(modes.map(PositionMode::name), ["one-way", "hedge", "mixed"]);
    assert_eq!(Money(Decimal::new(-1250, 3)).to_string(), "-1.250");
}

#[test]
fn the_words_of_the_config_and_of_the_journal_of_orders() {
    let prices = [TriggerBy::Mark, TriggerBy::Last, TriggerBy::Index];
    assert_eq!(prices.map(TriggerBy::name), ["mark", "last", "index"]);
    let venues = [Venue::BinanceUsdm, Venue::BybitLinear];
    assert_eq!(venues.map(Venue::name), ["binance-usdm", "bybit-linear"]);
    let all = [Purpose::Entry, Purpose::Stop, Purpose::Exit, Purpose::Breach, Purpose::Rollback];
    assert_eq!(all.map(Purpose::name), ["entry", "stop", "exit", "exit", "exit"]);
}

#[test]
fn only_a_hedged_leg_says_what_makes_it_smaller() {
    let closing = [Leg::Net, Leg::Long, Leg::Short].map(Leg::closing);
    assert_eq!(closing, [None, Some(OrderSide::Sell), Some(OrderSide::Buy)]);
}

#[test]
fn a_safeguard_is_back_once_nobody_holds_it_off() {
    let first = pull(Some(Tooth::OneLook));
    let second = pull(None);
    assert!(!broken(Tooth::OneLook));
    drop(second);
    assert!(broken(Tooth::OneLook) && !broken(Tooth::KeepStops));
    drop(first);
    assert!(!broken(Tooth::OneLook));
}

#[test]
fn order_lists_are_dear_where_the_venue_weighs_requests() {
    assert!(Venue::BinanceUsdm.lists_orders_dearly() && !Venue::BybitLinear.lists_orders_dearly());
}

#[test]
fn fills_are_kept_for_as_long_as_the_venue_says() {
    let days = |venue: Venue| venue.fills_kept().millis() / 86_400_000;
    assert_eq!((days(Venue::BinanceUsdm), days(Venue::BybitLinear)), (90, 730));
}

#[test]
fn a_policy_recorded_before_it_named_a_time_to_verify_has_the_usual_one() {
    let mut kept = serde_json::to_value(Policy::unread()).unwrap();
    assert!(kept.as_object_mut().unwrap().remove("verify_timeout").is_some());
    let read: Policy = serde_json::from_value(kept).unwrap();
    assert_eq!(read.verify_timeout, Span::secs(10));
}
