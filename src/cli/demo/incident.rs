//! An incident as data: what is there, what happens, and how one sees that it ended well.
//!
//! For: the words of which incidents are written down. Not for: the incidents (`incidents`),
//! carrying them out (`player`) or judging them (`proof`). Door: [`Incident`].

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::cli::demo::cast::Role;
use crate::cli::demo::incidents::ALL;
use crate::domain::count::counted;
use crate::domain::event::EventKind;
use crate::domain::key::Venue;

/// Something that went wrong somewhere once, played again.
#[derive(Debug)]
pub struct Incident {
    /// What it is asked for by.
    pub name: &'static str,
    /// One line for the list.
    pub summary: &'static str,
    /// Which kind of thing that happened it is made after.
    pub source: &'static str,
    /// What has to come of it, for the operator.
    pub goal: &'static str,
    /// What a bot that trusts its own table does about it.
    pub older: &'static str,
    /// Where.
    pub venue: Venue,
    /// Positions in good order: open, written down, with a stop.
    pub held: &'static [Role],
    /// What happens while no engine runs.
    pub before: &'static [Deed],
    /// What happens once everything is in good order, one after the other.
    pub acts: &'static [Cue],
    /// What holds together when the goal is reached.
    pub ends: &'static [Proof],
    /// After so many seconds it is not reached.
    pub limit: u64,
}

/// What happens, and when.
#[derive(Clone, Copy, Debug)]
pub struct Cue {
    /// When.
    pub when: When,
    /// What.
    pub deed: Deed,
}

/// What is waited for, counted from what happened before.
#[derive(Clone, Copy, Debug)]
pub enum When {
    /// So many milliseconds.
    After(u64),
    /// The stop of a position follows the price.
    Trails(Role),
    /// All of a position is covered at the exchange.
    Covered(Role),
    /// So many looks, answered or failed.
    Looks(usize),
}

/// One thing that somebody does.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    /// The exchange lists more contracts like this one.
    List(&'static str, u32),
    /// Each of these is bought and sold again: nothing is left but the contract's name.
    WereTraded(&'static [&'static str]),
    /// A position is opened that nobody writes down.
    Unknown(Role),
    /// Somebody closes positions by hand.
    Close(&'static [Role]),
    /// The stop of a position disappears.
    DropStop(Role),
    /// The prices of these jump, by so many thousandths.
    Jump(&'static [Role], i64),
    /// The exchange misbehaves.
    Fault(Fault),
    /// It behaves again.
    Mend,
    /// The address is banned for so many milliseconds.
    Ban(i64),
    /// Somebody asks this engine to open a position with a stop two percent away.
    Open(Role),
    /// Another engine on the same ledger begins.
    RivalBegins,
    /// It dies as if killed.
    RivalDies,
}

/// How an exchange misbehaves, in the words of its control door.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    /// Which way.
    pub kind: &'static str,
    /// Where; everywhere, or where it usually does.
    pub endpoint: Option<&'static str>,
    /// With which code.
    pub code: Option<i64>,
    /// How often.
    pub count: Option<u32>,
    /// What that is, for the report.
    pub says: &'static str,
}

