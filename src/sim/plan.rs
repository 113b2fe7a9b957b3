//! What the faults leave of one request: a delay, another answer, a spoilt one.
//!
//! Shared by both doors; how an answer is spoilt is each venue's own.

use crate::sim::faults::Trouble;
use crate::sim::numbers::Ms;

/// What becomes of a request.
#[derive(Debug)]
pub struct Plan {
    /// How long its answer takes.
    pub delay: Ms,
    /// What happens instead of an answer.
    pub instead: Option<Instead>,
    /// What the true answer suffers.
    pub spoils: Vec<Trouble>,
}

/// What happens instead of an answer.
#[derive(Debug)]
pub struct Instead {
    /// Whether the request is carried out.
    pub executed: bool,
    /// What its sender sees.
    pub how: How,
}

/// What a sender sees instead of an answer.
#[derive(Debug)]
pub enum How {
    /// Nothing, for ever.
    Hang,
    /// The end of the connection.
    Cut,
    /// Something else.
    Answer {
        /// HTTP status.
        status: u16,
        /// Content type.
        content_type: String,
        /// Body.
        body: String,
    },
}

impl Plan {
    /// Sorts the troubles that strike a request; `own` knows the venue's own ones.
    pub fn of(troubles: Vec<Trouble>, own: impl Fn(&Trouble) -> Option<Instead>) -> Self {
        let mut plan = Self { delay: 0, instead: None, spoils: Vec::new() };
        for trouble in troubles {
            let instead = match trouble {
                Trouble::Latency(ms) => {
                    plan.delay += ms;
                    None
                }
                Trouble::Hang { executed } => Some(Instead { executed, how: How::Hang }),
                Trouble::Cut { executed } => Some(Instead { executed, how: How::Cut }),
                Trouble::Answer { status, content_type, body, executed } => {
                    Some(Instead { executed, how: How::Answer { status, content_type, body } })
                }
                other => {
                    let instead = own(&other);
                    if instead.is_none() {
                        plan.spoils.push(other);
                    }
                    instead
                }
            };
            plan.instead = plan.instead.or(instead);
        }
        plan
    }
}
