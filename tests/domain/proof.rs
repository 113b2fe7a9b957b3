//! Fills that explain an end, and the looks that prove it.

use holdfast::domain::amount::{Money, Side};
use holdfast::domain::evidence::{
    Absence, Account, ExitReason, Explanation, Exposure, Fill, Gone, Origin,
};
use holdfast::domain::key::{Symbol, VenueOrderId};
use holdfast::domain::ledger::{ClosedRow, DetectedBy, OpenRow, RowStatus};
use holdfast::domain::time::{Span, Time};
use serde_json::json;

use super::making::{buy, d, made_by, price, qty, row, sell, with_fee};

fn explain(side: Side, quantity: &str, entry: &str, fills: &[Fill]) -> Option<Explanation> {
    explain_from(side, quantity, entry, None, fills)
}

fn explain_from(
    side: Side,
    quantity: &str,
    entry: &str,
    entry_order: Option<&VenueOrderId>,
    fills: &[Fill],
) -> Option<Explanation> {
    let quote = Symbol::from("USDT");
    let (quantity, entry) = (qty(quantity), price(entry));
    let exposure = Exposure {
        side,
        quantity,
        entry,
        entry_order,
        quote: &quote,
        step: None,
        entered: None,
        flipped: false,
        adds: true,
        entered_before: false,
    };
    Explanation::of(&exposure, fills)
}

#[test]
fn one_fill_explains_a_long_and_a_short() {
    let long = explain(Side::Long, "2", "100", &[sell("2", "110", 1)]).unwrap();
    assert_eq!((long.exit, long.profit), (price("110"), Money(d("20"))));
    assert_eq!(long.reason, ExitReason::External);
    let short = explain(Side::Short, "2", "100", &[buy("2", "110", 1)]).unwrap();
    assert_eq!(short.profit, Money(d("-20")));
}

#[test]
fn a_part_is_never_a_whole() {
    assert_eq!(explain(Side::Long, "2", "100", &[sell("1.999", "110", 1)]), None);
    assert_eq!(explain(Side::Long, "2", "100", &[]), None);
    assert_eq!(explain(Side::Long, "2", "100", &[buy("2", "110", 1)]), None);
}

#[test]
fn several_fills_give_their_average() {
    let fills = [sell("1", "110", 1), sell("3", "114", 2)];
    let why = explain(Side::Long, "4", "100", &fills).unwrap();
    assert_eq!((why.exit, why.profit), (price("113"), Money(d("52"))));
    assert_eq!(why.fills.len(), 2);
}

#[test]
fn a_fill_that_crosses_zero_counts_with_the_part_that_closes() {
    let fills = [with_fee(sell("5", "110", 1), "5", "USDT"), sell("1", "90", 2)];
    let why = explain(Side::Long, "2", "100", &fills).unwrap();
    // Two fifths of the fee belong to the close; what follows belongs to the next position.
    assert_eq!((why.exit, why.profit), (price("110"), Money(d("18"))));
    assert_eq!(why.fills.len(), 1);
}

#[test]
fn what_is_added_after_the_first_close_has_to_be_closed_too() {
    let fills = [sell("1", "110", 1), buy("1", "105", 2), sell("2", "108", 3)];
    let why = explain(Side::Long, "2", "100", &fills).unwrap();
    // +10 for the first part, +8 and +3 for what was left and what was added.
    assert_eq!(why.profit, Money(d("21")));
    assert_eq!(explain(Side::Long, "2", "100", &fills[..2]), None);
    assert_eq!(explain(Side::Long, "2", "100", &[sell("1", "110", 1), buy("1", "105", 2)]), None);
}

#[test]
fn the_entry_is_not_a_close_and_its_fee_counts_when_it_is_known() {
    let entry = VenueOrderId::from("o1");
    let fills = [
        with_fee(buy("2", "100", 1), "0.5", "USDT"),
        with_fee(sell("2", "110", 2), "0.25", "USDT"),
    ];
    let known = explain_from(Side::Long, "2", "100", Some(&entry), &fills).unwrap();
    assert_eq!(known.profit, Money(d("19.25")));
    let unknown = explain(Side::Long, "2", "100", &fills).unwrap();
    assert_eq!(unknown.profit, Money(d("19.75")));
}

