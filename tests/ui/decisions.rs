//! Decisions about the ledger: a difference resolved, a repair undone, a rule restored. What is
//! shown before the yes, which keys never say it, and what is sent after it.

use holdfast::domain::amount::Side::Long;
use holdfast::domain::command::Command;
use holdfast::domain::journal::{Author, RepairId, Rule};
use holdfast::domain::snapshot::{FindingKind, RepairView, Snapshot};
use holdfast::domain::trust::Duty;
use holdfast::ui::update::Event;

use crate::accounts::three;
use crate::fixture::{finding, leg, of, qty, repair};
use crate::pictures::picture;
use crate::screen::Screen;

/// The phantom under the cursor of view 3.
fn on_phantom(size: (u16, u16)) -> Screen {
    let mut screen = Screen::new(size, three());
    screen.press("3 j j");
    assert_eq!(screen.model.cursor_key().map(|key| key.symbol.as_str()), Some("DOGEUSDT"));
    screen
}

/// Repairs of every kind: one that closed, one that followed, one that adopted by hand.
fn repaired() -> Snapshot {
    let mut snapshot = three();
    let sol = || leg("main", "SOLUSDT", Long, ["9.0", "214.31", "219.88", "210.02"]);
    let closed = repair("r-00000000c105", &leg("by", "SUIUSDT", Long, ["40", "3.5", "3.4", "3.3"]));
    let followed = |id: &str, from: &str| {
        let view = repair(id, &sol());
        let mut before = (*view.before.unwrap()).clone();
        let after = holdfast::domain::ledger::Row { revision: 4, ..before.clone() };
        before.quantity = qty(from);
        RepairView {
            rule: Rule::FollowQuantity,
            before: Some(before.into()),
            after: after.into(),
            text: format!("main SOLUSDT: the row follows the venue: {from} -> 9.0"),
            ..view
        }
    };
    let adopted = RepairView {
        rule: Rule::Adopt,
        author: Author::Operator,
        before: None,
        ..followed("r-0000000ad0b7", "9.0")
    };
    snapshot.legs.push(sol().0);
    snapshot.legs.sort_by(|a, b| a.key.cmp(&b.key));
    snapshot.repairs =
        vec![followed("r-00000000f011", "7.5"), closed, followed("r-00000000f000", "6.0"), adopted]
            .into();
    snapshot
}

#[test]
fn a_resolve_shows_the_row_asks_why_and_can_be_stopped_for_three_seconds() {
    let mut screen = on_phantom((80, 24));
    screen.press("R");
    let text = screen.text();
    for part in [
        "bybit:by  DOGEUSDT  LONG  row 108",
        "status   active -> closed",
        "reason   -- -> unexplained",
        "no fill explains it, so no profit is booked",
        "missing  closing fills explain the whole quantity",
        "to the ledger, as a repair of yours",
        "its stop of ours is taken away",
        "why? _",
    ] {
        assert!(text.contains(part), "{part:?} is missing:\n{text}");
    }
    picture("decision-resolve-why-80x24", &text);
    screen.write("sold on the web ");
    screen.enter();
    assert!(screen.commands().is_empty(), "Enter ends the reason and sends nothing");
    assert!(screen.text().contains("y  resolve DOGEUSDT"), "{}", screen.text());
    screen.press("y");
    assert!(screen.commands().is_empty());
    assert!(screen.text().contains("resolve DOGEUSDT in 3s; any key stops it"));
    screen.wait(2_500);
    assert!(screen.commands().is_empty(), "{}", screen.text());
    screen.wait(500);
    let [Command::Resolve { key, revision, reason }] = screen.commands()[..] else {
        panic!("{:?}", screen.commands())
    };
    assert_eq!(
        (key.symbol.as_str(), *revision, reason.as_str()),
        ("DOGEUSDT", 3, "sold on the web")
    );
    assert!(screen.model.decision.is_none());
    // Until it is answered the key refuses, and says why.
    screen.press("R");
    assert!(screen.flash().contains("no answer yet"), "{}", screen.flash());
}

#[test]
fn any_key_stops_a_resolve_that_counts_down() {
    for key in ["y", "enter", "j", "esc", "R", "space"] {
        let mut screen = on_phantom((120, 36));
        screen.press("R");
        screen.write("gone");
        screen.enter();
        screen.press("y");
        screen.wait(1_000);
        screen.press(key);
        assert_eq!(screen.flash(), "stopped: nothing was sent", "{key}");
        screen.wait(10_000);
        assert!(screen.commands().is_empty(), "{key}");
    }
}

