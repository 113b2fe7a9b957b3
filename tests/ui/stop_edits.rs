//! Edits of stops: what the dialogs show, what is asked, what is sent and what is not.

use std::sync::Arc;

use holdfast::domain::amount::{Percent, Side};
use holdfast::domain::command::{Command, StopTo};
use holdfast::domain::guard::Guard;
use holdfast::domain::snapshot::{Aged, Snapshot, There};
use holdfast::ui::keys::Key;
use holdfast::ui::update::Event;

use crate::fixture::{ago, dec, key, price, qty};
use crate::pictures::picture;
use crate::screen::Screen;
use crate::stops::{at, stops};

fn entered(screen: &mut Screen, line: &str) {
    screen.press(":");
    screen.write(line);
    screen.enter();
}

/// The moment with one leg changed.
fn changed(
    symbol: &str,
    change: impl FnOnce(&mut holdfast::domain::snapshot::LegView),
) -> Snapshot {
    let mut snapshot = stops();
    snapshot.seq += 1;
    change(snapshot.legs.iter_mut().find(|leg| leg.key.symbol.as_str() == symbol).unwrap());
    snapshot
}

#[test]
fn the_dialogs_of_stops_in_pictures() {
    for (name, line) in [
        ("tighter", "stop main:ETHUSDT 3,380"),
        ("looser", "stop XRPUSDT 1.40"),
        ("breakeven", "be ETHUSDT"),
        ("mark", "stop ETHUSDT mark 0.5%"),
        ("trail", "trail XRPUSDT 0.5% arm 0.4%"),
        ("trail-other", "trail ETHUSDT 0.8%"),
        ("trail-off", "trail ETHUSDT off"),
    ] {
        let mut screen = Screen::new((80, 24), stops());
        screen.press("4");
        entered(&mut screen, line);
        assert!(screen.model.dialog.is_some(), "{line}: {}", screen.text());
        picture(&format!("dialog-stop-{name}-80x24"), &screen.text());
    }
}

#[test]
fn breakeven_is_asked_with_before_and_after_and_sent_pinned() {
    let below = changed("XRPUSDT", |xrp| {
        xrp.stops[0].trigger = Some(price("1.4155"));
        xrp.guard.value = Guard::Covered(price("1.4155"));
    });
    let mut screen = at(below, "XRPUSDT", "b");
    let text = screen.text();
    for wanted in [
        "1.4155 -> 1.4410   tighter",
        "-229.50 -> +0.00 from entry",
        "229.50 USDT less at risk",
        "y  move the stop of XRPUSDT long",
    ] {
        assert!(text.contains(wanted), "no {wanted} in\n{text}");
    }
    screen.press("b enter");
    assert!(screen.asks().is_empty() && screen.model.dialog.is_none(), "Enter is Cancel");
    screen.press("b b y");
    let [Command::MoveStop { pin, to: StopTo::BreakEven }] = screen.commands()[..] else {
        panic!("{:?}", screen.commands())
    };
    assert_eq!(
        (&pin.key, pin.side, pin.quantity),
        (&key("main", "XRPUSDT"), Side::Long, qty("9000"))
    );
}

#[test]
fn loosening_says_what_it_adds_in_money() {
    let mut screen = at(stops(), "XRPUSDT", "t");
    assert_eq!(screen.model.prompt.as_ref().unwrap().text, "stop main:XRPUSDT 1.4415");
    screen.press("backspace backspace");
    screen.write("00");
    screen.enter();
    assert!(screen.text().contains("13.50 USDT MORE at risk"), "{}", screen.text());
    assert!(screen.text().contains("1.4415 -> 1.4400   looser"), "{}", screen.text());
    screen.press("y");
    let [Command::MoveStop { to: StopTo::At(to), .. }] = screen.commands()[..] else {
        panic!("{:?}", screen.commands())
    };
    assert_eq!(*to, price("1.44"));
}

#[test]
fn t_on_a_trailing_stop_edits_how_it_trails() {
    let mut screen = at(stops(), "ETHUSDT", "t");
    assert_eq!(screen.model.prompt.as_ref().unwrap().text, "trail main:ETHUSDT 1.2% arm 0.4%");
    screen.press("enter y");
    let [Command::Trail { pin, plan: Some(plan) }] = screen.commands()[..] else {
        panic!("{:?}", screen.commands())
    };
    assert_eq!(pin.key, key("main", "ETHUSDT"));
    assert_eq!((plan.callback, plan.activation), (Percent(dec("1.2")), Percent(dec("0.4"))));
}

