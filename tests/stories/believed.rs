//! More of what a story expects: holds, resting stops, work under way, the ledger's journals.

use holdfast::domain::amount::{Money, Side};
use holdfast::domain::journal::IntentState;
use holdfast::domain::key::AccountName;
use holdfast::domain::position::Balance;
use holdfast::domain::snapshot::There;
use holdfast::domain::trust::Duty;

use super::table::{self, Args};
use super::verbs::Teller;
use holdfast::worlds::ledger::Repaired;

type Held = Result<(), String>;

fn hold(holds: bool, otherwise: impl FnOnce() -> String) -> Held {
    if holds { Ok(()) } else { Err(otherwise()) }
}

impl Teller {
    /// Whether a mass vanishing is held back on an account.
    pub fn held(&mut self, words: &mut Args, want: bool) -> Held {
        let name = words.try_next(|w| Some(AccountName::from(w)));
        let name = name.unwrap_or(AccountName::from("main"));
        let view = self.world.view()?;
        let account = view.accounts.iter().find(|a| a.name == name).ok_or("no such account")?;
        hold(account.hold.is_some() == want, || format!("hold: {:?}", account.hold))
    }

    /// `gate ACCOUNT [saying TEXT]`: what is missing before anything may be sent.
    pub fn gate(&mut self, words: &mut Args, closed: bool) -> Held {
        let name = AccountName::from(words.next("account")?);
        let text = words.value("saying").unwrap_or_default();
        let view = self.world.view()?;
        let account = view.accounts.iter().find(|a| a.name == name).ok_or("no such account")?;
        let missing = account.gate.join(", ");
        hold(missing.is_empty() != closed && missing.contains(&text), || {
            format!("missing: {missing}")
        })
    }

    /// `worth ACCOUNT EQUITY free AVAILABLE`.
    pub fn worth(&mut self, words: &mut Args) -> Held {
        let name = AccountName::from(words.next("account")?);
        let equity = Money(words.read("worth", |w| w.parse().ok())?);
        let free = words.parsed("free", |w| w.parse().ok())?.ok_or("free of how much")?;
        let view = self.world.view()?;
        let account = view.accounts.iter().find(|a| a.name == name).ok_or("no such account")?;
        let shown = account.balance.map(|shown| shown.value);
        let wanted = Some(Balance { equity, available: Money(free) });
        hold(shown == wanted, || format!("{shown:?} is shown"))
    }

    /// `trust ACCOUNT RULE RUNG [demoted]`: where a rule stands.
    pub fn trust(&mut self, words: &mut Args) -> Held {
        let name = AccountName::from(words.next("account")?);
        let duty = words.read("rule", Duty::parse)?;
        let (rung, demoted) = (words.next("rung")?, words.flag("demoted"));
        let view = self.world.view()?;
        let account = view.accounts.iter().find(|a| a.name == name).ok_or("no such account")?;
        let stands = account.trust.iter().find(|t| t.duty == duty).ok_or("no such rule")?;
        let fits = stands.trust.name() == rung && stands.demoted.is_some() == demoted;
        hold(fits, || format!("it stands so: {stands:?}"))
    }

    /// `rests KEY COUNT [trigger] [quantity]`: stops at the venue, whoever placed them.
    pub fn rests(&mut self, words: &mut Args) -> Held {
        let key = words.key()?;
        let count = words.read("count", table::number::<usize>)?;
        let trigger = words.parsed("at", table::price)?;
        let quantity = words.parsed("of", table::qty)?;
        let venue = self.world.venue(&key.account)?;
        let open = venue.position(&key).map(|position| position.quantity);
        let of_leg = venue.stops.iter().filter(|s| s.symbol == key.symbol && s.leg == key.leg);
        let resting: Vec<_> = of_leg.cloned().collect();
        let fits = resting.iter().filter(|s| {
            trigger.is_none_or(|t| s.trigger == Some(t))
                && quantity.is_none_or(|q| s.quantity.or(open) == Some(q))
        });
        hold(fits.count() == count, || {
            let said = |s: &holdfast::domain::order::ConditionalOrder| {
                format!("{} {:?} @ {:?}", s.client_id, s.quantity, s.trigger)
            };
            format!("resting: {:?}", resting.iter().map(said).collect::<Vec<_>>())
        })
    }

    /// `holds KEY long 40000` or `holds KEY nothing`: the truth at the venue.
    pub fn holds(&mut self, words: &mut Args) -> Held {
        let key = words.key()?;
        let nothing = words.flag("nothing");
        let side: Option<Side> = words.try_next(table::side);
        let quantity = words.try_next(table::qty);
        let position = self.world.venue(&key.account)?.position(&key).cloned();
        let fits = match &position {
            None => nothing,
            Some(p) => {
                !nothing
                    && side.is_none_or(|side| p.side == side)
                    && quantity.is_none_or(|quantity| p.quantity == quantity)
            }
        };
        hold(fits, || format!("the venue has {position:?}"))
    }

