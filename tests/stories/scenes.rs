//! What the crash matrix interrupts: a position, what is done with it, and how little of it may
//! be left in the end.
//!
//! `L` is the leg, `O` the one beside it: the other leg of its instrument in hedge mode, else
//! another instrument. Prices in braces are those of a long, and are mirrored for a short.

use rust_decimal::Decimal;

use holdfast::domain::key::Venue;

/// Where a scene is played.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    pub venue: Venue,
    pub hedge: bool,
    pub short: bool,
}

#[derive(Clone, Copy, Debug)]
pub struct Scene {
    pub name: &'static str,
    /// Before the start.
    pub before: &'static [&'static str],
    /// When the process has settled.
    pub ready: &'static [&'static str],
    /// What is interrupted.
    pub act: &'static [&'static str],
    /// How much of the leg is left at least.
    pub least: u32,
    /// How much of the leg beside it.
    pub beside: u32,
    /// Whether what is open may end as nobody's.
    pub orphan: bool,
}

const HELD: &[&str] = &["both L {side} 100 @ {10} stop {9.5}", "stop s1 L {9.5}"];
/// The venue takes 30 in one order, so a whole close takes four.
const SPLIT: &[&str] = &["instrument L tick 0.01 step 0.001 min 0.001 max 30", HELD[0], HELD[1]];
const USUAL: Scene =
    Scene { name: "", before: HELD, ready: &[], act: &[], least: 100, beside: 40, orphan: false };

/// Stops that are replaced, moved and trailed.
pub const STOPS: &[Scene] = &[
    Scene { name: "grown", act: &["trade L {buy} 20 @ {10}"], least: 120, ..USUAL },
    Scene { name: "tighten", act: &["ask stop L at {9.7}"], ..USUAL },
    Scene { name: "loosen", act: &["ask stop L at {9.3}"], ..USUAL },
    Scene {
        name: "break-even",
        ready: &["mark L {10.6}"],
        act: &["ask stop L break-even"],
        ..USUAL
    },
    Scene { name: "trail", act: &["ask trail L 0%/2%/0.1%"], ..USUAL },
    Scene {
        name: "trail moves",
        ready: &["ask trail L 1%/2%/0.1%"],
        act: &["mark L {10.6}"],
        ..USUAL
    },
    Scene { name: "lost", act: &["cancels L"], ..USUAL },
];

/// Closes by a person, by rule, and of several legs.
pub const CLOSES: &[Scene] = &[
    Scene { name: "whole", act: &["ask close L"], least: 0, ..USUAL },
    Scene { name: "part", act: &["ask close L 40%"], least: 60, ..USUAL },
    Scene { name: "split", before: SPLIT, act: &["ask close L"], least: 0, ..USUAL },
    Scene { name: "split part", before: SPLIT, act: &["ask close L 80%"], least: 20, ..USUAL },
    Scene {
        name: "breach",
        before: &["policy on_breach close", HELD[0], HELD[1]],
        act: &["mark L {9.4}", "cancels L"],
        least: 0,
        ..USUAL
    },
    Scene {
        name: "close many",
        act: &["ask close-many L O at-once 1 halt"],
        least: 0,
        beside: 0,
        ..USUAL
    },
    Scene { name: "fired", act: &["fires L @ {9.5}"], least: 0, ..USUAL },
];

/// Positions that begin.
pub const OPENS: &[Scene] = &[
    Scene {
        name: "open",
        before: &[],
        act: &["ask open L {side} 100 stop {9.5}"],
        least: 0,
        ..USUAL
    },
    Scene {
        name: "open and trail",
        before: &[],
        act: &["ask open L {side} 100 stop {9.5} trail 2%"],
        least: 0,
        ..USUAL
    },
    Scene {
        name: "rollback",
        before: &[],
        ready: &["next stop refused -1111 x9"],
        act: &["ask open L {side} 100 stop {9.5}"],
        least: 0,
        ..USUAL
    },
    Scene {
        name: "adopt",
        before: &["venue L {side} 100 @ {10}"],
        act: &["ask adopt L stop {9.5}"],
        orphan: true,
        ..USUAL
    },
];

impl Stage {
    pub fn leg(&self) -> String {
        match (self.hedge, self.short) {
            (true, true) => "AAAUSDT/short".to_owned(),
            (true, false) => "AAAUSDT/long".to_owned(),
            (false, _) => "AAAUSDT".to_owned(),
        }
    }

    pub fn beside(&self) -> String {
        match (self.hedge, self.short) {
            (true, true) => "AAAUSDT/long".to_owned(),
            (true, false) => "AAAUSDT/short".to_owned(),
            (false, _) => "BBBUSDT".to_owned(),
        }
    }

    /// The lines before every scene: the mode, the price, and what is beside.
    pub fn set_up(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.hedge {
            lines.push("mode main hedge".to_owned());
        }
        let other = Self { short: !self.short, ..*self };
        let beside = if self.hedge { &other } else { self };
        lines.extend(["mark L {10}", "mark O {10}"].map(|line| self.line(line)));
        let rest = ["both O {side} 40 @ {10} stop {9.5}", "stop beside O {9.5}"];
        let named = rest.map(|line| line.replacen(" O ", &format!(" {} ", self.beside()), 1));
        lines.extend(named.iter().map(|line| beside.line(line)));
        lines
    }

    /// A line of a scene with its names and prices.
    pub fn line(&self, line: &str) -> String {
        let words = line.split(' ').map(|word| self.word(word));
        words.collect::<Vec<_>>().join(" ")
    }

    fn word(&self, word: &str) -> String {
        let inner = word.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        match (word, inner) {
            ("L", _) => self.leg(),
            ("O", _) => self.beside(),
            (_, Some("side")) => if self.short { "short" } else { "long" }.to_owned(),
            (_, Some("buy")) => if self.short { "sell" } else { "buy" }.to_owned(),
            (_, Some(price)) => {
                let price: Decimal = price.parse().expect("a price");
                let mirrored = Decimal::from(20) - price;
                if self.short { mirrored } else { price }.to_string()
            }
            _ => word.to_owned(),
        }
    }
}