#[test]
fn tighten_begins_with_half_of_what_lies_between() {
    let mut screen = at(stops(), "ADAUSDT", "T");
    assert_eq!(screen.model.prompt.as_ref().unwrap().text, "stop by:ADAUSDT mark 1.06%");
    screen.press("enter y");
    let [Command::MoveStop { to: StopTo::Tighten(share), .. }] = screen.commands()[..] else {
        panic!("{:?}", screen.commands())
    };
    assert_eq!(*share, Percent(dec("1.06")));
}

#[test]
fn what_the_engine_would_refuse_is_said_before_it_is_asked() {
    for (symbol, keys, wanted) in [
        ("LTCUSDT", "b", "LTCUSDT is not in the ledger: adopt it first"),
        ("LTCUSDT", "t", "LTCUSDT is not in the ledger: adopt it first"),
        ("DOGEUSDT", "t", "DOGEUSDT: nothing is open on the venue"),
        ("SOLUSDT", "b", "SOLUSDT: the stop of a short lies on the losing side"),
        ("XRPUSDT", "b", "would loosen it"),
    ] {
        let screen = at(stops(), symbol, keys);
        assert!(screen.flash().contains(wanted), "{symbol} {keys}: {}", screen.flash());
        assert!(screen.model.dialog.is_none() && screen.model.prompt.is_none());
    }
    let mut screen = at(stops(), "ETHUSDT", "");
    entered(&mut screen, "stop ETHUSDT 3,300");
    assert!(
        screen.flash().contains(":trail ETHUSDT off before it is loosened"),
        "{}",
        screen.flash()
    );
    for (line, wanted) in [
        ("stop ETHUSDT", "stop takes a symbol and a price"),
        ("stop ETHUSDT low", "is no price"),
        ("stop NONE 1", "no position and no orphan is called NONE"),
        ("trail ETHUSDT", "trail takes a symbol and 1.2% arm 0.4%"),
        ("trail ETHUSDT 1% arm", "how much is arm?"),
        ("trail ETHUSDT 1% leg 2%", "\"leg\" is not arm or step"),
        ("trail ETHUSDT 0%", "cannot trail 0% behind"),
        ("be ETHUSDT 3", "be takes a symbol"),
    ] {
        let mut screen = at(stops(), "ETHUSDT", "");
        entered(&mut screen, line);
        let error = screen.model.prompt.as_ref().and_then(|prompt| prompt.error.clone());
        assert!(error.as_ref().is_some_and(|why| why.contains(wanted)), "{line}: {error:?}");
        assert!(screen.asks().is_empty());
    }
}

#[test]
fn a_share_alone_is_a_distance_from_entry() {
    let mut screen = at(stops(), "XRPUSDT", "");
    entered(&mut screen, "stop XRPUSDT 1%");
    assert!(screen.text().contains("1.4415 -> 1.4266   looser"), "{}", screen.text());
}

#[test]
fn a_size_that_changes_under_the_dialog_asks_again() {
    let mut screen = at(stops(), "XRPUSDT", "");
    entered(&mut screen, "stop XRPUSDT 1.45");
    let smaller = changed("XRPUSDT", |xrp| {
        if let There::Open { quantity, .. } = &mut xrp.there {
            *quantity = qty("4000");
        }
    });
    screen.hear(Event::Snapshot(Arc::new(smaller)));
    screen.hear(Event::Key(Key::char('y')));
    assert!(screen.asks().is_empty(), "the y meant the old size");
    screen.painted();
    screen.clock += 500;
    assert!(screen.text().contains("changed 9,000 -> 4,000, y again"), "{}", screen.text());
    screen.press("y");
    let [Command::MoveStop { pin, .. }] = screen.commands()[..] else { panic!("no move") };
    assert_eq!(pin.quantity, qty("4000"));
}

#[test]
fn a_silent_venue_lifts_the_edit_of_a_stop_one_rung() {
    let mut snapshot = stops();
    for account in &mut snapshot.accounts {
        account.heard = Some(ago(90));
    }
    let mut screen = at(snapshot, "XRPUSDT", "");
    entered(&mut screen, "stop XRPUSDT 1.45");
    screen.press("y backspace");
    assert!(screen.asks().is_empty(), "y is not enough");
    screen.write("XRPUSDT");
    screen.enter();
    assert!(matches!(screen.commands()[..], [Command::MoveStop { .. }]), "{:?}", screen.commands());
}

#[test]
fn a_price_that_runs_through_the_new_stop_takes_the_yes_away() {
    let mut screen = at(stops(), "XRPUSDT", "");
    entered(&mut screen, "stop XRPUSDT 1.45");
    let fallen = changed("XRPUSDT", |xrp| {
        xrp.mark = xrp.mark.map(|mark| Aged { value: price("1.4490"), ..mark });
    });
    screen.show(fallen);
    screen.clock += 500;
    screen.press("y");
    assert!(screen.asks().is_empty());
    assert!(screen.text().contains("losing side of the price"), "{}", screen.text());
}