    /// `work KEY WORD [failing|going] ["text"]`.
    pub fn work(&mut self, words: &mut Args) -> Held {
        let key = words.key()?;
        let word = words.next("word")?;
        let work = self.leg(&key)?.work.clone();
        let (failing, going) = (words.flag("failing"), words.flag("going"));
        let fails = work.as_ref().is_some_and(|w| w.failed);
        hold(!(failing && !fails || going && fails), || format!("work: {work:?}"))?;
        let text = words.try_next(|w| Some(w.to_owned())).unwrap_or_default();
        let fits = work.as_ref().is_some_and(|w| w.word == word && w.text.contains(&text));
        hold(fits, || format!("work: {work:?}"))
    }

    /// `fresh KEY`, `stale KEY`: how the screen shows what is open.
    pub fn age(&mut self, what: &str, words: &mut Args) -> Held {
        let there = self.leg(&words.key()?)?.there.clone();
        let fits = matches!(there, There::Open { fresh, .. } if fresh == (what == "fresh"));
        hold(fits, || format!("it is {there:?}"))
    }

    /// `intents settled`, `intents failed 1`, `intents unknown 1`.
    pub fn intents(&mut self, words: &mut Args) -> Held {
        let want = words.next("state")?;
        let states: Vec<_> = self.world.ledger.intents.values().map(|(_, s)| *s).collect();
        let open = |s: &&IntentState| matches!(s, IntentState::Pending | IntentState::Unknown);
        let count = match want.as_str() {
            "settled" => {
                let open = states.iter().filter(open).count();
                return hold(open == 0, || format!("{open} have no outcome"));
            }
            name => states.iter().filter(|s| s.name() == name).count(),
        };
        let number = words.read("count", table::number::<usize>)?;
        hold(count == number, || format!("{count}: {states:?}"))
    }

    /// `repair RULE [KEY] [by AUTHOR] [evidence TEXT] [xN]`: what the journal says was repaired.
    pub fn repair_done(&mut self, words: &mut Args) -> Held {
        let rule = words.next("rule")?;
        let key = words.try_next(table::key);
        let author = words.value("by");
        let text = words.value("evidence").unwrap_or_default();
        let times = words.try_next(table::times).unwrap_or(1);
        let fits = |repair: &&Repaired| {
            repair.rule.name() == rule
                && key.as_ref().is_none_or(|key| *key == repair.key)
                && repair.evidence.to_string().contains(&text)
                && author.as_ref().is_none_or(|author| *author == repair.author.name())
        };
        let repairs = &self.world.ledger.repairs;
        let count = repairs.iter().filter(fits).count();
        let told = |r: &Repaired| format!("{} {} by {}", r.rule.name(), r.key, r.author.name());
        hold(count == times, || {
            format!("{count}: {:?}", repairs.iter().map(told).collect::<Vec<_>>())
        })
    }

    /// `orders KEY STATUS N`: orders of ours as the ledger's record has them.
    pub fn recorded(&mut self, words: &mut Args) -> Held {
        let key = words.key()?;
        let status = words.next("status")?;
        let count = words.read("count", table::number::<usize>)?;
        let of_leg = self.world.ledger.orders.iter().filter(|(_, (at, _))| *at == key);
        let fits = of_leg.clone().filter(|(_, (_, known))| known.name() == status).count();
        hold(fits == count, || format!("{fits}: {:?}", of_leg.collect::<Vec<_>>()))
    }

    /// A stop of ours with nothing behind it, as the screen shows it.
    pub fn stray(&mut self, words: &mut Args, want: bool) -> Held {
        let name = words.next("stop")?;
        let id = self.named(&name)?;
        let strays = &self.world.view()?.strays;
        let shown = strays.iter().any(|stray| stray.order.client_id == id);
        hold(shown == want, || format!("strays shown: {strays:?}"))
    }

    /// `bad ID COLUMN`: a row that makes no sense is shown.
    pub fn bad(&mut self, words: &mut Args) -> Held {
        let id: i64 = words.read("row id", table::number)?;
        let column = words.next("column")?;
        let bad = &self.world.view()?.bad_rows;
        let shown = bad.iter().any(|row| row.id.0 == id && row.column == column);
        hold(shown, || format!("shown: {bad:?}"))
    }

    /// `span KEY open` or `span KEY ended [xN]`: the record of time without a stop.
    pub fn span(&mut self, words: &mut Args) -> Held {
        let key = words.key()?;
        let want = words.next("open or ended")?;
        let times = words.try_next(table::times).unwrap_or(1);
        let spans: Vec<_> = self.world.ledger.spans.iter().filter(|s| s.key == key).collect();
        let count = spans.iter().filter(|s| s.ended.is_none() == (want == "open")).count();
        hold(count == times, || format!("{count}: {spans:?}"))
    }

    /// Whether the screen says that the ledger does not answer.
    pub fn fault_shown(&mut self, want: bool) -> Held {
        let fault = self.world.view()?.ledger_fault.clone();
        hold(fault.is_some() == want, || format!("{fault:?}"))
    }
}
