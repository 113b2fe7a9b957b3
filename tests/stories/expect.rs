//! What a story expects, and what it says when that is not so.

use holdfast::domain::command::Verdict;
use holdfast::domain::effect::Act;
use holdfast::domain::guard::Guard;
use holdfast::domain::key::{AccountName, PositionKey};
use holdfast::domain::ledger::{Row, RowStatus};
use holdfast::domain::snapshot::{FindingView, Known, LegView, StreamState};

use super::table::{self, Args};
use super::verbs::{Teller, clock, order_side};

pub type Held = Result<(), String>;

pub fn hold(holds: bool, otherwise: impl FnOnce() -> String) -> Held {
    if holds { Ok(()) } else { Err(otherwise()) }
}

impl Teller {
    /// Says why the expectation does not hold, if it does not.
    pub fn expect(&mut self, mut words: Args) -> Held {
        let what = words.next("what is expected")?;
        match what.as_str() {
            "nothing" => {
                let stirred = &self.world.stirred;
                hold(stirred.is_empty(), || format!("not nothing: {}", stirred.join("; ")))?;
            }
            "finding" => self.finding(&mut words)?,
            "no" => self.none(&mut words)?,
            "closed" => self.closed(&mut words)?,
            "row" => self.row(&mut words)?,
            "rows" => self.rows(&mut words)?,
            "orders" => self.recorded(&mut words)?,
            "event" => self.event(&mut words)?,
            "counters" => self.counters(&mut words)?,
            "sent" => self.sent(&mut words)?,
            "unknown" | "known" => self.known(&what, &mut words)?,
            "answer" => self.answer(&mut words)?,
            "trail" => self.trail(&mut words)?,
            "kept" => self.kept(&mut words)?,
            "rested" => self.rested(&mut words)?,
            "covered" | "naked" | "partly" | "unguarded" => self.guard(&what, &mut words)?,
            "hold" => self.held(&mut words, true)?,
            "gate" => self.gate(&mut words, true)?,
            "trust" => self.trust(&mut words)?,
            "rests" => self.rests(&mut words)?,
            "work" => self.work(&mut words)?,
            "fresh" | "stale" => self.age(&what, &mut words)?,
            "account-finding" => self.account_finding(&mut words, true)?,
            "shown" => self.shown(&mut words, true)?,
            "intents" => self.intents(&mut words)?,
            "repair" => self.repair_done(&mut words)?,
            "stray" => self.stray(&mut words, true)?,
            "stream" => self.stream_is(&mut words)?,
            "bad" => self.bad(&mut words)?,
            "span" => self.span(&mut words)?,
            "fault" => self.fault_shown(true)?,
            "batch" | "halted" | "naked-today" | "cleanups" | "alone" => {
                self.closing(&what, &mut words)?;
            }
            "worth" => self.worth(&mut words)?,
            "drift" => self.drift(&mut words)?,
            "drifts" => self.drifts(&mut words)?,
            "holds" => self.holds(&mut words)?,
            "logged" => self.logged(&mut words)?,
            "gone" => {
                let key = words.key()?;
                let shown = self.leg(&key).is_ok();
                hold(!shown, || "it is still shown".to_owned())?;
            }
            other => return Err(format!("nobody can expect {other}")),
        }
        words.done()
    }

    fn none(&mut self, words: &mut Args) -> Held {
        let what = words.next("no what")?;
        match what.as_str() {
            "finding" | "findings" => {
                let found = self.found(words)?;
                hold(found.is_empty(), || format!("there is {}", found.join(", ")))
            }
            "row" => {
                let key = words.key()?;
                let row = self.world.ledger.open(&key);
                hold(row.is_none(), || format!("the ledger has {row:?}"))
            }
            "event" => {
                let count = self.count_events(words)?;
                hold(count == 0, || format!("there are {count} of them"))
            }
            "shown" => self.shown(words, false),
            "trail" => self.no_trail(words),
            "kept" => self.nothing_kept(words),
            "hold" => self.held(words, false),
            "gate" => self.gate(words, false),
            "stray" => self.stray(words, false),
            "fault" => self.fault_shown(false),
            "account-finding" => self.account_finding(words, false),
            "halted" => self.not_halted(words),
            "work" => {
                let key = words.key()?;
                let leg = self.leg(&key).ok();
                let work = leg.and_then(|leg| leg.work.clone());
                hold(work.is_none(), || format!("there is {work:?}"))
            }
            other => Err(format!("nobody can expect no {other}")),
        }
    }

