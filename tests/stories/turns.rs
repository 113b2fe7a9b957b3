//! What regular looks cost where several accounts share what a venue allows an address.

use holdfast::domain::effect::Act;
use holdfast::domain::key::Venue;
use holdfast::domain::sweep::Scope;
use holdfast::domain::time::{Span, Time};

use super::any_order::{run, say};
use super::verbs::Teller;

/// What a look weighs on Binance. Source: binance-usdm 5.
fn weight(scope: Scope) -> u32 {
    match scope {
        Scope::Positions => 5,
        Scope::Protection => 85,
        Scope::Full => 95,
    }
}

/// Some accounts with a covered position each, and the looks of ten calm minutes.
fn calm(others: &[&str], stream: &str) -> Result<Vec<(Time, Scope)>, String> {
    let mut teller = Teller::on(Venue::BinanceUsdm);
    for name in others {
        say(&mut teller, &format!("account {name}"))?;
        say(&mut teller, &format!("both {name}:BTCUSDT long 0.5 @ 60000 stop 58800"))?;
    }
    say(&mut teller, "both BTCUSDT long 0.5 @ 60000 stop 58800")?;
    say(&mut teller, stream)?;
    run(&mut teller, Span::secs(60))?;
    let from = teller.world.sent.len();
    run(&mut teller, Span::secs(600))?;
    let looks = teller.world.sent[from..].iter().filter_map(|sent| match &sent.act {
        Act::Look { scope, .. } => Some((sent.at, *scope)),
        _ => None,
    });
    Ok(looks.collect())
}

fn a_minute(looks: &[(Time, Scope)]) -> u32 {
    looks.iter().map(|(_, scope)| weight(*scope)).sum::<u32>() / 10
}

#[test]
fn five_accounts_on_one_address_stay_under_a_tenth_of_its_weight() {
    for others in [&[][..], &["b"], &["b", "c"], &["b", "c", "d"], &["b", "c", "d", "e"]] {
        let looks = calm(others, "start").unwrap();
        let (cost, accounts) = (a_minute(&looks), others.len() + 1);
        assert!(cost < 240, "{accounts} accounts take {cost} of 2,400 a minute");
        // Every account is looked at as often as it is alone.
        assert!(looks.len() >= accounts * 19, "{} looks", looks.len());
    }
}

#[test]
fn without_a_stream_every_look_reads_the_lists_of_orders() {
    let looks = calm(&["b"], "start deaf").unwrap();
    assert!(looks.iter().all(|(_, scope)| *scope == Scope::Full), "{looks:?}");
}
