//! What a scan found: as text, as JSON, and as an exit code.
//!
//! For: one picture turned into an answer. Not for: looking, or judging what differs.
//! Door: [`Report::of`].

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value, json};

use crate::cli::legs;
use crate::cli::table::{numbers, table, words};
use crate::domain::alone::{self, Tally};
use crate::domain::amount::{Price, Qty, Side};
use crate::domain::guard::Guard;
use crate::domain::key::AccountName;
use crate::domain::snapshot::{AccountView, FindingKind, Known, LegView, Snapshot, There};

const FINDINGS: u8 = 2;
const UNKNOWN: u8 = 3;

/// A picture with what a scan knows beside it.
#[derive(Debug)]
pub struct Report<'a> {
    picture: &'a Snapshot,
    unreached: &'a BTreeMap<AccountName, String>,
    ledger: bool,
}

impl<'a> Report<'a> {
    /// Reports on a picture, the accounts that could not be reached, and whether there is a
    /// ledger at all.
    pub fn of(
        picture: &'a Snapshot,
        unreached: &'a BTreeMap<AccountName, String>,
        ledger: bool,
    ) -> Self {
        Self { picture, unreached, ledger }
    }

    /// 0 when all agree and all are covered, 2 for findings, 3 when something is unknown.
    pub fn code(&self) -> u8 {
        if self.unknown() {
            UNKNOWN
        } else if self.needs_somebody() {
            FINDINGS
        } else {
            0
        }
    }

    /// Whether there is more than things worth knowing: orders of others, other programs on the
    /// account and instruments that end are listed and need nobody.
    fn needs_somebody(&self) -> bool {
        let mut legs = self.picture.legs.iter().flat_map(|leg| &leg.findings);
        let mut accounts = self.picture.accounts.iter().flat_map(|account| &account.findings);
        legs.any(|f| !f.kind.informs() && f.kind != FindingKind::StrayStop)
            || accounts.any(|f| !f.kind.informs())
            || !self.picture.strays.is_empty()
            || !self.picture.bad_rows.is_empty()
    }

    /// Whether something was found that is not about one leg.
    fn tells_more(&self) -> bool {
        self.picture.accounts.iter().any(|account| !account.findings.is_empty())
    }

