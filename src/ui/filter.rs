//! The filter: which rows a person wants to see.
//!
//! For: `btc side:long`, `!doge`, `~bcu`, `age>1h`, `prot:naked|prot:partly`. Terms are joined
//! by space (and), alternatives by `|`. Not for: hiding an emergency: rows with `!!` that a
//! filter hides are counted in the title. Door: [`Filter::parse`], [`Filter::matches`].

use rust_decimal::Decimal;

use crate::domain::time::Span;

/// What a filter can ask of a row. Text is compared without regard to case.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// `binance`, `bybit`.
    pub venue: String,
    /// The config's name of the account.
    pub account: String,
    /// The venue's id of the instrument.
    pub symbol: String,
    /// `long`, `short`.
    pub side: String,
    /// The protection column.
    pub protection: String,
    /// The finding, or what is being done.
    pub state: String,
    /// 0 nothing to say, 1 odd, 2 warning, 3 alarm.
    pub loudness: u8,
    /// How long it is open, or ago.
    pub age: Option<Span>,
    /// Unrealised profit.
    pub profit: Option<Decimal>,
    /// From mark to stop in percent.
    pub distance: Option<Decimal>,
    /// Size.
    pub quantity: Option<Decimal>,
    /// Anything else bare text should find.
    pub text: String,
}

/// A filter that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// As it was typed.
    pub text: String,
    terms: Vec<Vec<Term>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    negated: bool,
    test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Bare(String),
    Fuzzy(String),
    Word { field: Word, exact: bool, value: String },
    Number { field: Number, op: Op, value: Decimal },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Venue,
    Account,
    Symbol,
    Side,
    Protection,
    State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    Loudness,
    Age,
    Profit,
    Distance,
    Quantity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Op {
    Is,
    Less,
    More,
    AtMost,
    AtLeast,
}

const WORDS: [(&str, Word); 6] = [
    ("venue", Word::Venue),
    ("acct", Word::Account),
    ("sym", Word::Symbol),
    ("side", Word::Side),
    ("prot", Word::Protection),
    ("state", Word::State),
];

const NUMBERS: [(&str, Number); 5] = [
    ("sev", Number::Loudness),
    ("age", Number::Age),
    ("upnl", Number::Profit),
    ("dist", Number::Distance),
    ("qty", Number::Quantity),
];

const OPS: [(&str, Op); 6] = [
    ("<=", Op::AtMost),
    (">=", Op::AtLeast),
    ("<", Op::Less),
    (">", Op::More),
    (":", Op::Is),
    ("=", Op::Is),
];

impl Filter {
    /// Understands a filter; `None` for an empty one.
    ///
    /// # Errors
    /// One sentence that names the term that makes no sense.
    pub fn parse(text: &str) -> Result<Option<Self>, String> {
        let joined = text.split('|').map(str::trim).collect::<Vec<_>>().join("|");
        let mut terms = Vec::new();
        for part in joined.split_whitespace() {
            let alternatives: Result<Vec<Term>, String> = part.split('|').map(term).collect();
            terms.push(alternatives?);
        }
        Ok((!terms.is_empty()).then(|| Self { text: text.trim().to_owned(), terms }))
    }

    /// Understands a filter that is still being typed: a last word that may yet become the
    /// name of a field is not looked for.
    ///
    /// # Errors
    /// As [`Filter::parse`].
    pub fn parse_typed(text: &str) -> Result<Option<Self>, String> {
        let start = text.rfind([' ', '|']).map_or(0, |at| at + 1);
        let (before, last) = text.split_at(start);
        let word = last.trim_start_matches('!');
        let names = WORDS.iter().map(|w| w.0).chain(NUMBERS.iter().map(|n| n.0));
        let may_grow = word.len() >= 2 && names.into_iter().any(|name| name.starts_with(word));
        Self::parse(if may_grow { before.trim_end_matches('|') } else { text })
    }

    /// Whether a row passes: one alternative of every term holds.
    pub fn matches(&self, facts: &Facts) -> bool {
        self.terms.iter().all(|alternatives| {
            alternatives.iter().any(|term| holds(&term.test, facts) != term.negated)
        })
    }
}

fn term(text: &str) -> Result<Term, String> {
    let (negated, rest) = text.strip_prefix('!').map_or((false, text), |rest| (true, rest));
    if rest.is_empty() {
        return Err(format!("\"{text}\" says nothing to look for"));
    }
    if let Some(fuzzy) = rest.strip_prefix('~') {
        return Ok(Term { negated, test: Test::Fuzzy(fuzzy.to_lowercase()) });
    }
    let at = rest.find([':', '=', '<', '>']);
    let Some((name, op, value)) = at.and_then(|at| {
        let (name, tail) = rest.split_at(at);
        OPS.iter().find_map(|(sign, op)| Some((name, *op, tail.strip_prefix(sign)?)))
    }) else {
        return Ok(Term { negated, test: Test::Bare(rest.to_lowercase()) });
    };
    let exact = rest.as_bytes().get(name.len()) == Some(&b'=');
    let value = value.to_lowercase();
    if value.is_empty() {
        return Err(format!("\"{text}\" names no value"));
    }
    if let Some((_, field)) = WORDS.iter().find(|(known, _)| *known == name) {
        if op != Op::Is {
            return Err(format!("{name} is a word: use {name}:{value}"));
        }
        return Ok(Term { negated, test: Test::Word { field: *field, exact, value } });
    }
    let Some((_, field)) = NUMBERS.iter().find(|(known, _)| *known == name) else {
        let names = WORDS.iter().map(|w| w.0).chain(NUMBERS.iter().map(|n| n.0));
        let names = names.collect::<Vec<_>>().join(" ");
        return Err(format!("no field is called \"{name}\"; there are {names}"));
    };
    let value = number(*field, &value).ok_or_else(|| format!("{name} cannot be \"{value}\""))?;
    Ok(Term { negated, test: Test::Number { field: *field, op, value } })
}

