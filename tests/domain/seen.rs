//! What a list with nothing in it may say, by which accounts are known.

use holdfast::domain::alone;
use holdfast::domain::amount::Side;
use holdfast::domain::guard::Guard;
use holdfast::domain::key::PositionKey;
use holdfast::domain::seen::Seen;
use holdfast::domain::snapshot::{AccountView, Known, LegView, Snapshot};
use holdfast::domain::time::Time;

use super::alone::{account, behind, leg, picture};
use super::making::price;

/// 14:03:22Z.
const LOST: Time = Time(1_795_269_802_000);

fn never(name: &str) -> AccountView {
    let known = Known::Unknown(LOST, "no complete look yet".into());
    AccountView { known, looked: None, sweeps: 0, ..account(name) }
}

fn lost(name: &str) -> AccountView {
    let known = Known::Unknown(LOST, "positionRisk timed out".into());
    AccountView { known, looked: Some(LOST), ..account(name) }
}

fn empty(accounts: Vec<AccountView>) -> Snapshot {
    Snapshot { accounts, ..picture(Vec::new()) }
}

fn said(accounts: Vec<AccountView>) -> String {
    Seen::of(&empty(accounts)).empty("nothing is open", ", so nothing needs a stop")
}

#[test]
fn an_empty_list_is_flat_only_where_every_account_is_known() {
    let whole = said(vec![account("main"), account("alt")]);
    assert_eq!(whole, "nothing is open, so nothing needs a stop");
    assert_eq!(said(vec![never("main")]), "nothing is known of main yet: no complete look");
    let both = said(vec![never("main"), never("alt")]);
    assert_eq!(both, "nothing is known of main and alt yet: no complete look");
    assert_eq!(said(vec![lost("main")]), "nothing is known of main since 14:03:22Z");
    let three = said(vec![lost("main"), lost("alt"), lost("cold")]);
    assert_eq!(three, "nothing is known of main, alt and cold now");
    assert_eq!(said(Vec::new()), "nothing is known yet");
}

#[test]
fn where_one_account_is_not_known_the_others_are_named_with_it() {
    let some = |account_b| said(vec![account("alt"), account_b]);
    assert_eq!(some(never("main")), "nothing is open in alt; main is not known yet");
    assert_eq!(some(lost("main")), "nothing is open in alt; main is not known since 14:03:22Z");
    let two = said(vec![account("alt"), never("main"), lost("cold"), account("by")]);
    assert_eq!(two, "nothing is open in alt and by; main and cold are not known now");
}

#[test]
fn what_would_stay_is_not_told_as_nothing_where_nobody_looked() {
    let summary = alone::summary(&empty(vec![never("main")]));
    assert!(!summary.total.is_known());
    assert_eq!(summary.total.text(), "nothing is known of main yet: no complete look");
    let summary = alone::summary(&empty(vec![account("alt"), never("main")]));
    assert_eq!(summary.total.text(), "nothing is open in alt; main is not known yet");
    let of: Vec<_> = summary.accounts.iter().map(|(_, tally)| tally.text()).collect();
    assert_eq!(of, ["nothing is open", "nothing is known of main yet: no complete look"]);
    let known: Vec<_> = summary.accounts.iter().map(|(_, tally)| tally.is_known()).collect();
    assert_eq!(known, [true, false]);
}

fn covered(account: &str) -> LegView {
    let leg = behind(
        leg("BTCUSDT", Side::Long, "2", "100", "110"),
        Guard::Covered(price("95")),
        &[(Some("2"), "95")],
    );
    LegView { key: PositionKey { account: account.into(), ..leg.key.clone() }, ..leg }
}

#[test]
fn what_was_believed_of_an_account_is_no_sum_of_now() {
    let legs = vec![covered("main"), covered("alt")];
    let accounts = vec![account("alt"), lost("main")];
    let summary = alone::summary(&Snapshot { accounts, ..picture(legs) });
    assert!(!summary.total.is_known());
    assert_eq!(
        summary.total.text(),
        "2 of 2 legs covered by stops that stay, main not known; -20 if all of them fire where \
         they stand"
    );
    let of: Vec<_> = summary.accounts.iter().map(|(_, tally)| tally.text()).collect();
    assert!(!of[0].contains("not known") && of[1].contains(", main not known;"));
}

#[test]
fn a_leg_that_nobody_could_read_makes_its_account_unknown_too() {
    let mut unread = covered("main");
    unread.guard.value = Guard::Unknown;
    let accounts = vec![account("alt"), account("main")];
    let summary = alone::summary(&Snapshot { accounts, ..picture(vec![unread]) });
    assert_eq!(summary.total.text(), "0 of 1 leg covered by stops that stay, 1 unknown");
    let known: Vec<_> = summary.accounts.iter().map(|(_, tally)| tally.is_known()).collect();
    assert_eq!((known, summary.total.is_known()), (vec![true, false], false));
}