/// What has to be so in the end; [`crate::cli::demo::proof::judge`] looks.
#[derive(Clone, Copy, Debug)]
pub enum Proof {
    /// Its row is closed for this reason, with a price and the evidence.
    Closed(Role, &'static str),
    /// Its row was first missed by this: `stream`, `sync`, `startup`.
    MissedBy(Role, &'static str),
    /// Its row is open, and so is it, covered whole.
    Kept(Role),
    /// It is gone from the exchange, and no stop is left there.
    Flat(Role),
    /// Exactly so much of it was traded on each side, and nothing else.
    InAndOut(Role),
    /// So many stops of it rest at the exchange.
    Stops(Role, usize),
    /// No leg ever had two stops at once.
    NeverTwoStops,
    /// It is open at the exchange, shown as unknown, and has no row.
    Orphan(Role),
    /// So many rows are open.
    OpenRows(usize),
    /// The newest look verified so many rows, and differs in nothing.
    Agreed(usize),
    /// So many complete looks since the last that happened.
    Looks(usize),
    /// This was told.
    Told(EventKind),
    /// This was never told.
    Never(EventKind),
    /// At most so many requests were sent into the ban.
    IntoBan(usize),
    /// This engine holds the lease now.
    Acts,
}

impl Incident {
    /// An incident by its name.
    ///
    /// # Errors
    /// One sentence with the nearest name.
    pub fn named(name: &str) -> Result<&'static Self, String> {
        if let Some(found) = ALL.iter().find(|incident| incident.name == name) {
            return Ok(found);
        }
        let nearest = ALL.iter().min_by_key(|known| strsim::levenshtein(name, known.name));
        let nearest = nearest.map_or("", |incident| incident.name);
        Err(format!(
            "there is no incident {name:?}, the nearest is {nearest:?}; `holdfast demo --list` \
             names them all"
        ))
    }

    /// What a program is told of it.
    pub fn json(&self) -> Value {
        json!({
            "name": self.name, "summary": self.summary, "source": self.source,
            "goal": self.goal, "exchange": self.venue.exchange(), "limit_seconds": self.limit,
        })
    }
}

impl When {
    /// What was waited for in vain, for the report.
    pub fn awaited(&self) -> String {
        match self {
            Self::After(ms) => format!("{ms} ms were awaited"),
            Self::Trails(role) => format!("a trailing stop of {} was awaited", role.key()),
            Self::Covered(role) => format!("a stop behind {} was awaited", role.key()),
            Self::Looks(count) => counted(*count, "look was awaited", "looks were awaited"),
        }
    }
}

impl Fault {
    /// The verb of the control door.
    pub fn verb(&self) -> Value {
        let mut verb = json!({"do": "fault", "kind": self.kind});
        let fields = [
            ("endpoint", self.endpoint.map(Value::from)),
            ("code", self.code.map(Value::from)),
            ("count", self.count.map(Value::from)),
        ];
        for (name, value) in fields {
            if let Some(value) = value {
                verb[name] = value;
            }
        }
        verb
    }
}

impl Deed {
    /// What happens, for the report.
    pub fn text(&self) -> String {
        let names = |roles: &[Role]| {
            let names: Vec<String> = roles.iter().map(|role| role.key().to_string()).collect();
            if names.len() > 4 { format!("{} positions", names.len()) } else { names.join(", ") }
        };
        match self {
            Self::List(like, count) => {
                let one = format!("contract like {like} is listed");
                counted(*count, &one, &format!("contracts like {like} are listed"))
            }
            Self::WereTraded(symbols) => {
                let (one, many) = ("contract was traded and is", "contracts were traded and are");
                format!("{} flat", counted(symbols.len(), one, many))
            }
            Self::Unknown(role) => format!("{} is opened and never written down", role.key()),
            Self::Close(roles) => format!("{} closed by hand", names(roles)),
            Self::DropStop(role) => format!("the stop of {} disappears", role.key()),
            Self::Jump(roles, thousandths) => {
                format!("the price of {} jumps by {} %", names(roles), percent(*thousandths))
            }
            Self::Fault(fault) => fault.says.to_owned(),
            Self::Mend => "the exchange behaves again".to_owned(),
            Self::Ban(ms) => format!("the exchange bans the address for {} s", ms / 1000),
            Self::Open(role) => {
                format!("{} {} {} is to be opened", role.key(), role.side, role.quantity)
            }
            Self::RivalBegins => "another engine on the same ledger begins".to_owned(),
            Self::RivalDies => "the other engine is killed".to_owned(),
        }
    }
}

fn percent(thousandths: i64) -> Decimal {
    Decimal::new(thousandths, 1).normalize()
}

/// A thing that happens after so many milliseconds.
pub const fn after(ms: u64, deed: Deed) -> Cue {
    Cue { when: When::After(ms), deed }
}

/// A thing that happens when something else has.
pub const fn once(when: When, deed: Deed) -> Cue {
    Cue { when, deed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::demo::cast::long;

    #[test]
    fn a_name_that_is_none_gets_the_nearest() {
        assert_eq!(Incident::named("ban").map(|incident| incident.name), Ok("ban"));
        let why = Incident::named("flash-crush").unwrap_err();
        assert!(why.contains("\"flash-crash\"") && why.contains("--list"), "{why}");
    }

    #[test]
    fn what_happens_is_said_in_few_words() {
        static ONE: [Role; 1] = [long("ETHUSDT", "2")];
        assert_eq!(Deed::Jump(&ONE, -65).text(), "the price of main ETHUSDT jumps by -6.5 %",);
        assert_eq!(
            [1, 2].map(|count| When::Looks(count).awaited()),
            ["1 look was awaited", "2 looks were awaited"]
        );
        assert_eq!(Deed::List("A", 1).text(), "1 contract like A is listed");
        assert_eq!(Deed::WereTraded(&["A"]).text(), "1 contract was traded and is flat");
        assert_eq!(Deed::Ban(5000).text(), "the exchange bans the address for 5 s");
    }

    #[test]
    fn a_fault_is_told_as_the_control_door_takes_it() {
        for incident in &ALL {
            let deeds = incident.before.iter().chain(incident.acts.iter().map(|cue| &cue.deed));
            for deed in deeds {
                let Deed::Fault(fault) = deed else { continue };
                let read = crate::sim::Verb::read(fault.verb());
                assert!(read.is_ok(), "{}: {read:?}", incident.name);
            }
        }
    }
}
