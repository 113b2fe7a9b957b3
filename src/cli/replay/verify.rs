//! `holdfast replay RECORDING --verify`: the same inputs lead to the same decisions.
//!
//! Not for: showing them. Door: [`verify`]. Exit 0 when every decision is the recorded one, 1
//! at the first that is not.

use std::path::Path;

use serde_json::json;

use crate::cli::ending::{Ending, Failure, complain, print};
use crate::cli::replay::tape::{Tape, Took};
use crate::cli::replay::words;
use crate::domain::time::{Span, Time};

/// What was re-run.
#[derive(Debug, Default)]
struct Ran {
    inputs: u64,
    span: Option<(Time, Time)>,
}

/// Re-runs a recording and compares.
pub fn verify(path: &Path, json: bool) -> Ending {
    let mut tape = Tape::open(path)?;
    if tape.reader().format() == 1 {
        return Err(Failure(format!(
            "the recording {} has format 1, which does not say what was decided: there is nothing \
             to compare with, but `holdfast replay` without --verify shows it",
            path.display()
        )));
    }
    let mut ran = Ran::default();
    while let Some(took) = tape.step() {
        let took = took?;
        ran.inputs += 1;
        ran.span = Some((ran.span.map_or(took.step.at, |(from, _)| from), took.step.at));
        if let Some(difference) = &took.differs {
            return differs(&tape, &took, difference, json);
        }
    }
    if let Some(why) = tape.reader().torn() {
        complain(format_args!("holdfast: {why}"));
    }
    let Some((from, to)) = ran.span else {
        return Err(Failure(format!("the recording {} holds no input", path.display())));
    };
    let digest = tape.reader().digest();
    if json {
        let ran = json!({
            "same": true, "inputs": ran.inputs, "from": from.rfc3339(), "to": to.rfc3339(),
            "span_ms": to.since(from).millis(), "digest": digest,
            "program": tape.reader().program(), "torn": tape.reader().torn(),
        });
        print(format_args!("{ran}\n"))?;
    } else {
        print(format_args!(
            "the same decisions: {} inputs, {} from {from} to {to}, digest {digest}\n",
            ran.inputs,
            length(to.since(from)),
        ))?;
    }
    Ok(0)
}

fn differs(tape: &Tape, took: &Took, difference: &str, json: bool) -> Ending {
    let (number, at) = (took.step.number, took.step.at);
    let told = words::told(&took.step.input);
    if json {
        let found = json!({
            "same": false, "input": number, "at": at.rfc3339(), "told": told,
            "difference": difference, "program": tape.reader().program(),
        });
        print(format_args!("{found}\n"))?;
        return Ok(1);
    }
    let (theirs, ours) = (tape.reader().program(), env!("CARGO_PKG_VERSION"));
    let by = if theirs == ours {
        String::new()
    } else {
        format!(" (recorded by holdfast {theirs}, this is {ours})")
    };
    Err(Failure(format!("input {number} at {at} ({told}) differs{by}: {difference}")))
}

/// `0h00m31s`, for any length.
fn length(span: Span) -> String {
    let secs = span.millis() / 1000;
    format!("{}h{:02}m{:02}s", secs / 3600, secs % 3600 / 60, secs % 60)
}
