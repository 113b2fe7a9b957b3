//! What if this process stops now: what the venue alone still protects, leg by leg.
//!
//! For: one honest sentence of facts for the screen, for `scan --json` and for a shutdown. Not
//! for: changing anything. Door: [`Alone::of`], [`summary`].

use std::cmp::Reverse;

use serde::Serialize;

use crate::domain::amount::{Money, Price, Qty, Side};
use crate::domain::count::counted;
use crate::domain::guard::{self, Guard};
use crate::domain::key::AccountName;
use crate::domain::plan::Open;
use crate::domain::position::VenuePosition;
use crate::domain::seen::Seen;
use crate::domain::snapshot::{AccountView, LegView, Snapshot, There};
use crate::domain::time::Time;

/// What stays behind a leg when nobody watches it any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alone {
    /// How much is open, as the venue last said; none where it holds nothing or did not say.
    pub open: Option<Qty>,
    /// How much of it live stops on the venue cover; none of it when nothing is known.
    pub covered: Option<Qty>,
    /// The weakest of those stops.
    pub stop: Option<Price>,
    /// Profit if they fire at their triggers, before fees and without a gap; negative is the
    /// loss that stays possible on what they cover.
    pub profit_at_stop: Option<Money>,
    /// A trailing stop stays where it is: nothing moves it.
    pub trail_ends: bool,
    /// Something is under way on the leg whose end nobody would see to: a close, an open, a
    /// replacement.
    pub unfinished: Option<String>,
    /// Nothing is known: the venue's orders could not be read.
    pub unknown: bool,
}

impl Alone {
    /// What would stay behind one leg.
    pub fn of(leg: &LegView, now: Time) -> Self {
        let open = match &leg.there {
            There::Open { quantity, .. } => Some(*quantity),
            There::Absent(_) | There::Unknown => None,
        };
        let unknown = match &leg.there {
            There::Open { .. } => leg.guard.value == Guard::Unknown,
            There::Absent(_) => false,
            There::Unknown => true,
        };
        let stops = if unknown { Stops::default() } else { Stops::behind(leg) };
        let unfinished = leg.work.as_ref().map(|work| {
            let what = work.word.to_lowercase();
            let age = now.since(work.since);
            if work.text.is_empty() {
                format!("{what} for {age}")
            } else {
                format!("{what} for {age} ({})", work.text)
            }
        });
        Self {
            open,
            covered: stops.covered,
            stop: stops.weakest,
            profit_at_stop: stops.profit,
            trail_ends: leg.trail.is_some(),
            unfinished,
            unknown,
        }
    }

    /// Whether live stops cover all of what is open.
    pub fn is_covered(&self) -> bool {
        self.open.is_some() && self.covered >= self.open
    }

    /// One sentence.
    pub fn text(&self) -> String {
        let mut text = match (self.open, self.covered, self.stop) {
            _ if self.unknown => "not known what protects it".to_owned(),
            (None, ..) => "nothing is open".to_owned(),
            (Some(open), None, _) => format!("NOTHING covers {open}"),
            (Some(open), Some(covered), at) => {
                let at = at.map_or_else(String::new, |at| format!(" at {at}"));
                let much = if covered >= open {
                    format!("all of {open}")
                } else {
                    format!("only {covered} of {open}")
                };
                format!("a stop{at} covers {much}")
            }
        };
        if let Some(profit) = self.profit_at_stop {
            let rounded = profit.0.round_dp(2);
            text.push_str(&format!(", {rounded:+} if it fires there"));
        }
        if self.trail_ends {
            text.push_str("; it trails no further");
        }
        if let Some(unfinished) = &self.unfinished {
            text.push_str(&format!("; left unfinished: {unfinished}"));
        }
        text
    }
}

/// The stops that protect a leg, added up.
#[derive(Default)]
struct Stops {
    covered: Option<Qty>,
    weakest: Option<Price>,
    profit: Option<Money>,
}

impl Stops {
    fn behind(leg: &LegView) -> Self {
        let There::Open { side, quantity, entry, liquidation, .. } = &leg.there else {
            return Self::default();
        };
        let (covered, weakest) = match leg.guard.value {
            Guard::Covered(at) => (*quantity, Some(at)),
            Guard::Partly(covered) => (covered, None),
            Guard::Naked | Guard::Unknown => return Self::default(),
        };
        let position = VenuePosition {
            side: *side,
            quantity: *quantity,
            entry: *entry,
            mark: None,
            liquidation: *liquidation,
            changed: None,
            opened: None,
            trouble: None,
        };
        let mark = leg.mark.map(|mark| mark.value);
        let mut levels: Vec<(Price, Qty)> = leg
            .stops
            .iter()
            .filter(|stop| guard::counts(&position, mark, stop))
            .filter_map(|stop| Some((stop.trigger?, stop.quantity.unwrap_or(*quantity))))
            .collect();
        // The weakest first: what fires last is what the loss is counted by.
        match side {
            Side::Long => levels.sort_by_key(|(at, _)| *at),
            Side::Short => levels.sort_by_key(|(at, _)| Reverse(*at)),
        }
        let profit = leg.open().map(|open| at_levels(open, &levels, covered, weakest));
        Self {
            covered: Some(covered),
            weakest: weakest.or_else(|| levels.first().map(|(at, _)| *at)),
            profit,
        }
    }
}