#[test]
fn without_a_reason_with_a_paste_or_too_early_nothing_is_resolved() {
    let mut screen = on_phantom((120, 36));
    screen.press("R");
    screen.hear(Event::Paste("because".into()));
    assert!(screen.flash().contains("a paste answers no dialog"), "{}", screen.flash());
    screen.enter();
    assert!(screen.model.decision.is_none(), "Enter without a reason leaves");
    screen.press("R");
    screen.write("  ");
    screen.enter();
    assert!(screen.model.decision.is_none(), "blanks are no reason");

    // Keys that came before the question was painted answer nothing.
    screen.press("R");
    screen.write("gone");
    use holdfast::ui::keys::{Code, Key};
    screen.hear(Event::Key(Key::plain(Code::Enter)));
    screen.hear(Event::Key(Key::char('y')));
    screen.painted();
    screen.wait(5_000);
    assert!(screen.commands().is_empty());
    assert!(screen.text().contains("y  resolve DOGEUSDT"), "it still asks: {}", screen.text());
}

#[test]
fn a_row_that_changed_under_a_resolve_is_not_resolved() {
    let mut screen = on_phantom((120, 36));
    screen.press("R");
    screen.write("gone");
    screen.enter();
    screen.press("y");
    let mut moved = three();
    let doge = moved.legs.iter_mut().find(|leg| leg.key.symbol.as_str() == "DOGEUSDT").unwrap();
    let mut row = (**doge.row.as_ref().unwrap()).clone();
    row.revision = 4;
    doge.row = Some(row.into());
    screen.show(moved);
    assert!(screen.text().contains("revision 3 -> 4: look again"), "{}", screen.text());
    screen.press("y");
    screen.wait(5_000);
    assert!(screen.commands().is_empty());
}

#[test]
fn where_there_is_nothing_to_resolve_the_key_says_why() {
    let covered = leg("main", "ETHUSDT", Long, ["8", "3,388.10", "3,412.55", "3,371.00"]);
    let mut young = leg("main", "XRPUSDT", Long, ["9000", "1.44", "1.45", "1.41"])
        .absent()
        .find(finding(FindingKind::Phantom, 3, 1, "confirms with one more look", false));
    let why = "refused: looks have not proven yet that main XRPUSDT is gone";
    young.0.findings[0].resolved = Some(Err(why.into()));
    let orphan = leg("main", "LTCUSDT", Long, ["60", "88.40", "90.12", "86.0"]).untracked();
    let mut screen = Screen::new((120, 36), of(vec![covered, young, orphan]));
    for (symbol, wanted) in [
        ("ETHUSDT", "no difference that a person could resolve"),
        ("XRPUSDT", "looks have not proven yet"),
        ("LTCUSDT", "not in the ledger: nothing to resolve"),
    ] {
        screen.go(symbol);
        screen.press("R");
        assert!(screen.flash().contains(wanted), "{symbol}: {}", screen.flash());
        assert!(screen.model.decision.is_none());
    }
}

#[test]
fn a_size_can_be_resolved_by_command_too() {
    let mut screen = Screen::new((120, 36), three());
    screen.press(":");
    screen.write("resolve 币安人生USDT");
    screen.enter();
    let text = screen.text();
    assert!(text.contains("qty      21,000 -> 14,000"), "{text}");
    assert!(!text.contains("no profit is booked"), "it closes nothing: {text}");
}

#[test]
fn an_undo_shows_the_row_as_it_is_and_as_it_will_be() {
    let mut screen = Screen::new((80, 24), repaired());
    screen.go("SOLUSDT");
    screen.press("u");
    let text = screen.text();
    for part in [
        "undo r-00000000f011",
        "binance:main  SOLUSDT  LONG  row 107",
        "qty      9.0 -> 7.5",
        "every column as it was",
        "follow_quantity only proposes in main from now on",
        "y  undo r-00000000f011",
    ] {
        assert!(text.contains(part), "{part:?} is missing:\n{text}");
    }
    picture("decision-undo-80x24", &text);
    screen.press("enter");
    assert!(screen.model.decision.is_none() && screen.commands().is_empty());
    screen.press("u u u");
    assert!(screen.commands().is_empty(), "the key that asks never confirms");
    screen.press("y");
    let wanted = Command::Undo { repair: RepairId("r-00000000f011".into()) };
    assert_eq!(screen.commands(), [&wanted]);
}

