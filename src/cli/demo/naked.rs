//! For how long legs were uncovered in a drill, by the ledger or by the exchange.
//!
//! Not for: the rest of the report. Door: [`Naked`].

use serde_json::{Value, json};

use crate::domain::time::{Span, Time};

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

    /// As the ledger's `naked_spans` tell it, between two instants.
    pub fn by_the_ledger(spans: &[Value], from: Time, to: Time) -> Self {
        let read = |span: &Value| {
            let at = |name: &str| span[name].as_str().and_then(Time::parse);
            let leg = format!("{} {}", text(&span["symbol"]), text(&span["leg"]));
            Some((leg, at("began_at")?, at("ended_at")))
        };
        Self::of(spans.iter().filter_map(read), from, to)
    }

    /// As the exchange's record of coverage tells it, between two instants.
    pub fn by_the_exchange(coverage: &Value, from: Time, to: Time) -> Self {
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

    /// For a person.
    pub fn text(&self) -> String {
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

    /// For a program.
    pub fn json(&self) -> Value {
        let leg = |(leg, sum): &(String, Span)| json!({"leg": leg, "total_ms": sum.0});
        let legs: Vec<Value> = self.legs.iter().map(leg).collect();
        json!({"worst_ms": self.worst.0, "total_ms": self.total.0, "legs": legs})
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// `40 ms`, `3.4 s`
pub fn seconds(span: Span) -> String {
    match span.0 {
        ms @ ..1000 => format!("{ms} ms"),
        ms => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_uncovered_is_said_so() {
        assert_eq!(Naked::default().text(), "never");
    }
}
