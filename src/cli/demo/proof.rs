//! Whether an incident ended well: its proofs against what everybody can see.
//!
//! For: one verdict from a picture, the ledger's rows and events, and the exchange's own record.
//! Not for: gathering them (`player`), or what happened on the way (`report`). Door: [`judge`].
//! Nothing here asks the engine what it meant to do.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::cli::demo::cast::Role;
use crate::cli::demo::incident::Proof;
use crate::cli::demo::stage::{is_on, number};
use crate::domain::count::counted;
use crate::domain::lease::LeaseState;
use crate::domain::snapshot::{FindingKind, Snapshot};
use crate::domain::time::Time;
use crate::sim::Control;

/// What is known at one moment.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The newest picture.
    pub picture: Arc<Snapshot>,
    /// The ledger's `positions`.
    pub rows: Vec<Value>,
    /// The ledger's `events`.
    pub events: Vec<Value>,
    /// The exchange's record of coverage.
    pub coverage: Value,
    /// What was traded at the exchange.
    pub fills: Vec<Value>,
    /// Requests that were answered with a ban.
    pub banned: usize,
    /// When the last thing happened.
    pub since: Time,
}

/// How a proof stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stands {
    /// It holds.
    Holds,
    /// Not yet.
    NotYet(String),
    /// It never will.
    Broken(String),
}

impl Facts {
    /// What the exchange knows that the ledger does not.
    pub fn at_the_exchange(control: &Control) -> (Value, Vec<Value>, usize) {
        let coverage = control.tell(json!({"do": "coverage"})).unwrap_or_default();
        let fills = control.state()["fills"].as_array().cloned().unwrap_or_default();
        let banned = control.requests().iter().filter(|request| request.status == 418).count();
        (coverage, fills, banned)
    }

    fn told(&self, kind: &str) -> usize {
        self.events.iter().filter(|event| event["kind"] == kind).count()
    }

    /// The looks since an instant, answered or failed.
    pub fn looks(&self, since: Time, failed: bool) -> usize {
        let since = since.rfc3339();
        let is_look = |event: &&Value| {
            event["kind"] == "SYNC_COMPLETED" || (failed && event["kind"] == "SYNC_FAILED")
        };
        let is_later = |event: &&Value| event["at"].as_str().is_some_and(|at| *at > *since);
        self.events.iter().filter(is_look).filter(is_later).count()
    }

    fn row(&self, role: &Role) -> Option<&Value> {
        let key = role.key();
        self.rows.iter().rev().find(|row| {
            row["account"] == key.account.as_str()
                && row["symbol"] == key.symbol.as_str()
                && row["leg"] == key.leg.name()
        })
    }

    fn cover(&self, role: &Role) -> Option<&Value> {
        let legs = self.coverage["legs"].as_array()?;
        let is_it = |leg: &&Value| leg["symbol"] == role.symbol && is_on(role.leg, &leg["leg"]);
        legs.iter().find(is_it)
    }

    /// Signed size, covered size and stops of a position at the exchange now.
    fn now(&self, role: &Role) -> (Decimal, Decimal, u64) {
        let now = self.cover(role).map(|leg| &leg["now"]).unwrap_or(&Value::Null);
        let stops = now["stops"].as_u64().unwrap_or_default();
        (number(&now["amount"]), number(&now["covered"]), stops)
    }

    /// Whether all of a position is covered at the exchange.
    pub fn is_covered(&self, role: &Role) -> bool {
        let (amount, covered, _) = self.now(role);
        !amount.is_zero() && covered == amount.abs()
    }

    fn traded(&self, role: &Role, side: &str) -> Decimal {
        let own = |fill: &&Value| fill["symbol"] == role.symbol && fill["side"] == side;
        self.fills.iter().filter(own).map(|fill| number(&fill["qty"])).sum()
    }

    fn open_rows(&self) -> usize {
        self.rows.iter().filter(|row| row["status"] != "closed").count()
    }
}

/// Judges all proofs of an incident: broken outranks open, open outranks holding.
pub fn judge(proofs: &[Proof], facts: &Facts) -> Stands {
    let mut open = None;
    for proof in proofs {
        match one(proof, facts) {
            Stands::Holds => {}
            Stands::NotYet(what) => open = open.or(Some(what)),
            broken @ Stands::Broken(_) => return broken,
        }
    }
    open.map_or(Stands::Holds, Stands::NotYet)
}

