//! Stops that are moved again and again under faults: at every instant one covers the leg, the
//! tightest never moves back, and they do not pile up.

use holdfast::domain::amount::Price;
use holdfast::domain::guard;
use holdfast::domain::key::{AccountName, PositionKey, Venue as VenueName};
use holdfast::domain::order::ConditionalOrder;
use holdfast::domain::time::Span;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::any_order::{broken, runner, say};
use super::table::{self, Args};
use super::verbs::Teller;

/// Lines: after how long, which fault, and how far the price goes.
type Lines = Vec<(u16, u8, i16)>;

/// As many faults as there are, and as many lines without one.
const LINES: u8 = 40;
/// The stop and the one in whose place it comes.
const AT_MOST: usize = 2;

/// A leg whose stop trails, and the tightest stop that it ever had.
struct Ratchet {
    teller: Teller,
    key: PositionKey,
    tightest: Price,
    mark: Decimal,
}

impl Ratchet {
    fn new(bybit: bool) -> Result<Self, String> {
        let place = if bybit { VenueName::BybitLinear } else { VenueName::BinanceUsdm };
        let mut teller = Teller::on(place);
        for line in [
            "policy trailing 0.5%/0.5%/0.1%",
            "both BTCUSDT long 0.5 @ 60000 stop 58800",
            "stop s1 BTCUSDT 58800",
            "mark BTCUSDT 60000",
            "start",
        ] {
            say(&mut teller, line)?;
        }
        let key = table::key("BTCUSDT").ok_or("no key")?;
        let tightest = table::price("58800").ok_or("no price")?;
        let mut ratchet = Self { teller, key, tightest, mark: Decimal::from(60_000) };
        ratchet.run(Span::secs(5))?;
        Ok(ratchet)
    }

    fn ours(&self) -> Vec<ConditionalOrder> {
        let main = AccountName::from("main");
        let stops = self.teller.world.venues.get(&main).map(|venue| venue.stops.clone());
        stops.unwrap_or_default().into_iter().filter(ConditionalOrder::ours).collect()
    }

    /// Lets things happen, and looks at the venue after each.
    fn run(&mut self, span: Span) -> Result<(), String> {
        let until = self.teller.world.now + span;
        while let Some(at) = self.teller.world.next(until) {
            self.teller.world.once(at)?;
            self.check()?;
        }
        self.teller.world.now = until;
        Ok(())
    }

    fn check(&mut self) -> Result<(), String> {
        let main = AccountName::from("main");
        let venue = self.teller.world.venue(&main)?;
        let position = venue.position(&self.key).cloned().ok_or("the position is gone")?;
        let ours = self.ours();
        let at = guard::standing(position.side, position.quantity, &ours);
        let at = at.ok_or("nothing covers the leg")?;
        if !position.side.protects(at, self.tightest) {
            return Err(format!("the stop moved back from {} to {at}", self.tightest));
        }
        self.tightest = at;
        if ours.len() > AT_MOST {
            return Err(format!("{} stops pile up", ours.len()));
        }
        Ok(())
    }

    fn say(&mut self, line: &str) -> Result<(), String> {
        say(&mut self.teller, line)?;
        self.check()
    }

    /// A new price, but none that fires a resting stop.
    fn mark(&mut self, per_mille: i16) -> Result<(), String> {
        let least = self.tightest.get() * Decimal::new(1001, 3);
        let next = self.mark * (Decimal::ONE + Decimal::new(per_mille.into(), 3));
        self.mark = next.max(least).round_dp(1);
        let line = format!("mark BTCUSDT {}", self.mark);
        self.say(&line)
    }

    fn calm(&mut self) -> Result<(), String> {
        for line in ["looks ok", "ledger up", "stream up"] {
            self.say(line)?;
        }
        self.run(Span::secs(90))?;
        let best = self.teller.leg(&self.key)?.trail.as_ref().and_then(|t| t.trail.best);
        self.mark = best.map_or(self.mark, |best| best.get().max(self.mark));
        self.mark(3)?;
        self.run(Span::secs(60))
    }

    fn expect(&mut self, line: &str) -> Result<(), String> {
        let words = line.split_whitespace().map(str::to_owned).collect();
        self.teller.expect(Args(words)).map_err(|why| format!("{line}: {why}"))
    }
}