/// What the covered part brings if each stop fires where it stands, the weakest taken first.
fn at_levels(open: Open, levels: &[(Price, Qty)], covered: Qty, weakest: Option<Price>) -> Money {
    let mut left = Some(covered.min(open.quantity));
    let mut profit = Money::ZERO;
    for (at, quantity) in levels {
        let Some(rest) = left else { break };
        let part = rest.min(*quantity);
        profit += open.side.profit(open.entry, *at, part);
        left = rest.minus(part);
    }
    match (left, weakest) {
        (Some(rest), Some(at)) => profit + open.side.profit(open.entry, at, rest),
        _ => profit,
    }
}

/// What would stay behind several legs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Legs that are open, or of which nobody knows whether they are.
    pub legs: usize,
    /// Covered completely.
    pub covered: usize,
    /// Covered in part.
    pub partly: usize,
    /// Not covered at all.
    pub naked: usize,
    /// Nothing is known. Of an account that is not known legs may be missing altogether, see
    /// [`Tally::is_known`].
    pub unknown: usize,
    /// Profit if every stop fires at its trigger, before fees and without a gap.
    pub profit_at_stops: Money,
    /// Legs with a stop whose profit is not known, because no entry price is.
    pub unpriced: usize,
    /// Trailing stops that stay where they are.
    pub trails: usize,
    /// Legs on which something is under way.
    pub unfinished: usize,
    /// The accounts that are counted.
    #[serde(skip)]
    pub seen: Seen,
}

impl Tally {
    fn over(seen: Seen) -> Self {
        Self { seen, ..Self::default() }
    }

    /// Whether it tells of everything: every account is known, and every leg of them.
    pub fn is_known(&self) -> bool {
        self.seen.is_whole() && self.unknown == 0
    }

    fn add(&mut self, alone: &Alone) {
        self.legs += 1;
        let class = match (alone.unknown, alone.covered) {
            (true, _) => &mut self.unknown,
            (false, None) => &mut self.naked,
            (false, Some(_)) if alone.is_covered() => &mut self.covered,
            (false, Some(_)) => &mut self.partly,
        };
        *class += 1;
        match alone.profit_at_stop {
            Some(profit) => self.profit_at_stops += profit,
            None => self.unpriced += usize::from(alone.covered.is_some()),
        }
        self.trails += usize::from(alone.trail_ends);
        self.unfinished += usize::from(alone.unfinished.is_some());
    }

    /// One sentence.
    pub fn text(&self) -> String {
        if self.legs == 0 {
            return self.seen.empty("nothing is open", "");
        }
        let mut text = format!(
            "{} of {} covered by stops that stay",
            self.covered,
            counted(self.legs, "leg", "legs")
        );
        for (count, what) in
            [(self.partly, "in part"), (self.naked, "NOT AT ALL"), (self.unknown, "unknown")]
        {
            if count > 0 {
                text.push_str(&format!(", {count} {what}"));
            }
        }
        if let Some(names) = self.seen.unknown() {
            text.push_str(&format!(", {names} not known"));
        }
        if self.covered + self.partly > self.unpriced {
            let profit = self.profit_at_stops.0.round_dp(2);
            text.push_str(&format!("; {profit:+} if all of them fire where they stand"));
        }
        if self.trails > 0 {
            text.push_str(&format!("; {} trail no further", self.trails));
        }
        if self.unfinished > 0 {
            text.push_str(&format!("; {} left unfinished", self.unfinished));
        }
        text
    }
}

/// What would stay behind everything, and behind each account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Everything together.
    pub total: Tally,
    /// Each account, in the picture's order.
    pub accounts: Vec<(AccountName, Tally)>,
}

/// Adds up what would stay behind the legs of a picture.
pub fn summary(picture: &Snapshot) -> Summary {
    summary_by(picture, AccountView::is_known)
}

/// The same, where somebody else says which accounts are known.
pub fn summary_by(picture: &Snapshot, is_known: impl Fn(&AccountView) -> bool) -> Summary {
    let empty =
        |account: &AccountView| (account.name.clone(), Tally::over(Seen::by([account], &is_known)));
    let mut summary = Summary {
        total: Tally::over(Seen::by(&picture.accounts, &is_known)),
        accounts: picture.accounts.iter().map(empty).collect(),
    };
    for leg in picture.legs.iter().filter(|leg| stays(leg)) {
        let alone = Alone::of(leg, picture.at);
        summary.total.add(&alone);
        let mut accounts = summary.accounts.iter_mut();
        if let Some((_, tally)) = accounts.find(|(name, _)| *name == leg.key.account) {
            tally.add(&alone);
        }
    }
    summary
}

/// Whether there is anything to stay behind: what the venue is known not to hold needs nothing.
pub fn stays(leg: &LegView) -> bool {
    !matches!(leg.there, There::Absent(_))
}