#[test]
fn where_the_row_has_no_repair_the_list_opens_and_holds_on_to_its_repair() {
    let mut screen = Screen::new((120, 36), repaired());
    screen.go("BTCPERP");
    screen.press("u");
    picture("repairs-120x36", &screen.text());
    screen.press("j");
    // A newer repair pushes the others down; the choice stays where it was.
    let mut more = repaired();
    let mut list = more.repairs.to_vec();
    list.insert(0, RepairView { id: RepairId("r-000000000e37".into()), ..list[0].clone() });
    more.repairs = list.into();
    screen.show(more);
    screen.enter();
    let text = screen.text();
    assert!(text.contains("y  undo r-00000000c105"), "{text}");
    assert!(text.contains("status   closed -> active"), "{text}");
    assert!(text.contains("close_phantom only proposes in by from now on"), "{text}");
    screen.press("n");
    screen.press("u q");
    assert!(screen.model.listing.is_none() && screen.commands().is_empty());
}

#[test]
fn a_stop_kept_on_a_position_is_not_said_to_outlive_it() {
    for on_position in [false, true] {
        let mut snapshot = three();
        let gone = snapshot.legs.iter_mut().find(|leg| leg.key.symbol.as_str() == "DOGEUSDT");
        gone.unwrap().stops[0].on_position = on_position;
        let mut screen = Screen::new((120, 36), snapshot);
        screen.press("3 j j");
        let sides = screen.text();
        assert_eq!(sides.contains("still live"), !on_position, "{sides}");
        screen.press("R");
        let dialog = screen.text();
        assert!(dialog.contains("resolve on your word"), "{dialog}");
        assert_eq!(dialog.contains("taken away at the venue"), !on_position, "{dialog}");
    }
}

#[test]
fn an_adoption_by_hand_is_taken_away_and_holds_no_rule_back() {
    let mut screen = Screen::new((120, 36), repaired());
    screen.press(":");
    screen.write("undo r-0000000ad0b7");
    screen.enter();
    let text = screen.text();
    assert!(text.contains("9.0 @ 214.31 -> taken away"), "{text}");
    assert!(text.contains("no rule is held back: a person did it"), "{text}");
}

#[test]
fn a_repair_of_an_earlier_run_can_be_undone_by_its_id() {
    let mut screen = Screen::new((120, 36), three());
    screen.press("u");
    assert!(screen.flash().contains(":undo ID takes back an older one"), "{}", screen.flash());
    screen.press(":");
    screen.write("undo r-0123456789ab");
    screen.enter();
    assert!(screen.text().contains("of an earlier run"), "{}", screen.text());
    screen.press("y");
    let wanted = Command::Undo { repair: RepairId("r-0123456789ab".into()) };
    assert_eq!(screen.commands(), [&wanted]);
}

#[test]
fn a_rule_is_restored_by_command_after_a_yes() {
    let mut screen = Screen::new((120, 36), three());
    for (line, wanted) in [
        ("restore by", "restore takes an account and a rule"),
        ("restore mars close_phantom", "no account is called mars"),
        ("restore by closing", "no rule is called closing; there are protect, clean_stops"),
    ] {
        screen.press(":");
        screen.write(line);
        screen.enter();
        assert!(screen.text().contains(wanted), "{line}:\n{}", screen.text());
        screen.press("esc");
    }
    screen.press(":");
    screen.write("restore main close_phantom");
    screen.enter();
    assert!(
        screen.flash().contains("close_phantom is not held back in main"),
        "{}",
        screen.flash()
    );
    screen.press(":");
    screen.write("restore by close_phantom");
    screen.enter();
    let text = screen.text();
    assert!(text.contains("close_phantom: propose -> observe"), "as the policy says: {text}");
    assert!(text.contains("by undo of r-5c1e7700a1b2"), "{text}");
    screen.press("y");
    let wanted = Command::Restore { account: "by".into(), duty: Duty::ClosePhantom };
    assert_eq!(screen.commands(), [&wanted]);
}