    fn verdict(&self) -> &'static str {
        match self.code() {
            0 => "clean",
            FINDINGS => "findings",
            _ => "unknown",
        }
    }

    fn unknown(&self) -> bool {
        self.picture.accounts.iter().any(|account| self.why_unknown(account).is_some())
    }

    /// Why nothing may be concluded about an account; none when it is known.
    fn why_unknown(&self, account: &AccountView) -> Option<String> {
        if let Some(why) = self.unreached.get(&account.name) {
            return Some(why.clone());
        }
        if let Known::Unknown(_, why) = &account.known {
            return Some(why.clone());
        }
        let mut legs = self.picture.legs.iter().filter(|leg| leg.key.account == account.name);
        let leg = legs.find(|leg| match &leg.there {
            There::Open { .. } => leg.guard.value == Guard::Unknown,
            There::Absent(_) => false,
            There::Unknown => true,
        })?;
        Some(format!(
            "the venue's answer about {} {} was not complete",
            leg.key.symbol, leg.key.leg
        ))
    }

    fn exchange(&self, name: &AccountName) -> Option<&'static str> {
        let account = self.picture.accounts.iter().find(|account| account.name == *name)?;
        Some(account.venue.exchange())
    }

    fn findings(&self) -> Vec<Value> {
        let mut list = Vec::new();
        for leg in &self.picture.legs {
            let telling = |kind: &FindingKind| *kind != FindingKind::StrayStop;
            for finding in leg.findings.iter().filter(|finding| telling(&finding.kind)) {
                list.push(json!({
                    "kind": finding.kind.name(),
                    "account": leg.key.account,
                    "exchange": leg.venue.exchange(),
                    "symbol": leg.key.symbol,
                    "leg": leg.key.leg,
                    "ledger": ledger_side(leg),
                    "venue": venue_side(leg),
                    "next": finding.next,
                    "informs": finding.kind.informs(),
                    "checks": finding.checks.iter().map(|check| json!({
                        "what": check.what, "holds": check.holds, "detail": check.detail,
                    })).collect::<Vec<_>>(),
                }));
            }
        }
        for stray in &self.picture.strays {
            list.push(json!({
                "kind": FindingKind::StrayStop.name(),
                "account": stray.account,
                "exchange": self.exchange(&stray.account),
                "symbol": stray.symbol,
                "leg": stray.order.leg,
                "stop": {
                    "client_id": stray.order.client_id,
                    "quantity": stray.order.quantity,
                    "trigger": stray.order.trigger,
                },
                "next": stray.next,
                "informs": false,
                "checks": [],
            }));
        }
        list
    }

    /// What stays behind all of it, and behind each account.
    fn alone(&self) -> Value {
        let reached = |account: &AccountView| !self.unreached.contains_key(&account.name);
        let is_known = |account: &AccountView| account.is_known() && reached(account);
        let summary = alone::summary_by(self.picture, is_known);
        let tally = |tally: &Tally| {
            let mut value = json!(tally);
            if let Some(fields) = value.as_object_mut() {
                fields.insert("known".to_owned(), json!(tally.is_known()));
                fields.insert("text".to_owned(), json!(tally.text()));
            }
            value
        };
        let accounts: serde_json::Map<String, Value> =
            summary.accounts.iter().map(|(name, count)| (name.to_string(), tally(count))).collect();
        json!({ "total": tally(&summary.total), "accounts": accounts })
    }

    /// Everything, for programs.
    pub fn json(&self) -> Value {
        let accounts: Vec<Value> = self
            .picture
            .accounts
            .iter()
            .map(|account| {
                let why = self.why_unknown(account);
                let counters = account.counters.map(|counters| counters.value);
                json!({
                    "name": account.name,
                    "venue": account.venue,
                    "known": why.is_none(),
                    "why": why,
                    "findings": account.findings.iter().map(|finding| json!({
                        "kind": finding.kind.name(), "since": finding.since.rfc3339(),
                        "text": finding.text, "informs": finding.kind.informs(),
                    })).collect::<Vec<_>>(),
                    "counters": counters.map(|count| json!({
                        "ledger": count.ledger, "venue": count.venue,
                        "verified": count.verified, "phantoms": count.phantoms,
                        "orphans": count.orphans, "mismatched": count.mismatched,
                        "unknown": count.unknown, "errors": count.errors,
                    })),
                })
            })
            .collect();
        json!({
            "at": self.picture.at.rfc3339(),
            "verdict": self.verdict(),
            "ledger": if self.ledger { "read" } else { "absent" },
            "accounts": accounts,
            "findings": self.findings(),
            "legs": legs::list(self.picture),
            "alone": self.alone(),
            "bad_rows": &*self.picture.bad_rows,
        })
    }

    /// Everything, for a person.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for account in &self.picture.accounts {
            let place = format!("{}:{}", account.venue.exchange(), account.name);
            if let Some(why) = self.why_unknown(account) {
                let _ = writeln!(text, "{place}: UNKNOWN, {why}");
            }
            if let Some(count) = account.counters.map(|counters| counters.value) {
                let _ = writeln!(
                    text,
                    "{place}: ledger {} venue {}: \
                     verified {} phantoms {} orphans {} mismatched {} unknown {}",
                    count.ledger,
                    count.venue,
                    count.verified,
                    count.phantoms,
                    count.orphans,
                    count.mismatched,
                    count.unknown,
                );
            }
            for finding in &account.findings {
                let _ = writeln!(text, "{place}: {}: {}", finding.kind.name(), finding.text);
            }
        }
        for bad in self.picture.bad_rows.iter() {
            let _ = writeln!(text, "row {} is left alone, {}: {}", bad.id.0, bad.column, bad.why);
        }
        let rows: Vec<Vec<String>> = self.findings().iter().map(cells).collect();
        if rows.is_empty() {
            if self.code() == 0 && !self.tells_more() {
                let _ = writeln!(text, "no findings");
            }
        } else {
            text.push_str(&table(
                &[
                    words("FINDING"),
                    words("ACCOUNT"),
                    words("SYMBOL"),
                    words("LEG"),
                    numbers("LEDGER"),
                    numbers("VENUE"),
                    words("NEXT"),
                ],
                &rows,
            ));
        }
        text
    }
}

/// What the ledger says of a leg; null where it has no row.
pub fn ledger_side(leg: &LegView) -> Value {
    leg.row.as_ref().map_or(Value::Null, |row| {
        let mut side = exposure(row.side, row.quantity, Some(row.entry_price));
        if let Some(fields) = side.as_object_mut() {
            fields.insert("position_id".to_owned(), json!(row.id));
        }
        side
    })
}

/// What the venue says of a leg; null where it holds nothing or did not say.
pub fn venue_side(leg: &LegView) -> Value {
    match &leg.there {
        There::Open { side, quantity, entry, .. } => exposure(*side, *quantity, *entry),
        There::Absent(_) | There::Unknown => Value::Null,
    }
}

fn exposure(side: Side, quantity: Qty, entry: Option<Price>) -> Value {
    json!({"side": side, "quantity": quantity, "entry_price": entry})
}

fn cells(finding: &Value) -> Vec<String> {
    let text = |name: &str| finding[name].as_str().unwrap_or_default().to_owned();
    let side = |name: &str| match finding[name].as_object() {
        Some(side) => {
            let word = |name: &str| side.get(name).and_then(Value::as_str).unwrap_or_default();
            format!("{} {}", word("side"), word("quantity"))
        }
        None => "-".to_owned(),
    };
    vec![
        text("kind"),
        format!("{}:{}", text("exchange"), text("account")),
        text("symbol"),
        text("leg"),
        side("ledger"),
        side("venue"),
        text("next"),
    ]
}
