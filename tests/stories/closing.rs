//! What a story expects of closes of several legs, of halts, and of how long legs were uncovered.

use holdfast::domain::alone::Alone;
use holdfast::domain::key::AccountName;
use holdfast::domain::naked::NakedTotals;
use holdfast::domain::snapshot::AccountView;
use holdfast::domain::time::Span;

use super::table::{self, Args};
use super::verbs::Teller;

type Held = Result<(), String>;

fn hold(holds: bool, otherwise: impl FnOnce() -> String) -> Held {
    if holds { Ok(()) } else { Err(otherwise()) }
}

/// How far a total may be from what a story says: requests and words take their time.
const NEAR: Span = Span(500);

impl Teller {
    pub fn closing(&mut self, what: &str, words: &mut Args) -> Held {
        match what {
            "batch" => self.batch(words),
            "halted" => self.halted(words),
            "naked-today" => self.naked_today(words),
            "cleanups" => {
                let name = words.next("account")?;
                let want: u32 = words.read("number", table::number)?;
                let failed = self.account_view(&name)?.failed_cleanups;
                hold(failed == want, || format!("{failed} have failed"))
            }
            _ => self.stays_behind(words),
        }
    }

    fn account_view(&self, name: &str) -> Result<&AccountView, String> {
        let name = AccountName::from(name);
        let accounts = &self.world.view()?.accounts;
        accounts.iter().find(|account| account.name == name).ok_or("no such account".to_owned())
    }

    /// `batch [waiting N] [closing N] [done N] [failed N] [aborted N] [excluded N] [kept N]
    /// [over]`.
    fn batch(&mut self, words: &mut Args) -> Held {
        let view = self.world.view()?;
        let batch = view.batches.last().ok_or("nobody asked for one")?;
        let count = batch.count();
        let over = words.flag("over");
        hold(over == batch.ended.is_some(), || format!("ended: {:?}", batch.ended))?;
        for (name, have) in [
            ("waiting", count.waiting),
            ("closing", count.closing),
            ("done", count.done),
            ("failed", count.failed),
            ("aborted", count.aborted),
            ("excluded", count.excluded),
            ("kept", view.batches.len()),
        ] {
            if let Some(want) = words.parsed(name, table::number::<usize>)? {
                hold(have == want, || format!("{:?}", batch.legs))?;
            }
        }
        Ok(())
    }

    fn halted(&mut self, words: &mut Args) -> Held {
        let saying = words.value("saying").unwrap_or_default();
        let halt = self.account_view(&words.next("account")?)?.halt.clone();
        let fits = halt.as_ref().is_some_and(|halt| format!("{halt:?}").contains(&saying));
        let kept = &self.world.ledger.halted;
        hold(fits, || format!("{halt:?}, the ledger has {kept:?}"))
    }

    pub fn not_halted(&mut self, words: &mut Args) -> Held {
        let halt = self.account_view(&words.next("account")?)?.halt.clone();
        let kept = self.world.ledger.halted.clone();
        hold(halt.is_none() && kept.is_empty(), || format!("{halt:?}, the ledger has {kept:?}"))
    }

    /// `naked-today LEG|ACCOUNT spans N [total T] [worst T] [now]`.
    fn naked_today(&mut self, words: &mut Args) -> Held {
        let totals: NakedTotals = match words.try_next(table::key) {
            Some(key) => self.leg(&key)?.naked,
            None => self.account_view(&words.next("leg or account")?)?.naked,
        };
        let says = || format!("{totals:?}");
        let near = |have: Span, want: Option<Span>| {
            want.is_none_or(|want| have.0.abs_diff(want.0) <= NEAR.0)
        };
        let spans = words.parsed("spans", table::number::<u32>)?;
        hold(spans.is_none_or(|want| want == totals.spans), says)?;
        hold(near(totals.total, words.parsed("total", table::span)?), says)?;
        hold(near(totals.worst, words.parsed("worst", table::span)?), says)?;
        hold(words.flag("now") == totals.since.is_some(), says)
    }

    /// `alone LEG "text"…`: what the venue alone still protects, in words.
    fn stays_behind(&mut self, words: &mut Args) -> Held {
        let key = words.key()?;
        let text = Alone::of(self.leg(&key)?, self.world.now).text();
        for part in words.0.drain(..) {
            hold(text.contains(&part), || format!("it says: {text}"))?;
        }
        Ok(())
    }
}
