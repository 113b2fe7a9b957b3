//! What is told after a drill: goal and outcome, what happened, what the engine and the operator
//! did, and for how long anything was uncovered.
//!
//! For: one text for people and one object for programs, from the ledger and from the exchange's
//! own record. Not for: the verdict itself. Door: [`Report::of`].

use std::fmt::Write;

use serde_json::{Value, json};

use crate::cli::demo::incident::Incident;
use crate::cli::demo::player::{Diary, NARRATOR};
use crate::domain::time::{Span, Time};
use crate::ui::format;

/// Columns of a line.
const WIDTH: usize = 96;

/// What was found when it was over.
#[derive(Clone, Debug)]
pub struct Found {
    /// The ledger's `events`, oldest first.
    pub events: Vec<Value>,
    /// The ledger's `naked_spans`.
    pub spans: Vec<Value>,
    /// The exchange's record of coverage.
    pub coverage: Value,
    /// When it was over.
    pub over: Time,
}

/// One report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    incident: &'static str,
    source: &'static str,
    goal: &'static str,
    older: &'static str,
    /// None when reached.
    why: Option<String>,
    after: Span,
    happened: Vec<(i64, String)>,
    engine: Vec<(String, usize)>,
    operator: Vec<String>,
    ledger: Naked,
    exchange: Naked,
}

/// How long legs were uncovered, by one source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Naked {
    worst: Span,
    total: Span,
    /// By leg, worst first.
    legs: Vec<(String, Span)>,
}

impl Naked {
    /// Adds up spans of legs, cut to what lies between two instants.
    fn of(
        spans: impl IntoIterator<Item = (String, Time, Option<Time>)>,
        from: Time,
        to: Time,
    ) -> Self {
        let mut naked = Self::default();
        for (leg, began, ended) in spans {
            let length = ended.unwrap_or(to).min(to).since(began.max(from));
            if length.0 == 0 {
                continue;
            }
            naked.worst = naked.worst.max(length);
            naked.total = Span(naked.total.0 + length.0);
            match naked.legs.iter_mut().find(|(known, _)| *known == leg) {
                Some((_, sum)) => *sum = Span(sum.0 + length.0),
                None => naked.legs.push((leg, length)),
            }
        }
        naked.legs.sort_by_key(|(_, sum)| std::cmp::Reverse(*sum));
        naked
    }

    fn by_the_ledger(spans: &[Value], from: Time, to: Time) -> Self {
        let read = |span: &Value| {
            let at = |name: &str| span[name].as_str().and_then(Time::parse);
            let leg = format!("{} {}", text(&span["symbol"]), text(&span["leg"]));
            Some((leg, at("began_at")?, at("ended_at")))
        };
        Self::of(spans.iter().filter_map(read), from, to)
    }

    fn by_the_exchange(coverage: &Value, from: Time, to: Time) -> Self {
        let legs = coverage["legs"].as_array().into_iter().flatten();
        let spans = legs.flat_map(|leg| {
            let name = match text(&leg["leg"]).to_lowercase() {
                named if named == "both" => "net".to_owned(),
                named => named,
            };
            let name = format!("{} {name}", text(&leg["symbol"]));
            let bare = leg["bare"].as_array().into_iter().flatten();
            bare.filter_map(move |span| {
                let at = |field: &str| span[field].as_i64().map(Time);
                Some((name.clone(), at("from")?, at("to")))
            })
        });
        Self::of(spans, from, to)
    }

    fn text(&self) -> String {
        if self.legs.is_empty() {
            return "never".to_owned();
        }
        let named = self.legs.iter().take(4);
        let legs: Vec<_> = named.map(|(leg, sum)| format!("{leg} {}", seconds(*sum))).collect();
        let more = match self.legs.len().saturating_sub(4) {
            0 => String::new(),
            more => format!(", and {more} more"),
        };
        let (worst, total) = (seconds(self.worst), seconds(self.total));
        format!("worst {worst}, in all {total} ({}{more})", legs.join(", "))
    }

    fn json(&self) -> Value {
        let leg = |(leg, sum): &(String, Span)| json!({"leg": leg, "total_ms": sum.0});
        let legs: Vec<Value> = self.legs.iter().map(leg).collect();
        json!({"worst_ms": self.worst.0, "total_ms": self.total.0, "legs": legs})
    }
}

