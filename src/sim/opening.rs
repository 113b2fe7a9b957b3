//! How the opening of a stream goes wrong: late, never, refused, or open and mute for ever.
//!
//! Not here: what goes wrong with the frames of an open stream (`faults.rs`).
//! Door: [`Faults::at_opening`].

use crate::sim::faults::{Faults, Trouble};
use crate::sim::numbers::Ms;

/// What a fault does to the opening of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ajar {
    /// It opens this much later.
    Late(Ms),
    /// It is never answered.
    Hang,
    /// It is refused with this HTTP status.
    Refused(u16),
    /// It opens, and nothing is ever said on it: not a frame, not an answer, not a pong.
    Mute,
}

/// What the faults say of one opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Struck {
    /// How long it takes.
    pub after: Ms,
    /// What happens instead.
    pub instead: Option<Instead>,
    /// Whether it opens and stays mute.
    pub mute: bool,
}

/// What happens instead of an opening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// Nothing, for ever.
    Hang,
    /// A refusal with this HTTP status.
    Refused(u16),
}

impl Instead {
    /// The same for whoever asked.
    pub const fn into_opening<A>(self, after: Ms) -> Opening<A> {
        match self {
            Self::Hang => Opening::Hang,
            Self::Refused(status) => Opening::Refused { after, status },
        }
    }
}

/// What becomes of a client that asks for a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening<A> {
    /// It never hears anything.
    Hang,
    /// It is refused.
    Refused {
        /// How long that takes.
        after: Ms,
        /// HTTP status.
        status: u16,
    },
    /// It may join.
    Open {
        /// How long that takes.
        after: Ms,
        /// What it asked for.
        address: A,
        /// Whether nothing is ever said to it.
        mute: bool,
    },
}

impl Faults {
    /// What goes wrong with a stream that somebody asks to enter.
    pub fn at_opening(&mut self, path: &str, now: Ms) -> Struck {
        let troubles = self.strike(now, |fault| {
            matches!(fault.trouble, Trouble::Opening(_)) && fault.covers("GET", path)
        });
        let mut struck = Struck { after: 0, instead: None, mute: false };
        for trouble in troubles {
            match trouble {
                Trouble::Opening(Ajar::Late(ms)) => struck.after += ms,
                Trouble::Opening(Ajar::Hang) => {
                    struck.instead = struck.instead.or(Some(Instead::Hang));
                }
                Trouble::Opening(Ajar::Refused(status)) => {
                    struck.instead = struck.instead.or(Some(Instead::Refused(status)));
                }
                Trouble::Opening(Ajar::Mute) => struck.mute = true,
                _ => {}
            }
        }
        struck
    }
}