    pub fn leg(&self, key: &PositionKey) -> Result<&LegView, String> {
        let view = self.world.view()?;
        view.legs.iter().find(|leg| leg.key == *key).ok_or(format!("{key} is not shown"))
    }

    fn finding(&mut self, words: &mut Args) -> Held {
        let kind = words.next("kind of finding")?;
        let key = words.key()?;
        let leg = self.leg(&key)?;
        let found: Vec<&FindingView> = leg.findings.iter().collect();
        let hit = found.iter().find(|f| f.kind.name() == kind);
        let shown: Vec<_> = found.iter().map(|f| f.kind.name()).collect();
        let hit = hit.ok_or(format!("{key} shows {shown:?}"))?;
        let waits = words.flag("waits");
        hold(!waits || hit.waits, || format!("it does not wait: {}", hit.next))?;
        if let Some(text) = words.value("next") {
            hold(hit.next.contains(&text), || format!("next is: {}", hit.next))?;
        }
        Ok(())
    }

    fn found(&mut self, words: &mut Args) -> Result<Vec<String>, String> {
        let kind = words.try_next(|w| w.starts_with(char::is_lowercase).then(|| w.to_owned()));
        let key = if words.0.is_empty() { None } else { Some(words.key()?) };
        let view = self.world.view()?;
        let legs = view.legs.iter().filter(|leg| key.as_ref().is_none_or(|key| leg.key == *key));
        let named = |leg: &LegView| -> Vec<String> {
            let kinds = leg.findings.iter().map(|f| f.kind.name());
            let hits = kinds.filter(|name| kind.as_deref().is_none_or(|kind| kind == *name));
            hits.map(|name| format!("{name} {}", leg.key)).collect()
        };
        Ok(legs.flat_map(named).collect())
    }

    fn closed(&mut self, words: &mut Args) -> Held {
        let key = words.key()?;
        let row = self.world.ledger.last_closed(&key);
        let open = self.world.ledger.open(&key);
        let row = row.ok_or(format!("no row of {key} is closed; open: {open:?}"))?.clone();
        hold(open.is_none() || words.flag("then-reopened"), || format!("open: {open:?}"))?;
        let is = |name: &str, want: Option<String>, have: Option<String>| match want {
            Some(want) => hold(have.as_deref() == Some(want.as_str()), || {
                format!("{name} is {}, not {want}", have.unwrap_or("unset".to_owned()))
            }),
            None => Ok(()),
        };
        is("exit", words.value("at"), row.exit_price.map(|p| p.to_string()))?;
        is("pnl", words.value("pnl"), row.pnl.map(|p| p.0.normalize().to_string()))?;
        is("reason", words.value("reason"), row.exit_reason.map(|r| r.name().to_owned()))?;
        is("detected_by", words.value("by"), row.detected_by.map(|d| d.name().to_owned()))?;
        is("pct", words.value("pct"), row.pnl_percentage.map(|p| p.normalize().to_string()))?;
        hold(!words.flag("priced") || row.priced, || "it is not priced".to_owned())?;
        hold(!words.flag("unpriced") || !row.priced, || "it is priced".to_owned())?;
        let evidence = row.evidence.map(|e| e.to_string()).unwrap_or_default();
        hold(!evidence.is_empty(), || "it has no evidence".to_owned())?;
        while let Some(word) = words.value("evidence") {
            hold(evidence.contains(&word), || format!("evidence lacks {word}: {evidence}"))?;
        }
        Ok(())
    }

    fn row(&mut self, words: &mut Args) -> Held {
        let key = words.key()?;
        let row = self.world.ledger.open(&key).cloned();
        let row: Row = row.ok_or_else(|| {
            format!("no open row; closed: {:?}", self.world.ledger.last_closed(&key))
        })?;
        if let Some(side) = words.try_next(table::side) {
            hold(row.side == side, || format!("it is {}", row.side))?;
        }
        if let Some(quantity) = words.try_next(table::qty) {
            hold(row.quantity == quantity, || format!("it is {}", row.quantity))?;
        }
        if let Some(price) = words.parsed("@", table::price)? {
            hold(row.entry_price == price, || format!("entry is {}", row.entry_price))?;
        }
        if let Some(price) = words.parsed("stop", table::price)? {
            let stop = row.stop_loss_price;
            hold(stop == Some(price), || format!("its stop is {stop:?}"))?;
        }
        if let Some(pnl) = words.parsed("pnl", table::decimal)? {
            hold(row.pnl.map(|p| p.0) == Some(pnl), || format!("pnl is {:?}", row.pnl))?;
        }
        if let Some(status) = words.parsed("status", RowStatus::parse)? {
            hold(row.status == status, || format!("it is {}", row.status.name()))?;
        }
        Ok(())
    }

