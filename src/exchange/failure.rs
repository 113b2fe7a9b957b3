//! Why a request has no usable answer, and what that means for what was asked.
//!
//! For: the one shape in which every venue's refusals, losses and unreadable answers go on.
//! Not for: which code means what; each venue has its own table.
//! Door: [`Failure`], with [`Failure::outcome`] for an act; [`shorten`], [`quoted`] and [`garbled`]
//! for the words of a venue in a sentence of ours.

use crate::domain::outcome::{Outcome, Refusal, RefusalKind};
use crate::domain::time::Time;

/// Longest piece of a venue's words that is passed on.
const LONGEST: usize = 240;

/// Why a request has no usable answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// HTTP status; none when nothing was answered.
    pub status: Option<u16>,
    /// The venue's code, when it gave one.
    pub code: Option<i64>,
    /// What it means for an order.
    pub verdict: Verdict,
    /// The venue's words, or ours when it said nothing.
    pub text: String,
}

/// What a failure says about what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was not done, for certain.
    Refused(RefusalKind),
    /// It may have been done.
    Unsure,
}

impl Failure {
    /// Nothing was sent.
    pub fn unsent(kind: RefusalKind, text: impl Into<String>) -> Self {
        Self { status: None, code: None, verdict: Verdict::Refused(kind), text: text.into() }
    }

    /// It was sent, and what came back, if anything, says nothing.
    pub fn lost(text: impl Into<String>) -> Self {
        Self { status: None, code: None, verdict: Verdict::Unsure, text: text.into() }
    }

    /// It was answered with success, in words that cannot be read.
    pub fn unreadable(text: impl Into<String>) -> Self {
        Self { status: Some(200), ..Self::lost(text) }
    }

    /// Whether the venue does not know what was asked about.
    pub fn is_not_found(&self) -> bool {
        self.verdict == Verdict::Refused(RefusalKind::NotFound)
    }

    /// What it means for an act.
    pub fn outcome<T>(self) -> Outcome<T> {
        match self.verdict {
            Verdict::Unsure => Outcome::Unsure(self.to_string()),
            Verdict::Refused(kind) => {
                Outcome::Refused(Refusal { code: self.code, kind, text: self.text })
            }
        }
    }

    /// The same refusal, over at a known instant.
    #[must_use]
    pub fn until(mut self, at: Time) -> Self {
        if let Verdict::Refused(RefusalKind::Limited(_)) = self.verdict {
            self.verdict = Verdict::Refused(RefusalKind::Limited(Some(at)));
        }
        self
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.code, self.status) {
            (Some(code), _) => write!(f, "{code} {}", self.text),
            (None, Some(status)) => write!(f, "HTTP {status} {}", self.text),
            (None, None) => f.write_str(&self.text),
        }
    }
}

/// The beginning of a venue's words, as much of them as is passed on, on one line.
pub fn shorten(text: &str) -> String {
    beginning(text, LONGEST)
}

/// A value that makes no sense, as it is named in a sentence.
pub fn quoted(text: &str) -> String {
    const LONGEST_VALUE: usize = 40;
    format!("{:?}", beginning(text, LONGEST_VALUE))
}

/// A name that a venue gave to something, in front of a sentence about it.
pub fn name(text: &str) -> String {
    const LONGEST_NAME: usize = 40;
    beginning(text, LONGEST_NAME)
}

/// Why a text is not the JSON it should be; a value in it that is too long is cut.
pub fn garbled(why: &serde_json::Error) -> String {
    let text = why.to_string();
    let place = format!(" at line {} column {}", why.line(), why.column());
    match text.strip_suffix(&place) {
        Some(what) => format!("{}{place}", shorten(what)),
        None => shorten(&text),
    }
}

fn beginning(text: &str, most: usize) -> String {
    let line = |c: char| if c.is_control() { ' ' } else { c };
    let more = if text.chars().nth(most).is_some() { "…" } else { "" };
    text.chars().take(most).map(line).collect::<String>() + more
}