fn one(proof: &Proof, facts: &Facts) -> Stands {
    match proof {
        Proof::Closed(role, reason) => closed(role, reason, facts),
        Proof::MissedBy(role, by) => match facts.row(role).map(|row| &row["detected_by"]) {
            Some(found) if found == by => Stands::Holds,
            Some(Value::String(found)) => {
                Stands::Broken(format!("{} was missed by {found} and not by {by}", role.key()))
            }
            _ => Stands::NotYet(format!("{} is not missed yet", role.key())),
        },
        Proof::Kept(role) => kept(role, facts),
        Proof::Orphan(role) => orphan(role, facts),
        Proof::Told(kind) => {
            hold(facts.told(kind.name()) > 0, || format!("{} was not told", kind.name()))
        }
        Proof::Never(kind) => {
            never(facts.told(kind.name()) == 0, || format!("{} was told", kind.name()))
        }
        Proof::IntoBan(most) => never(facts.banned <= *most, || {
            counted(
                facts.banned,
                "request was sent into the ban",
                "requests were sent into the ban",
            )
        }),
        Proof::OpenRows(count) => {
            let open = facts.open_rows();
            hold(open == *count, || {
                format!("{} and not {count}", counted(open, "row is open", "rows are open"))
            })
        }
        Proof::Looks(count) => hold(facts.looks(facts.since, false) >= *count, || {
            counted(*count, "complete look is awaited", "complete looks are awaited")
        }),
        Proof::Agreed(count) => agreed(*count, facts),
        Proof::Acts => {
            let held = |lease: &Option<LeaseState>| lease.as_ref().is_some_and(LeaseState::is_held);
            let all = facts.picture.accounts.iter().all(|account| held(&account.lease));
            hold(all, || "this engine has no lease".to_owned())
        }
        Proof::Flat(_) | Proof::InAndOut(_) | Proof::Stops(..) | Proof::NeverTwoStops => {
            there(proof, facts)
        }
    }
}

/// The proofs that the exchange's record gives alone.
fn there(proof: &Proof, facts: &Facts) -> Stands {
    match proof {
        Proof::Flat(role) => {
            let (amount, _, stops) = facts.now(role);
            let flat = amount.is_zero() && stops == 0;
            hold(flat, || {
                format!("{}: {amount} open, {}", role.key(), counted(stops, "stop", "stops"))
            })
        }
        Proof::InAndOut(role) => {
            let (bought, sold) = (facts.traded(role, "BUY"), facts.traded(role, "SELL"));
            let all = role.amount();
            let text = || format!("{bought} {0} bought and {sold} sold", role.symbol);
            if bought > all || sold > all {
                return Stands::Broken(text());
            }
            hold(bought == all && sold == all, text)
        }
        Proof::Stops(role, count) => {
            let (_, _, stops) = facts.now(role);
            let fits = usize::try_from(stops).is_ok_and(|stops| stops == *count);
            hold(fits, || {
                format!("{}: {} and not {count}", role.key(), counted(stops, "stop", "stops"))
            })
        }
        _ => {
            let legs = facts.coverage["legs"].as_array();
            let most = legs.into_iter().flatten().filter_map(|leg| leg["most_stops"].as_u64());
            never(most.max().unwrap_or_default() <= 1, || "a leg had two stops at once".to_owned())
        }
    }
}

fn hold(fits: bool, what: impl FnOnce() -> String) -> Stands {
    if fits { Stands::Holds } else { Stands::NotYet(what()) }
}

fn never(fits: bool, what: impl FnOnce() -> String) -> Stands {
    if fits { Stands::Holds } else { Stands::Broken(what()) }
}

fn closed(role: &Role, reason: &str, facts: &Facts) -> Stands {
    let key = role.key();
    match facts.row(role) {
        Some(row) if row["status"] == "closed" => {
            let told = &row["exit_reason"];
            let has_price = row["priced"] == true && row["exit_price"].is_string();
            let trades = row["evidence"]["trades"].as_array().is_some_and(|list| !list.is_empty());
            never(told == reason && has_price && trades, || {
                format!("{key} was closed as {told}, not as {reason} with its price and fills")
            })
        }
        Some(_) => Stands::NotYet(format!("the row of {key} is open")),
        None => Stands::NotYet(format!("{key} has no row")),
    }
}

fn kept(role: &Role, facts: &Facts) -> Stands {
    let key = role.key();
    match facts.row(role) {
        Some(row) if row["status"] == "closed" => {
            Stands::Broken(format!("the row of {key} was closed"))
        }
        Some(_) => hold(facts.is_covered(role), || format!("{key} is not covered")),
        None => Stands::Broken(format!("{key} has no row")),
    }
}

fn orphan(role: &Role, facts: &Facts) -> Stands {
    let key = role.key();
    if facts.row(role).is_some() {
        return Stands::Broken(format!("{key} has a row"));
    }
    let is_it = |kind| kind == FindingKind::Orphan;
    let legs = facts.picture.legs.iter();
    let shown = legs
        .filter(|leg| leg.key == key)
        .any(|leg| leg.findings.iter().any(|finding| is_it(finding.kind)));
    hold(shown, || format!("{key} is not shown as unknown"))
}