fn fault(what: u8, n: i16) -> Option<String> {
    let few = n.unsigned_abs() % 3 + 1;
    Some(match what {
        0 | 1 => format!("next stop refused -1008 x{few}"),
        2 => format!("next stop refused -2021 x{few}"),
        3 => "next stop unsure-done".to_owned(),
        4 => "next stop unsure-lost".to_owned(),
        5 => format!("next cancel refused -1008 x{few}"),
        6 => "next cancel unsure-done".to_owned(),
        7 => "next cancel unsure-lost".to_owned(),
        8 => "stream down".to_owned(),
        9 => "stream up".to_owned(),
        10 => format!("looks fail {few}"),
        11 => format!("orders fail {few}"),
        12 => format!("finds fail {few}"),
        13 => "ledger down".to_owned(),
        14 => "ledger up".to_owned(),
        15 | 16 => "restart".to_owned(),
        17 => "looks old 1".to_owned(),
        18 => format!("acts take {}ms", few * 100),
        19 => "stream doubled".to_owned(),
        _ => return None,
    })
}

fn told(bybit: bool, lines: &Lines) -> Result<(), String> {
    let mut ratchet = Ratchet::new(bybit)?;
    for (gap, what, move_by) in lines {
        ratchet.run(Span(u64::from(*gap)))?;
        if let Some(line) = fault(*what, *move_by) {
            ratchet.say(&line)?;
        }
        ratchet.mark(move_by % 8)?;
    }
    ratchet.calm()?;
    ratchet.expect("rests BTCUSDT 1")?;
    ratchet.expect("intents settled")?;
    ratchet.expect("no event POSITION_NAKED")?;
    ratchet.expect("sent no close")?;
    let line = format!("covered BTCUSDT at {}", ratchet.tightest);
    ratchet.expect(&line)?;
    // Within a step of where it belongs.
    let belongs = ratchet.teller.leg(&ratchet.key)?.trail.as_ref().and_then(|t| t.trail.stop);
    let behind = belongs.map(|at| at.get() - ratchet.tightest.get());
    match behind {
        Some(behind) if behind >= Decimal::from(60) => Err(format!("it is {behind} behind")),
        _ => Ok(()),
    }
}

#[test]
fn whatever_happens_a_stop_covers_the_leg_and_never_moves_back() {
    let line = (0..4000_u16, 0..LINES, -8..12_i16);
    let all = (any::<bool>(), prop::collection::vec(line, 1..30));
    let check = |(bybit, lines): (bool, Lines)| told(bybit, &lines).map_err(broken);
    runner(60).run(&all, check).unwrap_or_else(|why| panic!("{why}"));
}

/// Hundreds of moves, with a fault at every third.
fn hundreds(bybit: bool) {
    let mut ratchet = Ratchet::new(bybit).expect("it starts");
    let step = |ratchet: &mut Ratchet, n: u16| {
        if n.is_multiple_of(3) {
            let (what, few) = (n / 3 % 20, n / 60 % 3);
            if let Some(line) = fault(what as u8, few as i16) {
                ratchet.say(&line)?;
            }
        }
        ratchet.mark(2)?;
        ratchet.run(Span(1500 + u64::from(n % 7) * 100))?;
        if n.is_multiple_of(60) { ratchet.calm() } else { Ok(()) }
    };
    for n in 1..=240 {
        step(&mut ratchet, n).unwrap_or_else(|why: String| panic!("move {n}: {why}"));
    }
    ratchet.calm().expect("it calms down");
    let moved = ratchet.teller.world.ledger.events.iter();
    let moved = moved.filter(|event| event.kind.name() == "STOP_AMENDED").count();
    assert!(moved >= 200, "it moved {moved} times");
    ratchet.expect("rests BTCUSDT 1").expect("one stop");
    ratchet.expect("no event POSITION_NAKED").expect("never naked");
    ratchet.expect("no event STOP_LOST").expect("never lost");
}

#[test]
fn hundreds_of_moves_under_faults_leave_no_instant_uncovered_on_binance() {
    hundreds(false);
}

#[test]
fn hundreds_of_moves_under_faults_leave_no_instant_uncovered_on_bybit() {
    hundreds(true);
}
