//! `holdfast replay RECORDING --verify`: the same inputs lead to the same decisions.
//!
//! Not for: showing them. Door: [`verify`]. Exit 0 when every decision is the recorded one, 1
//! at the first that is not, and where the recording is damaged before its end.

use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::json;

use crate::cli::ending::{Ending, Failure, complain, on_a_line, print, print_json};
use crate::cli::replay::STOPPED;
use crate::cli::replay::find::Found;
use crate::cli::replay::tape::{Tape, Took};
use crate::cli::replay::words;
use crate::domain::count::counted;
use crate::domain::time::{Span, Time};

/// What was re-run.
#[derive(Debug, Default)]
struct Ran {
    inputs: u64,
    span: Option<(Time, Time)>,
}

/// Re-runs a recording and compares, until `stop` is set.
pub fn verify(found: &Found, json: bool, stop: &AtomicBool) -> Ending {
    let mut tape = Tape::open(found.part()).map_err(|why| found.say(&why))?;
    let shown = found.part().display();
    if tape.reader().format() == 1 {
        return Err(Failure(found.say(&format!(
            "the recording {shown} has format 1, which does not say what was decided: there is \
             nothing to compare with, but `holdfast replay` without --verify shows it",
        ))));
    }
    if let Some(others) = found.beside() {
        complain(format_args!("holdfast: {others}"));
    }
    let mut ran = Ran::default();
    while let Some(took) = tape.step() {
        let took = took.map_err(|why| on_a_line(&why))?;
        ran.inputs += 1;
        ran.span = Some((ran.span.map_or(took.step.at, |(from, _)| from), took.step.at));
        if let Some(difference) = &took.differs {
            return differs(&tape, &took, difference, json);
        }
        if stop.load(Ordering::Relaxed) {
            return Err(STOPPED.into());
        }
    }
    let torn = tape.reader().torn().map(|why| found.say(why));
    if let (Some(why), true) = (&torn, tape.reader().is_damaged()) {
        return damaged(&ran, why, json);
    }
    if let Some(why) = &torn {
        complain(format_args!("holdfast: {why}"));
    }
    let Some((from, to)) = ran.span else {
        return Err(Failure(found.say(&format!("the recording {shown} holds no input"))));
    };
    let digest = tape.reader().digest();
    if json {
        print_json(&json!({
            "same": true, "inputs": ran.inputs, "from": from.rfc3339(), "to": to.rfc3339(),
            "span_ms": to.since(from).millis(), "digest": digest,
            "program": tape.reader().program(), "torn": torn, "other_runs": found.others(),
        }))?;
    } else {
        print(format_args!(
            "the same decisions: {}, {} from {from} to {to}, digest {}\n",
            counted(ran.inputs, "input", "inputs"),
            length(to.since(from)),
            on_a_line(digest),
        ))?;
    }
    Ok(0)
}

/// What was compared was the same, and it is not what was recorded.
fn damaged(ran: &Ran, why: &str, json: bool) -> Ending {
    let inputs = ran.inputs;
    if json {
        print_json(&json!({"same": false, "inputs": inputs, "damaged": why}))?;
        return Ok(1);
    }
    Err(Failure(format!(
        "{why}; only the {} compared, and led to the same decisions",
        counted(inputs, "input before it was", "inputs before it were")
    )))
}

fn differs(tape: &Tape, took: &Took, difference: &str, json: bool) -> Ending {
    let (number, at) = (took.step.number, took.step.at);
    let told = words::told(&took.step.input);
    if json {
        print_json(&json!({
            "same": false, "input": number, "at": at.rfc3339(), "told": told,
            "difference": difference, "program": tape.reader().program(),
        }))?;
        return Ok(1);
    }
    let (theirs, ours) = (tape.reader().program(), env!("CARGO_PKG_VERSION"));
    let by = if theirs == ours {
        String::new()
    } else {
        format!(" (recorded by holdfast {theirs}, this is {ours})")
    };
    let sentence = format!("input {number} at {at} ({told}) differs{by}: {difference}");
    Err(Failure(on_a_line(&sentence)))
}

/// `0h00m31s`, for any length.
fn length(span: Span) -> String {
    let secs = span.millis() / 1000;
    format!("{}h{:02}m{:02}s", secs / 3600, secs % 3600 / 60, secs % 60)
}