#[test]
fn fees_in_another_currency_are_named_and_not_mixed_in() {
    let fills = [with_fee(sell("2", "110", 1), "0.001", "BNB"), sell("9", "1", 2)];
    let why = explain(Side::Long, "2", "100", &fills).unwrap();
    assert_eq!(why.profit, Money(d("20")));
    assert_eq!(why.other_fees, [(Symbol::from("BNB"), d("0.001"))]);
    let rebate = [with_fee(sell("2", "110", 1), "-0.1", "USDT")];
    let rebate = explain(Side::Long, "2", "100", &rebate).unwrap();
    assert_eq!(rebate.profit, Money(d("20.1")));
}

#[test]
fn a_fee_in_another_currency_counts_with_the_part_that_closes() {
    let fills = [with_fee(sell("5", "110", 1), "1", "BNB")];
    let why = explain(Side::Long, "2", "100", &fills).unwrap();
    assert_eq!(why.other_fees, [(Symbol::from("BNB"), d("0.4"))]);
}

#[test]
fn the_last_closing_fill_names_the_cause() {
    let by = |client, origin| {
        let fills = [sell("1", "99", 1), made_by(sell("1", "99", 2), client, origin)];
        explain(Side::Long, "2", "100", &fills).unwrap().reason
    };
    assert_eq!(by("hfs-0123456789abcdef", Origin::Unknown), ExitReason::StopLoss);
    assert_eq!(by("hfb-0123456789abcdef", Origin::Plain), ExitReason::StopLoss);
    assert_eq!(by("hfx-0123456789abcdef", Origin::Plain), ExitReason::Manual);
    assert_eq!(by("hfr-0123456789abcdef", Origin::Plain), ExitReason::Rollback);
    assert_eq!(by("autoclose-1", Origin::Liquidation), ExitReason::Liquidation);
    assert_eq!(by("adl_autoclose", Origin::Adl), ExitReason::Adl);
    assert_eq!(by("settlement_autoclose-1", Origin::Settlement), ExitReason::Settlement);
    assert_eq!(by("x", Origin::TakeProfit), ExitReason::TakeProfit);
    assert_eq!(by("x", Origin::Stop), ExitReason::StopLoss);
    assert_eq!(by("x", Origin::Plain), ExitReason::External);
}

/// A bot that enters with two orders and adds with a third: what the row holds came with the first
/// two, and all that was bought has to be sold again.
#[test]
fn an_entry_of_several_orders_ends_where_the_row_is_full() {
    let fills = [buy("1", "100", 1), buy("1", "100", 2), buy("1", "106", 3), sell("3", "110", 4)];
    let why = explain(Side::Long, "2", "100", &fills).unwrap();
    assert_eq!((why.exit, why.profit), (price("110"), Money(d("24"))));
    assert_eq!(why.fills.len(), 1);
}

/// The order that entered is entry to its last fill: the rest of it had closed the other side.
#[test]
fn an_order_that_crossed_zero_is_entry_with_all_its_fills() {
    let more = Fill { order_id: VenueOrderId::from("o1"), ..buy("1", "101", 2) };
    let fills = [buy("2", "100", 1), more, sell("2", "110", 3)];
    assert_eq!(explain(Side::Long, "2", "100", &fills).unwrap().profit, Money(d("20")));
}

#[test]
fn a_proof_names_both_parts_of_a_fill_that_crossed_zero() {
    let quote = Symbol::from("USDT");
    let exposure = Exposure {
        side: Side::Long,
        quantity: qty("2"),
        entry: price("100"),
        entry_order: None,
        quote: &quote,
        step: None,
        entered: None,
        flipped: true,
        adds: true,
        entered_before: false,
    };
    let fills = [with_fee(sell("5", "110", 1), "1", "USDT")];
    let why = Explanation::of(&exposure, &fills).unwrap();
    let looks = [Absence::Sweep(Time(0)), Absence::StreamZero(Time(10))];
    let proof = Gone::prove(&looks, APART, Account::explained(why)).unwrap().to_json();
    let parts = json!({
        "trade": "1", "price": "110", "closed": "2", "opened": "3",
        "fee_closed": "0.4", "fee_opened": "0.6",
    });
    assert_eq!((&proof["crossing"], &proof["orders"]), (&parts, &json!(["o1"])));
}

const APART: Span = Span::secs(2);

fn gone(absences: &[Absence]) -> Option<Gone> {
    Gone::prove(absences, APART, Account::Unpriced)
}

