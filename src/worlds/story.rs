//! A world as text: one line each for the setting, the holdings and the deeds.
//!
//! For: writing a plan down and reading it back to the same world. What a line says that nobody
//! knows is refused, so that no story proves nothing. Not for: what a line may ask for (that is
//! `sound`). Door: [`Plan::to_story`], [`Plan::from_story`].

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::worlds::plan::{Plan, Setting, Timed};
use crate::worlds::sound::Rehearsal;

impl Plan {
    /// One line each: the setting, the holdings, the deeds. Lines that begin with `#` are for
    /// people.
    pub fn to_story(&self, remarks: &[String]) -> String {
        let line = |value: Result<String, serde_json::Error>| value.unwrap_or_default() + "\n";
        let mut story: String = remarks.iter().map(|remark| format!("# {remark}\n")).collect();
        story += &line(serde_json::to_string(&self.setting));
        self.holdings.iter().for_each(|held| story += &line(serde_json::to_string(held)));
        self.deeds.iter().for_each(|deed| story += &line(serde_json::to_string(deed)));
        story
    }

    /// Reads a story.
    ///
    /// # Errors
    /// One sentence with the line that cannot be read, or that asks for what no world does.
    pub fn from_story(story: &str) -> Result<Self, String> {
        let lines = (1usize..).zip(story.lines());
        let mut lines = lines.filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
        let empty = "no line of it is a setting: begin with one as worlds prints it";
        let (first, line) = lines.next().ok_or(empty)?;
        let on = |number: usize| move |why: String| format!("line {number}: {why}");
        let setting: Setting = part(line).map_err(on(first))?;
        let mut rehearsal = Rehearsal::of(&setting).map_err(on(first))?;
        let (mut holdings, mut deeds) = (Vec::new(), Vec::new());
        for (number, line) in lines {
            let given: Value = part(line).map_err(on(number))?;
            if is_deed(&given) {
                let timed = deed(line, &given).map_err(on(number))?;
                rehearsal.deed(&timed).map_err(on(number))?;
                deeds.push(timed);
            } else {
                let held = part(line).map_err(on(number))?;
                rehearsal.holding(&held).map_err(on(number))?;
                holdings.push(held);
            }
        }
        drop(rehearsal);
        Ok(Self { setting, holdings, deeds })
    }
}

fn is_deed(given: &Value) -> bool {
    ["at", "deed"].iter().any(|key| given.get(key).is_some())
}

/// One line. It is one by itself, so that of a place in it only the column says anything.
fn part<T: DeserializeOwned>(line: &str) -> Result<T, String> {
    serde_json::from_str(line).map_err(|why| {
        let (text, place) = (why.to_string(), format!(" at line {} column ", why.line()));
        match text.rsplit_once(&place) {
            Some((said, _)) => format!("{said} (column {})", why.column()),
            None => text,
        }
    })
}