    fn rows(&mut self, words: &mut Args) -> Held {
        let rows = self.world.ledger.rows.values();
        let closed = rows.clone().filter(|row| row.status == RowStatus::Closed).count();
        let open = rows.count() - closed;
        if let Some(want) = words.parsed("open", table::number::<usize>)? {
            hold(open == want, || format!("{open} are open"))?;
        }
        if let Some(want) = words.parsed("closed", table::number::<usize>)? {
            hold(closed == want, || format!("{closed} are closed"))?;
        }
        Ok(())
    }

    fn count_events(&mut self, words: &mut Args) -> Result<usize, String> {
        let kind = words.next("event kind")?;
        let key = words.try_next(table::key);
        let saying = words.value("saying").unwrap_or_default();
        let severity = words.value("severity");
        let events = self.world.ledger.events.iter();
        let hits = events.filter(|e| {
            let on = key.as_ref().is_none_or(|key| {
                e.account.as_ref() == Some(&key.account)
                    && e.symbol.as_ref() == Some(&key.symbol)
                    && e.leg.is_none_or(|leg| leg == key.leg)
            });
            let loud = severity.as_deref().is_none_or(|s| s == e.severity.name());
            let said = e.text.contains(&saying) || e.data.to_string().contains(&saying);
            e.kind.name() == kind && on && loud && said
        });
        Ok(hits.count())
    }

    fn event(&mut self, words: &mut Args) -> Held {
        let exact = words.0.iter().position(|w| table::times(w).is_some());
        let exact = exact.and_then(|at| table::times(&words.0.remove(at)));
        let count = self.count_events(words)?;
        match exact {
            Some(want) => hold(count == want, || format!("there are {count}")),
            None => hold(count > 0, || {
                let told: Vec<_> = self.world.ledger.events.iter().map(|e| e.kind.name()).collect();
                format!("there is none; told so far: {}", told.join(" "))
            }),
        }
    }

    fn counters(&mut self, words: &mut Args) -> Held {
        let account = AccountName::from(words.value("on").unwrap_or("main".to_owned()));
        let events = self.world.ledger.events.iter().rev();
        let mut of = events.filter(|e| e.account.as_ref() == Some(&account));
        let last = of.find(|e| e.kind.name() == "SYNC_COMPLETED").ok_or("no look was complete")?;
        let data = last.data.clone();
        while !words.0.is_empty() {
            let name = words.next("counter")?;
            let want: i64 = words.read("number", table::number)?;
            let have = data.get(&name).and_then(serde_json::Value::as_i64);
            hold(have == Some(want), || format!("{name} is {have:?} in {data}"))?;
        }
        Ok(())
    }