impl Report {
    /// Puts together what was found.
    pub fn of(incident: &Incident, diary: &Diary, found: &Found) -> Self {
        let (ended, why) = match &diary.ended {
            Some((at, why)) => (*at, why.clone()),
            None => (found.over, Some(format!("it was ended before: {}", diary.awaits))),
        };
        let began = diary.began.unwrap_or(ended);
        let offset = |at: Time| at.0.saturating_sub(began.0);
        let happened = diary.happened.iter();
        Self {
            incident: incident.name,
            source: incident.source,
            goal: incident.goal,
            older: incident.older,
            why,
            after: ended.since(began),
            happened: happened.map(|(at, what)| (offset(*at), what.clone())).collect(),
            engine: kinds(&found.events, began),
            operator: asks(&found.events),
            ledger: Naked::by_the_ledger(&found.spans, began, found.over),
            exchange: Naked::by_the_exchange(&found.coverage, began, found.over),
        }
    }

    /// Whether the goal was reached.
    pub fn is_reached(&self) -> bool {
        self.why.is_none()
    }

    /// How it ended, in one line.
    pub fn outcome(&self) -> String {
        match &self.why {
            None => format!("reached after {}", seconds(self.after)),
            Some(why) => format!("NOT reached: {why}"),
        }
    }

    /// For a program.
    pub fn json(&self) -> Value {
        let happened = self.happened.iter();
        let happened: Vec<Value> =
            happened.map(|(ms, what)| json!({"at_ms": ms, "what": what})).collect();
        let engine = self.engine.iter();
        let engine: Vec<Value> =
            engine.map(|(kind, count)| json!({"kind": kind, "count": count})).collect();
        json!({
            "incident": self.incident, "goal": self.goal, "reached": self.is_reached(),
            "why_not": self.why, "after_ms": self.after.0, "happened": happened,
            "engine": engine, "operator": self.operator,
            "naked": {"ledger": self.ledger.json(), "exchange": self.exchange.json()},
            "older": self.older,
        })
    }

    /// For a person.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut line = |name: &str, text: &str| {
            let mut name = format!("{name:<10}");
            for part in format::wrapped(text, WIDTH - name.len()) {
                let _ = writeln!(out, "{name}{part}");
                name = " ".repeat(name.len());
            }
        };
        line("incident", self.incident);
        line("source", self.source);
        line("goal", self.goal);
        line("outcome", &self.outcome());
        for (number, (ms, what)) in self.happened.iter().enumerate() {
            let name = if number == 0 { "happened" } else { "" };
            line(&format!("{name:<10}{:>7}  ", offset(*ms)), what);
        }
        let engine = self.engine.iter().map(|(kind, count)| match count {
            1 => kind.clone(),
            count => format!("{kind} x{count}"),
        });
        let engine: Vec<String> = engine.collect();
        line("engine", &if engine.is_empty() { "nothing".to_owned() } else { engine.join(", ") });
        for (number, ask) in self.operator.iter().enumerate() {
            line(if number == 0 { "operator" } else { "" }, ask);
        }
        if self.operator.is_empty() {
            line("operator", "asked for nothing");
        }
        line("naked", &format!("by the ledger: {}", self.ledger.text()));
        line("", &format!("by the exchange: {}", self.exchange.text()));
        line("otherwise", self.older);
        out
    }
}

/// What the engine told since an instant, counted by kind, in the order the kinds first came.
fn kinds(events: &[Value], since: Time) -> Vec<(String, usize)> {
    let since = since.rfc3339();
    let mut kinds: Vec<(String, usize)> = Vec::new();
    let later = events.iter().filter(|event| text(&event["at"]) >= since.as_str());
    for event in later.filter(|event| event["kind"] != "OPERATOR_COMMAND") {
        let kind = text(&event["kind"]);
        match kinds.iter_mut().find(|(known, _)| known == kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((kind.to_owned(), 1)),
        }
    }
    kinds
}

