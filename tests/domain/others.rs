//! Who sent what is not ours, what is too small to trade, and a fill that belongs to two positions.

use holdfast::domain::amount::{Money, Side};
use holdfast::domain::client_id::ClientId;
use holdfast::domain::evidence::{Explanation, Exposure, Fill};
use holdfast::domain::finding::{AccountFindingKind, FindingKind};
use holdfast::domain::key::{Symbol, Venue, VenueOrderId};
use holdfast::domain::ledger::Row;
use holdfast::domain::sender::Sender;

use super::making::{buy, d, instrument, price, qty, row, sell, with_fee};

#[test]
fn a_sender_is_named_by_what_a_person_recognises() {
    let of = |text: &str| Sender::of(Some(&ClientId::from(text))).to_string();
    for (id, name) in [
        ("web_3xQ8", "web"),
        ("ios_9ab", "app"),
        ("android_MLA5BSDBdSD12WPlEyMh", "app"),
        ("x-A6SIDXVS1717", "x-A6SIDXVS"),
        ("grid-0001", "grid"),
        ("bot_7.3", "bot"),
        ("gridbots-1", "gridbots"),
        ("face-1", "face"),
        ("3f2a11bc-aa00-11ee-be56-0242ac120002", "unnamed"),
        ("deadbeef-aa00-11ee-be56-0242ac120002", "unnamed"),
        ("Cv8Nx4kZqWmT2yPbR7aHde", "unnamed"),
        ("8886774", "unnamed"),
        ("averyveryverylongword-1", "unnamed"),
        ("", "unnamed"),
    ] {
        assert_eq!(of(id), name, "{id}");
    }
    assert_eq!(Sender::of(None), Sender::Unnamed);
}

#[test]
fn dust_is_below_the_smallest_order_or_value() {
    let mut rules = instrument("0.1", "0.001", "1000");
    rules.market_min = qty("0.01");
    rules.min_notional = Some(Money(d("5")));
    assert!(rules.is_dust(qty("0.009"), None, false));
    assert!(!rules.is_dust(qty("0.01"), Some(price("100")), false));
    assert!(rules.is_dust(qty("0.01"), Some(price("100")), true));
    assert!(!rules.is_dust(qty("0.05"), Some(price("100")), true));
    assert!(!rules.is_dust(qty("0.01"), None, true), "without a mark nothing is worth anything");
    assert!(Venue::BybitLinear.values_closes() && !Venue::BinanceUsdm.values_closes());
}

fn explain(exposure: &Exposure<'_>, fills: &[Fill]) -> Explanation {
    Explanation::of(exposure, fills).unwrap()
}

fn exposure<'a>(quantity: &str, quote: &'a Symbol) -> Exposure<'a> {
    Exposure {
        side: Side::Long,
        quantity: qty(quantity),
        entry: price("100"),
        entry_order: None,
        quote,
        step: Some(qty("0.1")),
        entered: None,
        flipped: false,
        adds: true,
        entered_before: false,
    }
}

#[test]
fn both_parts_of_a_crossing_fill_add_up_to_it_and_its_fee() {
    let quote = Symbol::from("USDT");
    let fills = [with_fee(sell("3", "110", 1), "1", "USDT")];
    let flipped = Exposure { flipped: true, ..exposure("2", &quote) };
    let crossing = explain(&flipped, &fills).crossing.unwrap();
    assert_eq!((crossing.closed, crossing.opened), (qty("2"), qty("1")));
    assert_eq!(crossing.fee_closed() + crossing.fee_opened(), d("1"));
    assert_eq!(crossing.fee_closed().round_dp(4), d("0.6667"));
    // Without the other side open, a larger fill is no crossing.
    assert_eq!(explain(&exposure("2", &quote), &fills).crossing, None);
}

#[test]
fn less_than_a_step_left_over_is_nothing() {
    let quote = Symbol::from("USDT");
    let fills = [sell("2", "110", 1)];
    assert_eq!(explain(&exposure("2.05", &quote), &fills).profit, Money(d("20")));
    assert_eq!(Explanation::of(&exposure("2.1", &quote), &fills), None);
}

#[test]
fn an_entry_order_that_closed_something_first_is_paid_for_in_part() {
    let (quote, order) = (Symbol::from("USDT"), VenueOrderId::from("o1"));
    let fills = [with_fee(buy("5", "100", 1), "1", "USDT"), sell("2", "110", 2)];
    let from = |entered| Exposure { entry_order: Some(&order), entered, ..exposure("2", &quote) };
    assert_eq!(explain(&from(Some(d("2"))), &fills).profit, Money(d("19.6")));
    assert_eq!(explain(&from(None), &fills).profit, Money(d("19")));
}

#[test]
fn what_all_of_a_row_cost_outlives_its_parts() {
    let whole: Row = row(Side::Long, "2", "100");
    assert_eq!(whole.entry_value(), whole.quantity.at(whole.entry_price));
    let evidence = serde_json::json!({ "followed": ["1"], "entry_value": "15200" });
    let part = Row { evidence: Some(evidence), ..row(Side::Long, "2", "100") };
    assert_eq!(part.entry_value(), Money(d("15200")));
    let odd = Row {
        evidence: Some(serde_json::json!({ "entry_value": "many" })),
        ..row(Side::Long, "2", "100")
    };
    assert_eq!(odd.entry_value(), whole.entry_value());
}

#[test]
fn a_word_for_each_finding_and_the_loudest_first() {
    assert!(FindingKind::Naked < FindingKind::Partly);
    assert!(FindingKind::Partly < FindingKind::Trouble);
    assert!(FindingKind::Trouble < FindingKind::Phantom);
    assert!(FindingKind::Quantity < FindingKind::ForeignOrder);
    let json = |kind: FindingKind| serde_json::to_value(kind).unwrap();
    assert_eq!(json(FindingKind::WrongLeg), FindingKind::WrongLeg.name());
    assert_eq!(json(FindingKind::ForeignOrder), FindingKind::ForeignOrder.name());
    assert!(!FindingKind::Naked.informs() && !FindingKind::Phantom.informs());
    assert!(FindingKind::ForeignOrder.informs() && !FindingKind::ForeignOrder.differs());
    assert!(FindingKind::Doubled.differs() && !FindingKind::Dust.differs());
    assert!(FindingKind::Partly.uncovers() && !FindingKind::Trouble.uncovers());
    assert!(AccountFindingKind::ForeignWriter.informs());
    assert!(!AccountFindingKind::SecondEngine.informs());
}