    fn sent(&mut self, words: &mut Args) -> Held {
        let no = words.flag("no");
        let what = words.next("which act")?;
        let named = if what == "cancel" && words.0.first().is_some_and(|w| table::key(w).is_none())
        {
            words.0.first().cloned().filter(|w| table::times(w).is_none())
        } else {
            None
        };
        let id = named.map(|name| self.named(&words.0.remove(0)).map_err(|_| name)).transpose()?;
        let key = words.try_next(table::key);
        let side = order_side(words);
        let quantity = words.try_next(table::qty);
        let trigger = words.parsed("@", table::price)?;
        let times = words.try_next(table::times).unwrap_or(usize::from(!no));
        let matches = |act: &Act, account: &AccountName| {
            let (symbol, leg) = match (act, what.as_str()) {
                (Act::Reduce(o), "close") => {
                    let fits = side.is_none_or(|s| s == o.side)
                        && quantity.is_none_or(|q| q == o.quantity);
                    (fits.then(|| o.symbol.clone()), Some(o.leg))
                }
                (Act::Enter(o), "entry") => {
                    let fits = side.is_none_or(|s| s == o.side)
                        && quantity.is_none_or(|q| q == o.quantity)
                        && trigger.is_none_or(|t| o.stop.is_some_and(|stop| stop.trigger == t));
                    (fits.then(|| o.symbol.clone()), Some(o.leg))
                }
                (Act::PlaceStop(o), "stop") => {
                    let fits = side.is_none_or(|s| s == o.side)
                        && quantity.is_none_or(|q| q == o.quantity)
                        && trigger.is_none_or(|t| t == o.trigger);
                    (fits.then(|| o.symbol.clone()), Some(o.leg))
                }
                (Act::CancelStop { symbol, client_id, .. }, "cancel") => {
                    let fits = id.as_ref().is_none_or(|id| id == client_id);
                    (fits.then(|| symbol.clone()), None)
                }
                (Act::FindStop { symbol, .. }, "find-stop")
                | (Act::FindOrder { symbol, .. }, "find-order")
                | (Act::History { symbol, .. }, "history") => (Some(symbol.clone()), None),
                (Act::Restream, "restream") => return true,
                (Act::Look { .. }, "look") => return true,
                _ => return false,
            };
            let Some(symbol) = symbol else { return false };
            key.as_ref().is_none_or(|key| {
                key.symbol == symbol
                    && key.account == *account
                    && leg.is_none_or(|leg| leg == key.leg)
            })
        };
        let sent = &self.world.sent;
        let count = sent.iter().filter(|s| matches(&s.act, &s.account)).count();
        hold(count == times, || {
            let acts = sent.iter().filter(|s| !matches!(s.act, Act::Look { .. }));
            let acts: Vec<_> =
                acts.map(|s| format!("{} {:?}", clock(s.at).millis(), s.act)).collect();
            format!("{count} times; sent: {}", acts.join("; "))
        })
    }

    fn known(&mut self, what: &str, words: &mut Args) -> Held {
        let name = words.try_next(|w| (w != "since").then(|| w.to_owned()));
        let name = AccountName::from(name.unwrap_or("main".to_owned()));
        let view = self.world.view()?;
        let account = view.accounts.iter().find(|a| a.name == name).ok_or("no such account")?;
        let since = words.parsed("since", table::span)?;
        match (&account.known, what) {
            (Known::Since(_), "known") => Ok(()),
            (Known::Unknown(at, _), "unknown") => {
                let at = clock(*at);
                let near = since.is_none_or(|since| at.0.abs_diff(since.0) < 100);
                hold(near, || format!("unknown since {} ms", at.0))
            }
            (known, _) => Err(format!("it is {known:?}")),
        }
    }

    fn answer(&mut self, words: &mut Args) -> Held {
        let asked = self.world.last_ask - u64::from(words.flag("before"));
        let exactly = words.flag("exactly");
        let verdict = words.next("verdict")?;
        let text = words.0.drain(..).collect::<Vec<_>>().join(" ");
        let last = self.world.answers.iter().rev().find(|a| a.ask == asked);
        let last = last.ok_or("no answer yet")?;
        let word = match last.verdict {
            Verdict::Accepted => "accepted",
            Verdict::Refused => "refused",
            Verdict::Done => "done",
            Verdict::Failed => "failed",
        };
        let ends = self.world.answers.iter().filter(|a| a.ask == last.ask && a.verdict.is_final());
        hold(ends.count() <= 1, || "it was answered twice".to_owned())?;
        let fits = if exactly { last.text == text } else { last.text.contains(&text) };
        hold(word == verdict && fits, || format!("{word}: {}", last.text))
    }

    fn guard(&mut self, what: &str, words: &mut Args) -> Held {
        let key = words.key()?;
        let guard = self.leg(&key)?.guard.value;
        let at = words.parsed("at", table::price)?;
        let part = words.try_next(table::qty);
        let holds = match guard {
            Guard::Covered(have) => what == "covered" && at.is_none_or(|at| at == have),
            Guard::Partly(have) => what == "partly" && part.is_none_or(|part| part == have),
            Guard::Naked => what == "naked",
            Guard::Unknown => what == "unguarded",
        };
        hold(holds, || format!("it is {guard:?}"))
    }

    pub fn stream_is(&mut self, words: &mut Args) -> Held {
        let want = words.next("up or down")?;
        let name = words.try_next(|w| Some(w.to_owned())).unwrap_or("main".to_owned());
        let view = self.world.view()?;
        let account = view.accounts.iter().find(|a| a.name.as_str() == name);
        let stream = &account.ok_or("no such account")?.stream;
        let is = match stream {
            StreamState::Starting => "starting",
            StreamState::Up(_) => "up",
            StreamState::Down(..) => "down",
        };
        hold(is == want, || format!("it is {stream:?}"))
    }
}
