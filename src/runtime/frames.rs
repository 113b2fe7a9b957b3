//! The words between a one-shot command and a running engine: one JSON line in, JSON lines out.
//!
//! A request is `{"v":1,"do":"ask","who":"…","command":{…}}`, `{"v":1,"do":"legs"}` or
//! `{"v":1,"do":"scan"}`, at most [`FRAME_MAX`] bytes with its line end, one a connection.
//! Answers are objects with `say`: `answer` (of an ask, several; the first that is not `accepted`
//! is the last line), `legs`, `scan`, or `error` with one sentence, after which nothing follows.
//! For: these shapes. Not for: sockets (`door`). Door: [`read`], [`Line`]. No secret has a place
//! in any of them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::command::{Answer, Command};
use crate::runtime::sight::Sight;

/// The version of the words; another one is refused.
pub const VERSION: u64 = 1;
/// The longest request, its line end included.
pub const FRAME_MAX: usize = 64 * 1024;
/// The longest name of an asker that goes on record.
const WHO_MAX: usize = 120;

/// What is wanted of the engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub enum Want {
    /// Something done: it goes through the gate like what the console asks.
    Ask {
        /// Who asks, for the record.
        who: String,
        /// What.
        command: Command,
    },
    /// What is open, as far as a command needs it.
    Legs,
    /// One complete fresh look at every account, and what it found.
    Scan,
}

/// One line of the engine's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "kebab-case")]
pub enum Line {
    /// How an ask stands.
    Answer(Answer),
    /// What is open.
    Legs(Box<Sight>),
    /// What a look found.
    Scan(Scanned),
    /// Why there is nothing more.
    Error {
        /// One sentence.
        text: String,
    },
}

/// What a look found, in both forms, and what it makes of the exit code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scanned {
    /// 0, 2 or 3.
    pub code: u8,
    /// For a person.
    pub text: String,
    /// For programs.
    pub json: Value,
}

/// A request as a line, without its end.
pub fn write(want: &Want) -> Result<String, String> {
    let mut line = serde_json::to_value(want).map_err(|error| error.to_string())?;
    if let Some(fields) = line.as_object_mut() {
        fields.insert("v".to_owned(), VERSION.into());
    }
    Ok(line.to_string())
}

/// Reads a request.
///
/// # Errors
/// One sentence when it is no request of this version.
pub fn read(line: &[u8]) -> Result<Want, String> {
    let value: Value = serde_json::from_slice(line)
        .map_err(|error| format!("this is no JSON object on one line: {}", brief(&error)))?;
    match value.get("v").and_then(Value::as_u64) {
        Some(VERSION) => {}
        Some(other) => {
            return Err(format!(
                "this engine speaks version {VERSION} of these requests and not {other}: \
                 use the holdfast that runs it"
            ));
        }
        None => return Err(format!("a request names its version: \"v\":{VERSION}")),
    }
    let want: Want = serde_json::from_value(value).map_err(|error| {
        format!("this is no request that can be carried out: {}", brief(&error))
    })?;
    Ok(match want {
        Want::Ask { who, command } => Want::Ask { who: on_record(&who), command },
        other => other,
    })
}

/// What is wrong, without more of the request than shows it.
fn brief(error: &serde_json::Error) -> String {
    const LONGEST: usize = 200;
    let text = error.to_string();
    let more = if text.chars().nth(LONGEST).is_some() { "…" } else { "" };
    let plain = text.chars().take(LONGEST).filter(|c| !c.is_control());
    plain.collect::<String>() + more
}

/// A name as it may stand in an event: short, and nothing in it that a terminal obeys.
fn on_record(who: &str) -> String {
    let plain: String = who.chars().filter(|c| !c.is_control()).take(WHO_MAX).collect();
    if plain.trim().is_empty() { "somebody on the socket".to_owned() } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::journal::RepairId;

    #[test]
    fn a_request_is_read_as_it_was_written() {
        let command = Command::Undo { repair: RepairId("r-1".to_owned()) };
        let ask = Want::Ask { who: "ann on tty".to_owned(), command };
        for want in [ask, Want::Legs, Want::Scan] {
            let line = write(&want).unwrap_or_default();
            assert!(line.contains("\"v\":1") && !line.contains('\n'), "{line}");
            assert_eq!(read(line.as_bytes()), Ok(want));
        }
    }

    #[test]
    fn what_is_no_request_is_answered_with_what_is_wrong() {
        for (line, says) in [
            ("{", "no JSON"),
            ("\u{0}\u{1}", "no JSON"),
            ("{\"do\":\"legs\"}", "names its version"),
            ("{\"v\":2,\"do\":\"legs\"}", "version 1 of these requests and not 2"),
            ("{\"v\":1,\"do\":\"fly\"}", "unknown variant `fly`"),
            ("{\"v\":1}", "missing field `do`"),
            ("{\"v\":1,\"do\":\"ask\",\"who\":\"x\",\"command\":{\"close\":{}}}", "missing field"),
            ("[1]", "names its version"),
        ] {
            let Err(why) = read(line.as_bytes()) else { panic!("{line} was taken") };
            assert!(why.contains(says), "{line}: {why}");
        }
    }

    #[test]
    fn a_name_on_record_is_short_and_plain() {
        assert_eq!(on_record("ann\n\u{1b}[2J"), "ann[2J");
        assert_eq!(on_record(&"x".repeat(500)).len(), WHO_MAX);
        assert_eq!(on_record(" \t"), "somebody on the socket");
    }
}