#[test]
fn absence_needs_two_looks_apart_or_one_and_a_zero() {
    let sweep = |ms| Absence::Sweep(Time(ms));
    let zero = |ms| Absence::StreamZero(Time(ms));
    let proven: [(&str, Vec<Absence>, bool); 8] = [
        ("nothing", vec![], false),
        ("one look", vec![sweep(0)], false),
        ("two looks, too close", vec![sweep(0), sweep(1999)], false),
        ("two looks apart", vec![sweep(0), sweep(2000)], true),
        ("many looks, first and last apart", vec![sweep(0), sweep(900), sweep(2100)], true),
        ("a zero alone", vec![zero(0)], false),
        ("two zeros", vec![zero(0), zero(5000)], false),
        ("a look and a zero, either order", vec![sweep(0), zero(10)], true),
    ];
    for (what, absences, holds) in proven {
        assert_eq!(gone(&absences).is_some(), holds, "{what}");
    }
}

#[test]
fn two_looks_at_one_instant_prove_nothing_even_without_a_wait() {
    let twice = [Absence::Sweep(Time(5)), Absence::Sweep(Time(5))];
    assert!(Gone::prove(&twice, Span(0), Account::Unpriced).is_none());
}

#[test]
fn a_row_is_closed_with_its_proof_or_not_at_all() {
    let looks = [Absence::Sweep(Time(0)), Absence::StreamZero(Time(10))];
    let fills = [with_fee(sell("2", "110", 77), "1", "USDT")];
    let why = explain(Side::Long, "2", "100", &fills).unwrap();
    let gone = Gone::prove(&looks, APART, Account::explained(why)).unwrap();
    let mut open = row(Side::Long, "2", "100");
    open.pnl = Some(Money(d("5")));
    open.evidence = Some(json!({"followed": ["70"], "entry_value": "300"}));
    let closed = open.close(&gone, DetectedBy::Stream, Time(99));
    let row = closed.row();
    assert_eq!(row.status, RowStatus::Closed);
    assert_eq!((row.exit_price, row.pnl), (Some(price("110")), Some(Money(d("24")))));
    // All of the profit, of all that was entered.
    assert_eq!(row.pnl_percentage, Some(d("8")));
    assert_eq!((row.closed_at, row.revision), (Some(Time(99)), 4));
    let evidence = row.evidence.as_ref().unwrap();
    assert_eq!(evidence["trades"], json!(["77"]));
    assert_eq!(evidence["followed"], json!(["70"]));
    assert_eq!(evidence["absent"].as_array().unwrap().len(), 2);
    assert!(OpenRow::new(row.clone()).is_none(), "a closed image is no open one");
    // As a checkpoint holds it.
    let kept = serde_json::to_value(&closed).unwrap();
    assert_eq!(serde_json::from_value::<ClosedRow>(kept.clone()).unwrap(), closed);
    assert!(serde_json::from_value::<OpenRow>(kept).is_err());
    let open = serde_json::to_value(OpenRow::new(open).unwrap()).unwrap();
    assert!(serde_json::from_value::<ClosedRow>(open).is_err());
}

#[test]
fn an_unexplained_end_has_no_price_and_no_profit() {
    let gone = gone(&[Absence::Sweep(Time(0)), Absence::Sweep(Time(9000))]).unwrap();
    let closed = row(Side::Short, "2", "100").close(&gone, DetectedBy::Sync, Time(9001));
    let row = closed.row();
    assert_eq!((row.exit_price, row.pnl, row.priced), (None, None, false));
    assert_eq!(row.exit_reason, Some(ExitReason::Unexplained));
}

/// Whoever writes a row smaller than what it followed leaves less than nothing as its entry.
#[test]
fn an_entry_of_less_than_nothing_explains_like_any_other() {
    let (quote, entry_order) = (Symbol::from("USDT"), VenueOrderId::from("o1"));
    let exposure = Exposure {
        side: Side::Long,
        quantity: qty("2"),
        entry: price("100"),
        entry_order: Some(&entry_order),
        quote: &quote,
        step: None,
        entered: Some(d("-1")),
        flipped: false,
        adds: true,
        entered_before: false,
    };
    let why = Explanation::of(&exposure, &[sell("2", "110", 77)]).unwrap();
    assert_eq!((why.exit, why.profit), (price("110"), Money(d("20"))));
}
