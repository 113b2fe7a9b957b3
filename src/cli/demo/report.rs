//! What is told after a drill: goal and outcome, what happened, what the engine and the operator
//! did, and for how long anything was uncovered.
//!
//! For: one text for people and one object for programs, from the ledger and from the exchange's
//! own record. Not for: the verdict itself. Door: [`Report::of`].

use serde_json::{Value, json};

use crate::cli::demo::incident::Incident;
use crate::cli::demo::naked::{Naked, seconds};
use crate::cli::demo::page::Page;
use crate::cli::demo::player::{Diary, NARRATOR};
use crate::domain::time::{Span, Time};

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

    /// For a person, in lines of so many columns.
    pub fn text(&self, width: usize) -> String {
        let mut page = Page::new(width);
        page.line("incident", self.incident);
        page.line("source", self.source);
        page.line("goal", self.goal);
        page.line("outcome", &self.outcome());
        for (number, (ms, what)) in self.happened.iter().enumerate() {
            let name = if number == 0 { "happened" } else { "" };
            page.marked(name, &format!("{:>7}  ", offset(*ms)), what);
        }
        let engine = self.engine.iter().map(|(kind, count)| match count {
            1 => kind.clone(),
            count => format!("{kind} x{count}"),
        });
        let engine: Vec<String> = engine.collect();
        let engine = if engine.is_empty() { "nothing".to_owned() } else { engine.join(", ") };
        page.line("engine", &engine);
        for (number, ask) in self.operator.iter().enumerate() {
            page.line(if number == 0 { "operator" } else { "" }, ask);
        }
        if self.operator.is_empty() {
            page.line("operator", "asked for nothing");
        }
        page.line("naked", &format!("by the ledger: {}", self.ledger.text()));
        page.line("", &format!("by the exchange: {}", self.exchange.text()));
        page.line("otherwise", self.older);
        page.text()
    }

    /// Goal and outcome for one line of a screen, the longest form first.
    pub fn standing(&self) -> Vec<String> {
        let (goal, outcome) = (self.goal, self.outcome());
        let verdict = if self.is_reached() { "reached" } else { "NOT reached" };
        vec![
            format!("goal: {goal}; {outcome}; q leaves with a report"),
            format!("goal: {goal}; {outcome}"),
            format!("goal: {goal}; {verdict}"),
            format!("{verdict}: {goal}"),
        ]
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

fn offset(ms: i64) -> String {
    let sign = if ms < 0 { '-' } else { '+' };
    let ms = ms.unsigned_abs();
    format!("{sign}{}.{} s", ms / 1000, ms % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::demo::incidents::ALL;
    use crate::ui::format;

    const BEGAN: Time = Time(1_700_000_000_000);

    fn diary() -> Diary {
        Diary {
            began: Some(BEGAN),
            happened: vec![
                (Time(BEGAN.0 - 900), "0001ADAUSDT is listed".to_owned()),
                (BEGAN, "the stop of main ETHUSDT disappears".to_owned()),
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
        let span = |symbol: &str, from: i64, to: i64| {
            let at = |ms: i64| Time(BEGAN.0 + ms).rfc3339();
            json!({"symbol": symbol, "leg": "net", "began_at": at(from), "ended_at": at(to)})
        };
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
                span("ETHUSDT", 20, 420),
                span("ETHUSDT", 900, 1000),
                span("SOLUSDT", -9, -1),
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
        let text = report().text(96);
        for line in [
            "incident  stop-vanished",
            "goal      the stop is back, one and not two",
            "outcome   reached after 3.4 s",
            "happened   -0.9 s  0001ADAUSDT is listed",
            "           +0.0 s  the stop of main ETHUSDT disappears",
            "engine    STOP_LOST, POSITION_NAKED, STOP_PLACED, SYNC_COMPLETED x2",
            "operator  close main ETHUSDT: refused",
            "naked     by the ledger: worst 400 ms, in all 500 ms (ETHUSDT net 500 ms)",
            "          by the exchange: worst 100 ms, in all 200 ms (ETHUSDT net 200 ms)",
        ] {
            assert!(text.lines().any(|told| told == line), "{line:?} is missing in\n{text}");
        }
        assert!(text.lines().any(|line| line.starts_with("otherwise It has sent")), "{text}");
    }

    #[test]
    fn a_report_is_as_wide_as_it_is_wanted_and_says_the_same() {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let whole = report().text(96);
        for width in [40, 60, 80, 96] {
            let text = report().text(width);
            assert!(text.lines().all(|line| format::width(line) <= width), "{width}\n{text}");
            assert_eq!(words(&text), words(&whole), "{width}");
        }
    }

    #[test]
    fn the_goal_stands_beside_the_outcome_and_is_cut_last() {
        let ends = [None, Some("STOP_REJECTED was told".to_owned())];
        for incident in &ALL {
            for why in &ends {
                let ended = Some((Time(BEGAN.0 + 123_450), why.clone()));
                let report = Report::of(incident, &Diary { ended, ..diary() }, &found());
                let verdict = if why.is_none() { "reached" } else { "NOT reached" };
                let forms = report.standing();
                assert!(forms[0].ends_with("; q leaves with a report"), "{forms:?}");
                assert!(forms[1].ends_with(&report.outcome()), "{forms:?}");
                for form in &forms {
                    assert!(form.contains(incident.goal) && form.contains(verdict), "{form}");
                }
                let room = |form: &String| format::width(form) < 80;
                assert!(forms.iter().any(room), "80 columns have room for both: {forms:?}");
            }
        }
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
        assert!(report.text(80).contains("outcome   NOT reached: STOP_REJECTED was told\n"));
        let report = Report::of(incident, &Diary { ended: None, ..diary() }, &found());
        assert_eq!(report.outcome(), "NOT reached: it was ended before: a look");
        assert_eq!(report.json()["reached"], false);
    }
}