fn number(field: Number, text: &str) -> Option<Decimal> {
    match field {
        Number::Loudness => match text {
            "crit" | "critical" | "alarm" => Some(Decimal::from(3)),
            "warn" | "warning" => Some(Decimal::TWO),
            "info" | "odd" => Some(Decimal::ONE),
            "debug" | "ok" => Some(Decimal::ZERO),
            _ => None,
        },
        Number::Age => {
            let units = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
            let (digits, unit) = text.split_at(units);
            let secs = match unit {
                "" | "s" => 1,
                "m" => 60,
                "h" => 3600,
                "d" => 86_400,
                _ => return None,
            };
            digits.parse::<Decimal>().ok()?.checked_mul(Decimal::from(secs))
        }
        Number::Profit | Number::Distance | Number::Quantity => text.replace(',', "").parse().ok(),
    }
}

fn holds(test: &Test, facts: &Facts) -> bool {
    match test {
        Test::Bare(wanted) => [&facts.venue, &facts.account, &facts.symbol, &facts.text]
            .iter()
            .any(|text| text.to_lowercase().contains(wanted.as_str())),
        Test::Fuzzy(wanted) => {
            is_subsequence(wanted, &facts.symbol) || is_subsequence(wanted, &facts.text)
        }
        Test::Word { field, exact, value } => {
            let text = match field {
                Word::Venue => &facts.venue,
                Word::Account => &facts.account,
                Word::Symbol => &facts.symbol,
                Word::Side => &facts.side,
                Word::Protection => &facts.protection,
                Word::State => &facts.state,
            }
            .to_lowercase();
            if *exact { text == *value } else { text.contains(value.as_str()) }
        }
        Test::Number { field, op, value } => {
            let have = match field {
                Number::Loudness => Some(Decimal::from(facts.loudness)),
                Number::Age => facts.age.map(|age| Decimal::from(age.millis() / 1000)),
                Number::Profit => facts.profit,
                Number::Distance => facts.distance,
                Number::Quantity => facts.quantity,
            };
            have.is_some_and(|have| match op {
                Op::Is => have == *value,
                Op::Less => have < *value,
                Op::More => have > *value,
                Op::AtMost => have <= *value,
                Op::AtLeast => have >= *value,
            })
        }
    }
}

fn is_subsequence(wanted: &str, text: &str) -> bool {
    let mut rest = text.chars().flat_map(char::to_lowercase);
    wanted.chars().all(|c| rest.any(|have| have == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn btc() -> Facts {
        Facts {
            venue: "binance".into(),
            account: "main".into(),
            symbol: "BTCUSDT".into(),
            side: "long".into(),
            protection: "NAKED 0:42".into(),
            state: "naked".into(),
            loudness: 3,
            age: Some(Span::secs(2 * 86_400)),
            profit: Some("-263.80".parse().unwrap()),
            distance: None,
            quantity: Some("0.5".parse().unwrap()),
            text: String::new(),
        }
    }

    fn passes(text: &str) -> bool {
        Filter::parse(text).unwrap().unwrap().matches(&btc())
    }

    #[test]
    fn terms_are_joined_by_and_alternatives_by_or() {
        assert!(passes("btc side:long") && !passes("btc side:short"));
        assert!(passes("doge|btc") && passes("doge | btc long|main") && !passes("doge|eth"));
        assert!(passes("!doge") && !passes("!btc") && passes("~bct"));
    }

    #[test]
    fn fields_compare_as_what_they_are() {
        assert!(passes("age>1h age<3d sev>=warn prot:naked qty=0.5 upnl<-100 sym=btcusdt"));
        assert!(!passes("sym=btc") && passes("sym:btc"));
        assert!(!passes("dist<1"), "a row without a distance is not near its stop");
    }

    #[test]
    fn a_field_that_is_being_typed_is_not_looked_for() {
        let typed = |text: &str| Filter::parse_typed(text).unwrap().map(|filter| filter.text);
        assert_eq!(typed("btc ag"), Some("btc".into()));
        assert_eq!(typed("age"), None);
        assert_eq!(typed("btc|sy"), Some("btc".into()));
        assert_eq!(typed("btc age>1h"), Some("btc age>1h".into()));
        assert_eq!(typed("sol"), Some("sol".into()));
    }

    #[test]
    fn a_filter_that_makes_no_sense_says_why() {
        for (text, wanted) in [
            ("colour:red", "no field is called \"colour\""),
            ("age>soon", "age cannot be \"soon\""),
            ("side>long", "side is a word"),
            ("btc !", "says nothing"),
            ("sym:", "names no value"),
        ] {
            let why = Filter::parse(text).unwrap_err();
            assert!(why.contains(wanted), "{text}: {why}");
        }
        assert_eq!(Filter::parse("  "), Ok(None));
    }
}
