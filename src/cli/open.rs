//! `holdfast open`: a position together with its stop, or neither.
//!
//! For: the wish as it was typed, and its end for a person or as one JSON object. Not for:
//! sending, verifying or taking back; that is the engine's, whoever runs it (`way`).
//! Door: [`open`].

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use crate::cli::args::Wish;
use crate::cli::ending::{Ending, Failure, complain, print};
use crate::cli::shot::{known_name, told};
use crate::cli::way::Way;
use crate::domain::command::{Answer, Command, Verdict};
use crate::domain::opening::OpenWish;
use crate::domain::time::Time;
use crate::runtime::Clock;
use crate::settings::Settings;
use crate::store::Ledger;

/// What the events of the ledger make of an open. The first that is there tells its end: one that
/// was taken back has also failed.
const ENDS: [(&str, &str); 4] = [
    ("OPEN_VERIFIED", "open"),
    ("ROLLBACK_VERIFIED", "rolled-back"),
    ("ROLLBACK_UNVERIFIED", "unverified"),
    ("OPEN_FAILED", "failed"),
];
/// The ledger's row of an end may be a moment behind the answer.
const BEHIND: Duration = Duration::from_millis(100);
const LOOKS: u32 = 20;

/// `holdfast open`.
pub async fn open(settings: Settings, typed: Wish) -> Ending {
    known_name(&settings, &typed.account)?;
    let mut way = Way::find(&settings).await?;
    let began = Clock::start().now();
    let command = plan(&mut way, &typed).await;
    let answer = way.finish(command).await?;
    for warning in warnings(&answer.text) {
        complain(format_args!("holdfast: {warning}"));
    }
    if typed.json {
        let end = match answer.verdict {
            Verdict::Done | Verdict::Failed => end(&settings, &typed, began).await?,
            Verdict::Accepted | Verdict::Refused => None,
        };
        print(format_args!("{}\n", object(&answer, end.as_ref())))?;
        return match answer.verdict {
            Verdict::Done => Ok(0),
            _ => Err(answer.text.into()),
        };
    }
    told(answer)
}

async fn plan(way: &mut Way, typed: &Wish) -> Result<Command, Failure> {
    way.known(&typed.account).await?;
    Ok(Command::Open(Box::new(OpenWish {
        account: typed.account.as_str().into(),
        symbol: typed.symbol.as_str().into(),
        side: typed.side,
        quantity: typed.quantity,
        stop: typed.stop,
        trail: typed.trail,
    })))
}

/// The parts of an answer that warn: an open that is live, but not all of what was wanted.
fn warnings(text: &str) -> Vec<&str> {
    let parts = text.split("; ").filter_map(|part| part.find("warning: ").map(|at| &part[at..]));
    parts.collect()
}

/// How the ledger tells the end of an open that began after `began`.
async fn end(settings: &Settings, typed: &Wish, began: Time) -> Result<Option<Value>, Failure> {
    let about = |event: &Value| {
        event["account"] == typed.account.as_str() && event["symbol"] == typed.symbol.as_str()
    };
    for _ in 0..LOOKS {
        let ledger = Ledger::open_read_only(&settings.ledger.value).await;
        let events = ledger.map_err(|error| error.to_string())?.events_json(Some(began)).await?;
        let events: Vec<&Value> = events.as_array().into_iter().flatten().collect();
        let found = ENDS.iter().find_map(|(kind, _)| {
            let mut newest = events.iter().rev();
            newest.find(|event| event["kind"] == *kind && about(event))
        });
        if let Some(event) = found {
            return Ok(Some((*event).clone()));
        }
        sleep(BEHIND).await;
    }
    Ok(None)
}

fn state(event: &Value) -> Option<&'static str> {
    ENDS.iter().find(|(kind, _)| event["kind"] == *kind).map(|(_, state)| *state)
}

/// The end as one object, for programs.
fn object(answer: &Answer, event: Option<&Value>) -> Value {
    let told = match answer.verdict {
        Verdict::Done => "open",
        Verdict::Failed => "failed",
        Verdict::Accepted | Verdict::Refused => "refused",
    };
    let fact = |name: &str| event.map_or(Value::Null, |event| event["data"][name].clone());
    json!({
        "state": event.and_then(state).unwrap_or(told),
        "text": answer.text,
        "client_id": fact("client_id"),
        "order_id": fact("order_id"),
        "position_id": event.map_or(Value::Null, |event| event["position_id"].clone()),
        "wanted": fact("wanted"),
        "filled": fact("filled"),
        "entry_price": fact("entry_price"),
        "stop": fact("stop"),
        "warnings": warnings(&answer.text),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_an_answer_that_warn_are_told_apart() {
        let text = "main BTCUSDT: warning: the venue holds 3 there; warning: only 1 of 2 was \
                    filled; opened long 1 @ 5, stop at 4 is live";
        assert_eq!(
            warnings(text),
            ["warning: the venue holds 3 there", "warning: only 1 of 2 was filled"]
        );
        assert!(warnings("main BTCUSDT: opened long 1 @ 5, stop at 4 is live").is_empty());
    }
}