/// A deed is flat: what is written beside the fields of its kind would be passed over, so it is
/// looked for in the deed as it would be written.
fn deed(line: &str, given: &Value) -> Result<Timed, String> {
    let timed: Timed = part(line)?;
    let known = serde_json::to_value(&timed).map_err(|why| why.to_string())?;
    let keys = |value: &Value| match value {
        Value::Object(fields) => fields.keys().cloned().collect(),
        _ => Vec::new(),
    };
    let known = keys(&known);
    match keys(given).into_iter().find(|key| !known.contains(key)) {
        Some(stray) => {
            let known: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
            Err(format!("unknown field `{stray}`, this deed has {}", known.join(", ")))
        }
        None => Ok(timed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::Span;
    use crate::worlds::draw::{Bounds, draw};

    const SETTING: &str = concat!(
        r#"{"seed":1,"store":"memory","autonomy":"auto","on_breach":"close","#,
        r#""trailing":false,"sync":5000,"accounts":[{"name":"one","venue":"binance-usdm","#,
        r#""hedged":false}],"peace":30000}"#,
    );
    const HELD: &str = concat!(
        r#"{"account":"one","symbol":"BTCUSDT","leg":"net","side":"long","venue":"0.010","#,
        r#""ledger":"0.010","stop":null,"covered":true}"#,
    );
    const START: &str = r#"{"at":0,"deed":"start","engine":0,"set_ms":0}"#;
    const FAULT: &str = concat!(
        r#"{"at":5,"deed":"exchange","account":"one","verb":{"do":"fault","kind":"cut","#,
        r#""endpoint":"*","for_ms":900}}"#,
    );
    const GAP: &str = concat!(
        r#"{"at":6,"deed":"exchange","account":"one","verb":{"do":"gap","symbol":"BTCUSDT","#,
        r#""share":"-0.05"}}"#,
    );
    const OPENS: &str = concat!(
        r#"{"at":7,"deed":"bot","bot":"opens","account":"one","symbol":"ETHUSDT","#,
        r#""leg":"net","side":"long","quantity":"0.2","after":50}"#,
    );
    const MOVES: &str = r#"{"at":8,"deed":"bot","bot":"moves-stop","pick":1,"away":"0.01"}"#;
    const CLOSE: &str = concat!(
        r#"{"at":9,"deed":"exchange","account":"one","verb":{"do":"close","#,
        r#""symbol":"XRPUSDT","leg":null,"qty":"1"}}"#,
    );

    fn story() -> String {
        ["# a remark", "", SETTING, HELD, START, FAULT, GAP, OPENS, MOVES, CLOSE].join("\n")
    }

    #[test]
    fn a_drawn_world_is_written_down_and_read_back_to_the_same() {
        for seed in 0..250 {
            for bounds in [Bounds::default(), Bounds { trouble: Span::secs(600), legs: 4 }] {
                let plan = draw(seed, bounds);
                let read = Plan::from_story(&plan.to_story(&[format!("seed {seed}")]));
                assert_eq!(read.as_ref(), Ok(&plan), "seed {seed}");
            }
        }
    }

    /// What is written instead of what, in which line that is found, and what is said.
    const WRONG: &[(&str, &str, usize, &str)] = &[
        (r#""kind":"cut""#, r#""kind":"zz""#, 6, "there is no fault kind \"zz\"; known are"),
        (r#""kind":"cut""#, r#""kind":"latency""#, 6, "fault \"latency\" needs \"ms\""),
        (r#""for_ms":900"#, r#""for":900"#, 6, "unknown field `for`"),
        (r#""for_ms":900"#, r#""for_ms":0"#, 6, "\"for_ms\" is 0"),
        (r#""for_ms":900"#, r#""count":0"#, 6, "\"count\" is 0"),
        (r#""endpoint":"*""#, r#""venue":"bybit""#, 6, "unknown field `venue`"),
        (r#""do":"fault""#, r#""done":"fault""#, 6, "a control request needs a \"do\""),
        (r#""do":"gap""#, r#""do":"gasp""#, 7, "unknown variant `gasp`"),
        (r#""do":"gap""#, r#""do":"gap","ms":1"#, 7, "unknown field `ms`"),
        (r#""share":"-0.05""#, r#""share":"-1""#, 7, "a price that falls by all of it"),
        (r#""share":"-0.05""#, r#""share":"x""#, 7, "\"gap\" was not understood"),
        (r#""gap","symbol":"BTC"#, r#""gap","symbol":"NOSUCH"#, 7, "NOSUCHUSDT is not listed"),
        (r#""seed":1"#, r#""seed":1,"speed":1"#, 3, "unknown field `speed`"),
        (r#""seed":1"#, r#""seed":1.5"#, 3, "expected u64 (column 11)"),
        (r#""hedged":false"#, r#""hedged":false,"x":1"#, 3, "unknown field `x`"),
        (r#""sync":5000"#, r#""sync":0"#, 3, "a look is wanted every 0 ms"),
        (r#""peace":30000"#, r#""peace":90000000000000"#, 3, "no world knows more than a day"),
        (r#""covered":true"#, r#""covered":true,"why":1"#, 4, "unknown field `why`"),
        (
            r#""venue":"0.010","#,
            r#""venue":"-55","#,
            4,
            "\"venue\" is -55: write a size above zero",
        ),
        (r#""venue":"0.010","#, r#""venue":"0.0000001","#, 4, "its exchange refuses it"),
        (r#""venue":"0.010","#, r#""venue":null,"#, 4, "no position is there to be covered"),
        (r#""ledger":"0.010""#, r#""ledger":"0""#, 4, "\"ledger\" is 0: write a size above zero"),
        (r#""stop":null"#, r#""stop":"-5""#, 4, "\"stop\" is -5: write a share between 0 and 1"),
        (r#""leg":"net","side":"long","venue""#, r#""leg":"long","side":"long","venue""#, 4, "net"),
        (r#"{"account":"one","symbol"#, r#"{"account":"two","symbol"#, 4, "no account two"),
        (HELD, "TWICE", 5, "is held already"),
        (r#""engine":0"#, r#""engine":99"#, 5, "there is no engine 99: a world has 0 and 1"),
        (r#""engine":0"#, r#""engine":0,"engin":1"#, 5, "unknown field `engin`"),
        (r#""set_ms":0"#, r#""set_ms":-9223372036854775808"#, 5, "no world knows more than a day"),
        (r#""deed":"start""#, r#""deed":"begin""#, 5, "unknown variant `begin`"),
        (r#""quantity":"0.2""#, r#""quantity":"-0.2""#, 8, "\"quantity\" is -0.2: write a size"),
        (r#""symbol":"ETHUSDT""#, r#""symbol":"ETH""#, 8, "ETH is not listed"),
        (r#""after":50"#, r#""after":90000000"#, 8, "no world knows more than a day"),
        (r#""away":"0.01""#, r#""away":"-0.01""#, 9, "\"away\" is -0.01: write a share"),
        (r#""symbol":"XRPUSDT""#, r#""symbol":"XPRUSDT""#, 10, "XPRUSDT is not listed"),
        (r#""qty":"1""#, r#""qty":"-1""#, 10, "\"qty\" is -1: write a size"),
        (r#"{"at":9"#, r#"{"at":3"#, 10, "it is 3 ms, and the deed above is at 8 ms"),
        (r#"{"at":9"#, r#"{"at" 9"#, 10, "expected `:` (column 7)"),
    ];

    #[test]
    fn what_no_world_does_is_refused_with_its_line() {
        let plan = Plan::from_story(&story()).unwrap();
        assert_eq!((plan.holdings.len(), plan.deeds.len()), (1, 6), "a slip of a hand is none");
        for (good, bad, line, said) in WRONG {
            let text = story().replacen(good, &bad.replace("TWICE", &format!("{HELD}\n{HELD}")), 1);
            assert_ne!(text, story(), "{good} is in no line");
            let why = Plan::from_story(&text).expect_err(bad);
            assert!(why.starts_with(&format!("line {line}: ")), "{bad}: {why}");
            assert!(why.contains(said), "{bad}: {why}");
            assert!(!why.contains("at line 1") && !why.contains('\n'), "{bad}: {why}");
        }
        let second = r#"},{"name":"one","venue":"bybit-linear","hedged":false}],"#;
        let why = Plan::from_story(&story().replacen("}],", second, 1)).unwrap_err();
        assert!(why.starts_with("line 3: two accounts are named one"), "{why}");
        assert!(Plan::from_story("# nothing\n").unwrap_err().contains("begin with one"));
    }
}
