//! What a picture says of the accounts as such: their order, and how they are connected.

use holdfast::domain::effect::Effect;
use holdfast::domain::input::{Input, LinkState};
use holdfast::domain::key::{AccountName, Venue};
use holdfast::domain::lease::{Fence, LeaseState};
use holdfast::domain::policy::AccountPolicy;
use holdfast::domain::snapshot::AccountView;
use holdfast::domain::time::{Span, Time};
use holdfast::engine::Core;

use super::usual;

const START: Time = Time(1_795_228_800_000);

/// A core that was told these, one a second.
fn after(accounts: &[&str], told: Vec<Input>) -> (Core, Time) {
    let mut policy = usual::policy();
    policy.accounts =
        accounts.iter().map(|name| AccountPolicy::new(*name, Venue::BinanceUsdm)).collect();
    let (mut core, mut effects, mut now) = (Core::new(), Vec::<Effect>::new(), START);
    core.step(now, Input::Started(Box::new(policy)), &mut effects);
    for input in told {
        now = now + Span::secs(1);
        core.step(now, input, &mut effects);
    }
    (core, now)
}

fn first(told: Vec<Input>) -> AccountView {
    let (mut core, now) = after(&["main"], told);
    core.view(now).accounts.remove(0)
}

fn link(blocked: Option<&str>) -> LinkState {
    let blocked = blocked.map(str::to_owned);
    let round_trip = Span(120);
    LinkState { used_percent: 12, offset_ms: 3, round_trip, blocked, banned: None }
}

#[test]
fn accounts_stand_in_the_order_of_the_config() {
    let names = ["swing", "main", "carry"];
    let (mut core, now) = after(&names, Vec::new());
    let shown: Vec<AccountName> = core.view(now).accounts.into_iter().map(|a| a.name).collect();
    assert_eq!(shown, names.map(AccountName::from));
}

#[test]
fn a_link_that_is_not_blocked_is_a_sign_of_life() {
    let name = AccountName::from("main");
    let (fine, banned) = (link(None), link(Some("banned until 02:45")));
    let told = |link: &LinkState| Input::Link(name.clone(), link.clone());
    let view = first(vec![told(&fine), told(&banned)]);
    assert_eq!(view.link, Some(banned));
    assert_eq!(view.heard, Some(START + Span::secs(1)));
}

#[test]
fn a_lease_that_comes_and_goes_says_nothing_of_the_link() {
    let name = AccountName::from("main");
    let lease = |state| Input::Lease(name.clone(), state);
    let view = first(vec![
        lease(LeaseState::Held { fence: Fence(1) }),
        Input::Books(Box::default()),
        Input::Link(name.clone(), link(None)),
        lease(LeaseState::Lost { why: "the file is gone".to_owned() }),
        lease(LeaseState::Held { fence: Fence(2) }),
    ]);
    assert_eq!(view.link, Some(link(None)));
    assert_eq!(view.heard, Some(START + Span::secs(3)));
}

#[test]
fn a_picture_has_the_number_that_the_core_was_given_last() {
    let (mut core, now) = after(&["main"], vec![Input::Woke, Input::Woke]);
    let seq = core.view(now).seq;
    assert_eq!((seq, core.shown()), (3, 3));
    core.was_shown(7);
    assert_eq!((core.view(now).seq, core.shown()), (7, 7));
}