/// What a person asked for, with the gate's verdict.
fn asks(events: &[Value]) -> Vec<String> {
    let asked = |event: &&Value| {
        event["kind"] == "OPERATOR_COMMAND"
            && event["data"]["command"].is_string()
            && event["data"]["who"] != NARRATOR
    };
    let told = events.iter().filter(asked).map(|event| {
        let data = &event["data"];
        let verdict = text(&data["verdict"]);
        let place = [&event["account"], &event["symbol"]].map(text).join(" ");
        format!("{} {}: {verdict}", text(&data["command"]), place.trim()).replace(" :", ":")
    });
    told.collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// `40 ms`, `3.4 s`
fn seconds(span: Span) -> String {
    match span.0 {
        ms @ ..1000 => format!("{ms} ms"),
        ms => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
    }
}

fn offset(ms: i64) -> String {
    let sign = if ms < 0 { '-' } else { '+' };
    let ms = ms.unsigned_abs();
    format!("{sign}{}.{} s", ms / 1000, ms % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGAN: Time = Time(1_700_000_000_000);

    fn diary() -> Diary {
        Diary {
            began: Some(BEGAN),
            happened: vec![
                (Time(BEGAN.0 - 900), "0001ADAUSDT is listed".to_owned()),
                (BEGAN, "the stop of main:ETHUSDT disappears".to_owned()),
            ],
            ended: Some((Time(BEGAN.0 + 3_450), None)),
            awaits: "a look".to_owned(),
        }
    }

    fn event(ms: i64, kind: &str, data: Value) -> Value {
        let at = Time(BEGAN.0 + ms).rfc3339();
        json!({"at": at, "kind": kind, "account": "main", "symbol": "ETHUSDT", "data": data})
    }

    fn found() -> Found {
        let asked =
            |who: &str, verdict: &str| json!({"command": "close", "who": who, "verdict": verdict});
        let at = |ms: i64| Time(BEGAN.0 + ms).rfc3339();
        Found {
            events: vec![
                event(-2000, "POSITIONS_LOADED", json!({})),
                event(10, "STOP_LOST", json!({})),
                event(20, "POSITION_NAKED", json!({})),
                event(300, "STOP_PLACED", json!({})),
                event(400, "SYNC_COMPLETED", json!({})),
                event(500, "OPERATOR_COMMAND", asked("pts/3", "refused")),
                event(500, "OPERATOR_COMMAND", asked(NARRATOR, "accepted")),
                event(600, "OPERATOR_COMMAND", json!({"failed": "why"})),
                event(2400, "SYNC_COMPLETED", json!({})),
            ],
            spans: vec![
                json!({"symbol": "ETHUSDT", "leg": "net", "began_at": at(20), "ended_at": at(420)}),
                json!({"symbol": "ETHUSDT", "leg": "net", "began_at": at(900), "ended_at": at(1000)}),
                json!({"symbol": "SOLUSDT", "leg": "net", "began_at": at(-9), "ended_at": at(-1)}),
            ],
            coverage: json!({"legs": [
                {"symbol": "ETHUSDT", "leg": "BOTH", "bare": [
                    {"from": BEGAN.0 - 500, "to": BEGAN.0 + 100},
                    {"from": BEGAN.0 + 3_900, "to": null},
                ]},
                {"symbol": "SOLUSDT", "leg": "LONG", "bare": [{"from": 5, "to": 5}]},
            ]}),
            over: Time(BEGAN.0 + 4_000),
        }
    }

    fn report() -> Report {
        let incident = Incident::named("stop-vanished").unwrap();
        Report::of(incident, &diary(), &found())
    }

    #[test]
    fn a_report_tells_goal_outcome_deeds_and_naked_seconds() {
        let text = report().text();
        for line in [
            "incident  stop-vanished",
            "goal      the stop is back, one and not two",
            "outcome   reached after 3.4 s",
            "happened    -0.9 s  0001ADAUSDT is listed",
            "            +0.0 s  the stop of main:ETHUSDT disappears",
            "engine    STOP_LOST, POSITION_NAKED, STOP_PLACED, SYNC_COMPLETED x2",
            "operator  close main ETHUSDT: refused",
            "naked     by the ledger: worst 400 ms, in all 500 ms (ETHUSDT net 500 ms)",
            "          by the exchange: worst 100 ms, in all 200 ms (ETHUSDT net 200 ms)",
        ] {
            assert!(text.lines().any(|told| told == line), "{line:?} is missing in\n{text}");
        }
        assert!(text.lines().any(|line| line.starts_with("otherwise It has sent")), "{text}");
        assert!(text.lines().all(|line| format::width(line) <= WIDTH), "{text}");
    }

    #[test]
    fn a_program_is_told_the_same() {
        let told = report().json();
        assert_eq!((&told["reached"], &told["after_ms"]), (&json!(true), &json!(3_450)));
        assert_eq!(told["engine"][3], json!({"kind": "SYNC_COMPLETED", "count": 2}));
        assert_eq!(told["naked"]["ledger"]["worst_ms"], 400);
        assert_eq!(told["naked"]["exchange"]["total_ms"], 200);
        assert_eq!(told["operator"], json!(["close main ETHUSDT: refused"]));
    }

    #[test]
    fn what_was_not_reached_says_why() {
        let incident = Incident::named("ban").unwrap();
        let broken = Some((Time(BEGAN.0 + 1_000), Some("STOP_REJECTED was told".to_owned())));
        let report = Report::of(incident, &Diary { ended: broken, ..diary() }, &found());
        assert!(!report.is_reached());
        assert!(report.text().contains("outcome   NOT reached: STOP_REJECTED was told\n"));
        let report = Report::of(incident, &Diary { ended: None, ..diary() }, &found());
        assert_eq!(report.outcome(), "NOT reached: it was ended before: a look");
        assert_eq!(report.json()["reached"], false);
    }

    #[test]
    fn nothing_uncovered_is_said_so() {
        assert_eq!(Naked::default().text(), "never");
    }
}