fn agreed(count: usize, facts: &Facts) -> Stands {
    let look = facts.events.iter().rfind(|event| event["kind"] == "SYNC_COMPLETED");
    let Some(look) = look else { return Stands::NotYet("nothing was looked at".to_owned()) };
    let data = &look["data"];
    let zero = |name: &str| data[name].as_u64() == Some(0);
    let clean = ["phantoms", "orphans", "mismatched", "unknown"].into_iter().all(zero);
    let verified = data["verified"].as_u64().and_then(|n| usize::try_from(n).ok());
    hold(clean && verified == Some(count), || format!("the newest look does not verify {count}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::demo::cast::long;
    use crate::domain::event::EventKind;

    const ETH: Role = long("ETHUSDT", "2");

    fn facts() -> Facts {
        Facts {
            picture: Arc::new(crate::ui::nothing::snapshot()),
            rows: vec![json!({
                "account": "main", "symbol": "ETHUSDT", "leg": "net", "status": "active",
            })],
            events: vec![json!({
                "kind": "SYNC_COMPLETED", "at": "1970-01-01T00:00:05.000Z", "data": {
                    "verified": 1, "phantoms": 0, "orphans": 0, "mismatched": 0, "unknown": 0,
                },
            })],
            coverage: json!({"legs": [{
                "symbol": "ETHUSDT", "leg": "BOTH", "most_stops": 1,
                "now": {"amount": "2", "covered": "2", "stops": 1}, "bare": [],
            }]}),
            fills: vec![json!({"symbol": "ETHUSDT", "side": "BUY", "qty": "2"})],
            banned: 0,
            since: Time(4_000),
        }
    }

    #[test]
    fn good_order_holds_and_every_part_of_it_counts() {
        let good = [
            Proof::Kept(ETH),
            Proof::Stops(ETH, 1),
            Proof::NeverTwoStops,
            Proof::OpenRows(1),
            Proof::Agreed(1),
            Proof::Looks(1),
            Proof::Never(EventKind::PhantomClosed),
            Proof::IntoBan(0),
        ];
        assert_eq!(judge(&good, &facts()), Stands::Holds);
        let spoil: [fn(&mut Facts); 6] = [
            |f| f.coverage["legs"][0]["now"]["covered"] = json!("1"),
            |f| f.coverage["legs"][0]["most_stops"] = json!(2),
            |f| f.rows[0]["status"] = json!("closed"),
            |f| f.events[0]["data"]["phantoms"] = json!(1),
            |f| f.since = Time(6_000),
            |f| f.banned = 1,
        ];
        for (number, spoil) in spoil.iter().enumerate() {
            let mut facts = facts();
            spoil(&mut facts);
            assert_ne!(judge(&good, &facts), Stands::Holds, "{number}");
        }
    }

    #[test]
    fn a_close_needs_its_reason_its_price_and_its_fills() {
        let mut facts = facts();
        let proof = [Proof::Closed(ETH, "external")];
        assert!(matches!(judge(&proof, &facts), Stands::NotYet(_)));
        facts.rows[0] = json!({
            "account": "main", "symbol": "ETHUSDT", "leg": "net", "status": "closed",
            "exit_reason": "external", "priced": true, "exit_price": "3000",
            "evidence": {"trades": ["7"]}, "detected_by": "sync",
        });
        assert_eq!(judge(&proof, &facts), Stands::Holds);
        assert_eq!(judge(&[Proof::MissedBy(ETH, "sync")], &facts), Stands::Holds);
        assert!(matches!(judge(&[Proof::MissedBy(ETH, "stream")], &facts), Stands::Broken(_)));
        facts.rows[0]["evidence"]["trades"] = json!([]);
        assert!(matches!(judge(&proof, &facts), Stands::Broken(_)));
    }

    #[test]
    fn a_second_purchase_can_never_be_made_good() {
        let proof = [Proof::InAndOut(ETH)];
        let mut facts = facts();
        assert!(matches!(judge(&proof, &facts), Stands::NotYet(_)));
        facts.fills.push(json!({"symbol": "ETHUSDT", "side": "SELL", "qty": "2.0"}));
        assert_eq!(judge(&proof, &facts), Stands::Holds);
        facts.fills.push(json!({"symbol": "ETHUSDT", "side": "BUY", "qty": "2"}));
        assert!(matches!(judge(&proof, &facts), Stands::Broken(_)));
    }

    #[test]
    fn what_is_missing_is_counted_in_words() {
        for (proof, said) in [
            (Proof::Looks(2), "2 complete looks are awaited"),
            (Proof::OpenRows(2), "1 row is open and not 2"),
            (Proof::Stops(ETH, 2), "main ETHUSDT: 1 stop and not 2"),
        ] {
            assert_eq!(judge(&[proof], &facts()), Stands::NotYet(said.to_owned()));
        }
        let later = Facts { since: Time(6_000), ..facts() };
        let said = "1 complete look is awaited".to_owned();
        assert_eq!(judge(&[Proof::Looks(1)], &later), Stands::NotYet(said));
        let banned = Facts { banned: 1, ..facts() };
        let said = "1 request was sent into the ban".to_owned();
        assert_eq!(judge(&[Proof::IntoBan(0)], &banned), Stands::Broken(said));
    }

    #[test]
    fn what_is_broken_outranks_what_is_open() {
        let proofs = [Proof::Told(EventKind::PhantomClosed), Proof::OpenRows(1)];
        assert!(matches!(judge(&proofs, &facts()), Stands::NotYet(_)));
        let proofs = [proofs[0], Proof::Never(EventKind::SyncCompleted)];
        assert!(matches!(judge(&proofs, &facts()), Stands::Broken(_)));
    }
}
